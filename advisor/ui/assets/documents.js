/* The view of documents in the browser: sends files, follows their jobs, lists, opens and deletes.
   Words come from the server; names of files are put in as text only. */
"use strict";

(() => {
  const API = "api/v1", POLL_MS = 1200, SURE_MS = 4000;
  let at = { view: "talk", lang: "ko", waiting: true };
  let words = null, timer = 0, sending = null, hint = "", asked = "", state = { kind: "loading" };

  const root = () => document.querySelector("#documents .documents");
  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[at.lang]?.[name] || words.ko[name] || "");
  const number = (value) => Number(value).toLocaleString();
  function el(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.filter((one) => one !== null && one !== ""));
    return made;
  }
  function button(name, text, act) {
    const made = el("button", name, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /* ---------- asking the server ---------- */
  async function load() {
    clearTimeout(timer);
    if (at.view !== "documents" || !words) return;
    try {
      // Jobs first: what ends between the two looks is then in the list of documents.
      const answers = [];
      for (const one of ["jobs", "documents"]) answers.push(await fetch(`${API}/${one}`, { cache: "no-store" }));
      const bad = answers.find((one) => !one.ok);
      if (bad) {
        const problem = await bad.json().catch(() => ({}));
        const refused = [401, 403, 404].includes(bad.status);
        state = { kind: refused ? "refused" : "failed", detail: problem.detail || say("failed"), signIn: bad.status === 401 };
        if (bad.status === 503) timer = setTimeout(load, POLL_MS);
      } else {
        const [jobs, documents] = await Promise.all(answers.map((one) => one.json()));
        state = { kind: "list", documents, jobs };
        if (jobs.some((one) => !one.ended_at)) timer = setTimeout(load, POLL_MS);
      }
    } catch {
      state = { kind: "failed", detail: say("failed") };
    }
    draw();
  }
  async function remove(address) {
    hint = "";
    try {
      const done = await fetch(`${API}/${address}`, { method: "DELETE" });
      if (!done.ok && done.status !== 404) hint = (await done.json()).detail;
    } catch { hint = say("lost"); }
    load();
  }
  function send(files) {
    if (!files.length || sending) return;
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    sending = { request, count: files.length, percent: 0 };
    hint = "";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      sending.percent = Math.floor((event.loaded / event.total) * 100);
      const line = root()?.querySelector(".sending span");
      if (line) line.textContent = say("sending", sending);
      const bar = root()?.querySelector(".sending progress");
      if (bar) bar.value = sending.percent;
    });
    request.addEventListener("loadend", () => {
      sending = null;
      if (request.status === 0) hint = request.wasStopped ? "" : say("lost");
      else if (request.status !== 202) {
        try { hint = JSON.parse(request.responseText).detail; } catch { hint = say("failed"); }
      }
      load();
    });
    request.open("POST", `${API}/documents`);
    request.send(body);
    draw();
  }

  /* ---------- drawing ---------- */
  function draw() {
    const place = root();
    if (!place || !words) return;
    const focused = document.activeElement?.dataset?.key;
    place.replaceChildren(el("h2", "", say("title")), el("p", "lead", say("lead")), ...parts());
    if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  function parts() {
    if (state.kind === "loading") return [note("loading", say("loading"), el("span", "spinner"))];
    if (state.kind === "refused") return [refused()];
    if (state.kind === "failed") {
      const failed = note("trouble", state.detail);
      failed.append(button("quiet strong", say("retry"), load));
      return [failed];
    }
    const open = state.jobs.filter((one) => !one.ended_at && one.action === "add");
    const ended = state.jobs.filter((one) => one.ended_at).slice(0, 8);
    return [
      box(),
      open.length ? group(say("jobs"), open.map(running)) : null,
      ended.length ? group(say("ended"), ended.map(outcome)) : null,
      state.documents.length
        ? group(say("documents", { count: number(state.documents.length) }), state.documents.map(row))
        : nothing(),
    ].filter(Boolean);
  }
  function note(name, text, ...before) {
    const made = el("section", name, ...before, el("p", "", text));
    made.setAttribute("role", name === "trouble" ? "alert" : "status");
    return made;
  }
  function refused() {
    const made = el("section", "block refused", el("h3", "", say("refused")), el("p", "", state.detail));
    if (state.signIn) {
      const way = el("a", "quiet strong", say("sign_in"));
      way.href = "sign-in?next=/";
      made.append(way);
    }
    return made;
  }
  function nothing() {
    return el("section", "block none", el("h3", "", say("none")), el("p", "", say("none_more")));
  }
  function group(title, rows) {
    return el("section", "block", el("h3", "", title), el("ul", "rows", ...rows));
  }
  function box() {
    const input = el("input");
    input.type = "file";
    input.multiple = true;
    input.id = "documents-files";
    input.disabled = Boolean(sending);
    input.addEventListener("change", () => send(input.files));
    const label = el("label", "quiet strong pickfile", say("choose"), input);
    const made = el("section", "block drop", el("div", "ways", label, el("p", "", say("drop"))), el("p", "kinds", say("kinds")));
    if (sending) {
      const bar = el("progress");
      bar.max = 100;
      bar.value = sending.percent;
      const stop = button("quiet", say("stop"), () => { sending.request.wasStopped = true; sending.request.abort(); });
      made.append(el("div", "sending", el("span", "", say("sending", sending)), bar, stop));
    }
    if (hint) {
      const line = el("p", "hint", hint);
      line.setAttribute("role", "alert");
      made.append(line);
    }
    for (const name of ["dragover", "dragenter"]) made.addEventListener(name, (event) => { event.preventDefault(); made.classList.add("over"); });
    made.addEventListener("dragleave", () => made.classList.remove("over"));
    made.addEventListener("drop", (event) => { event.preventDefault(); made.classList.remove("over"); send(event.dataTransfer.files); });
    return made;
  }
  function running(job) {
    const bar = el("progress");
    bar.max = 1;
    bar.value = job.progress;
    bar.setAttribute("aria-label", say("progress", { name: job.path }));
    const eta = job.eta_seconds === null ? "" : job.eta_seconds < 90
      ? say("eta_seconds", { count: Math.max(1, Math.round(job.eta_seconds)) })
      : say("eta_minutes", { count: Math.round(job.eta_seconds / 60) });
    const stop = job.state === "indexing" ? null : button("quiet", say("cancel"), () => remove(`jobs/${job.id}`));
    if (stop) stop.dataset.key = job.id;
    return el("li", "job", el("div", "what", el("b", "", job.path), el("span", "meta", [say(job.state), eta].filter(Boolean).join(" · ")), bar), stop);
  }
  function outcome(job) {
    const name = job.state === "cancelled" ? "cancelled" : job.status || "rejected";
    const text = name === "rejected" ? job.message || say(name) : [say(name), job.message].filter(Boolean).join(" ");
    return el("li", `job is-${name}`, el("div", "what", el("b", "", job.path), el("span", "meta", text), el("span", "meta", counts(job))));
  }
  function counts(one) {
    return ["pages", "tables", "characters"]
      .filter((name) => one[name]).map((name) => say(name, { count: number(one[name]) })).join(" · ");
  }
  function row(one) {
    const view = el("a", "quiet", say("open"));
    view.href = `${API}/documents/${encodeURIComponent(one.id)}/view`;
    view.target = "_blank";
    view.rel = "noopener";
    // Deleting asks once more on the button itself.
    const sure = asked === one.id;
    const gone = button(`quiet danger${sure ? " sure" : ""}`, say(sure ? "sure" : "delete"), () => {
      if (sure) { asked = ""; remove(`documents/${encodeURIComponent(one.id)}`); return; }
      asked = one.id;
      draw();
      setTimeout(() => { if (asked === one.id) { asked = ""; draw(); } }, SURE_MS);
    });
    gone.dataset.key = one.id;
    if (!sure) gone.setAttribute("aria-label", say("delete_label", { title: one.title }));
    const name = one.path.split("/").pop();
    const day = new Date(one.added_at).toLocaleDateString(at.lang === "en" ? "en-GB" : "ko-KR");
    const meta = [name === one.title ? "" : name, counts(one), day].filter(Boolean).join(" · ");
    return el("li", "document", el("div", "what", el("b", "", one.title), el("span", "meta", meta)), el("div", "do", view, gone));
  }

  document.addEventListener("advisor:moved", (event) => {
    const was = at;
    at = event.detail;
    if (at.view !== "documents") { clearTimeout(timer); return; }
    if (was.view !== "documents" || was.waiting !== at.waiting) load();
    else if (was.lang !== at.lang) draw();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail !== "documents" || !root()) return;
    words = JSON.parse(root().dataset.words);
    load();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) load(); });
})();
