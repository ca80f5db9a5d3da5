"""The view of support and plan as HTML: what it says, never what it must not say."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from advisor.config import Settings
from advisor.conversation.shortlist import Shortlist
from advisor.conversation.transcripts import ConsultationLike, MemoryTranscripts
from advisor.corpus.load import load_corpus
from advisor.corpus.readiness import load_instrument
from advisor.domain.match import WindowOnDay, WindowState
from advisor.domain.profile import Fact, Profile
from advisor.domain.records import Corpus
from advisor.domain.vocabulary import ProfileField
from advisor.matching.outlook import Outlook, build_outlook
from advisor.matching.solutions import Readiness
from advisor.ui.strings import EN, KO
from advisor.ui.support_handlers import SentSupport, SupportHandlers
from advisor.ui.support_plan import parts_of, render_plan
from advisor.ui.support_view import (
    render_actions,
    render_chain,
    render_comparisons,
    render_no_facts,
    render_programs,
    render_support,
)

TODAY = date(2026, 11, 24)
PICKED = ("gyeonggi-smart-factory-2026", "ai-voucher-2026")
OWNER = Profile(
    {
        "employees_regular": Fact(30, "직원 <b>30명</b>"),
        "factory_sido": Fact("경기", ""),
        "industry_text": Fact("금속가공 <script>", ""),
        "sf_built": Fact("없음", ""),
        "self_fund_krw": Fact(30_000_000, ""),
    }
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return load_corpus(Settings().corpus, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def outlook(corpus: Corpus) -> Outlook:
    return look(corpus, TODAY)


def look(corpus: Corpus, day: date) -> Outlook:
    return build_outlook(
        corpus, OWNER, readiness=Readiness(load_instrument(Path(Settings().corpus))), today=day,
        made_at=datetime(2026, 11, 24, tzinfo=UTC), worry="눈으로 불량을 골라요",
        solution_id="sol-ai-vision", cost_krw=100_000_000, picked=PICKED,
    )  # fmt: skip


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def group(html: str, name: str) -> str:
    """Return one group of programs, empty where there is none."""
    found = re.search(rf'<div class="group-{name}">(.*?)(?=<div class="group-|$)', html, re.S)
    return found[1] if found else ""


def test_a_closed_window_stands_in_no_group_that_can_be_applied_for(
    corpus: Corpus, outlook: Outlook
) -> None:
    html = render_programs(outlook, corpus, KO)

    assert "w-closed" in group(html, "closed")
    for name in ("open", "upcoming", "unsure"):
        assert "w-closed" not in group(html, name)
        assert "마감</span>" not in group(html, name)
    assert "접수 중으로 확인된 사업 가운데 대상이 될 만한 것은 없습니다" in words(html)
    assert "w-open" not in html


def test_on_a_day_within_its_window_a_program_is_open_with_the_days_left(corpus: Corpus) -> None:
    # The notice of the ministries' security factory: 2026-02-09 to 2026-04-09.
    html = group(render_programs(look(corpus, date(2026, 4, 1)), corpus, KO), "open")

    assert corpus.programs["ministry-collab-security-2026"].title in unescape(html)
    assert "2026-04-09" in html
    assert "8일 남음" in html


def test_each_criterion_says_whether_it_is_met_and_why(corpus: Corpus, outlook: Outlook) -> None:
    html = words(render_programs(outlook, corpus, KO))

    assert "✓ 충족 경기 소재로 '경기' 지역 요건에 맞습니다" in html
    assert "✗ 불충족" in html
    assert "? 모름" in html
    assert "사람이 확인할 조건 유형1(기초)은 22개 시·군의 중소 제조기업이 대상입니다" in html
    assert "판정이 바뀌려면" in html
    assert "스마트공장 수준확인서가 있으면 대상이 됩니다." in html


def test_the_chain_names_all_five_steps_in_order(corpus: Corpus, outlook: Outlook) -> None:
    html = render_chain(outlook.chain, corpus, KO)

    steps = re.findall(r'<span class="step">([^<]+)</span>', html)
    assert steps == ["부족한 것", "해결책", "사례", "지원사업", "도와줄 곳"]
    assert "AI 비전 외관검사" in html
    assert "경기테크노파크" in html


def test_the_parts_of_the_bar_add_up_to_the_cost_and_the_tax_credit_is_apart(
    corpus: Corpus, outlook: Outlook
) -> None:
    assert outlook.plan is not None
    html = render_plan(outlook, corpus, KO, cost="1억")
    total, apart = words(html).split("사업비 합계에 넣지 않은 것", 1)

    # A grant of half the 100 million, 30 million of own money, the rest borrowed.
    assert dict(parts_of(outlook.plan)) == {
        "grant": 50_000_000, "own": 30_000_000, "loan": 20_000_000,
    }  # fmt: skip
    assert "보조금 5,000만 원" in total
    assert "세액공제(나중에)" not in total
    assert "세액공제(나중에) 500만 원" in apart
    assert 'value="1억"' in html
    for heading in ("달마다", "사업비가 달라지면", "함께 받을 때의 제한", "나란히", "이렇게 보고"):
        assert heading in apart
    assert "보조금 없이 하는 계획" in apart


def test_an_amount_that_no_source_states_is_said_and_never_zero(corpus: Corpus) -> None:
    unpriced = next(
        one.id for one in corpus.solutions.values()
        if one.kind == "type" and one.cost_range_krw is None
    )  # fmt: skip
    outlook = build_outlook(
        corpus, OWNER, readiness=Readiness(load_instrument(Path(Settings().corpus))), today=TODAY,
        made_at=datetime(2026, 11, 24, tzinfo=UTC), solution_id=unpriced,
    )  # fmt: skip
    html = words(render_plan(outlook, corpus, KO))

    assert "이 솔루션의 비용은 자료에 없습니다" in html
    assert "자기 현금 자료에 없음" in html
    assert "0원" not in html.split("다른 방법과")[0]


def test_actions_are_numbered_and_the_calendar_is_a_file_in_the_page(outlook: Outlook) -> None:
    html = render_actions(outlook.actions, outlook.calendar, KO)

    assert html.count("<li>") == len(outlook.actions) > 3
    assert 'download="support-windows.ics" href="data:text/calendar;base64,' in html
    nothing = render_actions((), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", KO)
    assert "달력에 넣을 날짜가 자료에 없습니다" in nothing
    assert "<a " not in nothing


def test_two_that_are_ticked_stand_side_by_side(corpus: Corpus, outlook: Outlook) -> None:
    html = render_comparisons(outlook.comparisons, KO)

    assert html.count('<th scope="col">') == 3
    for name in PICKED:
        assert corpus.programs[name].title in unescape(html)
    assert "두 개에서 네 개까지" in render_comparisons((), KO)


def test_what_people_and_records_wrote_is_escaped(corpus: Corpus, outlook: Outlook) -> None:
    fields = list(corpus.vocabulary.profile_fields.values())
    odd = replace(
        outlook.programs[0], why="<img src=x onerror=alert(1)>",
        window=WindowOnDay(WindowState.UNKNOWN, note="<i>"),
    )  # fmt: skip
    shown = replace(outlook, programs=(odd,))
    html = render_support(shown, corpus, OWNER, fields, KO, cost='"><b>', hint="<u>")

    for raw in ("<script>", "<img", '"><b>', "<u>"):
        assert raw not in html


def test_without_facts_it_says_what_to_tell_and_judges_nothing(corpus: Corpus) -> None:
    fields = list(corpus.vocabulary.profile_fields.values())
    html = render_no_facts(fields, KO)

    assert html.count('<form class="set"') == 4
    assert "아직 아는 회사 정보가 없습니다" in html
    assert 'class="program"' not in html
    assert "Nothing is known" in render_no_facts(fields, EN)


class Broken:
    """An Advisor whose judging fails."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._kept = MemoryTranscripts()
        self.shortlist = Shortlist(corpus, self._kept, None)

    def begin(self) -> str:
        own = self._kept.create()
        self._kept.set_profile(own, OWNER)
        return own

    def consultation(self, consultation_id: str) -> ConsultationLike | None:
        return self._kept.load(consultation_id)

    def profile_fields(self) -> list[ProfileField]:
        return list(self.corpus.vocabulary.profile_fields.values())

    def outlook(self, consultation_id: str, **_: object) -> Outlook:
        raise RuntimeError("the engine broke")


def test_a_failure_says_so_and_offers_to_try_again(corpus: Corpus) -> None:
    advisor = Broken(corpus)
    opening = SimpleNamespace(advisor=advisor, problem=None)

    async def shown() -> list[str]:
        sent = SentSupport(cid=advisor.begin())
        handlers = SupportHandlers(opening)
        return [parts["support"] async for parts in handlers.show(sent)]

    (html,) = asyncio.run(shown())
    assert "지원사업을 맞춰 보지 못했습니다" in html
    assert 'data-support="again"' in html
    assert "engine broke" not in html
