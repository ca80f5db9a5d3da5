"""Support programs kept under a consultation, looked at anew whenever they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from advisor.conversation.transcripts import Transcripts
from advisor.domain.match import WindowState
from advisor.domain.records import Corpus
from advisor.domain.shortlist import Alert, Saved
from advisor.errors import BadInputError
from advisor.matching.alerts import as_saved, closing_soon, find_alerts
from advisor.matching.windows import window_on
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage

PROGRAM_UNKNOWN = UserMessage(
    text="저장하려는 지원사업을 자료에서 찾지 못했습니다.",
    next_step="화면을 새로 열어 목록에 있는 사업에서 '저장'을 눌러 주세요.",
)
NOT_KEPT_HERE = UserMessage(
    text="상담을 남기지 않는 실행이라 지원사업을 저장할 수 없습니다.",
    next_step="`advisor serve`로 연 화면에서 저장해 주세요.",
)


class Shortlists(Protocol):
    """Where shortlists are kept; see `advisor.stores.shortlists.ShortlistStore`."""

    def save(self, saved: Saved) -> None: ...

    def remove(self, owner: str, record_id: str) -> bool: ...

    def saved_by(self, owner: str) -> list[Saved]: ...

    def tell(self, alerts: Sequence[Alert], today: date) -> list[Alert]: ...

    def alerts_of(self, owner: str, *, unread: bool = False) -> list[Alert]: ...

    def mark_read(self, owner: str) -> None: ...

    def forget(self, owner: str) -> None: ...

    def forget_gone(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SavedLook:
    """A shortlist on one day: ids as they were saved, and what is to be told of them.

    An alert with an id stays until its owner has seen it; one without says how things stand.
    """

    record_ids: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()


class Shortlist:
    """The saved programs of consultations; keeps nothing of anybody in itself."""

    def __init__(self, corpus: Corpus, transcripts: Transcripts, store: Shortlists | None) -> None:
        """Work on a store; None where nothing is kept."""
        self._corpus, self._transcripts, self._kept_in = corpus, transcripts, store

    def with_corpus(self, corpus: Corpus) -> "Shortlist":
        """Return the shortlist over other records."""
        return Shortlist(corpus, self._transcripts, self._kept_in)

    def save(self, consultation_id: str, record_id: str, today: date) -> None:
        """Save a program as it stands today; one that is saved already stays as it was.

        Raises:
            BadInputError: Consultation or program is unknown, or nothing is kept here.
        """
        if self._kept_in is None:
            raise BadInputError(NOT_KEPT_HERE)
        if self._transcripts.load(consultation_id) is None:
            raise BadInputError(CONSULTATION_UNKNOWN)
        if record_id not in self._corpus.programs:
            raise BadInputError(PROGRAM_UNKNOWN)
        # Saving it a second time must not swallow a change that was not told yet.
        if all(one.record_id != record_id for one in self._kept_in.saved_by(consultation_id)):
            self._kept_in.save(as_saved(self._corpus, consultation_id, record_id, today))

    def remove(self, consultation_id: str, record_id: str) -> None:
        """Take a program off; nothing happens where it was not on."""
        if self._kept_in is not None:
            self._kept_in.remove(consultation_id, record_id)

    def saved(self, consultation_id: str) -> tuple[str, ...]:
        """Return the saved programs without looking for news; none where nothing is kept."""
        found = self._kept_in.saved_by(consultation_id) if self._kept_in else ()
        return tuple(one.record_id for one in found)

    def mark_seen(self, consultation_id: str) -> None:
        """Remember that the owner has seen what was told so far."""
        if self._kept_in is not None:
            self._kept_in.mark_read(consultation_id)

    def forget(self, consultation_id: str) -> None:
        """Delete all that is saved and told under a consultation."""
        if self._kept_in is not None:
            self._kept_in.forget(consultation_id)

    def forget_gone(self) -> None:
        """Delete what is kept of consultations that are no longer there."""
        if self._kept_in is not None:
            self._kept_in.forget_gone()

    def look(self, consultation_id: str, today: date) -> SavedLook:
        """Compare the saved programs with the records of today and keep what is new of them."""
        if self._kept_in is None:
            return SavedLook()
        saved = self._kept_in.saved_by(consultation_id)
        for one in saved:
            fresh, found = find_alerts(self._corpus, one, today)
            # Told before the new state is kept: a stop in between tells twice at worst, never not.
            if found:
                self._kept_in.tell(found, today)
            if fresh != one:
                self._kept_in.save(fresh)
        ids = tuple(one.record_id for one in saved)
        news = self._news(consultation_id, ids, today) if ids else []
        opened = {one.record_id for one in news if one.kind == "opened"}
        closing = [
            alert
            for one in saved
            if one.record_id not in opened
            and (alert := closing_soon(self._corpus, one, today)) is not None
        ]
        return SavedLook(ids, (*closing, *news))

    def _news(self, owner: str, ids: Sequence[str], today: date) -> list[Alert]:
        """Return unseen alerts that still hold, newest first, one of a kind for each program."""
        assert self._kept_in is not None
        found: dict[tuple[str, str], Alert] = {}
        for one in self._kept_in.alerts_of(owner, unread=True):
            # The days left are counted anew at each look; what was counted earlier is past.
            if one.record_id not in ids or one.kind == "closing":
                continue
            if one.kind == "opened" and not self._is_open(one.record_id, today):
                continue
            found.setdefault((one.record_id, one.kind), one)
        return list(found.values())

    def _is_open(self, record_id: str, today: date) -> bool:
        program = self._corpus.programs.get(record_id)
        return program is not None and window_on(program.window, today).state is WindowState.OPEN
