/* A consultant's clients in the browser: the list, and which client is open. What one client shows
   is drawn by `client_page.js`. Owners' words are put in as text only. */
"use strict";

window.advisorClients = (() => {
  const { el, button, input, select, field, choices, table, block, ways, badge, meta } = window.advisorStaff;
  const PAUSE_MS = 220,
    PAGE = 100,
    MOST = 500,
    DAY_MS = 86_400_000,
    SOON_DAYS = 3;
  const STATES = ["new", "in_diagnosis", "diagnosed", "plan_made", "visit_planned", "handed_over"];
  let wanted = { q: "", state: "", consultant: "", sort: "next", limit: PAGE };
  let people = null,
    adding = null,
    opened = "",
    timer = 0,
    names = null,
    tools = null;

  const view = window.advisorStaff.view("clients", {
    shell: () => !opened,
    async load() {
      if (opened) return window.advisorClient.load();
      const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
      const [found] = await Promise.all([ask(`?${query}`), knowPeople()]);
      return found;
    },
    top: () => (opened ? window.advisorClient.top() : []),
    parts: (found) => (opened ? window.advisorClient.parts() : list(found)),
    enter() {
      if (!opened && history.state?.client) open(history.state.client, false);
      else view.load();
    },
  });
  const { say, lang, moment, day, load, act, tell, told, sure, nothing } = view;
  const ask = (address, method, body) => view.ask(`clients${address}`, method, body);
  async function knowPeople() {
    people = people || (await ask("/colleagues"));
  }

  /* ---------- which client ---------- */
  function open(id, isNew = true) {
    opened = id;
    adding = null;
    tell("", { quiet: true });
    if (isNew) history.pushState({ client: id }, "", location.href);
    window.advisorClient.open(id);
    load();
    scrollTo({ top: 0 });
  }
  function close(isPressed = true) {
    opened = "";
    tell("", { quiet: true });
    if (isPressed && history.state?.client) history.back();
    load();
  }
  addEventListener("popstate", (event) => {
    if (!view.isShown()) return;
    const id = event.state?.client || "";
    if (id && id !== opened) open(id, false);
    else if (!id && opened) close(false);
  });

  /* ---------- the list ---------- */
  function narrow(change) {
    wanted = { ...wanted, limit: PAGE, ...change };
    load({ quiet: true });
  }
  function list(found) {
    const all = Object.values(found.counts).reduce((sum, count) => sum + count, 0);
    const head = [toolbar(found.can_open), adder(), all ? filters(found, all) : null, told()];
    if (!all) return [...(found.can_open ? head : [told()]), nothing(say("none"), say("none_more"))];
    if (!found.rows.length) return [...head, nothing(say("none_fit"), say("none_fit_more"))];
    return [...head, companies(found), more(found)];
  }
  /* Made once a language: a Korean word is being typed into it while the list below is drawn anew. */
  function toolbar(canOpen) {
    const key = `${lang()} ${canOpen}`;
    if (tools?.dataset.made === key) return tools;
    const find = input(wanted.q, { type: "search", maxLength: 200, placeholder: say("search"), key: "find" });
    find.setAttribute("aria-label", say("search"));
    find.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => narrow({ q: find.value.trim() }), PAUSE_MS);
    });
    tools = el("div", "toolbar", find, canOpen ? button("quiet strong", `+ ${say("add")}`, begin, "add") : null);
    tools.dataset.made = key;
    return tools;
  }
  function begin() {
    adding = adding ? null : {};
    view.forget();
    tell("");
    view.place().querySelector("[data-key=new-name]")?.focus();
  }
  function adder() {
    if (!adding) return null;
    const typed = (name, rest = {}) =>
      input(adding[name], { name, key: `new-${name}`, maxLength: 120, autocomplete: "off", ...rest });
    const send = Object.assign(el("button", "quiet strong", say("make")), { type: "submit" });
    const form = el(
      "form",
      "block",
      el("h3", "", say("add")),
      el(
        "div",
        "grid",
        field(say("name"), typed("name", { required: true })),
        field(say("contact"), typed("contact"), say("contact_more")),
        field(say("code"), typed("code", { maxLength: 40 }), say("code_more")),
      ),
      ways(send, button("quiet", say("cancel"), begin, "cancel")),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      try {
        open((await ask("", "POST", values)).id);
      } catch (error) {
        if (!(error instanceof view.Problem)) throw error;
        adding = values;
        tell(error.detail, { bad: true });
      }
    });
    return form;
  }
  function filters(found, all) {
    const states = [
      ["", say("all_states", { count: all })],
      ...STATES.map((one) => [one, `${say(`s_${one}`)} ${found.counts[one]}`]),
    ];
    const others = people.filter((one) => !one.is_me).map((one) => [one.account_id, one.name]);
    const whose = select([["", say("everybody")], ["me", say("mine_only")], ...others], wanted.consultant, {
      key: "whose",
      act: (consultant) => narrow({ consultant }),
    });
    whose.setAttribute("aria-label", say("whose"));
    const orders = ["next", "name", "state", "updated"].map((one) => [one, say(`sort_${one}`)]);
    const sort = select(orders, wanted.sort, {
      key: "sort",
      act: (value) => narrow({ sort: value, limit: wanted.limit }),
    });
    sort.setAttribute("aria-label", say("sort"));
    const chips = choices(say("state"), states, wanted.state, (state) => narrow({ state }), "state");
    return el(
      "div",
      "toolbar filters-of-list",
      chips,
      el("div", "picks", meta(say("found", { count: found.total })), whose, sort),
    );
  }
  function companies(found) {
    const heads = ["company", "state", "next", "consultant", "updated"].map((one) => say(one));
    const made = block(
      "",
      table(
        heads,
        found.rows.map((one) => company(one, found.can_open)),
        "companies",
      ),
    );
    made.classList.add("list");
    return made;
  }
  function company(one, canOpen) {
    const name = canOpen
      ? button("link name", one.name, () => open(one.id), `client-${one.id}`)
      : el("b", "name", one.name);
    return el(
      "tr",
      "",
      el("td", "", name, meta(say(`origin_${one.origin}`))),
      el("td", "", stateOf(one.state), one.level === null ? null : meta(say("level", { level: one.level }))),
      el("td", "", step(one), due(one.step_on)),
      el("td", "", el("span", "", one.consultant || "–"), canOpen ? null : managing(one)),
      el("td", "", meta(moment(one.updated_at))),
    );
  }
  const stateOf = (state) => badge(state, say(`s_${state}`));
  const step = (one) => el("span", "step", one.step === "own" ? one.step_text : say(`n_${one.step}`));
  const todayInSeoul = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  /* When something is due: how many days are left, or by how many it is late. */
  function due(iso) {
    if (!iso) return null;
    const left = Math.round((Date.parse(iso) - Date.parse(todayInSeoul())) / DAY_MS);
    const text =
      left > 0 ? say("days_left", { count: left }) : left < 0 ? say("overdue", { count: -left }) : say("today");
    return el("span", `due${left < 0 ? " late" : left <= SOON_DAYS ? " soon" : ""}`, `${day(iso)} · ${text}`);
  }
  /* An administrator gives clients on without looking into them. */
  function managing(one) {
    const others = people
      .filter((other) => other.account_id !== one.consultant_id)
      .map((other) => [other.account_id, other.name]);
    const give = (id) => {
      const name = others.find(([other]) => other === id)?.[1];
      if (id) act(() => ask(`/${one.id}/hand-over`, "POST", { account_id: id }), say("handed_done", { name }));
    };
    const to = select([["", say("hand_do")], ...others], "", { key: `hand-${one.id}`, act: give });
    to.setAttribute("aria-label", `${one.name}: ${say("hand_over")}`);
    return el(
      "span",
      "manage",
      to,
      sure(`gone-${one.id}`, "quiet danger", say("delete"), () =>
        act(() => ask(`/${one.id}`, "DELETE"), say("removed")),
      ),
    );
  }
  function more(found) {
    const rest = found.total - found.rows.length;
    if (rest <= 0) return null;
    const text = say("more", { count: Math.min(rest, PAGE) });
    return button("quiet more", text, () => narrow({ limit: Math.min(MOST, wanted.limit + PAGE) }), "more");
  }

  return {
    ...view,
    ask,
    close,
    stateOf,
    step,
    due,
    knowPeople,
    people: () => people || [],
    names: () => (names = names || JSON.parse(view.place().dataset.names)),
  };
})();
