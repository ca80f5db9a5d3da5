/* Tabs of a client: support and the funding plan, and the sheet to prepare a visit. */
"use strict";

(() => {
  const { el, button, input, select, field, table, block, ways, rows, row, meta, note } = window.advisorStaff;
  const clients = window.advisorClients,
    page = window.advisorClient;
  const { say, day, waiting } = clients;
  const { act, ask, show, download, named, won } = page;
  const VISIT = ["docx", "hwpx", "md"];
  let outlook = null,
    visit = null,
    chosen = null,
    chosenOf = "";

  const digits = (text) => Number(String(text).replace(/[^\d]/g, "")) || null;
  page.add("plan", {
    draw: (one) => (outlook ? [money(one), ...support()] : [waiting(say("loading_one"))]),
    async load(one) {
      if (chosenOf !== one.id || !chosen)
        chosen = { solution: one.plan_for || "", cost: one.plan_for ? one.plan_cost_krw : null };
      chosenOf = one.id;
      if (outlook) return;
      const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
      outlook = await ask(`/outlook?${query}`);
    },
    forget() {
      outlook = null;
    },
  });
  page.add("visit", {
    draw: () => (visit ? sheet() : [waiting(say("visit_loading"))]),
    async load() {
      visit = visit || (await ask("/visit"));
    },
    forget() {
      visit = null;
    },
  });

  /* ---------- support ---------- */
  function support() {
    const { saved, programs, ask_next: asks, actions, papers } = outlook;
    const due = (each) => (each.by ? say("by_day", { day: day(each.by) }) : "");
    return [
      block(say("saved_programs"), saved.length ? rows(saved.map(program)) : note(say("saved_none"))),
      block(say("programs", { count: outlook.programs_count }), rows(programs.map(program))),
      asks.length
        ? block(
            say("ask_next"),
            rows(
              asks.map((each) => row([el("b", "", named(each.field)), meta(say("settles", { count: each.count }))])),
            ),
          )
        : null,
      block(say("actions"), rows(actions.map((each) => row([el("b", "", each.what), meta(due(each), each.why)])))),
      block(
        say("papers"),
        papers.length
          ? rows(
              papers.map((each) =>
                row([
                  el("b", "", each.name),
                  meta(due(each), each.is_usual ? say("usual") : "", each.programs.join(", ")),
                ]),
              ),
            )
          : note(say("papers_none")),
      ),
    ];
  }
  function windowed(one) {
    if (!one) return "";
    const until = one.state === "open" && one.closes_on ? say("until", { day: day(one.closes_on) }) : "";
    const from = one.state === "upcoming" && one.opens_on ? say("from", { day: day(one.opens_on) }) : "";
    return [say(`w_${one.state}`), until, from].filter(Boolean).join(" · ");
  }
  function program(one) {
    return row(
      [el("b", "", one.title), meta(windowed(one.window), one.why)],
      el("span", `badge v-${one.verdict}`, say(`v_${one.verdict}`)),
    );
  }

  /* ---------- money ---------- */
  function money(one) {
    const { plan } = outlook;
    if (!plan) return block(say("plan"), note(say("no_plan")));
    const solution = select(
      outlook.solutions.map((each) => [each.id, each.title]),
      chosen.solution || outlook.solution,
      { key: "solution" },
    );
    const cost = input(chosen.cost || plan.project_cost_krw, { inputMode: "numeric", maxLength: 20, key: "cost" });
    const read = () => {
      chosen = { solution: solution.value, cost: digits(cost.value) };
    };
    const again = () => {
      read();
      outlook = null;
      clients.forget();
      show("plan");
    };
    const keep = () => {
      read();
      act("/plan", "PUT", chosen, say("plan_kept"));
    };
    const drop = () => {
      chosen = null;
      act("/plan", "PUT", {});
    };
    return block(
      `${say("plan")}${one.plan_for ? ` · ${say("plan_settled")}` : ""}`,
      el("div", "grid", field(say("plan_for"), solution), field(say("cost"), cost)),
      ways(
        button("quiet strong", say("keep_plan"), keep, "keep-plan"),
        button("quiet", say("calculate"), again, "calculate"),
        one.plan_for ? button("quiet", say("drop_plan"), drop, "drop-plan") : null,
      ),
      table(
        ["line", "amount", "basis"].map((each) => say(each)),
        moneyLines(plan),
        "numbers money",
      ),
      plan.assumptions.length
        ? el(
            "ul",
            "dots",
            plan.assumptions.map((each) => el("li", "", each)),
          )
        : null,
    );
  }
  function moneyLines(plan) {
    // A tax credit comes later and is no part of what adds up to the cost.
    const isLater = (each) => each.kind === "tax_credit",
      titled = (each) => outlook.titles[each.record_id] || each.kind;
    const own = [
      ["own_cash", plan.own_cash_krw],
      ["own_in_kind", plan.own_in_kind_krw],
    ].filter(([, amount]) => amount);
    const total = moneyLine(say("total"), plan.project_cost_krw, "");
    total.className = "total";
    return [
      ...plan.lines
        .filter((each) => !isLater(each))
        .map((each) => moneyLine(titled(each), each.amount_krw, [each.basis, each.certain ? "" : say("not_certain")])),
      ...own.map(([name, amount]) => moneyLine(say(name), amount)),
      total,
      ...plan.lines
        .filter(isLater)
        .map((each) => moneyLine(`${say("tax")}: ${titled(each)}`, each.amount_krw, [each.basis])),
    ];
  }
  function moneyLine(name, amount, basis = []) {
    const head = Object.assign(el("th", "", name), { scope: "row" });
    return el("tr", "", head, el("td", "", won(amount)), el("td", "basis", [basis].flat().filter(Boolean).join(" · ")));
  }

  /* ---------- the visit ---------- */
  function sheet() {
    const files = VISIT.map((one) =>
      button("quiet", one.toUpperCase(), () => download(`/visit/${one}`), `visit-${one}`),
    );
    const lists = {
      worries: visit.worries.map((one) => [one]),
      facts: visit.facts.map((one) => [one.what, [one.ask, one.why].filter(Boolean).join(" ")]),
      items: visit.items.map((one) => [`${one.id} ${one.what}`, `${one.ask} (${one.why})`]),
      proofs: visit.proofs.map((one) => [one.name, one.what_for]),
      papers: visit.papers.map((one) => [one.name, one.what_for]),
      notes: visit.notes.map((one) => [one]),
    };
    const filled = Object.entries(lists).filter(([, list]) => list.length);
    const more = visit.left_out ? note(say("left_out", { count: visit.left_out })) : null;
    return [
      block(
        "",
        note(say("visit_lead")),
        ways(
          button("quiet strong", say("print"), () => download("/visit/pdf"), "visit-pdf"),
          files,
        ),
      ),
      block(
        "",
        filled.length ? filled.map(([name, list]) => listed(name, list)) : el("p", "", say("visit_nothing")),
        more,
      ),
    ];
  }
  function listed(name, list) {
    const kind = ["worries", "notes"].includes(name) ? "dots" : "ticks";
    return el(
      "div",
      "part-of-visit",
      el("h3", "", say(`visit_${name}`)),
      el(
        "ul",
        kind,
        list.map(([what, more]) => el("li", "", el("b", "", what), more ? meta(more) : null)),
      ),
    );
  }
})();
