/* The administration in the browser: its frame, its sections, and what the sections share.
   A section is an entry of `window.advisorAdmin.sections`: who sees it, how it loads and draws.
   Words come from the server; words of records, sources and people are put in as text only. */
"use strict";

(() => {
  const API = "api/v1", SURE_MS = 4000, OPERATOR = "operator";
  let at = { view: "talk", lang: "ko", waiting: true };
  let words = null, me = { signed_in: false, roles: [], organisation_id: "" };
  let current = "", state = { kind: "loading" }, hint = null, asked = "", timer = 0, turn = 0;

  const root = () => document.querySelector("#admin .admin");
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[at.lang]?.[name] || words.ko[name] || name);
  const moment = (text) => new Date(text).toLocaleString(at.lang === "en" ? "en-GB" : "ko-KR", { dateStyle: "medium", timeStyle: "short" });
  const number = (value) => Number(value).toLocaleString();
  const has = (...roles) => me.roles.some((role) => roles.includes(role));
  const runsIt = () => [OPERATOR, ""].includes(me.organisation_id || "");

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
    return button(`${name}${asked === key ? " sure" : ""}`, asked === key ? again : text, () => {
      if (asked === key) { asked = ""; act(); return; }
      asked = key;
      draw();
      setTimeout(() => { if (asked === key) { asked = ""; draw(); } }, SURE_MS);
    }, key);
  }
  function field(label, input, id) {
    input.id = id;
    input.dataset.key = id;
    return el("label", "field", el("span", "", label), input);
  }
  function table(heads, rows) {
    const head = el("tr", "", ...heads.map((one) => { const th = el("th", "", one); th.scope = "col"; return th; }));
    const body = rows.map((row) => el("tr", "", ...row.map((one) => el("td", typeof one === "number" ? "number" : "", typeof one === "number" ? number(one) : one))));
    const made = el("div", "scroll", el("table", "", el("thead", "", head), el("tbody", "", ...body)));
    made.tabIndex = 0;
    return made;
  }
  function nothing(title, more) {
    return el("section", "block none", el("h3", "", say(title)), more ? el("p", "", say(more)) : null);
  }

  /* ---------- asking the server ---------- */
  async function ask(address, method = "GET", body = null) {
    const options = { method, cache: "no-store" };
    if (body) { options.body = JSON.stringify(body); options.headers = { "content-type": "application/json" }; }
    let answer;
    try { answer = await fetch(`${API}/${address}`, options); } catch { throw { detail: say(method === "GET" ? "failed" : "lost"), status: 0 }; }
    const plain = await answer.json().catch(() => null);
    if (!answer.ok) throw { detail: plain?.detail || say("failed"), status: answer.status };
    return plain;
  }
  async function load({ quiet = false } = {}) {
    clearTimeout(timer);
    if (at.view !== "admin" || !words) return;
    const mine = ++turn;
    if (!quiet) { state = { kind: "loading" }; draw(); }
    let found;
    try {
      me = await ask("me");
      mark();
      const seen = visible();
      if (!seen.length) throw { detail: say("lead"), status: me.signed_in ? 403 : 401 };
      if (!seen.some(([name]) => name === current)) current = seen[0][0];
      found = { kind: "shown", data: await sections[current].load() };
    } catch (error) {
      found = { kind: [401, 403].includes(error.status) ? "refused" : "failed", detail: error.detail };
    }
    if (mine !== turn) return; // another section was chosen meanwhile
    state = found;
    draw();
  }
  /* Does something, then says how it went and shows the section anew. */
  async function act(run, done) {
    try {
      const answer = await run();
      hint = done ? { text: typeof done === "function" ? done(answer) : say(done) } : null;
    } catch (error) { hint = { text: error.detail, bad: true }; draw(); return; }
    await load({ quiet: true });
  }
  function again(ms) { clearTimeout(timer); timer = setTimeout(() => load({ quiet: true }), ms); }

  /* ---------- drawing ---------- */
  const sections = {};
  const visible = () => Object.entries(sections).filter(([, one]) => one.who());
  function mark() {
    // The header's link is for whom it leads somewhere; the server asks again each time.
    document.documentElement.toggleAttribute("data-keeper", (runsIt() && has("curator", "helpdesk")) || has("administrator"));
  }
  function tabs() {
    const made = el("div", "sections");
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", say("tabs"));
    for (const [name] of visible()) {
      const one = button("quiet", say(`tab_${name}`), () => { if (current !== name) { current = name; hint = null; sections[name].open?.(); load(); } }, `tab-${name}`);
      one.setAttribute("aria-pressed", String(current === name));
      made.append(one);
    }
    return made;
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
    if (state.kind === "refused") {
      const made = el("section", "block none", el("h3", "", say("refused")), el("p", "", state.detail));
      if (!me.signed_in) { const link = el("a", "quiet strong", say("sign_in")); link.href = "sign-in?next=/"; made.append(link); }
      return [made];
    }
    if (state.kind === "loading") return [visible().length && current ? tabs() : null, box("waiting", say("loading"))];
    if (state.kind === "failed") {
      const failed = box("problem", state.detail);
      failed.append(button("quiet strong", say("retry"), () => load()));
      return [tabs(), failed];
    }
    return [tabs(), told(), ...sections[current].draw(state.data)];
  }
  function draw() {
    const place = root();
    if (!place || !words) return;
    const old = document.activeElement, focused = place.contains(old) ? old.dataset?.key : "";
    const typed = focused && "value" in old && old.type !== "checkbox" ? [old.value, old.selectionStart] : null;
    place.replaceChildren(el("h2", "", say("title")), el("p", "lead", say("lead")), ...parts().filter(Boolean));
    const next = focused && place.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    if (!next) return;
    next.focus({ preventScroll: true });
    if (typed && "value" in next && next.tagName !== "BUTTON") next.value = typed[0];
  }

  window.advisorAdmin = {
    sections, say, moment, number, has, runsIt, el, button, sure, field, table, nothing, ask, load, act, again, draw,
    lang: () => at.lang, me: () => me, hint: (text, bad = false) => { hint = text ? { text, bad } : null; },
  };

  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    if (at.view !== "admin") { clearTimeout(timer); return; }
    if (was.view !== "admin" || was.waiting !== at.waiting) load();
    else if (was.lang !== at.lang) load({ quiet: true });
  });
  document.addEventListener("advisor:drawn", async (event) => {
    if (event.detail !== "admin" || !root()) return;
    words = JSON.parse(root().dataset.words);
    try { me = await ask("me"); mark(); } catch { /* the link stays away */ }
    load();
  });
})();
