"""Files to orders, and one file to a document with its chunks and a kept original."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.corpus.documents import document_id
from advisor.corpus.formats.kinds import Format
from advisor.domain.jobs import IngestStatus, Job, JobAction, Order
from advisor.domain.passages import Document
from advisor.intake.personal import mask
from advisor.stores.home import disk_errors

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
    Format.CSV: ".csv",
    Format.HTML: ".html",
}


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


def result_of(job: Job) -> IngestResult:
    """Return what became of the file of a job that has ended."""
    status = job.outcome or IngestStatus.REJECTED
    is_there = status not in {IngestStatus.REJECTED}
    return IngestResult(
        job.name, job.document_id if is_there else None, status, job.pages, job.sections,
        job.tables, job.characters, job.seconds, job.message,
    )  # fmt: skip


def orders_for(paths: Sequence[Path], *, with_hidden: bool = False) -> list[Order]:
    """Return an order for each file at and below the paths."""
    return [order_for(path, with_hidden=with_hidden) for path in files_of(paths)]


def order_for(path: Path, *, with_hidden: bool = False) -> Order:
    """Return the order for one file; one that is not there gets its refusal from the job."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0
    return Order(
        document_id(path), mask(str(path))[0], str(path.absolute()), with_hidden=with_hidden,
        size=size,
    )  # fmt: skip


def removal_of(document_id: str, name: str) -> Order:
    """Return the order that takes a document out."""
    return Order(document_id, name, action=JobAction.REMOVE)


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


def keep_copy(path: Path, document: Document, copies: Path) -> None:
    """Keep the original, so that a citation can open it after the file has moved or changed.

    Raises:
        HomeUnavailableError: The disk is full or cannot be written.
    """
    target = copies / f"{document.id}{_SUFFIXES.get(Format(document.media_type), path.suffix)}"
    part = target.with_name(f"{target.name}.part")
    with disk_errors():
        copies.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    # The file may have been of another kind before.
    drop_copies(document.id, copies, but=target)


def copy_of(document_id: str, copies: Path) -> Path | None:
    """Return the kept original of a document, None where there is none."""
    return next((one for one in _copies(document_id, copies)), None)


def drop_copies(document_id: str, copies: Path, *, but: Path | None = None) -> None:
    """Remove the kept originals of a document."""
    for one in _copies(document_id, copies):
        if one != but:
            one.unlink(missing_ok=True)


def _copies(document_id: str, copies: Path) -> list[Path]:
    # An id has no dot, so nothing of another document begins like this.
    return sorted(one for one in copies.glob(f"{document_id}.*") if one.suffix != ".part")


def remark_on(document: Document, *, with_hidden: bool = False) -> str:
    """Return what of a document could not be read or was left out, in Korean."""
    remarks = list(document.remarks)
    if document.unread:
        shown = ", ".join(str(number) for number in document.unread[:10])
        more = " 등" if len(document.unread) > 10 else ""
        remarks.insert(
            0,
            f"{len(document.pages)}쪽 가운데 {shown}{more}쪽은 글자가 없는 그림이라 읽지 못했습니다. "
            "필요하면 글자 인식(OCR)을 거쳐 다시 올려 주세요.",
        )
    hidden = [one.name for one in document.pages if one.hidden]
    if hidden and not with_hidden:
        shown = ", ".join(hidden[:5]) + (" 등" if len(hidden) > 5 else "")
        remarks.append(
            f"숨긴 시트 {len(hidden)}개({shown})는 싣지 않았습니다. "
            "답에 쓰려면 숨김을 풀어 다시 올리거나 `advisor ingest --with-hidden`으로 실어 주세요."
        )
    return " ".join(remarks)
