from statistics import median

from advisor.diagnosis.answers import to_profile
from advisor.diagnosis.diagnose import diagnose
from advisor.domain.profile import Fact, Profile
from advisor.domain.readiness import ItemAnswer
from tests.diagnosis.given import answers_of, diagnose_case, said, the_cases, the_instrument


def test_the_quick_check_is_asked_first_in_its_order():
    asked: list[str] = []
    answers: list[ItemAnswer] = []
    for _ in range(8):
        item = diagnose(the_instrument(), answers).next_item
        assert item is not None
        asked.append(item)
        answers += said(**{item: 2})

    assert asked == list(the_instrument().quick_check.items)


def test_after_the_quick_check_the_item_that_tells_most_comes_first():
    quick = said(**dict.fromkeys(the_instrument().quick_check.items, 2))
    sure = said(**dict.fromkeys(the_instrument().quick_check.items, 2), PRC4=2)

    # PRC4: 14 × 1.5 (50 is within 15 of the 45 that blocks L3) × 1.5 (needed for 기초) = 31.5.
    assert diagnose(the_instrument(), quick).next_item == "PRC4"
    # DAT2, DAT3 and DAT4: 20 × 1.5 = 30; DAT2 has the smallest order.
    assert diagnose(the_instrument(), sure).next_item == "DAT2"


def test_the_gates_of_the_worst_pain_come_before_their_like():
    quick = said(**dict.fromkeys(the_instrument().quick_check.items, 2), PRC4=2)
    profile = Profile({"pain_codes": Fact(("inventory",))})

    # S14 (stock) needs DAT4, S13 helps with it and needs DAT2: 30 × 1.3 for both, DAT3 stays.
    first = diagnose(the_instrument(), quick, profile).next_item
    second = diagnose(the_instrument(), [*quick, *said(DAT2=2)], profile).next_item

    assert (first, second) == ("DAT2", "DAT4")


def test_what_is_settled_unknown_or_inapplicable_is_not_asked_again():
    for case_id in ("EX-A", "ED-2", "ED-4"):
        assert diagnose_case(case_id).next_item is None


def test_one_may_stop_once_most_is_answered_and_the_blockers_are_sure():
    assert diagnose_case("EX-C").may_stop
    assert not diagnose_case("ED-1").may_stop
    assert not diagnose_case("ED-2").may_stop


def test_asking_by_the_rule_reaches_every_item_once():
    asked: list[str] = []
    answers: list[ItemAnswer] = []
    while (item := diagnose(the_instrument(), answers).next_item) is not None:
        asked.append(item)
        answers += said(**{item: 3})

    assert len(asked) == len(set(asked)) == 32


def test_the_final_level_stands_after_at_most_nine_questions_in_the_median_of_the_full_cases():
    counts = []
    for case_id, case in the_cases().items():
        if case["expected"]["level"] is None or len(answers_of(case_id)) < 20:
            continue
        given = {one.item: one for one in answers_of(case_id)}
        profile = to_profile(case["profile"], the_instrument(), case_id)
        answers: list[ItemAnswer] = []
        levels: list[int | None] = []
        while (item := diagnose(the_instrument(), answers, profile).next_item) is not None:
            answers.append(given[item])
            levels.append(diagnose(the_instrument(), answers, profile).level)
        final = case["expected"]["level"]
        stable = max((n for n, level in enumerate(levels, 1) if level != final), default=0) + 1
        counts.append(stable)

    assert len(counts) == 14
    assert median(counts) <= 9
