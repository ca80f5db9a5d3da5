from advisor.diagnosis.diagnose import diagnose
from advisor.domain.profile import Fact, Profile
from advisor.domain.readiness import AnswerStatus, Gap, ItemAnswer
from tests.diagnosis.given import all_at, diagnose_case, said, the_instrument


def status_of(answers, solution_id, profile=None):
    result = diagnose(the_instrument(), answers, profile)
    return next(one for one in result.solutions if one.id == solution_id).status


# S05 needs EQP2 ≥ 1, SYS3 ≥ 2 and PPL1 ≥ 2.
def test_all_gates_met_is_ready():
    assert status_of(all_at(2), "S05") == "ready"


def test_two_items_one_level_short_is_near():
    assert status_of(all_at(2, SYS3=1, PPL1=1), "S05") == "near"


def test_three_items_one_level_short_is_not_yet():
    assert status_of(all_at(2, EQP2=0, SYS3=1, PPL1=1), "S05") == "not_yet"


def test_two_levels_short_is_not_yet():
    assert status_of(all_at(2, SYS3=0), "S05") == "not_yet"


def test_an_unknown_gate_with_the_rest_in_reach_is_to_be_checked():
    assert status_of(all_at(2, SYS3=None, PPL1=1), "S05") == "check"


def test_an_unknown_gate_with_another_far_off_is_not_yet():
    assert status_of(all_at(2, SYS3=None, PPL1=0), "S05") == "not_yet"


def test_an_inapplicable_gate_counts_as_met():
    answers = [one for one in all_at(4) if one.item != "EQP4"]
    answers.append(ItemAnswer("EQP4", AnswerStatus.NOT_APPLICABLE))

    assert status_of(answers, "S18") == "ready"


def test_what_the_profile_names_as_done_is_done_whatever_the_gates_say():
    profile = Profile({"solutions_done": Fact(("S08",))})

    assert status_of(all_at(0), "S08", profile) == "done"


def test_gaps_name_item_needed_and_known_level():
    result = diagnose(the_instrument(), all_at(2, SYS3=None, PPL1=1))

    assert result.gaps["S05"] == (Gap("SYS3", 2, None), Gap("PPL1", 2, 1))


def test_own_money_in_the_profile_wins_over_the_money_item():
    answers = all_at(2)
    profile = Profile({"self_fund_krw": Fact(300_000_000)})
    poor = diagnose(the_instrument(), answers)
    rich = diagnose(the_instrument(), answers, profile)

    assert next(one for one in poor.solutions if one.id == "S18").cost_fit == 0.2
    assert next(one for one in rich.solutions if one.id == "S18").cost_fit == 1.0


def test_a_confirmed_programme_lowers_what_the_company_pays():
    answers = all_at(2)  # FIN1 at 2 stands for 10 million won
    paid = diagnose(the_instrument(), answers, support_ratio=0.7)

    # 30 million less 70 % leaves 9 million.
    assert next(one for one in paid.solutions if one.id == "S05").cost_fit == 1.0


def test_unknown_money_counts_half_and_free_work_is_free():
    result = diagnose(the_instrument(), all_at(2, FIN1=None))
    by_id = {one.id: one for one in result.solutions}

    assert by_id["S05"].cost_fit == 0.5
    assert by_id["S03"].cost_fit == 1.0


def test_a_company_without_stated_pains_gets_no_solutions_in_its_road_map():
    result = diagnose(the_instrument(), all_at(2))

    placed = [one for ids in result.horizons.values() for one in ids]
    assert placed
    assert all("-" in one for one in placed)


def test_no_horizon_holds_more_work_than_the_people_can_do():
    for case_id in ("EX-A", "EX-B", "EX-C", "ED-1", "ED-11"):
        result = diagnose_case(case_id)
        people = result.answers["PPL1"].value
        assert people is not None
        room = the_instrument().priority_rule.capacity_by_ppl1[people]
        for horizon in ("H1", "H2"):
            load = 0.0
            for one in result.horizons[horizon]:
                part = the_instrument().step_by_id.get(one) or the_instrument().solution_by_id[one]
                load += 0.5 if part.cost == "Z" and part.weeks <= 4 else 1.0
            assert load <= room, (case_id, horizon)


def test_nothing_stands_twice_in_the_road_map():
    for case_id in ("EX-A", "EX-B", "EX-C", "ED-1", "ED-6", "ED-11", "ED-14"):
        result = diagnose_case(case_id)
        placed = [one for ids in result.horizons.values() for one in ids]

        assert len(placed) == len(set(placed))
        twins = {the_instrument().step_by_id[one].same_as for one in placed if "-" in one}
        assert not twins & set(placed)


def test_remarks_come_from_the_profile_and_do_not_change_the_order():
    answers = all_at(2)
    plain = diagnose(the_instrument(), answers)
    profile = Profile(
        {
            "data_export_allowed": Fact("불가(고객·보안)"),
            "constraints": Fact(("라인 정지 불가", "기한 있음")),
            "personal_video_present": Fact("예"),
        }
    )
    marked = diagnose(the_instrument(), answers, profile)

    assert marked.remarks == ("사내 설치형만", "쉬는 날 설치", "촬영 안내·동의 먼저")
    assert marked.solutions == plain.solutions
    assert plain.remarks == ()


def test_a_step_is_chosen_by_what_is_missing_not_by_the_score():
    # STR scores high, yet the problem itself is not named.
    result = diagnose(the_instrument(), all_at(3, STR1=1))

    assert "STR-0" in [one.id for one in result.steps]


def test_a_dimension_without_a_score_is_confirmed_instead_of_planned():
    result = diagnose(the_instrument(), said(STR1=2, DAT1=3))

    assert result.to_confirm == ("PRC", "EQP", "SYS", "PPL", "AIX", "FIN")
    assert {one.id[:3] for one in result.steps} == {"DAT", "STR"}
