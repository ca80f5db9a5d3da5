/* One client company on the consultant's screen: what is known, answers over time, plan, visit,
   files, notes. Drawn into the clients' view; words come from the server, owners' words are text. */
"use strict";

(() => {
  const TABS = ["overview", "facts", "readiness", "plan", "visit", "files"];
  const FORMATS = ["docx", "pdf", "hwpx", "xlsx", "md"], VISIT = ["docx", "hwpx", "md"];
  let id = "", tab = "overview", state = { kind: "loading" }, hint = null, editing = "", busy = false;
  let form = null, outlook = null, visit = null, comparison = null, chosen = { solution: "", cost: "" };

  const kit = () => window.advisorClients;
  const { say, el, button, field, input, select } = new Proxy({}, { get: (_, name) => (...given) => kit()[name](...given) });

  /* ---------- asking the server ---------- */
  async function open(client) {
    if (client !== id) { tab = "overview"; forget(); chosen = { solution: "", cost: "" }; hint = null; editing = ""; state = { kind: "loading" }; }
    id = client;
    kit().draw();
    try {
      const [one, entry] = await Promise.all([kit().ask(`/${id}`), form ?? kit().ask("/form"), kit().knowPeople()]);
      if (client !== id) return;
      form = entry;
      state = { kind: "client", one };
      if (one.plan_for && !chosen.solution) chosen = { solution: one.plan_for, cost: one.plan_cost_krw ? String(one.plan_cost_krw) : "" };
      show(tab);
    } catch (error) {
      if (client !== id) return;
      state = { kind: [401, 403].includes(error.status) ? "refused" : "failed", detail: error.detail };
      kit().draw();
    }
  }
  function close() { id = ""; }
  /* What follows from facts and answers is worked out anew after they changed. */
  function forget() { outlook = null; visit = null; comparison = null; }
  async function act(address, method, body, told = say("saved")) {
    if (busy) return false;
    busy = true;
    let done = true;
    try {
      const one = await kit().ask(`/${id}${address}`, method, body);
      if (one?.id) state = { kind: "client", one };
      forget();
      hint = { text: told };
      editing = "";
    } catch (error) { hint = { text: error.detail, bad: true }; done = false; }
    busy = false;
    show(tab);
    return done;
  }
  async function download(address) {
    hint = { text: say("making") };
    kit().draw();
    try { await kit().take(`/${id}${address}`); hint = { text: say("made") }; } catch (error) { hint = { text: error.detail, bad: true }; }
    kit().draw();
  }
  async function show(name) {
    tab = name;
    kit().draw();
    const mine = id;
    try {
      if (name === "plan" && !outlook) {
        const query = new URLSearchParams();
        if (chosen.solution) query.set("solution", chosen.solution);
        const won = chosen.cost.replace(/[^\d]/g, "");
        if (won) query.set("cost", won);
        const found = await kit().ask(`/${id}/outlook?${query}`);
        if (mine === id) outlook = found;
      } else if (name === "visit" && !visit) {
        const found = await kit().ask(`/${id}/visit`);
        if (mine === id) visit = found;
      } else if (name === "readiness" && !comparison) {
        const ids = dated();
        if (ids.length > 1) await compare(ids[ids.length - 2].id, ids[ids.length - 1].id);
      } else return;
    } catch (error) { hint = { text: error.detail, bad: true }; }
    if (mine === id) kit().draw();
  }
  async function compare(before, after) {
    comparison = { before, after, found: await kit().ask(`/${id}/comparison?before=${before}&after=${after}`) };
  }
  const dated = () => [...state.one.diagnoses, ...(state.one.now ? [{ id: "now", ...state.one.now }] : [])];

  /* ---------- values as people read them ---------- */
  const fieldOf = (name) => form.fields.find((one) => one.id === name);
  const named = (name) => kit().names.fields[kit().lang]?.[name] || fieldOf(name)?.label || name;
  const worded = (value) => kit().names.values[kit().lang]?.[value] || value;
  function shown(value, name) {
    if (Array.isArray(value)) return value.map(worded).join(", ");
    const unit = fieldOf(name)?.unit || "";
    if (typeof value === "number") {
      if (unit === "원") return won(value);
      return `${value >= 10000 ? value.toLocaleString() : value}${kit().lang === "en" ? ` ${kit().names.units.en[unit] || ""}` : unit}`.trim();
    }
    return String(worded(value));
  }
  function won(amount) {
    if (amount === null || amount === undefined) return say("no_amount");
    if (kit().lang === "en") return `${amount.toLocaleString()} KRW`;
    const big = Math.floor(amount / 1e8), small = Math.floor((amount % 1e8) / 1e4), rest = amount % 1e4;
    return `${[big ? `${big.toLocaleString()}억` : "", small ? `${small.toLocaleString()}만` : "", rest || !amount ? rest.toLocaleString() : ""].filter(Boolean).join(" ")} 원`;
  }
  const leveled = (one) => (one.status === "answered" ? say("a_answered", { value: one.value }) : say(`a_${one.status}`));
  const itemOf = (name) => form.items.find((one) => one.id === name);
  const by = (name) => name || say("somebody");

  /* ---------- drawing ---------- */
  function render() {
    const back = button("quiet", `‹ ${say("back")}`, () => kit().close(), "back");
    if (state.kind === "loading") return [back, kit().box("waiting", say("loading_one"))];
    if (state.kind === "refused") return [back, kit().refused(state.detail)];
    if (state.kind === "failed") {
      const failed = kit().box("problem", state.detail);
      failed.append(button("quiet strong", say("retry"), () => open(id)));
      return [back, failed];
    }
    const one = state.one;
    const head = el("header", "head", el("div", "", el("h2", "", one.name), el("p", "meta", kit().badge(one.state),
      one.level === null ? "" : el("span", "", say("level", { level: one.level })), el("span", "", one.consultant || "–"), el("span", "", say(`origin_${one.origin}`)))), next(one));
    const bar = el("div", "client-tabs");
    bar.setAttribute("role", "tablist");
    bar.setAttribute("aria-label", say("tabs"));
    for (const name of TABS) {
      const made = button("tab", say(`t_${name}`), () => { hint = null; editing = ""; show(name); }, `tab-${name}`);
      made.setAttribute("role", "tab");
      made.setAttribute("aria-selected", String(tab === name));
      made.tabIndex = tab === name ? 0 : -1;
      bar.append(made);
    }
    bar.addEventListener("keydown", (event) => {
      const by_ = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by_) return;
      show(TABS[(TABS.indexOf(tab) + by_ + TABS.length) % TABS.length]);
      document.querySelector(`#clients [data-key="tab-${tab}"]`)?.focus();
    });
    const panel = el("div", "panel-of-tab", ...{ overview, facts, readiness, plan, visit: visiting, files }[tab](one).filter(Boolean));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", say(`t_${tab}`));
    return [back, head, warning(one), bar, kit().told(hint), panel, el("p", "fine", say("ai"))];
  }
  const next = (one) => el("p", "next-step", el("small", "", say("next")), kit().step(one), kit().due(one.step_on));
  function warning(one) {
    if (one.state === "handed_over") {
      return el("section", "notice", el("p", "", one.handed_over_by ? say("handed", { by: one.handed_over_by }) : say("handed_admin")),
        button("primary", say("take_over"), () => act("/take-over", "POST", {}), "take-over"));
    }
    if (one.is_seen) return null;
    const code = input("", { maxLength: 40, key: "new-code" });
    return el("section", "notice", el("p", "", say("not_seen")), one.origin === "share" ? el("div", "ways", field(say("new_code"), code),
      button("quiet strong", say("connect"), () => act("/share", "POST", { code: code.value }), "connect")) : null);
  }
  function block(title, ...inside) { return el("section", "block", title ? el("h3", "", title) : null, ...inside); }
  function rows(list) { return el("ul", "rows", ...list); }

  function overview(one) {
    const values = { name: input(one.name, { maxLength: 120, key: "b-name" }), contact: input(one.contact, { maxLength: 120, key: "b-contact" }),
      next_step: input(one.next_step, { maxLength: 300, key: "b-next" }), next_on: input(one.next_on || "", { type: "date", key: "b-on" }), visit_on: input(one.visit_on || "", { type: "date", key: "b-visit" }) };
    const keep = () => act("", "PATCH", Object.fromEntries(Object.entries(values).map(([name, control]) => [name, name.endsWith("_on") ? control.value || null : control.value])));
    const basics = block(say("basics"), el("div", "grid", field(say("name"), values.name), field(say("contact"), values.contact, say("contact_more")),
      field(say("visit_on"), values.visit_on), field(say("next_step"), values.next_step), field(say("next_on"), values.next_on)), el("div", "ways", button("primary", say("save"), keep, "b-save")));
    const talks = one.talk ? el("div", "ways", ...[["talk", "open_talk"], ["diagnosis", "open_check"], ["support", "open_support"]].map(([view, words]) => {
      const link = el("a", "quiet strong", say(words));
      link.href = `#${view}=${encodeURIComponent(one.talk)}`;
      return link;
    })) : null;
    const asked = block(say("questions"), one.questions.length ? rows(one.questions.slice(-5).reverse().map((each) => el("li", "", el("span", "what", el("b", "", each.text), el("span", "meta", kit().moment(each.at)))))) : el("p", "meta", say("questions_none")), talks);
    return [basics, noting(one), asked, reporting(), managing(one)];
  }
  function noting(one) {
    const text = input("", { rows: 3, maxLength: 4000, key: "note" });
    const add = block(say("notes"), field(say("note_new"), text, say("note_more")), el("div", "ways", button("quiet strong", say("note_save"), () => act("/notes", "POST", { text: text.value }), "note-save")));
    const list = one.notes.map((note) => el("li", "", el("span", "what", el("span", "words", note.text), el("span", "meta", say("by_at", { by: by(note.by), at: kit().moment(note.at) }))),
      note.is_mine ? kit().sure(`note-${note.id}`, "quiet danger", say("delete"), async () => { try { await kit().ask(`/${id}/notes/${note.id}`, "DELETE"); } catch (error) { hint = { text: error.detail, bad: true }; } open(id); }) : null));
    add.append(list.length ? rows(list) : el("p", "meta", say("notes_none")));
    return add;
  }
  function reporting() {
    return block(say("report"), el("p", "meta", say("report_more")), el("div", "ways", ...FORMATS.map((one) => button("quiet", one.toUpperCase(), () => download(`/report/${one}`), `report-${one}`))));
  }
  function managing(one) {
    const others = kit().people.filter((other) => other.account_id !== one.consultant_id);
    const to = select(others.map((other) => [other.account_id, other.name]), others[0]?.account_id, null, "hand-to");
    const note = input("", { rows: 2, maxLength: 4000, key: "hand-note" });
    const give = () => { const name = to.selectedOptions[0]?.textContent; act("/hand-over", "POST", { account_id: to.value, note: note.value }, say("handed_done", { name })).then((done) => { if (done) open(id); }); };
    const hand = others.length ? el("div", "grid", field(say("hand_to"), to), field(say("hand_note"), note)) : el("p", "meta", say("hand_none"));
    const gone = async () => { try { await kit().ask(`/${id}`, "DELETE"); kit().close(); } catch (error) { hint = { text: error.detail, bad: true }; kit().draw(); } };
    const fold = el("details", "block fold", el("summary", "", say("actions_more")), el("h3", "", say("hand_over")), hand, others.length ? el("div", "ways", button("quiet strong", say("hand_do"), give, "hand")) : null,
      el("h3", "", say("remove")), el("p", "meta", say(`remove_${one.origin}`)), el("div", "ways", kit().sure("remove", "quiet danger", say("remove"), gone)));
    fold.open = open_folds.has("manage");
    fold.addEventListener("toggle", () => (fold.open ? open_folds.add("manage") : open_folds.delete("manage")));
    return fold;
  }
  const open_folds = new Set();

  function facts(one) {
    const list = one.facts.map((fact) => {
      const source = fact.is_entered ? say("src_상담사", { by: by(fact.by) }) : say(`src_${fact.source}`);
      const where = fact.turn === null ? "" : say("question_no", { number: fact.turn + 1 });
      const meta = [source, where, kit().moment(fact.at), fact.reason ? say("reason_is", { reason: fact.reason }) : "", fact.said === null ? "" : say("said", { value: shown(fact.said, fact.field) })].filter(Boolean).join(" · ");
      const what = el("span", "what", el("span", "name", named(fact.field)), el("b", "", shown(fact.value, fact.field)), fact.quote ? el("q", "", fact.quote) : null, el("span", "meta", meta));
      const can = fieldOf(fact.field)?.in_form;
      const ways = el("span", "do", can ? button("quiet", say("edit"), () => { editing = editing === fact.field ? "" : fact.field; kit().draw(); }, `edit-${fact.field}`) : null,
        fact.is_entered ? button("quiet", say("take_back"), () => act(`/facts/${fact.field}`, "PUT", { value: null }), `undo-${fact.field}`) : null);
      const row = el("li", fact.is_entered ? "entered" : "", what, ways);
      if (editing === fact.field) row.append(typing(fact.field, fact.value, !fact.is_entered || fact.said !== null));
      return row;
    });
    const free = form.fields.filter((other) => other.in_form && !one.facts.some((fact) => fact.field === other.id));
    const pick = select([["", say("choose")], ...free.map((other) => [other.id, named(other.id)])], editing.startsWith("+") ? editing.slice(1) : "", (value) => { editing = value ? `+${value}` : ""; kit().draw(); }, "more-fact");
    const more = block(say("more_facts"), field(say("t_facts"), pick), editing.startsWith("+") ? typing(editing.slice(1), "", false) : null);
    return [block("", el("p", "meta", say("facts_lead")), list.length ? rows(list) : el("p", "", say("facts_none"))), more, history_of(one, "fact")];
  }
  function typing(name, value, needs) {
    const known = fieldOf(name), isList = known.type.startsWith("list");
    let read, control;
    if (known.allowed && isList) {
      const boxes = known.allowed.map((option) => { const box = input("", { type: "checkbox", checked: (value || []).includes(option) }); box.value = option; return box; });
      control = el("span", "boxes", ...boxes.map((box) => el("label", "pick", box, worded(box.value))));
      read = () => boxes.filter((box) => box.checked).map((box) => box.value);
    } else if (known.allowed) {
      control = select([["", say("choose")], ...known.allowed.map((option) => [option, worded(option)])], value, null, `value-${name}`);
      read = () => control.value;
    } else {
      control = input(Array.isArray(value) ? value.join(", ") : value, { maxLength: 200, key: `value-${name}`, placeholder: isList ? say("list_hint") : known.unit || "" });
      read = () => (isList ? control.value.split(",").map((part) => part.trim()).filter(Boolean) : control.value.trim());
    }
    const reason = input("", { maxLength: 1000, key: `reason-${name}` });
    const keep = button("primary", say("save"), () => act(`/facts/${name}`, "PUT", { value: read(), reason: reason.value }), `keep-${name}`);
    return el("div", "typing", known.ask && kit().lang === "ko" ? el("p", "meta", known.ask) : null, el("div", "grid", known.allowed && isList ? el("div", "field", el("span", "", say("value")), control) : field(say("value"), control), needs ? field(say("reason"), reason) : null), el("div", "ways", keep));
  }
  function history_of(one, kind) {
    const list = one.entries.filter((entry) => entry.kind === kind);
    if (!list.length) return null;
    const label = (entry) => (kind === "fact" ? named(entry.key) : `${entry.key} ${itemOf(entry.key)?.label || ""}`);
    const value = (entry) => (entry.value === null ? say("taken_back") : kind === "fact" ? shown(entry.value, entry.key) : leveled(entry.value));
    return el("details", "block fold", el("summary", "", say("history", { count: list.length })), rows(list.map((entry) => el("li", "", el("span", "what", el("b", "", `${label(entry)}: ${value(entry)}`), el("span", "meta", [say("by_at", { by: by(entry.by), at: kit().moment(entry.at) }), entry.reason ? say("reason_is", { reason: entry.reason }) : ""].filter(Boolean).join(" · ")))))));
  }

  function readiness(one) {
    const result = one.now;
    const points = result ? [result.overall === null ? "" : say("score", { score: result.overall }), say("confidence", { value: result.confidence.toFixed(2) }), say("covered", { value: `${Math.round(result.coverage * 100)}%` }), result.contradictions ? say("contradictions", { count: result.contradictions }) : ""].filter(Boolean).join(" · ") : "";
    const level = !result ? say("no_answers") : result.level === null ? say("no_level") : `L${result.level} ${result.level_name}`;
    const now = block(say("now"), el("p", "big", level), el("p", "meta", points), el("p", "meta", say("now_more")), result ? el("div", "ways", button("quiet strong", say("keep_now"), () => act("/diagnoses", "POST", {}, say("kept_now")), "keep-now")) : null);
    const list = one.diagnoses.map((each) => el("li", "", el("span", "what", el("b", "", each.level === null ? say("no_level") : `L${each.level} ${each.level_name}${each.overall === null ? "" : ` · ${say("score", { score: each.overall })}`}`), el("span", "meta", say("by_at", { by: each.by ? by(each.by) : say("of_owner"), at: kit().moment(each.at) })))));
    return [now, block(say("over_time"), list.length ? rows(list.reverse()) : el("p", "meta", say("over_none")), comparing()), answering(one), history_of(one, "item")];
  }
  function comparing() {
    const all = dated();
    if (all.length < 2) return null;
    const options = all.map((each) => [each.id, each.id === "now" ? say("now") : `${kit().moment(each.at)} ${each.level === null ? "" : `L${each.level}`}`]);
    const pick = async () => { try { await compare(before.value, after.value); } catch (error) { hint = { text: error.detail, bad: true }; } kit().draw(); };
    const before = select(options, comparison?.before ?? all[all.length - 2].id, pick, "before"), after = select(options, comparison?.after ?? all[all.length - 1].id, pick, "after");
    const made = el("div", "compare", el("h3", "", say("compare")), el("div", "grid", field(say("before"), before), field(say("after"), after)));
    const found = comparison?.found;
    if (!found) return made;
    const number = (value) => (value === null ? "–" : value.toFixed(1));
    const line = (name, one) => el("tr", "", el("th", "", name), el("td", "", number(one.before)), el("td", "", number(one.after)), el("td", one.difference > 0 ? "up" : one.difference < 0 ? "down" : "", one.difference === null ? "–" : `${one.difference > 0 ? "+" : ""}${one.difference.toFixed(1)}`));
    const head = el("tr", "", ...["field", "before", "after", "difference"].map((each) => el("th", "", say(each))));
    made.append(el("div", "scroll", el("table", "numbers", el("thead", "", head), el("tbody", "", line(say("overall"), found.overall), ...found.dimensions.map((each) => line(each.name, each))))));
    if (!found.is_same_version) made.append(el("p", "meta", say("other_version")));
    if (found.items.length) made.append(el("p", "meta strong", say("changed_items", { count: found.items.length })), rows(found.items.map((each) => el("li", "", el("span", "what", el("b", "", `${each.id} ${each.label}`), el("span", "meta", `${leveled(each.before)} → ${leveled(each.after)}`))))));
    return made;
  }
  function answering(one) {
    const given = one.answers.map((answer) => item_row(answer.item, answer));
    const left = one.open_items.filter((name) => !one.answers.some((answer) => answer.item === name)).map((name) => item_row(name, null));
    const fold = el("details", "fold inner", el("summary", "", say("open_items", { count: left.length })), rows(left));
    fold.open = open_folds.has("open-items");
    fold.addEventListener("toggle", () => (fold.open ? open_folds.add("open-items") : open_folds.delete("open-items")));
    return block(say("answers"), given.length ? rows(given) : null, left.length ? fold : null);
  }
  function item_row(name, answer) {
    const item = itemOf(name);
    if (!item) return null;
    const level = answer && answer.value !== null ? item.levels.find((each) => each.value === answer.value)?.text : "";
    const meta = answer ? [answer.is_entered ? say("src_상담사", { by: by(answer.by) }) : "", form.grades[answer.grade] || "", answer.reason ? say("reason_is", { reason: answer.reason }) : "", answer.said ? say("said", { value: leveled(answer.said) }) : "", answer.note].filter(Boolean).join(" · ") : "";
    const what = el("span", "what", el("span", "name", `${name} ${item.label}`), el("b", "", answer ? `${leveled(answer)}${level ? ` · ${level}` : ""}` : item.question), el("span", "meta", meta));
    const ways = el("span", "do", button("quiet", say("edit"), () => { editing = editing === name ? "" : name; kit().draw(); }, `edit-${name}`),
      answer?.is_entered ? button("quiet", say("take_back"), () => act(`/answers/${name}`, "PUT", {}), `undo-${name}`) : null);
    const row = el("li", answer?.is_entered ? "entered" : "", what, ways);
    if (editing === name) row.append(judging(item, answer));
    return row;
  }
  function judging(item, answer) {
    const options = [...item.levels.map((each) => [String(each.value), `${each.value}. ${each.text}`]), ["unknown", say("a_unknown")], ...(item.can_be_na ? [["na", say("a_na")]] : [])];
    const choice = select(options, answer ? (answer.value === null ? answer.status : String(answer.value)) : "0", null, `level-${item.id}`);
    const grade = select(Object.entries(form.grades), answer?.grade || "detail", null, `grade-${item.id}`);
    const reason = input("", { maxLength: 1000, key: `why-${item.id}` });
    const keep = () => {
      const isLevel = /^\d$/.test(choice.value);
      act(`/answers/${item.id}`, "PUT", { status: isLevel ? "answered" : choice.value, value: isLevel ? Number(choice.value) : null, grade: isLevel ? grade.value : null, reason: reason.value });
    };
    return el("div", "typing", el("p", "meta", item.question), el("div", "grid", field(say("level_pick"), choice), field(say("grade"), grade), field(say("reason"), reason)), el("div", "ways", button("primary", say("save"), keep, `judge-${item.id}`)));
  }

  const windowed = (one) => (!one ? "" : [say(`w_${one.state}`), one.state === "open" && one.closes_on ? say("until", { day: kit().day(one.closes_on) }) : one.state === "upcoming" && one.opens_on ? say("from", { day: kit().day(one.opens_on) }) : ""].filter(Boolean).join(" · "));
  function program(one) {
    return el("li", "", el("span", "what", el("b", "", one.title), el("span", "meta", [windowed(one.window), one.why].filter(Boolean).join(" · "))), el("span", `badge v-${one.verdict}`, say(`v_${one.verdict}`)));
  }
  function plan(one) {
    if (!outlook) return [kit().box("waiting", say("loading_one"))];
    const saved = block(say("saved_programs"), outlook.saved.length ? rows(outlook.saved.map(program)) : el("p", "meta", say("saved_none")));
    const fits = block(say("programs", { count: outlook.programs_count }), rows(outlook.programs.map(program)));
    const asks = outlook.ask_next.length ? block(say("ask_next"), rows(outlook.ask_next.map((each) => el("li", "", el("span", "what", el("b", "", named(each.field)), el("span", "meta", say("settles", { count: each.count }))))))) : null;
    const todo = block(say("actions"), rows(outlook.actions.map((each) => el("li", "", el("span", "what", el("b", "", each.what), el("span", "meta", [each.by ? say("by_day", { day: kit().day(each.by) }) : "", each.why].filter(Boolean).join(" · ")))))));
    const papers = block(say("papers"), outlook.papers.length ? rows(outlook.papers.map((each) => el("li", "", el("span", "what", el("b", "", each.name), el("span", "meta", [each.by ? say("by_day", { day: kit().day(each.by) }) : "", each.is_usual ? say("usual") : "", each.programs.join(", ")].filter(Boolean).join(" · ")))))) : el("p", "meta", say("papers_none")));
    return [money(one), saved, fits, asks, todo, papers];
  }
  function money(one) {
    const now = outlook.plan;
    if (!now) return block(say("plan"), el("p", "meta", say("no_plan")));
    const solution = select(outlook.solutions.map((each) => [each.id, each.title]), chosen.solution || outlook.solution, null, "solution");
    const cost = input(chosen.cost || now.project_cost_krw || "", { inputMode: "numeric", maxLength: 20, key: "cost" });
    const again = () => { chosen = { solution: solution.value, cost: cost.value }; outlook = null; show("plan"); };
    const keep = () => { const won_ = Number(cost.value.replace(/[^\d]/g, "")) || null; chosen = { solution: solution.value, cost: cost.value }; act("/plan", "PUT", { solution: solution.value, cost: won_ }, say("plan_kept")); };
    const line = (name, amount, basis, certain = true) => el("tr", "", el("th", "", name), el("td", "", won(amount)), el("td", "basis", [basis, certain ? "" : say("not_certain")].filter(Boolean).join(" · ")));
    // A tax credit comes later and is no part of what adds up to the cost.
    const later = (each) => each.kind === "tax_credit", named_line = (each) => line(outlook.titles[each.record_id] || each.kind, each.amount_krw, each.basis, each.certain || later(each));
    const own = [["own_cash", now.own_cash_krw], ["own_in_kind", now.own_in_kind_krw]].filter(([, amount]) => amount).map(([name, amount]) => line(say(name), amount, ""));
    const total = line(say("total"), now.project_cost_krw, "");
    total.className = "total";
    const credit = now.lines.filter(later).map((each) => { const made = named_line(each); made.firstChild.prepend(`${say("tax")}: `); return made; });
    const head = el("tr", "", ...["line", "amount", "basis"].map((each) => el("th", "", say(each))));
    const table = el("div", "scroll", el("table", "numbers money", el("thead", "", head), el("tbody", "", ...now.lines.filter((each) => !later(each)).map(named_line), ...own, total, ...credit)));
    return block(`${say("plan")}${one.plan_for ? ` · ${say("plan_settled")}` : ""}`, el("div", "grid", field(say("plan_for"), solution), field(say("cost"), cost)), el("div", "ways", button("quiet strong", say("calculate"), again, "calculate"), button("primary", say("keep_plan"), keep, "keep-plan"),
      one.plan_for ? button("quiet", say("drop_plan"), () => { chosen = { solution: "", cost: "" }; act("/plan", "PUT", {}); }, "drop-plan") : null), table, now.assumptions.length ? el("ul", "dots", ...now.assumptions.map((each) => el("li", "", each))) : null);
  }

  function visiting() {
    if (!visit) return [kit().box("waiting", say("visit_loading"))];
    const ways = el("div", "ways", button("primary", say("print"), () => download("/visit/pdf"), "visit-pdf"), ...VISIT.map((one) => button("quiet", one.toUpperCase(), () => download(`/visit/${one}`), `visit-${one}`)));
    const lists = [["worries", visit.worries.map((one) => [one, ""])], ["facts", visit.facts.map((one) => [one.what, [one.ask, one.why].filter(Boolean).join(" ")])], ["items", visit.items.map((one) => [`${one.id} ${one.what}`, `${one.ask} (${one.why})`])],
      ["proofs", visit.proofs.map((one) => [one.name, one.what_for])], ["papers", visit.papers.map((one) => [one.name, one.what_for])], ["notes", visit.notes.map((one) => [one, ""])]];
    const shown_ = lists.filter(([, list]) => list.length).map(([name, list]) => el("div", "part-of-visit", el("h4", "", say(`visit_${name}`)), el("ul", name === "worries" || name === "notes" ? "dots" : "ticks", ...list.map(([what, more]) => el("li", "", el("b", "", what), more ? el("span", "meta", more) : null)))));
    return [block("", el("p", "meta", say("visit_lead")), ways), block("", ...(shown_.length ? shown_ : [el("p", "", say("visit_nothing"))]), visit.left_out ? el("p", "meta", say("left_out", { count: visit.left_out })) : null)];
  }

  function files(one) {
    const list = one.files.map((file) => {
      const link = el("a", "quiet", say("open"));
      link.href = `api/v1/clients/${encodeURIComponent(id)}/files/${encodeURIComponent(file.id)}`;
      link.target = "_blank";
      link.rel = "noopener";
      return el("li", "", el("span", "what", el("b", "", file.name), el("span", "meta", [file.kind, file.shown_size, `${file.item} ${itemOf(file.item)?.label || ""}`, kit().moment(file.added_at)].join(" · "))), link);
    });
    const shelf = block(say("t_files"), one.origin === "share" ? el("p", "meta", say("files_owner")) : null, list.length ? rows(list) : el("p", "meta", say("files_none")));
    if (one.origin !== "hand" || !one.is_seen) return [shelf];
    const item = select(form.items.map((each) => [each.id, `${each.id} ${each.label}`]), form.items[0].id, null, "file-item");
    const chooser = input("", { type: "file", key: "file" });
    chooser.addEventListener("change", async () => {
      const file = chooser.files[0];
      if (!file) return;
      try { await kit().ask(`/${id}/files?item=${encodeURIComponent(item.value)}&name=${encodeURIComponent(file.name)}`, "POST", file); hint = { text: say("saved") }; } catch (error) { hint = { text: error.detail, bad: true }; }
      forget();
      open(id);
    });
    return [shelf, block(say("files_add"), el("div", "grid", field(say("files_item"), item), field(say("files_add"), chooser)))];
  }

  window.advisorClient = { open, close, render };
})();
