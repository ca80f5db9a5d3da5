"""Sections of a report as HTML for the page: charts inline, numbers linked to their sources (pure)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from advisor.domain.records import AnyRecord
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
    Section,
    Stairs,
    Table,
    Timeline,
)
from advisor.reporting.chart_words import EN, KO
from advisor.reporting.charts import draw
from advisor.reporting.links import readable_address, source_words
from advisor.ui.diagnosis_words import say
from advisor.ui.record_facts import render_record
from advisor.ui.strings import Language

# A long table shows its first rows; whoever wants the rest opens it.
SHOWN_ROWS, FOLD_FROM = 5, 6
_MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Look:
    """How blocks are shown: language of the labels, and how to find a record by its id."""

    language: Language = "ko"
    record: Callable[[str], AnyRecord | None] = field(default=lambda _: None)


def links_of(outline: Outline) -> dict[str, Reference]:
    """Return what the numbers of a report stand for."""
    return {one.label: one for one in outline.references()}


def render_section(
    section: Section, links: Mapping[str, Reference], look: Look | None = None
) -> str:
    """Return all blocks of a section, without its title."""
    return "".join(render_block(one, links, look) for one in section.blocks)


def render_block(block: Block, links: Mapping[str, Reference], look: Look | None = None) -> str:
    """Return one block."""
    look = look or Look()
    match block:
        case Heading():
            return f"<h4>{_words(block.text, links)}</h4>"
        case Paragraph():
            return f'<p class="{block.style}">{_words(block.text, links)}</p>'
        case Bullets():
            tag = "ol" if block.is_numbered else "ul"
            rows = "".join(
                f"<li>{f'<b>{_words(lead, links)}</b> ' if lead else ''}{_words(words, links)}</li>"
                for lead, words in block.items
            )
            return f"<{tag}>{rows}</{tag}>"
        case Table():
            return _table(block, links, look.language)
        case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
            kind = type(block).__name__.lower()
            return (
                f'<figure class="chart {kind}">{draw(block, EN if look.language == "en" else KO)}'
                f"<figcaption>{escape(block.title)}</figcaption></figure>"
            )
        case References():
            rows = "".join(_reference(one, look) for one in block.items)
            return f'<ol class="references">{rows}</ol>'
        case _:
            assert_never(block)


def _table(table: Table, links: Mapping[str, Reference], language: Language) -> str:
    """Return a table; each cell repeats its column's name, which a phone shows in its place."""
    number = [' class="number"' if one.is_number else "" for one in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(one.title)}</th>'
        for one, kind in zip(table.columns, number, strict=True)
    )
    rows = [
        "<tr>"
        + "".join(
            # One box for the words and their marks: on a phone it stands beside the column's name.
            f'<td data-column="{escape(column.title)}"{kind}><div>{_words(cell.text, links)}</div></td>'
            for column, kind, cell in zip(table.columns, number, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    ]
    whole = sum(one.width for one in table.columns)
    widths = "".join(f'<col style="width:{100 * one.width / whole:.1f}%">' for one in table.columns)
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""

    def draw_rows(chosen: list[str], caption: str) -> str:
        return f"<table>{caption}<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{''.join(chosen)}</tbody></table>"

    if len(rows) <= FOLD_FROM:
        return draw_rows(rows, caption)
    rest = rows[SHOWN_ROWS:]
    return (
        f'{draw_rows(rows[:SHOWN_ROWS], caption)}<details class="more">'
        f"<summary>{escape(say(language, 'more_rows', count=len(rest)))}</summary>"
        f"{draw_rows(rest, '')}</details>"
    )


def _words(text: str, links: Mapping[str, Reference]) -> str:
    """Return escaped words; a number in brackets that is one of ours leads to its source.

    On the page it leads to the entry of the source; without script, to the source itself.
    """

    def link(found: re.Match[str]) -> str:
        one = links.get(found[1])
        url = _address(one) if one else ""
        if one is None or not url:
            return found[0]
        return (
            f'<a class="ref" href="{escape(url)}" target="_blank" rel="noopener noreferrer" '
            f'title="{escape(one.title)}" data-jump="ref-{escape(one.label)}">{found[0]}</a>'
        )

    return _MARK.sub(link, escape(text))


def _reference(one: Reference, look: Look) -> str:
    rows = []
    for source in one.sources:
        said = escape(source_words(source))
        if source.url and readable_address(source.url):
            said = f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{said}</a>'
        rows.append(f"<span>{said}</span>")
    return (
        f'<li id="ref-{escape(one.label)}" tabindex="-1">'
        f"<b>[{escape(one.label)}] {escape(one.title)}</b> <small>{escape(one.kind)}, "
        f"신뢰도 {escape(one.confidence)}, 확인일 {one.checked_on.isoformat()}</small>"
        f"{''.join(rows)}{_record(one, look)}</li>"
    )


def _record(one: Reference, look: Look) -> str:
    record = look.record(one.record_id)
    body = render_record(record) if record is not None else ""
    if not body:
        return ""
    return f"<details><summary>{escape(say(look.language, 'record'))}</summary>{body}</details>"


def _address(one: Reference) -> str:
    return next((str(it.url) for it in one.sources if it.url and readable_address(str(it.url))), "")
