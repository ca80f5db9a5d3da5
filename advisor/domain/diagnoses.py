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


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that an answer rests on, without its bytes.

    Attributes:
        item: Item of the instrument that it speaks for.
        name: As it may be shown; never a path.
        kind: What it is in words, such as "PDF".
        media_type: Told by its bytes.
        size: In bytes.
    """

    id: str
    item: str
    name: str
    kind: str
    media_type: str
    size: int
    added_at: datetime
