"use strict";
// Tables sort by a click on a head; cases follow the filters above them.
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (!head) return;
    const at = head.cellIndex;
    const up = head.getAttribute("aria-sort") === "descending";
    for (const one of head.parentNode.children) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[at].dataset.v ?? row.cells[at].textContent;
    const rows = [...body.rows].sort((a, b) => {
      const x = value(a), y = value(b);
      const order = x !== "" && y !== "" && !isNaN(x) && !isNaN(y) ? x - y : x.localeCompare(y, "ko");
      return up ? order : -order;
    });
    body.append(...rows);
  });
}
for (const cases of document.querySelectorAll(".cases")) {
  const form = cases.querySelector(".filters");
  const none = cases.querySelector(".none");
  const all = [...cases.querySelectorAll(".case")];
  const show = () => {
    const state = form.querySelector(".state").value;
    const category = form.querySelector(".category")?.value ?? "";
    const words = form.querySelector(".find").value.trim().toLowerCase();
    let count = 0;
    for (const one of all) {
      const fits = (!state || one.dataset[state] === "1")
        && (!category || one.dataset.category === category)
        && (!words || one.textContent.toLowerCase().includes(words));
      one.hidden = !fits;
      count += fits;
    }
    none.hidden = count > 0;
    form.querySelector(".count").textContent = count.toLocaleString() + "건";
  };
  form.addEventListener("input", show);
  show();
}
