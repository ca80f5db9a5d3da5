from advisor.diagnosis.known import known_answers, with_worry
from advisor.domain.profile import Fact, FactValue, Profile
from tests.diagnosis.given import the_instrument


def levels(**facts: FactValue) -> dict[str, int | None]:
    profile = Profile({name: Fact(value) for name, value in facts.items()})
    return {one.item: one.value for one in known_answers(the_instrument(), profile)}


def test_only_what_fits_one_level_is_taken():
    assert levels(systems_in_use=("회계", "엑셀만")) == {"SYS1": 0}
    # A MES that is there may lie idle: 1, 2 and 3 are all possible.
    assert levels(systems_in_use=("MES",)) == {}
    assert levels(digital_owner="대표") == {"PPL1": 1}
    assert levels(digital_owner="겸직 담당자") == {}
    assert levels(digital_owner="겸직 담당자", weekly_hours=4) == {"PPL1": 2}


def test_what_stops_an_application_is_the_lowest_level():
    assert levels(tax_arrears="있음") == {"FIN2": 0}
    assert levels(tax_arrears="없음") == {}


def test_the_worst_problem_names_pains_where_the_profile_names_none():
    assert with_worry(Profile(), "3호기에서 버가 자꾸 나와요").get("pain_codes") == (
        "quality_defect",
    )
    assert with_worry(Profile(), "설비가 자주 서요").get("pain_codes") == ("downtime",)
    told = Profile({"pain_codes": Fact(("energy",))})
    assert with_worry(told, "불량이 많아요") == told
