/* The help desk in the browser: its tabs, asking for a caller, and what changed lately. Searching,
   wording and the queue have scripts of their own. Nothing of a caller is kept in the browser. */
"use strict";

window.advisorDesk = (() => {
  const { el, button, link, isWeb, input, select, field, tabs, block, ways, rows, row, badge, meta, note } =
    window.advisorStaff;
  const TABS = ["ask", "search", "queue", "changes"];
  const others = {}; // tab -> {load, draw}, from the other scripts
  let tab = "ask",
    choices = null;
  // What was typed stays while other tabs are looked at.
  const asking = { text: "", cid: "", isBusy: false, found: null };
  let days = 7;

  const view = window.advisorStaff.view("helpdesk", {
    async load() {
      choices = choices || (await call("choices"));
      return tab === "changes" ? call(`changes?days=${days}`) : others[tab]?.load?.();
    },
    top: () => [
      tabs(
        say("tabs"),
        TABS.map((one) => [one, say(`tab_${one}`)]),
        tab,
        show,
      ),
    ],
    parts: (found) => ({ ask: askTab, changes: changesTab })[tab]?.(found) ?? others[tab].draw(found),
  });
  const { say, lang, moment, tell, told, waiting, nothing, load, draw, Problem } = view;
  const call = (address, method, body) => view.ask(`desk/${address}`, method, body);
  function show(name) {
    tab = name;
    tell("", { quiet: true });
    load();
  }
  /* Does something and tells a refusal at the place where it was asked for. */
  async function attempt(where, run) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const problems = error.problems.map((one) => `${one.field}: ${one.reason}. ${one.fix}`);
      tell([error.detail, ...problems].join(" "), { bad: true, where });
      return null;
    }
  }

  /* ---------- ask ---------- */
  async function ask(isFresh = false) {
    if (!asking.text.trim() || asking.isBusy) return;
    if (isFresh) asking.cid = "";
    asking.isBusy = true;
    tell("");
    const body = { text: asking.text, consultation_id: asking.cid || null, language: lang() === "en" ? "en" : null };
    const found = await attempt("ask", () => call("ask", "POST", body));
    asking.isBusy = false;
    if (found) Object.assign(asking, { found, cid: found.answer.consultation_id });
    draw();
  }
  function fresh() {
    Object.assign(asking, { cid: "", text: "", found: null });
    view.forget();
    draw();
    view.place().querySelector("[data-key=question-desk]").focus();
  }
  function askTab() {
    const typed = input(asking.text, {
      rows: 3,
      maxLength: 20000,
      placeholder: say("question_hint"),
      key: "question-desk",
      act: (text) => {
        asking.text = text;
      },
    });
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) ask();
    });
    const form = block(
      "",
      field(say("question"), typed),
      ways(
        button("quiet strong", say(asking.cid ? "go_on" : "ask"), () => ask(), "ask"),
        asking.cid ? button("quiet", say("fresh"), fresh, "fresh") : null,
      ),
      told("ask"),
    );
    if (asking.isBusy) return [form, waiting(say("asking"))];
    if (!asking.found) return [form, nothing(say("ask_none"), say("ask_none_more"))];
    return [form, answered(asking.found)];
  }
  function answered(found) {
    const { copier, wording, earlier } = window.advisorWording;
    const { status } = found.answer;
    const copies = (one, key) =>
      ways(
        copier("copy_plain", one.plain, `${key}-plain`),
        one.with_sources ? copier("copy_sources", one.with_sources, `${key}-cited`, true) : null,
      );
    const said = block(
      "",
      el("div", "head", el("h3", "", say("answer")), badge(status, say(`status_${status}`))),
      el("p", "text", found.marked),
      copies({ plain: found.plain, with_sources: found.wordings.length ? found.with_sources : "" }, "answer"),
    );
    const engine = found.reply?.engine === "embedded" ? say("embedded") : found.reply?.engine;
    const reply = found.reply
      ? block(
          say("reply"),
          note(say("reply_by", { engine })),
          el("p", "text", found.reply.plain),
          copies(found.reply, "reply"),
        )
      : null;
    const beside = el(
      "section",
      "beside",
      el("h3", "", say("wording")),
      found.wordings.length ? found.wordings.map((one) => wording(one)) : note(say("wording_none")),
    );
    return el("div", "pair", el("div", "column", said, reply, block(say("earlier"), earlier(found.earlier))), beside);
  }
  function tryOut(question) {
    Object.assign(asking, { text: question, cid: "", found: null });
    tab = "ask";
    scrollTo({ top: 0 });
    ask(true);
  }

  /* ---------- what changed ---------- */
  function changesTab(found) {
    const options = [7, 14, 30].map((one) => [String(one), say("days_count", { count: one })]);
    const pick = el(
      "div",
      "filters",
      field(
        say("days"),
        select(options, String(days), {
          key: "days",
          act: (value) => {
            days = Number(value);
            load({ quiet: true });
          },
        }),
      ),
    );
    const lists = {
      windows: found.windows.map(moved),
      records: found.records.map(recorded),
      documents: found.documents.map(filed),
    };
    const filled = Object.entries(lists).filter(([, list]) => list.length);
    if (!filled.length) return [pick, nothing(say("changes_none"), say("changes_none_more"))];
    return [pick, ...filled.map(([name, list]) => block(say(name), rows(list)))];
  }
  function away(count) {
    if (count === 0) return say("today");
    return say(count > 0 ? "in_days" : "days_ago", { count: Math.abs(count) });
  }
  const moved = (one) =>
    change(
      one.title,
      badge(one.state, say(`move_${one.state}`)),
      meta(one.day, away(one.days_left), ...one.region),
      isWeb(one.url) ? one.url : "",
    );
  function recorded(one) {
    const fields = one[lang() === "en" ? "labels_en" : "labels_ko"] || [];
    const about = meta(
      say(`kind_${one.kind}`),
      say("version", { version: one.version }),
      moment(one.at),
      one.source ? say("by_source", { source: one.source }) : "",
      fields.length ? say("fields", { fields: fields.join(", ") }) : "",
    );
    return change(one.title, badge(one.action, say(`record_${one.action}`)), about, isWeb(one.url) ? one.url : "");
  }
  const filed = (one) =>
    change(one.title, badge(one.action, say(`doc_${one.action}`)), meta(moment(one.at)), one.link || "");
  function change(title, mark, about, address) {
    const look = button("quiet", say("show"), () => window.advisorSearch.lookUp(title));
    look.setAttribute("aria-label", `${say("show")}: ${title}`);
    return row(
      [el("div", "head", mark, el("b", "", title)), about],
      [look, address ? link(address, say("open_source"), { outside: true }) : null],
    );
  }

  return {
    ...view,
    call,
    attempt,
    show,
    tryOut,
    choices: () => choices,
    tab: () => tab,
    add: (name, section) => {
      others[name] = section;
    },
  };
})();
