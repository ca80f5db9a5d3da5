"""Switches that every serving process reads: the assistant on or off, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Engine, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.stores.database import Base, UtcTime, database_errors
from advisor.stores.upsert import put


class SwitchRow(Base):
    """One switch as it was last put; none stands for on."""

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_on: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime)


@dataclass(frozen=True, slots=True)
class SwitchState:
    """How a switch stands; `at` is None where nobody ever put it."""

    is_on: bool = True
    reason: str = ""
    actor: str = ""
    at: datetime | None = None


class SwitchStore:
    """Reads and puts switches."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def state(self, name: str) -> SwitchState:
        """Return how a switch stands."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(SwitchRow, name)
            return SwitchState(row.is_on, row.reason, row.actor, row.at) if row else SwitchState()

    def put(self, name: str, *, is_on: bool, reason: str, actor: str) -> SwitchState:
        """Put a switch; return how it stands now."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            values = {"is_on": is_on, "reason": reason, "actor": actor, "at": now()}
            put(session, SwitchRow, {"name": name}, values)
        return self.state(name)
