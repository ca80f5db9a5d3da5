/* Sections of the administration: people, settings, the audit log, the switch and retention. */
"use strict";

(() => {
  const { sections, say, moment, number, has, runsIt, el, button, sure, field, table, nothing, ask, load, act, draw, me, hint } = window.advisorAdmin;
  const ROLES = ["owner", "consultant", "helpdesk", "curator", "administrator"];
  const administers = () => runsIt() && has("administrator");
  const text = (type = "text", most = 200) => { const made = el("input"); made.type = type; made.maxLength = most; made.autocomplete = "off"; return made; };

  /* ---------- people ---------- */
  let fresh = { login: "", name: "", email: "", organisation_id: "", roles: [] };
  sections.people = {
    who: () => has("administrator"),
    async load() {
      const [people, organisations] = await Promise.all([ask("accounts"), ask("organisations")]);
      return { people, organisations };
    },
    draw: ({ people, organisations }) => [
      people.length ? el("section", "block", el("ul", "rows", ...people.map(person))) : nothing("people_none", "people_none_more"),
      adding(organisations),
    ],
  };
  function roleBoxes(key, chosen, change) {
    const made = el("fieldset", "roles", el("legend", "", say("roles")));
    for (const role of ROLES) {
      const box = el("input");
      box.type = "checkbox";
      box.checked = chosen.includes(role);
      box.dataset.key = `${key}-${role}`;
      box.addEventListener("change", () => change(role, box.checked));
      made.append(el("label", "", box, say(role)));
    }
    return made;
  }
  const code = (answer) => say("code", { code: answer.code });
  function person(one) {
    const made = el("li", "person", el("div", "what", el("b", "", one.name, one.is_disabled ? el("span", "badge bad", say("closed_account")) : ""), el("span", "meta", [one.login, one.email].filter(Boolean).join(" · "))));
    for (const member of one.memberships) {
      if (!runsIt() && member.organisation_id !== me().organisation_id) continue;
      const roles = new Set(member.roles);
      const keep = () => act(() => ask(`accounts/${one.id}/roles`, "PUT", { roles: [...roles], organisation_id: member.organisation_id }), "roles_saved");
      made.append(el("div", "member", el("span", "meta", member.organisation), roleBoxes(`${one.id}-${member.organisation_id}`, member.roles, (role, on) => (on ? roles.add(role) : roles.delete(role))),
        button("quiet", say("save_roles"), keep, `save-${one.id}-${member.organisation_id}`)));
    }
    const closing = one.is_disabled
      ? button("quiet", say("enable"), () => act(() => ask(`accounts/${one.id}/disabled`, "PUT", { is_disabled: false }), "account_opened"), `enable-${one.id}`)
      : sure(`disable-${one.id}`, "quiet danger", say("disable"), say("disable_sure"), () => act(() => ask(`accounts/${one.id}/disabled`, "PUT", { is_disabled: true }), "account_closed"));
    made.append(el("div", "ways", sure(`reset-${one.id}`, "quiet", say("reset"), say("reset_sure"), () => act(() => ask(`accounts/${one.id}/reset`, "POST"), code)), closing));
    return made;
  }
  function adding(organisations) {
    const input = (name, type, most) => {
      const made = text(type, most);
      made.value = fresh[name];
      made.addEventListener("input", () => { fresh[name] = made.value; });
      return field(say(name), made, `new-${name}`);
    };
    const where = el("select");
    for (const one of organisations) { const option = el("option", "", one.name); option.value = one.id; where.append(option); }
    where.value = fresh.organisation_id || me().organisation_id || organisations[0]?.id || "";
    where.addEventListener("change", () => { fresh.organisation_id = where.value; });
    const form = el("form", "block", el("h3", "", say("add_person")),
      el("div", "grid", input("login", "text", 100), input("name", "text", 200), input("email", "email", 320), field(say("organisation"), where, "new-organisation")),
      roleBoxes("new", fresh.roles, (role, on) => { fresh.roles = on ? [...fresh.roles, role] : fresh.roles.filter((name) => name !== role); }),
      button("quiet strong", say("add"), () => form.requestSubmit(), "add-person"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(() => ask("accounts", "POST", { ...fresh, organisation_id: where.value }), (made) => { fresh = { login: "", name: "", email: "", organisation_id: "", roles: [] }; return code(made); });
    });
    return form;
  }

  /* ---------- settings ---------- */
  let all = false;
  sections.settings = {
    who: administers,
    load: () => ask("settings"),
    draw(found) {
      const shown = all ? found : found.filter((one) => one.origin !== "default");
      const ways = el("div", "ways", ...[false, true].map((which) => {
        const made = button("quiet", say(which ? "all_settings" : "set_only"), () => { all = which; draw(); }, `settings-${which}`);
        made.setAttribute("aria-pressed", String(all === which));
        return made;
      }));
      const rows = shown.map((one) => el("li", "", el("div", "what", el("code", "", one.name), el("span", "meta", one.description)),
        el("span", "value", one.is_secret ? say(one.is_set ? "secret_set" : "unset") : one.value || say("unset")), el("span", "badge", say(one.origin))));
      return [el("section", "block settings", el("p", "meta", say("settings_lead")), ways, rows.length ? el("ul", "rows", ...rows) : el("p", "", say("settings_none")))];
    },
  };

  /* ---------- audit log ---------- */
  const KINDS = ["account", "audit", "client", "consultation", "document", "draft", "faq", "job", "key", "question", "session", "setting", "share", "signal", "source", "switch"];
  const filter = { kind: "", action: "", actor: "", before: "" };
  sections.audit = {
    who: administers,
    open() { Object.assign(filter, { kind: "", action: "", actor: "", before: "" }); },
    load: () => ask(`audit?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value))}`),
    draw(lines) {
      const kind = el("select");
      for (const one of ["", ...KINDS]) { const option = el("option", "", one || say("any")); option.value = one; kind.append(option); }
      kind.value = filter.kind;
      const action = text("text", 60), actor = text("text", 64);
      action.value = filter.action;
      actor.value = filter.actor;
      const form = el("form", "ways", field(say("what"), kind, "audit-kind"), field(say("action"), action, "audit-action"), field(say("actor"), actor, "audit-actor"),
        button("quiet strong", say("show"), () => form.requestSubmit(), "audit-show"), button("quiet", say("verify"), verify, "audit-verify"));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        Object.assign(filter, { kind: kind.value, action: action.value.trim(), actor: actor.value.trim(), before: "" });
        load({ quiet: true });
      });
      if (!lines.length) return [el("section", "block", form), nothing("audit_none", "audit_none_more")];
      const rows = lines.map((one) => [String(one.number), moment(one.at), one.actor_name ? `${one.actor_name} (${one.actor.slice(0, 8)})` : one.actor, one.action, one.object, Object.entries(one.details).map(([name, value]) => `${name}=${value}`).join(" ")]);
      const older = lines.length === 100 ? button("quiet", say("older"), () => { filter.before = lines.at(-1).number; load({ quiet: true }); }, "older") : null;
      return [el("section", "block", form), el("section", "block", table(["#", say("at"), say("actor"), say("action"), say("object"), say("details")], rows), older)];
    },
  };
  async function verify() {
    try {
      const found = await ask("audit/verify");
      hint(found.is_whole ? say("whole", { lines: number(found.lines) }) : say("broken", { at: number(found.broken_at), reason: found.reason }), !found.is_whole);
    } catch (error) { hint(error.detail, true); }
    draw();
  }

  /* ---------- switch and retention ---------- */
  let reason = "";
  sections.switch = {
    who: administers,
    async load() {
      const [state, kept] = await Promise.all([ask("switch"), ask("retention")]);
      return { state, kept };
    },
    draw: ({ state, kept }) => [switching(state), keeping(kept)],
  };
  function switching(state) {
    const why = text("text", 500);
    why.value = reason;
    why.placeholder = say("reason_hint");
    why.addEventListener("input", () => { reason = why.value; });
    const name = state.is_on ? "turn_off" : "turn_on";
    const put = () => {
      if (!reason.trim()) { hint(say("need_reason"), true); draw(); document.querySelector("#switch-reason")?.focus(); return; }
      act(() => ask("switch", "PUT", { is_on: !state.is_on, reason }), () => { reason = ""; return say(state.is_on ? "is_off" : "is_on"); });
    };
    return el("section", "block", el("h3", `switch ${state.is_on ? "on" : "off"}`, say(state.is_on ? "is_on" : "is_off")),
      state.at ? el("p", "meta", say("since_when", { at: moment(state.at), reason: state.reason })) : null, el("p", "", say("switch_lead")),
      el("div", "ways", field(say("reason"), why, "switch-reason"), sure(`switch-${name}`, `quiet ${state.is_on ? "danger" : "strong"}`, say(name), say(`${name}_sure`), put)));
  }
  function keeping(kept) {
    const last = kept.last_at ? say("retention_last", { at: moment(kept.last_at), count: number(kept.last_deleted || 0) }) : say("retention_never");
    const next = kept.next_at ? say("retention_next", { at: moment(kept.next_at) }) : "";
    return el("section", "block", el("h3", "", say("retention")), el("p", "", say("kept", { days: number(kept.days) })), el("p", "meta", [last, next].filter(Boolean).join(" · ")),
      el("div", "ways", sure("retention", "quiet danger", say("retention_run"), say("retention_sure"), () => act(() => ask("retention", "POST"), (done) => say("retention_done", { count: number(done.consultations) })))));
  }
})();
