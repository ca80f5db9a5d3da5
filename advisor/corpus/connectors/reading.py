"""What every connector shares: rows of a service, a page of notices, and the protocol."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from advisor.corpus.connectors.faults import SENTENCES, Fault, SourceError
from advisor.corpus.connectors.fetch import Call, Fetcher, Pace
from advisor.corpus.connectors.given import given
from advisor.corpus.connectors.notice import Notice

# Fewer rows without a field may be chance; this many are a changed service.
_ENOUGH_ROWS = 3


@dataclass(frozen=True, slots=True)
class BadItem:
    """An item that was not taken, and why, in Korean; `key` is None where it has none."""

    key: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of a source.

    Attributes:
        rows: How many the service sent, usable or not; 0 ends the paging.
        total: How many there are as the service says, which is not always true.
        validators: ETag and Last-Modified, where the source is one file.
        unchanged: The source is one file and has not changed since the validators.
    """

    notices: tuple[Notice, ...] = ()
    bad: tuple[BadItem, ...] = ()
    rows: int = 0
    total: int | None = None
    validators: tuple[str, str] = ("", "")
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What one page is asked for.

    Attributes:
        page: From 1.
        since: Only what was made or changed from this day on, where the service can tell.
        spend: Counts a call against the day's budget.
        validators: Of the file as it is known.
    """

    page: int
    since: date | None = None
    spend: Callable[[], None] | None = None
    validators: tuple[str, str] = ("", "")


class Connector(Protocol):
    """Reads one public source."""

    @property
    def name(self) -> str:
        """Name of the source, the first half of every source key."""
        ...

    @property
    def is_paged(self) -> bool:
        """Whether there are further pages to ask for."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether an item that is gone from a whole listing is gone from the source."""
        ...

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read one page; raises SourceError."""
        ...

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """Read one item by its key, None where the service cannot or has none."""
        ...


@dataclass(frozen=True, slots=True)
class Service:
    """Where and how a service is called; `secret` is the key's parameter and the key."""

    url: str
    pace: Pace
    rows: int
    secret: tuple[str, str] | None = None
    params: tuple[tuple[str, str], ...] = ()

    def call(self, params: Mapping[str, str], ask: Ask, **options: object) -> Call:
        """Return the call for a page of this service."""
        return Call(
            self.url, {**params, **dict(self.params)}, self.secret, self.pace, ask.spend,
            **options,  # type: ignore[arg-type]  # named fields of Call
        )  # fmt: skip


class Row:
    """One item as the service sent it; a field may be absent, which is not the same as empty."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def get(self, name: str) -> str | None:
        """Return a field's text, None where it is absent or says nothing."""
        return given(self._fields.get(name))

    def all_of(self, name: str) -> list[str]:
        """Return the texts of a field that may be sent several times."""
        value = self._fields.get(name)
        values = value if isinstance(value, list) else [value]
        return [text for one in values if (text := given(one)) is not None]

    def words(self, name: str, mark: str) -> tuple[str, ...]:
        """Return the parts of a field that joins several by a mark."""
        parts = (given(one) for one in (self.get(name) or "").split(mark))
        return tuple(dict.fromkeys(one for one in parts if one))


def rows_of(value: object) -> list[Row]:
    """Return rows of a JSON value that is a list, one object where there is one row, or nothing."""
    if isinstance(value, Mapping):
        return [Row(value)]
    if isinstance(value, list):
        return [Row(one) for one in value if isinstance(one, Mapping)]
    return []


def read_rows(
    rows: Sequence[Row],
    *,
    required: Iterable[str],
    key: str,
    make: Callable[[Row], Notice | None],
    total: int | None,
) -> SourcePage:
    """Make notices of rows; a row without a field that must be there is listed, not guessed.

    Args:
        rows: As sent.
        required: Fields that every row of this service has, empty or not.
        key: The field that names the item.
        make: Makes a notice; None where the title says nothing.
        total: As the service says.

    Raises:
        SourceError: CHANGED, where no row has a required field any more.
    """
    notices: list[Notice] = []
    bad: list[BadItem] = []
    for name in required:
        if len(rows) >= _ENOUGH_ROWS and not any(name in row for row in rows):
            raise SourceError(Fault.CHANGED, f"field={name}", note=f"칸 이름: {name}")
    for row in rows:
        missing = [name for name in required if name not in row]
        identity = row.get(key)
        notice = None if missing or identity is None else make(row)
        if notice is None:
            what = ", ".join(missing) or (key if identity is None else "제목")
            bad.append(BadItem(identity, f"{SENTENCES[Fault.CHANGED].text} (칸 이름: {what})"))
        else:
            notices.append(notice)
    return SourcePage(tuple(notices), tuple(bad), len(rows), total)


def count_of(value: object) -> int | None:
    """Return a count that may come as a number, as text or not at all.

    >>> count_of("1,360"), count_of(3), count_of("-")
    (1360, 3, None)
    """
    text = (given(value) or "").replace(",", "")
    return int(text) if text.isdecimal() else None
