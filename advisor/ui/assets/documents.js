/* The view of documents in the browser: sends files, follows their jobs, lists, opens and deletes. */
"use strict";

(() => {
  const { el, button, link, block, rows, row, meta, number } = window.advisorStaff;
  const POLL_MS = 1200,
    MOST_ENDED = 8;
  let sending = null; // {request, count, percent} while files go out

  const view = window.advisorStaff.view("documents", {
    hides: true,
    async load() {
      // Jobs first: what ends between the two looks is then in the list of documents.
      const jobs = await view.ask("jobs");
      return { jobs, documents: await view.ask("documents") };
    },
    parts({ jobs, documents }) {
      if (jobs.some((one) => !one.ended_at)) view.again(POLL_MS);
      const open = jobs.filter((one) => !one.ended_at && one.action === "add");
      const ended = jobs.filter((one) => one.ended_at).slice(0, MOST_ENDED);
      return [
        drop(),
        open.length ? block(say("jobs"), rows(open.map(running))) : null,
        ended.length ? block(say("ended"), rows(ended.map(outcome))) : null,
        documents.length
          ? block(say("documents", { count: number(documents.length) }), rows(documents.map(line)))
          : view.nothing(say("none"), say("none_more")),
      ];
    },
  });
  const { say, day, tell, told, sure } = view;

  /* ---------- sending ---------- */
  function send(files) {
    if (!files.length || sending) return;
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest(); // fetch does not tell how much has gone out
    sending = { request, count: files.length, percent: 0 };
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      sending.percent = Math.floor((event.loaded / event.total) * 100);
      const shown = view.place()?.querySelector(".sending");
      if (!shown) return;
      shown.querySelector("span").textContent = say("sending", sending);
      shown.querySelector("progress").value = sending.percent;
    });
    request.addEventListener("loadend", () => sent(request));
    request.open("POST", "api/v1/documents");
    request.send(body);
    tell("");
  }
  function sent(request) {
    sending = null;
    if (request.status === 0 && !request.wasStopped) tell(say("lost"), { bad: true });
    else if (request.status && request.status !== 202) {
      let detail = say("failed");
      try {
        detail = JSON.parse(request.responseText).detail;
      } catch {
        /* no problem document */
      }
      tell(detail, { bad: true });
    }
    view.load({ quiet: true });
  }
  function drop() {
    const chooser = Object.assign(el("input"), {
      type: "file",
      multiple: true,
      id: "documents-files",
      disabled: Boolean(sending),
    });
    chooser.addEventListener("change", () => send(chooser.files));
    const made = el(
      "section",
      "block drop",
      el("div", "ways", el("label", "quiet strong pickfile", say("choose"), chooser), el("p", "", say("drop"))),
      el("p", "meta", say("kinds")),
    );
    if (sending) made.append(progress());
    const line = told();
    if (line) made.append(line);
    const over = (isOver) => (event) => {
      event.preventDefault();
      made.classList.toggle("over", isOver);
    };
    for (const name of ["dragover", "dragenter"]) made.addEventListener(name, over(true));
    made.addEventListener("dragleave", over(false));
    made.addEventListener("drop", (event) => {
      over(false)(event);
      send(event.dataTransfer.files);
    });
    return made;
  }
  function progress() {
    const bar = Object.assign(el("progress"), { max: 100, value: sending.percent });
    const { request } = sending;
    const stop = button(
      "quiet",
      say("stop"),
      () => {
        request.wasStopped = true;
        request.abort();
      },
      "stop",
    );
    return el("div", "sending", el("span", "", say("sending", sending)), bar, stop);
  }

  /* ---------- lists ---------- */
  function remove(address) {
    view.act(async () => {
      try {
        await view.ask(address, "DELETE");
      } catch (error) {
        if (error.status !== 404) throw error; // gone already
      }
    });
  }
  const fileName = (path) => path.split("/").pop();
  function counts(one) {
    return ["pages", "tables", "characters"]
      .filter((name) => one[name])
      .map((name) => say(name, { count: number(one[name]) }))
      .join(" · ");
  }
  function left(seconds) {
    if (seconds === null) return "";
    if (seconds < 90) return say("eta_seconds", { count: Math.max(1, Math.round(seconds)) });
    return say("eta_minutes", { count: Math.round(seconds / 60) });
  }
  function running(job) {
    const bar = Object.assign(el("progress"), { max: 1, value: job.progress });
    bar.setAttribute("aria-label", say("progress", { name: job.path }));
    const stop =
      job.state === "indexing" ? null : button("quiet", say("cancel"), () => remove(`jobs/${job.id}`), job.id);
    return row([el("b", "", fileName(job.path)), meta(say(job.state), left(job.eta_seconds)), bar], stop, "job");
  }
  function outcome(job) {
    const name = job.state === "cancelled" ? "cancelled" : job.status || "rejected";
    const text = name === "rejected" ? job.message || say(name) : [say(name), job.message].filter(Boolean).join(" ");
    return row([el("b", "", fileName(job.path)), meta(text), meta(counts(job))], [], `job is-${name}`);
  }
  function line(one) {
    const id = encodeURIComponent(one.id),
      file = fileName(one.path);
    const open = link(`api/v1/documents/${id}/view`, say("open"), { outside: true });
    const gone = sure(one.id, "quiet danger", say("delete"), () => remove(`documents/${id}`));
    if (!gone.classList.contains("sure")) gone.setAttribute("aria-label", say("delete_label", { title: one.title }));
    const about = meta(file === one.title ? "" : file, counts(one), day(one.added_at));
    return row([el("b", "", one.title), about], [open, gone], "document");
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) view.load({ quiet: true });
  });
})();
