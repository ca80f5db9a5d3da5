/* The help desk's search: words and filters, hits as wording to paste. */
"use strict";

window.advisorSearch = (() => {
  const { el, submit, input, select, field, badge } = window.advisorStaff;
  const { wording } = window.advisorWording;
  const { say, call, attempt, tell, told, draw, waiting, nothing, add, show, choices } = window.advisorDesk;
  const KINDS = ["program", "solution", "case", "expert", "faq", "funding_rule", "document"];
  const EMPTY = { query: "", kind: "", region: "", open_on: "", year: "" };
  const looking = { ...EMPTY, isBusy: false, found: null };

  const search = (query, filters = {}) => call("search", "POST", { query, ...filters });
  async function find() {
    if (!looking.query.trim() || looking.isBusy) return;
    looking.isBusy = true;
    tell("");
    const filters = Object.fromEntries(
      ["kind", "region", "open_on", "year"].filter((one) => looking[one]).map((one) => [one, looking[one]]),
    );
    if (filters.year) filters.year = Number(filters.year);
    const found = await attempt("search", () => search(looking.query, filters));
    looking.isBusy = false;
    if (found) looking.found = found;
    draw();
  }
  /* Turns to the search with these words, without filters. */
  function lookUp(query) {
    Object.assign(looking, EMPTY, { query, found: null });
    show("search");
    scrollTo({ top: 0 });
    find();
  }

  function form() {
    const keep = (name) => (value) => {
      looking[name] = value;
      if (looking.found) find();
    };
    const any = ["", say("any")];
    const words = input(looking.query, {
      type: "search",
      maxLength: 2000,
      key: "search_words",
      act: (value) => {
        looking.query = value;
      },
    });
    const kinds = [any, ...KINDS.map((one) => [one, say(`kind_${one}`)])],
      regions = [any, ...choices().regions.map((one) => [one, one])];
    const made = el(
      "form",
      "block",
      el(
        "div",
        "ways search",
        field(say("search_words"), words),
        submit(say("find"), "find"),
      ),
      el(
        "div",
        "filters",
        field(say("kind"), select(kinds, looking.kind, { key: "kind", act: keep("kind") })),
        field(say("region"), select(regions, looking.region, { key: "region", act: keep("region") })),
        field(say("open_on"), input(looking.open_on, { type: "date", key: "open_on", act: keep("open_on") })),
        field(
          say("year"),
          input(looking.year, {
            type: "number",
            min: 1990,
            max: 2100,
            key: "year",
            act: (value) => {
              looking.year = value;
            },
          }),
        ),
      ),
      told("search"),
    );
    made.noValidate = true;
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      find();
    });
    return made;
  }
  function results() {
    if (looking.isBusy) return [waiting(say("finding"))];
    if (!looking.found) return [nothing(say("search_none"), say("search_none_more"))];
    if (!looking.found.length) return [nothing(say("found_none"), say("found_none_more"))];
    return [
      el("p", "meta found", say("found", { count: looking.found.length })),
      el("div", "hits", looking.found.map(hit)),
    ];
  }
  function hit(one) {
    const made = wording(one.wording, null, "h3"),
      { window: open } = one;
    const until = open?.closes_on && open.state === "open" ? ` · ${say("until", { day: open.closes_on })}` : "";
    const badges = el(
      "p",
      "badges",
      open ? badge(open.state, say(`window_${open.state}`) + until) : null,
      one.year ? el("span", "badge", String(one.year)) : null,
      one.region.map((name) => el("span", "badge", name)),
    );
    if (badges.childNodes.length) made.querySelector("header").after(badges);
    return made;
  }

  add("search", { draw: () => [form(), ...results()] });
  return { search, lookUp };
})();
