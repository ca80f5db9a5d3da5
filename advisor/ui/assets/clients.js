/* A consultant's clients in the browser: the list, and which client is open. What one client shows
   is drawn by client_page.js. Words come from the server; owners' words are put in as text only. */
"use strict";

(() => {
  const API = "api/v1/clients", PAUSE_MS = 220, PAGE = 100;
  const STATES = ["new", "in_diagnosis", "diagnosed", "plan_made", "visit_planned", "handed_over"];
  let at = { view: "talk", lang: "ko", waiting: true };
  let words = null, names = null, me = { signed_in: false, roles: [] };
  let wanted = { q: "", state: "", consultant: "", sort: "next", limit: PAGE };
  let state = { kind: "loading" }, adding = null, hint = null, asked = "", timer = 0, turn = 0;
  let people = null, opened = "";

  const root = () => document.querySelector("#clients .clients");
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[at.lang]?.[name] || words.ko[name] || "");
  const locale = () => (at.lang === "en" ? "en-GB" : "ko-KR");
  const moment = (iso) => (iso ? new Date(iso).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Seoul" }) : "");
  const day = (iso) => (iso ? new Date(`${iso.slice(0, 10)}T12:00:00+09:00`).toLocaleDateString(locale(), { dateStyle: "medium", timeZone: "Asia/Seoul" }) : "");
  const todayInSeoul = () => new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);

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
  /* A control with its label above it; `more` says what to know. */
  function field(label, control, more = "") {
    return el("label", "field", el("span", "", label), control, more ? el("small", "", more) : null);
  }
  function input(value, options = {}) {
    const { key = "", ...rest } = options;
    const made = el(rest.rows ? "textarea" : "input");
    made.value = value ?? "";
    if (key) made.dataset.key = key;
    Object.assign(made, rest);
    return made;
  }
  function select(options, value, act, key = "") {
    const made = el("select");
    for (const [id, text] of options) {
      const option = el("option", "", text);
      option.value = id;
      made.append(option);
    }
    made.value = value ?? "";
    if (key) made.dataset.key = key;
    if (act) made.addEventListener("change", () => act(made.value));
    return made;
  }
  /* What cannot be taken back asks once more on the button itself. */
  function sure(key, name, text, act) {
    return button(`${name}${asked === key ? " sure" : ""}`, asked === key ? say("sure") : text, () => {
      if (asked === key) { asked = ""; act(); return; }
      asked = key;
      draw();
      setTimeout(() => { if (asked === key) { asked = ""; draw(); } }, 4000);
    }, key);
  }
  function badge(value) { return el("span", `badge is-${value}`, say(`s_${value}`)); }
  /* When something is due: how many days are left, or by how many it is late. */
  function due(iso) {
    if (!iso) return null;
    const left = Math.round((Date.parse(iso) - Date.parse(todayInSeoul())) / 86400e3);
    const text = left > 0 ? say("days_left", { count: left }) : left < 0 ? say("overdue", { count: -left }) : say("today");
    return el("span", `due${left < 0 ? " late" : left <= 3 ? " soon" : ""}`, `${day(iso)} · ${text}`);
  }
  function step(one) { return el("span", "step", one.step === "own" ? one.step_text : say(`n_${one.step}`)); }

  /* ---------- asking the server ---------- */
  async function ask(address, method = "GET", body = null) {
    const options = { method, cache: "no-store" };
    if (body instanceof Blob) options.body = body;
    else if (body) { options.body = JSON.stringify(body); options.headers = { "content-type": "application/json" }; }
    let answer;
    try { answer = await fetch(`${API}${address}`, options); } catch { throw { detail: say(method === "GET" ? "failed" : "lost"), status: 0 }; }
    const plain = answer.status === 204 ? {} : await answer.json().catch(() => null);
    if (!answer.ok) throw { detail: plain?.detail || say("failed"), status: answer.status };
    return plain;
  }
  /* Fetches a file and hands it to the browser, so that a refusal is told in the page. */
  async function take(address) {
    let answer;
    try { answer = await fetch(`${API}${address}`, { cache: "no-store" }); } catch { throw { detail: say("failed") }; }
    if (!answer.ok) throw { detail: (await answer.json().catch(() => ({}))).detail || say("failed") };
    const link = el("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = (answer.headers.get("content-disposition") || "").match(/filename="([^"]+)"/)?.[1] || "client";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
  async function load() {
    if (at.view !== "clients" || !words || opened) return;
    const mine = ++turn;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
    try {
      const [found, all] = await Promise.all([ask(`?${query}`), people ?? ask("/colleagues")]);
      if (mine !== turn) return;
      people = all;
      state = { kind: "list", ...found };
    } catch (error) {
      if (mine !== turn) return;
      const refused = [401, 403].includes(error.status);
      state = { kind: refused ? "refused" : "failed", detail: error.detail };
      if (error.status === 503) setTimeout(load, 1500);
    }
    draw();
  }
  async function add(form) {
    const values = Object.fromEntries(new FormData(form));
    try {
      const made = await ask("", "POST", values);
      adding = null;
      hint = null;
      open(made.id);
    } catch (error) { adding = values; hint = { text: error.detail, bad: true }; draw(); }
  }
  async function act(address, method, body, told) {
    try { await ask(address, method, body); hint = { text: told }; } catch (error) { hint = { text: error.detail, bad: true }; }
    load();
  }
  function open(id, push = true) {
    opened = id;
    hint = null;
    if (push) history.pushState({ client: id }, "", location.href);
    window.advisorClient.open(id);
    scrollTo({ top: 0 });
  }
  function close(push = true) {
    opened = "";
    window.advisorClient.close();
    if (push && history.state?.client) history.back();
    draw();
    load();
  }

  /* ---------- drawing ---------- */
  function draw() {
    const place = root();
    if (!place || !words) return;
    const active = document.activeElement, key = active?.dataset?.key, where = active?.selectionStart;
    const inside = opened ? window.advisorClient.render() : [el("h2", "", say("title")), el("p", "lead", say("lead")), ...parts()];
    place.replaceChildren(...inside.filter(Boolean));
    if (key) {
      const again = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
      again?.focus({ preventScroll: true });
      if (where !== null && where !== undefined && again?.setSelectionRange && ["text", "search", "textarea"].includes(again.type)) again.setSelectionRange(where, where);
    }
  }
  function box(name, text) {
    const made = el("section", name, name === "waiting" ? el("span", "spinner") : null, el("p", "", text));
    made.setAttribute("role", name === "problem" ? "alert" : "status");
    return made;
  }
  function told(one) {
    if (!one) return null;
    const made = el("p", `hint${one.bad ? " bad" : ""}`, one.text);
    made.setAttribute("role", one.bad ? "alert" : "status");
    return made;
  }
  function refused(detail) {
    const made = el("section", "block none", el("h3", "", say("refused")), el("p", "", detail));
    if (!me.signed_in) { const link = el("a", "quiet strong", say("sign_in")); link.href = "sign-in"; made.append(link); }
    return made;
  }
  function parts() {
    if (state.kind === "loading") return [box("waiting", say("loading"))];
    if (state.kind === "refused") return [refused(state.detail)];
    if (state.kind === "failed") {
      const failed = box("problem", state.detail);
      failed.append(button("quiet strong", say("retry"), load));
      return [failed];
    }
    const all = Object.values(state.counts).reduce((sum, count) => sum + count, 0);
    const tools = el("div", "tools", finder(), add_button());
    if (!all) return [state.can_open ? tools : null, adder(), told(hint), nothing("none")];
    return [tools, adder(), filters(all), told(hint), state.rows.length ? table() : nothing("none_fit"), more()];
  }
  function finder() {
    const made = input(wanted.q, { key: "find", type: "search", maxLength: 200, placeholder: say("search") });
    made.setAttribute("aria-label", say("search"));
    made.addEventListener("input", () => {
      wanted = { ...wanted, q: made.value.trim(), limit: PAGE };
      clearTimeout(timer);
      timer = setTimeout(load, PAUSE_MS);
    });
    return made;
  }
  function add_button() {
    return state.can_open ? button("primary", `+ ${say("add")}`, () => { adding = adding ? null : {}; hint = null; draw(); root().querySelector("[data-key=new-name]")?.focus(); }, "add") : null;
  }
  function adder() {
    if (!adding) return null;
    const named = (name, more = {}) => input(adding[name], { name, key: `new-${name}`, maxLength: 120, autocomplete: "off", ...more });
    const form = el("form", "block adder", el("h3", "", say("add")), field(say("name"), named("name", { required: true })),
      field(say("contact"), named("contact"), say("contact_more")), field(say("code"), named("code", { maxLength: 40 }), say("code_more")));
    const send = el("button", "primary", say("make"));
    form.append(el("div", "ways", send, button("quiet", say("cancel"), () => { adding = null; hint = null; draw(); })));
    form.addEventListener("submit", (event) => { event.preventDefault(); add(form); });
    return form;
  }
  function filters(all) {
    const chips = ["", ...STATES].map((one) => {
      const text = one ? `${say(`s_${one}`)} ${state.counts[one]}` : say("all_states", { count: all });
      const made = button("quiet chip", text, () => { wanted = { ...wanted, state: one, limit: PAGE }; load(); }, `state-${one}`);
      made.setAttribute("aria-pressed", String(wanted.state === one));
      return made;
    });
    const whose = select([["", say("everybody")], ["me", say("mine_only")], ...people.filter((one) => !one.is_me).map((one) => [one.account_id, one.name])],
      wanted.consultant, (value) => { wanted = { ...wanted, consultant: value, limit: PAGE }; load(); }, "whose");
    whose.setAttribute("aria-label", say("whose"));
    const sort = select(["next", "name", "state", "updated"].map((one) => [one, say(`sort_${one}`)]), wanted.sort, (value) => { wanted = { ...wanted, sort: value }; load(); }, "sort");
    sort.setAttribute("aria-label", say("sort"));
    return el("div", "filters", el("div", "chips", ...chips), el("div", "picks", el("span", "meta", say("found", { count: state.total })), whose, sort));
  }
  function table() {
    const head = el("tr", "", ...["company", "state", "next", "consultant", "updated"].map((one) => { const cell = el("th", "", say(one)); cell.scope = "col"; return cell; }));
    const rows = state.rows.map((one) => {
      const name = state.can_open ? button("link name", one.name, () => open(one.id), `client-${one.id}`) : el("b", "name", one.name);
      const level = one.level === null ? null : el("span", "meta", say("level", { level: one.level }));
      const cell = (label, ...inside) => { const made = el("td", "", ...inside); made.dataset.label = say(label); return made; };
      const row = el("tr", "", cell("company", name, el("span", "meta", say(`origin_${one.origin}`))),
        cell("state", badge(one.state), level), cell("next", step(one), due(one.step_on)),
        cell("consultant", el("span", "", one.consultant || "–"), state.can_open ? null : managing(one)), cell("updated", el("span", "meta", moment(one.updated_at))));
      return row;
    });
    return el("section", "block list", el("table", "", el("thead", "", head), el("tbody", "", ...rows)));
  }
  /* An administrator gives clients on without looking into them. */
  function managing(one) {
    const others = people.filter((other) => other.account_id !== one.consultant_id);
    const to = select([["", say("hand_over")], ...others.map((other) => [other.account_id, other.name])], "", (value) => {
      const name = others.find((other) => other.account_id === value)?.name;
      if (value) act(`/${one.id}/hand-over`, "POST", { account_id: value }, say("handed_done", { name }));
    }, `hand-${one.id}`);
    to.setAttribute("aria-label", `${one.name}: ${say("hand_over")}`);
    return el("span", "manage", to, sure(`gone-${one.id}`, "quiet danger", say("delete"), () => act(`/${one.id}`, "DELETE", null, say("removed"))));
  }
  function more() {
    const rest = state.total - state.rows.length;
    return rest > 0 ? button("quiet more", say("more", { count: Math.min(rest, PAGE) }), () => { wanted = { ...wanted, limit: Math.min(500, wanted.limit + PAGE) }; load(); }, "more") : null;
  }
  function nothing(key) { return el("section", "block none", el("h3", "", say(key)), el("p", "", say(`${key}_more`))); }

  async function know() {
    try { me = await (await fetch("api/v1/me", { cache: "no-store" })).json(); } catch { return; }
    document.documentElement.dataset.roles = me.roles.join(" ");
    if (at.view === "clients") draw();
  }
  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    if (at.view !== "clients") return;
    if (was.view !== "clients" || was.waiting !== at.waiting) {
      if (opened) window.advisorClient.open(opened);
      else if (history.state?.client) open(history.state.client, false);
      else load();
    } else if (was.lang !== at.lang) draw();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail !== "clients" || !root()) return;
    words = JSON.parse(root().dataset.words);
    names = JSON.parse(root().dataset.names);
    load();
  });
  addEventListener("popstate", (event) => {
    if (at.view !== "clients") return;
    const id = event.state?.client || "";
    if (id && id !== opened) open(id, false);
    else if (!id && opened) close(false);
  });

  window.advisorClients = {
    ask, take, draw, close, say, el, button, field, input, select, sure, badge, due, step, box, told, refused, moment, day,
    get names() { return names; }, get lang() { return at.lang; }, get people() { return people || []; },
    async knowPeople() { people = people || await ask("/colleagues"); },
  };
  know();
})();
