"""A report as a Word document; with docx_look the door to python-docx."""

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Chart,
    Column,
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
from advisor.reporting.docx_look import (
    ACCENT,
    TEXT_CM,
    element,
    frame,
    no_space,
    points,
    set_size,
    set_up,
    shade,
)
from advisor.reporting.heights import is_whole
from advisor.reporting.links import readable_address, source_words
from advisor.reporting.typesetting import svg_to_png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

CHART_CM = {
    Radar: 10.5, Bars: 10.5, Scale: 13.0, Timeline: 10.5, Heat: 12.5, Scatter: 11.5, Stairs: 10.5,
}  # fmt: skip


def write_docx(outline: Outline) -> bytes:
    """Return the report as DOCX."""
    import docx  # a fifth of a second, only for this format

    document = docx.Document()
    set_up(document, outline)
    document.add_paragraph(outline.title, style="Title")
    document.add_paragraph(outline.subtitle, style="Subtitle")
    _notice(document, outline.notice)
    _facts(document, outline.facts)
    for number, section in enumerate(outline.sections):
        heading = document.add_heading(section.title, 1)
        # The owner's summary has the first page to itself.
        heading.paragraph_format.page_break_before = number == 1
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            _add(document, block)
            if isinstance(block, Paragraph) and isinstance(following, Table | Chart):
                document.paragraphs[-1].paragraph_format.keep_with_next = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: "Document", block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, 2)
        case Paragraph(style="notice"):
            _notice(document, block.text)
        case Paragraph():
            paragraph = document.add_paragraph()
            run = paragraph.add_run(block.text)
            run.bold = block.style == "lead"
            if block.style == "note":
                set_size(run, 9)
        case Bullets():
            _bullets(document, block)
        case Table():
            _table(document, block)
        case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
            _chart(document, block)
        case References():
            for one in block.items:
                _reference(document, one)
        case _:
            assert_never(block)


def _notice(document: "Document", text: str) -> None:
    table = document.add_table(1, 1, style="Table Grid")
    frame(table)
    cell = table.cell(0, 0)
    shade(cell)
    _write(cell, text)
    document.add_paragraph().paragraph_format.space_after = no_space()


def _facts(document: "Document", facts: tuple[tuple[str, str], ...]) -> None:
    for name, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = no_space()
        _size_all(paragraph, (f"{name}  ", True), (value, False), points=9.5)


def _size_all(paragraph: "WordParagraph", *parts: tuple[str, bool], points: float) -> None:
    for text, bold in parts:
        run = paragraph.add_run(text)
        run.bold = bold
        set_size(run, points)


def _bullets(document: "Document", bullets: Bullets) -> None:
    for number, (lead, words) in enumerate(bullets.items, 1):
        # Numbers are written, not counted by Word: a second list would go on from the first.
        mark = f"{number}. " if bullets.is_numbered else ""
        paragraph = document.add_paragraph(style=None if bullets.is_numbered else "List Bullet")
        paragraph.paragraph_format.space_after = points(2)
        if lead:
            paragraph.add_run(f"{mark}{lead}{': ' if words else ''}").bold = True
        paragraph.add_run(words if lead else f"{mark}{words}")


def _table(document: "Document", table: Table) -> None:
    from docx.shared import Cm

    if table.title:
        document.add_paragraph(table.title, style="Caption")
    made = document.add_table(1 + len(table.rows), len(table.columns), style="Table Grid")
    made.autofit = False
    frame(made)
    total = sum(one.width for one in table.columns)
    widths = [Cm(TEXT_CM * one.width / total) for one in table.columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    # `Table.cell` walks the whole grid each time; a row's cells are read once.
    for row, cells in zip(made.rows, (None, *table.rows), strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit", {}))
        if cells is None:
            properties.append(element("w:tblHeader", {}))
        for place, column, width, number in zip(
            row.cells, table.columns, widths, range(len(table.columns)), strict=True
        ):
            place.width = width
            _fill(place, column, cells[number].text if cells else column.title, is_head=not cells)
    if is_whole(table, TEXT_CM * 10):
        for row in made.rows[:-1]:
            for place in row.cells:
                place.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.space_after = no_space()


def _fill(cell: "_Cell", column: Column, text: str, *, is_head: bool) -> None:
    if is_head:
        shade(cell)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _write(cell, text, bold=is_head, to_right=column.is_number)


def _write(cell: "_Cell", text: str, *, bold: bool = False, to_right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = no_space()
    run = paragraph.add_run(text)
    run.bold = bold
    set_size(run, 8.5)
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _chart(document: "Document", chart: Chart) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = paragraph.add_run().add_picture(
        BytesIO(svg_to_png(draw(chart))), width=Cm(CHART_CM[type(chart)])
    )
    shown = picture._inline.docPr
    shown.set("descr", chart.alt)
    shown.set("title", chart.title)


def _reference(document: "Document", one: Reference) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = no_space()
    paragraph.paragraph_format.keep_with_next = True
    _size_all(
        paragraph,
        (f"[{one.label}] {one.title}", True),
        (f" ({one.kind}, 신뢰도 {one.confidence}, 확인일 {one.checked_on.isoformat()})", False),
        points=9,
    )
    for number, source in enumerate(one.sources, 1):
        line = document.add_paragraph()
        is_last = number == len(one.sources)
        line.paragraph_format.left_indent = points(14)
        line.paragraph_format.space_after = points(5 if is_last else 0)
        _size_all(line, (source_words(source), False), points=8.5)
        address = readable_address(source.url or "")
        if address:
            assert source.url is not None
            _link(document, line, source.url, address)


def _link(document: "Document", paragraph: "WordParagraph", url: str, words: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import RGBColor

    target = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", {"r:id": target})
    paragraph.add_run(" ")
    run = paragraph.add_run(words)
    set_size(run, 8)
    run.font.color.rgb = RGBColor.from_string(ACCENT)
    link.append(run._r)
    paragraph._p.append(link)
