/* Sections of the administration: public sources with their runs, and the records that answer now. */
"use strict";

(() => {
  const { sections, say, moment, number, has, runsIt, el, button, field, nothing, ask, load, act, again, hint } = window.advisorAdmin;
  const keeps = () => runsIt() && has("curator", "administrator");
  const POLL_MS = 1500, MOST_ITEMS = 30, OUTCOMES = ["added", "changed", "closed", "missing", "unchanged", "past", "failed"];

  /* ---------- sources ---------- */
  const since = {};
  sections.sources = {
    who: keeps,
    load: () => ask("sources"),
    draw(found) {
      if (found.some((one) => one.run?.state === "running")) again(POLL_MS);
      return found.length ? found.map(source) : [nothing("sources_none", "sources_none_more")];
    },
  };
  function source(one) {
    const busy = one.run?.state === "running";
    const made = el("section", "block source", el("h3", "", `${one.label} `, el("span", "meta", one.name)));
    if (!one.usable) { made.append(el("p", "badge bad", say("lacks", { lacks: one.lacks }))); return made; }
    const calls = one.daily_calls ? say("calls_of", { count: number(one.calls_today), most: number(one.daily_calls) }) : say("calls", { count: number(one.calls_today) });
    made.append(el("p", "meta", [last(one.last_run), calls].join(" · ")));
    if (one.last_run?.fault) made.append(el("p", "hint bad", one.last_run.fault));
    const day = el("input");
    day.type = "date";
    day.value = since[one.name] || "";
    day.addEventListener("change", () => { since[one.name] = day.value; });
    const run = (isDry) => act(() => ask(`sources/${encodeURIComponent(one.name)}/runs`, "POST", { dry_run: isDry, ...(day.value ? { since: day.value } : {}) }));
    const dry = button("quiet", say("dry"), () => run(true), `dry-${one.name}`), real = button("quiet strong", say("run"), () => run(false), `run-${one.name}`);
    dry.disabled = real.disabled = busy;
    made.append(el("div", "ways", field(say("since"), day, `since-${one.name}`), dry, real));
    if (one.run) made.append(ran(one.run));
    return made;
  }
  function last(run) {
    if (!run) return say("never");
    const counts = ["seen", ...OUTCOMES].filter((name) => run.counts[name]).map((name) => `${say(name)} ${number(run.counts[name])}`).join(", ");
    return [say("last", { at: moment(run.started_at) }), say(`run_${run.state}`), counts].filter(Boolean).join(" · ");
  }
  function ran(run) {
    if (run.state === "running") {
      const line = el("p", "hint", run.total ? say("running_of", { seen: number(run.seen), total: number(run.total) }) : say("running", { seen: number(run.seen) }));
      line.setAttribute("role", "status");
      return line;
    }
    const made = el("details", "ran", el("summary", "", say(run.is_dry ? "dry_ended" : "run_ended")));
    made.open = true;
    if (run.problem) { const line = el("p", "hint bad", run.problem); line.setAttribute("role", "alert"); made.append(line); }
    if (!run.report) return made;
    const counts = Object.entries(run.report.counts).filter(([, count]) => count).map(([name, count]) => `${say(name)} ${number(count)}`).join(" · ");
    made.append(el("p", "meta", counts || say("nothing_new")));
    const items = run.report.items.filter((one) => ["added", "changed", "closed", "missing"].includes(one.outcome));
    made.append(el("ul", "rows", ...items.slice(0, MOST_ITEMS).map(item)));
    if (items.length > MOST_ITEMS) made.append(el("p", "meta", say("more", { count: number(items.length - MOST_ITEMS) })));
    if (run.report.failures.length) {
      made.append(el("h4", "", say("troubles")), el("ul", "rows", ...run.report.failures.slice(0, MOST_ITEMS).map((one) => el("li", "", el("span", "what", `${one.where}: ${one.reason}`)))));
    }
    return made;
  }
  function item(one) {
    const changes = one.changes.map((change) => el("span", "meta", `${change.label}: ${change.before || say("empty")} → ${change.after || say("empty")}`));
    const more = [one.record_id, one.draft ? say("draft_made", { id: one.draft }) : "", one.note].filter(Boolean).join(" · ");
    return el("li", "", el("div", "what", el("b", "", one.title), ...changes, el("span", "meta", more)), el("span", `badge is-${one.outcome}`, say(one.outcome)));
  }

  /* ---------- records ---------- */
  const look = { q: "", kind: "", offset: 0, record: "" };
  sections.corpus = {
    who: keeps,
    open() { look.record = ""; },
    load() {
      if (look.record) return ask(`corpus/${encodeURIComponent(look.record)}`);
      return ask(`corpus?${new URLSearchParams({ q: look.q, offset: look.offset, ...(look.kind ? { kind: look.kind } : {}) })}`);
    },
    draw: (found) => (look.record ? sheet(found) : list(found)),
  };
  const open = (id) => { look.record = id; hint(""); load(); scrollTo({ top: 0 }); };
  function list(found) {
    const words = el("input");
    words.type = "search";
    words.value = look.q;
    words.maxLength = 200;
    const form = el("form", "ways", field(say("search"), words, "admin-search"), button("quiet strong", say("find"), () => form.requestSubmit()));
    form.setAttribute("role", "search");
    form.addEventListener("submit", (event) => { event.preventDefault(); look.q = words.value.trim(); look.offset = 0; load({ quiet: true }); });
    const kinds = el("div", "ways");
    const everything = Object.values(found.counts).reduce((sum, one) => sum + one, 0);
    for (const [kind, count] of [["", everything], ...Object.entries(found.counts)]) {
      const one = button("quiet", kind ? `${say(kind)} ${number(count)}` : say("all", { count: number(count) }), () => { look.kind = kind; look.offset = 0; load({ quiet: true }); }, `kind-${kind}`);
      one.setAttribute("aria-pressed", String(look.kind === kind));
      kinds.append(one);
    }
    if (!found.records.length) return [el("section", "block", form, kinds), nothing("records_none", "records_none_more")];
    const rows = found.records.map((one) => el("li", one.reasons.length ? "stale" : "",
      el("div", "what", el("b", "", one.title), el("span", "meta", [say(one.kind), one.id, say("checked", { day: one.checked_on }), say(one.confidence)].join(" · ")), ...one.reasons.map((reason) => el("span", "meta warn", reason))),
      one.reasons.length ? el("span", "badge is-closed", say("stale")) : null,
      (() => { const link = button("quiet", say("show"), () => open(one.id), `open-${one.id}`); link.setAttribute("aria-label", `${say("show")}: ${one.title}`); return link; })()));
    const first = found.offset + 1, end = found.offset + found.records.length, step = (to) => { look.offset = to; load({ quiet: true }); scrollTo({ top: 0 }); };
    const pager = el("div", "ways", el("span", "meta", say("range", { count: number(found.count), first: number(first), last: number(end) })),
      found.offset ? button("quiet", say("earlier"), () => step(Math.max(0, found.offset - 100)), "earlier") : null,
      end < found.count ? button("quiet", say("later"), () => step(end), "later") : null);
    return [el("section", "block", form, kinds), el("section", "block", el("ul", "rows", ...rows), pager)];
  }
  function value(one) {
    if (Array.isArray(one)) return one.every((part) => typeof part !== "object") ? el("span", "", one.join(", ")) : el("ul", "inside", ...one.map((part) => el("li", "", value(part))));
    if (one && typeof one === "object") {
      const filled = Object.entries(one).filter(([, part]) => part !== null && part !== "" && !(Array.isArray(part) && !part.length));
      return el("dl", "inside", ...filled.flatMap(([name, part]) => [el("dt", "", name), el("dd", "", value(part))]));
    }
    return el("span", "", String(one));
  }
  function sheet(found) {
    const english = window.advisorAdmin.lang() === "en";
    const fields = el("dl", "fields", ...found.fields.map((one) => el("div", "", el("dt", "", (english ? one.label_en : one.label) || one.name), el("dd", "", value(one.value)))));
    const sources = found.sources.map((one) => {
      const name = one.url ? el("a", "", one.title) : el("b", "", one.title);
      if (one.url) { name.href = one.url; name.target = "_blank"; name.rel = "noopener noreferrer"; }
      const link = one.link ? say(`link_${one.link.state}`, { day: one.link.checked_on }) : one.url ? "" : say("no_address");
      return el("li", "", el("div", "what", name, el("span", "meta", [one.publisher, one.date, link].filter(Boolean).join(" · ")), one.supports ? el("span", "meta", one.supports) : null));
    });
    const versions = found.versions.map((one) => el("li", "", el("div", "what", el("b", "", say("version", { version: one.version, by: one.signed_by || one.by || "-", at: one.at ? moment(one.at) : "-" })), el("span", "meta", one.note || ""))));
    return [
      button("quiet", say("back"), () => { look.record = ""; load(); }, "back"),
      el("section", "block", el("h3", "", found.title), el("p", "meta", `${say(found.kind)} · ${found.id}`), fields),
      el("section", "block", el("h3", "", say("sources")), el("ul", "rows", ...sources)),
      el("section", "block", el("h3", "", say("versions")), versions.length ? el("ul", "rows", ...versions) : el("p", "meta", say("versions_none"))),
    ];
  }
})();
