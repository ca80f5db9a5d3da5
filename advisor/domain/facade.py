"""What the page needs of the Advisor: the protocol it is written against."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from advisor.domain.answer import Answer
from advisor.domain.profile import Profile
from advisor.domain.vocabulary import ProfileField


class KeptTurn(Protocol):
    """One kept turn; `answer` in the contract's shape, `rating` 1, -1 or None."""

    @property
    def question(self) -> str: ...

    @property
    def answer(self) -> Mapping[str, Any]: ...

    @property
    def rating(self) -> int | None: ...


class KeptConsultation(Protocol):
    """One kept consultation with its turns, oldest first."""

    @property
    def id(self) -> str: ...

    @property
    def profile(self) -> Profile: ...

    @property
    def turns(self) -> Sequence[KeptTurn]: ...


class AdvisorFacade(Protocol):
    """Answers and keeps consultations; many threads may talk to it at once."""

    def ask(
        self,
        text: str,
        *,
        consultation_id: str | None = None,
        profile: Mapping[str, object] | None = None,
        today: date | None = None,
        language: str | None = None,
        on_step: Callable[[str], None] | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer one message and keep it; raises BadInputError for an unknown consultation."""
        ...

    def new_consultation(self) -> str:
        """Begin a consultation and return its unguessable id."""
        ...

    def consultation(self, consultation_id: str) -> KeptConsultation | None:
        """Return a kept consultation, None where there is none."""
        ...

    def set_profile(self, consultation_id: str, values: Mapping[str, object | None]) -> Profile:
        """Set or (with None) forget profile fields; raises BadInputError for a bad value."""
        ...

    def delete_consultation(self, consultation_id: str) -> bool:
        """Delete a consultation with all its turns; False where there was none."""
        ...

    def add_feedback(self, consultation_id: str, turn: int, rating: int, comment: str = "") -> None:
        """Keep a thumb (1 up, -1 down, 0 none) for a turn, counted from 0."""
        ...

    def profile_fields(self) -> list[ProfileField]:
        """Return the fields of the company profile, in the order of its groups."""
        ...

    @property
    def engine_name(self) -> str:
        """Return which engine phrases the answers."""
        ...

    @property
    def model_host(self) -> str:
        """Return the host that questions are sent to for wording; empty where none leaves here."""
        ...
