"""Adds files to the ledger of the index, one result a file; a bad file never stops the rest."""

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from advisor.chunking.documents import chunk_document
from advisor.corpus.documents import document_id, file_digest, read_document
from advisor.corpus.formats.kinds import Format
from advisor.domain.passages import Chunk, Document
from advisor.errors import BadInputError
from advisor.stores.home import disk_errors

logger = logging.getLogger(__name__)

OnFile = Callable[["IngestResult"], None]
# The copy is named by what the file is, so that whoever opens it later gets the right program.
_SUFFIXES = {
    Format.PDF: ".pdf",
    Format.TEXT: ".md",
    Format.HWP: ".hwp",
    Format.HWPX: ".hwpx",
    Format.WORD: ".docx",
    Format.EXCEL: ".xlsx",
    Format.POWERPOINT: ".pptx",
    Format.XLS: ".xls",
    Format.HTML: ".html",
}


class IngestStatus(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file.

    Attributes:
        id: None where the file was rejected.
        pages: None where the format has no pages or nothing was read.
        tables: With those inside tables; None where nothing was read.
        message: Korean; why it was rejected, or what of it could not be read.
    """

    path: str
    id: str | None
    status: IngestStatus
    pages: int | None = None
    sections: int | None = None
    tables: int | None = None
    characters: int | None = None
    seconds: float = 0.0
    message: str = ""


class DocumentLedger(Protocol):
    """What an ingest needs of the ledger."""

    def document_digest(self, document_id: str) -> str | None:
        """Return the digest of the file that a document was read from, None if there is none."""
        ...

    def put_document(self, document: Document, chunks: Sequence[Chunk]) -> None:
        """Keep a document with its chunks in place of what stood under its id, in one step."""
        ...


def ingest_paths(
    paths: Sequence[Path],
    *,
    ledger: DocumentLedger,
    copies: Path,
    on_file: OnFile | None = None,
    names: Mapping[Path, str] | None = None,
) -> list[IngestResult]:
    """Read files and folders into the ledger; the index is brought up to date by the caller.

    Args:
        paths: Files, and folders with all that is below them.
        ledger: Keeps the text and the chunks.
        copies: Folder that keeps the original of each document, named by its id.
        on_file: Told each result as it is there.
        names: What the owner calls a file, where its path does not say (uploads).

    Returns:
        One result per file, in the order of the paths, a folder's files by name.

    Raises:
        HomeUnavailableError: The home is full or cannot be written: no fault of a file.
    """
    results = []
    for path in files_of(paths):
        started = time.perf_counter()
        name = (names or {}).get(path)
        try:
            result = _ingest(path, name, ledger, copies, started)
        except BadInputError as error:
            logger.info("file rejected detail=%s", error.detail)
            result = IngestResult(
                name or str(path),
                None,
                IngestStatus.REJECTED,
                seconds=_since(started),
                message=str(error.user_message),
            )
        results.append(result)
        if on_file is not None:
            on_file(result)
    return results


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files at and below the paths, each once; hidden ones in a folder are left out.

    A path that is not there is yielded too, so that it gets its own result.
    """
    seen: set[Path] = set()
    for path in paths:
        below = path.is_dir()
        for one in sorted(path.rglob("*")) if below else [path]:
            is_hidden = below and any(part.startswith(".") for part in one.relative_to(path).parts)
            if (below and not one.is_file()) or is_hidden or one.resolve() in seen:
                continue
            seen.add(one.resolve())
            yield one


def _ingest(
    path: Path, name: str | None, ledger: DocumentLedger, copies: Path, started: float
) -> IngestResult:
    shown = name or str(path)
    identity = document_id(path)
    known = ledger.document_digest(identity)
    if known is not None and known == file_digest(path):
        return IngestResult(shown, identity, IngestStatus.UNCHANGED, seconds=_since(started))
    document = read_document(path, name=name)
    chunks = chunk_document(document)
    _keep_copy(path, document, copies)
    ledger.put_document(document, chunks)
    return IngestResult(
        path=shown,
        id=document.id,
        status=IngestStatus.ADDED if known is None else IngestStatus.CHANGED,
        pages=len(document.pages) if document.pages[0].number is not None else None,
        sections=len(document.sections),
        tables=len(document.tables),
        characters=sum(len(page.text) for page in document.pages),
        seconds=_since(started),
        message=_remark(document),
    )


def _keep_copy(path: Path, document: Document, copies: Path) -> None:
    """Keep the original, so that a citation can open it after the file has moved or changed."""
    target = copies / f"{document.id}{_SUFFIXES.get(Format(document.media_type), path.suffix)}"
    part = target.with_name(f"{target.name}.part")
    with disk_errors():
        copies.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _remark(document: Document) -> str:
    remarks = list(document.remarks)
    if document.unread:
        shown = ", ".join(str(number) for number in document.unread[:10])
        more = " 등" if len(document.unread) > 10 else ""
        remarks.insert(
            0,
            f"{len(document.pages)}쪽 가운데 {shown}{more}쪽은 글자가 없는 그림이라 읽지 못했습니다. "
            "필요하면 글자 인식(OCR)을 거쳐 다시 올려 주세요.",
        )
    return " ".join(remarks)


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
