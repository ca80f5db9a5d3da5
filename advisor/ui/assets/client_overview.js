/* Tabs of a client: the overview (basics, notes, questions, report, hand-over) and the files. */
"use strict";

(() => {
  const { el, button, link, input, select, field, block, ways, rows, row, meta, note } = window.advisorStaff;
  const clients = window.advisorClients,
    page = window.advisorClient;
  const { say, moment, sure, load } = clients;
  const { act, ask, attempt, download, forget } = page;
  const FORMATS = ["docx", "pdf", "hwpx", "xlsx", "md"],
    MOST_QUESTIONS = 5;

  page.add("overview", { draw: (one) => [basics(one), notes(one), questions(one), report(), managing(one)] });
  page.add("files", { draw: files });

  function basics(one) {
    const values = {
      name: input(one.name, { maxLength: 120, key: "b-name" }),
      contact: input(one.contact, { maxLength: 120, key: "b-contact" }),
      next_step: input(one.next_step, { maxLength: 300, key: "b-next" }),
      next_on: input(one.next_on, { type: "date", key: "b-on" }),
      visit_on: input(one.visit_on, { type: "date", key: "b-visit" }),
    };
    const sent = ([name, control]) => [name, name.endsWith("_on") ? control.value || null : control.value];
    const keep = () => act("", "PATCH", Object.fromEntries(Object.entries(values).map(sent)));
    return block(
      say("basics"),
      el(
        "div",
        "grid",
        field(say("name"), values.name),
        field(say("contact"), values.contact, say("contact_more")),
        field(say("visit_on"), values.visit_on),
        field(say("next_step"), values.next_step),
        field(say("next_on"), values.next_on),
      ),
      ways(button("quiet strong", say("save"), keep, "b-save")),
    );
  }
  function notes(one) {
    const text = input("", { rows: 3, maxLength: 4000, key: "note" });
    const remove = (each) =>
      attempt(async () => {
        await ask(`/notes/${each.id}`, "DELETE");
        await load({ quiet: true });
      });
    const list = one.notes.map((each) =>
      row(
        [el("span", "words", each.text), meta(page.byAt(each))],
        each.is_mine ? sure(`note-${each.id}`, "quiet danger", say("delete"), () => remove(each)) : null,
      ),
    );
    return block(
      say("notes"),
      field(say("note_new"), text, say("note_more")),
      ways(button("quiet strong", say("note_save"), () => act("/notes", "POST", { text: text.value }), "note-save")),
      list.length ? rows(list) : note(say("notes_none")),
    );
  }
  function questions(one) {
    const ways_ = [
      ["talk", "open_talk"],
      ["diagnosis", "open_check"],
      ["support", "open_support"],
    ];
    const links = one.talk
      ? ways(ways_.map(([view, words]) => link(`#${view}=${encodeURIComponent(one.talk)}`, say(words))))
      : null;
    const last = one.questions.slice(-MOST_QUESTIONS).reverse();
    return block(
      say("questions"),
      last.length
        ? rows(last.map((each) => row([el("b", "", each.text), meta(moment(each.at))])))
        : note(say("questions_none")),
      links,
    );
  }
  function report() {
    const files_ = FORMATS.map((one) =>
      button("quiet", one.toUpperCase(), () => download(`/report/${one}`), `report-${one}`),
    );
    return block(say("report"), note(say("report_more")), ways(files_));
  }
  function managing(one) {
    const gone = () =>
      attempt(async () => {
        await ask("", "DELETE");
        clients.close();
      });
    return page.fold(
      "manage",
      "block fold",
      say("actions_more"),
      handing(one),
      el("h3", "", say("remove")),
      note(say(`remove_${one.origin}`)),
      ways(sure("remove", "quiet danger", say("remove"), gone)),
    );
  }
  function handing(one) {
    const others = clients.people().filter((other) => other.account_id !== one.consultant_id);
    if (!others.length) return [el("h3", "", say("hand_over")), note(say("hand_none"))];
    const to = select(
      others.map((other) => [other.account_id, other.name]),
      others[0].account_id,
      { key: "hand-to" },
    );
    const text = input("", { rows: 2, maxLength: 4000, key: "hand-note" });
    const give = async () => {
      const { name } = others.find((other) => other.account_id === to.value);
      if (await act("/hand-over", "POST", { account_id: to.value, note: text.value }, say("handed_done", { name })))
        load({ quiet: true });
    };
    return [
      el("h3", "", say("hand_over")),
      el("div", "grid", field(say("hand_to"), to), field(say("hand_note"), text)),
      ways(button("quiet strong", say("hand_do"), give, "hand")),
    ];
  }

  /* ---------- files ---------- */
  function files(one) {
    const list = one.files.map((file) => {
      const address = `api/v1/clients/${encodeURIComponent(page.id())}/files/${encodeURIComponent(file.id)}`;
      const about = meta(
        file.kind,
        file.shown_size,
        `${file.item} ${page.itemOf(file.item)?.label || ""}`,
        moment(file.added_at),
      );
      return row([el("b", "", file.name), about], link(address, say("open"), { outside: true }));
    });
    const shelf = block(
      say("t_files"),
      one.origin === "share" ? note(say("files_owner")) : null,
      list.length ? rows(list) : note(say("files_none")),
    );
    return one.origin === "hand" && one.is_seen ? [shelf, adding()] : [shelf];
  }
  function adding() {
    const { items } = page.form();
    const item = select(
      items.map((each) => [each.id, `${each.id} ${each.label}`]),
      items[0].id,
      { key: "file-item" },
    );
    const chooser = input("", { type: "file", key: "file" });
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (!file) return;
      const query = new URLSearchParams({ item: item.value, name: file.name });
      const isDone = await attempt(async () => {
        await ask(`/files?${query}`, "POST", file);
      });
      forget();
      if (!isDone) return;
      clients.tell(say("saved"), { quiet: true });
      await load({ quiet: true });
    });
    return block(
      say("files_add"),
      el("div", "grid", field(say("files_item"), item), field(say("files_file"), chooser)),
    );
  }
})();
