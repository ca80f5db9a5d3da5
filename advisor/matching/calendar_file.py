"""Application windows to a calendar file (.ics): the one door to icalendar."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from advisor.clock import SEOUL
from advisor.domain.match import Match, WindowState
from advisor.domain.records import Corpus, SupportProgram

if TYPE_CHECKING:
    from icalendar import Event

ALARM_DAYS = (14, 3)


def windows_ics(
    corpus: Corpus, matches: Sequence[Match], *, today: date, made_at: datetime
) -> bytes:
    """Return a calendar of the windows of these programs, UTF-8.

    A published last day becomes an event with alarms two weeks and three days before, a first day
    still to come one of its own. Where only the usual schedule is known, the first day of the
    next month it names becomes a tentative event that says so. What is closed without a usual
    schedule, and records without a window, are left out.

    Args:
        corpus: The records.
        matches: Of programs; others are skipped.
        today: Day in Asia/Seoul.
        made_at: Moment with its zone, for the stamp.
    """
    from icalendar import Calendar  # 0.1 s of time zones: only when a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", "-//mfg-ai-advisor//KO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "지원사업 접수 일정")
    for match in matches:
        program = corpus.programs.get(match.record_id)
        if program is not None:
            for event in _events(program, match, today, made_at):
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(program: SupportProgram, match: Match, today: date, made_at: datetime) -> "list[Event]":
    window = match.window
    events = []
    if window.state is WindowState.UPCOMING and window.opens_on is not None:
        events.append(
            _event(program, "opens", window.opens_on, f"접수 시작: {program.name}", made_at)
        )
    if window.state in (WindowState.OPEN, WindowState.UPCOMING) and window.closes_on is not None:
        events.append(
            _event(
                program, "closes", window.closes_on, f"접수 마감: {program.name}", made_at,
                hour=window.closes_at, alarms=ALARM_DAYS,
            )
        )  # fmt: skip
    if not events and window.expected_months:
        day = next_month_day(window.expected_months, today)
        events.append(
            _event(
                program, "expected", day, f"(예상) 공고 확인: {program.name}", made_at, tentative=True,
                note=f"예년 일정은 '{window.expected}'입니다. 확정된 날짜가 아니므로 공고를 확인해 주세요.",
            )
        )  # fmt: skip
    return events


def next_month_day(months: Sequence[int], today: date) -> date:
    """Return the first day of the next month among those named, after today.

    >>> next_month_day((11, 1), date(2026, 11, 24)), next_month_day((9, 10), date(2026, 8, 31))
    (datetime.date(2027, 1, 1), datetime.date(2026, 9, 1))
    """
    days = [date(year, month, 1) for year in (today.year, today.year + 1) for month in months]
    return min(day for day in days if day > today)


def _event(
    program: SupportProgram,
    part: str,
    day: date,
    title: str,
    made_at: datetime,
    *,
    hour: str | None = None,
    alarms: Sequence[int] = (),
    tentative: bool = False,
    note: str = "",
) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{program.id}-{part}@mfg-ai-advisor")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", title)
    if hour is not None and hour != "24:00":
        # UTC, so that no calendar program needs our time zone's rules.
        end = datetime.combine(day, time.fromisoformat(hour), SEOUL).astimezone(UTC)
        event.add("dtstart", end - timedelta(hours=1))
        event.add("dtend", end)
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    lines = [note, program.how_to_apply or "", *(one.url or "" for one in program.sources[:1])]
    event.add("description", "\n".join(one for one in lines if one))
    for days in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -timedelta(days=days))
        event.add_component(alarm)
    return event
