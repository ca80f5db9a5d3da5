/* Sections of the administration: settings, the audit log, the switch and retention. */
"use strict";

(() => {
  const {
    el,
    button,
    submit,
    input,
    select,
    field,
    choices,
    table,
    ways,
    rows,
    row,
    badge,
    note,
    meta,
    number,
    block,
    has,
    runsIt,
  } = window.advisorStaff;
  const { add, say, lang, moment, nothing, ask, load, act, draw, tell, sure, place, Problem } = window.advisorAdmin;
  const administers = () => runsIt() && has("administrator");

  /* ---------- settings ---------- */
  let isAll = false;
  const meanings = () => JSON.parse(place().dataset.settings);
  add("settings", {
    who: administers,
    load: () => ask("settings"),
    draw(found) {
      const shown = isAll ? found : found.filter((one) => one.origin !== "default");
      const pick = choices(
        say("tab_settings"),
        [
          [false, say("set_only")],
          [true, say("all_settings")],
        ],
        isAll,
        (which) => {
          isAll = which;
          draw();
        },
        "settings",
      );
      return [
        block(
          "",
          note(say("settings_lead")),
          pick,
          shown.length ? rows(shown.map(setting), "rows settings") : el("p", "", say("settings_none")),
        ),
      ];
    },
  });
  function setting(one) {
    const meaning = lang() === "ko" ? meanings()[one.name.replace("ADVISOR_", "").toLowerCase()] : "";
    const value = one.is_secret ? say(one.is_set ? "secret_set" : "unset") : one.value || say("unset");
    return row(
      [el("code", "", one.name), meta(meaning || one.description)],
      [el("span", "value", value), badge(one.origin, say(one.origin))],
    );
  }

  /* ---------- audit log ---------- */
  const KINDS = [
    "account",
    "audit",
    "client",
    "consultation",
    "document",
    "draft",
    "faq",
    "job",
    "key",
    "question",
    "session",
    "setting",
    "share",
    "signal",
    "source",
    "switch",
  ];
  const ANY = { kind: "", action: "", actor: "", before: "" },
    PAGE = 100;
  let filter = { ...ANY };
  add("audit", {
    who: administers,
    open() {
      filter = { ...ANY };
    },
    load: () => ask(`audit?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value))}`),
    draw(lines) {
      const tools = block("", filters());
      if (!lines.length) return [tools, nothing(say("audit_none"), say("audit_none_more"))];
      const older = () => {
        filter.before = lines.at(-1).number;
        load({ quiet: true });
      };
      const heads = ["number", "at", "actor", "action", "object", "details"].map((one) => say(one));
      return [
        tools,
        block(
          "",
          table(heads, lines.map(audited), "audit"),
          lines.length === PAGE ? ways(button("quiet", say("older"), older, "older")) : null,
        ),
      ];
    },
  });
  function filters() {
    const kind = select([["", say("any")], ...KINDS.map((one) => [one, say(`kind_${one}`)])], filter.kind, {
      key: "audit-kind",
    });
    const text = (name, maxLength) => input(filter[name], { maxLength, autocomplete: "off", key: `audit-${name}` });
    const action = text("action", 60),
      actor = text("actor", 64);
    const form = el(
      "form",
      "ways filters",
      field(say("what"), kind),
      field(say("action"), action),
      field(say("actor"), actor),
      submit(say("show"), "audit-show"),
      button("quiet", say("verify"), verify, "audit-verify"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      filter = { kind: kind.value, action: action.value.trim(), actor: actor.value.trim(), before: "" };
      load({ quiet: true });
    });
    return form;
  }
  const done = (action) => (say(`did_${action}`) ? [say(`did_${action}`), el("code", "meta", ` ${action}`)] : action);
  function audited(one) {
    const who = one.actor_name ? `${one.actor_name} (${one.actor.slice(0, 8)})` : one.actor;
    return [
      String(one.number),
      moment(one.at),
      who,
      done(one.action),
      one.object,
      Object.entries(one.details)
        .map((pair) => pair.join("="))
        .join(" "),
    ];
  }
  async function verify() {
    try {
      const found = await ask("audit/verify");
      const said = found.is_whole
        ? say("whole", { lines: number(found.lines) })
        : say("broken", { at: number(found.broken_at), reason: found.reason });
      tell(said, { bad: !found.is_whole });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      tell(error.detail, { bad: true });
    }
  }

  /* ---------- switch and retention ---------- */
  let reason = "";
  add("switch", {
    who: administers,
    async load() {
      const [state, kept] = await Promise.all([ask("switch"), ask("retention")]);
      return { state, kept };
    },
    draw: ({ state, kept }) => [switching(state), keeping(kept)],
  });
  function switching(state) {
    const why = input(reason, {
      maxLength: 500,
      key: "switch-reason",
      placeholder: say("reason_hint"),
      act: (value) => {
        reason = value;
      },
    });
    const name = state.is_on ? "turn_off" : "turn_on";
    const put = () => {
      if (!reason.trim()) {
        tell(say("need_reason"), { bad: true });
        place().querySelector("[data-key=switch-reason]").focus();
        return;
      }
      act(
        () => ask("switch", "PUT", { is_on: !state.is_on, reason }),
        () => {
          reason = "";
          return say(state.is_on ? "is_off" : "is_on");
        },
      );
    };
    return block(
      "",
      el("h3", `switch ${state.is_on ? "on" : "off"}`, say(state.is_on ? "is_on" : "is_off")),
      state.at ? note(say("since_when", { at: moment(state.at), reason: state.reason })) : null,
      el("p", "", say("switch_lead")),
      ways(
        field(say("reason"), why),
        sure(`switch-${name}`, `quiet ${state.is_on ? "danger" : "strong"}`, say(name), put, say(`${name}_sure`)),
      ),
    );
  }
  function keeping(kept) {
    const last = kept.last_at
      ? say("retention_last", { at: moment(kept.last_at), count: number(kept.last_deleted || 0) })
      : say("retention_never");
    const run = () =>
      act(
        () => ask("retention", "POST"),
        (done) => say("retention_done", { count: number(done.consultations) }),
      );
    return block(
      say("retention"),
      el("p", "", say("kept", { days: number(kept.days) })),
      note(last, kept.next_at ? say("retention_next", { at: moment(kept.next_at) }) : ""),
      ways(sure("retention", "quiet danger", say("retention_run"), run, say("retention_sure"))),
    );
  }
})();
