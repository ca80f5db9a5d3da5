"""How far one is with a client, what comes next, and the list in which they stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from advisor.clients.company import company_of, known_facts
from advisor.clients.listing import Wanted, list_clients
from advisor.clients.states import next_step_of, state_of
from advisor.domain.clients import Client, ClientState, Colleague, Entry, Progress
from advisor.domain.profile import Fact, Profile

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
DONE = Progress(is_begun=True, diagnosed_at=NOON, level=2)


def a_client(name: str = "한빛정공", **changes: object) -> Client:
    client = Client(
        id=name, organisation_id="north", account_id="kim", origin="hand", name=name, contact="",
        next_step="", next_on=None, visit_on=None, plan_for=None, plan_cost_krw=None,
        planned_at=None, consultation_id="talk", share_id=None, handed_over_at=None,
        handed_over_by=None, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    return replace(client, **changes)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("changes", "progress", "state", "step"),
    [
        ({}, Progress(), "new", "begin"),
        ({}, Progress(is_begun=True), "in_diagnosis", "go_on"),
        ({}, DONE, "diagnosed", "plan"),
        ({"planned_at": NOON}, DONE, "plan_made", "set_visit"),
        ({"planned_at": NOON, "visit_on": TODAY}, DONE, "visit_planned", "visit"),
        # The day after, the plan still stands, and what the visit showed is to be written down.
        ({"planned_at": NOON, "visit_on": date(2026, 11, 25)}, DONE, "plan_made", "after_visit"),
        ({"visit_on": TODAY, "handed_over_at": NOON}, DONE, "handed_over", "take_over"),
        ({"next_step": "견적을 받는다"}, DONE, "diagnosed", "own"),
        ({"next_step": "견적을 받는다", "consultation_id": None}, DONE, "diagnosed", "share_ended"),
    ],
)
def test_state_and_next_step_follow_from_what_was_done(
    changes: dict[str, object], progress: Progress, state: str, step: str
) -> None:
    client = a_client(**changes)  # type: ignore[arg-type]  # fields by name

    found = state_of(client, progress, TODAY)

    assert (found.value, next_step_of(client, found, TODAY).step) == (state, step)


def a_list(*clients: Client, **wanted: object) -> list[str]:
    people = {"kim": Colleague("kim", "김상담"), "lee": Colleague("lee", "이상담")}
    found = list_clients(clients, {}, people, Wanted(**wanted), today=TODAY)  # type: ignore[arg-type]
    return [one.client.name for one in found.rows]


def test_what_is_due_first_stands_first_and_a_hand_over_before_all() -> None:
    soon = a_client("곧", visit_on=TODAY + timedelta(days=1))
    late = a_client("지남", next_step="전화", next_on=TODAY - timedelta(days=2))
    idle = a_client("그냥")
    given = a_client("넘김", handed_over_at=NOON)

    assert a_list(soon, idle, late, given) == ["넘김", "지남", "곧", "그냥"]


def test_a_search_finds_names_however_they_are_typed_and_the_consultants() -> None:
    one = a_client("㈜대성ABC")
    two = a_client("한빛", account_id="lee", next_step="대성과 같이 방문")

    assert a_list(one, two, words="(주)대성") == ["㈜대성ABC"]
    assert a_list(one, two, words="abc") == ["㈜대성ABC"]
    assert a_list(one, two, words="이상담") == ["한빛"]
    assert a_list(one, two, words="대성 방문") == ["한빛"]
    assert a_list(one, two, words="없는말") == []


def test_filters_narrow_the_rows_and_never_the_counts() -> None:
    clients = [
        a_client(str(number), account_id="kim" if number < 3 else "lee") for number in range(5)
    ]
    clients.append(a_client("방문", visit_on=TODAY))
    wanted = Wanted(state=ClientState.NEW, account_id="kim", limit=2)

    found = list_clients(clients, {}, {}, wanted, today=TODAY)

    assert (len(found.rows), found.total) == (2, 3)
    assert (found.counts[ClientState.NEW], found.counts[ClientState.VISIT_PLANNED]) == (5, 1)


def test_an_entry_stands_over_the_owners_word_until_it_is_taken_back() -> None:
    said = Profile(
        {"employees_regular": Fact(30, "직원 30명"), "factory_sido": Fact("경기", "안산")}
    )
    over = Entry("fact", "employees_regular", 45, "명부로 확인", "kim", NOON)
    other = Entry("item", "employees_regular", {"status": "answered"}, "", "kim", NOON)
    turns = [(0, NOON, "안산에서 직원 30명입니다"), (1, NOON, "안산 공장만요")]

    facts = {one.field: one for one in known_facts(said, [over, other], turns)}
    back = known_facts(said, [over, Entry("fact", "employees_regular", None, "", "kim")], turns)

    assert (facts["employees_regular"].value, facts["employees_regular"].said) == (45, 30)
    assert (facts["employees_regular"].by, facts["employees_regular"].reason) == (
        "kim",
        "명부로 확인",
    )
    assert (facts["factory_sido"].quote, facts["factory_sido"].turn) == ("안산", 1)
    assert company_of(said, [over]).get("employees_regular") == 45
    assert {one.field: (one.value, one.by) for one in back}["employees_regular"] == (30, "")
