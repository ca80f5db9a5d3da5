"""A report as a Hancom document; the one door to python-hwpx."""

from collections import defaultdict
from math import ceil
from typing import TYPE_CHECKING, Any, assert_never

from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Chart,
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
from advisor.reporting.links import readable_address, source_words
from advisor.reporting.svg import width_of
from advisor.reporting.typesetting import svg_to_png

if TYPE_CHECKING:
    from hwpx.document import HwpxDocument

# Hancom's own face; it is only named, for its licence keeps it out of other files.
FONT = "함초롬돋움"
INK, ACCENT, MUTED, SHADE = "#1B2430", "#1F5FBF", "#566172", "EAF1FB"
TEXT_MM = 170.0
UNITS_A_MM = 283.465  # a HWP unit is 1/7200 inch
UNITS_A_POINT, UNITS_A_PIXEL = 100, 75
CELL_POINTS, CELL_PADDING_MM, BELOW_TABLE_MM = 8.5, 3.6, 3.0
CHART_MM = {
    Radar: 105.0, Bars: 105.0, Scale: 130.0, Timeline: 100.0, Heat: 125.0, Scatter: 115.0,
    Stairs: 105.0,
}  # fmt: skip
# Spacing by kind of paragraph: before and after in points, and whether the next stays with it.
SPACING = {
    "title": (0, 2, True), "heading1": (14, 5, True), "heading2": (8, 3, True),
    "plain": (0, 3, False), "lead": (3, 4, False), "caption": (5, 2, True),
    "line": (0, 1, False), "chart": (4, 4, False), "before_table": (0, 3, True),
    "cell": (0, 0, False), "cell_right": (0, 0, False),
}  # fmt: skip
CELLS = ("cell", "cell_right")


def write_hwpx(outline: Outline) -> bytes:
    """Return the report as HWPX."""
    from hwpx import HwpxDocument  # half a second, only for this format

    document = HwpxDocument.new()
    document.page.setup(
        paper_size="A4", margin_left_mm=20, margin_right_mm=20, margin_top_mm=15,
        margin_bottom_mm=15,
    )  # fmt: skip
    document.page.set_page_number(prefix="AI가 한 추정 · ")
    writer = _Writer(document)
    writer.paragraph("title", (outline.title, {"bold": True, "size": 20}))
    writer.paragraph("plain", (outline.subtitle, {"color": MUTED}))
    writer.notice(outline.notice)
    for name, value in outline.facts:
        writer.paragraph("line", (f"{name}  ", {"bold": True, "size": 9}), (value, {"size": 9}))
    for number, section in enumerate(outline.sections):
        # The owner's summary has the first page to itself.
        look = {"bold": True, "size": 15, "color": ACCENT}
        writer.paragraph("heading1", (section.title, look), new_page=number == 1)
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            writer.add(block, is_before_table=isinstance(following, Table | Chart))
    writer.finish()
    document.parts.set_document_metadata(title=f"{outline.title} {outline.subtitle}")
    return document.to_bytes()


class _Writer:
    """Adds blocks from top to bottom; spacing is set at the end, once a kind of paragraph."""

    def __init__(self, document: "HwpxDocument") -> None:
        self._document = document
        # Looked up once: by name each paragraph would cost a walk through the whole header.
        self._body = document.styles.resolve("바탕글")
        self._looks: dict[tuple[tuple[str, Any], ...], str] = {}
        self._kinds: defaultdict[str, list[Any]] = defaultdict(list)

    def add(self, block: Block, *, is_before_table: bool) -> None:
        match block:
            case Heading():
                self.paragraph("heading2", (block.text, {"bold": True, "size": 11.5}))
            case Paragraph():
                self._words(block, "before_table" if is_before_table else "plain")
            case Bullets():
                self._bullets(block)
            case Table():
                self._table(block)
            case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
                self._chart(block)
            case References():
                for one in block.items:
                    self._reference(one)
            case _:
                assert_never(block)

    def paragraph(
        self, kind: str, *parts: tuple[str, dict[str, Any]], new_page: bool = False
    ) -> Any:
        """Add a paragraph of runs, each with its own look."""
        # Without a style of its own it would take over what the paragraph before has.
        made = self._document.add_paragraph(
            "", style_id_ref=self._body.id, para_pr_id_ref=self._body.para_pr_id_ref,
            inherit_style=False, include_run=False, pageBreak="1" if new_page else "0",
        )  # fmt: skip
        for text, look in parts:
            if text:
                made.add_run(text, char_pr_id_ref=self._look(**look))
        self._kinds[kind].append(made)
        return made

    def _words(self, block: Paragraph, kind: str) -> None:
        match block.style:
            case "notice":
                self.notice(block.text)
            case "lead":
                self.paragraph("lead", (block.text, {"bold": True, "size": 11}))
            case "note":
                self.paragraph(kind, (block.text, {"size": 9, "color": MUTED}))
            case _:
                self.paragraph(kind, (block.text, {}))

    def _bullets(self, bullets: Bullets) -> None:
        for number, (lead, words) in enumerate(bullets.items, 1):
            mark = f"{number}. " if bullets.is_numbered else "• "
            colon = ": " if lead and words else ""
            self.paragraph("line", (f"{mark}{lead}{colon}", {"bold": bool(lead)}), (words, {}))

    def notice(self, text: str) -> None:
        """Add words in a frame."""
        table = self._new_table(1, 1, [1])
        table.set_cell_shading(0, 0, SHADE)
        self._fill(table.rows[0].cells[0], text, bold=False, to_right=False)
        height = self._set_height(table.rows[0].cells, [text], [TEXT_MM])
        self._set_table_height(table, height)

    def finish(self) -> None:
        """Give every kind of paragraph its spacing."""
        for kind, paragraphs in self._kinds.items():
            before, after, keep = SPACING[kind]
            self._document.styles.apply_paragraph_format(
                paragraphs=paragraphs, spacing_before_pt=before, spacing_after_pt=after,
                line_spacing_percent=130 if kind in CELLS else 145, keep_with_next=keep,
                alignment="right" if kind == "cell_right" else "left",
            )  # fmt: skip

    def _look(self, **look: Any) -> str:
        whole = {"font": FONT, "size": 10, "color": INK, "bold": False, **look}
        key = tuple(sorted(whole.items()))
        if key not in self._looks:
            self._looks[key] = self._document.styles.ensure_run(**whole)
        return self._looks[key]

    def _new_table(self, rows: int, columns: int, widths: list[int]) -> Any:
        table = self._document.add_table(rows, columns, width=round(TEXT_MM * UNITS_A_MM))
        table.set_column_widths(widths)
        # TABLE breaks a table between its rows, never inside one.
        table.element.set("pageBreak", "TABLE")
        table.set_treat_as_char(False)
        for element in table.element.iter():
            if element.tag.endswith("}outMargin"):
                element.set("bottom", str(round(BELOW_TABLE_MM * UNITS_A_MM)))
        return table

    def _table(self, table: Table) -> None:
        if table.title:
            self.paragraph("caption", (table.title, {"size": 9, "color": MUTED}))
        widths = [one.width for one in table.columns]
        made = self._new_table(1 + len(table.rows), len(widths), widths)
        made.element.set("repeatHeader", "1")
        rooms = [TEXT_MM * width / sum(widths) for width in widths]
        lines = [[one.title for one in table.columns]]
        lines += [[cell.text for cell in row] for row in table.rows]
        height = 0
        for number, (row, texts) in enumerate(zip(made.rows, lines, strict=True)):
            for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
                self._fill(cell, text, bold=number == 0, to_right=column.is_number)
                if number == 0:
                    cell.element.set("header", "1")
            height += self._set_height(row.cells, texts, rooms)
        self._set_table_height(made, height)
        for place in range(len(widths)):
            made.set_cell_shading(0, place, SHADE)

    def _fill(self, cell: Any, text: str, *, bold: bool, to_right: bool) -> None:
        cell.set_text(text)
        inside = cell.paragraphs[0]
        inside.char_pr_id_ref = self._look(size=CELL_POINTS, bold=bold)
        self._cells(to_right).append(inside)

    def _cells(self, to_right: bool) -> list[Any]:
        return self._kinds["cell_right" if to_right else "cell"]

    def _set_height(self, cells: list[Any], texts: list[str], rooms: list[float]) -> int:
        """Make a row as high as its words: some viewers do not lay a cell out again."""
        # A point is 0.353 mm; a line is 1.35 points high for each point of the letters.
        lines = max(
            ceil(width_of(text, CELL_POINTS) * 0.353 * 1.1 / max(1.0, room - CELL_PADDING_MM)) or 1
            for text, room in zip(texts, rooms, strict=True)
        )
        height = round((lines * CELL_POINTS * 1.35 + 6.5) * UNITS_A_POINT)
        for cell in cells:
            cell.set_size(height=height)
        return height

    def _set_table_height(self, table: Any, height: int) -> None:
        """Say how much room the table takes, so that nothing is drawn over its end."""
        size = next(one for one in table.element if one.tag.endswith("}sz"))
        size.set("height", str(height))

    def _chart(self, chart: Chart) -> None:
        image = svg_to_png(draw(chart))
        picture = self._document.add_picture(
            image, "png", width_mm=CHART_MM[type(chart)], align="CENTER"
        )
        # Hancom counts a picture's own size in 75 units a pixel; some viewers cut by that.
        width, height = (int.from_bytes(image[at : at + 4]) * UNITS_A_PIXEL for at in (16, 20))
        for element in picture.element.iter():
            match element.tag.rpartition("}")[2]:
                case "imgDim":
                    element.set("dimwidth", str(width))
                    element.set("dimheight", str(height))
                case "imgClip":
                    element.set("right", str(width))
                    element.set("bottom", str(height))
                case "shapeComment":
                    element.text = chart.alt

    def _reference(self, one: Reference) -> None:
        about = f" ({one.kind}, 신뢰도 {one.confidence}, 확인일 {one.checked_on.isoformat()})"
        small = {"size": 9}
        self.paragraph(
            "caption", (f"[{one.label}] {one.title}", {"bold": True, **small}), (about, small)
        )
        for source in one.sources:
            made = self.paragraph("line", (f"{source_words(source)} ", {"size": 8.5}))
            address = readable_address(source.url or "")
            if address:
                look = self._look(size=8, color=ACCENT)
                made.add_hyperlink(source.url, address, char_pr_id_ref=look)
