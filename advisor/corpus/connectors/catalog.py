"""A CSV or XLSX list by a column map: supplier pools, lists of datasets, equipment."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Call, Fetched, Fetcher, Pace
from advisor.corpus.connectors.given import given, without_persons
from advisor.corpus.connectors.notice import Notice
from advisor.corpus.connectors.periods import read_period
from advisor.corpus.connectors.reading import Ask, BadItem, SourcePage
from advisor.corpus.connectors.regions import Regions
from advisor.corpus.connectors.transport import Limits
from advisor.corpus.documents import read_document
from advisor.corpus.extract import rows
from advisor.domain.passages import Document, Kind
from advisor.errors import BadInputError
from advisor.text import squeeze

# Titles and notes may stand above the row that names the columns.
_MOST_HEAD_ROWS = 30
_MOST_BYTES = 40 * 1024**2


@dataclass(frozen=True)
class Columns:
    """Which column holds what, by the names in the file; `details` by label."""

    key: tuple[str, ...]
    title: str
    plain: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every column that is read; no other is looked at."""
        return frozenset((*self.key, self.title, *self.plain.values(), *self.details.values()))


@dataclass(frozen=True)
class Catalog:
    """Reads one list, from an address or from a file that somebody downloaded."""

    name: str
    kind: Kind
    columns: Columns
    regions: Regions
    pace: Pace
    url: str | None = None
    path: Path | None = None
    agency: str | None = None
    page_url: str | None = None
    is_paged: bool = False
    is_whole: bool = True
    read_file: Callable[[Path], Document] = read_document

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read the list, or nothing where it has not changed."""
        if self.path is not None:
            return self._page(self._document(self.path))
        assert self.url is not None
        call = Call(
            self.url, pace=self.pace, spend=ask.spend, validators=ask.validators,
            limits=Limits(total_s=180.0, most_bytes=_MOST_BYTES),
        )  # fmt: skip
        return fetcher.fetch(call, self._fetched_page)

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """A file has no way to ask for one row."""
        return None

    def _fetched_page(self, fetched: Fetched) -> SourcePage:
        if fetched.is_unchanged:
            return SourcePage(unchanged=True, validators=fetched.validators)
        with tempfile.TemporaryDirectory(prefix="advisor-list-") as folder:
            path = Path(folder) / "list.csv"
            path.write_bytes(fetched.body)
            page = self._page(self._document(path))
        return replace(page, validators=fetched.validators)

    def _document(self, path: Path) -> Document:
        try:
            return self.read_file(path)
        except BadInputError as error:
            raise SourceError(
                Fault.ATTACHMENT, f"list not read: {error.detail}", note=error.user_message.text
            ) from error

    def _page(self, document: Document) -> SourcePage:
        for table in document.tables:
            grid = rows(table)
            head = _head(grid, self.columns.names)
            if head is not None:
                return self._rows(grid, head)
        wanted = ", ".join(sorted(self.columns.names))
        raise SourceError(Fault.CHANGED, "no table has the columns", note=f"찾는 열: {wanted}")

    def _rows(self, grid: Sequence[Sequence[str]], head: int) -> SourcePage:
        places = {squeeze(name): at for at, name in reversed(list(enumerate(grid[head])))}
        notices: list[Notice] = []
        bad: list[BadItem] = []
        lines = [line for line in grid[head + 1 :] if any(cell.strip() for cell in line)]
        for number, line in enumerate(lines, head + 2):
            values = {name: given(line[places[squeeze(name)]]) for name in self.columns.names}
            notice = self._notice(values)
            if notice is None:
                bad.append(BadItem(None, f"{number}번째 줄에 이름이나 구별할 값이 없습니다."))
            else:
                notices.append(notice)
        return SourcePage(tuple(notices), tuple(bad), len(lines), len(lines))

    def _notice(self, values: Mapping[str, str | None]) -> Notice | None:
        columns = self.columns
        title = values[columns.title]
        parts = [values[name] for name in columns.key]
        if title is None or not all(parts):
            return None
        plain = {name: values[column] for name, column in columns.plain.items()}
        period = read_period(plain.get("period"))
        where = plain.get("regions")
        evidence = {
            name: (columns.plain[name], value) for name, value in plain.items() if value is not None
        }
        return Notice(
            source=self.name, key=_key(parts), title=title, period=period, kind=self.kind,
            url=plain.get("url") or self.page_url, agency=plain.get("agency") or self.agency,
            operator=plain.get("operator"), summary=without_persons(plain.get("summary")),
            regions=self.regions.in_address(where), target=plain.get("target"),
            how_to_apply=plain.get("how_to_apply"), contact=without_persons(plain.get("contact")),
            updated=plain.get("updated"),
            details={
                label: said
                for label, column in columns.details.items()
                if (said := without_persons(values[column])) is not None
            },
            evidence={**evidence, "title": (columns.title, title)},
        )  # fmt: skip


def _head(grid: Sequence[Sequence[str]], names: frozenset[str]) -> int | None:
    wanted = {squeeze(name) for name in names}
    for at, line in enumerate(grid[:_MOST_HEAD_ROWS]):
        if wanted <= {squeeze(cell) for cell in line}:
            return at
    return None


def _key(parts: Sequence[str | None]) -> str:
    """Return a key of the values that tell rows apart, short and without what they say.

    A key stands in logs and file names, where a business number has no place.
    """
    joined = "\n".join(squeeze(part or "") for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:20]
