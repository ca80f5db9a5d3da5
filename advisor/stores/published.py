"""Published records in SQL: every version signed, none ever overwritten."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import JSON, Engine, Integer, String, Text, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.drafts import Action, PublishedRecord
from advisor.domain.passages import Kind
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Expert,
    Faq,
    FundingRule,
    Solution,
    SupportProgram,
)
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.database import Base, UtcTime, database_errors, open_database

TYPES: Mapping[str, type[AnyRecord]] = {
    Kind.PROGRAM: SupportProgram,
    Kind.SOLUTION: Solution,
    Kind.CASE: CaseStudy,
    Kind.EXPERT: Expert,
    Kind.FAQ: Faq,
    Kind.FUNDING_RULE: FundingRule,
}
SIGNER_MISSING = UserMessage(
    text="누가 하는지 이름이 없습니다.",
    next_step="이름을 적어 주세요. 기록마다 누가 언제 바꾸었는지 남깁니다.",
)
VERSION_UNKNOWN = UserMessage(
    text="되돌릴 판을 찾지 못했습니다.",
    next_step="`advisor review history 기록ID`로 있는 판을 확인해 주세요.",
)
WROTE_TOGETHER = UserMessage(
    text="같은 기록을 다른 사람이 동시에 바꾸었습니다.",
    next_step="바뀐 내용을 확인한 뒤 다시 시도해 주세요.",
)
_TRIES = 3
_LONGEST_SIGNER = 100
_SHOWN_FIELDS = 5


class PublishedRow(Base):
    """One version of one record; `number` grows with every row of the table."""

    __tablename__ = "published_records"
    __table_args__ = (UniqueConstraint("record_id", "version"), {"sqlite_autoincrement": True})

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    record_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(40))
    action: Mapped[Action] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    signed_by: Mapped[str] = mapped_column(String(100))
    signed_at: Mapped[datetime] = mapped_column(UtcTime)
    note: Mapped[str] = mapped_column(Text)


class PublishedRecords:
    """What staff published; safe to call from many threads and processes."""

    def __init__(self, database: Engine) -> None:
        """Keep them in a database whose tables are up to date."""
        self._engine = database

    @classmethod
    def open(cls, settings: Settings) -> "PublishedRecords":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def current(self) -> tuple[PublishedRecord, ...]:
        """Return the newest version of every record, withdrawn ones too, in the order of ids.

        A record whose shipped version was given back is not among them.
        """
        newest = select(func.max(PublishedRow.number)).group_by(PublishedRow.record_id)
        query = select(PublishedRow).where(
            PublishedRow.number.in_(newest), PublishedRow.action != "release"
        )
        with database_errors(self._engine), Session(self._engine) as session:
            # Sorted here: a server's collation may pass over hyphens.
            rows = sorted(session.scalars(query), key=lambda one: one.record_id)
            return tuple(as_published(row) for row in rows)

    def changed_since(self, moment: datetime) -> tuple[str, ...]:
        """Return ids of the records of which a version was made since a moment, in their order."""
        query = (
            select(PublishedRow.record_id)
            .where(PublishedRow.signed_at >= moment)
            .distinct()
            .order_by(PublishedRow.record_id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return tuple(session.scalars(query))

    def stamp(self) -> str:
        """Return a text that changes with every publish, rollback and withdrawal; cheap to ask."""
        with database_errors(self._engine), Session(self._engine) as session:
            return str(session.scalar(select(func.max(PublishedRow.number))) or 0)

    def publish(
        self, kind: str, data: Mapping[str, Any], signed_by: str, note: str = ""
    ) -> PublishedRecord:
        """Publish a record as the next version of its id.

        The record's own shape is checked here; what it refers to (regions, trades, other records)
        by `corpus.check.record_problems`, which `corpus.reviewing` asks first.

        Raises:
            BadInputError: The shape is wrong, the id has another kind, or nobody signs.
        """
        plain = checked_data(kind, data)
        return self._write(plain["id"], "publish", signed_by, note, kind=kind, data=plain)

    def history(self, record_id: str) -> tuple[PublishedRecord, ...]:
        """Return all versions of a record, the newest first; empty where none was published."""
        query = (
            select(PublishedRow)
            .where(PublishedRow.record_id == record_id)
            .order_by(PublishedRow.version.desc())
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return tuple(as_published(row) for row in session.scalars(query))

    def rollback(
        self, record_id: str, version: int, signed_by: str, note: str = ""
    ) -> PublishedRecord:
        """Publish an earlier version again, as the next one; version 0 is the shipped record.

        Raises:
            BadInputError: There is no such version, it was a withdrawal, or nobody signs.
        """
        if version == 0:
            return self._write(record_id, "release", signed_by, note)
        found = next((one for one in self.history(record_id) if one.version == version), None)
        if found is None or found.action not in {"publish", "rollback"}:
            raise BadInputError(VERSION_UNKNOWN, detail=f"version={version} id={record_id}")
        return self._write(
            record_id, "rollback", signed_by, note, kind=found.kind, data=dict(found.data)
        )

    def withdraw(
        self, record_id: str, signed_by: str, note: str = "", *, kind: str = Kind.PROGRAM
    ) -> PublishedRecord:
        """Take a record out of every answer, one that only the shipped corpus has too.

        Args:
            record_id: Of the record.
            signed_by: Who does it.
            note: Why.
            kind: Kind of a record that was never published; else the published one's stays.

        Raises:
            BadInputError: Nobody signs.
        """
        return self._write(record_id, "withdraw", signed_by, note, kind=kind, data={})

    def _write(
        self,
        record_id: str,
        action: Action,
        signed_by: str,
        note: str,
        *,
        kind: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> PublishedRecord:
        with database_errors(self._engine):
            for _ in range(_TRIES):
                try:
                    with Session(self._engine) as session, session.begin():
                        return add_version(
                            session, record_id, action, signed_by, note, kind=kind, data=data
                        )
                except IntegrityError:
                    continue  # somebody took this version number; the next one is free
        raise BadInputError(WROTE_TOGETHER, detail=f"version taken id={record_id}")


def add_version(
    session: Session,
    record_id: str,
    action: Action,
    signed_by: str,
    note: str,
    *,
    kind: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> PublishedRecord:
    """Add the next version inside a transaction of the caller.

    Raises:
        BadInputError: Nobody signs, or the kind is not the one that the id has.
        IntegrityError: Another transaction took the same version.
    """
    signer = signed(signed_by)
    last = session.scalars(
        select(PublishedRow)
        .where(PublishedRow.record_id == record_id)
        .order_by(PublishedRow.version.desc())
        .limit(1)
    ).first()
    if last is None and action == "release":
        raise BadInputError(VERSION_UNKNOWN, detail=f"never published id={record_id}")
    if last is not None and action == "publish" and kind != last.kind:
        raise BadInputError(
            UserMessage(
                text=f"'{record_id}'은(는) 이미 다른 종류의 기록입니다.",
                next_step="다른 id를 정해 주세요.",
            ),
            detail=f"kind {kind} is not {last.kind}",
        )
    row = PublishedRow(
        record_id=record_id, version=last.version + 1 if last else 1, action=action,
        kind=last.kind if last else kind or Kind.PROGRAM, data=dict(data or {}),
        signed_by=signer, signed_at=now().astimezone(UTC), note=note.strip(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return as_published(row)


def checked_data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's data as JSON values with every field, after checking its shape.

    Raises:
        BadInputError: With the names of the fields that are wrong.
    """
    if kind not in TYPES:
        raise BadInputError(
            UserMessage(
                text=f"모르는 종류의 기록입니다: {kind}",
                next_step=f"{', '.join(TYPES)} 가운데 하나로 적어 주세요.",
            )
        )
    adapter: TypeAdapter[AnyRecord] = TypeAdapter(TYPES[kind])
    try:
        # As the corpus is read: JSON lists are tuples, ISO text is a date.
        record = adapter.validate_json(adapter_json(data))
    except ValidationError as error:
        names = list(dict.fromkeys(".".join(map(str, one["loc"])) for one in error.errors()))
        more = f" 외 {len(names) - _SHOWN_FIELDS}칸" if len(names) > _SHOWN_FIELDS else ""
        raise BadInputError(
            UserMessage(
                text=f"기록의 꼴이 맞지 않는 칸이 있습니다: {', '.join(names[:_SHOWN_FIELDS])}{more}.",
                next_step="그 칸을 고친 뒤 다시 게시해 주세요. 모르는 값은 비워 두시면 됩니다.",
            ),
            detail=f"invalid record fields={len(names)}",
        ) from error
    return record.model_dump(mode="json")


def adapter_json(data: Mapping[str, Any]) -> bytes:
    """Return data that may hold dates as JSON."""
    return TypeAdapter(dict[str, Any]).dump_json(dict(data))


def signed(name: str) -> str:
    """Return a signer's name without blanks around it; raises BadInputError for none."""
    plain = " ".join(name.split())[:_LONGEST_SIGNER]
    if not plain:
        raise BadInputError(SIGNER_MISSING)
    return plain


def as_published(row: PublishedRow) -> PublishedRecord:
    """Return a row as what it is."""
    return PublishedRecord(
        row.record_id, row.kind, row.data, row.version, row.signed_by, row.signed_at,
        row.action == "withdraw", row.note, row.action,
    )  # fmt: skip
