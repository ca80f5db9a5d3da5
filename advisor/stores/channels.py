"""Which consultation goes on with whom of a messenger; of the person only a keyed hash is kept."""

from sqlalchemy import Engine, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.stores.database import Base, database_errors
from advisor.stores.upsert import put


class ChannelRow(Base):
    """One person of one messenger; gone with the consultation."""

    __tablename__ = "channel_users"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    user_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )


class ChannelStore:
    """Keeps them; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def consultation(self, channel: str, user_index: str) -> str | None:
        """Return the consultation of a person, None where there is none (any more)."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(ChannelRow, (channel, user_index))
            return row.consultation_id if row else None

    def put(self, channel: str, user_index: str, consultation_id: str) -> None:
        """Let a person go on with a consultation."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            key = {"channel": channel, "user_index": user_index}
            put(session, ChannelRow, key, {"consultation_id": consultation_id})
