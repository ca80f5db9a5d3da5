/* One client company on the consultant's screen: its head, its tabs, and what every tab needs.
   A tab is added by a script of its own: how it draws, and what it fetches first. */
"use strict";

window.advisorClient = (() => {
  const { el, button, input, field, tabs: tabBar, ways, meta } = window.advisorStaff;
  const clients = window.advisorClients;
  const { say, draw, tell, told, moment } = clients;
  const TABS = ["overview", "facts", "readiness", "plan", "visit", "files"];
  const tabs = {}; // name -> {draw, load, forget}
  const folds = new Set(); // which folds stand open
  let id = "",
    tab = "overview",
    one = null,
    form = null,
    editing = "",
    isBusy = false;

  const ask = (address, method, body) => clients.ask(`/${id}${address}`, method, body);

  /* ---------- which client, which tab ---------- */
  function open(client) {
    if (client === id && one) return;
    id = client;
    one = null;
    tab = "overview";
    editing = "";
    forget();
  }
  async function load() {
    const mine = id;
    const [found, entry] = await Promise.all([ask(""), form ?? clients.ask("/form"), clients.knowPeople()]);
    if (mine !== id) return null;
    one = found;
    form = entry;
    await tabs[tab].load?.(one);
    return one;
  }
  async function show(name) {
    const mine = id;
    tab = name;
    draw();
    await attempt(async () => {
      await tabs[name].load?.(one);
    });
    if (mine === id && tab === name) draw();
  }
  /* What follows from facts and answers is worked out anew after they changed. */
  function forget() {
    for (const other of Object.values(tabs)) other.forget?.();
  }
  function edit(what) {
    editing = editing === what ? "" : what;
    draw();
  }

  /* ---------- doing something ---------- */
  async function attempt(run) {
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof clients.Problem)) throw error;
      tell(error.detail, { bad: true });
      return false;
    }
  }
  /* Sends a change, which gives the client as it is now. */
  async function act(address, method, body, done = say("saved")) {
    if (isBusy) return false;
    isBusy = true;
    const isDone = await attempt(async () => {
      const found = await ask(address, method, body);
      if (found?.id) one = found;
      forget();
      editing = "";
      clients.forget();
      tell(done, { quiet: true });
    });
    isBusy = false;
    await show(tab);
    return isDone;
  }
  async function download(address) {
    tell(say("making"));
    await attempt(async () => {
      await clients.take(`clients/${id}${address}`);
      tell(say("made"));
    });
  }

  /* ---------- drawing ---------- */
  const top = () => [button("quiet back", `‹ ${say("back")}`, () => clients.close(), "back")];

  function parts() {
    const options = TABS.map((name) => [name, say(`t_${name}`)]);
    const choose = (name) => {
      editing = "";
      tell("", { quiet: true });
      show(name);
    };
    const panel = el("div", "panel-of-tab", tabs[tab].draw(one));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", say(`t_${tab}`));
    return [head(), warning(), tabBar(say("tabs"), options, tab, choose), told(), panel, el("p", "fine", say("ai"))];
  }
  function head() {
    const level = one.level === null ? null : el("span", "", say("level", { level: one.level }));
    const about = el(
      "p",
      "meta",
      clients.stateOf(one.state),
      level,
      el("span", "", one.consultant || "–"),
      el("span", "", say(`origin_${one.origin}`)),
    );
    const next = el("p", "next-step", el("small", "", say("next")), clients.step(one), clients.due(one.step_on));
    return el("header", "head of-client", el("div", "", el("h2", "", one.name), about), next);
  }
  function warning() {
    if (one.state === "handed_over") {
      const by = one.handed_over_by ? say("handed", { by: one.handed_over_by }) : say("handed_admin");
      return el(
        "section",
        "notice",
        el("p", "", by),
        ways(button("quiet strong", say("take_over"), () => act("/take-over", "POST", {}), "take-over")),
      );
    }
    if (one.is_seen) return null;
    const code = input("", { maxLength: 40, key: "new-code" });
    const connect = button(
      "quiet strong",
      say("connect"),
      () => act("/share", "POST", { code: code.value }),
      "connect",
    );
    return el(
      "section",
      "notice",
      el("p", "", say("not_seen")),
      one.origin === "share" ? ways(field(say("new_code"), code), connect) : null,
    );
  }
  /* A fold that stays as the reader left it. */
  function fold(key, name, summary, ...inside) {
    const made = el("details", name, el("summary", "", summary), inside);
    made.open = folds.has(key);
    made.addEventListener("toggle", () => (made.open ? folds.add(key) : folds.delete(key)));
    return made;
  }

  /* ---------- values as people read them ---------- */
  const fieldOf = (name) => form.fields.find((each) => each.id === name);
  const itemOf = (name) => form.items.find((each) => each.id === name);
  const named = (name) => clients.names().fields[clients.lang()]?.[name] || fieldOf(name)?.label || name;
  const worded = (value) => clients.names().values[clients.lang()]?.[value] || value;
  const by = (name) => name || say("somebody");
  const byAt = (each) => say("by_at", { by: by(each.by), at: moment(each.at) });
  const leveled = (answer) =>
    answer.status === "answered" ? say("a_answered", { value: answer.value }) : say(`a_${answer.status}`);
  function shown(value, name) {
    if (Array.isArray(value)) return value.map(worded).join(", ");
    const unit = fieldOf(name)?.unit || "";
    if (typeof value !== "number") return String(worded(value));
    if (unit === "원") return won(value);
    const count = value >= 10_000 ? value.toLocaleString() : value;
    return clients.lang() === "en" ? `${count} ${clients.names().units.en[unit] || ""}`.trim() : `${count}${unit}`;
  }
  function won(amount) {
    if (amount === null || amount === undefined) return say("no_amount");
    if (clients.lang() === "en") return `${amount.toLocaleString()} KRW`;
    const parts_ = [
      [Math.floor(amount / 1e8), "억"],
      [Math.floor((amount % 1e8) / 1e4), "만"],
      [amount % 1e4, ""],
    ];
    const said = parts_.filter(([count]) => count).map(([count, unit]) => count.toLocaleString() + unit);
    return `${said.join(" ") || 0} 원`;
  }
  /* What was corrected and by whom, the newest first as it comes. */
  function history_of(kind) {
    const list = one.entries.filter((entry) => entry.kind === kind);
    if (!list.length) return null;
    const lines = list.map((entry) => {
      const label = kind === "fact" ? named(entry.key) : `${entry.key} ${itemOf(entry.key)?.label || ""}`;
      const value =
        entry.value === null
          ? say("taken_back")
          : kind === "fact"
            ? shown(entry.value, entry.key)
            : leveled(entry.value);
      return el(
        "li",
        "",
        el(
          "div",
          "what",
          el("b", "", `${label}: ${value}`),
          meta(byAt(entry), entry.reason ? say("reason_is", { reason: entry.reason }) : ""),
        ),
      );
    });
    return fold(`history-${kind}`, "block fold", say("history", { count: list.length }), el("ul", "rows", lines));
  }

  return {
    open,
    load,
    top,
    parts,
    ask,
    act,
    attempt,
    show,
    forget,
    edit,
    download,
    fold,
    history_of,
    fieldOf,
    itemOf,
    named,
    worded,
    by,
    byAt,
    leveled,
    shown,
    won,
    id: () => id,
    client: () => one,
    form: () => form,
    editing: () => editing,
    add: (name, section) => {
      tabs[name] = section;
    },
  };
})();
