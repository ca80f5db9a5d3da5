/* Section of the administration: people, their roles, and what is done to an account. */
"use strict";

(() => {
  const { el, button, submit, input, select, check, field, ways, rows, row, meta, block, badge, me, has, runsIt } =
    window.advisorStaff;
  const { add, say, nothing, ask, act, sure } = window.advisorAdmin;
  const ROLES = ["owner", "consultant", "helpdesk", "curator", "administrator"];
  const NOBODY = { login: "", name: "", email: "", organisation_id: "", roles: [] };
  let fresh = { ...NOBODY };

  add("people", {
    who: () => has("administrator"),
    async load() {
      const [people, organisations] = await Promise.all([ask("accounts"), ask("organisations")]);
      return { people, organisations };
    },
    draw: ({ people, organisations }) => [
      people.length ? block("", rows(people.map(person))) : nothing(say("people_none"), say("people_none_more")),
      adding(organisations),
    ],
  });

  const code = (answer) => say("code", { code: answer.code });
  function roleBoxes(key, chosen, change) {
    const boxes = ROLES.map((role) =>
      check(say(role), chosen.includes(role), (isOn) => change(role, isOn), `${key}-${role}`),
    );
    return el("fieldset", "roles", el("legend", "", say("roles")), boxes);
  }
  function person(one) {
    const name = el("b", "", one.name, one.is_disabled ? badge("failed", say("closed_account")) : null);
    const seen = one.memberships.filter((member) => runsIt() || member.organisation_id === me().organisation_id);
    return row([name, meta(one.login, one.email), seen.map((member) => membership(one, member))], doing(one), "person");
  }
  function membership(one, member) {
    const key = `${one.id}-${member.organisation_id}`,
      roles = new Set(member.roles);
    const keep = () =>
      ask(`accounts/${one.id}/roles`, "PUT", { roles: [...roles], organisation_id: member.organisation_id });
    const boxes = roleBoxes(key, member.roles, (role, isOn) => (isOn ? roles.add(role) : roles.delete(role)));
    return el(
      "div",
      "member",
      meta(member.organisation),
      boxes,
      button("quiet", say("save_roles"), () => act(keep, "roles_saved"), `save-${key}`),
    );
  }
  function doing(one) {
    const close = (isDisabled) => ask(`accounts/${one.id}/disabled`, "PUT", { is_disabled: isDisabled });
    return ways(
      sure(
        `reset-${one.id}`,
        "quiet",
        say("reset"),
        () => act(() => ask(`accounts/${one.id}/reset`, "POST"), code),
        say("reset_sure"),
      ),
      one.is_disabled
        ? button("quiet", say("enable"), () => act(() => close(false), "account_opened"), `enable-${one.id}`)
        : sure(
            `disable-${one.id}`,
            "quiet danger",
            say("disable"),
            () => act(() => close(true), "account_closed"),
            say("disable_sure"),
          ),
    );
  }
  function adding(organisations) {
    const typed = (name, type, maxLength) =>
      field(
        say(name),
        input(fresh[name], {
          type,
          maxLength,
          autocomplete: "off",
          key: `new-${name}`,
          act: (value) => {
            fresh[name] = value;
          },
        }),
      );
    const home = fresh.organisation_id || me().organisation_id || organisations[0]?.id || "";
    const where = select(
      organisations.map((one) => [one.id, one.name]),
      home,
      {
        key: "new-organisation",
        act: (id) => {
          fresh.organisation_id = id;
        },
      },
    );
    const boxes = roleBoxes("new", fresh.roles, (role, isOn) => {
      fresh.roles = isOn ? [...fresh.roles, role] : fresh.roles.filter((name) => name !== role);
    });
    const form = el(
      "form",
      "block",
      el("h3", "", say("add_person")),
      el(
        "div",
        "grid",
        typed("login", "text", 100),
        typed("name", "text", 200),
        typed("email", "email", 320),
        field(say("organisation"), where),
      ),
      boxes,
      ways(submit(say("add"), "add-person")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(
        () => ask("accounts", "POST", { ...fresh, organisation_id: where.value }),
        (made) => {
          fresh = { ...NOBODY };
          return code(made);
        },
      );
    });
    return form;
  }
})();
