"""All that is kept of one client, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.clients.company import KnownFact, Turn, company_of, known_facts
from advisor.clients.readiness import Dated, assess, counted_answers, over_time, own_answers
from advisor.conversation.transcripts import ConsultationLike
from advisor.domain.clients import Assessment, Client, Colleague, Entry, Note
from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis, KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, ItemAnswer


@dataclass(frozen=True)
class ClientFile:
    """A client as loaded at one moment; everything that follows from it is worked out once.

    Attributes:
        consultation: None where it can be seen no more.
        saved: Programs that the owner saved, in that order.
        people: The organisation's, by account id.
    """

    client: Client
    instrument: Instrument
    consultation: ConsultationLike | None
    kept: tuple[KeptDiagnosis, ...]
    files: tuple[KeptFile, ...]
    saved: tuple[str, ...]
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...]
    entries: tuple[Entry, ...]
    assessments: tuple[Assessment, ...]
    people: Mapping[str, Colleague]

    @cached_property
    def said(self) -> Profile:
        """What the company said about itself."""
        return self.consultation.profile if self.consultation else Profile()

    @cached_property
    def company(self) -> Profile:
        """What counts of the company: the consultants' entries before its own words."""
        return company_of(self.said, self.entries)

    @cached_property
    def facts(self) -> tuple[KnownFact, ...]:
        """Every fact with its source."""
        return known_facts(self.said, self.entries, self.turns)

    @cached_property
    def own_answers(self) -> tuple[KeptAnswer, ...]:
        """The company's own answers."""
        return own_answers(self.instrument, self.kept, self.consultation)

    @cached_property
    def answers(self) -> tuple[ItemAnswer, ...]:
        """The answers that count."""
        return counted_answers(self.instrument, self.own_answers, self.entries)

    @cached_property
    def result(self) -> Diagnosis | None:
        """The diagnosis as it stands, None without any answer."""
        return assess(self.instrument, self.answers, self.company)

    @cached_property
    def results(self) -> tuple[Dated, ...]:
        """Every kept result, oldest first."""
        return over_time(self.kept, self.assessments)

    @property
    def questions(self) -> list[str]:
        """What the company asked, oldest first."""
        return [one.question for one in self.consultation.turns] if self.consultation else []

    @property
    def names(self) -> dict[str, str]:
        """Names of the organisation's people by account id."""
        return {key: one.name for key, one in self.people.items()}
