"""The documents of a home as the page and the API see them: added, listed, opened, taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.clock import now
from advisor.corpus.marking import Span, find_words
from advisor.corpus.uploads import keep_upload, shown_name, upload_id
from advisor.corpus.view import PagePicture, about_page, page_picture
from advisor.domain.jobs import IngestStatus, Job, JobState, Order, estimate, pace_of
from advisor.domain.passages import Document
from advisor.errors import BadInputError
from advisor.indexing.build import Index
from advisor.indexing.ingest import copy_of, drop_copies, removal_of
from advisor.intake.personal import mask
from advisor.stores.jobs import JobStore
from advisor.stores.ledger import DocumentListed

PDF = "application/pdf"
SHOWN_JOBS = 20
PACE_JOBS = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of a document with the cited words.

    Attributes:
        at: Index of the page, from 0.
        spans: Where the words stand in its text; empty where none are asked for or found.
        section: Headings above the words, outermost first.
        picture: The printed page with boxes over the words; None where the format has none.
        about: About which printed page (약 N쪽) the words are on, where the format keeps none.
        is_lost: Whether words were asked for that the document no longer holds.
    """

    document: Document
    at: int
    spans: tuple[Span, ...] = ()
    section: tuple[str, ...] = ()
    picture: PagePicture | None = None
    about: int | None = None
    is_lost: bool = False


class Library:
    """Documents and jobs of one open index; safe to call from many threads."""

    def __init__(self, index: Index) -> None:
        """Work on the home of an index."""
        self._index = index
        self._jobs = JobStore(index.engine)

    def add(self, files: Iterable[tuple[str, Iterable[bytes]]]) -> list[Job]:
        """Take uploads in, each with the name the browser sent and its bytes; one job a file.

        A file over the size limit is a job that has failed with the reason; the others go on.

        Raises:
            HomeUnavailableError: The disk is full or cannot be written.
        """
        orders: list[Order] = []
        for given, parts in files:
            name, identity = mask(shown_name(given))[0], upload_id(given)
            try:
                place = keep_upload(parts, given, self._index.uploads)
            except BadInputError as error:
                orders.append(Order(identity, name, refused=str(error.user_message)))
                continue
            orders.append(
                Order(identity, name, str(place), is_upload=True, size=place.stat().st_size)
            )
        return self._jobs.add(orders)

    def documents(self) -> list[DocumentListed]:
        """Return every document, the newest first."""
        return self._index.ledger.documents()

    def document(self, document_id: str) -> Document | None:
        """Return a document with all that was read of it, None where there is none."""
        return self._index.ledger.document(document_id)

    def delete(self, document_id: str) -> bool:
        """Take a document out: no answer has it from this moment. False where there was none."""
        document = self._index.ledger.document(document_id)
        if document is None:
            return False
        self._index.delete_document(document_id)
        drop_copies(document_id, self._index.copies)
        # What is left for the worker is to make the index without it.
        job = self._jobs.add([removal_of(document_id, document.path)])[0]
        self._jobs.advance(job.id, JobState.INDEXING, outcome=IngestStatus.REMOVED.value)
        return True

    def job(self, job_id: str) -> dict[str, Any] | None:
        """Return a job as the API gives it, None where there is none."""
        job = self._jobs.get(job_id)
        return self.with_eta([job])[0] if job else None

    def jobs(self) -> list[dict[str, Any]]:
        """Return all open jobs in their order, then those that ended last, the newest first."""
        return self.with_eta([*self._jobs.open(), *self._jobs.recent(SHOWN_JOBS)])

    def cancel(self, job_id: str) -> bool:
        """Cancel a job; False where there is none or it cannot be stopped any more."""
        job = self._jobs.get(job_id)
        done = self._jobs.cancel(job_id)
        after = self._jobs.get(job_id)
        if done and job and job.is_upload and after and after.has_ended:
            Path(job.place).unlink(missing_ok=True)
        return done

    def with_eta(self, jobs: Sequence[Job]) -> list[dict[str, Any]]:
        """Return jobs as the API gives them, with the seconds they still take."""
        etas = estimate(self._jobs.open(), pace_of(self._jobs.recent(PACE_JOBS)), at=now())
        return [one.to_json(etas.get(one.id)) for one in jobs]

    def open(
        self, document_id: str, *, chunk_id: str = "", words: str = "", page: int | None = None
    ) -> Opened | None:
        """Open a document where a citation points; None where there is no such document.

        Args:
            document_id: Which.
            chunk_id: The cited piece.
            words: The cited words within it or within the page.
            page: Page to show where no piece is named, counted from 1.
        """
        document = self._index.ledger.document(document_id)
        if document is None:
            return None
        chunk = self._index.ledger.chunk(chunk_id) if chunk_id else None
        if chunk is not None and chunk.source_id == document_id:
            at = _page_of(document, chunk_id, chunk.page)
            text = document.pages[at].text
            spans = find_words(text, words, within=(chunk.start, chunk.end)) if words else ()
            spans = spans or (Span(chunk.start, chunk.end),)
            return self._opened(document, at, spans, chunk.heading_path)
        at = min(max((page or 1) - 1, 0), len(document.pages) - 1)
        order = [at, *(other for other in range(len(document.pages)) if other != at)]
        for one in order if words else ():
            found = find_words(document.pages[one].text, words)
            if found:
                return self._opened(document, one, found, ())
        opened = self._opened(document, at, (), ())
        return Opened(
            document, at, picture=opened.picture, is_lost=bool(chunk_id or words)
        )  # fmt: skip

    def _opened(
        self, document: Document, at: int, spans: tuple[Span, ...], section: tuple[str, ...]
    ) -> Opened:
        page = document.pages[at]
        quote = "\n".join(page.text[one.start : one.end] for one in spans)
        copy = copy_of(document.id, self._index.copies)
        picture, about = None, None
        if copy is not None and document.media_type == PDF and page.number is not None:
            picture = page_picture(copy, page.number, quote)
        elif copy is not None and quote:
            about = about_page(copy, document.media_type, quote)
        return Opened(document, at, spans, section, picture, about)


def _page_of(document: Document, chunk_id: str, number: int | None) -> int:
    """Return the index of the page that a chunk stands on."""
    if number is not None:
        return next((at for at, one in enumerate(document.pages) if one.number == number), 0)
    # `…#s3-1` is the first piece of the third section or sheet.
    place = chunk_id.rpartition("#s")[2].partition("-")[0]
    at = int(place) - 1 if place.isdecimal() else 0
    return at if 0 <= at < len(document.pages) else 0
