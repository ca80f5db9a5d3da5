/* Tab of a client: what is known of the company, each with its source, and corrections with a reason. */
"use strict";

(() => {
  const { el, button, input, select, field, block, ways, rows, row, meta, note } = window.advisorStaff;
  const { say, lang, moment } = window.advisorClients;
  const page = window.advisorClient;
  const { act, edit, editing, fieldOf, named, shown, worded } = page;

  page.add("facts", { draw: (one) => [known(one), more(one), page.history_of("fact")] });

  function known(one) {
    return block(
      "",
      note(say("facts_lead")),
      one.facts.length ? rows(one.facts.map(line)) : el("p", "", say("facts_none")),
    );
  }
  function line(fact) {
    const source = fact.is_entered ? say("src_상담사", { by: page.by(fact.by) }) : say(`src_${fact.source}`);
    const about = meta(
      source,
      fact.turn === null ? "" : say("question_no", { number: fact.turn + 1 }),
      moment(fact.at),
      fact.reason ? say("reason_is", { reason: fact.reason }) : "",
      fact.said === null ? "" : say("said", { value: shown(fact.said, fact.field) }),
    );
    const what = [
      el("span", "name", named(fact.field)),
      el("b", "", shown(fact.value, fact.field)),
      fact.quote ? el("q", "", fact.quote) : null,
      about,
    ];
    const doing = [
      fieldOf(fact.field)?.in_form ? button("quiet", say("edit"), () => edit(fact.field), `edit-${fact.field}`) : null,
      fact.is_entered
        ? button(
            "quiet",
            say("take_back"),
            () => act(`/facts/${fact.field}`, "PUT", { value: null }),
            `undo-${fact.field}`,
          )
        : null,
    ];
    const made = row(what, doing, fact.is_entered ? "entered" : "");
    if (editing() === fact.field) made.append(typing(fact.field, fact.value, !fact.is_entered || fact.said !== null));
    return made;
  }
  /* A fact that is not known yet is chosen as "+name". */
  function more(one) {
    const isKnown = (name) => one.facts.some((fact) => fact.field === name);
    const free = page
      .form()
      .fields.filter((other) => other.in_form && !isKnown(other.id))
      .map((other) => [other.id, named(other.id)]);
    const chosen = editing().startsWith("+") ? editing().slice(1) : "";
    const pick = select([["", say("choose")], ...free], chosen, {
      key: "more-fact",
      act: (name) => edit(name ? `+${name}` : ""),
    });
    return block(say("more_facts"), field(say("t_facts"), pick), chosen ? typing(chosen, "", false) : null);
  }

  function typing(name, value, needsReason) {
    const kind = fieldOf(name),
      [control, read] = entry(kind, value);
    const reason = input("", { maxLength: 1000, key: `reason-${name}` });
    const keep = () => act(`/facts/${name}`, "PUT", { value: read(), reason: reason.value });
    // Several ticks are no single control, so their name is no label of one.
    const isGroup = control.tagName === "SPAN";
    const typed = isGroup
      ? el("div", "field", el("span", "name", say("value")), control)
      : field(say("value"), control);
    return el(
      "div",
      "typing",
      kind.ask && lang() === "ko" ? note(kind.ask) : null,
      el("div", "grid", typed, needsReason ? field(say("reason"), reason) : null),
      ways(button("quiet strong", say("save"), keep, `keep-${name}`)),
    );
  }
  /* The control that a kind of fact is typed into, and how its value is read. */
  function entry(kind, value) {
    const isList = kind.type.startsWith("list");
    if (kind.allowed && isList) return boxes(kind.allowed, value || []);
    if (kind.allowed) {
      const control = select([["", say("choose")], ...kind.allowed.map((one) => [one, worded(one)])], value, {
        key: `value-${kind.id}`,
      });
      return [control, () => control.value];
    }
    const text = Array.isArray(value) ? value.join(", ") : value;
    const control = input(text, {
      maxLength: 200,
      key: `value-${kind.id}`,
      placeholder: isList ? say("list_hint") : kind.unit || "",
    });
    const split = () =>
      control.value
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);
    return [control, () => (isList ? split() : control.value.trim())];
  }
  function boxes(allowed, chosen) {
    const made = allowed.map((one) =>
      Object.assign(el("input"), { type: "checkbox", checked: chosen.includes(one), value: one }),
    );
    const control = el(
      "span",
      "boxes",
      made.map((box) => el("label", "check", box, worded(box.value))),
    );
    return [control, () => made.filter((box) => box.checked).map((box) => box.value)];
  }
})();
