"""Notices of the gold set: from a small YAML source to PDF, DOCX, HWPX or HTML, as offices send them.

    python -m tests.notice_files FOLDER        writes all of them, to look at

A source's body is lines: `|a|b|` is a row of a table (`^` goes on with the cell above), a cell
`{a;;b // c;;d}` holds a table of its own, `> words` stand in a frame, `# ` and `## ` are styled
headings where the format has them.
"""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "data" / "notices"
HALVES = ("dev", "held_out")
# Written after the rules were mended, each measured once before anybody looked into it.
LATER = ("fresh", "voices", "last")
FONTS = Path(__file__).parents[1] / "advisor" / "reporting" / "fonts"
TEMPLATE = """
#let blocks = json(bytes(sys.inputs.blocks))
#set page(paper: "a4", margin: 20mm, footer: context align(center, counter(page).display("- 1 -")))
#set text(font: ("Report Sans KR", "Report Sans KR Rest"), size: 10pt, lang: "ko")
#set par(leading: 0.75em)
#let grid-of(rows) = {
  let cells = ()
  for row in rows {
    for one in row {
      let inside = if type(one.at("text")) == str { one.text } else { grid-of(one.text) }
      cells.push(table.cell(rowspan: one.rows, inside))
    }
  }
  table(columns: rows.first().len(), inset: 5pt, stroke: 0.5pt, ..cells)
}
#for one in blocks {
  if one.kind == "line" { par(one.text) }
  else if one.kind == "heading" { par(text(weight: "bold", size: 14pt, one.text)) }
  else if one.kind == "box" { rect(width: 100%, inset: 6pt, one.text.join(linebreak())) }
  else { grid-of(one.rows) }
}
"""


@dataclass(frozen=True)
class GoldNotice:
    """A notice with what a careful clerk would write into the record."""

    id: str
    half: str
    format: str
    body: str
    expected: dict[str, Any]


def gold_notices(half: str) -> list[GoldNotice]:
    """Read the sources of one half, in the order of their names."""
    found = []
    for path in sorted((SOURCES / half).glob("*.yaml")):
        plain = yaml.safe_load(path.read_text(encoding="utf-8"))
        expected = {name: _plain(value) for name, value in plain["expected"].items()}
        found.append(GoldNotice(path.stem, half, plain["format"], plain["body"], expected))
    return found


def write_notice(notice: GoldNotice, folder: Path) -> Path:
    """Write the notice in its format and return the file."""
    make = {"pdf": _pdf, "docx": _docx, "hwpx": _hwpx, "html": _html}[notice.format]
    target = folder / f"{notice.id}.{notice.format}"
    target.write_bytes(make(list(_blocks(notice.body))))
    return target


def _plain(value: Any) -> Any:
    # YAML reads 2026-12-18 as a date; the drafts have ISO text.
    return value.isoformat() if hasattr(value, "isoformat") else value


def _blocks(body: str) -> Iterator[tuple[str, Any]]:
    rows: list[list[Any]] = []
    box: list[str] = []
    for line in [*body.splitlines(), ""]:
        if rows and not line.startswith("|"):
            yield "table", rows
            rows = []
        if box and not line.startswith("> "):
            yield "box", box
            box = []
        if line.startswith("|"):
            rows.append([_cell(one) for one in _cells(line)])
        elif line.startswith("> "):
            box.append(line[2:])
        elif line.startswith("#"):
            mark, _, words = line.partition(" ")
            yield "heading", (len(mark), words)
        elif line:
            yield "line", line


def _cells(line: str) -> list[str]:
    return line.strip().strip("|").split("|")


def _cell(words: str) -> Any:
    if not words.startswith("{"):
        return words
    return [row.split(";;") for row in words.strip("{}").split(" // ")]


def _merged(rows: list[list[Any]]) -> Iterator[tuple[int, int, int, Any]]:
    """Yield row, column, rows spanned and content of the cells that begin somewhere."""
    for at, row in enumerate(rows):
        for column, content in enumerate(row):
            if content == "^":
                continue
            span = 1
            while at + span < len(rows) and rows[at + span][column] == "^":
                span += 1
            yield at, column, span, content


def _pdf(blocks: list[tuple[str, Any]]) -> bytes:
    import typst

    plain: list[dict[str, Any]] = []
    for kind, content in blocks:
        if kind == "table":
            lines: list[list[dict[str, Any]]] = [[] for _ in content]
            for row, _, span, words in _merged(content):
                inner = (
                    words
                    if isinstance(words, str)
                    else [[{"text": one, "rows": 1} for one in line] for line in words]
                )
                lines[row].append({"text": inner, "rows": span})
            plain.append({"kind": kind, "rows": lines})
        else:
            plain.append({"kind": kind, "text": content[1] if kind == "heading" else content})
    compiler = typst.Compiler(
        root=str(FONTS), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"blocks": json.dumps(plain, ensure_ascii=False)},
    )  # fmt: skip
    made = compiler.compile(TEMPLATE.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def _docx(blocks: list[tuple[str, Any]]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    for kind, content in blocks:
        if kind == "heading":
            document.add_heading(content[1], level=content[0])
        elif kind == "table":
            table = document.add_table(len(content), len(content[0]), style="Table Grid")
            for row, column, span, words in _merged(content):
                cell = table.cell(row, column)
                if span > 1:
                    cell = cell.merge(table.cell(row + span - 1, column))
                if isinstance(words, str):
                    cell.text = words
                else:
                    inner = cell.add_table(len(words), len(words[0]))
                    for at, line in enumerate(words):
                        for place, one in enumerate(line):
                            inner.cell(at, place).text = one
        elif kind == "box":
            table = document.add_table(1, 1, style="Table Grid")
            table.cell(0, 0).text = "\n".join(content)
        else:
            document.add_paragraph(content)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def _hwpx(blocks: list[tuple[str, Any]]) -> bytes:
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    for kind, content in blocks:
        if kind == "table":
            table = document.add_table(len(content), len(content[0]))
            for row, column, span, words in _merged(content):
                if isinstance(words, str):
                    table.set_cell_text(row, column, words)
                else:
                    inner = table.cell(row, column).add_table(len(words), len(words[0]))
                    for at, line in enumerate(words):
                        for place, one in enumerate(line):
                            inner.set_cell_text(at, place, one)
                if span > 1:
                    table.merge_cells(row, column, row + span - 1, column)
        elif kind == "box":
            document.add_table(1, 1).set_cell_text(0, 0, "\n".join(content))
        else:
            document.add_paragraph(content[1] if kind == "heading" else content)
    return document.to_bytes()


def _html(blocks: list[tuple[str, Any]]) -> bytes:
    parts = ["<!doctype html><html lang='ko'><meta charset='utf-8'><body>"]
    for kind, content in blocks:
        if kind == "heading":
            level, words = content
            parts.append(f"<h{level}>{escape(words)}</h{level}>")
        elif kind == "table":
            rows = [""] * len(content)
            for row, _, span, words in _merged(content):
                inner = escape(words) if isinstance(words, str) else _html_rows(words)
                rows[row] += f"<td rowspan='{span}'>{inner}</td>"
            parts.append("<table>" + "".join(f"<tr>{one}</tr>" for one in rows) + "</table>")
        elif kind == "box":
            words = "<br>".join(escape(one) for one in content)
            parts.append(f"<table><tr><td>{words}</td></tr></table>")
        else:
            parts.append(f"<p>{escape(content)}</p>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _html_rows(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(one)}</td>" for one in row) for row in rows)
    return "<table>" + "".join(f"<tr>{one}</tr>" for one in lines) + "</table>"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for half in (*HALVES, *LATER):
        for one in gold_notices(half):
            print(write_notice(one, folder))  # noqa: T201
