/* The help desk's queue in the browser: topics, one topic with its answer, its FAQ. */
"use strict";

(() => {
  const { el, button, field, input, area, select, box, none, told, tell, copier, wording, earlier, say, day, time, call, draw, load, search, tryOut, root, add, choices, me, isShown } = window.advisorDesk;
  const LIVE_EVERY_MS = 2000, LIVE_TRIES = 40, SURE_MS = 4000, SIGNER = "advisor-signer";
  let state = "open", onlyMine = false, list = null, sheet = null;
  // What is typed about the topic that is shown, until it is saved.
  let typed = null, material = null, asked = "", watching = 0;

  const REASONS = { failed: "failed_turn" };
  const reason = (name) => say(REASONS[name] || name);
  const emptySource = () => ({ title: "", publisher: "", date: "", url: "" });
  function begin(made) {
    sheet = made;
    typed = {
      question: made.question || made.label, answer: made.answer, note: "", why: "",
      sources: made.sources.length ? made.sources.map((one) => ({ ...emptySource(), ...one })) : [emptySource()],
      category: made.faq?.category || choices().categories[0] || "", aliases: (made.faq?.aliases || []).join("\n"), confidence: made.faq?.confidence || "medium", signer: me().name || localStorage.getItem(SIGNER) || "",
    };
    material = null;
    asked = "";
  }
  function sure(key, name, text, act) {
    return button(`${name}${asked === key ? " sure" : ""}`, text, () => {
      if (asked === key) { asked = ""; act(); return; }
      asked = key;
      draw();
      setTimeout(() => { if (asked === key) { asked = ""; draw(); } }, SURE_MS);
    }, key);
  }

  /* ---------- the list ---------- */
  async function loadList() {
    if (sheet) return;
    list = await call(`topics?state=${state}`);
    // What one look could not read comes with the next.
    if (list.more) setTimeout(() => { if (isShown() && !sheet) load(); }, 300);
  }
  function drawList() {
    if (!list) return [box("waiting", say("loading"))];
    const pick = el("div", "ways", ["open", "answered", "closed"].map((one) => {
      const made = button("quiet", `${say(`state_${one}`)} ${list.counts[one] || ""}`.trim(), () => { state = one; list = null; draw(); load(); }, `state-${one}`);
      made.setAttribute("aria-pressed", String(state === one));
      return made;
    }));
    const mine = input("checkbox");
    mine.checked = onlyMine;
    mine.dataset.key = "mine";
    mine.addEventListener("change", () => { onlyMine = mine.checked; draw(); });
    pick.append(el("label", "check", mine, say("mine")));
    const shown = list.topics.filter((one) => !onlyMine || one.assignee?.is_me);
    const reading = list.more ? box("waiting", say("reading")) : null;
    if (!shown.length) return [el("section", "block slim", pick), reading || none("queue_none", "queue_none_more")];
    return [el("section", "block", pick, el("ul", "rows", shown.map(line))), reading];
  }
  function line(one) {
    const why = Object.entries(one.reasons).map(([name, count]) => `${reason(name)} ${count}`).join(" · ");
    const meta = [say("count", { count: one.count }), one.asked > one.count ? say("asked_all", { count: one.asked }) : "", why, one.last_at ? say("last", { day: day(one.last_at) }) : ""].filter(Boolean).join(" · ");
    const who = one.assignee ? (one.assignee.is_me ? say("me") : one.assignee.name) : "";
    return el("li", "", el("span", "count", String(one.count || one.asked)), el("div", "what", el("b", "", one.label), el("span", "meta", meta), one.record_id ? el("span", "meta", say("faq_is", { id: one.record_id })) : null),
      who ? el("span", "badge is-mine", who) : null, button("quiet strong", say("look"), () => open(one.id), `topic-${one.id}`));
  }
  async function open(id) {
    try { begin(await call(`topics/${id}`)); scrollTo({ top: 0 }); draw(); root().querySelector("[data-key=back]")?.focus({ preventScroll: true }); } catch (error) { tell("queue", error.detail, true); }
  }

  /* ---------- one topic ---------- */
  async function act(key, address, method, body, done = "") {
    try {
      const made = await call(`topics/${sheet.id}/${address}`, method, body);
      // What is typed about the answer stays while something else is done.
      sheet = made;
      tell(key, done);
      return made;
    } catch (error) {
      tell(key, [error.detail, ...(error.problems || []).map((one) => `${one.field}: ${one.reason}. ${one.fix}`)].join(" "), true);
      return null;
    }
  }
  function drawSheet() {
    const isOpen = sheet.state === "open";
    const head = el("header", "topic", button("quiet", `‹ ${say("back")}`, () => { sheet = null; list = null; draw(); load(); }, "back"),
      el("h3", "title", sheet.label), el("p", "meta", el("span", `badge is-${sheet.state}`, say(`state_${sheet.state}`)), ` ${say("count", { count: sheet.count })} · ${say("asked_all", { count: sheet.asked })}`));
    const left = el("div", "column", isOpen ? taking() : null, questions(isOpen), el("section", "block", el("h3", "", say("earlier")), earlier(sheet.earlier, isOpen ? use : null)), notes());
    const right = el("div", "column", isOpen ? answering() : settled(), sheet.state === "answered" ? faq() : null);
    return [head, el("div", "pair", left, right)];
  }
  function taking() {
    const people = choices().people.map((one) => [one.id, one.is_me ? say("me") : one.name]);
    const now = choices().people.find((one) => (sheet.assignee?.is_me ? one.is_me : one.name === sheet.assignee?.name));
    const to = field("assignee", select([["", say("nobody")], ...people]), sheet.assignee && now ? now.id : "", (value) => act("take", "assignee", "PUT", { to: value || null }), { key: "assignee" });
    const press = sheet.assignee?.is_me
      ? button("quiet", say("give_back"), () => act("take", "assignee", "PUT", { to: null }), "take")
      : button("quiet strong", say("take"), () => act("take", "assignee", "PUT", { to: "me" }), "take");
    return el("section", "block slim", el("div", "ways", to, press), told("take"));
  }
  function questions(isOpen) {
    if (!sheet.questions.length) return el("section", "block", el("h3", "", say("questions")), el("p", "meta", say("questions_none")));
    return el("section", "block", el("h3", "", say("questions")), el("p", "meta", say("questions_lead")), el("ul", "rows", sheet.questions.map((one) => el("li", "",
      el("div", "what", el("span", "", one.text), el("span", "meta", [reason(one.reason), time(one.at)].join(" · ")), one.records.length ? el("span", "meta", say("cited", { titles: one.records.map((record) => record.title).join(", ") })) : null),
      isOpen && sheet.questions.length > 1 ? button("quiet", say("split"), () => act("questions", "split", "POST", { question_id: one.id }), `split-${one.id}`) : null))), told("questions"));
  }
  function notes() {
    const rows = sheet.notes.map((one) => el("li", "", el("div", "what", one.text ? el("span", "", one.text) : null, el("span", "meta", [say(`act_${one.act}`), one.by, time(one.at)].filter(Boolean).join(" · ")))));
    const note = async () => { if (typed.note.trim() && await act("notes", "notes", "POST", { text: typed.note })) { typed.note = ""; draw(); } };
    return el("section", "block", el("h3", "", say("notes")), rows.length ? el("ul", "rows", rows) : null,
      field("note", area(2), typed.note, (text) => { typed.note = text; }, { key: "note", wide: true, most: 2000 }), el("div", "ways", button("quiet", say("note_add"), note, "note-add")), told("notes"));
  }
  function use(one) {
    typed.answer = one.answer;
    if (one.sources.length) typed.sources = one.sources.map((source) => ({ ...emptySource(), ...source }));
    draw();
  }
  function useWording(one) {
    const said = one.lines.map((row) => (row.label ? `${row.label}: ${row.text}` : row.text)).join("\n");
    typed.answer = typed.answer.trim() ? `${typed.answer.trim()}\n${said}` : said;
    const used = new Set(one.lines.map((row) => row.place));
    const places = one.places.filter((_, number) => used.has(number)).map((place) => ({
      title: [place.title, place.page ? say("page", { page: place.page }) : ""].filter(Boolean).join(" "), publisher: place.publisher || "", date: place.date || "", url: place.url || "",
    }));
    const known = typed.sources.filter((source) => source.title || source.url);
    typed.sources = [...known, ...places.filter((place) => !known.some((source) => source.title === place.title && source.url === place.url))].slice(0, 10);
    draw();
  }
  function answering() {
    const made = el("section", "block", el("h3", "", say("settle")),
      field("settle_question", input(), typed.question, (text) => { typed.question = text; }, { key: "settle-question", wide: true, most: 500 }),
      field("settle_answer", area(6), typed.answer, (text) => { typed.answer = text; }, { key: "settle-answer", wide: true, most: 6000 }),
      sources(), el("div", "ways", button("primary", say("save"), save, "save"), button("quiet", say("material"), look, "material")), told("save"));
    if (material === "busy") made.append(box("waiting", say("finding")));
    else if (material) made.append(material.length ? el("div", "hits", material.map((one) => wording(one.wording, [button("quiet", say("use_wording"), () => useWording(one.wording), `take-${one.record_id}`)]))) : el("p", "meta", say("found_none")));
    const close = async () => {
      if (!typed.why.trim()) { tell("close", say("close_need"), true); return; }
      if (await act("close", "closing", "POST", { text: typed.why }, say("closed"))) typed.why = "";
    };
    made.append(el("div", "closing", field("close_reason", input(), typed.why, (text) => { typed.why = text; }, { key: "why", wide: true, most: 2000 }), sure("close", "quiet danger", say("close"), close)), told("close") || "");
    return made;
  }
  function sources() {
    const group = el("fieldset", "sources", el("legend", "", say("sources")), typed.sources.map((one, number) => el("div", "source",
      ["title", "publisher", "date", "url"].map((name) => field(`source_${name}`, input(name === "url" ? "url" : "text"), one[name] || "", (text) => { one[name] = text; }, { key: `source-${number}-${name}`, most: name === "url" ? 2000 : 300 })),
      typed.sources.length > 1 ? button("link", say("source_less"), () => { typed.sources.splice(number, 1); draw(); }, `less-${number}`) : null)));
    if (typed.sources.length < 10) group.append(button("link", say("source_more"), () => { typed.sources.push(emptySource()); draw(); }, "source-more"));
    return group;
  }
  async function look() {
    material = "busy";
    draw();
    try { material = (await search(typed.question, { k: 5 })); } catch (error) { material = null; tell("save", error.detail, true); }
    draw();
  }
  async function save() {
    const given = typed.sources.filter((one) => one.title || one.url).map((one) => Object.fromEntries(Object.entries(one).map(([name, text]) => [name, text || (name === "title" ? "" : null)])));
    await act("save", "answer", "PUT", { question: typed.question, answer: typed.answer, sources: given, revision: sheet.revision }, say("saved"));
  }
  function settled() {
    const what = sheet.answer
      ? [el("p", "strong", sheet.question), el("p", "text", sheet.answer), el("p", "meta", sheet.sources.map((one) => [one.title, one.publisher, one.date].filter(Boolean).join(", ")).join(" / ")), el("div", "ways", copier("copy", sheet.answer, "copy-answer"))]
      : [el("p", "meta", say("no_answer"))];
    return el("section", "block", el("h3", "", say("answer")), ...what, told("save"), told("close"),
      el("div", "ways", button("quiet", say("reopen"), async () => { if (await act("save", "reopening", "POST", null, say("reopened"))) begin(sheet); draw(); }, "reopen")));
  }

  /* ---------- its FAQ ---------- */
  function faq() {
    const list_ = el("datalist", "", choices().categories.map((one) => { const made = el("option"); made.value = one; return made; }));
    list_.id = "desk-categories";
    const category = input();
    category.setAttribute("list", list_.id);
    const made = el("section", "block faq", el("h3", "", say("faq")), el("p", "meta", say("faq_lead")), sheet.record_id ? el("p", "meta", say("faq_is", { id: sheet.record_id })) : null,
      field("category", category, typed.category, (text) => { typed.category = text; }, { key: "category", most: 60 }), list_,
      field("confidence", select(["high", "medium", "low"].map((one) => [one, say(one)])), typed.confidence, (text) => { typed.confidence = text; }, { key: "confidence" }),
      field("aliases", area(2), typed.aliases, (text) => { typed.aliases = text; }, { key: "aliases", wide: true, hint: say("aliases_hint") }));
    if (!(me().signed_in && me().name)) made.append(field("signer", input(), typed.signer, (text) => { typed.signer = text; localStorage.setItem(SIGNER, text.trim()); }, { key: "signer", most: 100 }));
    made.append(el("div", "ways", button("primary", say(sheet.record_id ? "publish_again" : "publish"), publish, "publish")), told("faq") || "");
    if (sheet.record_id && sheet.is_live) {
      const live = el("p", "hint good", say("live", { question: sheet.question }));
      live.setAttribute("role", "status");
      made.append(live, el("div", "ways", button("quiet strong", say("try"), () => tryOut(sheet.question), "try")));
    }
    return made;
  }
  async function publish() {
    const aliases = typed.aliases.split("\n").map((one) => one.trim()).filter(Boolean);
    const done = await act("faq", "faq", "POST", { category: typed.category, aliases, confidence: typed.confidence, by: typed.signer }, say("publishing"));
    if (done) watch(sheet.id, ++watching, 0);
  }
  /* Looks until the running service answers with it; the reader is told the moment it does. */
  async function watch(id, turn, tries) {
    if (turn !== watching || sheet?.id !== id || tries > LIVE_TRIES) return;
    try {
      const made = await call(`topics/${id}`);
      if (sheet?.id !== id) return;
      if (made.is_live) { sheet = made; tell("", ""); return; }
    } catch { /* asked again below */ }
    setTimeout(() => watch(id, turn, tries + 1), LIVE_EVERY_MS);
  }

  add("queue", { draw: () => (sheet ? drawSheet() : [told("queue"), ...drawList()].filter(Boolean)), load: loadList });
})();
