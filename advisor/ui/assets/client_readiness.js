/* Tab of a client: the readiness as it stands, results over time compared, and answers by item. */
"use strict";

(() => {
  const { el, button, input, select, field, table, block, ways, rows, row, meta, note } = window.advisorStaff;
  const { say, moment, draw } = window.advisorClients;
  const page = window.advisorClient;
  const { act, ask, attempt, edit, editing, itemOf, leveled } = page;
  let comparison = null; // {before, after, found}

  page.add("readiness", {
    draw: (one) => [
      now(one.now),
      block(say("over_time"), results(one), comparing(one)),
      answers(one),
      page.history_of("item"),
    ],
    async load(one) {
      const all = dated(one);
      if (!comparison && all.length > 1) await compare(all.at(-2).id, all.at(-1).id);
    },
    forget() {
      comparison = null;
    },
  });

  function now(result) {
    if (!result) return block(say("now"), el("p", "big", say("no_answers")), note(say("now_more")));
    const level = result.level === null ? say("no_level") : `L${result.level} ${result.level_name}`;
    const points = note(
      result.overall === null ? "" : say("score", { score: result.overall }),
      say("confidence", { value: result.confidence.toFixed(2) }),
      say("covered", { value: `${Math.round(result.coverage * 100)}%` }),
      result.contradictions ? say("contradictions", { count: result.contradictions }) : "",
    );
    const keep = () => act("/diagnoses", "POST", {}, say("kept_now"));
    return block(
      say("now"),
      el("p", "big", level),
      points,
      note(say("now_more")),
      ways(button("quiet strong", say("keep_now"), keep, "keep-now")),
    );
  }
  function results(one) {
    if (!one.diagnoses.length) return note(say("over_none"));
    const list = one.diagnoses.map((each) => {
      const score = each.overall === null ? "" : ` · ${say("score", { score: each.overall })}`;
      const level = each.level === null ? say("no_level") : `L${each.level} ${each.level_name}${score}`;
      return row([
        el("b", "", level),
        meta(say("by_at", { by: each.by ? page.by(each.by) : say("of_owner"), at: moment(each.at) })),
      ]);
    });
    return rows(list.reverse());
  }

  /* ---------- two results compared ---------- */
  const dated = (one) => [...one.diagnoses, ...(one.now ? [{ id: "now", ...one.now }] : [])];
  async function compare(before, after) {
    comparison = { before, after, found: await ask(`/comparison?before=${before}&after=${after}`) };
  }
  function comparing(one) {
    const all = dated(one);
    if (all.length < 2) return null;
    const options = all.map((each) => [
      each.id,
      each.id === "now" ? say("now") : `${moment(each.at)} ${each.level === null ? "" : `L${each.level}`}`,
    ]);
    const again = async () => {
      if (await attempt(() => compare(before.value, after.value))) draw();
    };
    const before = select(options, comparison?.before ?? all.at(-2).id, { key: "before", act: again });
    const after = select(options, comparison?.after ?? all.at(-1).id, { key: "after", act: again });
    return el(
      "div",
      "compare",
      el("h3", "", say("compare")),
      el("div", "grid", field(say("before"), before), field(say("after"), after)),
      comparison ? compared(comparison.found) : null,
    );
  }
  function compared(found) {
    const heads = ["field", "before", "after", "difference"].map((one) => say(one));
    const lines = [
      difference(say("overall"), found.overall),
      ...found.dimensions.map((one) => difference(one.name, one)),
    ];
    const changed = found.items.map((one) =>
      row([el("b", "", `${one.id} ${one.label}`), meta(`${leveled(one.before)} → ${leveled(one.after)}`)]),
    );
    return [
      table(heads, lines, "numbers"),
      found.is_same_version ? null : note(say("other_version")),
      changed.length ? [el("p", "meta strong", say("changed_items", { count: changed.length })), rows(changed)] : null,
    ];
  }
  function difference(name, one) {
    const score = (value) => (value === null ? "–" : value.toFixed(1));
    const change = one.difference === null ? "–" : `${one.difference > 0 ? "+" : ""}${one.difference.toFixed(1)}`;
    const way = one.difference > 0 ? "up" : one.difference < 0 ? "down" : "";
    return el(
      "tr",
      "",
      Object.assign(el("th", "", name), { scope: "row" }),
      el("td", "", score(one.before)),
      el("td", "", score(one.after)),
      el("td", way, change),
    );
  }

  /* ---------- answers by item ---------- */
  function answers(one) {
    const given = one.answers.map((answer) => line(answer.item, answer)).filter(Boolean);
    const isGiven = (name) => one.answers.some((answer) => answer.item === name);
    const left = one.open_items
      .filter((name) => !isGiven(name))
      .map((name) => line(name, null))
      .filter(Boolean);
    const fold = left.length
      ? page.fold("open-items", "fold inner", say("open_items", { count: left.length }), rows(left))
      : null;
    return block(say("answers"), given.length ? rows(given) : null, fold);
  }
  function line(name, answer) {
    const item = itemOf(name);
    if (!item) return null;
    const what = [
      el("span", "name", `${name} ${item.label}`),
      el("b", "", answer ? said(item, answer) : item.question),
      answer ? grounds(answer) : null,
    ];
    const doing = [
      button("quiet", say("edit"), () => edit(name), `edit-${name}`),
      answer?.is_entered
        ? button("quiet", say("take_back"), () => act(`/answers/${name}`, "PUT", {}), `undo-${name}`)
        : null,
    ];
    const made = row(what, doing, answer?.is_entered ? "entered" : "");
    if (editing() === name) made.append(judging(item, answer));
    return made;
  }
  function said(item, answer) {
    const level = answer.value === null ? "" : item.levels.find((one) => one.value === answer.value)?.text;
    return [leveled(answer), level].filter(Boolean).join(" · ");
  }
  function grounds(answer) {
    return meta(
      answer.is_entered ? say("src_상담사", { by: page.by(answer.by) }) : "",
      page.form().grades[answer.grade] || "",
      answer.reason ? say("reason_is", { reason: answer.reason }) : "",
      answer.said ? say("said", { value: leveled(answer.said) }) : "",
      answer.note,
    );
  }
  function judging(item, answer) {
    const levels = item.levels.map((one) => [String(one.value), `${one.value}. ${one.text}`]);
    const options = [...levels, ["unknown", say("a_unknown")], ...(item.can_be_na ? [["na", say("a_na")]] : [])];
    const chosen = answer ? (answer.value === null ? answer.status : String(answer.value)) : "0";
    const level = select(options, chosen, { key: `level-${item.id}` });
    const grade = select(Object.entries(page.form().grades), answer?.grade || "detail", { key: `grade-${item.id}` });
    const reason = input("", { maxLength: 1000, key: `why-${item.id}` });
    const keep = () => {
      const isLevel = /^\d$/.test(level.value);
      const value = isLevel
        ? { status: "answered", value: Number(level.value), grade: grade.value }
        : { status: level.value, value: null, grade: null };
      act(`/answers/${item.id}`, "PUT", { ...value, reason: reason.value });
    };
    return el(
      "div",
      "typing",
      note(item.question),
      el("div", "grid", field(say("level_pick"), level), field(say("grade"), grade), field(say("reason"), reason)),
      ways(button("quiet strong", say("save"), keep, `judge-${item.id}`)),
    );
  }
})();
