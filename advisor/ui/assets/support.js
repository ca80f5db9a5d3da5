/* The view of support and plan in the browser: asks the server for it when it is shown or when
   the talk changed, and keeps what is chosen and ticked. Texts come from the server. */
"use strict";

(() => {
  const MAX_TICKED = 8;
  const open = new Set();  // folds by their heading, kept over a new drawing
  let chosen = { solution: "", cost: "", picked: [] };
  let at = { view: "talk", cid: "", waiting: true };

  function ask(change = {}) {
    if (at.view !== "support" || at.waiting) return;
    document.querySelector("#support")?.setAttribute("aria-busy", "true");
    window.advisorPage.emit("support", { ...chosen, ...change });
  }
  const key = (fold) => {
    const card = fold.closest(".program")?.querySelector("[data-tick]")?.dataset.tick;
    return card || `${fold.closest("[class^=group-]")?.className || ""}/${fold.querySelector("summary").textContent}`;
  };

  document.addEventListener("advisor:moved", (event) => {
    // A first fact gives the talk its id; what was chosen before belongs to it.
    if (at.cid && event.detail.cid !== at.cid) chosen = { solution: "", cost: "", picked: [] };
    at = event.detail;
    ask();
  });
  document.addEventListener("advisor:drawn", (event) => {
    if (event.detail !== "support") return;
    document.querySelector("#support")?.removeAttribute("aria-busy");
    document.querySelectorAll("#support details").forEach((fold) => { if (open.has(key(fold))) fold.open = true; });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.plan-for")) return;
    event.preventDefault();
    const form = new FormData(event.target);
    chosen = { ...chosen, solution: String(form.get("solution") || ""), cost: String(form.get("cost") || "") };
    ask();
  });
  document.addEventListener("change", (event) => {
    const id = event.target.dataset?.tick;
    if (!id) return;
    const rest = chosen.picked.filter((one) => one !== id);
    chosen = { ...chosen, picked: event.target.checked ? [...rest, id].slice(-MAX_TICKED) : rest };
    ask();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-support=again]")) ask();
    if (event.target.closest("[data-support=seen]")) ask({ seen: true });
    const button = event.target.closest("#support [data-keep], #support [data-drop]");
    if (button) ask({ keep: button.dataset.keep || "", drop: button.dataset.drop || "" });
  });
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!fold.closest?.("#support") || !fold.querySelector("summary")) return;
    fold.open ? open.add(key(fold)) : open.delete(key(fold));
  }, true);
})();
