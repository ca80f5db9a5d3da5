/* Section of the administration: the records that answer now, the stale ones first, and one record. */
"use strict";

(() => {
  const { el, button, submit, link, input, choices, ways, rows, row, badge, note, meta, number, block, has, runsIt } =
    window.advisorStaff;
  const { add, say, lang, moment, nothing, ask, load, tell } = window.advisorAdmin;
  const PAGE = 100;
  const look = { q: "", kind: "", offset: 0, record: "" };

  add("corpus", {
    who: () => runsIt() && has("curator", "administrator"),
    open() {
      look.record = "";
    },
    load() {
      if (look.record) return ask(`corpus/${encodeURIComponent(look.record)}`);
      return ask(
        `corpus?${new URLSearchParams({ q: look.q, offset: look.offset, ...(look.kind ? { kind: look.kind } : {}) })}`,
      );
    },
    draw: (found) => (look.record ? sheet(found) : list(found)),
  });
  function turn(change) {
    Object.assign(look, change);
    tell("", { quiet: true });
    scrollTo({ top: 0 });
    load({ quiet: !("record" in change) });
  }

  /* ---------- the list ---------- */
  function list(found) {
    const tools = block("", search(), kinds(found.counts));
    if (!found.records.length) return [tools, nothing(say("records_none"), say("records_none_more"))];
    return [tools, block("", rows(found.records.map(line)), pager(found))];
  }
  function search() {
    const words = input(look.q, { type: "search", maxLength: 200, key: "admin-search", placeholder: say("search") });
    words.setAttribute("aria-label", say("search"));
    const form = el("form", "ways search", words, submit(say("find"), "find"));
    form.setAttribute("role", "search");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      turn({ q: words.value.trim(), offset: 0 });
    });
    return form;
  }
  function kinds(counts) {
    const everything = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const options = Object.entries(counts).map(([kind, count]) => [kind, `${say(kind)} ${number(count)}`]);
    return choices(
      say("kinds"),
      [["", say("all", { count: number(everything) })], ...options],
      look.kind,
      (kind) => turn({ kind, offset: 0 }),
      "kind",
    );
  }
  const reasons = (one) => (lang() === "en" ? one.reasons_en : null) || one.reasons;
  function line(one) {
    const open = button("quiet", say("show"), () => turn({ record: one.id }), `open-${one.id}`);
    open.setAttribute("aria-label", `${say("show")}: ${one.title}`);
    const about = meta(say(one.kind), one.id, say("checked", { day: one.checked_on }), say(one.confidence));
    const why = reasons(one).map((reason) => el("span", "meta warn", reason));
    return row([el("b", "", one.title), about, why], [why.length ? badge("stale", say("stale")) : null, open]);
  }
  function pager(found) {
    const end = found.offset + found.records.length;
    return ways(
      meta(say("range", { count: number(found.count), first: number(found.offset + 1), last: number(end) })),
      found.offset
        ? button("quiet", say("earlier"), () => turn({ offset: Math.max(0, found.offset - PAGE) }), "earlier")
        : null,
      end < found.count ? button("quiet", say("later"), () => turn({ offset: end }), "later") : null,
    );
  }

  /* ---------- one record ---------- */
  function sheet(found) {
    const name = (one) => (lang() === "en" ? one.label_en : one.label) || one.name;
    const inner = (part, within) => found.labels[`${within}.${part}`]?.[lang()] || found.labels[part]?.[lang()] || part;
    const fields = el(
      "dl",
      "fields",
      found.fields.map((one) =>
        el(
          "div",
          "",
          el("dt", "", name(one)),
          el(
            "dd",
            "",
            one.name === "confidence" ? say(one.value) : value(one.value, (part) => inner(part, one.name)),
          ),
        ),
      ),
    );
    const versions = found.versions.map((one) => {
      const who = say("version", {
        version: one.version,
        by: one.signed_by || one.by || "–",
        at: moment(one.at) || "–",
      });
      return row([el("b", "", who), meta(one.note)]);
    });
    return [
      button("quiet back", `‹ ${say("back")}`, () => turn({ record: "" }), "back"),
      block(found.title, note(say(found.kind), found.id), fields),
      block(say("sources"), rows(found.sources.map(source))),
      block(say("versions"), versions.length ? rows(versions) : note(say("versions_none"))),
    ];
  }
  function source(one) {
    const name = one.url ? link(one.url, one.title, { name: "title", outside: true }) : el("b", "", one.title);
    const state = one.link
      ? say(`link_${one.link.state}`, { day: one.link.checked_on })
      : one.url
        ? ""
        : say("no_address");
    return row([name, meta(one.publisher, one.date, state), meta(one.supports)]);
  }
  const isEmpty = (one) => one === null || one === "" || (Array.isArray(one) && !one.length);
  /* A value as people read it; `nameOf` says what its parts are called. */
  function value(one, nameOf) {
    if (Array.isArray(one)) {
      if (one.every((part) => typeof part !== "object")) return el("span", "", one.join(", "));
      return el(
        "ul",
        "inside",
        one.map((part) => el("li", "", value(part, nameOf))),
      );
    }
    if (!one || typeof one !== "object") return el("span", "", String(one));
    const filled = Object.entries(one).filter(([, part]) => !isEmpty(part));
    return el(
      "dl",
      "inside",
      filled.map(([name, part]) => [el("dt", "", nameOf(name)), el("dd", "", value(part, nameOf))]),
    );
  }
})();
