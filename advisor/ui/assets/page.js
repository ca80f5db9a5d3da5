/* What the page does in the browser: sends events, acts on the state that comes back, and moves
   between answers, sources and views. Texts come from the server, none is written here. */
"use strict";

(() => {
  const LANGUAGE = "advisor.language", DRAFT = "advisor.draft", SENT = "advisor.sent";
  const WIDE = matchMedia("(min-width: 1024px)");
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
  const TOUCH = matchMedia("(hover: none)");
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  // Shown at once even where storage is switched off (private windows of some browsers).
  const kept = {
    get(store, key) { try { return store.getItem(key); } catch { return null; } },
    set(store, key, value) {
      try { value === null ? store.removeItem(key) : store.setItem(key, value); } catch { /* off */ }
    },
  };

  let trigger = null;      // sends an event to the server, once Gradio is there
  let cid = "";            // whose talk this is; lives in the address, so a reload finds it
  let view = "talk", views = ["talk"];
  let lang = kept.get(localStorage, LANGUAGE) === "en" ? "en" : "ko";
  let busy = false, pending = false, waiting = true, turns = 0, seenAt = "";
  let lit = null;          // the citation mark that opened a source
  const SETTLES_MS = [300, 1000, 3000];
  let again = 0;           // the timer that asks whether the server is ready by now
  let expecting = false;   // whether the server may begin a talk: only after a question or a fact
  const left = new Set();  // talks that this page has turned away from
  const open = new Map();  // which folds the reader opened or closed
  const counts = { sources: 0, facts: 0 };

  /* The address: #talk=ID or #about=ID. The part after # is never sent, so no log holds an id.
     Which views there are is told at the start: on a slow machine they are drawn one by one later. */
  function readAddress() {
    const [name, id] = location.hash.slice(1).split("=");
    view = views.includes(name) ? name : "talk";
    return id ? decodeURIComponent(id) : "";
  }
  function writeAddress(push) {
    const hash = cid || view !== "talk" ? `#${view}${cid ? `=${encodeURIComponent(cid)}` : ""}` : "";
    const address = location.pathname + location.search + hash;
    if (push) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
  }

  /* Other views' scripts follow where the reader is and whose talk it is. */
  const at = () => ({ view, cid, lang, waiting });
  function announce() {
    document.dispatchEvent(new CustomEvent("advisor:moved", { detail: at() }));
  }
  function emit(name, data = {}) {
    if (name === "send" || name === "save" || data.action === "begin") expecting = true;
    if (trigger) trigger(name, { cid, lang, ...data });
  }

  /* ---------- the box ---------- */
  const box = () => one("#question");
  function fit() {
    const area = box();
    if (!area) return;
    area.style.height = "auto";
    if (!area.scrollHeight) return; // in a view that is not shown
    area.style.height = `${Math.min(area.scrollHeight, innerHeight * 0.3)}px`;
    const limit = Number(one(".composer").dataset.limit), length = area.value.length;
    const shown = one(".composer .length");
    shown.textContent = length > limit * 0.8 ? `${length.toLocaleString()} / ${limit.toLocaleString()}` : "";
    shown.classList.toggle("over", length > limit);
  }
  function hint(text) {
    const line = one(".composer .hint");
    if (line) line.textContent = text || "";
  }
  function write(text) {
    const area = box();
    if (!area) return;
    area.value = text;
    kept.set(sessionStorage, DRAFT, text || null);
    fit();
  }
  function setBusy(now) {
    busy = now;
    const button = one(".composer .send"), form = one(".composer");
    if (!button) return;
    button.setAttribute("aria-disabled", String(now));
    button.setAttribute("aria-label", now ? form.dataset.sending : form.dataset.send);
    form.classList.toggle("busy", now);
  }
  function send(text) {
    const form = one(".composer");
    const limit = Number(form.dataset.limit);
    if (busy) return hint(form.dataset.wait);
    if (!text.trim()) { hint(form.dataset.empty); box().focus(); return undefined; }
    if (text.length > limit) {
      return hint(form.dataset.long.replace("{count}", text.length.toLocaleString())
        .replace("{limit}", limit.toLocaleString()));
    }
    hint("");
    setBusy(true);
    kept.set(sessionStorage, SENT, JSON.stringify({ text, turns }));
    showView("talk");
    closePanel();
    emit("send", { text });
    return undefined;
  }

  /* ---------- what the server says ---------- */
  function act() {
    const state = one("#state")?.dataset;
    if (!state || state.at === seenAt) return;
    seenAt = state.at;
    // An answer of a talk that was left came through before its event was cancelled: draw ours.
    if (state.cid && state.cid !== cid && (left.has(state.cid) || !expecting)) {
      left.add(state.cid);
      return emit("open");
    }
    const was = { pending, turns };
    waiting = state.waiting === "1";
    pending = state.pending === "1";
    turns = Number(state.turns);
    if (!waiting || state.cid) {
      if (cid !== state.cid) { cid = state.cid; writeAddress(false); }
    }
    announce();
    for (const name of ["sources", "facts"]) if (state[name] !== undefined) counts[name] = Number(state[name]);
    setBusy(pending);
    if (state.hint || !waiting) hint(state.hint); // "not yet" stays there until it no longer holds
    if (state.taken === "1") {
      write("");
      if (!WIDE.matches) { box().blur(); held = null; } // the phone's keyboard would cover the answer
    }
    // Never while a question is on its way: to open a talk ends what the page follows of another.
    clearTimeout(again);
    if (waiting) again = setTimeout(() => { if (!busy) emit("open"); }, 1000);
    requestAnimationFrame(() => {
      showCounts();
      if (pending && !was.pending) scrollToEnd();
      else if (!pending && turns > was.turns) {
        showTurn(turns - 1);
        if (was.pending) tell(one(`#turn-${turns - 1} .answer`)?.innerText);
      }
      giveBack();
    });
  }
  /* A question that neither is in work nor was answered (server restarted) comes back to its box. */
  function giveBack() {
    const sent = JSON.parse(kept.get(sessionStorage, SENT) || "null");
    if (!sent || pending || waiting || busy) return;
    kept.set(sessionStorage, SENT, null);
    if (turns <= sent.turns && box() && !box().value) write(sent.text);
  }
  function showCounts() {
    for (const [name, count] of Object.entries(counts)) {
      all(`.count-${name}`).forEach((mark) => { mark.textContent = count || ""; });
    }
  }
  function scrollToEnd() {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: CALM.matches ? "auto" : "smooth" });
  }
  function showTurn(number) {
    one(`#turn-${number}`)?.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
  }

  /* What a screen reader says. The talk itself is drawn as a whole each time, so it would be read
     from its beginning; told are each step and then the new answer, once and complete. */
  const spoken = document.createElement("div");
  spoken.className = "hidden";
  spoken.id = "spoken";
  spoken.setAttribute("role", "status");
  function tell(text) {
    if (!spoken.isConnected) document.body.append(spoken);
    if (text && spoken.textContent !== text) spoken.textContent = text;
  }

  /* A part that is drawn anew takes the focus with it. It goes back to the control of the same marks,
     else of one mark (to save became to take off), else to what stands in its place. */
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  let held = null;
  const controls = (part) => [...part.querySelectorAll(CONTROLS)].filter((other) => other.offsetParent);
  document.addEventListener("focusin", ({ target }) => {
    const part = target.closest(".part");
    held = part && { part: part.id, tag: target.tagName, marks: { ...target.dataset }, name: target.name, at: controls(part).indexOf(target) };
  });
  document.addEventListener("pointerdown", () => { held = null; });
  function refocus() {
    const part = held && document.activeElement === document.body && document.getElementById(held.part);
    if (!part) return;
    const there = controls(part).filter((other) => !other.disabled);
    const same = there.filter((other) => other.tagName === held.tag && other.name === held.name);
    const marks = JSON.stringify(held.marks), worth = Object.values(held.marks).filter((mark) => mark.length > 2);
    const exact = same.filter((other) => JSON.stringify({ ...other.dataset }) === marks);
    const nearer = (a, b) => Math.abs(there.indexOf(a) - held.at) - Math.abs(there.indexOf(b) - held.at);
    const heading = held.tag === "H2" && part.querySelector("h2"); // of a staff view that took it
    if (heading) heading.tabIndex = -1;
    const next = heading || exact.find((other) => there.indexOf(other) === held.at) || exact[0]
      || same.filter((other) => Object.values(other.dataset).some((mark) => worth.includes(mark))).sort(nearer)[0]
      || (held.part === "log" ? WIDE.matches && box() : there[Math.min(Math.max(held.at, 0), there.length - 1)]);
    // On a phone a text field would bring up the keyboard.
    if (next && !(TOUCH.matches && next.matches("input, textarea"))) next.focus({ preventScroll: true });
    else if (!there.length) skip({ preventScroll: true }); // a part that has gone: the view goes on
  }
  // A part is told of before its elements are there; this sees them come.
  new MutationObserver(refocus).observe(document.documentElement, { childList: true, subtree: true });

  /* Called after a part of the page was drawn anew. */
  function changed(name) {
    document.dispatchEvent(new CustomEvent("advisor:drawn", { detail: name }));
    if (name === "wire") return act();
    if (name === "top") {
      const top = one(".top");
      if (top) document.documentElement.lang = top.dataset.lang;
      showView(view);
    } else if (name === "composer") {
      const area = box();
      if (area && !area.value) area.value = kept.get(sessionStorage, DRAFT) || "";
      setBusy(busy);
      fit();
    } else if (name === "sources" || name === "company") {
      all(`#${name} details[data-key]`).forEach((fold) => {
        const key = `${name}/${fold.dataset.key}`;
        if (open.has(key)) fold.open = open.get(key);
      });
      // Rows move up when one goes; what was typed must not stay behind in another row's form.
      all(`#${name} form`).forEach((form) => { if (!form.contains(document.activeElement)) form.reset(); });
    } else if (name === "pending") tell(one("#pending .now")?.textContent);
    if (name === "sources" || name === "company") {
      const half = one(`#${name}`);
      half.setAttribute("role", "tabpanel");
      half.setAttribute("aria-labelledby", `tab-${name}`);
      half.tabIndex = 0;
    }
    if (name === "tabs") showPanel(one("#panel")?.dataset.panel || "sources");
    showCounts();
    return undefined;
  }

  /* ---------- views, panel, sources ---------- */
  function showView(name) {
    view = name;
    all(".view").forEach((other) => other.classList.toggle("current", other.id === `view-${name}`));
    all("[data-view]").forEach((link) => {
      if (link.tagName !== "A" || !link.closest(".views")) return;
      if (link.dataset.view !== name) return link.removeAttribute("aria-current");
      link.setAttribute("aria-current", "page");
      document.title = `${link.textContent} · ${one(".top").dataset.title}`;
      const row = link.parentElement; // on a phone the row scrolls
      row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
      return undefined;
    });
    announce();
  }
  function showOnceDrawn() {
    if (one(`#view-${view}`)) showView(view);
    else requestAnimationFrame(showOnceDrawn);
  }
  function showPanel(name) {
    const panel = one("#panel");
    if (!panel) return;
    panel.dataset.panel = name;
    all("#panel [role=tab]").forEach((tab) => tab.setAttribute("aria-selected", String(tab.dataset.panel === name)));
  }
  /* On a phone the panel is a sheet over the talk; the phone's own "back" closes it. */
  function openPanel(name) {
    showPanel(name);
    if (WIDE.matches || document.body.classList.contains("panel-open")) return;
    document.body.classList.add("panel-open");
    history.pushState({ panel: true }, "", location.href);
  }
  function closePanel() {
    if (!document.body.classList.contains("panel-open")) return;
    document.body.classList.remove("panel-open");
    if (history.state?.panel) history.back();
  }
  function cite(mark) {
    const card = document.getElementById(mark.dataset.cite);
    if (!card) return;
    lit = mark;
    openPanel("sources");
    card.closest("details").open = true;
    all(".source.lit").forEach((other) => other.classList.remove("lit"));
    // A frame later the sheet has its size and the class starts its animation anew.
    requestAnimationFrame(() => {
      card.classList.add("lit");
      card.scrollIntoView({ block: WIDE.matches ? "nearest" : "start", behavior: CALM.matches ? "auto" : "smooth" });
      card.focus({ preventScroll: true });
    });
  }
  function back() {
    closePanel();
    if (!lit?.isConnected) return;
    lit.scrollIntoView({ block: "center", behavior: CALM.matches ? "auto" : "smooth" });
    lit.focus({ preventScroll: true });
    lit.classList.add("seen");
    setTimeout(() => lit?.classList.remove("seen"), 1600);
  }
  /* Past the header: to the box where there is a talk to write in, else to the view. */
  function skip(how = {}) {
    const place = one(`#view-${view}`);
    if (!place) return;
    place.tabIndex = -1;
    place.focus(how);
  }
  function leave() {
    if (cid) left.add(cid);
    expecting = false;
  }
  function fresh() {
    leave();
    cid = ""; turns = 0; pending = false; counts.sources = counts.facts = 0;
    open.clear();
    kept.set(sessionStorage, SENT, null);
    setBusy(false);
    hint("");
    closePanel();
    showView("talk");
    writeAddress(true);
    emit("open");
    for (const wait of SETTLES_MS) setTimeout(settle, wait);
    scrollTo({ top: 0 });
    if (WIDE.matches) box()?.focus();
  }
  /* The answer of the talk left may be drawn after ours, when its event ended before it was cancelled. */
  function settle() {
    if (!cid && !expecting && one(".turn")) emit("open");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a[data-view], a[data-skip]");
    if (!button) {
      if (!event.target.closest("#panel")) closePanel();
      return;
    }
    const data = button.dataset;
    if (data.skip) { event.preventDefault(); skip(); }
    else if (data.view) { event.preventDefault(); closePanel(); showView(data.view); writeAddress(true); if (!button.closest(".views")) skip(); scrollTo({ top: 0 }); }
    else if (data.language) { lang = data.language; kept.set(localStorage, LANGUAGE, lang); emit("open"); }
    else if (data.fresh) fresh();
    else if (data.send) send(box().value);
    else if (data.act === "send") send(data.text);
    else if (data.act === "retry") emit("retry");
    else if (data.act === "rate") emit("rate", { turn: Number(data.turn), rating: Number(data.rating) });
    else if (data.focus) box().focus();
    else if (data.panel) openPanel(data.panel);
    else if (data.cite) cite(button);
    else if (data.back) back();
    else if (data.forget) emit("save", { field: data.field, value: [] });
    else if (data.ask === "erase") sure(button);
  });
  /* Deleting asks once more on the button itself. */
  function sure(button) {
    if (button.classList.contains("sure")) { button.classList.remove("sure"); emit("erase"); showView("talk"); return; }
    const words = button.textContent;
    button.classList.add("sure");
    button.textContent = button.dataset.sure;
    setTimeout(() => { button.classList.remove("sure"); button.textContent = words; }, 10_000);
  }
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (!form.matches("form.set")) return;
    emit("save", { field: form.dataset.field, value: new FormData(form).getAll("value").map(String) });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanel();
    if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey) return;
    // Enter that ends a Korean syllable belongs to the input method; 229 is Safari's way to say so.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(event.target.value);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id !== "question") return;
    kept.set(sessionStorage, DRAFT, event.target.value || null);
    if (!busy) hint("");
    fit();
  });
  document.addEventListener("toggle", (event) => {
    const part = event.target.closest?.("#sources, #company");
    if (part && event.target.dataset?.key) open.set(`${part.id}/${event.target.dataset.key}`, event.target.open);
  }, true);
  addEventListener("popstate", () => {
    document.body.classList.remove("panel-open");
    const id = readAddress();
    showView(view);
    if (id !== cid) { leave(); cid = id; left.delete(id); turns = 0; emit("open"); }
  });

  /* A server that went away comes back to the same talk, with what was typed. One that answers late
     has much to do: to open the page anew would lose what is under way, and add to its work. */
  const LATE_MS = 4000, MOST_LATE = 8;
  let lost = false, late = 0;
  setInterval(async () => {
    if (!trigger || document.hidden || !(lost || busy || waiting)) return;
    let up = false;
    try {
      up = (await fetch("api/v1/healthz", { cache: "no-store", signal: AbortSignal.timeout(LATE_MS) })).ok;
      late = 0;
    } catch (error) {
      late = error.name === "TimeoutError" ? late + 1 : 0;
      if (late && late < MOST_LATE) return;
    }
    if (!up && !lost) { lost = true; setBusy(false); hint(one(".composer")?.dataset.lost); }
    else if (up && lost) { lost = false; location.reload(); }
  }, 3000);

  window.advisorPage = {
    changed,
    emit,
    tell,
    at,
    connect(send_, names) {
      trigger = send_;
      views = names;
      cid = readAddress();
      showOnceDrawn();
      emit("open");
    },
  };
})();
