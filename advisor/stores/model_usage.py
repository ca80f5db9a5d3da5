"""How many tokens of language models each day has used, for all processes of an installation."""

from datetime import date

from sqlalchemy import Date, Engine, Integer, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.config import Settings
from advisor.stores.database import Base, database_errors, open_database


class ModelUsageRow(Base):
    """One day, in Asia/Seoul."""

    __tablename__ = "model_usage"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    tokens: Mapped[int] = mapped_column(Integer)


class ModelUsageStore:
    """Counts tokens by day; safe to call from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """Count in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "ModelUsageStore":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def spent(self, day: date) -> int:
        """Return the tokens that a day has used so far."""
        with database_errors(self._engine), Session(self._engine) as session:
            return session.scalar(select(ModelUsageRow.tokens).where(ModelUsageRow.day == day)) or 0

    def add(self, day: date, tokens: int) -> None:
        """Add to a day's tokens; the database adds, so that two processes lose nothing."""
        with database_errors(self._engine):
            if self._added(day, tokens):
                return
            try:
                with Session(self._engine) as session, session.begin():
                    session.execute(insert(ModelUsageRow).values(day=day, tokens=tokens))
            except IntegrityError:  # another process began the day at the same moment
                self._added(day, tokens)

    def _added(self, day: date, tokens: int) -> bool:
        with Session(self._engine) as session, session.begin():
            done = session.execute(
                update(ModelUsageRow)
                .where(ModelUsageRow.day == day)
                .values(tokens=ModelUsageRow.tokens + tokens)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result
