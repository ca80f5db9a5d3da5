from advisor.diagnosis.collect import collect
from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.stable import is_stable
from advisor.domain.readiness import ItemAnswer
from tests.diagnosis.given import said, the_instrument

QUICK = the_instrument().quick_check.items


def stable(answers: list[ItemAnswer]) -> bool:
    level = diagnose(the_instrument(), answers).level
    return is_stable(the_instrument(), collect(the_instrument(), answers), level)


def test_nothing_is_stable_before_the_quick_check_is_through():
    assert not stable(said(**dict.fromkeys(QUICK[:7], 0)))


def test_a_company_at_the_bottom_stays_there():
    assert stable(said(**dict.fromkeys(QUICK, 0)))


def test_a_level_held_down_only_by_how_little_was_asked_is_not_stable():
    # All at 3: CAP6 allows L2 until 60 % is answered, and then it is L3.
    assert diagnose(the_instrument(), said(**dict.fromkeys(QUICK, 3))).level == 2
    assert not stable(said(**dict.fromkeys(QUICK, 3)))
