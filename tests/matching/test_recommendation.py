from datetime import UTC, date, datetime
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.corpus.readiness import load_instrument
from advisor.diagnosis.diagnose import diagnose
from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.passages import Kind
from advisor.domain.profile import Fact
from advisor.domain.readiness import AnswerStatus, ItemAnswer
from advisor.domain.records import Corpus
from advisor.matching.actions import list_actions
from advisor.matching.calendar_file import windows_ics
from advisor.matching.cases import announced_by
from advisor.matching.changes import find_changes
from advisor.matching.compare import compare
from advisor.matching.eligibility import judge_program
from advisor.matching.matches import match_records, rank_missing
from advisor.matching.recommendation import build_chain, recommend
from advisor.matching.solutions import Readiness
from tests.builders import a_case, a_corpus, a_criterion, a_profile, a_program

TODAY = date(2026, 11, 24)
OWNER: dict[str, Any] = {
    "factory_sido": "경기", "industry_text": "금속가공", "main_processes": ["절삭·가공"],
    "employees_regular": 30, "sf_built": "없음", "data_types_available": ["불량 사진"],
}  # fmt: skip
WORRY = "눈으로 불량 검사를 하느라 사람이 힘들어요"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


@pytest.fixture(scope="module")
def readiness() -> Readiness:
    return Readiness(load_instrument(PROJECT_ROOT / "corpus"))


def found(
    corpus: Corpus, readiness: Readiness, kind: Kind, worry: str = WORRY, k: int = 5, **facts: Any
) -> list[Match]:
    return match_records(
        corpus, a_profile(**facts), kind=kind, today=TODAY, readiness=readiness, k=k, worry=worry
    )


def ids(matches: list[Match]) -> list[str]:
    return [one.record_id for one in matches]


@pytest.mark.parametrize(
    ("worry", "facts", "solution"),
    [
        (WORRY, {"industry_text": "금속가공"}, "sol-ai-vision"),
        ("기계가 갑자기 서서 납품을 못 합니다", {"industry_text": "프레스"}, "sol-pdm"),
        (
            "사출 조건을 감으로 잡아 불량이 납니다",
            {"main_processes": ["사출"]},
            "sol-injection-opt",
        ),
        ("전기요금이 너무 많이 나옵니다", {"industry_text": "열처리"}, "sol-energy-fems"),
        ("생산계획을 엑셀로 짜서 납기를 못 맞춥니다", {"industry_text": "기계부품"}, "sol-aps"),
        ("작업일보를 종이로 써서 실적을 모릅니다", {"industry_text": "조립"}, "sol-mes"),
        (
            "숙련자만 아는 고장 조치를 문서에서 찾고 싶습니다",
            {"industry_text": "금속가공"},
            "sol-llm",
        ),
    ],
)
def test_a_worry_finds_its_solution_among_the_first_three(
    corpus: Corpus, readiness: Readiness, worry: str, facts: dict[str, Any], solution: str
) -> None:
    assert solution in ids(found(corpus, readiness, Kind.SOLUTION, worry, k=3, **facts))


def test_data_that_is_not_there_keeps_a_solution_from_starting(
    corpus: Corpus, readiness: Readiness
) -> None:
    def verdict(*data: str) -> Verdict:
        facts: dict[str, Any] = {"data_types_available": list(data)} if data else {}
        rows = found(corpus, readiness, Kind.SOLUTION, k=0, **facts)
        return next(one.verdict for one in rows if one.record_id == "sol-pdm")

    assert verdict() is Verdict.UNKNOWN
    assert verdict("주문·출하") is Verdict.NOT_ELIGIBLE
    assert verdict("고장·수리 이력") is Verdict.ELIGIBLE


def test_the_gates_of_a_diagnosis_go_before_what_was_said_of_data(
    corpus: Corpus, readiness: Readiness
) -> None:
    instrument = readiness.instrument

    def verdict(value: int) -> tuple[Verdict, str]:
        answers = [
            ItemAnswer(one.id, AnswerStatus.ANSWERED, value, "say") for one in instrument.items
        ]
        diagnosed = Readiness(instrument, diagnose(instrument, answers))
        rows = found(corpus, diagnosed, Kind.SOLUTION, k=0, data_types_available=["공정 조건"])
        match = next(one for one in rows if one.record_id == "sol-pdm")
        return match.verdict, next(one.because for one in match.criteria if one.type == "readiness")

    assert verdict(4)[0] is Verdict.ELIGIBLE
    refused, because = verdict(0)
    assert refused is Verdict.NOT_ELIGIBLE
    assert "부터" in because


def test_only_a_record_that_says_so_is_an_ai_case(corpus: Corpus, readiness: Readiness) -> None:
    for match in found(corpus, readiness, Kind.CASE, k=0, **OWNER):
        case = corpus.cases[match.record_id]
        ai = next(one for one in match.criteria if one.type == "ai_used")
        assert (ai.result is CriterionResult.MET) == (case.ai_used is True)
        assert case.ai_used is True or ai.because in match.why


def test_figures_that_the_supplier_announced_are_said_to_be_so(corpus: Corpus) -> None:
    assert announced_by(corpus.cases["case-pcb-s"]) == "수치는 공급기업이 발표한 값입니다"
    assert announced_by(a_case(supplier="시험 기관")) == "수치는 공급기업이 발표한 값입니다"
    assert announced_by(a_case(supplier="다른 회사")) is None


def test_the_case_of_the_same_trade_and_size_comes_first(
    corpus: Corpus, readiness: Readiness
) -> None:
    near = a_case(
        id="near", industry="아연 도금", process="도금 라인", employees=28, problem="불량이 많았다"
    )
    far = a_case(id="far", industry="두부", process="응고", employees=900, problem="불량이 많았다")
    small = a_corpus(cases=[far, near], vocabulary=corpus.vocabulary)

    rows = found(small, readiness, Kind.CASE, "불량", industry_text="도금", employees_regular=30)

    assert ids(rows) == ["near", "far"]
    assert rows[0].why_not_next


def test_experts_are_of_the_region_or_of_the_whole_country(
    corpus: Corpus, readiness: Readiness
) -> None:
    rows = found(corpus, readiness, Kind.EXPERT, factory_sido="충북", industry_text="두부")

    assert "tp-chungbuk" in ids(rows)[:3]
    assert all(
        not corpus.experts[one].sido or "충북" in corpus.experts[one].sido for one in ids(rows)
    )


def test_a_change_that_is_promised_holds_when_the_engine_runs_again(corpus: Corpus) -> None:
    profile = a_profile(**OWNER)
    promised = 0
    for program in corpus.programs.values():
        match = judge_program(program, profile, vocabulary=corpus.vocabulary, today=TODAY)
        for change in find_changes(
            program, profile, match, vocabulary=corpus.vocabulary, today=TODAY
        ):
            facts = {
                name: Fact(tuple(value) if isinstance(value, list) else str(value))
                if not isinstance(value, int)
                else Fact(value)
                for name, value in change.facts.items()
            }
            again = judge_program(
                program, profile.with_facts(facts), vocabulary=corpus.vocabulary, today=TODAY
            )
            assert again.verdict is change.verdict is not match.verdict
            promised += 1
    assert promised > 10


def test_a_level_certificate_is_named_as_what_would_change_the_verdict(corpus: Corpus) -> None:
    program, profile = (
        corpus.programs["manufacturing-ai-specialized-factory-2026"],
        a_profile(**OWNER),
    )
    match = judge_program(program, profile, vocabulary=corpus.vocabulary, today=TODAY)
    changes = find_changes(program, profile, match, vocabulary=corpus.vocabulary, today=TODAY)

    assert match.verdict is Verdict.NOT_ELIGIBLE
    assert changes[0].says == "스마트공장 수준확인서가 있으면 대상이 됩니다."


def test_nobody_is_told_to_dismiss_people_for_a_grant(corpus: Corpus) -> None:
    program = a_program(criteria=[a_criterion("employees_regular", words="50인 미만", at_most=49)])
    profile = a_profile(employees_regular=80)
    match = judge_program(program, profile, vocabulary=corpus.vocabulary, today=TODAY)

    assert find_changes(program, profile, match, vocabulary=corpus.vocabulary, today=TODAY) == ()


def test_the_fact_that_settles_most_verdicts_is_asked_first(corpus: Corpus) -> None:
    people = a_criterion("employees_regular", at_most=49)
    trade = a_criterion("export")
    listed = a_criterion("notice_list")
    programs = [
        a_program(id="a", criteria=[people]), a_program(id="b", criteria=[people]),
        a_program(id="c", criteria=[trade]), a_program(id="d", criteria=[trade, people]),
        a_program(id="e", criteria=[trade, listed]),
    ]  # fmt: skip
    matches = [
        judge_program(one, a_profile(), vocabulary=corpus.vocabulary, today=TODAY)
        for one in programs
    ]

    assert rank_missing(matches) == [("employees_regular", 2), ("export", 1)]


def test_k_counts_what_is_possible_and_zero_is_everything(
    corpus: Corpus, readiness: Readiness
) -> None:
    some = found(corpus, readiness, Kind.PROGRAM, k=4, **OWNER)
    everything = found(corpus, readiness, Kind.PROGRAM, k=0, **OWNER)

    assert len(some) == 4
    assert all(one.verdict is not Verdict.NOT_ELIGIBLE for one in some)
    assert len(everything) == len(corpus.programs)
    assert ids(everything)[:4] == ids(some)
    assert all(one.why for one in everything)


def test_the_recommendation_tells_what_is_within_reach_and_what_to_ask(
    corpus: Corpus, readiness: Readiness
) -> None:
    shown = recommend(corpus, a_profile(**OWNER), readiness=readiness, today=TODAY, worry=WORRY)

    assert (
        len(shown.programs) == len(shown.solutions) == len(shown.cases) == len(shown.experts) == 3
    )
    assert all(
        any(change.verdict is Verdict.ELIGIBLE for change in one.changes)
        for one in shown.within_reach
    )
    assert "manufacturing-ai-specialized-factory-2026" in [
        one.record_id for one in shown.within_reach
    ]
    assert shown.ask_next


def test_the_chain_goes_from_the_gap_to_who_helps_with_an_ai_case(
    corpus: Corpus, readiness: Readiness
) -> None:
    chain = build_chain(corpus, a_profile(**OWNER), readiness=readiness, today=TODAY, worry=WORRY)

    assert [one.kind for one in chain.links] == ["gap", "solution", "case", "program", "expert"]
    assert all(one.says.endswith(".") for one in chain.links)
    assert chain.solution.match is not None
    assert chain.case.match is not None
    assert chain.program.match is not None
    assert chain.expert.match is not None
    assert chain.solution.match.record_id == "sol-ai-vision"
    assert corpus.cases[chain.case.match.record_id].ai_used is True
    assert chain.program.match.verdict is not Verdict.NOT_ELIGIBLE
    assert corpus.experts[chain.expert.match.record_id].sido in (("경기",), ())


def test_a_chain_without_data_begins_with_the_data(corpus: Corpus, readiness: Readiness) -> None:
    facts = {**OWNER, "data_types_available": ["주문·출하"]}
    chain = build_chain(
        corpus,
        a_profile(**facts),
        readiness=readiness,
        today=TODAY,
        worry=WORRY,
        solution_id="sol-pdm",
    )

    assert chain.gap.says.startswith("먼저 ")
    assert "자료를 모아야 합니다" in chain.gap.says


def dated(**window: Any) -> Any:
    plain = {"opens_on": "2026-11-01", "closes_on": "2026-12-18", "closes_at": "18:00"}
    return a_program(
        criteria=[a_criterion("export")], documents=["사업계획서"], window={**plain, **window},
        how_to_apply="온라인",
    )  # fmt: skip


def test_papers_are_due_two_weeks_before_the_last_day_and_facts_come_first(corpus: Corpus) -> None:
    small = a_corpus(programs=[dated()], vocabulary=corpus.vocabulary)
    match = judge_program(
        small.programs["sample-program-2026"],
        a_profile(),
        vocabulary=corpus.vocabulary,
        today=TODAY,
    )
    actions = list_actions(small, [match], today=TODAY)

    assert [(one.order, one.by) for one in actions] == [
        (1, None), (2, date(2026, 12, 4)), (3, date(2026, 12, 15)),
    ]  # fmt: skip
    assert actions[0].what.startswith("수출 여부를 확인합니다")
    assert actions[1].what == "사업계획서를 준비합니다"
    assert "마감 2026-12-18 18:00" in actions[2].what


def test_the_calendar_has_the_last_hour_and_calls_a_guess_a_guess(corpus: Corpus) -> None:
    from icalendar import Calendar

    def events(**window: Any) -> list[Any]:
        small = a_corpus(programs=[dated(**window)], vocabulary=corpus.vocabulary)
        match = judge_program(
            small.programs["sample-program-2026"], a_profile(export="직접 수출"),
            vocabulary=corpus.vocabulary, today=TODAY,
        )  # fmt: skip
        stamp = datetime(2026, 11, 24, tzinfo=UTC)
        return list(
            Calendar.from_ical(windows_ics(small, [match], today=TODAY, made_at=stamp)).walk(
                "VEVENT"
            )
        )

    (last,) = events()
    (guess,) = events(opens_on=None, closes_on="2026-01-07", typical_schedule="매년 1월 접수")

    # 18:00 in Seoul is 09:00 in UTC.
    assert last["DTEND"].dt == datetime(2026, 12, 18, 9, tzinfo=UTC)
    assert last["STATUS"] == "CONFIRMED"
    assert [one["TRIGGER"].dt.days for one in last.walk("VALARM")] == [-14, -3]
    assert guess["DTSTART"].dt == date(2027, 1, 1)
    assert guess["STATUS"] == "TENTATIVE"
    assert "확정된 날짜가 아니므로" in guess["DESCRIPTION"]
    assert events(opens_on=None, closes_on="2026-01-07") == []


def test_a_table_says_that_a_null_is_not_in_the_sources(corpus: Corpus) -> None:
    matches = [
        judge_program(
            corpus.programs[one], a_profile(**OWNER), vocabulary=corpus.vocabulary, today=TODAY
        )
        for one in ("autonomous-factory-2026", "ai-voucher-2026")
    ]
    table = compare(corpus, matches)
    rows = dict(table.rows)

    assert rows["지원 한도"] == ("6억 원(2026년 기준)", "2억 원(2026년 기준)")
    assert rows["지원 비율"] == ("50%", "자료에 없음")
    with pytest.raises(ValueError, match="one to four"):
        compare(corpus, matches * 3)
