"""What the steps work with; built once, holds nothing of any user."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from advisor.answering.relevance import Relevance
from advisor.diagnosis.interview import Interviewer
from advisor.domain.lexicon import Lexicon
from advisor.domain.passages import SearchResult
from advisor.domain.records import Corpus
from advisor.intake.names import NameIndex


class Search(Protocol):
    """What a turn needs of retrieval."""

    def search(
        self, query: str, *, k: int = 10, extra_terms: tuple[str, ...] = ()
    ) -> SearchResult: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A numbered piece of evidence for a model: the record's whole text under its label."""

    label: str
    title: str
    text: str


class Writer(Protocol):
    """Words an answer anew through a model; None where the embedded wording stands."""

    def __call__(
        self, *, question: str, evidence: Sequence[Piece], embedded_text: str, language: str
    ) -> str | None: ...


@dataclass(frozen=True)
class Tools:
    """What the steps work with; built once, holds nothing of any user."""

    corpus: Corpus
    lexicon: Lexicon
    names: NameIndex
    relevance: Relevance
    searcher: Search
    max_question_chars: int
    titles: Mapping[str, str]
    writer: Writer | None = None
    # Reads its instrument at the first need; None where no diagnosis is offered.
    interviewer: Callable[[], Interviewer] | None = None
    engine_name: str = "embedded"
    # How much nearer a message is to the field than to the rest (intake/scope.py).
    scope: Callable[[str], float] | None = None
    # Ids of the ingested documents that staff have released; all others are marked in answers.
    reviewed: Callable[[], frozenset[str]] = frozenset
