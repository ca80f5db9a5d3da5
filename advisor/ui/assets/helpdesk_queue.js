/* The help desk's queue: topics by state. One topic is drawn by `helpdesk_topic.js`. */
"use strict";

(() => {
  const { el, button, check, choices, block, rows, row, meta } = window.advisorStaff;
  const { say, day, call, attempt, told, again, draw, load, waiting, nothing, add, place } = window.advisorDesk;
  const STATES = ["open", "answered", "closed"],
    READ_ON_MS = 300;
  const REASONS = { failed: "failed_turn" };
  const reason = (name) => say(REASONS[name] || name);
  let state = "open",
    isOnlyMine = false,
    topic = null;

  add("queue", {
    load: () => (topic ? null : call(`topics?state=${state}`)),
    draw: (list) => (topic ? topic.draw() : drawn(list)),
  });

  function drawn(list) {
    // What one look could not read comes with the next.
    if (list.more) again(READ_ON_MS);
    const options = STATES.map((one) => [one, `${say(`state_${one}`)} ${list.counts[one] || ""}`.trim()]);
    const pick = choices(
      say("tab_queue"),
      options,
      state,
      (one) => {
        state = one;
        load({ quiet: true });
      },
      "state",
    );
    const mine = check(
      say("mine"),
      isOnlyMine,
      (isOn) => {
        isOnlyMine = isOn;
        draw();
      },
      "mine",
    );
    const tools = el("div", "toolbar", pick, mine),
      reading = list.more ? waiting(say("reading")) : null;
    const shown = list.topics.filter((one) => !isOnlyMine || one.assignee?.is_me);
    if (!shown.length) return [told("queue"), tools, reading || nothing(say("queue_none"), say("queue_none_more"))];
    return [told("queue"), tools, block("", rows(shown.map(line))), reading];
  }
  function line(one) {
    const why = Object.entries(one.reasons).map(([name, count]) => `${reason(name)} ${count}`);
    const about = meta(
      say("count", { count: one.count }),
      one.asked > one.count ? say("asked_all", { count: one.asked }) : "",
      ...why,
      one.last_at ? say("last", { day: day(one.last_at) }) : "",
    );
    const who = one.assignee ? (one.assignee.is_me ? say("me") : one.assignee.name) : "";
    const look = button("quiet", say("look"), () => open(one.id), `topic-${one.id}`);
    look.setAttribute("aria-label", `${say("look")}: ${one.label}`);
    const made = row(
      [el("b", "", one.label), about, one.record_id ? meta(say("faq_is", { id: one.record_id })) : null],
      [who ? el("span", "badge is-mine", who) : null, look],
    );
    made.prepend(el("span", "many", String(one.count || one.asked)));
    return made;
  }
  async function open(id) {
    const sheet = await attempt("queue", () => call(`topics/${id}`));
    if (!sheet) return;
    topic = window.advisorTopic(sheet, { reason, close });
    scrollTo({ top: 0 });
    draw();
    place().querySelector("[data-key=back]")?.focus({ preventScroll: true });
  }
  function close() {
    topic = null;
    load();
  }
})();
