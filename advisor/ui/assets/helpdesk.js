/* The help desk in the browser: asking, searching, what changed; `helpdesk_queue.js` has the queue.
   Words come from the server; words of callers and sources are put in as text only. */
"use strict";

window.advisorDesk = (() => {
  const API = "api/v1/desk", TABS = ["ask", "search", "queue", "changes"];
  const KINDS = ["program", "solution", "case", "expert", "faq", "funding_rule", "document"];
  let at = { view: "talk", lang: "ko", waiting: true };
  let words = null, me = { signed_in: false, roles: [], name: "" };
  let tab = "ask", hint = null;
  // What was typed stays while other tabs are looked at; nothing of a caller is kept in the browser.
  const asking = { text: "", cid: "", busy: false, found: null };
  const looking = { query: "", kind: "", region: "", open_on: "", year: "", busy: false, found: null };
  const changing = { days: 7, found: null };
  let choices = null, trouble = null;
  const others = {}; // tab -> {draw, load}, from the other script

  const root = () => document.querySelector("#helpdesk .desk");
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[at.lang]?.[name] || words.ko[name] || "");
  const locale = () => (at.lang === "en" ? "en-GB" : "ko-KR");
  const day = (moment) => new Date(moment).toLocaleDateString(locale(), { dateStyle: "medium" });
  const time = (moment) => new Date(moment).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });

  /* ---------- small parts ---------- */
  function el(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  }
  function button(name, text, act, key = "") {
    const made = el("button", name, text);
    made.type = "button";
    if (key) made.dataset.key = key;
    made.addEventListener("click", act);
    return made;
  }
  /* A field with its label; what is typed goes to `keep` at once, so that drawing anew loses nothing. */
  function field(name, control, value, keep, options = {}) {
    control.value = value;
    control.dataset.key = options.key || name;
    if (options.most) control.maxLength = options.most;
    if (options.hint) control.placeholder = options.hint;
    control.addEventListener(control.tagName === "SELECT" || control.type === "date" ? "change" : "input", () => keep(control.value));
    return el("label", `field ${options.wide ? "wide" : ""}`, el("span", "name", say(name)), control);
  }
  function input(type = "text") {
    const made = el("input");
    made.type = type;
    return made;
  }
  function area(rows) {
    const made = el("textarea");
    made.rows = rows;
    return made;
  }
  function select(rows) {
    return el("select", "", rows.map(([value, text]) => { const made = el("option", "", text); made.value = value; return made; }));
  }
  function box(name, text) {
    const made = el("section", name, name === "waiting" ? el("span", "spinner") : null, el("p", "", text));
    made.setAttribute("role", name === "problem" ? "alert" : "status");
    return made;
  }
  function none(title, more, ...rest) {
    return el("section", "block none", el("h3", "", say(title)), el("p", "", say(more)), ...rest);
  }
  function told(key) {
    if (!hint || hint.key !== key) return null;
    const made = el("p", `hint${hint.bad ? " bad" : ""}`, hint.text);
    made.setAttribute("role", hint.bad ? "alert" : "status");
    return made;
  }
  function tell(key, text, bad = false) { hint = { key, text, bad }; draw(); }
  function link(address, text) {
    const made = el("a", "quiet", text, " ", Object.assign(el("span", "", "↗"), { ariaHidden: "true" }));
    made.href = address;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }
  const isWeb = (address) => /^https?:\/\//.test(address || "");

  async function copy(text, press) {
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch {
      // Without HTTPS a browser has no clipboard of its own.
      const spare = el("textarea");
      spare.value = text;
      spare.style.cssText = "position:fixed;opacity:0";
      document.body.append(spare);
      spare.select();
      try { done = document.execCommand("copy"); } catch { done = false; }
      spare.remove();
      press.focus();
    }
    const said = press.parentElement.querySelector(".said") || press.parentElement.appendChild(el("span", "said"));
    said.setAttribute("role", "status");
    said.textContent = say(done ? "copied" : "copy_failed");
    setTimeout(() => { said.textContent = ""; }, 4000);
  }
  function copier(name, text, key, strong = false) {
    return button(`quiet${strong ? " strong" : ""}`, say(name), (event) => copy(text, event.currentTarget), key);
  }

  /* ---------- asking the server ---------- */
  async function call(address, method = "GET", body = null) {
    const options = { method, cache: "no-store" };
    if (body) { options.body = JSON.stringify(body); options.headers = { "content-type": "application/json" }; }
    let answer;
    try { answer = await fetch(`${API}/${address}`, options); } catch { throw { detail: say(method === "GET" ? "failed" : "lost"), status: 0 }; }
    const plain = await answer.json().catch(() => null);
    if (!answer.ok) throw { detail: plain?.detail || say("failed"), status: answer.status, problems: plain?.problems };
    return plain;
  }
  function fail(error) { trouble = { refused: [401, 403].includes(error.status), detail: error.detail, status: error.status }; }
  async function load() {
    if (at.view !== "helpdesk" || !words) return;
    trouble = null;
    try {
      choices = choices || await call("choices");
      if (tab === "changes") changing.found = await call(`changes?days=${changing.days}`);
      if (others[tab]) await others[tab].load();
    } catch (error) { fail(error); }
    draw();
    // The server is still waking up: it is asked again as the talk is.
    if (trouble?.status === 503) setTimeout(load, 1500);
  }

  /* ---------- drawing ---------- */
  function draw() {
    const place = root();
    if (!place || !words) return;
    const focused = document.activeElement?.dataset?.key, from = document.activeElement?.selectionStart;
    place.replaceChildren(el("h2", "", say("title")), el("p", "lead", say("lead")), ...parts().filter(Boolean));
    const again = focused && place.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    if (again) {
      again.focus({ preventScroll: true });
      if (typeof from === "number" && again.setSelectionRange && again.type !== "date") again.setSelectionRange(from, from);
    }
  }
  function parts() {
    if (trouble?.refused) {
      const made = el("section", "block none", el("h3", "", say("refused")), el("p", "", trouble.detail));
      if (!me.signed_in) { const to = el("a", "quiet strong", say("sign_in")); to.href = "sign-in"; made.append(to); }
      return [made];
    }
    if (trouble?.status === 503 || !(choices || trouble)) return [box("waiting", say("loading"))];
    const bar = el("div", "sections", TABS.map((one) => {
      const made = button("quiet", say(`tab_${one}`), () => show(one), `tab-${one}`);
      made.setAttribute("role", "tab");
      made.setAttribute("aria-selected", String(tab === one));
      return made;
    }));
    bar.setAttribute("role", "tablist");
    if (trouble) {
      const failed = box("problem", trouble.detail);
      failed.append(button("quiet strong", say("retry"), load, "retry"));
      return [bar, failed];
    }
    return [bar, ...({ ask: askTab, search: searchTab, changes: changesTab }[tab] || others[tab].draw)()];
  }
  function show(name) { tab = name; hint = null; trouble = null; draw(); load(); }

  /* ---------- wording to paste ---------- */
  function wording(one, extra = [], heading = "h4") {
    const meta = [say(`kind_${one.kind}`), one.confidence ? say(one.confidence) : "", one.checked_on ? say("checked", { day: one.checked_on }) : ""].filter(Boolean).join(" · ");
    const lines = el("ul", "lines", one.lines.map((line) => el("li", "",
      line.label ? el("b", "", `${line.label}: `) : null, line.is_exact ? el("q", "", line.text) : line.text,
      line.is_exact ? null : el("span", "meta", ` ${say("not_exact")}`))));
    const used = new Set(one.lines.map((line) => line.place));
    const places = el("ul", "places", one.places.filter((_, number) => used.has(number)).map((place) => {
      const text = [place.title, place.publisher, place.date, place.page ? say("page", { page: place.page }) : "", place.section].filter(Boolean).join(" · ");
      const address = isWeb(place.url) ? place.url : place.link;
      return el("li", "", el("span", "", text), address ? link(address, say("open_source")) : null);
    }));
    const key = `${one.label || ""}${one.record_id}${one.places[0]?.page || ""}`;
    return el("article", "wording", el("header", "", one.label ? el("span", "label", one.label) : null, el(heading, "", one.title)),
      el("p", "meta", meta), lines, places,
      el("div", "ways", copier("copy_plain", one.plain, `plain-${key}`), copier("copy_sources", one.with_sources, `cited-${key}`, true), extra));
  }
  function earlier(found, use = null) {
    if (!found.length) return el("p", "meta", say("earlier_none"));
    return el("ul", "rows", found.map((one) => el("li", "past",
      el("div", "what", el("b", "", one.question), one.answer ? el("p", "said-then", one.answer) : el("span", "meta", say("no_answer")),
        el("span", "meta", [say("earlier_meta", { count: one.asked, day: day(one.settled_at) }), one.record_id ? say("faq_is", { id: one.record_id }) : "",
          ...one.sources.map((source) => [source.title, source.publisher, source.date].filter(Boolean).join(", "))].filter(Boolean).join(" · "))),
      one.answer ? el("div", "ways", copier("copy", one.answer, `past-${one.id}`), use ? button("quiet", say("use"), () => use(one), `use-${one.id}`) : null) : null)));
  }

  /* ---------- ask ---------- */
  async function ask(fresh = false) {
    if (!asking.text.trim() || asking.busy) return;
    if (fresh) asking.cid = "";
    asking.busy = true;
    hint = null;
    draw();
    try {
      asking.found = await call("ask", "POST", { text: asking.text, consultation_id: asking.cid || null, language: at.lang === "en" ? "en" : null });
      asking.cid = asking.found.answer.consultation_id;
    } catch (error) { hint = { key: "ask", text: error.detail, bad: true }; }
    asking.busy = false;
    draw();
  }
  function askTab() {
    const typed = area(3);
    typed.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) ask(); });
    const form = el("section", "block asking", field("question", typed, asking.text, (text) => { asking.text = text; }, { key: "question-desk", wide: true, hint: say("question_hint"), most: 20000 }),
      el("div", "ways", button("primary", say(asking.cid ? "go_on" : "ask"), () => ask(), "ask"),
        asking.cid ? button("quiet", say("fresh"), () => { Object.assign(asking, { cid: "", text: "", found: null }); draw(); root().querySelector("[data-key=question-desk]").focus(); }, "fresh") : null), told("ask"));
    if (asking.busy) return [form, box("waiting", say("asking"))];
    const found = asking.found;
    if (!found) return [form, none("ask_none", "ask_none_more")];
    const status = found.answer.status;
    const said = el("section", "block", el("div", "head", el("h3", "", say("answer")), el("span", `badge is-${status}`, say(`status_${status}`))),
      el("p", "text", found.marked), el("div", "ways", copier("copy_plain", found.plain, "answer-plain"), found.wordings.length ? copier("copy_sources", found.with_sources, "answer-cited", true) : null));
    const reply = found.reply ? el("section", "block", el("h3", "", say("reply")), el("p", "meta", say("reply_by", { engine: found.reply.engine === "embedded" ? say("embedded") : found.reply.engine })),
      el("p", "text", found.reply.plain), el("div", "ways", copier("copy_plain", found.reply.plain, "reply-plain"), copier("copy_sources", found.reply.with_sources, "reply-cited", true))) : null;
    const before = el("section", "block", el("h3", "", say("earlier")), earlier(found.earlier));
    const beside = el("section", "beside", el("h3", "", say("wording")), found.wordings.length ? found.wordings.map((one) => wording(one)) : el("p", "meta", say("wording_none")));
    return [form, el("div", "pair", el("div", "column", said, reply, before), beside)];
  }
  function tryOut(question) {
    Object.assign(asking, { text: question, cid: "", found: null });
    tab = "ask";
    scrollTo({ top: 0 });
    ask(true);
  }

  /* ---------- search ---------- */
  const search = (query, filters = {}) => call("search", "POST", { query, ...filters });
  async function find() {
    if (!looking.query.trim() || looking.busy) return;
    looking.busy = true;
    hint = null;
    draw();
    const filters = Object.fromEntries(["kind", "region", "open_on", "year"].filter((one) => looking[one]).map((one) => [one, one === "year" ? Number(looking.year) : looking[one]]));
    try { looking.found = await search(looking.query, filters); } catch (error) { hint = { key: "search", text: error.detail, bad: true }; }
    looking.busy = false;
    draw();
  }
  function searchTab() {
    const query = input("search");
    query.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) find(); });
    const any = ["", say("any")], year = input("number");
    Object.assign(year, { min: 1990, max: 2100 });
    const keep = (name) => (value) => { looking[name] = value; if (looking.found) find(); };
    const form = el("section", "block", el("div", "filters",
      field("search_words", query, looking.query, (value) => { looking.query = value; }, { wide: true, most: 2000 }),
      field("kind", select([any, ...KINDS.map((one) => [one, say(`kind_${one}`)])]), looking.kind, keep("kind")),
      field("region", select([any, ...choices.regions.map((one) => [one, one])]), looking.region, keep("region")),
      field("open_on", input("date"), looking.open_on, keep("open_on")),
      field("year", year, looking.year, (value) => { looking.year = value; }),
      button("primary", say("find"), find, "find")), told("search"));
    if (looking.busy) return [form, box("waiting", say("finding"))];
    if (!looking.found) return [form, none("search_none", "search_none_more")];
    if (!looking.found.length) return [form, none("found_none", "found_none_more")];
    const count = el("p", "meta count", say("found", { count: looking.found.length }));
    count.setAttribute("role", "status");
    return [form, count, el("div", "hits", looking.found.map(hit))];
  }
  function hit(one) {
    const window_ = one.window ? `${say(`window_${one.window.state}`)}${one.window.closes_on && one.window.state === "open" ? ` · ${say("until", { day: one.window.closes_on })}` : ""}` : "";
    const made = wording(one.wording, [], "h3");
    const badges = el("p", "badges", window_ ? el("span", `badge is-${one.window.state}`, window_) : null, one.year ? el("span", "badge", String(one.year)) : null, one.region.map((name) => el("span", "badge", name)));
    if (badges.childNodes.length) made.querySelector("header").after(badges);
    return made;
  }
  function lookUp(query) {
    Object.assign(looking, { query, kind: "", region: "", open_on: "", year: "", found: null });
    tab = "search";
    scrollTo({ top: 0 });
    find();
  }

  /* ---------- what changed ---------- */
  function changesTab() {
    const pick = el("section", "block slim", field("days", select([7, 14, 30].map((one) => [String(one), say("days_count", { count: one })])), String(changing.days), (value) => { changing.days = Number(value); load(); }));
    const found = changing.found;
    if (!found) return [pick, box("waiting", say("loading"))];
    if (!found.windows.length && !found.records.length && !found.documents.length) return [pick, none("changes_none", "changes_none_more")];
    const away = (count) => (count === 0 ? say("today") : say(count > 0 ? "in_days" : "days_ago", { count: Math.abs(count) }));
    const rows = {
      windows: found.windows.map((one) => row(one.title, `move_${one.state}`, [one.day, away(one.days_left), ...one.region], isWeb(one.url) ? one.url : "", one.state)),
      records: found.records.map((one) => row(one.title, `record_${one.action}`, [say(`kind_${one.kind}`), say("version", { version: one.version }), time(one.at),
        one.source ? say("by_source", { source: one.source }) : "", one.fields.length ? say("fields", { fields: one[at.lang === "en" ? "labels_en" : "labels_ko"].join(", ") }) : ""], isWeb(one.url) ? one.url : "", one.action)),
      documents: found.documents.map((one) => row(one.title, `doc_${one.action}`, [time(one.at)], one.link || "", one.action)),
    };
    return [pick, ...Object.entries(rows).filter(([, one]) => one.length).map(([name, one]) => el("section", "block", el("h3", "", say(name)), el("ul", "rows", one)))];
  }
  function row(title, badge, meta, address, mark) {
    return el("li", "", el("span", `badge is-${mark}`, say(badge)), el("div", "what", el("b", "", title), el("span", "meta", meta.filter(Boolean).join(" · "))),
      el("div", "ways", button("quiet", say("show"), () => lookUp(title)), address ? link(address, say("open_source")) : null));
  }

  async function know() {
    try { me = await (await fetch("api/v1/me", { cache: "no-store" })).json(); } catch { return; }
    const isDesk = me.roles.some((role) => ["helpdesk", "curator", "administrator"].includes(role));
    document.documentElement.toggleAttribute("data-desk", isDesk);
    if (at.view === "helpdesk") draw();
  }
  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    if (at.view !== "helpdesk") return;
    if (was.view !== "helpdesk" || was.waiting !== at.waiting) load();
    else if (was.lang !== at.lang) draw();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail !== "helpdesk" || !root()) return;
    words = JSON.parse(root().dataset.words);
    load();
  });
  know();

  return {
    el, button, field, input, area, select, box, none, told, tell, copier, wording, earlier, say, day, time, call, draw, load, search, tryOut,
    root, add: (name, parts_) => { others[name] = parts_; }, choices: () => choices, me: () => me, isShown: () => at.view === "helpdesk" && tab === "queue",
  };
})();
