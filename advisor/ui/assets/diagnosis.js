/* The readiness view: saves each answer as it is given, asks for the result, fetches the report. */
"use strict";

(() => {
  const one = (selector) => document.querySelector(selector);
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
  const WIDE = matchMedia("(min-width: 1024px)");
  const smooth = () => (CALM.matches ? "auto" : "smooth");
  let shown = null;        // whose sheet is drawn: view, talk, language, readiness of the server
  let at = { view: "talk", cid: "", lang: "ko", waiting: true };
  let adopting = false;    // a diagnosis was begun: the talk's new id belongs to what is drawn
  let toTop = false;       // what is drawn next is another page, not the same one again

  /* What is drawn knows whose it is, also before the page has heard of a new talk. */
  const owner = () => one("#sheet .readiness")?.dataset.cid || at.cid;
  const emit = (name, data) => window.advisorPage.emit(name, data);
  const show = (action, mode = "") => emit("form", { cid: action === "open" ? at.cid : owner(), action, mode });
  const key = () => JSON.stringify([at.cid, at.lang, at.waiting]);

  document.addEventListener("advisor:moved", (event) => {
    at = event.detail;
    if (adopting && at.cid) { adopting = false; shown = key(); return; }
    if (at.view !== "diagnosis" || shown === key()) return;
    shown = key();
    show("open");
  });

  function answer(form, choice) {
    const data = new FormData(form);
    choice = choice || data.get("choice");
    if (!choice) return; // a note alone says nothing yet; it goes along with the choice
    emit("answer", {
      cid: owner(), item: form.dataset.item, choice,
      grade: String(data.get("grade")), note: String(data.get("note")), reason: String(data.get("reason")),
    });
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("#sheet form.item");
    if (!form) return;
    if (event.target.type === "file") attach(form, event.target);
    else answer(form);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a[data-jump]");
    if (!button) return;
    const { sheet, mode, jump, report, unfile, folds } = button.dataset;
    if (jump) {
      const section = document.getElementById(jump);
      if (!section) return;
      event.preventDefault();
      unfold(section);
      section.scrollIntoView({ block: "start", behavior: smooth() });
      section.focus({ preventScroll: true });
    } else if (unfile) {
      detach(button, unfile);
    } else if (folds) {
      const open = folds === "open", said = button.textContent;
      parts().forEach((one) => { one.open = open; });
      button.dataset.folds = open ? "close" : "open";
      button.textContent = button.dataset.other;
      button.dataset.other = said;
    } else if (report) {
      download(button, report);
    } else if (sheet === "clear") {
      const form = button.closest("form.item");
      form.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = false; });
      form.note.value = form.reason.value = "";
      answer(form, "not_asked");
    } else if (sheet) {
      toTop = true;
      if (sheet === "begin" && !owner()) adopting = true;
      show(sheet, mode);
    }
  });

  /* After the server has drawn a part. */
  new MutationObserver(() => {
    const needs = one("#progress .progress")?.dataset.needs;
    const reason = needs && document.getElementById(`item-${needs}`)?.querySelector(".reason");
    if (reason?.hidden) { reason.hidden = false; reason.querySelector("input").focus(); }
    if (toTop && one("#sheet .readiness")) { toTop = false; scrollTo({ top: 0 }); }
    const result = one("#sheet .readiness.result:not([data-laid])");
    if (result) {
      // Where there is room the main parts stand open; on a phone one opens what one wants.
      result.dataset.laid = "1";
      if (WIDE.matches) result.querySelectorAll("details[data-main]").forEach((fold) => { fold.open = true; });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* A folded source opens with all folds around it. */
  function unfold(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  const parts = () => document.querySelectorAll("#sheet .result details.part");

  /* Paper cannot be unfolded: what is printed is open, and as it was afterwards. */
  let shut = [];
  addEventListener("beforeprint", () => {
    shut = [...document.querySelectorAll("#sheet .result details:not([open])")];
    shut.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => { shut.forEach((fold) => { fold.open = false; }); shut = []; });

  /* ---------- evidence ---------- */
  const evidence = (id = "") => `api/v1/consultations/${encodeURIComponent(owner())}/evidence${id && `/${encodeURIComponent(id)}`}`;
  async function refusal(response, files) {
    try { return (await response.json()).detail || files.dataset.attachFailed; } catch { return files.dataset.attachFailed; }
  }
  async function attach(form, input) {
    const files = input.closest(".files"), line = files.querySelector(".hint");
    const chosen = [...input.files];
    input.value = "";
    line.classList.remove("bad");
    for (const file of chosen) {
      line.textContent = files.dataset.attaching.replace("{name}", file.name);
      try {
        const query = new URLSearchParams({ item: form.dataset.item, name: file.name });
        const response = await fetch(`${evidence()}?${query}`, { method: "POST", body: file });
        if (!response.ok) { line.textContent = await refusal(response, files); line.classList.add("bad"); return; }
        const kept = await response.json();
        files.querySelector(".names").append(row(files, kept));
        if (form.grade.value !== kept.grade) form.grade.value = kept.grade;
        line.textContent = files.dataset.attached;
      } catch {
        line.textContent = files.dataset.attachFailed;
        line.classList.add("bad");
        return;
      }
    }
  }
  function row(files, kept) {
    const item = document.createElement("li"), link = document.createElement("a");
    const about = document.createElement("small"), out = document.createElement("button");
    link.href = evidence(kept.id);
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = kept.name;
    about.textContent = at.lang === "en" ? kept.shown_size : `${kept.kind}, ${kept.shown_size}`;
    out.type = "button";
    out.className = "link";
    out.dataset.unfile = kept.id;
    out.textContent = files.dataset.takeOut;
    out.setAttribute("aria-label", files.dataset.remove.replace("{name}", kept.name));
    item.append(link, " ", about, " ", out);
    return item;
  }
  async function detach(button, id) {
    const files = button.closest(".files"), line = files.querySelector(".hint");
    line.classList.remove("bad");
    try {
      const response = await fetch(evidence(id), { method: "DELETE" });
      if (!response.ok && response.status !== 404) { line.textContent = await refusal(response, files); line.classList.add("bad"); return; }
      button.closest("li").remove();
      line.textContent = files.dataset.removed;
      files.querySelector("input[type=file]").focus();
    } catch {
      line.textContent = files.dataset.attachFailed;
      line.classList.add("bad");
    }
  }

  async function download(button, format) {
    const line = button.closest(".downloads").querySelector(".hint");
    const whose = button.closest("#log") ? at.cid : owner();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    line.textContent = line.dataset.making;
    try {
      const response = await fetch("api/v1/report", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ consultation_id: whose, format }),
      });
      if (!response.ok) {
        line.textContent = (await response.json()).detail || line.dataset.failed;
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = /filename="([^"]+)"/.exec(response.headers.get("content-disposition"))?.[1] || `report.${format}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      line.textContent = line.dataset.made;
    } catch {
      line.textContent = line.dataset.failed;
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }
})();
