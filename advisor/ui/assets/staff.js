/* What the staff's views are made of: elements, controls, and who is signed in. `staff_view.js` has
   one view with its words and states. Words of records and people are put in as text, never as HTML. */
"use strict";

window.advisorStaff = (() => {
  let me = { signed_in: false, name: "", roles: [], organisation_id: "" };

  /* ---------- elements ---------- */
  const isThere = (one) => one !== null && one !== undefined && one !== "";
  function el(tag, name, ...inside) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.flat(Infinity).filter(isThere));
    return made;
  }
  function button(name, text, act, key = "") {
    const made = el("button", name, text);
    made.type = "button";
    if (key) made.dataset.key = key;
    made.addEventListener("click", act);
    return made;
  }
  /* The button that sends its form, which Enter in any field does too. */
  function submit(text, key) {
    return Object.assign(button("quiet strong", text, null, key), { type: "submit" });
  }
  /* A link; what leads out of the page opens beside it and is marked. */
  function link(address, text, { name = "quiet", outside = false } = {}) {
    const made = el("a", name, text);
    made.href = address;
    if (outside) {
      made.target = "_blank";
      made.rel = "noopener noreferrer";
      made.append(" ", Object.assign(el("span", "", "↗"), { ariaHidden: "true" }));
    }
    return made;
  }
  const isWeb = (address) => /^https?:\/\//.test(address || "");

  /* ---------- controls ---------- */
  /* A field to type in, of several lines where `rows` are given. `act` hears every key, or with
     `late` (and of a date always) only the finished value. */
  function input(value, { act = null, key = "", late = false, ...rest } = {}) {
    const made = Object.assign(el(rest.rows ? "textarea" : "input"), rest);
    if (rest.type !== "file") made.value = made.defaultValue = value ?? "";
    if (key) made.dataset.key = key;
    const event = late || rest.type === "date" ? "change" : "input";
    if (act) made.addEventListener(event, () => act(made.value));
    return made;
  }
  function select(options, value, { act = null, key = "" } = {}) {
    const made = el(
      "select",
      "",
      options.map(([id, text]) => new Option(text, id, id === value, id === value)),
    );
    if (key) made.dataset.key = key;
    if (act) made.addEventListener("change", () => act(made.value));
    return made;
  }
  function check(text, isOn, act, key) {
    const box = Object.assign(el("input"), { type: "checkbox", checked: isOn });
    box.dataset.key = key;
    box.addEventListener("change", () => act(box.checked));
    return el("label", "check", box, text);
  }
  /* A control with its label above it; `more` says what to know. */
  function field(label, control, more = "") {
    return el("label", "field", el("span", "name", label), control, more ? el("small", "", more) : null);
  }
  /* One of several, as chips: `options` are [id, text]. */
  function choices(label, options, value, act, key) {
    const made = el("div", "chips");
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", label);
    for (const [id, text] of options) {
      const one = button("quiet chip", text, () => act(id), `${key}-${id}`);
      one.setAttribute("aria-pressed", String(id === value));
      made.append(one);
    }
    return made;
  }
  /* Tabs: one stands in the tab order, arrows go to its neighbours. */
  function tabs(label, options, value, act) {
    const made = el("div", "sections");
    made.setAttribute("role", "tablist");
    made.setAttribute("aria-label", label);
    for (const [id, text] of options) {
      const one = button("tab", text, () => act(id), `tab-${id}`);
      one.setAttribute("role", "tab");
      one.setAttribute("aria-selected", String(id === value));
      one.tabIndex = id === value ? 0 : -1;
      made.append(one);
    }
    made.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const at = options.findIndex(([id]) => id === value);
      const next = options[(at + by + options.length) % options.length][0];
      const holder = made.closest(".staff"); // drawn anew by `act`
      act(next);
      holder.querySelector(`[data-key="tab-${CSS.escape(next)}"]`)?.focus();
    });
    return made;
  }

  /* ---------- components ---------- */
  function block(title, ...inside) {
    return el("section", "block", title ? el("h3", "", title) : null, inside);
  }
  const meta = (...parts) => el("span", "meta", parts.filter(isThere).join(" · "));
  const note = (...parts) => el("p", "meta", parts.filter(isThere).join(" · "));
  const badge = (kind, text) => el("span", `badge is-${kind}`, text);
  const ways = (...inside) => el("div", "ways", inside);
  const rows = (list, name = "rows") => el("ul", name, list);
  /* One line of a list: what it is, and at its end what can be done. */
  function row(what, aside = [], name = "") {
    const doing = [aside].flat().filter(isThere);
    return el("li", name, el("div", "what", what), doing.length ? el("div", "do", doing) : null);
  }
  /* A table that scrolls within itself, by keyboard too. */
  function table(heads, body, name = "") {
    const cell = (tag, one) => {
      const made = el(tag, typeof one === "number" ? "number" : "", typeof one === "number" ? number(one) : one);
      if (tag === "th") made.scope = "col";
      return made;
    };
    const head = el(
      "tr",
      "",
      heads.map((one) => cell("th", one)),
    );
    const lines = body.map((one) =>
      one instanceof Node
        ? one
        : el(
            "tr",
            "",
            one.map((part) => (part instanceof Node && part.tagName === "TH" ? part : cell("td", part))),
          ),
    );
    const made = el("div", "scroll", el("table", name, el("thead", "", head), el("tbody", "", lines)));
    made.tabIndex = 0;
    return made;
  }
  const number = (value) => Number(value).toLocaleString();

  /* ---------- who is signed in ---------- */
  const has = (...roles) => me.roles.some((role) => roles.includes(role));
  /* Whether the reader belongs to who runs the installation. */
  const runsIt = () => ["operator", ""].includes(me.organisation_id || "");
  /* Which links the header shows is a matter of roles; what they lead to asks the server itself. */
  async function know() {
    try {
      me = await (await fetch("api/v1/me", { cache: "no-store" })).json();
    } catch {
      return me; // the owner's links stand there anyway
    }
    document.documentElement.dataset.roles = me.roles.join(" ");
    document.documentElement.toggleAttribute("data-runs-it", runsIt());
    document.dispatchEvent(new Event("advisor:known"));
    return me;
  }
  know();

  return {
    el,
    button,
    submit,
    link,
    isWeb,
    input,
    select,
    check,
    field,
    choices,
    tabs,
    block,
    meta,
    note,
    badge,
    ways,
    rows,
    row,
    table,
    number,
    me: () => me,
    has,
    runsIt,
    know,
  };
})();
