"""Saved programs in the view of support: kept, told about, forgotten; and the diagnosis it uses."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any, cast

import pytest

from advisor import clock
from advisor.assemble import Advisor
from advisor.config import Settings
from advisor.conversation.desk import Desk
from advisor.conversation.shortlist import Shortlist
from advisor.domain.records import Corpus
from advisor.stores.consultations import ConsultationStore
from advisor.stores.diagnoses import DiagnosisStore
from advisor.stores.shortlists import ShortlistStore
from advisor.ui.support_handlers import SentSupport, SupportHandlers
from tests.reporting.given import the_corpus

# Its notice: applications from 2026-02-09 to 2026-04-09.
PROGRAM = "ministry-collab-security-2026"
OWNER = {"employees_regular": 30, "factory_sido": "경기", "industry_text": "금속가공"}


def an_advisor(settings: Settings, corpus: Corpus) -> Advisor:
    """Return the real Advisor on a database, without what only answering needs."""
    transcripts = ConsultationStore.open(settings)
    desk = Desk(settings.corpus, corpus, transcripts, DiagnosisStore.open(settings))
    shortlist = Shortlist(corpus, transcripts, ShortlistStore.open(settings))
    nothing = cast("Any", None)
    return Advisor(settings, corpus, nothing, nothing, transcripts, desk, shortlist)


@pytest.fixture
def advisor(settings: Settings) -> Advisor:
    return an_advisor(settings, the_corpus())


@pytest.fixture
def cid(advisor: Advisor) -> str:
    made = advisor.new_consultation()
    advisor.set_profile(made, OWNER)
    return made


def show(advisor: Advisor, cid: str, **more: Any) -> str:
    """Return the view after one event, as a page that was just opened gets it."""
    opening = SimpleNamespace(advisor=advisor, problem=None)
    handlers = SupportHandlers(opening)

    async def shown() -> list[str]:
        return [parts["support"] async for parts in handlers.show(SentSupport(cid=cid, **more))]

    return unescape(asyncio.run(shown())[-1])


def alerts(html: str) -> list[str]:
    return re.findall(r'<li class="a-(\w+)">', html)


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))


def test_a_saved_program_is_there_after_a_restart_until_it_is_taken_off(
    advisor: Advisor, cid: str, settings: Settings
) -> None:
    assert 'id="support-saved"' not in show(advisor, cid)
    show(advisor, cid, keep=PROGRAM)

    again = an_advisor(settings, the_corpus())
    html = show(again, cid)
    saved = html.split('id="support-saved"', 1)[1].split('class="block programs"', 1)[0]
    assert the_corpus().programs[PROGRAM].title in saved
    assert f'data-drop="{PROGRAM}" aria-pressed="true">저장됨' in html
    assert f'data-keep="{PROGRAM}"' not in html
    other = again.new_consultation()
    again.set_profile(other, OWNER)
    assert 'id="support-saved"' not in show(again, other)

    html = show(again, cid, drop=PROGRAM)
    assert 'id="support-saved"' not in html
    assert f'data-keep="{PROGRAM}" aria-pressed="false">저장<' in html
    assert "찾지 못했습니다" in show(again, cid, keep="no-such-program")


def test_what_opened_changed_or_closes_soon_stands_at_the_top_until_it_was_seen(
    advisor: Advisor, cid: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-01-15")
    assert alerts(show(advisor, cid, keep=PROGRAM)) == []
    on(monkeypatch, "2026-02-10")
    html = show(advisor, cid)
    assert alerts(html) == ["opened"]
    assert html.index('class="alerts"') < html.index('class="block programs"')
    assert alerts(show(advisor, cid)) == ["opened"]
    assert alerts(show(advisor, cid, seen=True)) == []

    record = the_corpus().programs[PROGRAM]
    support = record.support.model_copy(update={"max_amount_krw": 7_000_000})
    changed = {**the_corpus().programs, PROGRAM: record.model_copy(update={"support": support})}
    later = an_advisor(settings, replace(the_corpus(), programs=changed))
    assert alerts(show(later, cid)) == ["changed"]
    # 8 days before the end: none of the two days on which the daily look tells it.
    on(monkeypatch, "2026-04-01")
    html = show(later, cid)
    assert alerts(html) == ["closing", "changed"]
    assert "접수가 8일 남았습니다(2026-04-09" in html
    on(monkeypatch, "2026-04-10")
    assert alerts(show(later, cid, seen=True)) == []


@pytest.mark.parametrize("way", ["deleted", "grown old"])
def test_a_consultation_that_goes_takes_what_it_saved_along(
    advisor: Advisor, cid: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    on(monkeypatch, "2026-01-15")
    show(advisor, cid, keep=PROGRAM)
    on(monkeypatch, "2026-02-10")
    show(advisor, cid)
    store = ShortlistStore.open(settings)
    assert [len(store.saved_by(cid)), len(store.alerts_of(cid))] == [1, 1]

    if way == "deleted":
        assert advisor.delete_consultation(cid)
    else:
        assert advisor.purge() == 0
        assert len(store.saved_by(cid)) == 1
        much_later = clock.now() + timedelta(days=settings.retention_days + 1)
        monkeypatch.setattr(clock, "now", lambda: much_later)
        assert advisor.purge() == 1
    assert [store.saved_by(cid), store.alerts_of(cid)] == [[], []]


def test_the_chain_starts_from_the_latest_finished_diagnosis(advisor: Advisor, cid: str) -> None:
    def gap() -> str:
        return advisor.outlook(cid, solution_id="sol-ai-vision").chain.gap.says

    assert "진단 결과" not in gap()
    advisor.desk.begin(cid, is_full=False)
    for item in advisor.desk.instrument.quick_check.items:
        advisor.desk.save(cid, {"item": item, "status": "answered", "value": 0})
    assert "진단 결과" not in gap()
    advisor.desk.finish(cid)

    assert gap().startswith("진단 결과 '")
    assert advisor.outlook(cid, solution_id="sol-ai-vision").chain.gap.says in show(
        advisor, cid, solution="sol-ai-vision"
    )
