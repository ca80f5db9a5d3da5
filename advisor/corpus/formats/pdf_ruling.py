"""Ruling lines of a PDF page to the cells of its tables: pypdfium2 sees them, pdfplumber joins them.

pdfminer, which pdfplumber reads pages with, takes a second for a page of 7,000 strokes (a shaded
box of Hancom's); pdfium has them in a twentieth of that, so only the geometry is pdfplumber's.
"""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

Box = tuple[float, float, float, float]

_LEAST_EDGES = 4
_MOST_EDGES = 20_000
# Shorter edges and wider gaps are dots of a dashed line, as pdfplumber's own settings say.
_LEAST_LENGTH = 3.0
_TOLERANCE = 3.0
# How far from upright or level a line may be.
_STRAIGHT = 1.0


def ruled_tables(page: Any) -> list[list[Box]]:
    """Return the cells of each table of a pypdfium2 page that is not turned.

    Boxes are left, top, right, bottom in points, downwards from the top of the page.
    """
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = list(_edges(page))
    if not _LEAST_EDGES <= len(edges) <= _MOST_EDGES:
        return []
    joined = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    kept = [
        edge
        for edge in joined
        if edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"] >= _LEAST_LENGTH
    ]
    crossings = edges_to_intersections(kept, _TOLERANCE, _TOLERANCE)
    tables = cells_to_tables(intersections_to_cells(crossings))
    return [[(cell[0], cell[1], cell[2], cell[3]) for cell in cells] for cells in tables]


def _edges(page: Any) -> Iterator[dict[str, Any]]:
    """Yield the level and upright strokes and sides of boxes, as pdfplumber describes edges."""
    from pypdfium2 import raw

    height = page.get_height()
    for shown in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3):
        matrix = shown.get_matrix()
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for at in range(raw.FPDFPath_CountSegments(shown)):
            segment = raw.FPDFPath_GetPathSegment(shown, at)
            point = _point(raw, segment, matrix, height)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
                yield from _edge(before, point)
            before = point
            if raw.FPDFPathSegment_GetClose(segment) and first is not None:
                yield from _edge(point, first)


def _point(raw: Any, segment: Any, matrix: Any, height: float) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    across = matrix.a * x.value + matrix.c * y.value + matrix.e
    up = matrix.b * x.value + matrix.d * y.value + matrix.f
    return across, height - up


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[dict[str, Any]]:
    (x0, x1), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if not all(map(math.isfinite, (x0, x1, top, bottom))):
        return
    width, height = x1 - x0, bottom - top
    if max(width, height) < _STRAIGHT or min(width, height) > _STRAIGHT:
        return
    yield {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": width,
        "height": height,
        "orientation": "h" if width > height else "v",
    }
