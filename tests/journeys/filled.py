"""A home full of believable work of every role: for pictures, and for walks over full pages.

    python -m tests.journeys.filled HOME      fills an installed home to look at it by `advisor serve`

People of every role sign in with the password of tests/accounts/people.py. What is done goes through
the same functions as on the page, so that audit log, signals and queue tell of it.
"""

import itertools
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from advisor import clock
from advisor.accounts.actor import TERMINAL, Actor
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.assemble import Advisor, build_advisor
from advisor.clients.desk import ClientDesk
from advisor.clients.work import ClientWork
from advisor.config import Settings
from advisor.domain.helpdesk import TopicSource
from advisor.helpdesk.faq import FaqDraft, publish_faq
from advisor.helpdesk.office import queue_of
from advisor.indexing.adding import work_off
from advisor.stores.accounts import OPERATOR_ID
from advisor.stores.sync_state import SyncState
from tests.accounts.people import PASSWORD
from tests.notice_files import gold_notices, write_notice

DATA = Path(__file__).parents[1] / "data"
HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Filled:
    """What the pages of a filled home are found by.

    Attributes:
        talk: Consultation of the owner: answers, a finished diagnosis, saved programs, a share.
        document: Id of an ingested PDF.
        notice: Id of an ingested document without page pictures, which a draft was read from.
    """

    talk: str
    document: str
    notice: str


def fill(home: Path) -> Filled:
    """Fill a home that has an index; the people of every role are among what it makes."""
    plan = yaml.safe_load((DATA / "sample_home.yaml").read_text(encoding="utf-8"))
    settings = Settings(home=home, llm_base_url="")
    advisor = build_advisor(settings)
    # A quick hash: these accounts live as long as a test or a look.
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    try:
        office.people.add_organisation(TERMINAL, OPERATOR_ID, plan["organisation"])
        actors = _people(office, plan["people"])
        document, notice = _documents(advisor, plan)
        _asked(advisor, plan)
        _desk(advisor, plan, actors["helpdesk"])
        talk, code = _owner(advisor, office, plan["owner"])
        _clients(advisor, office, plan, actors, code)
        _synced(advisor)
    finally:
        advisor.index.close()
        office.engine.dispose()
    return Filled(talk, document, notice)


def _people(office: Accounts, people: list[dict[str, Any]]) -> dict[str, Actor]:
    found = {}
    for one in people:
        account = office.people.create(TERMINAL, **one, password=PASSWORD)
        found[one["login"]] = office.gate.who(token=office.sign_in.begin(account, way="password"))
    return found


def _documents(advisor: Advisor, plan: Mapping[str, Any]) -> tuple[str, str]:
    """Ingest the notices, read some into drafts; return the ids of a PDF and of a drafted one."""
    wanted = {one.id: one for one in gold_notices("dev") if one.id in plan["notices"]}
    uploads = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, one in wanted.items():
            path = write_notice(one, Path(folder))
            # People see names, not numbers.
            title = next(line for line in one.body.splitlines() if "공고" in line[-6:])
            uploads[name] = (f"{title.strip('# ')}{path.suffix}", path.read_bytes())
    jobs = advisor.library.add((title, [content]) for title, content in uploads.values())
    work_off(advisor.index, advisor.corpus, advisor.settings.job_limit_s)
    ended = [advisor.library.job(one.id) or {} for one in jobs]
    ids = {name: str(job["document_id"]) for name, job in zip(uploads, ended, strict=True)}
    for name in plan["drafts"]:
        advisor.read_notice(ids[name])
    pdf = next(name for name, one in wanted.items() if one.format == "pdf")
    return ids[pdf], ids[plan["drafts"][0]]


def _asked(advisor: Advisor, plan: Mapping[str, Any]) -> None:
    """Ask what many owners ask, and what nothing is known of."""
    many = plan["talks"]
    for region, trade, worry in itertools.product(many["regions"], many["trades"], many["worries"]):
        people = 8 + 7 * many["worries"].index(worry)
        said = advisor.ask(f"{region}에서 직원 {people}명 {trade} 공장을 합니다. {worry}")
        advisor.add_feedback(said.consultation_id or "", 0, 1)
    for question in itertools.chain(*plan["unanswered"], plan["answered"]["asked"]):
        said = advisor.ask(question)
        advisor.add_feedback(said.consultation_id or "", 0, -1)


def _desk(advisor: Advisor, plan: Mapping[str, Any], who: Actor) -> None:
    """Work on the queue: one topic is answered and published, one is in work."""
    queue, answered = queue_of(advisor), plan["answered"]
    queue.collect()
    topics = {one.topic.id: {asked.text for asked in one.questions} for one in queue.lines("open")}
    done = next(one for one, texts in topics.items() if texts & set(answered["asked"]))
    queue.answer(
        done, who.id, question=answered["question"], answer=answered["answer"],
        sources=[TopicSource(**answered["source"])],
    )  # fmt: skip
    made = publish_faq(
        advisor, queue.store.topic(done), FaqDraft(answered["category"]), signed_by=who.name,
        note="", today=clock.today(),
    )  # fmt: skip
    queue.published(done, who.id, made.id)
    first = queue.lines("open")[0].topic.id
    queue.assign(first, who.id, who.id)
    queue.note(first, who.id, plan["note"])


def _owner(advisor: Advisor, office: Accounts, plan: Mapping[str, Any]) -> tuple[str, str]:
    """Lead an owner from a worry to a diagnosis and a shortlist; return the talk and a share's code."""
    talk = ""
    for question in plan["questions"]:
        talk = advisor.ask(question, consultation_id=talk or None).consultation_id or ""
    advisor.add_feedback(talk, 0, 1)
    advisor.desk.begin(talk, is_full=False)
    for item, value in plan["answers"].items():
        advisor.desk.save(
            talk, {"item": item, "status": "answered", "value": value, "grade": "detail"}
        )
    advisor.desk.finish(talk)
    for record_id in plan["saved"]:
        advisor.shortlist.save(talk, record_id, clock.today())
    share = office.sharing.create(talk, recipient="박상담")
    assert share is not None
    return talk, share.code


def _clients(
    advisor: Advisor,
    office: Accounts,
    plan: Mapping[str, Any],
    actors: Mapping[str, Actor],
    code: str,
) -> None:
    """Make the consultant's clients; the first has the most in it."""
    work, who = ClientWork(ClientDesk.of(advisor, office)), actors["consultant"]
    cases = yaml.safe_load((DATA / "readiness_cases.yaml").read_text(encoding="utf-8"))["examples"]
    by_id = {one["id"]: one for one in cases}
    for one in plan["clients"]:
        client = work.create(who, name=one["name"], contact=one.get("contact", ""))
        _client(work, who, client, one, by_id.get(one.get("case", "")))
        if "hand_over" in one:
            to = actors[one["hand_over"]].account_id
            work.hand_over(who, client, to, note=one["note"])
    work.create_from_code(who, code=code, name=plan["owner"]["name"], address=HERE)


def _client(
    work: ClientWork,
    who: Actor,
    client: str,
    plan: Mapping[str, Any],
    case: Mapping[str, Any] | None,
) -> None:
    fields = work.desk.advisor.corpus.vocabulary.profile_fields
    if case is not None:
        for name, value in case["profile"].items():
            if value is not None and name in fields:
                work.enter_fact(who, client, name, value, reason="첫 통화")
        earlier = plan.get("before", {})
        answers = {row["item"]: row for row in case["answers"]}
        for item, row in answers.items():
            first = {**row, "value": earlier[item]} if item in earlier else row
            work.enter_answer(who, client, item, _answer(first), reason="첫 방문")
        work.keep_diagnosis(who, client)
        for item in earlier:
            work.enter_answer(who, client, item, _answer(answers[item]), reason="센서 확인")
        if earlier:
            work.keep_diagnosis(who, client)
    for name, (value, reason) in plan.get("facts", {}).items():
        work.enter_fact(who, client, name, value, reason=reason)
    for text in plan.get("notes", ()):
        work.note(who, client, text)
    if "plan" in plan:
        work.plan(client, plan["plan"], plan["cost_krw"])
    days = {"next_on": plan.get("next_in"), "visit_on": plan.get("visit_in")}
    values: dict[str, Any] = {
        name: clock.today() + timedelta(days=count)
        for name, count in days.items()
        if count is not None
    }
    work.change(client, {**values, "next_step": plan.get("next_step", "")})


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("status", "value", "grade") if row.get(name) is not None}


def _synced(advisor: Advisor) -> None:
    """Leave a run over a public source, as a night's job does."""
    state = SyncState(advisor.index.engine)
    run = state.begin("bizinfo", None)
    state.end(run.id, "done", {"seen": 184, "added": 6, "changed": 2, "unchanged": 176})


if __name__ == "__main__":
    sys.stdout.write(f"{fill(Path(sys.argv[1]))}\n")
