"""What moves a record up or down, whatever the search said."""

from advisor.conversation.ranking import rank_candidates
from advisor.domain.passages import Chunk, Hit, Kind
from advisor.domain.question import Aspect, Intent, NameHit, Question
from advisor.intake.names import Named, NameIndex
from tests.builders import a_corpus, a_faq, a_program, a_solution

NAMES = NameIndex.build(
    [Named("a-2026", Kind.PROGRAM, ("갑 지원",)), Named("b-2026", Kind.PROGRAM, ("을 지원",))]
)


def a_question(**changes: object) -> Question:
    plain = {"text": "질문", "speech": "질문", "language": "ko", "intent": Intent.FACT}
    return Question(**{**plain, **changes})  # type: ignore[arg-type]


def a_hit(record_id: str, score: float, kind: Kind = Kind.PROGRAM) -> Hit:
    return Hit(Chunk(f"{record_id}#what", record_id, kind, "제목", "what", "글"), score, 0.8, 1.0)


def ranked(question, hits, corpus, region=None, worries=None):
    found = rank_candidates(
        question, hits, corpus=corpus, names=NAMES, region=region, coverage={}, trades={},
        worries=worries or {}, faq_likeness={},
    )  # fmt: skip
    return [one.record_id for one in found]


TWO = a_corpus(programs=[a_program(id="a-2026"), a_program(id="b-2026")])


def test_a_record_that_is_named_goes_before_one_that_is_found() -> None:
    named = a_question(names=(NameHit("b-2026", Kind.PROGRAM, "을지원", 1.0),))

    assert ranked(named, [a_hit("a-2026", 1.5), a_hit("b-2026", 0.5)], TWO) == ["b-2026", "a-2026"]


def test_the_year_that_is_asked_for_decides_between_editions() -> None:
    editions = a_corpus(
        programs=[a_program(id="a-2026", year=2026), a_program(id="b-2026", year=2025)]
    )
    hits = [a_hit("a-2026", 1.0), a_hit("b-2026", 1.0)]

    assert ranked(a_question(years=(2025,)), hits, editions)[0] == "b-2026"
    assert ranked(a_question(), hits, editions)[0] == "a-2026"


def test_a_program_of_another_region_falls_behind() -> None:
    corpus = a_corpus(
        programs=[
            a_program(id="a-2026", sido=["경기"]),
            a_program(id="b-2026", sido=["충북"]),
        ]
    )
    hits = [a_hit("a-2026", 1.0), a_hit("b-2026", 0.9)]

    assert ranked(a_question(regions=("충북",)), hits, corpus)[0] == "b-2026"
    assert ranked(a_question(), hits, corpus, region="충북")[0] == "b-2026"
    assert ranked(a_question(), hits, corpus)[0] == "a-2026"


def test_what_was_said_in_full_a_moment_ago_is_not_said_again() -> None:
    corpus = a_corpus(programs=[a_program(id="a-2026")], faqs=[a_faq(id="faq-900")])
    asked = a_question(focus=("faq-900",), focus_weight=-1.2, is_follow_up=True)

    assert (
        ranked(asked, [a_hit("faq-900", 3.0, Kind.FAQ), a_hit("a-2026", 0.0)], corpus)[0]
        == "a-2026"
    )


def test_only_a_program_can_say_when_it_closes() -> None:
    corpus = a_corpus(programs=[a_program(id="a-2026")], faqs=[a_faq(id="faq-900")])
    asked = a_question(aspects=frozenset({Aspect.WINDOW}))

    assert (
        ranked(asked, [a_hit("faq-900", 1.2, Kind.FAQ), a_hit("a-2026", 1.0)], corpus)[0]
        == "a-2026"
    )


def test_a_worry_goes_before_what_sounds_like_the_question() -> None:
    corpus = a_corpus(solutions=[a_solution(id="sol-trade"), a_solution(id="sol-worry")])
    hits = [a_hit("sol-trade", 2.0, Kind.SOLUTION), a_hit("sol-worry", 0.5, Kind.SOLUTION)]
    worries = {"sol-worry": frozenset({"no-hands"})}

    problem = a_question(intent=Intent.PROBLEM)
    assert ranked(problem, hits, corpus, worries=worries)[0] == "sol-worry"
    assert (
        ranked(a_question(intent=Intent.COMPARE), hits, corpus, worries=worries)[0] == "sol-trade"
    )
