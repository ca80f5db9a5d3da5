"""What the steps work with; built once, holds nothing of any user."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from advisor.answering.relevance import Relevance
from advisor.config import PROJECT_ROOT
from advisor.diagnosis.interview import Interviewer
from advisor.domain.lexicon import Lexicon
from advisor.domain.passages import SearchResult
from advisor.domain.records import Corpus
from advisor.intake.names import NameIndex
from advisor.llm.session import ModelDoor


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
    # None without a language model.
    door: ModelDoor | None = None
    prompts: Path = PROJECT_ROOT / "prompts"
    # Reads its instrument at the first need; None where no diagnosis is offered.
    interviewer: Callable[[], Interviewer] | None = None
    # How much nearer a message is to the field than to the rest (intake/scope.py).
    scope: Callable[[str], float] | None = None
    # How much speaks for each solution as the answer to a complaint (intake/worries.py).
    hear: Callable[[str], Mapping[str, float]] | None = None
    # Ids of the ingested documents that staff have released; all others are marked in answers.
    reviewed: Callable[[], frozenset[str]] = frozenset
