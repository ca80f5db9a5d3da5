/* One draft of a record beside the notice it was read from: each field with where it stands there. */
"use strict";

window.advisorDraft = (id) => {
  const { el, button, link, isWeb, input, ways, badge, meta, note } = window.advisorStaff;
  const desk = window.advisorReview;
  const { say, moment, ask, act, sure, told, label, signer, signed } = desk;
  const DOUBTFUL = 0.6,
    LONG = 60,
    WORDS_BELOW_PX = 140,
    WIDE = matchMedia("(min-width: 1001px)");
  let sheet = null,
    typed = {},
    chosen = "",
    reason = "";

  async function load() {
    const found = await ask(`drafts/${id}`);
    if (!sheet) chosen = found.fields.find((one) => one.quote)?.name || "";
    if (sheet?.problems.length && !found.problems.length) found.problems = []; // corrected meanwhile
    sheet = found;
    return sheet;
  }
  function parts() {
    const isOpen = sheet.state === "open";
    const form = el(
      "div",
      "form",
      points("remarks", sheet.remarks),
      problems(),
      sheet.fields.map((one) => field(one, isOpen)),
    );
    return [head(), isOpen ? null : told(), el("div", "pair", form, beside()), isOpen ? deciding() : null];
  }
  function head() {
    const what = sheet.changes ? say("changes", { id: sheet.changes }) : say("new");
    const decided = sheet.decided_by ? say("decided", { by: sheet.decided_by, at: moment(sheet.decided_at) }) : "";
    const history = sheet.record_id
      ? button("quiet", say("history"), () => desk.show("versions", { record: sheet.record_id }), "to-history")
      : null;
    return el(
      "header",
      "",
      button("quiet back", `‹ ${say("back")}`, () => desk.show("drafts"), "back"),
      el("h2", "", sheet.title),
      el(
        "p",
        "meta",
        badge(sheet.state, say(sheet.state)),
        ` ${[what, decided, sheet.note].filter(Boolean).join(" · ")}`,
      ),
      history ? ways(history) : null,
    );
  }

  /* ---------- what to know before publishing ---------- */
  function points(kind, texts) {
    if (!texts.length) return null;
    return el(
      "section",
      `points${kind === "problems" ? " bad" : ""}`,
      el("h3", "", say(kind)),
      el(
        "ul",
        "",
        texts.map((one) => el("li", "", one)),
      ),
    );
  }
  function problems() {
    const known = (name) => sheet.fields.find((one) => one.name === name);
    const texts = sheet.problems.map(
      (one) => `${known(one.field) ? label(known(one.field)) : one.field}: ${one.reason}. ${one.fix}`,
    );
    return points("problems", texts);
  }

  /* ---------- fields ---------- */
  function field(one, isOpen) {
    const isLong = one.text.length > LONG || one.text.includes("\n");
    const lines = Math.min(6, Math.max(2, Math.ceil(one.text.length / 46), one.text.split("\n").length));
    const control = input(typed[one.name] ?? one.text, {
      ...(isLong ? { rows: lines } : {}),
      key: `field-${one.name}`,
      act: (text) => {
        typed[one.name] = text;
      },
    });
    control.disabled = !isOpen;
    control.addEventListener("focus", () => choose(one.name));
    const states = [isDoubtful(one) ? "doubtful" : "", one.text ? "" : "empty", chosen === one.name ? "chosen" : ""]
      .filter(Boolean)
      .join(" ");
    const made = el("label", `field ${states}`, el("span", "name", label(one)), control, found(one));
    made.dataset.name = one.name;
    return made;
  }
  const isDoubtful = (one) => one.found_by && one.found_by !== "staff" && one.confidence < DOUBTFUL;
  function found(one) {
    const percent = one.found_by && one.found_by !== "staff" ? ` ${Math.round(one.confidence * 100)}%` : "";
    const how = one.found_by ? say(one.found_by) + percent : say(one.text ? "derived" : "missing");
    const who = one.by ? `${one.by} ${moment(one.at)}` : "";
    const was = one.by ? (one.was ? say("was", { value: one.was }) : say("empty_was")) : "";
    const made = meta(how, one.page ? say("page", { page: one.page }) : "", who, was);
    if (one.quote)
      made.append(
        " ",
        button("link", say("show_quote"), () => choose(one.name, true), `quote-${one.name}`),
      );
    return made;
  }
  function choose(name, scroll = false) {
    if (chosen === name && !scroll) return;
    chosen = name;
    const place = desk.place();
    for (const one of place.querySelectorAll(".field")) one.classList.toggle("chosen", one.dataset.name === name);
    const old = place.querySelector(".beside"),
      fresh = beside(scroll || undefined);
    if (fresh.dataset.address && old?.dataset.address === fresh.dataset.address) {
      if (scroll) old.scrollIntoView({ block: "nearest" });
      return;
    }
    old?.replaceWith(fresh);
    if (scroll && !WIDE.matches) fresh.scrollIntoView({ block: "start" });
  }

  /* ---------- the notice ---------- */
  /* A fragment would also move the page on a phone, where the notice stands below the form. */
  /* An address with #words would scroll this page as well, and take the focus from it. */
  function showWords(frame) {
    const words = frame.contentDocument?.getElementById("words");
    if (words) frame.contentWindow.scrollTo(0, words.getBoundingClientRect().top - WORDS_BELOW_PX);
  }
  function beside(jump = WIDE.matches) {
    const one = sheet.fields.find((other) => other.name === chosen),
      { source } = sheet;
    const made = el("aside", "beside", el("h3", "", say("notice")));
    made.append(one?.quote ? el("blockquote", "", one.quote) : note(say(one ? "no_quote" : "pick")));
    if (source.document_id) {
      const query = new URLSearchParams();
      if (one?.quote) query.set("words", one.quote.slice(0, 1900));
      if (one?.page) query.set("page", one.page);
      const frame = Object.assign(el("iframe"), { title: say("notice") });
      frame.src = `api/v1/documents/${encodeURIComponent(source.document_id)}/view?${query}`;
      if (one?.quote && jump) frame.addEventListener("load", () => showWords(frame));
      made.dataset.address = frame.src;
      made.append(frame);
    } else made.append(note(say("no_document")));
    if (isWeb(source.url)) made.append(link(source.url, say("link"), { outside: true }));
    return made;
  }

  /* ---------- deciding ---------- */
  function deciding() {
    const why = input(reason, {
      maxLength: 1000,
      key: "note",
      placeholder: say("note"),
      act: (text) => {
        reason = text;
      },
    });
    why.setAttribute("aria-label", say("note"));
    return el(
      "div",
      "deciding",
      told(),
      ways(
        desk.signature(),
        why,
        button("quiet", say("save"), keep, "save"),
        sure("reject", "quiet danger", say("reject"), reject, say("reject_sure")),
        button("quiet strong", say("publish"), publish, "publish"),
      ),
    );
  }
  const before = (name) => sheet.fields.find((one) => one.name === name)?.text ?? "";
  const changed = () => Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== before(name)));
  /* Keeps what was typed, if anything was. */
  async function save() {
    const values = changed();
    if (!Object.keys(values).length) return;
    sheet = await ask(`drafts/${id}`, "PATCH", { values, by: signer(), revision: sheet.revision });
    // What was typed meanwhile is not kept yet.
    typed = Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== values[name]));
  }
  const keep = () => signed(() => act(save, say(Object.keys(changed()).length ? "saved" : "nothing")));
  const publish = () =>
    signed(async () => {
      let made = null;
      const done = await act(
        async () => {
          await save();
          made = await desk.ask(`drafts/${id}/publish`, "POST", { by: signer(), note: reason }).catch((error) => {
            if (error.problems?.length) sheet.problems = error.problems;
            throw error;
          });
          return made;
        },
        () => say("publish_done", { id: made.record_id, version: made.version }),
      );
      if (done) scrollTo({ top: 0 });
    });
  const reject = () =>
    signed(async () => {
      if (await act(() => ask(`drafts/${id}/reject`, "POST", { by: signer(), note: reason }), say("reject_done")))
        scrollTo({ top: 0 });
    });

  return { load, parts };
};
