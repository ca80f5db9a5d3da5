"""Heat map, scatter and staircase as SVG, numbers and names always beside the colours (pure)."""

from advisor.reporting.blocks import Heat, Point, Scatter, Stairs, Tile
from advisor.reporting.svg import (
    ACCENT,
    ACCENT_SOFT,
    GRID,
    INK,
    MUTED,
    PAPER,
    SECOND,
    WIDTH,
    box,
    dot,
    line,
    picture,
    width_of,
    words,
    wrap,
)

# From light to dark: from the third on, white letters have a contrast of 4.5 and more.
SHADES = ("#ffffff", "#dce8fa", "#a9c7f2", "#2f6fcb", "#123f86")
LIGHT = 3
SMALL = 10.5
Box = tuple[float, float, float, float]


def draw_heat(heat: Heat) -> str:
    """Return the map: a row of names and tiles, each with its level as a number."""
    across = max(len(tiles) for _, tiles in heat.rows)
    left, gap = 74.0, 3.0
    size = (WIDTH - left - 2) / across
    height = 46.0
    parts: list[str] = []
    for number, (name, tiles) in enumerate(heat.rows):
        y = 4 + number * (height + gap)
        lines = wrap(name, left - 8, 11.5)
        top = y + height / 2 - (len(lines) - 1) * 7 + 4
        parts += [words(2, top + 14 * i, one, size=11.5, bold=True) for i, one in enumerate(lines)]
        for place, tile in enumerate(tiles):
            parts += _tile(left + place * size, y, size - gap, height, tile, heat.top)
    bottom = 4 + len(heat.rows) * (height + gap) + 14
    x = 2.0
    for value, said in enumerate(heat.legend):
        room = width_of(said, SMALL) + 24
        if x + room > WIDTH:
            x, bottom = 2.0, bottom + 18
        parts.append(box(x, bottom - 9, 12, 12, _shade(value, heat.top), stroke=MUTED, round_=2))
        parts.append(words(x + 16, bottom + 1, said, size=SMALL, fill=MUTED))
        x += room
    return picture(bottom + 10, heat.alt, parts)


def draw_scatter(scatter: Scatter) -> str:
    """Return the points; those on one spot share a dot, and no name lies on another."""
    left, right, top, bottom = 40.0, WIDTH - 14.0, 24.0, 300.0

    def at(point: Point) -> tuple[float, float]:
        return left + (right - left) * point.x, bottom - (bottom - top) * point.y

    parts = [box(left, top, right - left, bottom - top, PAPER, stroke=GRID)]
    for share in (0.25, 0.5, 0.75):
        x, y = left + (right - left) * share, bottom - (bottom - top) * share
        parts += [line(x, top, x, bottom), line(left, y, right, y)]
    for share in (0, 0.5, 1):
        x, y = left + (right - left) * share, bottom - (bottom - top) * share
        parts.append(words(x, bottom + 14, f"{share:g}", size=SMALL, fill=MUTED, anchor="middle"))
        parts.append(words(left - 5, y + 4, f"{share:g}", size=SMALL, fill=MUTED, anchor="end"))
    parts.append(words((left + right) / 2, bottom + 29, scatter.x_name, size=11.5, anchor="middle"))
    parts.append(words(2, top - 9, scatter.y_name, size=11.5))
    spots: dict[tuple[float, float, str], list[Point]] = {}
    for one in scatter.points:
        spots.setdefault((round(one.x, 2), round(one.y, 2), one.group), []).append(one)
    taken: list[Box] = []
    for spot in spots.values():
        x, y = at(spot[0])
        radius = _radius(max(one.size for one in spot))
        taken.append((x - radius, y - radius, x + radius, y + radius))
    names: list[str] = []
    for spot in sorted(spots.values(), key=lambda one: -max(point.size for point in one)):
        x, y = at(spot[0])
        radius = _radius(max(one.size for one in spot))
        parts.append(_mark(x, y, radius, scatter.groups.index(spot[0].group)))
        said = "·".join(one.name for one in spot)
        where = _free(x, y, radius, width_of(said, SMALL), taken, (left, top, right, bottom))
        taken.append(where)
        names.append(words(where[0], where[3] - 3, said, size=SMALL, bold=True, halo=True))
    y = bottom + 50
    x = 8.0
    for number, group in enumerate(scatter.groups):
        room = width_of(group, 11.5) + 30
        if x + room > WIDTH:
            x, y = 8.0, y + 18
        parts += [_mark(x + 6, y - 4, 6, number), words(x + 17, y, group, size=11.5)]
        x += room
    parts.append(words(8, y + 18, scatter.size_name, size=SMALL, fill=MUTED))
    return picture(y + 26, scatter.alt, [*parts, *names])


def draw_stairs(stairs: Stairs) -> str:
    """Return the steps as columns from left to right, each with its height in words above."""
    left, top, bottom = 2.0, 34.0, 190.0
    named = [width_of(name, SMALL) for name, _ in stairs.marks]
    right = WIDTH - (max(named) + 10 if named else 4)
    size = (right - left) / len(stairs.stairs)

    def at(value: float) -> float:
        return bottom - (bottom - top) * value / stairs.top

    parts = [line(left, bottom, right, bottom, stroke=MUTED)]
    for name, value in stairs.marks:
        parts.append(line(left, at(value), right, at(value), dash="2 3", stroke=MUTED, width=0.7))
        parts.append(words(right + 6, at(value) + 4, name, size=SMALL, fill=MUTED))
    longest = 1
    before: float | None = None
    for number, one in enumerate(stairs.stairs):
        x, y = left + number * size, at(one.value)
        parts.append(box(x + 6, y, size - 12, bottom - y, ACCENT if one.is_end else ACCENT_SOFT, stroke=ACCENT, round_=2))  # fmt: skip
        if before is not None:
            parts.append(line(x - 6, before, x + 6, before, stroke=SECOND, width=1.5, dash="3 2"))
        before = y
        parts.append(words(x + size / 2, y - 6, one.words, size=12, anchor="middle", bold=True, halo=True))  # fmt: skip
        lines = wrap(one.name, size - 4, 11)
        longest = max(longest, len(lines))
        parts += [
            words(x + size / 2, bottom + 15 + 14 * i, said, size=11, anchor="middle")
            for i, said in enumerate(lines)
        ]
    return picture(bottom + 12 + 14 * longest, stairs.alt, parts)


def _tile(x: float, y: float, width: float, height: float, tile: Tile, top: int) -> list[str]:
    shade = PAPER if tile.value is None else _shade(tile.value, top)
    ink = PAPER if tile.value is not None and _step(tile.value, top) >= LIGHT else INK
    lines = wrap(tile.name, width - 6, SMALL)[:2]
    parts = [
        box(x, y, width, height, shade, stroke=MUTED if tile.value is None else GRID, round_=3)
    ]
    first = y + 13 if len(lines) == 2 else y + 17
    parts += [
        words(x + width / 2, first + 12 * i, one, size=SMALL, anchor="middle", fill=ink)
        for i, one in enumerate(lines)
    ]
    fill = SECOND if tile.value is None else ink
    parts.append(words(x + width / 2, y + height - 6, tile.words, size=11.5, anchor="middle", bold=True, fill=fill))  # fmt: skip
    return parts


def _step(value: int, top: int) -> int:
    return round(value * (len(SHADES) - 1) / top)


def _shade(value: int, top: int) -> str:
    return SHADES[_step(value, top)]


def _radius(size: float) -> float:
    return 4 + 8 * size


def _mark(x: float, y: float, radius: float, number: int) -> str:
    """Return a mark that differs in shape as well as in colour."""
    if number == 0:
        return dot(x, y, radius, ACCENT)
    if number == 1:
        return dot(x, y, radius, ACCENT) + dot(x, y, radius * 0.5, PAPER)
    side = radius * 1.7
    fill = SECOND if number == 2 else PAPER
    return box(x - side / 2, y - side / 2, side, side, fill, stroke=SECOND, round_=1)


def _free(x: float, y: float, radius: float, width: float, taken: list[Box], frame: Box) -> Box:
    """Return the first place around a dot where a name lies on nothing; else the nearest."""
    height = 13.0
    tries: list[Box] = []
    for away in (2, 9, 18, 28, 40, 54):
        for corner in (
            (x + radius + away, y - height / 2), (x - radius - away - width, y - height / 2),
            (x - width / 2, y - radius - away - height), (x - width / 2, y + radius + away),
            (x + radius, y - radius - away - height / 2), (x + radius, y + radius + away - height / 2),
            (x - radius - width, y - radius - away - height / 2),
            (x - radius - width, y + radius + away - height / 2),
        ):  # fmt: skip
            tries.append((corner[0], corner[1], corner[0] + width, corner[1] + height))
    inside = [
        one for one in tries
        if one[0] >= frame[0] and one[1] >= frame[1] and one[2] <= frame[2] and one[3] <= frame[3]
    ]  # fmt: skip
    apart = (one for one in inside if not any(_meet(one, other) for other in taken))
    return next(apart, (inside or tries)[0])


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
