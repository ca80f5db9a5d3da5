"""A folder that is watched: what is new, changed or gone in it, as orders."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from advisor.corpus.documents import document_id, file_digest
from advisor.domain.jobs import Order
from advisor.errors import BadInputError
from advisor.indexing.ingest import files_of, order_for, removal_of

logger = logging.getLogger(__name__)

# Polled: it works on network drives too, where no system tells of changes.
POLL_S = 3.0
# What programs write beside the file that they are at, and half of a download.
_UNFINISHED = (".part", ".crdownload", ".tmp", ".partial")
_LOCKS = ("~$", ".~lock")


class KnownDocuments(Protocol):
    """What a watch needs of the ledger."""

    def document_digest(self, document_id: str) -> str | None: ...

    def document_paths(self) -> Mapping[str, str]:
        """Return the path of every document by its id."""
        ...


@dataclass(frozen=True, slots=True)
class _State:
    size: int
    modified_ns: int


class FolderWatch:
    """Looks at a folder again and again; a file is taken once two looks saw the same of it."""

    def __init__(self, folder: Path, ledger: KnownDocuments, *, with_hidden: bool = False) -> None:
        self._folder = folder.resolve()
        self._ledger = ledger
        self._with_hidden = with_hidden
        self._seen: dict[Path, _State] = {}
        self._taken: dict[Path, _State] = {}
        self._missing: set[str] = set()

    def poll(self) -> list[Order]:
        """Look once and return what has to be done; nothing where the folder itself is away.

        A drive that is not mounted has no files either: that takes no document out.
        """
        if not self._folder.is_dir():
            logger.warning("watched folder is away")
            return []
        now = dict(self._look())
        orders = [
            order_for(path, with_hidden=self._with_hidden)
            for path, state in now.items()
            if self._seen.get(path) == state
            and self._taken.get(path) != state
            and self._is_new(path, state)
        ]
        self._seen = now
        return [*self._gone(now), *orders]

    def _look(self) -> Iterator[tuple[Path, _State]]:
        for path in files_of([self._folder]):
            name = path.name.lower()
            if name.endswith(_UNFINISHED) or name.startswith(_LOCKS):
                continue
            try:
                found = path.stat()
            except OSError:
                continue  # gone between the two looks
            yield path, _State(found.st_size, found.st_mtime_ns)

    def _is_new(self, path: Path, state: _State) -> bool:
        self._taken[path] = state
        known = self._ledger.document_digest(document_id(path))
        if known is None:
            return True
        try:
            return file_digest(path) != known
        except BadInputError:
            return False

    def _gone(self, now: Mapping[Path, _State]) -> Iterator[Order]:
        """Yield the removal of each document of this folder whose file two looks did not find."""
        here = {document_id(path) for path in now}
        missing = set()
        for known, path in self._ledger.document_paths().items():
            is_below = Path(path).is_absolute() and Path(path).is_relative_to(self._folder)
            if not is_below or known in here:
                continue
            missing.add(known)
            if known in self._missing:
                self._taken.pop(Path(path), None)
                yield removal_of(known, path)
        self._missing = missing
