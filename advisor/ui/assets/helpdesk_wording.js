/* Official wording to paste: each line with its source, copied alone or with its sources; and what
   earlier callers were told. */
"use strict";

window.advisorWording = (() => {
  const { el, button, link, isWeb, ways, rows, row, meta, note } = window.advisorStaff;
  const { say, day } = window.advisorDesk;
  const SAID_MS = 4000;

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without HTTPS a browser has no clipboard of its own.
      const spare = Object.assign(el("textarea"), { value: text });
      spare.style.cssText = "position:fixed;opacity:0";
      document.body.append(spare);
      spare.select();
      try {
        return document.execCommand("copy");
      } catch {
        return false;
      } finally {
        spare.remove();
      }
    }
  }
  function copier(name, text, key, isStrong = false) {
    return button(
      `quiet${isStrong ? " strong" : ""}`,
      say(name),
      async (event) => {
        const press = event.currentTarget;
        const done = say((await copied(text)) ? "copied" : "copy_failed");
        press.focus();
        window.advisorPage.tell(done);
        const said = press.parentElement.querySelector(".said") || press.parentElement.appendChild(el("span", "said"));
        said.textContent = done;
        setTimeout(() => {
          said.textContent = "";
        }, SAID_MS);
      },
      key,
    );
  }

  function wording(one, extra = null, heading = "h4") {
    const about = note(
      say(`kind_${one.kind}`),
      one.confidence ? say(one.confidence) : "",
      one.checked_on ? say("checked", { day: one.checked_on }) : "",
    );
    const key = `${one.label || ""}${one.record_id}${one.places[0]?.page || ""}`;
    return el(
      "article",
      "wording",
      el("header", "", one.label ? el("span", "label", one.label) : null, el(heading, "", one.title)),
      about,
      el("ul", "lines", one.lines.map(line)),
      el("ul", "places", usedPlaces(one).map(place)),
      ways(
        copier("copy_sources", one.with_sources, `cited-${key}`, true),
        copier("copy_plain", one.plain, `plain-${key}`),
        extra,
      ),
    );
  }
  function line(one) {
    return el(
      "li",
      "",
      one.label ? el("b", "", `${one.label}: `) : null,
      one.is_exact ? el("q", "", one.text) : one.text,
      one.is_exact ? null : el("span", "meta", ` ${say("not_exact")}`),
    );
  }
  function usedPlaces(one) {
    const used = new Set(one.lines.map((each) => each.place));
    return one.places.filter((_, number) => used.has(number));
  }
  function place(one) {
    const text = [one.title, one.publisher, one.date, one.page ? say("page", { page: one.page }) : "", one.section]
      .filter(Boolean)
      .join(" · ");
    const address = isWeb(one.url) ? one.url : one.link;
    return el("li", "", el("span", "", text), address ? link(address, say("open_source"), { outside: true }) : null);
  }

  /* What was answered before; `use` takes such an answer over. */
  function earlier(found, use = null) {
    if (!found.length) return note(say("earlier_none"));
    return rows(
      found.map((one) => {
        const sources = one.sources.map((source) =>
          [source.title, source.publisher, source.date].filter(Boolean).join(", "),
        );
        const about = meta(
          say("earlier_meta", { count: one.asked, day: day(one.settled_at) }),
          one.record_id ? say("faq_is", { id: one.record_id }) : "",
          ...sources,
        );
        const doing = one.answer
          ? ways(
              copier("copy", one.answer, `past-${one.id}`),
              use ? button("quiet", say("use"), () => use(one), `use-${one.id}`) : null,
            )
          : null;
        return row(
          [el("b", "", one.question), one.answer ? el("p", "said-then", one.answer) : meta(say("no_answer")), about],
          doing,
          "past",
        );
      }),
    );
  }

  return { copier, wording, usedPlaces, earlier };
})();
