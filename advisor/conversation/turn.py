"""One turn: a message and all that is known of it so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.answering.draft import Candidate
from advisor.conversation.proposals import Proposals, Summary
from advisor.domain.answer import Answer
from advisor.domain.lexicon import Policy
from advisor.domain.match import Match
from advisor.domain.passages import SearchResult
from advisor.domain.profile import Profile
from advisor.domain.question import Question
from advisor.intake.merge import Change
from advisor.intake.rephrase import Topic
from advisor.intake.screen import Screened
from advisor.llm.session import TurnModel


@dataclass(frozen=True, slots=True)
class Turn:
    """What the steps have found out; each step returns a turn that knows more.

    `answer` ends the run. `asked` is the profile field that was asked for last, `asked_before` all
    that were; `topics` are earlier turns that were about records, `earlier` the questions of the last
    turns, both oldest first. `interview` is the readiness interview as it is kept, empty without one.
    `is_guess` says that no record surely bears the question, and one stands out all the same.
    `model` is the turn's own language model, None without one; `on_text` is told the checked text of
    the answer while a model writes it.
    """

    id: str
    raw: str
    today: date
    language: str = "ko"
    chosen_language: str | None = None
    profile: Profile = field(default_factory=Profile)
    topics: tuple[Topic, ...] = ()
    last_intent: str | None = None
    asked: str | None = None
    asked_before: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    interview: Mapping[str, Any] = field(default_factory=dict)
    screened: Screened | None = None
    speech: str = ""
    material: str = ""
    stripped: tuple[Policy, ...] = ()
    told: Profile = field(default_factory=Profile)
    changes: tuple[Change, ...] = ()
    question: Question | None = None
    found: SearchResult | None = None
    candidates: tuple[Candidate, ...] = ()
    is_guess: bool = False
    ranked: tuple[Match, ...] = ()
    answer: Answer | None = None
    asks_for: str | None = None
    cited: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    step_ms: Mapping[str, float] = field(default_factory=dict)
    model: TurnModel | None = None
    on_text: Callable[[str], None] | None = None
    proposals: Proposals = field(default_factory=Proposals)
    summary: Summary = field(default_factory=Summary)
    turns_before: int = 0
