/* The review desk in the browser: drafts, records to look at again, versions of a record.
   One draft beside its notice is drawn by `review_draft.js`. */
"use strict";

window.advisorReview = (() => {
  const {
    el,
    button,
    submit,
    input,
    select,
    field,
    choices,
    tabs,
    table,
    block,
    ways,
    rows,
    row,
    badge,
    meta,
    note,
    me,
    number,
  } = window.advisorStaff;
  const TABS = ["drafts", "stale", "versions"],
    NAME = "advisor-signer",
    MOST_STALE = 60;
  let tab = "drafts",
    filter = "open",
    days = 90,
    record = "",
    draft = null;

  const view = window.advisorStaff.view("review", {
    shell: () => !draft,
    load: () => (draft ? draft.load() : { drafts: loadDrafts, stale: loadStale, versions: loadVersions }[tab]()),
    top: () => (draft ? [] : [bar()]),
    parts: (found) => (draft ? draft.parts() : [view.told(), ...{ drafts, stale, versions }[tab](found)]),
  });
  const { say, lang, moment, ask, load, act, sure } = view;

  /* ---------- who signs ---------- */
  const signer = () => (me().signed_in && me().name ? me().name : localStorage.getItem(NAME) || "");
  function signature() {
    if (me().signed_in && me().name) return note(`${say("signer")}: ${me().name}`);
    const name = input(signer(), {
      maxLength: 100,
      autocomplete: "name",
      key: "signer",
      act: (text) => localStorage.setItem(NAME, text.trim()),
    });
    const made = el("label", "signer", el("span", "", say("signer")), name);
    made.title = say("signer_hint");
    return made;
  }
  /* Does something that is signed, once there is a name to sign with. */
  async function signed(run) {
    if (signer()) return run();
    view.tell(say("need_name"), { bad: true });
    return view.place().querySelector("[data-key=signer]")?.focus();
  }

  /* ---------- where one is ---------- */
  function bar() {
    return el(
      "div",
      "bar",
      tabs(
        say("tabs"),
        TABS.map((one) => [one, say(one)]),
        tab,
        (name) => show(name),
      ),
      signature(),
    );
  }
  function show(name, change = {}) {
    tab = name;
    draft = null;
    if ("record" in change) record = change.record;
    view.tell("", { quiet: true });
    load();
    scrollTo({ top: 0 });
  }
  function open(id) {
    draft = window.advisorDraft(id);
    view.tell("", { quiet: true });
    load();
    scrollTo({ top: 0 });
  }

  /* ---------- drafts ---------- */
  async function loadDrafts() {
    const [drafts_, documents] = await Promise.all([
      ask(filter === "open" ? "drafts?state=open" : "drafts"),
      ask("documents"),
    ]);
    return { drafts: drafts_, documents };
  }
  function drafts(found) {
    const again = (one) => {
      filter = one;
      load({ quiet: true });
    };
    const pick = choices(
      say("drafts"),
      [
        ["open", say("open_only")],
        ["all", say("all")],
      ],
      filter,
      again,
      "filter",
    );
    const list = found.drafts.length
      ? rows(found.drafts.map(line))
      : el("div", "empty", el("h3", "", say("none")), el("p", "", say("none_more")));
    return [block("", pick, list), maker(found.documents)];
  }
  function line(one) {
    const about = meta(
      one.changes ? say("changes", { id: one.changes }) : say("new"),
      say("fields", { count: one.fields }),
      one.doubtful ? say("doubtful", { count: one.doubtful }) : "",
      one.source.key,
      moment(one.created_at),
    );
    const who = one.decided_by
      ? meta(say("decided", { by: one.decided_by, at: moment(one.decided_at) }), one.note)
      : null;
    return row(
      [el("b", "", one.title), about, who],
      [badge(one.state, say(one.state)), button("quiet", say("look"), () => open(one.id), `draft-${one.id}`)],
    );
  }
  function maker(documents) {
    if (!documents.length) return block(say("make"), note(say("make_none")));
    const pick = select(
      documents.map((one) => [one.id, one.title]),
      documents[0].id,
      { key: "document" },
    );
    pick.setAttribute("aria-label", say("document"));
    const make = async () => {
      view.tell(say("making"));
      const done = await act(async () => open((await ask("drafts", "POST", { document_id: pick.value })).id));
      if (done) scrollTo({ top: 0 });
    };
    return block(say("make"), ways(pick, button("quiet strong", say("make_do"), make, "make")));
  }

  /* ---------- what to look at again ---------- */
  const loadStale = () => ask(`stale-records?days=${days}`);
  function stale(found) {
    const again = (value) => {
      days = Math.min(3650, Math.max(1, Number(value) || 90));
      load({ quiet: true });
    };
    const pick = el(
      "label",
      "signer",
      el("span", "", say("days")),
      input(days, { type: "number", min: "1", key: "days", late: true, act: again }),
    );
    if (!found.length) return [block("", pick), view.nothing(say("stale_none"), say("stale_none_more"))];
    const rest = found.length - MOST_STALE;
    return [
      block(
        "",
        pick,
        rows(found.slice(0, MOST_STALE).map(aged)),
        rest > 0 ? note(say("more", { count: number(rest) })) : null,
      ),
    ];
  }
  function aged(one) {
    const reasons = (lang() === "en" ? one.reasons_en : null) || one.reasons;
    const about = meta(say("checked", { day: one.checked_on }), say(one.confidence), one.id);
    return row(
      [el("b", "", one.title), meta(reasons.join(". ")), about],
      button("quiet", say("history"), () => show("versions", { record: one.id }), `stale-${one.id}`),
    );
  }

  /* ---------- versions of a record ---------- */
  const loadVersions = async () => (record ? ask(`records/${encodeURIComponent(record)}/versions`) : null);
  function versions(found) {
    const id = input(record, { key: "record", placeholder: "ai-voucher-2026" });
    const form = el(
      "form",
      "ways",
      field(say("record_id"), id),
      submit(say("history_do"), "history"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      record = id.value.trim();
      load({ quiet: true });
    });
    if (!found) return [block("", form)];
    if (!found.length) return [block("", form), view.nothing(say("history_none_title"), say("history_none"))];
    const [newest] = found;
    const shipped =
      newest.action === "release" ? null : ways(sure("back-0", "quiet danger", say("shipped"), () => rollback(0)));
    return [block("", form, rows(found.map((one) => version(one, one !== newest))), shipped)];
  }
  function version(one, isOld) {
    const head = el(
      "div",
      "head",
      el("b", "", `${say("version", { version: one.version })} · ${say(`act_${one.action}`)}`),
      meta(one.signed_by, moment(one.signed_at), one.note),
    );
    const can = isOld && ["publish", "rollback"].includes(one.action);
    if (can) head.append(sure(`back-${one.version}`, "quiet", say("rollback"), () => rollback(one.version)));
    return el("li", "version", head, one.changes.length ? difference(one.changes) : note(say("no_changes")));
  }
  function rollback(version_) {
    const put = () =>
      ask(`records/${encodeURIComponent(record)}/versions`, "POST", { version: version_, by: signer(), note: "" });
    return signed(() => act(put, (made) => say("rolled", { version: made.version })));
  }
  const label = (one) => (lang() === "en" ? one.label_en : one.label) || one.name || one.field;
  function difference(changes) {
    const lines = changes.map((one) => {
      const name = Object.assign(el("th", "", label(one)), { scope: "row" });
      return el(
        "tr",
        "",
        name,
        el("td", "old", one.before_text || plain(one.before)),
        el("td", "new", one.after_text || plain(one.after)),
      );
    });
    return table(
      ["field", "before", "after"].map((one) => say(one)),
      lines,
      "difference",
    );
  }
  function plain(value) {
    if (value === null || value === undefined) return "–";
    if (Array.isArray(value)) return value.map(plain).join("\n");
    if (typeof value === "object") return value.title || value.words || JSON.stringify(value);
    return String(value);
  }

  return { ...view, label, signer, signature, signed, show };
})();
