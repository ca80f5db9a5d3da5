"""Where consultations are kept: the protocol, and a small store for runs that leave nothing."""

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from advisor.clock import now
from advisor.domain.profile import Profile


class TurnLike(Protocol):
    """One kept turn: the masked question and the answer in the contract's shape."""

    @property
    def question(self) -> str: ...

    @property
    def answer(self) -> Mapping[str, Any]: ...

    @property
    def rating(self) -> int | None: ...


class ConsultationLike(Protocol):
    """One kept consultation."""

    @property
    def id(self) -> str: ...

    @property
    def profile(self) -> Profile: ...

    @property
    def state(self) -> Mapping[str, Any]: ...

    @property
    def turns(self) -> Sequence[TurnLike]: ...


class Transcripts(Protocol):
    """Keeps consultations under unguessable ids."""

    def create(self) -> str: ...

    def load(self, consultation_id: str) -> ConsultationLike | None: ...

    def append_turn(
        self,
        consultation_id: str,
        *,
        question: str,
        answer: Mapping[str, Any],
        profile: Profile,
        state: Mapping[str, Any],
        trace: Sequence[Mapping[str, Any]] = (),
    ) -> None: ...

    def set_profile(self, consultation_id: str, profile: Profile) -> None: ...

    def delete(self, consultation_id: str) -> bool: ...

    def add_feedback(
        self, consultation_id: str, turn: int, rating: int, comment: str = ""
    ) -> None: ...

    def purge(self, before: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class _Turn:
    question: str
    answer: Mapping[str, Any]
    rating: int | None = None
    trace: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class _Consultation:
    id: str
    updated_at: datetime
    profile: Profile = field(default_factory=Profile)
    state: Mapping[str, Any] = field(default_factory=dict)
    turns: tuple[_Turn, ...] = ()


class MemoryTranscripts:
    """Keeps consultations in this process: batches and evaluations leave nothing behind."""

    def __init__(self) -> None:
        """Start without any."""
        self._kept: dict[str, _Consultation] = {}
        self._lock = threading.Lock()

    def create(self) -> str:
        """Return the id of a new consultation."""
        fresh = _Consultation(secrets.token_urlsafe(16), now())
        with self._lock:
            self._kept[fresh.id] = fresh
        return fresh.id

    def load(self, consultation_id: str) -> ConsultationLike | None:
        return self._kept.get(consultation_id)

    def append_turn(
        self,
        consultation_id: str,
        *,
        question: str,
        answer: Mapping[str, Any],
        profile: Profile,
        state: Mapping[str, Any],
        trace: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        with self._lock:
            kept = self._kept[consultation_id]
            self._kept[consultation_id] = replace(
                kept, updated_at=now(), profile=profile, state=state,
                turns=(*kept.turns, _Turn(question, answer, trace=trace)),
            )  # fmt: skip

    def set_profile(self, consultation_id: str, profile: Profile) -> None:
        with self._lock:
            self._kept[consultation_id] = replace(self._kept[consultation_id], profile=profile)

    def delete(self, consultation_id: str) -> bool:
        with self._lock:
            return self._kept.pop(consultation_id, None) is not None

    def add_feedback(self, consultation_id: str, turn: int, rating: int, comment: str = "") -> None:
        with self._lock:
            kept = self._kept[consultation_id]
            turns = list(kept.turns)
            turns[turn] = replace(turns[turn], rating=rating)
            self._kept[consultation_id] = replace(kept, turns=tuple(turns))

    def purge(self, before: datetime) -> int:
        with self._lock:
            stale = [key for key, one in self._kept.items() if one.updated_at < before]
            for key in stale:
                del self._kept[key]
        return len(stale)
