"""How a Word document of ours looks: fonts, sizes, margins, frames, footer."""

from typing import TYPE_CHECKING, Any

from advisor.reporting.blocks import Outline

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell

# Every Korean Windows and Office has it; a font inside the file would cost megabytes.
FONT = "맑은 고딕"
INK, ACCENT, FRAME, SHADE = "1B2430", "1F5FBF", "BAC4D1", "EAF1FB"
PAGE_CM = (21.0, 29.7)
MARGIN_CM = 2.0
TEXT_CM = PAGE_CM[0] - 2 * MARGIN_CM


def set_up(document: "Document", outline: Outline) -> None:
    """Set page, fonts, styles, properties and footer of a new document."""
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
        properties.insert_element_before(element(name, {"w:val": "0"}), *after)


def _without_borders(document: "Document") -> None:
    """Take away the line that the template draws below a title."""
    from docx.oxml.ns import qn

    properties = document.styles["Title"].element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _footer(document: "Document", outline: Outline) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(f"{outline.title} · AI가 한 추정 · ")
    set_size(run, 8)
    page = paragraph.add_run()
    set_size(page, 8)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        page._r.append(
            element("w:fldChar", {"w:fldCharType": kind}) if kind else _instruction(text)
        )


def _instruction(text: str | None) -> Any:
    made = element("w:instrText", {"xml:space": "preserve"})
    made.text = text
    return made


def element(name: str, attributes: dict[str, str]) -> Any:
    """Return a new XML element by its prefixed name, for what python-docx has no call for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        known = "{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else qn(key)
        made.set(known, value)
    return made


def set_size(run: Any, points: float) -> None:
    """Set the size of a run's letters."""
    from docx.shared import Pt

    run.font.size = Pt(points)


def no_space() -> int:
    """Return no room, as a length."""
    return points(0)


def points(number: float) -> int:
    """Return points as a length."""
    from docx.shared import Pt

    return Pt(number)


def frame(table: "WordTable") -> None:
    """Draw thin grey lines and leave room around the words."""
    borders = element("w:tblBorders", {})
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": FRAME}
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", line))
    margins = element("w:tblCellMar", {})
    for side, twips in (("top", "45"), ("left", "80"), ("bottom", "45"), ("right", "80")):
        margins.append(element(f"w:{side}", {"w:w": twips, "w:type": "dxa"}))
    properties = table._tbl.tblPr
    # The schema wants borders before the layout and margins after it.
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def shade(cell: "_Cell") -> None:
    """Fill a cell with the soft colour of heads and notices."""
    fill = {"w:val": "clear", "w:color": "auto", "w:fill": SHADE}
    cell._tc.get_or_add_tcPr().append(element("w:shd", fill))
