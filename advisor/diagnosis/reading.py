"""What an answer was understood as, and what an interview needs to understand answers."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from advisor.domain.instrument import Grade
from advisor.domain.readiness import AnswerStatus, ItemAnswer

Ground = Literal["cue", "likeness", "none"]
_CLAUSE_ENDS = re.compile(r"(?<=[.!?~\n])\s+|(?<=[가-힣])[,;]\s*|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer was understood as.

    Attributes:
        status: ANSWERED with a level, UNKNOWN, NOT_APPLICABLE, or NOT_ASKED where the words did
            not answer the question (a question back, something else, nothing to go by).
        level: 0 to 4 where answered.
        grade: `doc` with a document, `detail` where numbers, systems or people are named.
        ground: Whether a cue or likeness decided.
        is_sure: Whether to go on after saying it back; otherwise ask between `level` and `other`.
        other: The next likely level, where there is one.
        about: How much closer the words are to this item than to the median item.
        leaves_open: Whether the words answer, and end by saying that the rest is not known.
    """

    status: AnswerStatus
    level: int | None = None
    grade: Grade | None = None
    ground: Ground = "none"
    is_sure: bool = False
    other: int | None = None
    about: float = 0.0
    leaves_open: bool = False

    def as_answer(self, item_id: str, words: str) -> ItemAnswer:
        """Return the reading as an answer whose note are the owner's words."""
        return ItemAnswer(item_id, self.status, self.level, self.grade, words)


@dataclass(frozen=True, slots=True)
class Volunteered:
    """Something said about an item, whether asked or not; `words` is the clause that says it."""

    item: str
    words: str
    reading: Reading


class Reader(Protocol):
    """Understands answers; `advisor.diagnosis.talk` has the real one."""

    def read(
        self, item_id: str, words: str, *, about: float = ..., below: int | None = None
    ) -> Reading: ...

    def volunteered(
        self, words: str, *, but: Collection[str] = (), is_lenient: bool = False
    ) -> list[Volunteered]: ...

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]: ...

    def is_question(self, words: str) -> bool: ...

    def warm(self) -> None: ...


def clauses_of(words: str) -> list[str]:
    """Return the sentences and the parts between commas, in order.

    >>> clauses_of("일보는 손으로 써요. 불량은 개수만 적고, 프로그램은 없어요")
    ['일보는 손으로 써요.', '불량은 개수만 적고', '프로그램은 없어요']
    """
    return [part.strip() for part in _CLAUSE_ENDS.split(words) if part and part.strip()]
