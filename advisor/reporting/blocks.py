"""The typed report: what every writer writes and what a test compares (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from advisor.domain.source import Source

ParagraphStyle = Literal["plain", "lead", "note", "notice"]
NumberKind = Literal["text", "score", "percent", "won", "count", "day"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table.

    `text` is what documents show, citation marks such as [1] included; `value` is the same for
    programs that calculate, in the unit of `kind` (percent: 0 to 1, won: whole won).
    """

    text: str
    value: int | float | date | None = None
    kind: NumberKind = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is its share of the table against the other columns."""

    title: str
    width: int = 2
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have one cell a column; the title is empty where the heading above says it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words; a `notice` stands in a frame."""

    text: str
    style: ParagraphStyle = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is what stands in bold in front, then the words (either may be empty)."""

    items: tuple[tuple[str, str], ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Spoke:
    """One value of a chart, 0 to the chart's top; None is not known. `goal` is a line to reach."""

    name: str
    value: float | None
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Radar:
    """Scores 0 to 100 around a circle."""

    title: str
    alt: str
    spokes: tuple[Spoke, ...]
    goal_name: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Values as horizontal bars, 0 to `top`; `decimals` are shown after the point."""

    title: str
    alt: str
    spokes: tuple[Spoke, ...]
    top: float
    unit: str
    decimals: int = 0
    goal_name: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The score on the road from the first to the last level.

    `levels` are name and first score; `at` the score and `current` the index of the level, both
    None where none is given; `low` and `high` are the range that the open items leave.
    """

    title: str
    alt: str
    levels: tuple[tuple[str, float], ...]
    current: int | None
    at: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Task:
    """A bar of the time line, `weeks` long."""

    name: str
    weeks: int
    is_solution: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the road map in months; its tasks begin with it."""

    name: str
    first_month: int
    last_month: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The road map in time."""

    title: str
    alt: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One field of a heat map: its name, its level in words and as a number (None: no level)."""

    name: str
    words: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map: a row has a name and its tiles; levels go from 0 to `top`."""

    title: str
    alt: str
    rows: tuple[tuple[str, tuple[Tile, ...]], ...]
    top: int
    legend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a scatter: where it stands (0 to 1 each), how big (0 to 1), and its group."""

    name: str
    x: float
    y: float
    size: float
    group: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points over two axes from 0 to 1; `groups` are named in the order of their marks."""

    title: str
    alt: str
    points: tuple[Point, ...]
    x_name: str
    y_name: str
    size_name: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stair:
    """A step of a staircase: how high, the height in words, and what it is."""

    name: str
    value: float
    words: str
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Stairs:
    """Steps from left to right, each 0 to `top` high; `marks` are named heights."""

    title: str
    alt: str
    stairs: tuple[Stair, ...]
    top: float
    marks: tuple[tuple[str, float], ...] = ()


Chart = Radar | Bars | Scale | Timeline | Heat | Scatter | Stairs


@dataclass(frozen=True, slots=True)
class Reference:
    """A record of the corpus that the report leans on; `label` is the number in its marks."""

    label: str
    record_id: str
    kind: str
    title: str
    confidence: str
    checked_on: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class References:
    """The numbered sources."""

    items: tuple[Reference, ...]


Block = Heading | Paragraph | Bullets | Table | Chart | References


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part; `sheet` is its short name in a workbook."""

    title: str
    sheet: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report. The first section fits on one page."""

    title: str
    subtitle: str
    day: date
    notice: str
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """Go through all blocks in order."""
        for section in self.sections:
            yield from section.blocks

    def references(self) -> tuple[Reference, ...]:
        """Return the numbered sources in order."""
        return tuple(
            one for block in self.blocks() if isinstance(block, References) for one in block.items
        )
