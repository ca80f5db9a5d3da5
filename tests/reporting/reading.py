"""Reports read back by other programs than those that wrote them, in reading order."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from advisor.reporting.blocks import (
    Bars,
    Block,
    Bullets,
    Cell,
    Heading,
    Heat,
    Outline,
    Paragraph,
    Radar,
    References,
    Scale,
    Scatter,
    Stairs,
    Table,
    Timeline,
)
from advisor.reporting.links import readable_address, source_words
from advisor.reporting.render import ReportFormat

CHARTS = (Radar, Bars, Scale, Timeline, Heat, Scatter, Stairs)
# Charts are pictures there; their text alternatives are read apart.
PICTURES = (ReportFormat.DOCX, ReportFormat.PDF, ReportFormat.HWPX)


def squeeze(text: str) -> str:
    """Words without white space: where a line breaks is each format's own business."""
    return "".join(unicodedata.normalize("NFC", text).split())


def number(value: float) -> str:
    return f"{float(value):.10g}"


def pieces(outline: Outline, report_format: ReportFormat) -> Iterator[str]:
    """Everything a reader of the format should meet, in order, white space left out."""
    yield from (outline.title, outline.subtitle, outline.notice)
    for row in outline.facts:
        yield from row
    for section in outline.sections:
        yield section.title
        for block in section.blocks:
            yield from _block(block, report_format)


def _block(block: Block, report_format: ReportFormat) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Bullets():
            for item in block.items:
                yield from item
        case Table():
            yield block.title
            yield from (one.title for one in block.columns)
            for row in block.rows:
                yield from (_cell(one, report_format) for one in row)
        case References():
            yield from _references(block, report_format)
        case Radar() | Bars() | Scale() | Timeline() | Heat() | Scatter() | Stairs():
            if report_format not in PICTURES:
                yield f"그림: {block.title}. {block.alt}"


def _cell(cell: Cell, report_format: ReportFormat) -> str:
    """A field's words; in a workbook the value itself where it has one to calculate with."""
    if report_format is not ReportFormat.XLSX or cell.value is None or cell.kind == "text":
        return cell.text
    return cell.value.isoformat() if isinstance(cell.value, date) else number(cell.value)


def _references(block: References, report_format: ReportFormat) -> Iterator[str]:
    for one in block.items:
        is_table = report_format is ReportFormat.XLSX
        if not is_table:
            yield from (f"[{one.label}]", one.title, one.kind, one.checked_on.isoformat())
        for source in one.sources:
            if is_table:
                yield from (f"[{one.label}]", one.title, one.kind, one.checked_on.isoformat())
                yield from (source.title, source.publisher or "", source.date or "")
            else:
                yield source_words(source)
            if report_format is ReportFormat.MD:
                yield source.url or ""
            else:
                yield readable_address(source.url or "")[:255]


def text_of(content: bytes, report_format: ReportFormat) -> str:
    """All the words of a report, white space left out."""
    readers = {
        ReportFormat.MD: _markdown, ReportFormat.DOCX: _docx, ReportFormat.PDF: _pdf,
        ReportFormat.XLSX: _xlsx, ReportFormat.HWPX: _hwpx,
    }  # fmt: skip
    return squeeze(readers[report_format](content))


def _markdown(content: bytes) -> str:
    # A mark of Markdown is dropped unless a backslash says that it is a letter.
    plain = re.sub(
        r"(?<!\\)[*|]|(?<!\\)[<>](?!\d)|^#+ |^\|[-:| ]+\|$", "", content.decode(), flags=re.M
    )
    return re.sub(r"\\([\\`*_{}<>#|~\[\]])", r"\1", plain)


def _docx(content: bytes) -> str:
    import docx

    parts = []
    for one in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(one, docx.table.Table):
            parts += [cell.text for row in one.rows for cell in row.cells]
        else:
            parts.append(one.text)
    return "\n".join(parts)


def _pdf(content: bytes) -> str:
    return "\n".join(pdf_pages(content))


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page without its footer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    # PDFium writes a hyphen at the end of a line as U+FFFE or U+0002.
    pages = [re.sub("[\ufffe\x02]", "-", page.get_textpage().get_text_range()) for page in document]
    return [
        re.sub(r"AI 도입 준비도 진단 보고서 · AI가 한 추정\s*\d+ / \d+", "", one) for one in pages
    ]


def _xlsx(content: bytes) -> str:
    import openpyxl

    parts = []
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, datetime):
                    parts.append(value.date().isoformat())
                elif isinstance(value, (int, float)):
                    parts.append(number(value))
                elif value is not None:
                    parts.append(str(value))
    return "\n".join(parts)


def _hwpx(content: bytes) -> str:
    return "\n".join(
        element.text or "" for element in hwpx_elements(content) if element.tag.endswith("}t")
    )


def hwpx_elements(content: bytes) -> Iterator[Any]:
    """All elements of the body, in order."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield from ET.fromstring(archive.read("Contents/section0.xml")).iter()
