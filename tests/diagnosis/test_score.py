from fractions import Fraction

from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.rounding import exact, round_half_up
from advisor.domain.readiness import AnswerStatus, CapHit, ItemAnswer
from tests.diagnosis.given import all_at, diagnose_case, said, the_instrument


def test_the_item_that_stands_for_its_dimension_counts_twice():
    # (2×2 + 1 + 1 + 0) ÷ (4×5) × 100, the worked example of the rules.
    result = diagnose(the_instrument(), all_at(2, STR2=1, STR3=1, STR4=0))

    assert result.dimensions["STR"].score == 30.0


def test_below_forty_percent_answered_a_dimension_has_no_score():
    result = diagnose(the_instrument(), said(STR2=3))

    assert result.dimensions["STR"].score is None
    assert result.dimensions["STR"].coverage == 0.2


def test_a_score_exactly_on_a_limit_is_not_below_it():
    result = diagnose_case("ED-7")

    assert result.dimensions["DAT"].score == 45.0
    assert result.caps == (CapHit("CAP1", "DAT", 3, 60),)


def test_all_caps_below_the_score_level_are_binding_and_only_the_lowest_block():
    # DAT at 20 allows L1, PPL at 20 allows L2; by score it is L3.
    answers = all_at(4, DAT1=2, DAT2=0, DAT3=0, DAT4=0, PPL1=0, PPL2=2, PPL3=1, PPL4=1)
    result = diagnose(the_instrument(), answers)

    assert result.level_raw == 3
    assert result.level == 1
    assert {(cap.target, cap.max_level) for cap in result.binding} == {("DAT", 1), ("PPL", 2)}
    assert [cap.target for cap in result.blockers] == ["DAT"]


def test_the_top_level_has_no_blockers_and_no_next_level():
    result = diagnose(the_instrument(), all_at(4, "doc"))

    assert result.level == 4
    assert result.blockers == ()
    assert result.next_level is None


def test_an_inapplicable_item_is_left_out_of_the_smart_factory_estimate():
    answers = [one for one in all_at(3, SYS2=3) if one.item != "EQP4"]
    answers.append(ItemAnswer("EQP4", AnswerStatus.NOT_APPLICABLE))

    result = diagnose(the_instrument(), answers)

    assert result.smart_factory == ("중간2", "중간2")


def test_an_unknown_item_opens_the_smart_factory_range():
    result = diagnose(the_instrument(), all_at(3, PRC4=None))

    assert result.smart_factory == ("ICT 미적용", "중간2")


def test_halves_are_rounded_up():
    assert round_half_up(Fraction(5, 100), 1) == 0.1
    assert round_half_up(Fraction(4999, 100000), 1) == 0.0
    assert round_half_up(exact(0.125), 2) == 0.13
