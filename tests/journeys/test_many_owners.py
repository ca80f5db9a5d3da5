"""A hundred owners at once, each with words and numbers of their own: none crosses over."""

import json
import re

from playwright.sync_api import expect

from tests.journeys.place import Place, ask

MANY = 100
# A browser holds six connections to a host open at once: five owners and their questions.
EACH = 5
CANARY = re.compile(r"카나리아\d{3}흰털")
# What the page does for an owner, without drawing it: asks twice in one talk, then opens it anew
# as a reload does. Gives back the talk's id and everything that the server said.
VISIT = """async ({ events, words, session }) => {
  const seen = [];
  let cid = "";
  const send = async (event, more = {}) => {
    const body = { data: [], event_data: { cid, lang: "ko", ...more }, fn_index: events[event],
      trigger_id: 1, session_hash: session };
    const joined = await fetch("/gradio_api/queue/join", { method: "POST",
      headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!joined.ok) throw new Error(`not taken: ${joined.status}`);
    await new Promise((done, failed) => {
      const stream = new EventSource(`/gradio_api/queue/data?session_hash=${session}`);
      stream.onmessage = ({ data }) => {
        const said = JSON.parse(data);
        seen.push(JSON.stringify(said));
        if (said.msg === "process_completed") { stream.close(); done(); }
      };
      stream.onerror = () => { stream.close(); failed(new Error("the stream broke off")); };
    });
    cid = [...seen.join("").matchAll(/data-cid=\\\\"([^"\\\\]+)/g)].at(-1)?.[1] || cid;
  };
  await send("send", { text: words });
  await send("send", { text: "받을 수 있는 지원금 있나요?" });
  await send("open");
  return { cid, seen: seen.join("") };
}"""
BEGIN = f"(owners) => {{ window.visits = Promise.all(owners.map({VISIT})); }}"


def test_a_hundred_talks_at_once_never_show_each_others_words(place: Place) -> None:
    page = place.tab()  # one more owner, who looks at the page itself
    config = page.request.get(f"{place.address}/config").json()
    events = {
        target[1]: one["id"]
        for one in config["dependencies"] if one["backend_fn"] for target in one["targets"]
    }  # fmt: skip
    owners = [
        {
            "events": events, "session": f"owner{number:03d}",
            "words": f"카나리아{number:03d}흰털 공장입니다. 직원 {101 + number}명이고 "
            "불량 검사를 자동화하고 싶어요.",
        }
        for number in range(MANY)
    ]  # fmt: skip
    profiles = [place.context() for _ in range(0, MANY, EACH)]
    doors = [one.new_page() for one in profiles]
    for door in doors:
        door.goto(f"{place.address}/sign-in")  # the lightest page of the same origin

    for number, door in enumerate(doors):
        door.evaluate(BEGIN, owners[number * EACH : (number + 1) * EACH])
    visits = [visit for door in doors for visit in door.evaluate("window.visits")]

    assert len({one["cid"] for one in visits}) == MANY
    for number, visit in enumerate(visits):
        canary = f"카나리아{number:03d}흰털"
        assert set(CANARY.findall(visit["seen"])) == {canary}
        kept = place.advisor.consultation(visit["cid"])
        assert kept is not None
        assert [canary in turn.question for turn in kept.turns] == [True, False]
        assert kept.profile.facts["employees_regular"].value == 101 + number
        said = json.dumps([turn.answer for turn in kept.turns], ensure_ascii=False)
        assert set(CANARY.findall(said)) <= {canary}
    ask(page, "카나리아999흰털 공장, 직원 999명입니다. 지원금 있나요?")
    page.click("#tabs [data-panel=company]")
    expect(page.locator("#company .facts")).to_contain_text("999명")
    assert set(CANARY.findall(page.inner_text("body"))) == {"카나리아999흰털"}
    for profile in profiles:
        profile.close()
