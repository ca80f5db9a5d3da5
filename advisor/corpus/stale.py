"""Which records staff should look at again, the most urgent first (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.domain.records import AnyRecord, Confidence, Corpus, SupportProgram, Window

Said = tuple[str, str]  # Korean, English

# Days after which a record should have been looked at again.
STALE_AFTER = 90
# A closing nearer than this makes a wrong date expensive.
_SOON_DAYS = 30
# A source that does not open any more weighs as much as half the days between two checks.
_BROKEN = 0.5
_DOUBT: dict[Confidence, float] = {"high": 0.0, "medium": 0.3, "low": 1.0}


@dataclass(frozen=True, slots=True)
class StaleRecord:
    """A record to look at again.

    Attributes:
        age_days: Days since somebody checked it.
        next_on: The next day on which its window opens or closes; None where none is known.
        reasons: Korean, the weightiest first.
        reasons_en: The same in English, one for one.
        urgency: Larger is sooner; comparable within one list.
    """

    id: str
    kind: str
    title: str
    checked_on: date
    age_days: int
    next_on: date | None
    confidence: Confidence
    reasons: tuple[str, ...]
    reasons_en: tuple[str, ...]
    urgency: float


def stale_records(
    corpus: Corpus,
    *,
    today: date,
    days: int = STALE_AFTER,
    broken: Mapping[str, Sequence[Said]] | None = None,
) -> tuple[StaleRecord, ...]:
    """Return the records to look at again.

    Args:
        corpus: What answers now.
        today: Day in Asia/Seoul.
        days: A record checked this many days ago or more is stale; one whose window closes within
            a month, or closed since the check, is listed from a third of that on.
        broken: What is wrong with the addresses that a record cites, by record id, in Korean
            and English (`connectors.links.broken_by_record`); such a record is listed at any age.
    """
    found = []
    for record in corpus.records():
        links = (broken or {}).get(record.id, ())
        one = _judged(record, corpus.kind_of(record.id).value, today, days, links)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (-one.urgency, one.id)))


def _judged(
    record: AnyRecord, kind: str, today: date, days: int, links: Sequence[Said]
) -> StaleRecord | None:
    age = (today - record.checked_on).days
    window = record.window if isinstance(record, SupportProgram) else None
    next_on = _next_on(window, today)
    reasons = [*_reasons(record, window, next_on, age, today, days), *links]
    if not reasons:
        return None
    urgency = age / days + _DOUBT[record.confidence] + (_BROKEN if links else 0.0)
    if next_on is not None and next_on - today <= timedelta(days=_SOON_DAYS):
        urgency += 1
    return StaleRecord(
        record.id, kind, record.title, record.checked_on, age, next_on, record.confidence,
        tuple(korean for korean, _ in reasons), tuple(english for _, english in reasons),
        round(urgency, 3),
    )  # fmt: skip


def _reasons(
    record: AnyRecord, window: Window | None, next_on: date | None, age: int, today: date, days: int
) -> Iterator[Said]:
    early = age * 3 >= days
    if next_on is not None and next_on - today <= timedelta(days=_SOON_DAYS) and early:
        day = next_on.isoformat()
        yield f"{day}에 접수가 열리거나 닫힙니다", f"Applications open or close on {day}"
    last = _last(window)
    if last is not None and record.checked_on <= last < today and early:
        day = last.isoformat()
        yield (
            f"확인한 뒤 접수가 끝났습니다({day}). 다음 회차를 확인해 주세요",
            f"Applications closed since the check ({day}); look for the next round",
        )
    if age >= days:
        yield f"확인한 지 {age}일 지났습니다", f"Checked {age} days ago"
        if record.confidence == "low":
            yield "신뢰도가 낮습니다", "Low confidence"


def _last(window: Window | None) -> date | None:
    if window is None:
        return None
    return window.closed_early_on or window.extended_to or window.closes_on


def _next_on(window: Window | None, today: date) -> date | None:
    if window is None or window.closed_early_on is not None:
        return None
    days = (window.opens_on, window.extended_to or window.closes_on)
    return min((one for one in days if one is not None and one >= today), default=None)
