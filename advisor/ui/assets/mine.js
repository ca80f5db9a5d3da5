/* The owner's own view in the browser: the address to come back to, which talks this device
   remembers, which papers are ready. Texts come from the server. */
"use strict";

(() => {
  const KEPT = "advisor.kept", PAPERS = "advisor.papers", MOST = 5;
  let at = { view: "talk", cid: "", lang: "ko", waiting: true }, shown = "";

  const one = (selector) => document.querySelector(selector);
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key) || "[]"); } catch { return []; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* switched off */ } };
  const address = (cid) => `${location.origin}${location.pathname}#talk=${encodeURIComponent(cid)}`;
  const paperKey = (name) => `${at.cid}/${name}`;

  function ask() {
    if (at.view !== "mine" || at.waiting) return;
    window.advisorPage.emit("mine");
  }
  function remembered() {
    fill(one("#mine .mine-kept"), read(KEPT).filter((talk) => talk.cid !== at.cid));
  }
  /* A new talk offers the ones that this device was asked to remember. */
  function welcome() {
    const hello = one("#log .hello"), rest = read(KEPT), told = one("#mine .mine-kept");
    if (!hello || !told || !rest.length || hello.querySelector(".mine-kept")) return;
    const place = document.createElement("div");
    place.className = "mine-kept";
    place.dataset.title = told.dataset.title;
    hello.querySelector("h3").before(place);
    fill(place, rest);
  }
  function fill(place, rest) {
    if (!place) return;
    place.replaceChildren();
    place.classList.toggle("block", Boolean(rest.length));
    if (!rest.length) return;
    const title = document.createElement("h3");
    title.textContent = place.dataset.title;
    const list = document.createElement("ul");
    for (const talk of rest) {
      const link = document.createElement("a");
      link.href = `#talk=${encodeURIComponent(talk.cid)}`;
      link.textContent = `${talk.words || "…"} (${new Date(talk.at).toLocaleDateString(at.lang === "en" ? "en-GB" : "ko-KR")})`;
      const row = document.createElement("li");
      row.append(link);
      list.append(row);
    }
    place.append(title, list);
  }
  function draw() {
    const link = one("#view-mine .mine-link");
    if (link) link.value = address(at.cid);
    for (const button of document.querySelectorAll("#view-mine [data-export]")) {
      button.href = `api/v1/consultations/${encodeURIComponent(at.cid)}/export/${button.dataset.export}`;
    }
    const ready = new Set(read(PAPERS));
    for (const box of document.querySelectorAll("#mine [data-paper]")) box.checked = ready.has(paperKey(box.dataset.paper));
    const keep = one("#mine [data-mine=keep]");
    if (keep) press(keep, read(KEPT).some((talk) => talk.cid === at.cid));
    remembered();
  }
  function press(button, on) {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? button.dataset.on : button.dataset.off;
  }
  function tell(text) {
    const line = one("#mine .told");
    if (line) line.textContent = text;
  }
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(address(at.cid));
      tell(button.dataset.done);
    } catch {
      const link = one("#view-mine .mine-link");
      link.focus();
      link.select();
      // Pages without HTTPS have the old way only.
      tell(document.execCommand("copy") ? button.dataset.done : button.dataset.failed);
    }
  }
  function keep(button) {
    const rest = read(KEPT).filter((talk) => talk.cid !== at.cid);
    const on = button.getAttribute("aria-pressed") !== "true";
    const words = one(".asked")?.lastChild?.textContent?.slice(0, 40) || "";
    write(KEPT, on ? [{ cid: at.cid, at: Date.now(), words }, ...rest].slice(0, MOST) : rest);
    press(button, on);
  }

  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    // A talk that was deleted is not to be remembered.
    if (was.cid && !at.cid && !at.waiting) {
      shown = "";
      if (document.body.dataset.erasing === was.cid) {
        write(KEPT, read(KEPT).filter((talk) => talk.cid !== was.cid));
        write(PAPERS, read(PAPERS).filter((name) => !name.startsWith(`${was.cid}/`)));
        delete document.body.dataset.erasing;
      }
    }
    const key = `${at.cid}/${at.lang}/${at.waiting}`;
    if (at.view !== "mine") { shown = ""; return; }
    if (key === shown) return;
    shown = key;
    ask();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail === "mine" || event.detail === "taking") draw();
    else if (event.detail === "log") welcome();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mine], [data-ask=erase]");
    if (!button) return;
    if (button.dataset.mine === "copy") copy(button);
    else if (button.dataset.mine === "keep") keep(button);
    else if (button.dataset.mine === "again") ask();
    else if (!button.classList.contains("sure")) document.body.dataset.erasing = at.cid;
  });
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.paper;
    if (!name) return;
    const rest = read(PAPERS).filter((other) => other !== paperKey(name));
    write(PAPERS, event.target.checked ? [...rest, paperKey(name)] : rest);
  });
})();
