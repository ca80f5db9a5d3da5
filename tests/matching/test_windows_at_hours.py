"""Hours, extensions, early closes, money that runs out, and what is only expected."""

import random
from datetime import UTC, date, datetime, timedelta

from advisor.clock import SEOUL
from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.match import WindowState
from advisor.matching.windows import FUNDS, state_on, window_on
from tests.matching.test_windows import a_window

LAST = date(2026, 4, 9)
SIX = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, closes_at="18:00")


def at(hour: int, minute: int = 0, second: int = 0, day: date = LAST) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=SEOUL)


def test_six_in_the_evening_closes_at_six_and_not_a_second_earlier() -> None:
    assert window_on(SIX, at(17, 59, 59)).state is WindowState.OPEN
    assert window_on(SIX, at(18)).state is WindowState.CLOSED
    assert window_on(SIX, LAST).state is WindowState.OPEN
    assert window_on(SIX, LAST).closes_at == "18:00"


def test_the_hour_is_that_of_seoul_wherever_the_clock_stands() -> None:
    assert window_on(SIX, datetime(2026, 4, 9, 8, 59, 59, tzinfo=UTC)).state is WindowState.OPEN
    assert window_on(SIX, datetime(2026, 4, 9, 9, 0, tzinfo=UTC)).state is WindowState.CLOSED
    # 23:30 in UTC is the next morning in Seoul.
    assert window_on(SIX, datetime(2026, 2, 8, 23, 30, tzinfo=UTC)).state is WindowState.OPEN


def test_midnight_and_no_hour_leave_the_whole_last_day_open() -> None:
    for hour in ("24:00", None):
        window = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, closes_at=hour)
        assert window_on(window, at(23, 59, 59)).state is WindowState.OPEN
        assert window_on(window, at(0, day=LAST + timedelta(days=1))).state is WindowState.CLOSED


def test_an_extension_moves_the_last_day_and_an_early_close_ends_it() -> None:
    longer = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, extended_to=date(2026, 4, 23))
    shorter = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, closed_early_on=date(2026, 3, 2))
    found = window_on(longer, date(2026, 4, 20))

    assert (found.state, found.closes_on, found.days_left) == (
        WindowState.OPEN, date(2026, 4, 23), 3,
    )  # fmt: skip
    assert window_on(shorter, date(2026, 3, 1)).state is WindowState.OPEN
    assert window_on(shorter, date(2026, 3, 2)).state is WindowState.CLOSED


def test_money_that_may_run_out_is_said_while_open_and_opens_nothing_by_itself() -> None:
    dated = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, until_funds_run_out=True)
    undated = a_window(opens_on=date(2026, 2, 9), until_funds_run_out=True, status_said="ongoing")

    assert (window_on(dated, LAST).state, window_on(dated, LAST).note) == (WindowState.OPEN, FUNDS)
    assert window_on(undated, LAST).state is WindowState.UNKNOWN


def test_a_usual_schedule_is_expected_and_never_open() -> None:
    window = a_window(closes_on=date(2026, 1, 7), typical_schedule="11월~이듬해 1월 초 접수")
    found = window_on(window, date(2026, 11, 24))

    assert found.state is WindowState.CLOSED
    assert (found.expected, found.expected_months) == ("11월~이듬해 1월 초 접수", (11, 1))
    yearly = a_window(typical_schedule="매년 11월", status_said="ongoing")
    assert window_on(yearly, date(2026, 11, 24)).state is WindowState.UNKNOWN


def test_what_is_open_needs_no_expectation() -> None:
    window = a_window(opens_on=date(2026, 2, 9), closes_on=LAST, typical_schedule="매년 2월")

    assert window_on(window, LAST).expected is None


def test_in_ten_thousand_draws_nothing_over_is_offered_and_nothing_open_is_hidden() -> None:
    chance = random.Random(18)
    first = date(2024, 1, 1)
    counts = dict.fromkeys(WindowState, 0)
    for _ in range(10_000):
        opens = first + timedelta(days=chance.randrange(700))
        closes = opens + timedelta(days=chance.randrange(60))
        extended = (
            closes + timedelta(days=chance.randrange(1, 30)) if chance.random() < 0.2 else None
        )
        early = opens + timedelta(days=chance.randrange(1, 40)) if chance.random() < 0.2 else None
        hour = chance.choice([None, "18:00", "24:00", "16:30"])
        opens_said = None if chance.random() < 0.2 else opens
        window = a_window(
            opens_on=opens_said, closes_on=closes, extended_to=extended, closed_early_on=early,
            closes_at=hour, until_funds_run_out=chance.random() < 0.3,
            typical_schedule=chance.choice([None, "매년 3월"]),
        )  # fmt: skip
        # Near the edges, where mistakes live.
        edge = chance.choice([opens, closes, extended or closes, early or closes])
        moment = datetime(edge.year, edge.month, edge.day, tzinfo=SEOUL) + timedelta(
            minutes=chance.randrange(-3 * 1440, 3 * 1440)
        )
        # Counted in minutes from the first moment of the window to the first moment after it.
        begin = datetime(opens.year, opens.month, opens.day, tzinfo=SEOUL)
        last = extended or closes
        end = datetime(last.year, last.month, last.day, tzinfo=SEOUL) + {
            "18:00": timedelta(hours=18), "16:30": timedelta(hours=16, minutes=30),
        }.get(hour or "", timedelta(days=1))  # fmt: skip
        if early is not None:
            end = min(end, datetime(early.year, early.month, early.day, tzinfo=SEOUL))
        is_open = opens_said is not None and begin <= moment < end
        found = window_on(window, moment).state
        counts[found] += 1

        assert (found is WindowState.OPEN) == is_open, (window, moment)
        assert state_on(window, moment) is found
        if moment >= end:
            assert found is WindowState.CLOSED
    assert min(counts.values()) > 500


def test_only_what_is_dated_in_the_corpus_is_ever_open_on_any_day() -> None:
    programs = load_corpus(PROJECT_ROOT / "corpus").programs.values()
    start = date(2024, 1, 1)
    for day in (start + timedelta(days=number) for number in range(0, 1300, 3)):
        for one in programs:
            if state_on(one.window, day) is WindowState.OPEN:
                window = one.window
                assert window.opens_on is not None
                assert window.closes_on is not None
                assert window.opens_on <= day <= window.closes_on
