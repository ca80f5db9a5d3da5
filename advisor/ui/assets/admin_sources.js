/* Section of the administration: public sources, their runs, and what a run found. */
"use strict";

(() => {
  const { el, button, input, field, ways, rows, row, badge, note, meta, number, block, has, runsIt } =
    window.advisorStaff;
  const { add, say, moment, nothing, ask, act, again } = window.advisorAdmin;
  const POLL_MS = 1500,
    MOST_ITEMS = 30;
  const OUTCOMES = ["added", "changed", "closed", "missing", "unchanged", "past", "failed"];
  const TOLD = ["added", "changed", "closed", "missing"];
  const since = {}; // from which day each source is to be read, as typed

  add("sources", {
    who: () => runsIt() && has("curator", "administrator"),
    load: () => ask("sources"),
    draw(found) {
      if (found.some((one) => one.run?.state === "running")) again(POLL_MS);
      return found.length ? found.map(source) : [nothing(say("sources_none"), say("sources_none_more"))];
    },
  });

  function source(one) {
    const head = el("header", "head", el("h3", "", one.label), meta(one.name));
    if (!one.usable) return block("", head, el("p", "hint bad", say("lacks", { lacks: one.lacks })));
    const made = block("", head, note(last(one.last_run), calls(one)));
    if (one.last_run?.fault) made.append(el("p", "hint bad", one.last_run.fault));
    const day = input(since[one.name], {
      type: "date",
      key: `since-${one.name}`,
      act: (value) => {
        since[one.name] = value;
      },
    });
    const dry = button("quiet", say("dry"), () => begin(one, true), `dry-${one.name}`);
    const real = button("quiet strong", say("run"), () => begin(one, false), `run-${one.name}`);
    dry.disabled = real.disabled = one.run?.state === "running";
    made.append(ways(field(say("since"), day), real, dry));
    if (one.run) made.append(ran(one.run));
    return made;
  }
  function begin(one, isDry) {
    const from = since[one.name] ? { since: since[one.name] } : {};
    return act(() => ask(`sources/${encodeURIComponent(one.name)}/runs`, "POST", { dry_run: isDry, ...from }));
  }
  function calls(one) {
    const count = number(one.calls_today);
    return one.daily_calls ? say("calls_of", { count, most: number(one.daily_calls) }) : say("calls", { count });
  }
  const counted = (counts, names) =>
    names
      .filter((name) => counts[name])
      .map((name) => `${say(name)} ${number(counts[name])}`)
      .join(", ");
  function last(run) {
    if (!run) return say("never");
    const counts = counted(run.counts, ["seen", ...OUTCOMES]);
    return [say("last", { at: moment(run.started_at) }), say(`run_${run.state}`), counts].filter(Boolean).join(" · ");
  }
  function ran(run) {
    if (run.state === "running") {
      const seen = number(run.seen);
      return el(
        "p",
        "hint",
        run.total ? say("running_of", { seen, total: number(run.total) }) : say("running", { seen }),
      );
    }
    const made = el("details", "fold", el("summary", "", say(run.is_dry ? "dry_ended" : "run_ended")));
    made.open = true;
    if (run.problem) made.append(el("p", "hint bad", run.problem));
    if (!run.report) return made;
    const items = run.report.items.filter((one) => TOLD.includes(one.outcome));
    made.append(
      note(counted(run.report.counts, Object.keys(run.report.counts)) || say("nothing_new")),
      rows(items.slice(0, MOST_ITEMS).map(item)),
    );
    if (items.length > MOST_ITEMS) made.append(note(say("more", { count: number(items.length - MOST_ITEMS) })));
    const failures = run.report.failures.slice(0, MOST_ITEMS);
    if (failures.length)
      made.append(el("h4", "", say("troubles")), rows(failures.map((one) => row(`${one.where}: ${one.reason}`))));
    return made;
  }
  function item(one) {
    const changes = one.changes.map((change) =>
      meta(`${change.label}: ${change.before || say("empty")} → ${change.after || say("empty")}`),
    );
    const more = meta(one.record_id, one.draft ? say("draft_made", { id: one.draft }) : "", one.note);
    return row([el("b", "", one.title), changes, more], badge(one.outcome, say(one.outcome)));
  }
})();
