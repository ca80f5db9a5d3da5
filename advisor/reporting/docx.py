"""A report as a Word document; the one door to python-docx."""

from io import BytesIO
from typing import TYPE_CHECKING, Any, assert_never

from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Outline,
    Paragraph,
    Radar,
    Reference,
    References,
    Scale,
    Table,
    Timeline,
)
from advisor.reporting.charts import draw
from advisor.reporting.links import readable_address, source_words
from advisor.reporting.typesetting import svg_to_png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

# Every Korean Windows and Office has it; a font inside the file would cost megabytes.
FONT = "맑은 고딕"
INK, ACCENT, FRAME, SHADE = "1B2430", "1F5FBF", "BAC4D1", "EAF1FB"
PAGE_CM = (21.0, 29.7)
MARGIN_CM = 2.0
TEXT_CM = PAGE_CM[0] - 2 * MARGIN_CM
CHART_CM = {Radar: 10.5, Bars: 10.5, Scale: 13.0, Timeline: 10.5}


def write_docx(outline: Outline) -> bytes:
    """Return the report as DOCX."""
    import docx  # a fifth of a second, only for this format

    document = docx.Document()
    _set_up(document, outline)
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
            if isinstance(block, Paragraph) and isinstance(following, Table):
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
                _size(run, 9)
        case Bullets():
            _bullets(document, block)
        case Table():
            _table(document, block)
        case Radar() | Bars() | Scale() | Timeline():
            _chart(document, block)
        case References():
            for one in block.items:
                _reference(document, one)
        case _:
            assert_never(block)


def _set_up(document: "Document", outline: Outline) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(1.8)
    sizes = {"Title": 20.0, "Subtitle": 11.0, "Heading 1": 15.0, "Heading 2": 11.5}
    for name in ("Normal", *sizes, "List Bullet", "List Number", "Caption", "Footer"):
        style = document.styles[name]
        _name_font(style.element.get_or_add_rPr())
        style.font.color.rgb = RGBColor.from_string(ACCENT if name == "Heading 1" else INK)
        if name in sizes:
            style.font.size, style.font.bold, style.font.italic = Pt(sizes[name]), True, False
        style.paragraph_format.space_after = Pt(4)
    document.styles["Subtitle"].font.bold = False
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    document.styles["Heading 1"].paragraph_format.space_before = Pt(16)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)
    document.styles["Caption"].font.size = Pt(9)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _space_as_typed(document)
    _without_borders(document)
    properties = document.core_properties
    properties.title, properties.language = f"{outline.title} {outline.subtitle}", "ko-KR"
    properties.author = properties.comments = ""
    properties.subject = " ".join(outline.properties.values())
    _footer(document, outline)


def _name_font(properties: Any) -> None:
    """Name the font for every script; theme fonts would win over it."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def _space_as_typed(document: "Document") -> None:
    """Keep "2026년" together: Word would put a gap between digits and Korean letters."""
    properties = document.styles["Normal"].element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        # The schema wants them before what stands in the template's paragraph properties.
        after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
        properties.insert_element_before(_element(name, {"w:val": "0"}), *after)


def _without_borders(document: "Document") -> None:
    """Take away the line that the template draws below a title."""
    from docx.oxml.ns import qn

    properties = document.styles["Title"].element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _footer(document: "Document", outline: Outline) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(f"{outline.title} · AI가 한 추정 · ")
    _size(run, 8)
    page = paragraph.add_run()
    _size(page, 8)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        page._r.append(
            _element("w:fldChar", {"w:fldCharType": kind}) if kind else _instruction(text)
        )


def _instruction(text: str | None) -> Any:
    element = _element("w:instrText", {"xml:space": "preserve"})
    element.text = text
    return element


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        known = "{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else qn(key)
        element.set(known, value)
    return element


def _size(run: Any, points: float) -> None:
    from docx.shared import Pt

    run.font.size = Pt(points)


def _notice(document: "Document", text: str) -> None:
    table = document.add_table(1, 1, style="Table Grid")
    _frame(table)
    cell = table.cell(0, 0)
    _shade(cell)
    _write(cell, text)
    document.add_paragraph().paragraph_format.space_after = _no_space()


def _no_space() -> int:
    from docx.shared import Pt

    return Pt(0)


def _facts(document: "Document", facts: tuple[tuple[str, str], ...]) -> None:
    for name, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = _no_space()
        _size_all(paragraph, (f"{name}  ", True), (value, False), points=9.5)


def _size_all(paragraph: "WordParagraph", *parts: tuple[str, bool], points: float) -> None:
    for text, bold in parts:
        run = paragraph.add_run(text)
        run.bold = bold
        _size(run, points)


def _bullets(document: "Document", bullets: Bullets) -> None:
    for number, (lead, words) in enumerate(bullets.items, 1):
        # Numbers are written, not counted by Word: a second list would go on from the first.
        mark = f"{number}. " if bullets.is_numbered else ""
        paragraph = document.add_paragraph(style=None if bullets.is_numbered else "List Bullet")
        paragraph.paragraph_format.space_after = _points(2)
        if lead:
            paragraph.add_run(f"{mark}{lead}{': ' if words else ''}").bold = True
        paragraph.add_run(words if lead else f"{mark}{words}")


def _points(number: float) -> int:
    from docx.shared import Pt

    return Pt(number)


def _table(document: "Document", table: Table) -> None:
    from docx.shared import Cm

    if table.title:
        document.add_paragraph(table.title, style="Caption")
    made = document.add_table(1 + len(table.rows), len(table.columns), style="Table Grid")
    made.autofit = False
    _frame(made)
    total = sum(one.width for one in table.columns)
    widths = [Cm(TEXT_CM * one.width / total) for one in table.columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    # `Table.cell` walks the whole grid each time; a row's cells are read once.
    for row, cells in zip(made.rows, (None, *table.rows), strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit", {}))
        if cells is None:
            properties.append(_element("w:tblHeader", {}))
        for place, column, width, number in zip(
            row.cells, table.columns, widths, range(len(table.columns)), strict=True
        ):
            place.width = width
            _fill(place, column, cells[number].text if cells else column.title, is_head=not cells)
    document.add_paragraph().paragraph_format.space_after = _no_space()


def _frame(table: "WordTable") -> None:
    """Draw thin grey lines and leave room around the words."""
    borders = _element("w:tblBorders", {})
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": FRAME}
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", line))
    margins = _element("w:tblCellMar", {})
    for side, twips in (("top", "45"), ("left", "80"), ("bottom", "45"), ("right", "80")):
        margins.append(_element(f"w:{side}", {"w:w": twips, "w:type": "dxa"}))
    properties = table._tbl.tblPr
    # The schema wants borders before the layout and margins after it.
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def _fill(cell: "_Cell", column: Column, text: str, *, is_head: bool) -> None:
    if is_head:
        _shade(cell)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _write(cell, text, bold=is_head, to_right=column.is_number)


def _write(cell: "_Cell", text: str, *, bold: bool = False, to_right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = _no_space()
    run = paragraph.add_run(text)
    run.bold = bold
    _size(run, 8.5)
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: "_Cell") -> None:
    fill = {"w:val": "clear", "w:color": "auto", "w:fill": SHADE}
    cell._tc.get_or_add_tcPr().append(_element("w:shd", fill))


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
    paragraph.paragraph_format.space_after = _no_space()
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
        line.paragraph_format.left_indent = _points(14)
        line.paragraph_format.space_after = _points(5 if is_last else 0)
        _size_all(line, (source_words(source), False), points=8.5)
        address = readable_address(source.url or "")
        if address:
            assert source.url is not None
            _link(document, line, source.url, address)


def _link(document: "Document", paragraph: "WordParagraph", url: str, words: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import RGBColor

    target = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _element("w:hyperlink", {"r:id": target})
    paragraph.add_run(" ")
    run = paragraph.add_run(words)
    _size(run, 8)
    run.font.color.rgb = RGBColor.from_string(ACCENT)
    link.append(run._r)
    paragraph._p.append(link)
