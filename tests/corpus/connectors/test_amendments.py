"""What an official source moves in a record's window, worked out by hand."""

from datetime import date
from typing import Any

import pytest

from advisor.corpus.connectors.amendments import fits_edition, is_closed_on, window_after
from advisor.corpus.connectors.notice import Notice, PeriodKind
from advisor.corpus.connectors.periods import read_period
from advisor.domain.records import Window
from advisor.matching.windows import window_on
from tests.builders import a_program

TODAY = date(2026, 11, 25)


def a_notice(period: str | None = None, **changes: Any) -> Notice:
    return Notice("bizinfo", "P1", "공고", read_period(period), **changes)


def a_window(**changes: Any) -> Window:
    return Window.model_validate(
        {"opens_on": None, "closes_on": None, "typical_schedule": None, "status_said": "unknown"}
        | changes
    )


def moved(window: Window, notice: Notice) -> dict[str, object]:
    """Return what differs."""
    before, after = window.model_dump(), window_after(window, notice, TODAY).model_dump()
    return {name: value for name, value in after.items() if before[name] != value}


OPEN = a_window(opens_on=date(2026, 11, 2), closes_on=date(2026, 12, 18))


@pytest.mark.parametrize(
    ("words", "kind", "opens", "closes", "at"),
    [
        ("2026-04-24 ~ 2026-05-15", "dated", "2026-04-24", "2026-05-15", None),
        ("20260105 ~ 20260123", "dated", "2026-01-05", "2026-01-23", None),
        ("2026.04.24 09:00 ~ 2026.05.15 18:00", "dated", "2026-04-24", "2026-05-15", "18:00"),
        ("2026년 4월 24일부터 2026년 5월 15일 18시까지", "dated", "2026-04-24", "2026-05-15", "18:00"),
        ("~ 2026-05-15", "dated", None, "2026-05-15", None),
        ("2026-05-15까지", "dated", None, "2026-05-15", None),
        ("2026-04-24 ~", "dated", "2026-04-24", None, None),
        ("2026-04-24 ~ 예산 소진시까지", "until_funds", "2026-04-24", None, None),
        ("2026-04-24 ~ 2026-12-31 (예산 소진 시 조기 마감)", "until_funds", "2026-04-24", "2026-12-31", None),
        ("접수마감 : 2026-04-24 ~ 2026-05-15", "dated", "2026-04-24", "2026-05-15", None),
        ("2026-04-24 ~ 2026-05-15 (모집완료)", "closed", "2026-04-24", "2026-05-15", None),
        ("예산 소진으로 마감되었습니다", "closed", None, None, None),
        ("상시", "always", None, None, None),
        ("예산 소진시까지", "until_funds", None, None, None),
        ("추후 공지", "later", None, None, None),
        ("사업별 상이", "differs", None, None, None),
        ("모집완료", "closed", None, None, None),
        ("-", "not_given", None, None, None),
        ("null", "not_given", None, None, None),
        ("2026-05-15 ~ 2026-04-24", "unclear", None, None, None),
        ("2026-13-45 ~ 2026-14-50", "unclear", None, None, None),
        ("2026-12-20 ~ 1.15", "unclear", None, None, None),
        ("2026-05-15", "unclear", None, None, None),
        ("공고문을 보세요", "unclear", None, None, None),
    ],
)  # fmt: skip
def test_a_date_field_says_what_it_says_and_nothing_more(
    words: str, kind: str, opens: str | None, closes: str | None, at: str | None
) -> None:
    period = read_period(words)
    found = [str(day) if day else None for day in (period.opens_on, period.closes_on)]

    assert (period.kind, *found, period.closes_at) == (PeriodKind(kind), opens, closes, at)


def test_a_later_last_day_is_an_extension() -> None:
    assert moved(OPEN, a_notice("2026-11-02 ~ 2026-12-31")) == {"extended_to": date(2026, 12, 31)}


def test_an_earlier_last_day_takes_the_place_of_the_old_one() -> None:
    assert moved(OPEN, a_notice("2026-11-02 ~ 2026-12-04")) == {"closes_on": date(2026, 12, 4)}


def test_a_new_round_has_both_days_anew() -> None:
    past = a_window(
        opens_on=date(2026, 3, 2), closes_on=date(2026, 4, 3), extended_to=date(2026, 4, 10),
        status_said="closed",
    )  # fmt: skip

    assert moved(past, a_notice("2026-11-20 ~ 2026-12-11")) == {
        "opens_on": date(2026, 11, 20), "closes_on": date(2026, 12, 11), "extended_to": None,
        "status_said": "unknown",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["추후 공지", "-", "사업별 상이", None, "공고문 참조"])
def test_words_without_a_date_clear_no_date(words: str | None) -> None:
    assert moved(OPEN, a_notice(words)) == {}


def test_a_closed_notice_closes_a_record_before_its_last_day() -> None:
    after = window_after(OPEN, a_notice("모집완료"), TODAY)

    assert after.closed_early_on == TODAY
    assert after.closes_on == date(2026, 12, 18)
    assert window_on(after, TODAY).state == "closed"


def test_not_recruiting_closes_what_has_begun_and_not_what_is_to_come() -> None:
    begun = a_notice("2026-11-02 ~ 2026-12-18", is_recruiting=False)
    to_come = a_notice("2026-12-01 ~ 2026-12-18", is_recruiting=False)

    assert is_closed_on(begun, TODAY)
    assert not is_closed_on(to_come, TODAY)
    assert moved(OPEN, begun)["closed_early_on"] == TODAY


def test_days_stated_anew_open_again_what_was_closed_early() -> None:
    closed = OPEN.model_copy(
        update={"closed_early_on": date(2026, 11, 20), "status_said": "closed"}
    )

    after = window_after(closed, a_notice("2026-11-02 ~ 2026-12-31"), TODAY)

    assert after.closed_early_on is None
    assert window_on(after, TODAY).state == "open"


def test_a_stated_end_of_funds_is_kept_beside_the_days() -> None:
    assert moved(OPEN, a_notice("2026-11-02 ~ 예산 소진시까지")) == {
        "until_funds_run_out": True, "status_said": "ongoing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "period", "fits"),
    [(2026, "2026-11-02 ~ 2026-12-18", True), (2027, "2026-12-01 ~ 2026-12-30", True),
     (2026, "2027-01-04 ~ 2027-01-29", False), (2025, "2026-03-02 ~ 2026-04-01", False)],
)  # fmt: skip
def test_a_record_follows_the_notice_of_its_own_year(year: int, period: str, fits: bool) -> None:
    assert fits_edition(a_program(year=year), a_notice(period)) is fits
