"""The ledger: every chunk with its terms and vectors, and every ingested document, in SQL.

It is the truth. Chroma and the keyword index are made from it without computing anything anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.domain.passages import Chunk, Document, DocumentTable, Kind, Page, Section
from advisor.stores.database import Base, UtcTime, database_errors, lock
from advisor.text import clean, squeeze

Vectors = NDArray[np.float32]
# SQLite takes 32,766 variables a statement, PostgreSQL 65,535.
BATCH = 400
One = TypeVar("One")


class DocumentRow(Base):
    """An ingested file."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    unread: Mapped[list[int]] = mapped_column(JSON)
    remarks: Mapped[list[str]] = mapped_column(JSON)
    # SQLAlchemy keeps the name `metadata` for itself.
    about: Mapped[dict[str, Any]] = mapped_column("metadata", JSON)
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class PageRow(Base):
    """One page of an ingested file, as it was read."""

    __tablename__ = "pages"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int | None] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    hidden: Mapped[bool] = mapped_column(Boolean)


class TableRow(Base):
    """One table of an ingested file, cells and rows as JSON."""

    __tablename__ = "document_tables"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class SourceRow(Base):
    """A record or document that has chunks; `digest` is of all of them."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    is_record: Mapped[bool] = mapped_column(Boolean)


class ChunkRow(Base):
    """One chunk; `digest` is of the text that is embedded and tokenised."""

    __tablename__ = "chunks"

    id: Mapped[str] = mapped_column(String(300), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(200), index=True)
    position: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    heading_path: Mapped[list[str]] = mapped_column(JSON)
    page: Mapped[int | None] = mapped_column(Integer)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    regions: Mapped[list[str]] = mapped_column(JSON)


class TermsRow(Base):
    """The search terms of a text for one tokenizer, blank-separated."""

    __tablename__ = "terms"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    tokenizer_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    terms: Mapped[str] = mapped_column(Text)


class VectorRow(Base):
    """The vector of a text for one model: float32, little-endian."""

    __tablename__ = "vectors"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_id: Mapped[str] = mapped_column(String(300), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class DocumentListed:
    """A document as a list shows it; `pages` is None where its format has none."""

    id: str
    title: str
    path: str
    media_type: str
    digest: str
    added_at: datetime
    pages: int | None
    characters: int


_TABLE = TypeAdapter(DocumentTable)


class Ledger:
    """Reads and writes the ledger; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Work on the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def source_digests(self, *, records: bool) -> dict[str, str]:
        """Return the digest of every record, or of every document, that has chunks."""
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.execute(
                select(SourceRow.id, SourceRow.digest).where(SourceRow.is_record == records)
            )
            return {row.id: row.digest for row in rows}

    def put_records(self, changed: Mapping[str, Sequence[Chunk]], removed: Iterable[str]) -> None:
        """Keep the chunks of records in place of the old ones, in one step.

        Args:
            changed: Chunks by record id.
            removed: Ids of records that are gone.
        """
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            lock(session, "ledger")
            _forget_sources(session, [*changed, *removed])
            for record_id, chunks in changed.items():
                _add_source(session, record_id, chunks, is_record=True)

    def document_digest(self, document_id: str) -> str | None:
        """Return the digest of the file that a document was read from, None if there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            return session.scalar(select(DocumentRow.digest).where(DocumentRow.id == document_id))

    def put_document(self, document: Document, chunks: Sequence[Chunk]) -> None:
        """Keep a document with its chunks in place of what stood under its id, in one step."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            lock(session, "ledger")
            _forget_document(session, document.id)
            session.execute(
                insert(DocumentRow).values(
                    id=document.id, title=document.title, path=document.path,
                    media_type=document.media_type, digest=document.digest,
                    sections=[asdict(one) for one in document.sections],
                    unread=list(document.unread), remarks=list(document.remarks),
                    about=dict(document.metadata), added_at=now(),
                )
            )  # fmt: skip
            pages = [
                {"document_id": document.id, "position": at, **asdict(one)}
                for at, one in enumerate(document.pages)
            ]
            for part in _parts(pages):
                session.execute(insert(PageRow), list(part))
            tables = [
                {"document_id": document.id, "position": at, "content": _TABLE.dump_python(one)}
                for at, one in enumerate(document.tables)
            ]
            for few in _parts(tables):
                session.execute(insert(TableRow), list(few))
            _add_source(session, document.id, chunks, is_record=False)

    def document(self, document_id: str) -> Document | None:
        """Return an ingested document with its pages, None where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(DocumentRow, document_id)
            if row is None:
                return None
            pages = session.scalars(
                select(PageRow).where(PageRow.document_id == document_id).order_by(PageRow.position)
            )
            tables = session.scalars(
                select(TableRow)
                .where(TableRow.document_id == document_id)
                .order_by(TableRow.position)
            )
            about = {
                name: tuple(one) if isinstance(one, list) else one
                for name, one in row.about.items()
            }
            return Document(
                row.id, row.title, row.path, row.media_type, row.digest,
                tuple(Page(one.number, one.text, one.name, one.raw, one.hidden) for one in pages),
                tuple(Section(**one) for one in row.sections), tuple(row.unread),
                tuple(_TABLE.validate_python(one.content) for one in tables),
                tuple(row.remarks), about,
            )  # fmt: skip

    def documents(self) -> list[DocumentListed]:
        """Return every document, the newest first."""
        pages = select(PageRow.document_id, func.count(PageRow.number)).group_by(
            PageRow.document_id
        )
        letters = select(PageRow.document_id, func.sum(func.length(PageRow.text))).group_by(
            PageRow.document_id
        )
        with database_errors(self._engine), Session(self._engine) as session:
            counts: dict[str, int] = dict(session.execute(pages).all())
            lengths: dict[str, int] = dict(session.execute(letters).all())
            rows = session.execute(
                select(
                    DocumentRow.id, DocumentRow.title, DocumentRow.path, DocumentRow.media_type,
                    DocumentRow.digest, DocumentRow.added_at,
                ).order_by(DocumentRow.added_at.desc(), DocumentRow.id)
            )  # fmt: skip
            return [
                DocumentListed(*row, counts.get(row.id) or None, lengths.get(row.id, 0))
                for row in rows
            ]

    def document_paths(self) -> dict[str, str]:
        """Return the path, as its owner gave it, of every document by its id."""
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.execute(select(DocumentRow.id, DocumentRow.path))
            return {row.id: row.path for row in rows}

    def chunk(self, chunk_id: str) -> Chunk | None:
        """Return one chunk, None where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(ChunkRow, chunk_id)
            return _chunk(row) if row else None

    def delete_document(self, document_id: str) -> bool:
        """Delete a document with its chunks; False where there was none."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            lock(session, "ledger")
            return _forget_document(session, document_id)

    def chunks(self) -> list[Chunk]:
        """Return every chunk: by source, in the order of the source."""
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.scalars(select(ChunkRow)).all()
            # Sorted here: a server's collation may pass over hyphens, and equal scores keep this order.
            return [
                _chunk(row) for row in sorted(rows, key=lambda one: (one.source_id, one.position))
            ]

    def terms(self, digests: Sequence[str], tokenizer_id: str) -> dict[str, list[str]]:
        """Return the terms kept for texts; a text without any is absent."""
        found: dict[str, list[str]] = {}
        with database_errors(self._engine), Session(self._engine) as session:
            for part in _parts(digests):
                rows = session.execute(
                    select(TermsRow.digest, TermsRow.terms).where(
                        TermsRow.tokenizer_id == tokenizer_id, TermsRow.digest.in_(part)
                    )
                )
                found.update((digest, terms.split(" ") if terms else []) for digest, terms in rows)
        return found

    def vectors(self, digests: Sequence[str], model_id: str) -> dict[str, Vectors]:
        """Return the vectors kept for texts, float32 (dimensions,); absent where there is none."""
        found: dict[str, Vectors] = {}
        with database_errors(self._engine), Session(self._engine) as session:
            for part in _parts(digests):
                rows = session.execute(
                    select(VectorRow.digest, VectorRow.vector).where(
                        VectorRow.model_id == model_id, VectorRow.digest.in_(part)
                    )
                )
                found.update(
                    (digest, np.frombuffer(vector, dtype="<f4")) for digest, vector in rows
                )
        return found

    def put_terms(self, tokenizer_id: str, terms: Mapping[str, Sequence[str]]) -> None:
        """Keep the terms of texts that have none yet, by digest."""
        rows = [
            {"digest": digest, "tokenizer_id": tokenizer_id, "terms": " ".join(one)}
            for digest, one in terms.items()
        ]
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for part in _parts(rows):
                _keep_new(session, TermsRow, list(part))

    def put_vectors(self, model_id: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep the vectors of texts that have none yet, by digest."""
        rows = [
            {"digest": digest, "model_id": model_id, "vector": one.astype("<f4").tobytes()}
            for digest, one in vectors.items()
        ]
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for part in _parts(rows):
                _keep_new(session, VectorRow, list(part))

    def forget_unused(self) -> None:
        """Drop terms and vectors of texts that no chunk has any more."""
        used = select(ChunkRow.digest)
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            lock(session, "ledger")
            session.execute(delete(TermsRow).where(TermsRow.digest.not_in(used)))
            session.execute(delete(VectorRow).where(VectorRow.digest.not_in(used)))


def searched_text(chunk: Chunk) -> str:
    """Return what of a chunk is embedded and tokenised: title and headings in front of its text.

    A heading that the text itself begins with, or that is the title, is not said twice.
    """
    plain = f"{chunk.title}\n{chunk.text}"
    if not chunk.heading_path:
        return plain
    said = squeeze(plain)
    path = clean(" > ".join(one for one in chunk.heading_path if squeeze(one) not in said))
    return f"{chunk.title}\n{path}\n{chunk.text}" if path else plain


def text_digest(chunk: Chunk) -> str:
    """Return the sha256 of what is embedded and tokenised."""
    return hashlib.sha256(searched_text(chunk).encode()).hexdigest()


def chunks_digest(chunks: Iterable[Chunk]) -> str:
    """Return the sha256 of chunks with all that is kept of them, in their order."""
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(json.dumps(asdict(chunk), ensure_ascii=False, sort_keys=True).encode())
    return found.hexdigest()


def _parts(values: Sequence[One]) -> Iterator[Sequence[One]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def _add_source(
    session: Session, source_id: str, chunks: Sequence[Chunk], *, is_record: bool
) -> None:
    session.execute(
        insert(SourceRow).values(id=source_id, digest=chunks_digest(chunks), is_record=is_record)
    )
    for part in _parts(list(_rows(chunks))):
        session.execute(insert(ChunkRow), list(part))


def _rows(chunks: Sequence[Chunk]) -> Iterator[dict[str, Any]]:
    for position, chunk in enumerate(chunks):
        yield {
            **asdict(chunk),
            "kind": chunk.kind.value,
            "heading_path": list(chunk.heading_path),
            "regions": list(chunk.regions),
            "position": position,
            "digest": text_digest(chunk),
        }


def _chunk(row: ChunkRow) -> Chunk:
    return Chunk(
        row.id, row.source_id, Kind(row.kind), row.title, row.part, row.text,
        tuple(row.heading_path), row.page, row.start, row.end, tuple(row.regions),
    )  # fmt: skip


def _keep_new(session: Session, kind: type[Base], rows: list[dict[str, Any]]) -> None:
    """Add rows but those that another process computed meanwhile: theirs are the same."""
    name = session.connection().dialect.name
    fresh = postgresql.insert if name == "postgresql" else sqlite.insert
    session.execute(fresh(kind).values(rows).on_conflict_do_nothing())


def _forget_sources(session: Session, source_ids: Sequence[str]) -> None:
    for part in _parts(source_ids):
        session.execute(delete(ChunkRow).where(ChunkRow.source_id.in_(part)))
        session.execute(delete(SourceRow).where(SourceRow.id.in_(part)))


def _forget_document(session: Session, document_id: str) -> bool:
    _forget_sources(session, [document_id])
    session.execute(delete(TableRow).where(TableRow.document_id == document_id))
    session.execute(delete(PageRow).where(PageRow.document_id == document_id))
    done = session.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
    return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result for a DELETE
