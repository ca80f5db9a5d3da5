"""The files of a notice: fetched, kept for the job that ingests them, read by the child process."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.corpus.connectors.faults import TRANSIENT, SourceError
from advisor.corpus.connectors.fetch import Call, Fetched, Fetcher
from advisor.corpus.connectors.notice import Attachment, Notice
from advisor.corpus.connectors.transport import Limits
from advisor.corpus.documents import read_document
from advisor.corpus.formats.kinds import Format
from advisor.corpus.formats.sandbox import LARGEST_BYTES
from advisor.corpus.uploads import keep_upload
from advisor.domain.jobs import Order
from advisor.domain.passages import Document
from advisor.errors import BadInputError

logger = logging.getLogger(__name__)

# Forms and posters come by the dozen; the 공고문 is among the first.
MOST_FILES = 6
MOST_TRIES = 3
_READ, _FAILED = "read", "failed"
_LIMITS = Limits(total_s=180.0, most_bytes=LARGEST_BYTES)
_WEB_PAGE = "파일 대신 웹 페이지를 받았습니다. 누리집에서 파일을 열어 확인해 주세요."


@dataclass(frozen=True, slots=True)
class Seen:
    """One file as it stands in the state of its notice.

    Attributes:
        state: "read", or "failed" with `note` saying why in Korean.
        again: Whether another run may have more luck.
        document_id: What it is ingested as.
    """

    url: str
    name: str
    state: str
    digest: str = ""
    document_id: str = ""
    note: str = ""
    tries: int = 0
    again: bool = False
    etag: str = ""
    last_modified: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Files:
    """What came of the files of one notice: `notice` is the one that reads as the 공고문."""

    seen: tuple[Seen, ...] = ()
    notice: Document | None = None
    document_id: str | None = None

    @property
    def failed(self) -> tuple[Seen, ...]:
        """Those that could not be had or read."""
        return tuple(one for one in self.seen if one.state == _FAILED)


def wants_another_try(files: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a file failed for a reason that may have passed."""
    return any(one.get("again") and one.get("tries", 0) < MOST_TRIES for one in files)


class Attachments:
    """Fetches and reads files; a file that fails never keeps the others."""

    def __init__(
        self,
        fetcher: Fetcher,
        uploads: Path,
        order: Callable[[Order], None],
        *,
        read: Callable[[Path, str], Document] | None = None,
    ) -> None:
        """Work with a folder and a queue.

        Args:
            fetcher: The way out.
            uploads: Folder where files wait for their job, which removes them.
            order: Lets the ingestion of a file wait.
            read: Reads a file in a child process; another in a test.
        """
        self._fetcher = fetcher
        self._uploads = uploads
        self._order = order
        self._read = read or (lambda path, name: read_document(path, name=name))

    def take(self, notice: Notice, known: Sequence[Mapping[str, Any]]) -> Files:
        """Fetch the files of a notice that are new, changed or failed before."""
        before = {str(one["url"]): one for one in known}
        seen: list[Seen] = []
        best: tuple[int, Document, str] | None = None
        for one in notice.attachments[:MOST_FILES]:
            found, document = self._one(notice, one, before.get(one.url))
            seen.append(found)
            if document is not None:
                rank = _rank(one)
                if best is None or rank < best[0]:
                    best = (rank, document, found.document_id)
        if best is None:
            return Files(tuple(seen))
        return Files(tuple(seen), best[1], best[2])

    def _one(
        self, notice: Notice, file: Attachment, known: Mapping[str, Any] | None
    ) -> tuple[Seen, Document | None]:
        was_read = known is not None and known.get("state") == _READ
        tries = 0 if known is None else int(known.get("tries", 0))
        validators = (
            (str(known["etag"]), str(known["last_modified"])) if known and was_read else ("", "")
        )
        try:
            fetched = self._fetcher.fetch(
                Call(file.url, limits=_LIMITS, validators=validators, tries=2), _itself
            )
        except SourceError as error:
            logger.info("attachment not fetched key=%s detail=%s", notice.source_key, error.detail)
            return _failed(
                file, error.user_message.text, tries, again=error.fault in TRANSIENT
            ), None
        digest = hashlib.sha256(fetched.body).hexdigest()
        if known is not None and was_read and (fetched.is_unchanged or known["digest"] == digest):
            return Seen(**known), None
        return self._kept(notice, file, fetched, digest, tries)

    def _kept(
        self, notice: Notice, file: Attachment, fetched: Fetched, digest: str, tries: int
    ) -> tuple[Seen, Document | None]:
        path = keep_upload([fetched.body], file.name, self._uploads)
        try:
            document = self._read(path, file.name)
            if _is_stand_in(document, file.name):
                path.unlink(missing_ok=True)
                return _failed(file, _WEB_PAGE, tries, again=True), None
        except BadInputError as error:
            path.unlink(missing_ok=True)
            logger.info("attachment not read key=%s detail=%s", notice.source_key, error.detail)
            # The same bytes would read no better.
            return _failed(file, error.user_message.text, tries, again=False), None
        place = hashlib.sha256(f"{notice.source_key}\n{file.url}".encode()).hexdigest()[:16]
        identity = f"notice-{notice.source}-{place}"
        self._order(
            Order(identity, file.name, str(path), is_upload=True, size=len(fetched.body))
        )  # fmt: skip
        etag, last_modified = fetched.validators
        seen = Seen(
            file.url, file.name, _READ, digest, identity, etag=etag, last_modified=last_modified
        )  # fmt: skip
        return seen, document


def _itself(fetched: Fetched) -> Fetched:
    return fetched


def _failed(file: Attachment, note: str, tries: int, *, again: bool) -> Seen:
    return Seen(file.url, file.name, _FAILED, note=note, tries=tries + 1, again=again)


def _rank(file: Attachment) -> int:
    """Return how likely a file is the notice itself, smaller is likelier."""
    if file.is_notice:
        return 0
    if "공고" in file.name:
        return 1
    is_form = any(word in file.name for word in ("신청서", "양식", "서식", "동의서", "별지"))
    return 3 if is_form else 2


def _is_stand_in(document: Document, name: str) -> bool:
    """Tell whether a page came in place of a file: a login, a notice of maintenance."""
    ending = name.rpartition(".")[2].lower()
    return document.media_type == Format.HTML and ending in {
        "hwp", "hwpx", "pdf", "docx", "doc", "xlsx", "xls", "pptx", "zip",
    }  # fmt: skip
