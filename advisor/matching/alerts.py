"""What changed of a saved record since it was last looked at (pure)."""

import hashlib
import json
from datetime import date

from advisor.domain.match import WindowOnDay, WindowState
from advisor.domain.records import Corpus, SupportProgram
from advisor.domain.shortlist import Alert, Saved
from advisor.matching.windows import window_on

CLOSING_DAYS = (14, 3)
SOON_DAYS = max(CLOSING_DAYS)
_DECIDING = {
    "support",
    "eligibility",
    "criteria",
    "human_conditions",
    "window",
    "how_to_apply",
    "documents",
}


def as_saved(corpus: Corpus, owner: str, record_id: str, today: date) -> Saved:
    """Return a record as it stands today; raises KeyError where no record has this id."""
    record = corpus.record(record_id)
    state = (
        window_on(record.window, today).state.value if isinstance(record, SupportProgram) else ""
    )
    return Saved(
        owner, record_id, corpus.kind_of(record_id).value, digest_of(corpus, record_id), state
    )


def digest_of(corpus: Corpus, record_id: str) -> str:
    """Return a digest of what decides about a record; wording around it does not count."""
    record = corpus.record(record_id)
    plain = record.model_dump(mode="json")
    if isinstance(record, SupportProgram):
        plain = {name: plain[name] for name in sorted(_DECIDING)}
    else:
        plain.pop("checked_on", None)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def find_alerts(corpus: Corpus, saved: Saved, today: date) -> tuple[Saved, list[Alert]]:
    """Compare a saved record with what it is today.

    Args:
        corpus: The records as they are now.
        saved: As it stood at the last look.
        today: Day in Asia/Seoul.

    Returns:
        The record as it is now, to be kept, and what to tell: it opened, its terms changed, it
        closes in two weeks or three days, or it is gone from the records.
    """
    if saved.record_id not in corpus:
        gone = Saved(saved.owner, saved.record_id, saved.kind, "", saved.state)
        if not saved.digest:
            return gone, []
        text = "저장하신 자료가 목록에서 빠졌습니다. 담당 기관에 확인해 주세요."
        return gone, [Alert(saved.owner, saved.record_id, "gone", text)]
    fresh = as_saved(corpus, saved.owner, saved.record_id, today)
    title = corpus.record(saved.record_id).title
    alerts: list[Alert] = []
    if fresh.digest != saved.digest:
        text = f"'{title}'의 지원 내용·자격·기간 가운데 바뀐 것이 있습니다. 다시 확인해 주세요."
        alerts.append(Alert(saved.owner, saved.record_id, "changed", text))
    record = corpus.record(saved.record_id)
    if not isinstance(record, SupportProgram):
        return fresh, alerts
    window = window_on(record.window, today)
    if window.state is WindowState.OPEN and window.closes_on is not None:
        last = _last_moment(window)
        if saved.state != WindowState.OPEN.value:
            text = f"'{title}' 접수가 시작되었습니다. {last}까지입니다."
            alerts.append(Alert(saved.owner, saved.record_id, "opened", text))
        elif window.days_left in CLOSING_DAYS:
            alerts.append(_closing(saved, title, window))
    return fresh, alerts


def closing_soon(corpus: Corpus, saved: Saved, today: date) -> Alert | None:
    """Return that a saved program closes within two weeks, on any day of them; else None."""
    program = corpus.programs.get(saved.record_id)
    if program is None:
        return None
    window = window_on(program.window, today)
    if window.state is not WindowState.OPEN or window.closes_on is None:
        return None
    if window.days_left is None or window.days_left > SOON_DAYS:
        return None
    return _closing(saved, program.title, window)


def _closing(saved: Saved, title: str, window: WindowOnDay) -> Alert:
    days = f"{window.days_left}일 남았습니다" if window.days_left else "오늘 끝납니다"
    text = f"'{title}' 접수가 {days}({_last_moment(window)}까지)."
    return Alert(saved.owner, saved.record_id, "closing", text)


def _last_moment(window: WindowOnDay) -> str:
    hour = f" {window.closes_at}" if window.closes_at else ""
    return f"{window.closes_on}{hour}"
