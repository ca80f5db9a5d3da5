/* Sharing a talk with a consultant: asks for the list when the owner's own view is shown, sends what is
   pressed. Texts come from the server. */
"use strict";

(() => {
  let at = { view: "talk", cid: "", lang: "ko", waiting: true }, shown = "";

  document.addEventListener("advisor:moved", (event) => {
    at = event.detail;
    const key = `${at.cid}/${at.lang}`;
    if (at.view !== "mine" || at.waiting || key === shown) return;
    shown = key;
    window.advisorPage.emit("shares");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.share-form")) return;
    event.preventDefault();
    const recipient = String(new FormData(event.target).get("recipient") || "");
    window.advisorPage.emit("grant", { action: "create", recipient });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-revoke]");
    if (button) window.advisorPage.emit("grant", { action: "revoke", share_id: button.dataset.revoke });
  });
})();
