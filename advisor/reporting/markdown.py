"""A report as Markdown: charts as their text alternative, so that nothing but words is needed."""

import re
from typing import assert_never

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
from advisor.reporting.links import readable_address, source_words

# Whatever Markdown or HTML would read as a mark of its own; users' words are shown as they are.
_SPECIAL = re.compile(r"([\\`*_{}<>#|~\[\]])")
# Our own citation marks keep their brackets: "[1]" reads the same in any viewer.
_MARK = re.compile(r"\\\[(\d{1,3})\\\](?!\()")


def write_markdown(outline: Outline) -> bytes:
    """Return the report as UTF-8 Markdown."""
    parts = [f"# {_plain(outline.title)}", _plain(outline.subtitle), f"> {_plain(outline.notice)}"]
    parts.append(
        "\n".join(f"- **{_plain(name)}**: {_plain(value)}" for name, value in outline.facts)
    )
    for section in outline.sections:
        parts.append(f"## {_plain(section.title)}")
        parts += [_block(one) for one in section.blocks]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"### {_plain(block.text)}"
        case Paragraph(style="notice"):
            return f"> {_plain(block.text)}"
        case Paragraph(style="lead"):
            return f"**{_plain(block.text)}**"
        case Paragraph():
            return _plain(block.text)
        case Bullets():
            return _bullets(block)
        case Table():
            return _table(block)
        case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
            return f"> 그림: {_plain(block.title)}. {_plain(block.alt)}"
        case References():
            return "\n\n".join(map(_reference, block.items))
        case _:
            assert_never(block)


def _bullets(bullets: Bullets) -> str:
    lines = []
    for number, (lead, words) in enumerate(bullets.items, 1):
        mark = f"{number}." if bullets.is_numbered else "-"
        bold = f"**{_plain(lead)}**" if lead else ""
        lines.append(f"{mark} {': '.join(part for part in (bold, _plain(words)) if part)}")
    return "\n".join(lines)


def _table(table: Table) -> str:
    def row(cells: list[str]) -> str:
        return f"| {' | '.join(cells)} |"

    rules = ["---:" if one.is_number else "---" for one in table.columns]
    lines = [row([_plain(one.title) for one in table.columns]), row(rules)]
    lines += [row([_plain(cell.text) for cell in cells]) for cells in table.rows]
    caption = f"*{_plain(table.title)}*\n\n" if table.title else ""
    return caption + "\n".join(lines)


def _reference(one: Reference) -> str:
    lines = [
        f"[{one.label}] **{_plain(one.title)}** ({_plain(one.kind)}, 신뢰도 {one.confidence}, "
        f"확인일 {one.checked_on.isoformat()})"
    ]
    for source in one.sources:
        address = f" <{source.url}>" if source.url and readable_address(source.url) else ""
        lines.append(f"- {_plain(source_words(source))}{address}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return words that Markdown shows as they are, on one line."""
    return _MARK.sub(r"[\1]", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
