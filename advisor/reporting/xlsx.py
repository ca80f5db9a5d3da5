"""A report as a workbook with numbers that calculate; the one door to XlsxWriter."""

from datetime import date
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, assert_never

from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Cell,
    Chart,
    Heading,
    Heat,
    Outline,
    Paragraph,
    Radar,
    References,
    Scale,
    Scatter,
    Section,
    Stairs,
    Table,
    Timeline,
)
from advisor.reporting.charts import draw
from advisor.reporting.links import readable_address
from advisor.reporting.svg import width_of
from advisor.reporting.typesetting import svg_to_png
from advisor.reporting.workbook_charts import ChartSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = "맑은 고딕"
# Characters across a table and, at most, in one column.
TABLE_CHARS, MOST_CHARS = 115.0, 46.0
LINE_POINTS = 15.0
# A picture is drawn sharp enough for print; on the sheet it is this share of its pixels.
PICTURE_SCALE, PIXELS_A_ROW = 0.45, 20.0
CHART_ROWS = {Radar: 19, Bars: 17, Scale: 0, Timeline: 22}
REFERENCE_COLUMNS = (
    ("번호", 6), ("이름", 34), ("종류", 10), ("신뢰도", 8), ("확인일", 12), ("자료", 44), ("발행", 18),
    ("날짜", 12), ("주소", 44),
)  # fmt: skip


def write_xlsx(outline: Outline) -> bytes:
    """Return the report as XLSX, a sheet a section; text is never read as a formula."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties(
        {
            "title": f"{outline.title} {outline.subtitle}",
            "subject": " ".join(outline.properties.values()),
            "comments": outline.notice,
        }
    )
    book = _Book(workbook)
    for number, section in enumerate(outline.sections):
        book.add(section, outline if number == 0 else None)
    book.charts.finish()
    workbook.close()
    return out.getvalue()


class _Book:
    """The formats and the sheets of one workbook while it is written."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.charts = ChartSheet(workbook)

    def add(self, section: Section, outline: Outline | None) -> None:
        """Write one sheet; the first carries the title, the facts and the notice as well."""
        sheet = self._workbook.add_worksheet(section.sheet)
        page = _Page(self, sheet, _widths(section))
        if outline is not None:
            page.line(outline.title, bold=True, font_size=18)
            page.line(outline.subtitle, font_color="#566172")
            page.line(outline.notice, bg_color="#EAF1FB", border=1, border_color="#BAC4D1")
            for name, value in outline.facts:
                page.pair(name, value)
        page.line(section.title, bold=True, font_size=14, font_color="#1F5FBF")
        for block in section.blocks:
            page.add(block)

    def format(self, **look: Any) -> "Format":
        """Return a format, made once for each look."""
        whole = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True, **look}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(whole)
        return self._formats[key]


class _Page:
    """One sheet, written from top to bottom."""

    def __init__(self, book: _Book, sheet: "Worksheet", widths: list[float]) -> None:
        self._book, self._sheet, self._widths, self._row = book, sheet, widths, 0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8AI가 한 추정&R&8&P / &N")
        sheet.hide_gridlines(2)

    def line(self, text: str, **look: Any) -> None:
        """Write words across the sheet."""
        last = len(self._widths) - 1
        shape = self._book.format(**look)
        self._sheet.merge_range(self._row, 0, self._row, last, "", shape)
        self._sheet.write_string(self._row, 0, text, shape)
        size = look.get("font_size", 10)
        self._height([(text, sum(self._widths))], size)

    def pair(self, name: str, value: str) -> None:
        """Write a name in bold and its words across the rest."""
        last = len(self._widths) - 1
        self._sheet.write_string(self._row, 0, name, self._book.format(bold=True))
        shape = self._book.format()
        if last > 1:
            self._sheet.merge_range(self._row, 1, self._row, last, "", shape)
        self._sheet.write_string(self._row, 1, value, shape)
        self._height([(name, self._widths[0]), (value, sum(self._widths[1:]))])

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                self._row += 1
                self.line(block.text, bold=True, font_size=12)
            case Paragraph(style="notice"):
                self.line(block.text, bg_color="#EAF1FB", border=1, border_color="#BAC4D1")
            case Paragraph():
                self.line(block.text, bold=block.style == "lead")
            case Bullets():
                for number, (lead, words) in enumerate(block.items, 1):
                    mark = f"{number}. " if block.is_numbered else "• "
                    if lead:
                        self.pair(f"{mark}{lead}", words)
                    else:
                        self.line(f"{mark}{words}")
            case Table():
                self._table(block)
            case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
                self._chart(block)
            case References():
                self._references(block)
            case _:
                assert_never(block)

    def _table(self, table: Table) -> None:
        if table.title:
            self.line(table.title, font_color="#566172")
        head = self._book.format(bold=True, bg_color="#EAF1FB", border=1, border_color="#BAC4D1")
        for column, one in enumerate(table.columns):
            self._sheet.write_string(self._row, column, one.title, head)
        first = self._row
        self._height([(one.title, self._widths[i]) for i, one in enumerate(table.columns)])
        for row in table.rows:
            for column, cell in enumerate(row):
                self._cell(column, cell)
            self._height([(cell.text, self._widths[i]) for i, cell in enumerate(row)])
        if len(table.rows) > CHART_ROWS[Bars]:
            self._sheet.autofilter(first, 0, self._row - 1, len(table.columns) - 1)
            self._sheet.repeat_rows(first)
        self._row += 1

    def _cell(self, column: int, cell: Cell) -> None:
        look = {"border": 1, "border_color": "#BAC4D1"}
        if cell.value is None or cell.kind == "text":
            self._sheet.write_string(self._row, column, cell.text, self._book.format(**look))
            return
        shape = self._book.format(**look, num_format=number_format(cell), align="right", indent=1)
        if isinstance(cell.value, date):
            self._sheet.write_datetime(self._row, column, cell.value, shape)
        else:
            self._sheet.write_number(self._row, column, cell.value, shape)

    def _chart(self, chart: Chart) -> None:
        made = self._book.charts.add(chart)
        if made is not None:
            options = {"description": chart.alt, "object_position": 1}
            self._sheet.insert_chart(self._row, 0, made, options)
            self._row += CHART_ROWS[type(chart)]
        elif isinstance(chart, Heat | Scatter | Stairs):
            self._picture(chart)
        self.line(f"그림: {chart.title}. {chart.alt}", font_color="#566172", font_size=9)

    def _picture(self, chart: Heat | Scatter | Stairs) -> None:
        """Insert what Excel has no chart for as the picture that the other formats show."""
        image = svg_to_png(draw(chart))
        height = int.from_bytes(image[20:24]) * PICTURE_SCALE
        options = {
            "image_data": BytesIO(image), "x_scale": PICTURE_SCALE, "y_scale": PICTURE_SCALE,
            "description": chart.alt, "object_position": 1,
        }  # fmt: skip
        self._sheet.insert_image(self._row, 0, "chart.png", options)
        self._row += ceil(height / PIXELS_A_ROW) + 1

    def _references(self, references: References) -> None:
        head = self._book.format(bold=True, bg_color="#EAF1FB", border=1, border_color="#BAC4D1")
        for column, (name, _) in enumerate(REFERENCE_COLUMNS):
            self._sheet.write_string(self._row, column, name, head)
        self._row += 1
        plain = self._book.format(border=1, border_color="#BAC4D1")
        for one in references.items:
            for source in one.sources:
                address = readable_address(source.url or "")
                row = (
                    f"[{one.label}]", one.title, one.kind, one.confidence,
                    one.checked_on.isoformat(), source.title, source.publisher or "",
                    source.date or "날짜 미상", address,
                )  # fmt: skip
                for column, words in enumerate(row):
                    self._sheet.write_string(self._row, column, words, plain)
                if address:
                    link = self._book.format(
                        border=1, border_color="#BAC4D1", font_color="#1F5FBF", font_size=9
                    )
                    self._sheet.write_url(
                        self._row, len(row) - 1, source.url, link, string=address[:255]
                    )
                self._height([(words, self._widths[i]) for i, words in enumerate(row)])

    def _height(self, cells: list[tuple[str, float]], size: float = 10) -> None:
        """Make the row as high as its words need, and go on with the next."""
        # A unit of column width is one digit of 10 points, some 5.6 points wide.
        lines = max(ceil(width_of(text, size) * 1.08 / (room * 5.6)) or 1 for text, room in cells)
        self._sheet.set_row(self._row, max(LINE_POINTS, lines * LINE_POINTS * size / 10 + 3))
        self._row += 1


def number_format(cell: Cell) -> str:
    """Return the number format under which the value reads like the cell's words.

    >>> number_format(Cell("12명", 12, "count")), number_format(Cell("12.5%", 0.125, "percent"))
    ('#,##0"명"', '0.0%')
    """
    match cell.kind:
        case "score":
            note = cell.text.partition(" ")[2]
            return f'0.0" {note}"' if note else "0.0"
        case "percent":
            return "0.0%" if "." in cell.text else "0%"
        case "won":
            return '#,##0"원"'
        case "count":
            unit = cell.text.lstrip("0123456789,")
            return f'#,##0"{unit}"' if unit else "#,##0"
        case "day":
            return 'yyyy"년" m"월" d"일"'
        case "text":
            return "@"
        case _:
            assert_never(cell.kind)


def _widths(section: Section) -> list[float]:
    """Return the column widths in characters."""
    if any(isinstance(one, References) for one in section.blocks):
        return [float(width) for _, width in REFERENCE_COLUMNS]
    tables = [one for one in section.blocks if isinstance(one, Table)]
    if not tables:
        return [34.0, *[24.0] * 4]
    # Columns are shared by all tables of a sheet, so each is as wide as the widest that uses it.
    widths = [0.0] * max(len(one.columns) for one in tables)
    for table in tables:
        total = sum(one.width for one in table.columns)
        for place, one in enumerate(table.columns):
            share = min(MOST_CHARS, TABLE_CHARS * one.width / total)
            widths[place] = max(widths[place], share)
    return widths
