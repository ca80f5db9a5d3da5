/* One topic of the queue: who took it, what was asked, its answer with sources, its notes, its FAQ. */
"use strict";

window.advisorTopic = (first, { reason, close }) => {
  const { el, button, input, select, field, block, ways, rows, row, badge, meta, note, me } = window.advisorStaff;
  const { say, moment, call, attempt, tell, told, sure, draw, forget, waiting, tryOut, choices, isShown } =
    window.advisorDesk;
  const { copier, wording, usedPlaces, earlier } = window.advisorWording;
  const LIVE_EVERY_MS = 2000,
    LIVE_TRIES = 40,
    MOST_SOURCES = 10,
    SIGNER = "advisor-signer";
  const NO_SOURCE = { title: "", publisher: "", date: "", url: "" };
  // What is typed stays until it is saved, also while something else is done here.
  let sheet = null,
    typed = null,
    material = null,
    watching = 0;

  function begin(found) {
    sheet = found;
    typed = {
      question: found.question || found.label,
      answer: found.answer,
      note: "",
      why: "",
      sources: found.sources.length ? found.sources.map((one) => ({ ...NO_SOURCE, ...one })) : [{ ...NO_SOURCE }],
      category: found.faq?.category || choices().categories[0] || "",
      aliases: (found.faq?.aliases || []).join("\n"),
      confidence: found.faq?.confidence || "medium",
      signer: me().name || localStorage.getItem(SIGNER) || "",
    };
    material = null;
  }
  async function act(where, address, method, body, done = "") {
    const found = await attempt(where, () => call(`topics/${sheet.id}/${address}`, method, body));
    if (!found) return null;
    sheet = found;
    forget();
    tell(done, { where });
    return found;
  }

  function draw_() {
    const isOpen = sheet.state === "open";
    const left = el(
      "div",
      "column",
      isOpen ? taking() : null,
      questions(isOpen),
      block(say("earlier"), earlier(sheet.earlier, isOpen ? use : null)),
      notes(),
    );
    const right = el("div", "column", isOpen ? answering() : settled(), sheet.state === "answered" ? faq() : null);
    return [head(), el("div", "pair", left, right)];
  }
  function head() {
    const counts = `${say("count", { count: sheet.count })} · ${say("asked_all", { count: sheet.asked })}`;
    const back = button("quiet back", `‹ ${say("back")}`, close, "back");
    return el(
      "header",
      "topic",
      back,
      el("h3", "title", sheet.label),
      el("p", "meta", badge(sheet.state, say(`state_${sheet.state}`)), ` ${counts}`),
    );
  }

  /* ---------- who, what, notes ---------- */
  function taking() {
    const people = choices().people,
      isMine = sheet.assignee?.is_me;
    const now = people.find((one) => (isMine ? one.is_me : one.name === sheet.assignee?.name));
    const give = (to) => act("take", "assignee", "PUT", { to });
    const options = [["", say("nobody")], ...people.map((one) => [one.id, one.is_me ? say("me") : one.name])];
    const to = select(options, sheet.assignee && now ? now.id : "", { key: "assignee", act: (id) => give(id || null) });
    const press = isMine
      ? button("quiet", say("give_back"), () => give(null), "take")
      : button("quiet strong", say("take"), () => give("me"), "take");
    return block("", ways(field(say("assignee"), to), press), told("take"));
  }
  function questions(isOpen) {
    if (!sheet.questions.length) return block(say("questions"), note(say("questions_none")));
    const list = sheet.questions.map((one) => {
      const cited = one.records.length
        ? meta(say("cited", { titles: one.records.map((record) => record.title).join(", ") }))
        : null;
      const split = () => act("questions", "split", "POST", { question_id: one.id });
      const out = isOpen && sheet.questions.length > 1 ? button("quiet", say("split"), split, `split-${one.id}`) : null;
      return row([el("span", "", one.text), meta(reason(one.reason), moment(one.at)), cited], out);
    });
    return block(say("questions"), note(say("questions_lead")), rows(list), told("questions"));
  }
  function notes() {
    const list = sheet.notes.map((one) =>
      row([one.text ? el("span", "", one.text) : null, meta(say(`act_${one.act}`), one.by, moment(one.at))]),
    );
    const keep = async () => {
      if (!typed.note.trim() || !(await act("notes", "notes", "POST", { text: typed.note }))) return;
      typed.note = "";
      draw();
    };
    const text = input(typed.note, {
      rows: 2,
      maxLength: 2000,
      key: "note",
      act: (value) => {
        typed.note = value;
      },
    });
    return block(
      say("notes"),
      list.length ? rows(list) : null,
      field(say("note"), text),
      ways(button("quiet", say("note_add"), keep, "note-add")),
      told("notes"),
    );
  }

  /* ---------- answering ---------- */
  function answering() {
    const question = input(typed.question, {
      maxLength: 500,
      key: "settle-question",
      act: (value) => {
        typed.question = value;
      },
    });
    const answer = input(typed.answer, {
      rows: 6,
      maxLength: 6000,
      key: "settle-answer",
      act: (value) => {
        typed.answer = value;
      },
    });
    const made = block(
      say("settle"),
      field(say("settle_question"), question),
      field(say("settle_answer"), answer),
      sources(),
      ways(button("quiet strong", say("save"), save, "save"), button("quiet", say("material"), look, "material")),
      told("save"),
    );
    if (material === "busy") made.append(waiting(say("finding")));
    else if (material) made.append(material.length ? el("div", "hits", material.map(found)) : note(say("found_none")));
    made.append(closing());
    const closed = told("close");
    if (closed) made.append(closed);
    return made;
  }
  const found = (one) =>
    wording(
      one.wording,
      button("quiet", say("use_wording"), () => useWording(one.wording), `take-${one.record_id}`),
    );
  function sources() {
    const typing = (one, number, name) =>
      field(
        say(`source_${name}`),
        input(one[name], {
          type: name === "url" ? "url" : "text",
          maxLength: name === "url" ? 2000 : 300,
          key: `source-${number}-${name}`,
          act: (value) => {
            one[name] = value;
          },
        }),
      );
    const remove = (number) => {
      typed.sources.splice(number, 1);
      forget();
      draw();
    };
    const add = () => {
      typed.sources.push({ ...NO_SOURCE });
      draw();
    };
    return el(
      "fieldset",
      "sources",
      el("legend", "", say("sources")),
      typed.sources.map((one, number) =>
        el(
          "div",
          "origin",
          Object.keys(NO_SOURCE).map((name) => typing(one, number, name)),
          typed.sources.length > 1 ? button("link", say("source_less"), () => remove(number), `less-${number}`) : null,
        ),
      ),
      typed.sources.length < MOST_SOURCES ? button("link", say("source_more"), add, "source-more") : null,
    );
  }
  async function save() {
    const given = typed.sources.filter((one) => one.title || one.url);
    const sent = given.map((one) => ({
      title: one.title,
      publisher: one.publisher || null,
      date: one.date || null,
      url: one.url || null,
    }));
    await act(
      "save",
      "answer",
      "PUT",
      { question: typed.question, answer: typed.answer, sources: sent, revision: sheet.revision },
      say("saved"),
    );
  }
  async function look() {
    material = "busy";
    draw();
    material = await attempt("save", () => window.advisorSearch.search(typed.question, { k: 5 }));
    draw();
  }
  function use(one) {
    typed.answer = one.answer;
    if (one.sources.length) typed.sources = one.sources.map((source) => ({ ...NO_SOURCE, ...source }));
    forget();
    draw();
  }
  function useWording(one) {
    const said = one.lines.map((line) => (line.label ? `${line.label}: ${line.text}` : line.text)).join("\n");
    typed.answer = [typed.answer.trim(), said].filter(Boolean).join("\n");
    const places = usedPlaces(one).map((place) => ({
      title: [place.title, place.page ? say("page", { page: place.page }) : ""].filter(Boolean).join(" "),
      publisher: place.publisher || "",
      date: place.date || "",
      url: place.url || "",
    }));
    const known = typed.sources.filter((source) => source.title || source.url);
    const isKnown = (place) => known.some((source) => source.title === place.title && source.url === place.url);
    typed.sources = [...known, ...places.filter((place) => !isKnown(place))].slice(0, MOST_SOURCES);
    forget();
    draw();
  }
  function closing() {
    const why = input(typed.why, {
      maxLength: 2000,
      key: "why",
      act: (value) => {
        typed.why = value;
      },
    });
    const shut = async () => {
      if (!typed.why.trim()) tell(say("close_need"), { bad: true, where: "close" });
      else if (await act("close", "closing", "POST", { text: typed.why }, say("closed"))) typed.why = "";
    };
    return el("div", "closing", field(say("close_reason"), why), sure("close", "quiet danger", say("close"), shut));
  }
  function settled() {
    const cited = sheet.sources
      .map((one) => [one.title, one.publisher, one.date].filter(Boolean).join(", "))
      .join(" / ");
    const reopen = async () => {
      if (await act("save", "reopening", "POST", null, say("reopened"))) begin(sheet);
      draw();
    };
    return block(
      say("answer"),
      sheet.answer
        ? [el("p", "strong", sheet.question), el("p", "text", sheet.answer), note(cited)]
        : note(say("no_answer")),
      ways(
        sheet.answer ? copier("copy", sheet.answer, "copy-answer") : null,
        button("quiet", say("reopen"), reopen, "reopen"),
      ),
      told("save"),
      told("close"),
    );
  }

  /* ---------- its FAQ ---------- */
  function faq() {
    const list = el(
      "datalist",
      "",
      choices().categories.map((one) => new Option("", one)),
    );
    list.id = "desk-categories";
    const typing = (name, more = {}) =>
      input(typed[name], {
        key: name,
        act: (value) => {
          typed[name] = value;
        },
        ...more,
      });
    const category = typing("category", { maxLength: 60 });
    category.setAttribute("list", list.id);
    const levels = ["high", "medium", "low"].map((one) => [one, say(one)]);
    const confidence = select(levels, typed.confidence, {
      key: "confidence",
      act: (value) => {
        typed.confidence = value;
      },
    });
    const signer = typing("signer", {
      maxLength: 100,
      act: (value) => {
        typed.signer = value;
        localStorage.setItem(SIGNER, value.trim());
      },
    });
    const isNamed = me().signed_in && me().name;
    return block(
      say("faq"),
      note(say("faq_lead")),
      sheet.record_id ? note(say("faq_is", { id: sheet.record_id })) : null,
      el("div", "grid", field(say("category"), category), field(say("confidence"), confidence)),
      list,
      field(say("aliases"), typing("aliases", { rows: 2, placeholder: say("aliases_hint") })),
      isNamed ? null : field(say("signer"), signer),
      ways(button("quiet strong", say(sheet.record_id ? "publish_again" : "publish"), publish, "publish")),
      told("faq"),
      sheet.record_id && sheet.is_live ? live() : null,
    );
  }
  function live() {
    const line = el("p", "hint good", say("live", { question: sheet.question }));
    return [line, ways(button("quiet strong", say("try"), () => tryOut(sheet.question), "try"))];
  }
  async function publish() {
    const aliases = typed.aliases
      .split("\n")
      .map((one) => one.trim())
      .filter(Boolean);
    const body = { category: typed.category, aliases, confidence: typed.confidence, by: typed.signer };
    if (await act("faq", "faq", "POST", body, say("publishing"))) watch(++watching, 0);
  }
  /* Looks until the running service answers with it; the reader is told the moment it does. */
  async function watch(turn, tries) {
    if (turn !== watching || !isShown() || tries > LIVE_TRIES) return;
    let made = null;
    try {
      made = await call(`topics/${sheet.id}`);
    } catch {
      /* asked again below */
    }
    if (turn !== watching) return;
    if (!made?.is_live) {
      setTimeout(() => watch(turn, tries + 1), LIVE_EVERY_MS);
      return;
    }
    sheet = made;
    tell("");
    window.advisorPage.tell(say("live", { question: sheet.question }));
  }

  begin(first);
  return { draw: draw_ };
};
