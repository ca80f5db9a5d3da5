"""Diagnoses as they are kept: answers with their reasons, and the result once there is one."""

from dataclasses import dataclass
from datetime import datetime

from advisor.domain.readiness import Diagnosis, ItemAnswer


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, and why it overrides what was settled without it (empty: it does not)."""

    answer: ItemAnswer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptDiagnosis:
    """A kept diagnosis; `result` is None while it is being filled in."""

    id: int
    instrument_version: str
    is_full: bool
    started_at: datetime
    finished_at: datetime | None
    answers: tuple[KeptAnswer, ...]
    result: Diagnosis | None
