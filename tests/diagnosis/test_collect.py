from advisor.diagnosis.collect import collect
from advisor.domain.readiness import AnswerStatus
from tests.diagnosis.given import all_at, said, the_instrument


def test_paper_records_settle_how_they_join_up():
    collected = collect(the_instrument(), said(DAT1=1))

    assert collected.values == {"DAT1": 1, "DAT3": 1}
    assert collected.applied_skips == ("SK2:DAT3",)
    assert collected.answers["DAT3"].grade == "infer"


def test_an_own_answer_wins_over_a_skip_rule():
    collected = collect(the_instrument(), said(DAT1=1, DAT3=2))

    assert collected.values["DAT3"] == 2
    assert collected.applied_skips == ()


def test_an_item_one_was_asked_and_did_not_know_is_not_settled_by_a_rule():
    collected = collect(the_instrument(), said(DAT1=1, DAT3=None))

    assert "DAT3" not in collected.values
    assert collected.answers["DAT3"].status is AnswerStatus.UNKNOWN


def test_ai_that_was_only_tried_settles_effect_and_upkeep_but_not_the_rules_of_use():
    collected = collect(the_instrument(), said(AIX1=1))

    assert collected.values == {"AIX1": 1, "AIX2": 0, "AIX3": 0}


def test_a_check_needs_all_of_its_conditions():
    together = all_at(2, DAT3=3, SYS1=1, DAT1=2)
    apart = all_at(2, DAT3=3, SYS1=1, DAT1=3)

    assert "CK7" in collect(the_instrument(), together).contradictions
    assert "CK7" not in collect(the_instrument(), apart).contradictions


def test_every_item_has_a_state_in_the_order_of_the_instrument():
    collected = collect(the_instrument(), said(FIN4=2, STR1=1))

    assert list(collected.answers) == [item.id for item in the_instrument().items]
