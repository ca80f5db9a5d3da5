/* The readiness view: saves each answer as it is given, asks for the result, fetches the report. */
"use strict";

(() => {
  const one = (selector) => document.querySelector(selector);
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
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
    if (form) answer(form);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { sheet, mode, jump, report } = button.dataset;
    if (jump) {
      const section = document.getElementById(jump);
      section?.scrollIntoView({ block: "start", behavior: smooth() });
      section?.focus({ preventScroll: true });
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
  }).observe(document.documentElement, { childList: true, subtree: true });

  async function download(button, format) {
    const line = one("#sheet .downloads .hint");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    line.textContent = line.dataset.making;
    try {
      const response = await fetch("api/v1/report", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ consultation_id: owner(), format }),
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
