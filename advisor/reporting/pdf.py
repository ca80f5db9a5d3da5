"""A report as data for the PDF template."""

from datetime import datetime, time
from typing import Any, assert_never

from advisor.clock import SEOUL
from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Heading,
    Heat,
    Outline,
    Paragraph,
    Radar,
    Reference,
    References,
    Scale,
    Scatter,
    Stairs,
    Table,
    Timeline,
)
from advisor.reporting.charts import draw
from advisor.reporting.heights import is_whole
from advisor.reporting.links import readable_address, source_words
from advisor.reporting.typesetting import TEXT_MM, to_pdf

CHART_MM = {
    Radar: 105, Bars: 105, Scale: 130, Timeline: 105, Heat: 125, Scatter: 115, Stairs: 105,
}  # fmt: skip
# Letters of 8 points that a millimetre of column holds; a word that fits is not broken.
LETTERS_A_MM = 0.4


def write_pdf(outline: Outline) -> bytes:
    """Return the report as PDF."""
    data = {
        "title": outline.title,
        "subtitle": outline.subtitle,
        "notice": outline.notice,
        "facts": [list(row) for row in outline.facts],
        "sections": [
            {"title": one.title, "blocks": [_block(block) for block in one.blocks]}
            for one in outline.sections
        ],
    }
    return to_pdf(data, datetime.combine(outline.day, time(9), tzinfo=SEOUL))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "words": block.text}
        case Paragraph():
            return {"kind": block.style, "words": block.text}
        case Bullets():
            items = [{"lead": lead, "words": words} for lead, words in block.items]
            return {"kind": "bullets", "numbered": block.is_numbered, "items": items}
        case Table():
            return _table(block)
        case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
            width = CHART_MM[type(block)]
            return {"kind": "chart", "svg": draw(block), "alt": block.alt, "width": width}
        case References():
            return {"kind": "references", "items": [_reference(one) for one in block.items]}
        case _:
            assert_never(block)


def _table(table: Table) -> dict[str, Any]:
    narrowest = min(one.width for one in table.columns) / sum(one.width for one in table.columns)
    return {
        "kind": "table",
        "title": table.title,
        "whole": is_whole(table, TEXT_MM),
        "columns": [
            {"title": one.title, "width": one.width, "number": one.is_number}
            for one in table.columns
        ],
        "rows": [[cell.text for cell in row] for row in table.rows],
        "longest": max(3, int(narrowest * TEXT_MM * LETTERS_A_MM)),
    }


def _reference(one: Reference) -> dict[str, Any]:
    return {
        "label": one.label,
        "title": one.title,
        "about": f"({one.kind}, 신뢰도 {one.confidence}, 확인일 {one.checked_on.isoformat()})",
        "sources": [
            {
                "words": source_words(source),
                "url": source.url if readable_address(source.url or "") else "",
                "address": readable_address(source.url or ""),
            }
            for source in one.sources
        ],
    }
