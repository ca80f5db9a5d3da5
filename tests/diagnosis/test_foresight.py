"""What a result may become, with values worked out by hand."""

from advisor.diagnosis.foresight import Foresight, dimension_ranges, foresee
from tests.diagnosis.given import diagnose_case, the_instrument


def test_the_range_of_a_dimension_holds_its_open_items_at_the_lowest_and_the_highest() -> None:
    # ED-1 is a quick check: in each dimension the item of weight 2 of 5 is answered. DAT1 is 3:
    # lowest 100 x 6 / 20 = 30, highest 100 x (6 + 12) / 20 = 90.
    assert dimension_ranges(the_instrument(), diagnose_case("ED-1"))["DAT"] == (30.0, 90.0)
    # EX-A answered everything: STR 2x2+1+1+0 of 20.
    assert dimension_ranges(the_instrument(), diagnose_case("EX-A"))["STR"] == (30.0, 30.0)


def test_the_score_after_each_stretch_counts_all_steps_done_so_far() -> None:
    # EX-C: DAT-2 and AIX-2 come first. DAT2=3, DAT3=3 lift DAT from 40 to 70, that is 20 x 30 / 100
    # = 6.0 points; AIX1 from 2 to 3 lifts AIX by 10, that is 8 x 10 / 100 = 0.8 points.
    first, *rest = foresee(the_instrument(), diagnose_case("EX-C"))
    assert first == Foresight("0~3개월", 70.7, 3)
    scores = [one.overall or 0 for one in (first, *rest)]
    assert scores == sorted(scores)


def test_without_a_score_nothing_is_foreseen_as_a_number() -> None:
    # ED-2 knows nothing of its data: the rules give no score, and steps elsewhere give none.
    assert {one.overall for one in foresee(the_instrument(), diagnose_case("ED-2"))} <= {None}
