"""Charts as SVG, sharp and readable at 390 pixels, the same on the page and in reports (pure)."""

import math
from collections.abc import Callable
from typing import assert_never

from advisor.reporting.blocks import (
    Bars,
    Chart,
    Heat,
    Radar,
    Scale,
    Scatter,
    Spoke,
    Stairs,
    Task,
    Timeline,
)
from advisor.reporting.chart_words import KO, ChartWords
from advisor.reporting.maps import draw_heat, draw_scatter, draw_stairs
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
    shape,
    width_of,
    words,
    wrap,
)

WEEKS_A_MONTH = 52 / 12
STRETCH = "#f3f6fa"


def draw(chart: Chart, said: ChartWords = KO) -> str:
    """Return a chart as one SVG element with its text alternative inside."""
    match chart:
        case Radar():
            return draw_radar(chart, said)
        case Bars():
            return draw_bars(chart, said)
        case Scale():
            return draw_scale(chart, said)
        case Timeline():
            return draw_timeline(chart, said)
        case Heat():
            return draw_heat(chart)
        case Scatter():
            return draw_scatter(chart)
        case Stairs():
            return draw_stairs(chart)
        case _:
            assert_never(chart)


def draw_radar(radar: Radar, said: ChartWords = KO) -> str:
    """Return the radar; a spoke without a value is left out of the shape and says so."""
    middle, centre, radius = WIDTH / 2, 140.0, 96.0

    def at(index: int, value: float) -> tuple[float, float]:
        turn = 2 * math.pi * index / len(radar.spokes) - math.pi / 2
        reach = radius * value / 100
        return middle + reach * math.cos(turn), centre + reach * math.sin(turn)

    everywhere = range(len(radar.spokes))
    parts = [
        shape([at(i, ring) for i in everywhere], stroke=GRID if ring < 100 else MUTED)
        for ring in (20, 40, 60, 80, 100)
    ]
    parts += [line(middle, centre, *at(i, 100)) for i in everywhere]
    parts += [words(middle + 3, centre - radius * n / 100 + 4, str(n), size=9.5, fill=MUTED) for n in (20, 40, 60, 80)]  # fmt: skip
    points = {i: at(i, one.value) for i, one in enumerate(radar.spokes) if one.value is not None}
    for index in points:
        # An unknown spoke leaves a gap: no line may run where nobody knows the score.
        following = points.get((index + 1) % len(radar.spokes))
        if following is not None:
            corners = [(middle, centre), points[index], following]
            parts.append(shape(corners, fill=ACCENT, opacity=0.16, stroke="none"))
            parts.append(line(*points[index], *following, stroke=ACCENT, width=2))
    for index, one in enumerate(radar.spokes):
        if one.goal is not None:
            parts.append(_diamond(*at(index, one.goal)))
    parts += [dot(x, y, 4.5, ACCENT) for x, y in points.values()]
    for index, one in enumerate(radar.spokes):
        x, y = at(index, 100 + 13)
        anchor = "middle" if abs(x - middle) < 5 else "start" if x > middle else "end"
        drop = {"middle": -10.0 if y < centre else 14.0}.get(anchor, 0.0)
        room = {"start": WIDTH - x, "end": x}.get(anchor, WIDTH) - 2
        lines = wrap(one.name, room, 12)
        drop -= 15 * (len(lines) - 1) if y < centre else 0
        parts += [
            words(x, y + drop + 15 * number, said_name, size=12, anchor=anchor)
            for number, said_name in enumerate(lines)
        ]
        parts.append(words(x, y + drop + 15 * len(lines), _score(one, said), size=12.5, anchor=anchor, bold=True, fill=ACCENT if one.value is not None else SECOND))  # fmt: skip
    height = 290.0
    if radar.goal_name:
        parts += _goal_legend(radar.goal_name, 304.0, _diamond)
        height = 314.0
    return picture(height, radar.alt, parts)


def draw_bars(bars: Bars, said: ChartWords = KO) -> str:
    """Return the bars, one a row, each with its name and value in words."""
    left = max(width_of(one.name) for one in bars.spokes) + 10
    right = WIDTH - max(width_of(_amount(bars, one, said), 12.5) for one in bars.spokes) - 16
    row = 29.0
    parts: list[str] = []
    for index, one in enumerate(bars.spokes):
        y = 6 + row * index
        parts.append(words(2, y + 17, one.name))
        parts.append(box(left, y + 5, right - left, 15, GRID if one.value is not None else PAPER, stroke="" if one.value is not None else MUTED, round_=3))  # fmt: skip
        if one.value is not None:
            parts.append(box(left, y + 5, (right - left) * one.value / bars.top, 15, ACCENT, round_=3))  # fmt: skip
        if one.goal is not None:
            x = left + (right - left) * one.goal / bars.top
            parts.append(_tick(x, y + 12.5))
        parts.append(words(WIDTH - 2, y + 17, _amount(bars, one, said), anchor="end", bold=True, fill=INK if one.value is not None else SECOND))  # fmt: skip
    height = 10 + row * len(bars.spokes)
    if bars.goal_name:
        parts += _goal_legend(bars.goal_name, height + 14, _tick)
        height += 24
    return picture(height, bars.alt, parts)


def draw_scale(scale: Scale, in_words: ChartWords = KO) -> str:
    """Return the road of levels with the score, the range and the level that holds."""
    left, right, top = 4.0, WIDTH - 4.0, 40.0

    def at(value: float) -> float:
        return left + (right - left) * value / 100

    parts: list[str] = []
    ends = [first for _, first in scale.levels[1:]] + [100.0]
    spans = [(name, first, last) for (name, first), last in zip(scale.levels, ends, strict=True)]
    named = [
        wrap(name.partition(" ")[2], at(last) - at(first) - 6, 11) for name, first, last in spans
    ]
    height = 20.0 + 14 * max(len(lines) for lines in named)
    for index, ((name, first, last), lines) in enumerate(zip(spans, named, strict=True)):
        here = index == scale.current
        parts.append(box(at(first) + 1, top, at(last) - at(first) - 2, height, ACCENT if here else ACCENT_SOFT, round_=3))  # fmt: skip
        middle = (at(first) + at(last)) / 2
        ink = PAPER if here else INK
        label = name.partition(" ")[0]
        parts.append(words(middle, top + 14, label, size=11.5, anchor="middle", bold=True, fill=ink))  # fmt: skip
        for number, said in enumerate(lines, 1):
            parts.append(words(middle, top + 14 + 14 * number, said, size=11, anchor="middle", fill=ink, bold=here))  # fmt: skip
        parts.append(words(at(first), top + height + 14, f"{first:g}", size=10.5, fill=MUTED))
    parts.append(words(right, top + height + 14, "100", size=10.5, fill=MUTED, anchor="end"))
    if scale.at is not None:
        x = at(scale.at)
        parts.append(shape([(x - 6, top - 11), (x + 6, top - 11), (x, top - 2)], fill=INK, stroke=INK))  # fmt: skip
        said = in_words.overall.format(score=scale.at)
        half = width_of(said, 13) / 2 + 4
        parts.append(words(min(max(x, half), WIDTH - half), top - 17, said, size=13, anchor="middle", bold=True))  # fmt: skip
    else:
        parts.append(words(left, top - 17, in_words.no_overall, size=13, bold=True, fill=SECOND))
    y = top + height + 26
    bottom = y + 6
    if scale.high > scale.low:
        parts.append(line(at(scale.low), y, at(scale.high), y, stroke=SECOND, width=3))
        for end in (scale.low, scale.high):
            parts.append(line(at(end), y - 5, at(end), y + 5, stroke=SECOND, width=3))
        said = in_words.range.format(low=scale.low, high=scale.high)
        half = width_of(said, 11.5) / 2 + 4
        middle = min(max((at(scale.low) + at(scale.high)) / 2, half), WIDTH - half)
        parts.append(words(middle, y + 20, said, size=11.5, anchor="middle", fill=SECOND))
        bottom = y + 28
    return picture(bottom, scale.alt, parts)


def draw_timeline(timeline: Timeline, said: ChartWords = KO) -> str:
    """Return the road map: a bar a task, below the stretch that it begins with."""
    last = max(one.last_month for one in timeline.stretches)

    def at(month: float) -> float:
        return 6 + (WIDTH - 12) * month / last

    marks = [0, *(one.last_month for one in timeline.stretches)]
    body: list[str] = []
    y = 26.0
    for stretch in timeline.stretches:
        top = y
        body.append(words(6, y + 17, stretch.name, size=13, bold=True))
        y += 25
        for task in stretch.tasks:
            body.append(_task_name(at(stretch.first_month), y + 12, task, said))  # fmt: skip
            length = at(stretch.first_month + task.weeks / WEEKS_A_MONTH) - at(stretch.first_month)
            body.append(box(at(stretch.first_month), y + 18, min(length, WIDTH - 6 - at(stretch.first_month)), 10, SECOND if task.is_solution else ACCENT, round_=3))  # fmt: skip
            y += 35
        if not stretch.tasks:
            body.append(words(at(stretch.first_month), y + 10, said.nothing, fill=MUTED))
            y += 20
        y += 6
        width = at(stretch.last_month) - at(stretch.first_month)
        body.insert(0, box(at(stretch.first_month), top, width, y - top - 4, STRETCH, round_=4))
    axis = [line(at(month), 20, at(month), y - 4, dash="2 3", stroke=MUTED, width=0.6) for month in marks]  # fmt: skip
    names = [
        words(at(month), 14, said.month.format(month=month) if month else said.now, size=11, fill=MUTED,
              anchor="start" if month == 0 else "end" if month == last else "middle")
        for month in marks
    ]  # fmt: skip
    legend = [
        box(6, y + 4, 12, 10, ACCENT, round_=2),
        words(23, y + 13, said.step, size=11.5),
        box(150, y + 4, 12, 10, SECOND, round_=2),
        words(167, y + 13, said.solution, size=11.5),
    ]
    return picture(y + 22, timeline.alt, [*body[: len(timeline.stretches)], *axis, *body[len(timeline.stretches) :], *names, *legend])  # fmt: skip


def _task_name(x: float, y: float, task: Task, in_words: ChartWords) -> str:
    said = in_words.weeks.format(name=task.name, weeks=task.weeks)
    start = max(6.0, min(x, WIDTH - 6 - width_of(said)))
    return words(start, y, said, bold=task.is_solution, halo=True)


def _diamond(x: float, y: float) -> str:
    corners = [(x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y)]
    return shape(corners, fill=PAPER, stroke=SECOND, width=2)


def _tick(x: float, y: float) -> str:
    return line(x, y - 11.5, x, y + 11.5, stroke=SECOND, width=2.5)


def _goal_legend(name: str, y: float, mark: Callable[[float, float], str]) -> list[str]:
    start = max(8.0, (WIDTH - width_of(name, 11.5)) / 2)
    return [mark(start - 2, y - 4), words(start + 8, y, name, size=11.5, fill=SECOND)]


def _score(one: Spoke, said: ChartWords) -> str:
    return said.unknown if one.value is None else f"{one.value:.1f}"


def _amount(bars: Bars, one: Spoke, said: ChartWords) -> str:
    return said.unknown if one.value is None else f"{one.value:.{bars.decimals}f}{bars.unit}"
