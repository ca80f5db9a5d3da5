"""Pieces of an SVG picture: shapes, words and how wide words are (pure)."""

from collections.abc import Iterable, Sequence
from html import escape

FONT = "Pretendard, 'Pretendard Variable', 'Report Sans KR', 'Noto Sans KR', sans-serif"
# On white: ink 15:1, muted 6:1, accent 6:1, second 5:1; the last two differ in lightness too.
INK, MUTED, GRID, PAPER = "#1b2430", "#566172", "#d9dfe7", "#ffffff"
ACCENT, ACCENT_SOFT, SECOND = "#1f5fbf", "#dce8fa", "#a8480f"
# One unit is a pixel on a phone of this width.
WIDTH = 390


def picture(height: float, alt: str, parts: Iterable[str], *, width: float = WIDTH) -> str:
    """Return a whole picture that grows with its place; `alt` is its text alternative."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="img" aria-label="{escape(alt)}" '
        f'font-family="{FONT}" style="max-width:100%;height:auto">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 12.5,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return one line of words; `y` is its base line, a halo keeps lines behind it off."""
    weight = ' font-weight="700"' if bold else ""
    around = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}{around}>{escape(text)}</text>'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    stroke: str = "",
    round_: float = 0,
) -> str:
    """Return a rectangle."""
    line = f' stroke="{stroke}"' if stroke else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(0, width))}" height="{_n(height)}" '
        f'rx="{_n(round_)}" fill="{fill}"{line}/>'
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = GRID,
    width: float = 1,
    dash: str = "",
) -> str:
    """Return a straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
        f'stroke="{stroke}" stroke-width="{_n(width)}"{dashes}/>'
    )


def shape(
    points: Sequence[tuple[float, float]], *, fill: str = "none", stroke: str = GRID,
    width: float = 1, dash: str = "", opacity: float = 1,
) -> str:  # fmt: skip
    """Return a closed shape; `opacity` (0 to 1) is the filling's."""
    where = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polygon points="{where}" fill="{fill}" fill-opacity="{_n(opacity)}" stroke="{stroke}" '
        f'stroke-width="{_n(width)}" stroke-linejoin="round"{dashes}/>'
    )


def dot(x: float, y: float, radius: float, fill: str) -> str:
    """Return a dot with a paper-coloured rim."""
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" '
        f'stroke="{PAPER}" stroke-width="1.5"/>'
    )


def width_of(text: str, size: float = 12.5) -> float:
    """Estimate how wide words are; a Korean letter is nearly as wide as high.

    >>> width_of("데이터", 10), width_of("L2", 10)
    (26.4, 11.6)
    """
    ems = sum(0.88 if ord(letter) > 0x2E80 else 0.3 if letter == " " else 0.58 for letter in text)
    return round(ems * size, 1)


def wrap(text: str, room: float, size: float = 12.5) -> list[str]:
    """Break words at blanks into lines that fit into the room; a longer word stays whole.

    >>> wrap("AI 활용과 운영", 45, 10)
    ['AI 활용과', '운영']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _n(number: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
