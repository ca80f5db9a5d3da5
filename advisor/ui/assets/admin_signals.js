/* Section of the administration: signals for policy, as charts with their tables. */
"use strict";

(() => {
  const { el, select, field, table, link, ways, note, number, block, has, runsIt } = window.advisorStaff;
  const { add, say, lang, load, ask } = window.advisorAdmin;
  let period = "";

  add("signals", {
    who: () => runsIt() && has("helpdesk", "curator", "administrator"),
    load: () => ask(`signals?${new URLSearchParams({ period, language: lang() })}`),
    draw(found) {
      const pick = select(
        found.periods.map((one) => [one, called(one)]),
        found.period.id,
        {
          key: "signals-period",
          act: (id) => {
            period = id;
            load({ quiet: true });
          },
        },
      );
      const query = new URLSearchParams({ period: found.period.id, language: lang() });
      const files = ["csv", "xlsx"].map((way) => link(`api/v1/signals/export/${way}?${query}`, say(way)));
      const isFew = found.consultations === null;
      const head = block(
        "",
        ways(field(say("period"), pick), files),
        note(isFew ? "" : say("counted", { count: number(found.consultations) }), found.how),
      );
      return isFew
        ? [head, block("", el("p", "", found.too_few))]
        : [head, el("div", "signals", found.tables.map(shown))];
    },
  });
  function called(id) {
    const [year, part] = id.split("-");
    if (part.startsWith("Q")) return say("quarter", { year, quarter: part.slice(1) });
    return say("month", { year, month: lang() === "en" ? part : Number(part) });
  }
  function shown(one) {
    if (!one.groups.length) return block(one.title, note(one.note), el("p", "", say("table_none")));
    return block(
      one.title,
      note(one.note),
      one.groups
        .map((group) => {
          const picture = el("div", "picture");
          picture.innerHTML = group.chart; // drawn by the server out of its own closed lists
          const counts = table(
            [say("group"), say("count")],
            group.rows.map((row) => [row.name, row.consultations]),
          );
          return [
            group.of ? el("h4", "", group.name) : "",
            picture,
            el("details", "fold", el("summary", "", say("as_table")), counts),
          ].filter(Boolean);
        })
        .flat(),
    );
  }
})();
