import random
from datetime import date, timedelta

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.match import WindowState
from advisor.domain.records import Window
from advisor.matching.windows import window_on

TODAY = date(2026, 11, 24)


def a_window(**changes: object) -> Window:
    plain = {
        "opens_on": None,
        "closes_on": None,
        "typical_schedule": None,
        "status_said": "unknown",
    }
    return Window.model_validate({**plain, **changes})


def test_a_window_is_open_on_its_first_and_last_day_and_not_beyond() -> None:
    window = a_window(opens_on=date(2026, 2, 9), closes_on=date(2026, 4, 9))
    days = {
        date(2026, 2, 8): WindowState.UPCOMING,
        date(2026, 2, 9): WindowState.OPEN,
        date(2026, 4, 9): WindowState.OPEN,
        date(2026, 4, 10): WindowState.CLOSED,
    }

    assert {day: window_on(window, day).state for day in days} == days
    assert window_on(window, date(2026, 4, 9)).days_left == 0
    assert window_on(window, date(2026, 4, 8)).days_left == 1
    assert window_on(window, date(2026, 4, 10)).days_left is None


def test_a_last_day_alone_closes_but_never_opens() -> None:
    window = a_window(closes_on=date(2026, 12, 1), status_said="ongoing")
    before = window_on(window, TODAY)

    assert (before.state, before.days_left) == (WindowState.UNKNOWN, 7)
    assert window_on(window, date(2026, 12, 2)).state is WindowState.CLOSED


def test_ongoing_without_a_last_day_is_unknown_and_keeps_the_first_day() -> None:
    window = a_window(opens_on=date(2026, 1, 5), status_said="ongoing")
    found = window_on(window, TODAY)

    assert (found.state, found.opens_on) == (WindowState.UNKNOWN, date(2026, 1, 5))


def test_a_past_edition_without_dates_is_closed() -> None:
    assert window_on(a_window(status_said="past_edition"), TODAY).state is WindowState.CLOSED


def test_a_past_edition_is_unknown_only_in_the_year_it_opened() -> None:
    window = a_window(opens_on=date(2025, 3, 31), status_said="past_edition")
    states = [window_on(window, date(year, 6, 1)).state for year in (2024, 2025, 2026)]

    assert states == [WindowState.UPCOMING, WindowState.UNKNOWN, WindowState.CLOSED]


def test_dates_for_the_operating_offices_say_nothing_to_a_company() -> None:
    window = a_window(opens_on=date(2026, 2, 4), closes_on=date(2026, 3, 10), applicants="operator")

    assert window_on(window, date(2026, 3, 1)).state is WindowState.UNKNOWN
    assert window_on(window, TODAY).state is WindowState.UNKNOWN


def test_no_expired_window_is_ever_open() -> None:
    chance = random.Random(20261124)
    start = date(2018, 1, 1)

    def a_day() -> date | None:
        return None if chance.random() < 0.3 else start + timedelta(days=chance.randrange(4000))

    for _ in range(10_000):
        opens, closes = a_day(), a_day()
        window = a_window(
            opens_on=opens,
            closes_on=closes,
            status_said=chance.choice(["closed", "past_edition", "ongoing", "unknown"]),
            applicants=chance.choice(["company", "company", "operator"]),
        )
        today = start + timedelta(days=chance.randrange(4200))
        found = window_on(window, today)
        if found.state is WindowState.OPEN:
            assert opens is not None
            assert closes is not None
            assert opens <= today <= closes
            assert window.applicants == "company"
        if closes is not None and today > closes:
            assert found.state is not WindowState.OPEN


def test_no_program_of_the_corpus_is_open_today() -> None:
    corpus = load_corpus(PROJECT_ROOT / "corpus")
    states = {one.id: window_on(one.window, TODAY).state for one in corpus.programs.values()}

    assert [key for key, state in states.items() if state is WindowState.OPEN] == []
    assert states["autonomous-factory-2026"] is WindowState.CLOSED
    assert states["policy-fund-2026"] is WindowState.UNKNOWN
