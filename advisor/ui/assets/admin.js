/* The administration in the browser: its frame. A section is added by a script of its own:
   who sees it, how it loads and how it draws. */
"use strict";

window.advisorAdmin = (() => {
  const { tabs, know, me } = window.advisorStaff;
  const sections = {};
  let current = "";

  const visible = () => Object.keys(sections).filter((name) => sections[name].who());
  const view = window.advisorStaff.view("admin", {
    async load() {
      await know(); // roles may have changed since
      const seen = visible();
      if (!seen.length) throw new view.Problem(view.say("lead"), me().signed_in ? 403 : 401);
      if (!seen.includes(current)) current = seen[0];
      return sections[current].load();
    },
    top() {
      const options = visible().map((name) => [name, view.say(`tab_${name}`)]);
      return current && options.length ? [tabs(view.say("tabs"), options, current, show)] : [];
    },
    parts: (data) => [view.told(), ...sections[current].draw(data)],
  });
  function show(name) {
    if (current === name) return;
    current = name;
    sections[name].open?.();
    view.forget();
    view.tell("", { quiet: true });
    view.load();
  }

  return { ...view, add: (name, section) => (sections[name] = section) };
})();
