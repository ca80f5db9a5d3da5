/* Section of the administration: signals for policy, as charts with their tables. */
"use strict";

(() => {
  const { sections, say, number, has, runsIt, el, field, table, load, ask, lang } = window.advisorAdmin;
  let period = "";

  sections.signals = {
    who: () => runsIt() && has("helpdesk", "curator", "administrator"),
    load: () => ask(`signals?${new URLSearchParams({ period, language: lang() })}`),
    draw(found) {
      const pick = el("select");
      for (const one of found.periods) { const option = el("option", "", called(one)); option.value = one; pick.append(option); }
      pick.value = found.period.id;
      pick.addEventListener("change", () => { period = pick.value; load({ quiet: true }); });
      const files = ["csv", "xlsx"].map((way) => {
        const link = el("a", "quiet", say(way));
        link.href = `api/v1/signals/export/${way}?${new URLSearchParams({ period: found.period.id, language: lang() })}`;
        return link;
      });
      const head = el("section", "block", el("div", "ways", field(say("period"), pick, "signals-period"), ...files),
        el("p", "meta", [found.consultations === null ? "" : say("counted", { count: number(found.consultations) }), found.how].filter(Boolean).join(" · ")));
      if (found.consultations === null) return [head, el("section", "block none", el("p", "", found.too_few))];
      return [head, el("div", "signals", ...found.tables.map(shown))];
    },
  };
  function called(id) {
    const [year, part] = id.split("-");
    return part.startsWith("Q") ? say("quarter", { year, quarter: part.slice(1) }) : say("month", { year, month: lang() === "en" ? part : Number(part) });
  }
  function shown(one) {
    const made = el("section", "block signal", el("h3", "", one.title), el("p", "meta", one.note));
    if (!one.groups.length) { made.append(el("p", "", say("table_none"))); return made; }
    for (const group of one.groups) {
      if (group.of) made.append(el("h4", "", group.name));
      const picture = el("div", "picture");
      picture.innerHTML = group.chart; // drawn by the server out of its own closed lists
      const rows = el("details", "", el("summary", "", say("as_table")), table([say("group"), say("count")], group.rows.map((row) => [row.name, row.consultations])));
      made.append(picture, rows);
    }
    return made;
  }
})();
