/* One view of the staff: its words, its requests, and its states: loading, refused, failed, shown.
   `load` gives the data of what is looked at, `parts` draws it, `top` stands above each state. */
"use strict";

window.advisorStaff.view = (() => {
  const API = "api/v1/",
    SURE_MS = 10_000, // also for hands that are slow, or a machine that is
    WAKE_MS = 1500;
  const { el, button, link, know, me, runsIt } = window.advisorStaff;

  /* A refusal or a failure, in one sentence with its next step. */
  class Problem extends Error {
    constructor(detail, status, problems = []) {
      super(detail);
      Object.assign(this, { detail, status, problems });
    }
  }

  let isComposing = false; // a Korean syllable is being put together
  document.addEventListener("compositionstart", () => (isComposing = true));
  document.addEventListener("compositionend", () => (isComposing = false));
  // The page may be drawn before the last of the staff's scripts is there: they are deferred.
  const begins = [];
  let areAllHere = false;
  document.addEventListener("DOMContentLoaded", () => {
    areAllHere = true;
    for (const begin of begins) begin();
  });

  /* Puts the new children in without touching those that stay, so that they keep focus and scroll. */
  function put(place, inside) {
    for (const old of [...place.childNodes]) if (!inside.includes(old)) old.remove();
    inside.forEach((one, index) => {
      const there = place.childNodes[index];
      if (there !== one) place.insertBefore(one, there || null);
    });
  }
  /* Scrolls a row of tabs so that the chosen one is seen. */
  function centre(bar) {
    const tab = bar?.querySelector("[aria-selected=true]");
    if (tab) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }
  /* What was typed and nobody has been told of yet, by the keys of the controls. */
  function typedIn(place) {
    const fields = [...place.querySelectorAll("input[data-key], textarea[data-key]")];
    const open = fields.filter((one) => !["checkbox", "file"].includes(one.type) && one.value !== one.defaultValue);
    return open.map((one) => [one.dataset.key, one.value]);
  }

  function view(
    name,
    { load: fetchData, parts, top = () => [], shell = true, enter = null, leave = null, hides = false },
  ) {
    let at = window.advisorPage.at();
    let words = null,
      data = null,
      trouble = null,
      isLoaded = false;
    let told_ = null,
      asked = "",
      timer = 0,
      turn = 0,
      isOwed = false,
      forgets = false;

    const place = () => document.querySelector(`#${name} .staff`);
    const isShown = () => at.view === name;
    const say = (key, values = {}) => {
      const text = words[at.lang]?.[key] ?? words.ko[key] ?? "";
      return Object.entries(values).reduce((said, [mark, value]) => said.replaceAll(`{${mark}}`, value), text);
    };

    /* ---------- time ---------- */
    const locale = () => (at.lang === "en" ? "en-GB" : "ko-KR");
    const seoul = { timeZone: "Asia/Seoul", dateStyle: "medium" };
    const moment = (iso) => (iso ? new Date(iso).toLocaleString(locale(), { ...seoul, timeStyle: "short" }) : "");
    const day = (iso) => {
      if (!iso) return "";
      const date = iso.length > 10 ? new Date(iso) : new Date(`${iso}T12:00:00+09:00`);
      return date.toLocaleDateString(locale(), seoul);
    };

    /* ---------- asking the server ---------- */
    function problem(plain, status, method) {
      // The server tells in Korean; what is a matter of its type alone is told in English here.
      const kind = (plain?.type || "").split(":").at(-1);
      const english = at.lang === "en" ? say(`problem_${kind}`) : "";
      return new Problem(
        english || plain?.detail || say(method === "GET" ? "failed" : "lost"),
        status,
        plain?.problems,
      );
    }
    async function answerOf(address, method, body) {
      const options = { method, cache: "no-store" };
      if (body instanceof Blob) options.body = body;
      else if (body)
        Object.assign(options, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
      let answer;
      try {
        answer = await fetch(API + address, options);
      } catch {
        throw problem(null, 0, method);
      }
      if (answer.ok) return answer;
      throw problem(await answer.json().catch(() => null), answer.status, "GET");
    }
    async function ask(address, method = "GET", body = null) {
      const answer = await answerOf(address, method, body);
      return answer.status === 204 ? {} : answer.json().catch(() => null);
    }
    /* Fetches a file and hands it to the browser, so that a refusal is told in the page. */
    async function take(address) {
      const answer = await answerOf(address, "GET", null);
      const named = (answer.headers.get("content-disposition") || "").match(/filename="([^"]+)"/);
      const save = link(URL.createObjectURL(await answer.blob()), "");
      save.download = named?.[1] || name;
      save.click();
      setTimeout(() => URL.revokeObjectURL(save.href), 60_000);
    }
    async function load({ quiet = false } = {}) {
      clearTimeout(timer);
      if (!isShown() || !words) return;
      const mine = ++turn;
      if (!quiet) {
        isLoaded = false;
        draw();
      }
      let found = null,
        refusal = null;
      try {
        found = await fetchData();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refusal = error;
      }
      if (mine !== turn) return; // something else is looked at meanwhile
      if (!refusal) data = found;
      if (refusal && refusal.detail !== trouble?.detail) announce(refusal.detail);
      trouble = refusal;
      isLoaded = true;
      draw();
      if (refusal?.status === 503) again(WAKE_MS); // the server is still waking up
    }
    function again(ms) {
      clearTimeout(timer);
      timer = setTimeout(() => load({ quiet: true }), ms);
    }
    /* Does something, says how it went, and shows what it looks like now. */
    async function act(run, done = "") {
      try {
        const answer = await run();
        forgets = true;
        told_ = null;
        const text = typeof done === "function" ? done(answer) : done && (say(done) || done);
        if (text) tell(text, { quiet: true });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        tell(error.detail, { bad: true });
        return false;
      }
      await load({ quiet: true });
      return true;
    }

    /* ---------- telling ---------- */
    const announce = (text) => window.advisorPage.tell(text);
    /* Shows a line where `told` of the same place is drawn, and has a screen reader say it once. */
    function tell(text, { bad = false, where = "", quiet = false } = {}) {
      told_ = text ? { text, bad, where } : null;
      if (text) announce(text);
      if (!quiet) draw();
    }
    function told(where = "") {
      if (!told_ || told_.where !== where) return null;
      return el("p", `hint${told_.bad ? " bad" : ""}`, told_.text);
    }
    /* What cannot be taken back asks once more on the button itself. */
    function sure(key, kind, text, run, question = say("sure")) {
      const isAsked = asked === key;
      return button(
        `${kind}${isAsked ? " sure" : ""}`,
        isAsked ? question : text,
        () => {
          if (isAsked) {
            asked = "";
            run();
            return;
          }
          asked = key;
          announce(question);
          draw();
          setTimeout(() => {
            if (asked !== key) return;
            asked = "";
            draw();
          }, SURE_MS);
        },
        key,
      );
    }

    /* ---------- states ---------- */
    const waiting = (text = say("loading")) => el("section", "state loading", el("span", "spinner"), el("p", "", text));
    const nothing = (title, more = "") =>
      el("section", "state none", el("h3", "", title), more ? el("p", "", more) : null);
    function failed(error, retry) {
      return el("section", "state problem", el("p", "", error.detail), button("quiet", say("retry"), retry, "retry"));
    }
    function refused(error) {
      const made = nothing(say("refused"), error.detail);
      const back = encodeURIComponent(`/#${name}`);
      if (error.status === 401 || !me().signed_in)
        made.append(link(`sign-in?next=${back}`, say("sign_in"), { name: "quiet strong" }));
      return made;
    }
    /* Of what whoever runs the installation keeps, another organisation is told that there is nothing. */
    const isHidden = () => hides || (!runsIt() && name !== "clients");
    const isRefusal = (error) => [401, 403].includes(error?.status) || (isHidden() && error?.status === 404);
    function shown() {
      if (isRefusal(trouble)) return [refused(trouble)];
      if (!isLoaded || trouble?.status === 503) return [...top(), waiting()];
      if (trouble) return [...top(), failed(trouble, () => load())];
      return [...top(), ...parts(data)];
    }
    function draw() {
      const there = place();
      if (!there || !words) return;
      const active = document.activeElement;
      const focused = there.contains(active) ? active : null;
      const hasShell = typeof shell === "function" ? shell() : shell;
      const heading = hasShell ? [el("h2", "", say("title")), el("p", "lead", say("lead"))] : [];
      const inside = [...heading, ...shown()].filter(Boolean);
      const stays = inside.some((one) => one.contains(focused));
      if (focused && isComposing && !stays) {
        isOwed = true; // after the syllable
        return;
      }
      const typed = forgets ? [] : typedIn(there),
        from = focused?.selectionStart;
      forgets = false;
      put(there, inside);
      centre(there.querySelector(".sections"));
      for (const [key, value] of typed) {
        const control = there.querySelector(`[data-key="${CSS.escape(key)}"]`);
        if (control && "defaultValue" in control) control.value = value;
      }
      if (focused && !stays) giveFocus(there, focused.dataset.key, from);
    }
    /* Focus goes to what took the place of the control that had it, else to the heading. */
    function giveFocus(there, key, from) {
      const next = key && there.querySelector(`[data-key="${CSS.escape(key)}"]`);
      const to = next || there.querySelector("h2");
      if (!to) return;
      if (!next) to.tabIndex = -1;
      to.focus({ preventScroll: true });
      const isText = to.tagName === "TEXTAREA" || ["text", "search"].includes(to.type);
      if (isText && typeof from === "number") to.setSelectionRange(from, from);
    }

    document.addEventListener("compositionend", () => {
      if (!isOwed) return;
      isOwed = false;
      setTimeout(draw);
    });
    document.addEventListener("advisor:moved", (event) => {
      const was = at;
      at = event.detail;
      if (!areAllHere) return;
      if (!isShown()) {
        clearTimeout(timer);
        if (was.view === name) leave?.();
      } else if (was.view !== name || was.waiting !== at.waiting) (enter || load)();
      else if (was.lang !== at.lang) {
        draw(); // at once; what the server says in the other language follows
        load({ quiet: true });
      }
    });
    function begin() {
      if (!areAllHere || !place()) return;
      words = JSON.parse(place().dataset.words);
      if (isShown()) (enter || load)();
    }
    begins.push(begin);
    document.addEventListener("advisor:drawn", (event) => {
      if (event.detail === name) begin();
    });
    document.addEventListener("advisor:known", () => {
      if (isShown()) draw();
    });

    return {
      say,
      lang: () => at.lang,
      moment,
      day,
      ask,
      take,
      load,
      again,
      act,
      draw,
      tell,
      told,
      sure,
      waiting,
      nothing,
      failed,
      refused,
      isRefusal,
      isShown,
      place,
      know,
      Problem,
      forget: () => {
        forgets = true;
      },
    };
  }
  return view;
})();
