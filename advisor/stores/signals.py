"""What consultations leave for counting: codes and marks only, no text that anybody wrote."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from advisor.domain.profile import Fact, Profile
from advisor.stores.consultations import ConsultationRow, TurnRow, profile_of
from advisor.stores.database import database_errors
from advisor.stores.diagnoses import DiagnosisRow
from advisor.stores.quality import TurnQualityRow


@dataclass(frozen=True, slots=True)
class Marks:
    """What one consultation is counted by.

    Attributes:
        profile: What the company said, values only.
        intents: What its questions wanted ("fact", "problem", …).
        aspects: What they asked about ("amount", "window", …).
        statuses: How its turns ended.
        ratings: The thumbs of its turns: 1 and -1.
        checks: Names of the checks that its answers failed.
        level: Readiness level of its newest finished diagnosis.
        dimensions: Scores (0 to 100, None: not enough answers) of that diagnosis.
    """

    profile: Profile = field(default_factory=Profile)
    intents: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    ratings: frozenset[int] = frozenset()
    checks: frozenset[str] = frozenset()
    level: int | None = None
    dimensions: Mapping[str, float | None] = field(default_factory=dict)


class SignalReader:
    """Reads the marks of a period; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Read from a database whose tables are up to date."""
        self._engine = engine

    def marks(self, since: datetime, until: datetime, fields: Collection[str]) -> list[Marks]:
        """Return the marks of consultations begun in a period, in no order, without their ids.

        One in which nothing was asked and nothing diagnosed does not count.

        Args:
            since: The first moment.
            until: The first moment after the period.
            fields: The profile fields to read; no other leaves the store.
        """
        inside = (ConsultationRow.created_at >= since) & (ConsultationRow.created_at < until)
        turns: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
        checks: dict[str, set[str]] = defaultdict(set)
        results: dict[str, Mapping[str, Any]] = {}
        with database_errors(self._engine), Session(self._engine) as session:
            of_turns = select(
                TurnRow.consultation_id, TurnRow.answer["status"].as_string(), TurnRow.rating
            ).join(ConsultationRow, ConsultationRow.id == TurnRow.consultation_id)
            for owner, status, rating in session.execute(of_turns.where(inside)):
                turns[owner].append((status, rating))
            of_checks = select(TurnQualityRow.consultation_id, TurnQualityRow.checks).join(
                ConsultationRow, ConsultationRow.id == TurnQualityRow.consultation_id
            )
            for owner, names in session.execute(of_checks.where(inside)):
                checks[owner].update(names)
            of_results = (
                select(DiagnosisRow.consultation_id, DiagnosisRow.result)
                .join(ConsultationRow, ConsultationRow.id == DiagnosisRow.consultation_id)
                .where(inside, DiagnosisRow.finished_at.is_not(None))
                .order_by(DiagnosisRow.id)
            )
            for owner, result in session.execute(of_results):
                if result:
                    results[owner] = result
            rows = session.execute(
                select(ConsultationRow.id, ConsultationRow.profile, ConsultationRow.state).where(inside)
            )  # fmt: skip
            return [
                _marks(profile, state, turns[owner], checks[owner], results.get(owner, {}), fields)
                for owner, profile, state in rows
                if owner in turns or owner in results
            ]


def _marks(
    profile: Mapping[str, Any],
    state: Mapping[str, Any],
    turns: list[tuple[str, int | None]],
    checks: set[str],
    result: Mapping[str, Any],
    fields: Collection[str],
) -> Marks:
    known = profile_of({name: one for name, one in profile.items() if name in fields})
    topics = state.get("topics", ())
    scores = result.get("dimensions", {})
    return Marks(
        # The words that a value rests on stay behind.
        Profile({name: Fact(one.value) for name, one in known.facts.items()}),
        intents=frozenset(one["intent"] for one in topics),
        aspects=frozenset(name for one in topics for name in one.get("aspects", ())),
        statuses=frozenset(status for status, _ in turns),
        ratings=frozenset(rating for _, rating in turns if rating in {1, -1}),
        checks=frozenset(checks),
        level=result.get("level"),
        dimensions={name: one["score"] for name, one in scores.items()},
    )  # fmt: skip
