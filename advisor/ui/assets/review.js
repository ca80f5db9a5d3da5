/* The review desk in the browser: drafts beside their notice, versions of records, what is stale.
   Words come from the server; words of notices are put in as text only. */
"use strict";

(() => {
  const API = "api/v1", SURE_MS = 4000, NAME = "advisor-signer", MOST_STALE = 60;
  let at = { view: "talk", lang: "ko", waiting: true };
  let words = null, me = { signed_in: false, roles: [] };
  // What is shown: a tab ("drafts", "stale", "versions"), or one draft with what was typed.
  let tab = "drafts", filter = "open", days = 90, record = "";
  let state = { kind: "loading" }, sheet = null, typed = {}, chosen = "", note = "", hint = null, asked = "";

  const root = () => document.querySelector("#review .review");
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[at.lang]?.[name] || words.ko[name] || "");
  const day = (moment) => new Date(moment).toLocaleString(at.lang === "en" ? "en-GB" : "ko-KR", { dateStyle: "medium", timeStyle: "short" });
  const label = (one) => (at.lang === "en" ? one.label_en : one.label) || one.name || one.field;
  const isStaff = () => me.roles.some((role) => ["curator", "administrator"].includes(role));
  const signer = () => (me.signed_in && me.name ? me.name : localStorage.getItem(NAME) || "");

  function el(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  }
  function button(name, text, act, key = "") {
    const made = el("button", name, text);
    made.type = "button";
    if (key) made.dataset.key = key;
    made.addEventListener("click", act);
    return made;
  }
  function sure(key, name, text, again, act) {
    // What cannot be taken back asks once more on the button itself.
    const made = button(`${name}${asked === key ? " sure" : ""}`, asked === key ? again : text, () => {
      if (asked === key) { asked = ""; act(); return; }
      asked = key;
      draw();
      setTimeout(() => { if (asked === key) { asked = ""; draw(); } }, SURE_MS);
    }, key);
    return made;
  }

  /* ---------- asking the server ---------- */
  async function ask(address, method = "GET", body = null) {
    const options = { method, cache: "no-store" };
    if (body) { options.body = JSON.stringify(body); options.headers = { "content-type": "application/json" }; }
    let answer;
    try { answer = await fetch(`${API}/${address}`, options); } catch { throw { detail: say(method === "GET" ? "failed" : "lost"), status: 0 }; }
    const plain = await answer.json().catch(() => null);
    if (!answer.ok) throw { detail: plain?.detail || say("failed"), status: answer.status, problems: plain?.problems };
    return plain;
  }
  async function load() {
    if (at.view !== "review" || !words) return;
    hint = null;
    try {
      if (tab === "drafts") {
        const [drafts, documents] = await Promise.all([ask(filter === "open" ? "drafts?state=open" : "drafts"), ask("documents")]);
        state = { kind: "drafts", drafts, documents };
      } else if (tab === "stale") state = { kind: "stale", stale: await ask(`stale-records?days=${days}`) };
      else state = { kind: "versions", versions: record ? await ask(`records/${encodeURIComponent(record)}/versions`) : null };
    } catch (error) { fail(error); }
    draw();
  }
  function fail(error) {
    const refused = [401, 403].includes(error.status);
    state = { kind: refused ? "refused" : "failed", detail: error.detail };
  }
  async function open(id) {
    try { sheet = await ask(`drafts/${id}`); typed = {}; note = ""; chosen = first(); hint = null; } catch (error) { fail(error); }
    draw();
    scrollTo({ top: 0 });
  }
  const first = () => (sheet.fields.find((one) => one.quote) || {}).name || "";
  async function make(id) {
    hint = { text: say("making") };
    draw();
    try { sheet = await ask("drafts", "POST", { document_id: id }); typed = {}; note = ""; chosen = first(); hint = null; }
    catch (error) { hint = { text: error.detail, bad: true }; }
    draw();
  }
  /* Returns whether everything typed is kept. */
  async function save() {
    const values = Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== before(name)));
    if (!Object.keys(values).length) return true;
    try {
      sheet = await ask(`drafts/${sheet.id}`, "PATCH", { values, by: signer(), revision: sheet.revision });
      typed = {};
      return true;
    } catch (error) { hint = { text: error.detail, bad: true }; return false; }
  }
  const before = (name) => sheet.fields.find((one) => one.name === name)?.text ?? "";
  async function act(run) {
    if (!signer()) { hint = { text: say("need_name"), bad: true }; draw(); root().querySelector("#review-signer")?.focus(); return; }
    await run();
    draw();
  }
  const keep = () => act(async () => {
    const changed = Object.entries(typed).some(([name, text]) => text !== before(name));
    if (await save()) hint = { text: say(changed ? "saved" : "nothing") };
  });
  const publish = () => act(async () => {
    if (!(await save())) return;
    try {
      const made = await ask(`drafts/${sheet.id}/publish`, "POST", { by: signer(), note });
      sheet = await ask(`drafts/${sheet.id}`);
      hint = { text: say("publish_done", { id: made.record_id, version: made.version }) };
      scrollTo({ top: 0 });
    } catch (error) {
      hint = { text: error.detail, bad: true };
      if (error.problems) sheet.problems = error.problems;
    }
  });
  const reject = () => act(async () => {
    try { await ask(`drafts/${sheet.id}/reject`, "POST", { by: signer(), note }); sheet = await ask(`drafts/${sheet.id}`); hint = { text: say("reject_done") }; scrollTo({ top: 0 }); }
    catch (error) { hint = { text: error.detail, bad: true }; }
  });
  const rollback = (version) => act(async () => {
    try {
      const made = await ask(`records/${encodeURIComponent(record)}/versions`, "POST", { version, by: signer(), note: "" });
      await load();
      hint = { text: say("rolled", { version: made.version }) };
    } catch (error) { hint = { text: error.detail, bad: true }; }
  });

  /* ---------- drawing ---------- */
  function draw() {
    const place = root();
    if (!place || !words) return;
    const focused = document.activeElement?.dataset?.key;
    const inside = sheet ? draft() : [el("h2", "", say("title")), el("p", "lead", say("lead")), ...parts()];
    place.classList.toggle("wide", Boolean(sheet));
    place.replaceChildren(...inside.filter(Boolean));
    if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  function box(name, text) {
    const made = el("section", name, name === "waiting" ? el("span", "spinner") : null, el("p", "", text));
    made.setAttribute("role", name === "problem" ? "alert" : "status");
    return made;
  }
  function told() {
    if (!hint) return null;
    const made = el("p", `hint${hint.bad ? " bad" : ""}`, hint.text);
    made.setAttribute("role", hint.bad ? "alert" : "status");
    return made;
  }
  function parts() {
    if (state.kind === "loading") return [box("waiting", say("loading"))];
    if (state.kind === "refused") {
      const made = el("section", "block none", el("h3", "", say("refused")), el("p", "", state.detail));
      if (!me.signed_in) { const link = el("a", "quiet strong", say("sign_in")); link.href = "sign-in"; made.append(link); }
      return [made];
    }
    const bar = el("div", "bar", tabs(), name());
    if (state.kind === "failed") {
      const failed = box("problem", state.detail);
      failed.append(button("quiet strong", say("retry"), load));
      return [bar, failed];
    }
    const shown = { drafts: listed, stale: aged, versions: told_versions }[state.kind]();
    return [bar, told(), ...shown];
  }
  function tabs() {
    const made = el("div", "sections");
    made.setAttribute("role", "tablist");
    for (const one of ["drafts", "stale", "versions"]) {
      const link = button("quiet", say(one), () => { tab = one; state = { kind: "loading" }; draw(); load(); }, `tab-${one}`);
      link.setAttribute("role", "tab");
      link.setAttribute("aria-selected", String(tab === one));
      made.append(link);
    }
    return made;
  }
  function name() {
    if (me.signed_in && me.name) return el("p", "meta", `${say("signer")}: ${me.name}`);
    const input = el("input");
    input.id = "review-signer";
    input.dataset.key = "signer";
    input.value = signer();
    input.maxLength = 100;
    input.autocomplete = "name";
    input.addEventListener("input", () => localStorage.setItem(NAME, input.value.trim()));
    const made = el("label", "signer", el("span", "", say("signer")), input);
    made.title = say("signer_hint");
    return made;
  }
  function listed() {
    const pick = el("div", "ways");
    for (const one of ["open", "all"]) {
      const link = button("quiet", say(one === "open" ? "open_only" : "all"), () => { filter = one; load(); }, `filter-${one}`);
      link.setAttribute("aria-pressed", String(filter === one));
      pick.append(link);
    }
    const rows = state.drafts.map((one) => {
      const meta = [
        one.changes ? say("changes", { id: one.changes }) : say("new"), say("fields", { count: one.fields }),
        one.doubtful ? say("doubtful", { count: one.doubtful }) : "", one.source.key, one.created_at ? day(one.created_at) : "",
      ].filter(Boolean).join(" · ");
      const who = one.decided_by ? [say("decided", { by: one.decided_by, at: day(one.decided_at) }), one.note].filter(Boolean).join(" · ") : "";
      return el("li", "", el("div", "what", el("b", "", one.title), el("span", "meta", meta), el("span", "meta", who)),
        el("span", `badge is-${one.state}`, say(one.state)), button("quiet strong", say("look"), () => open(one.id), `draft-${one.id}`));
    });
    const list = rows.length
      ? el("section", "block", pick, el("ul", "rows", ...rows))
      : el("section", "block none", pick, el("h3", "", say("none")), el("p", "", say("none_more")));
    return [list, maker()];
  }
  function maker() {
    const made = el("section", "block", el("h3", "", say("make")));
    if (!state.documents.length) { made.append(el("p", "meta", say("make_none"))); return made; }
    const select = el("select");
    select.setAttribute("aria-label", say("document"));
    for (const one of state.documents) {
      const option = el("option", "", one.title);
      option.value = one.id;
      select.append(option);
    }
    made.append(el("div", "ways", select, button("quiet strong", say("make_do"), () => make(select.value), "make")));
    return made;
  }
  function aged() {
    const input = el("input");
    input.type = "number";
    input.min = "1";
    input.value = days;
    input.dataset.key = "days";
    input.addEventListener("change", () => { days = Math.min(3650, Math.max(1, Number(input.value) || 90)); load(); });
    const pick = el("label", "signer", el("span", "", say("days")), input);
    const shown = state.stale.slice(0, MOST_STALE);
    const rows = shown.map((one) => el("li", "",
      el("div", "what", el("b", "", one.title), el("span", "meta", one.reasons.join(". ")),
        el("span", "meta", [say("checked", { day: one.checked_on }), say(one.confidence), one.id].join(" · "))),
      button("quiet", say("history"), () => { tab = "versions"; record = one.id; load(); }, `stale-${one.id}`)));
    if (!rows.length) return [el("section", "block none", pick, el("h3", "", say("stale_none")), el("p", "", say("stale_none_more")))];
    const rest = state.stale.length - shown.length;
    return [el("section", "block", pick, el("ul", "rows", ...rows), rest > 0 ? el("p", "meta", say("more", { count: rest })) : null)];
  }
  function told_versions() {
    const input = el("input");
    input.value = record;
    input.dataset.key = "record";
    input.placeholder = "ai-voucher-2026";
    const go = () => { record = input.value.trim(); load(); };
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
    const pick = el("div", "ways", el("label", "signer", el("span", "", say("record_id")), input), button("quiet strong", say("history_do"), go, "history"));
    if (!state.versions) return [el("section", "block", pick)];
    if (!state.versions.length) return [el("section", "block none", pick, el("p", "", say("history_none")))];
    const newest = state.versions[0];
    const rows = state.versions.map((one) => {
      const head = el("div", "head", el("b", "", `${say("version", { version: one.version })} · ${say(`act_${one.action}`)}`),
        el("span", "meta", [one.signed_by, day(one.signed_at), one.note].filter(Boolean).join(" · ")));
      const can = one !== newest && ["publish", "rollback"].includes(one.action);
      if (can) head.append(sure(`back-${one.version}`, "quiet", say("rollback"), say("sure"), () => rollback(one.version)));
      return el("li", "version", head, one.changes.length ? difference(one.changes) : el("p", "meta", say("no_changes")));
    });
    const shipped = newest.action === "release" ? null : sure("back-0", "quiet danger", say("shipped"), say("sure"), () => rollback(0));
    return [el("section", "block", pick, el("ul", "rows", ...rows), shipped)];
  }
  function difference(changes) {
    const head = el("tr", "", ...["field", "before", "after"].map((one) => el("th", "", say(one))));
    const rows = changes.map((one) => el("tr", "", el("th", "", label(one)), el("td", "old", one.before_text || plain(one.before)), el("td", "new", one.after_text || plain(one.after))));
    return el("div", "scroll", el("table", "difference", el("thead", "", head), el("tbody", "", ...rows)));
  }
  function plain(value) {
    if (value === null || value === undefined) return "–";
    if (Array.isArray(value)) return value.map(plain).join("\n");
    if (typeof value === "object") return value.title || value.words || JSON.stringify(value);
    return String(value);
  }

  /* ---------- one draft ---------- */
  function draft() {
    const isOpen = sheet.state === "open";
    const back = button("quiet", `‹ ${say("back")}`, () => { sheet = null; load(); }, "back");
    const what = sheet.changes ? say("changes", { id: sheet.changes }) : say("new");
    const decided = sheet.decided_by ? say("decided", { by: sheet.decided_by, at: day(sheet.decided_at) }) : "";
    const head = el("header", "", back, el("h2", "", sheet.title),
      el("p", "meta", el("span", `badge is-${sheet.state}`, say(sheet.state)), ` ${[what, decided, sheet.note].filter(Boolean).join(" · ")}`));
    if (sheet.record_id) head.append(button("quiet", say("history"), () => { tab = "versions"; record = sheet.record_id; sheet = null; load(); }, "to-history"));
    const form = el("div", "form", points("remarks", sheet.remarks), problems(), ...sheet.fields.map((one) => field(one, isOpen)));
    return [head, isOpen ? null : told(), el("div", "pair", form, beside()), isOpen ? deciding() : null];
  }
  function points(kind, texts) {
    return texts.length ? el("section", "points", el("h3", "", say(kind)), el("ul", "", ...texts.map((one) => el("li", "", one)))) : null;
  }
  function problems() {
    if (!sheet.problems.length) return null;
    const rows = sheet.problems.map((one) => {
      const known = sheet.fields.find((other) => other.name === one.field);
      return el("li", "", `${known ? label(known) : one.field}: ${one.reason}. ${one.fix}`);
    });
    return el("section", "points bad", el("h3", "", say("problems")), el("ul", "", ...rows));
  }
  function field(one, isOpen) {
    const isLong = one.text.length > 60 || one.text.includes("\n");
    const input = el(isLong ? "textarea" : "input");
    input.value = typed[one.name] ?? one.text;
    input.dataset.key = `field-${one.name}`;
    input.disabled = !isOpen;
    if (isLong) input.rows = Math.min(6, Math.max(2, Math.ceil(one.text.length / 46), one.text.split("\n").length));
    input.addEventListener("input", () => { typed[one.name] = input.value; });
    input.addEventListener("focus", () => choose(one.name));
    const percent = one.found_by && one.found_by !== "staff" ? ` ${Math.round(one.confidence * 100)}%` : "";
    const found = one.found_by ? say(one.found_by) + percent : one.text ? say("derived") : say("missing");
    const who = one.by ? `${one.by} ${day(one.at)}` : "";
    const was = one.by ? (one.was ? say("was", { value: one.was }) : say("empty_was")) : "";
    const meta = el("span", "meta", [found, one.page ? say("page", { page: one.page }) : "", who, was].filter(Boolean).join(" · "));
    if (one.quote) meta.append(" ", button("link", say("show_quote"), () => choose(one.name, true), `quote-${one.name}`));
    const isDoubtful = one.found_by && one.found_by !== "staff" && one.confidence < 0.6;
    const made = el("label", `field${isDoubtful ? " doubtful" : ""}${one.text ? "" : " empty"}${chosen === one.name ? " chosen" : ""}`, el("span", "name", label(one)), input, meta);
    made.dataset.name = one.name;
    return made;
  }
  function choose(name, scroll = false) {
    if (chosen === name && !scroll) return;
    chosen = name;
    root().querySelectorAll(".field").forEach((one) => one.classList.toggle("chosen", one.dataset.name === name));
    const old = root().querySelector(".beside");
    const fresh = beside(scroll || undefined);
    if (old && old.dataset.address === fresh.dataset.address && old.dataset.address) { if (scroll) old.scrollIntoView({ block: "nearest" }); return; }
    old?.replaceWith(fresh);
    if (scroll && matchMedia("(max-width: 1000px)").matches) fresh.scrollIntoView({ block: "start" });
  }
  /* A fragment would also move the page on a phone, where the notice stands below the form. */
  function beside(jump = matchMedia("(min-width: 1001px)").matches) {
    const one = sheet.fields.find((other) => other.name === chosen);
    const made = el("aside", "beside", el("h3", "", say("notice")));
    const source = sheet.source;
    if (one?.quote) made.append(el("blockquote", "", one.quote));
    else made.append(el("p", "meta", say(one ? "no_quote" : "pick")));
    if (source.document_id) {
      const query = new URLSearchParams();
      if (one?.quote) query.set("words", one.quote.slice(0, 1900));
      if (one?.page) query.set("page", one.page);
      const frame = el("iframe");
      frame.title = say("notice");
      frame.src = `${API}/documents/${encodeURIComponent(source.document_id)}/view?${query}${one?.quote && jump ? "#words" : ""}`;
      made.dataset.address = frame.src;
      made.append(frame);
    } else made.append(el("p", "meta", say("no_document")));
    if (/^https?:/.test(source.url || "")) {
      const link = el("a", "quiet", say("link"));
      link.href = source.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      made.append(link);
    }
    return made;
  }
  function deciding() {
    const why = el("input");
    why.value = note;
    why.maxLength = 1000;
    why.dataset.key = "note";
    why.placeholder = say("note");
    why.setAttribute("aria-label", say("note"));
    why.addEventListener("input", () => { note = why.value; });
    return el("div", "deciding", told(), el("div", "ways", name(), why,
      button("quiet", say("save"), keep, "save"), sure("reject", "quiet danger", say("reject"), say("reject_sure"), reject),
      button("primary", say("publish"), publish, "publish")));
  }

  async function know() {
    try { me = await (await fetch(`${API}/me`, { cache: "no-store" })).json(); } catch { return; }
    document.documentElement.toggleAttribute("data-staff", isStaff());
    if (at.view === "review") draw();
  }
  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    if (at.view !== "review") return;
    if (was.view !== "review" || was.waiting !== at.waiting) { if (!sheet) load(); }
    else if (was.lang !== at.lang) draw();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail !== "review" || !root()) return;
    words = JSON.parse(root().dataset.words);
    load();
  });
  know();
})();
