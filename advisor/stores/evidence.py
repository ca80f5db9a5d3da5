"""Evidence files in the SQL database, so that they go with their consultation whoever deletes it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, ForeignKey, Integer, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.diagnoses import KeptFile
from advisor.stores.consultations import ConsultationRow
from advisor.stores.database import Base, UtcTime, database_errors, open_database


class EvidenceRow(Base):
    """One file of one item; its bytes are read only where it is opened."""

    __tablename__ = "evidence_files"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    item: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(40))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """Keeps files under consultations; safe to call from many threads."""

    engine: Engine

    @classmethod
    def open(cls, settings: Settings) -> "EvidenceStore":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def load(self, consultation_id: str) -> tuple[KeptFile, ...]:
        """Return the files of a consultation, oldest first; none for an unknown one."""
        with database_errors(self.engine), Session(self.engine) as session:
            rows: Sequence[EvidenceRow] = session.scalars(
                select(EvidenceRow)
                .where(EvidenceRow.consultation_id == consultation_id)
                .order_by(EvidenceRow.added_at, EvidenceRow.id)
            ).all()
            return tuple(map(_kept, rows))

    def add(
        self,
        consultation_id: str,
        *,
        item: str,
        name: str,
        kind: str,
        media_type: str,
        content: bytes,
    ) -> KeptFile:
        """Keep a file of an existing consultation."""
        row = EvidenceRow(
            id=secrets.token_urlsafe(16), consultation_id=consultation_id, item=item, name=name,
            kind=kind, media_type=media_type, size=len(content), added_at=now(), content=content,
        )  # fmt: skip
        kept = _kept(row)
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            # Whoever brings evidence is still at it: the retention begins anew.
            session.execute(
                update(ConsultationRow)
                .where(ConsultationRow.id == consultation_id)
                .values(updated_at=now())
            )
            session.add(row)
        return kept

    def content(self, consultation_id: str, file_id: str) -> bytes | None:
        """Return the bytes of a file of this consultation, None where it has no such file."""
        with database_errors(self.engine), Session(self.engine) as session:
            return session.scalar(
                select(EvidenceRow.content).where(
                    EvidenceRow.id == file_id, EvidenceRow.consultation_id == consultation_id
                )
            )

    def remove(self, consultation_id: str, file_id: str) -> bool:
        """Delete a file of this consultation; False where it has no such file."""
        with database_errors(self.engine), Session(self.engine) as session, session.begin():
            done = session.execute(
                delete(EvidenceRow).where(
                    EvidenceRow.id == file_id, EvidenceRow.consultation_id == consultation_id
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result


def _kept(row: EvidenceRow) -> KeptFile:
    return KeptFile(row.id, row.item, row.name, row.kind, row.media_type, row.size, row.added_at)
