"""Drafts in SQL: proposed by a reader of notices or a sync, decided by staff."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import JsonValue, TypeAdapter
from sqlalchemy import JSON, Engine, Integer, String, Text, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.drafts import Draft, DraftField, DraftSource, DraftState, PublishedRecord
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.database import Base, UtcTime, database_errors, open_database
from advisor.stores.ledger import DocumentRow
from advisor.stores.published import (
    WROTE_TOGETHER,
    PublishedRow,
    add_version,
    checked_data,
    signed,
)

DRAFT_UNKNOWN = UserMessage(
    text="이 초안을 찾지 못했습니다.",
    next_step="`advisor review list`로 초안의 번호를 확인해 주세요.",
)
DRAFT_DECIDED = UserMessage(
    text="이미 처리된 초안입니다.",
    next_step="목록을 새로 고쳐 누가 언제 처리했는지 확인해 주세요.",
)
DRAFT_MOVED = UserMessage(
    text="그사이 다른 사람이 이 초안을 고쳤습니다.",
    next_step="새로 고쳐 바뀐 값을 확인한 뒤 다시 고쳐 주세요.",
)
_FIELDS: TypeAdapter[tuple[DraftField, ...]] = TypeAdapter(tuple[DraftField, ...])
_SOURCE: TypeAdapter[DraftSource] = TypeAdapter(DraftSource)


class DraftRow(Base):
    """One draft; `digest` is of what was proposed, before any correction."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    source_key: Mapped[str] = mapped_column(String(300), index=True)
    source: Mapped[dict[str, Any]] = mapped_column(JSON)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    remarks: Mapped[list[str]] = mapped_column(JSON)
    changes: Mapped[str | None] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    decided_by: Mapped[str | None] = mapped_column(String(100))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    note: Mapped[str] = mapped_column(Text)
    record_id: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int | None] = mapped_column(Integer)


class Drafts:
    """What waits for staff; safe to call from many threads and processes."""

    def __init__(self, database: Engine) -> None:
        """Keep them in a database whose tables are up to date."""
        self._engine = database

    @classmethod
    def open(cls, settings: Settings) -> "Drafts":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def propose(self, draft: Draft) -> int:
        """Keep a draft and return its id; its id, state and revision are not looked at.

        The same proposal of the same source gives the id that it has already, whatever was
        decided on it; another one takes the place of the source's open draft.
        """
        digest = _digest(draft)
        key = draft.source.key
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            last = session.scalars(
                select(DraftRow).where(DraftRow.source_key == key).order_by(DraftRow.id.desc())
            ).first()
            # A file that changed is read anew even where the fields are the same.
            if (
                last is not None
                and last.digest == digest
                and last.source.get("digest") == draft.source.digest
            ):
                return last.id
            session.execute(
                update(DraftRow)
                .where(DraftRow.source_key == key, DraftRow.state == DraftState.OPEN)
                .values(state=DraftState.SUPERSEDED.value, decided_at=now())
            )
            row = DraftRow(
                kind=draft.kind, title=draft.title, source_key=key,
                source=_SOURCE.dump_python(draft.source, mode="json"),
                fields=_FIELDS.dump_python(draft.fields, mode="json"),
                remarks=list(draft.remarks), changes=draft.changes, digest=digest,
                state=DraftState.OPEN.value, revision=0, created_at=now(), note="",
            )  # fmt: skip
            session.add(row)
            session.flush()
            return row.id

    def list(self, state: DraftState | None = None) -> tuple[Draft, ...]:
        """Return drafts, the newest first; None gives those of every state."""
        query = select(DraftRow).order_by(DraftRow.id.desc())
        if state is not None:
            query = query.where(DraftRow.state == state)
        with database_errors(self._engine), Session(self._engine) as session:
            return tuple(_draft(row) for row in session.scalars(query))

    def get(self, draft_id: int) -> Draft:
        """Return a draft; raises BadInputError where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            return _draft(_row(session, draft_id))

    def reviewed_documents(self) -> frozenset[str]:
        """Return ids of the documents that a person has read and let answer.

        Their draft was published, its record still answers, and the file is the one that was read.
        """
        newest = select(func.max(PublishedRow.number)).group_by(PublishedRow.record_id)
        answering = select(PublishedRow.record_id).where(
            PublishedRow.number.in_(newest), PublishedRow.action.in_(("publish", "rollback"))
        )
        query = select(DraftRow).where(
            DraftRow.state == DraftState.PUBLISHED, DraftRow.record_id.in_(answering)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            sources = [_SOURCE.validate_python(row.source) for row in session.scalars(query)]
            ids = [one.document_id for one in sources if one.document_id]
            rows = session.execute(
                select(DocumentRow.id, DocumentRow.digest).where(DocumentRow.id.in_(ids))
            )
            digests = {row.id: row.digest for row in rows}
        return frozenset(
            one.document_id
            for one in sources
            if one.document_id and one.digest in (None, digests.get(one.document_id))
        )

    def correct(
        self,
        draft_id: int,
        values: Mapping[str, JsonValue],
        by: str,
        *,
        revision: int | None = None,
    ) -> Draft:
        """Set values by field name in a person's name; a value that is the same changes nothing.

        Args:
            draft_id: Of an open draft.
            values: By dotted name; None says that the notice does not tell.
            by: Who corrects.
            revision: The one that the person saw; None does not look.

        Raises:
            BadInputError: No such draft, decided already, or changed by somebody else since.
        """
        signer = signed(by)
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = _open_row(session, draft_id)
            seen = row.revision
            if revision is not None and revision != seen:
                raise BadInputError(DRAFT_MOVED, detail=f"revision {revision} is {seen} now")
            fields = {one.name: one for one in _draft(row).fields}
            for name, value in values.items():
                old = fields.get(name)
                if old is not None and old.value == value:
                    continue
                known = old or DraftField(name, None)
                fields[name] = replace(
                    known, value=value, was=known.value if known.by is None else known.was,
                    confidence=1.0, found_by="staff", by=signer, at=now(),
                )  # fmt: skip
            done = session.execute(
                update(DraftRow)
                .where(DraftRow.id == draft_id, DraftRow.revision == seen)
                .where(DraftRow.state == DraftState.OPEN)
                .values(
                    fields=_FIELDS.dump_python(tuple(fields.values()), mode="json"),
                    revision=seen + 1,
                )
            )
            _changed_one(done)
        return self.get(draft_id)

    def publish(
        self, draft_id: int, data: Mapping[str, Any], signed_by: str, note: str = ""
    ) -> PublishedRecord:
        """Publish the record made of a draft and close the draft, both or neither.

        Args:
            draft_id: Of an open draft.
            data: The whole record (`corpus.notices.record.record_data`).
            signed_by: Who publishes.
            note: Why, in a line.

        Raises:
            BadInputError: No such draft, decided already, or the record's shape is wrong.
        """
        with database_errors(self._engine):
            try:
                with Session(self._engine) as session, session.begin():
                    row = _open_row(session, draft_id)
                    plain = checked_data(row.kind, data)
                    made = add_version(
                        session, plain["id"], "publish", signed_by, note, kind=row.kind, data=plain
                    )
                    _decide(
                        session, row, DraftState.PUBLISHED, signed_by, note,
                        record_id=made.id, version=made.version,
                    )  # fmt: skip
                    return made
            except IntegrityError as error:
                raise BadInputError(WROTE_TOGETHER, detail=f"draft={draft_id}") from error

    def reject(self, draft_id: int, signed_by: str, note: str = "") -> Draft:
        """Close a draft without publishing; raises BadInputError as `publish` does."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            _decide(session, _open_row(session, draft_id), DraftState.REJECTED, signed_by, note)
        return self.get(draft_id)


def _row(session: Session, draft_id: int) -> DraftRow:
    row = session.get(DraftRow, draft_id)
    if row is None:
        raise BadInputError(DRAFT_UNKNOWN, detail=f"no draft id={draft_id}")
    return row


def _open_row(session: Session, draft_id: int) -> DraftRow:
    row = _row(session, draft_id)
    if row.state != DraftState.OPEN:
        raise BadInputError(DRAFT_DECIDED, detail=f"draft={draft_id} state={row.state}")
    return row


def _decide(
    session: Session,
    row: DraftRow,
    state: DraftState,
    signed_by: str,
    note: str,
    **became: str | int,
) -> None:
    done = session.execute(
        update(DraftRow)
        .where(DraftRow.id == row.id, DraftRow.state == DraftState.OPEN)
        .where(DraftRow.revision == row.revision)
        .values(
            state=state.value, decided_by=signed(signed_by), decided_at=now(), note=note.strip(),
            **became,
        )
    )  # fmt: skip
    _changed_one(done)


def _changed_one(done: Any) -> None:
    # Somebody else was faster between our reading and our writing.
    if done.rowcount != 1:
        raise BadInputError(DRAFT_MOVED, detail="draft changed meanwhile")


def _digest(draft: Draft) -> str:
    found = {
        "kind": draft.kind,
        "changes": draft.changes,
        "fields": [[one.name, one.value, one.quote] for one in draft.fields],
    }
    plain = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _draft(row: DraftRow) -> Draft:
    return Draft(
        kind=row.kind, title=row.title, fields=_FIELDS.validate_python(row.fields),
        source=_SOURCE.validate_python(row.source), changes=row.changes,
        remarks=tuple(row.remarks), id=row.id, state=DraftState(row.state), revision=row.revision,
        created_at=row.created_at, decided_by=row.decided_by, decided_at=row.decided_at,
        note=row.note, record_id=row.record_id, version=row.version,
    )  # fmt: skip
