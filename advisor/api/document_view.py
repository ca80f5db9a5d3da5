"""A page of a document as a small HTML page with the cited words marked (pure).

Everything of the document is escaped text or a picture that we drew; the page has no script, and
its policy would run none.
"""

import base64
from collections.abc import Iterator, Sequence
from html import escape

from advisor.corpus.marking import Span
from advisor.indexing.library import Opened

HEADERS = {
    "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}
# A whole HWP is one page: the text around the words is shown, the rest by its own link.
MOST_CHARS = 200_000
_STYLE = """
:root { color-scheme: light dark; --ground: #f5f7fa; --card: #fff; --line: #dfe5ec; --ink: #17202b; --ink-2: #4a5868; --blue: #1d5fd6; --mark: #ffe58a; --soft: #eef2f7; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1419; --card: #182029; --line: #2b3744; --ink: #e8edf3; --ink-2: #b3c0ce; --blue: #7fb0ff; --mark: #6b5200; --soft: #202a35; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.7 "Pretendard Variable", Pretendard, system-ui, "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
header { position: sticky; top: 0; z-index: 2; background: var(--card); border-bottom: 1px solid var(--line); padding: 12px 16px; }
header > div, main { max-width: 900px; margin: 0 auto; }
h1 { margin: 0; font-size: 18px; line-height: 1.4; }
.where { margin: 2px 0 0; font-size: 14px; color: var(--ink-2); }
nav { margin-top: 6px; display: flex; flex-wrap: wrap; gap: 14px; font-size: 14px; }
a { color: var(--blue); }
main { padding: 16px; }
.note { margin: 0 0 14px; padding: 10px 14px; border-radius: 10px; background: var(--soft); font-size: 15px; }
.sheet { position: relative; margin: 0 0 18px; border: 1px solid var(--line); background: #fff; }
.sheet img { display: block; width: 100%; height: auto; }
.sheet i { scroll-margin: 40vh; position: absolute; background: #ffd400; opacity: .42; border-radius: 2px; }
.text { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; }
.text p { margin: 0; min-height: .7em; white-space: pre-wrap; }
.text .row { display: flex; flex-wrap: wrap; gap: 2px 0; border-bottom: 1px solid var(--line); }
.text .row span { padding: 2px 10px 2px 0; margin-right: 10px; border-right: 1px solid var(--line); white-space: pre-wrap; }
mark { background: var(--mark); color: inherit; border-radius: 2px; scroll-margin: 40vh; }
summary { cursor: pointer; padding: 6px 0; font-weight: 600; }
"""


def render_opened(opened: Opened, base: str) -> str:
    """Return the page; `base` is the address of the document's view."""
    document = opened.document
    page = document.pages[opened.at]
    where = [f"{page.number}쪽 (모두 {len(document.pages)}쪽)"] if page.number else []
    if page.name:
        where.append(page.name)
    if opened.about is not None:
        where.append(f"약 {opened.about}쪽")
    where += opened.section[-2:]
    notes = []
    if opened.is_lost:
        notes.append(
            "인용한 뒤에 문서가 바뀌어 그 문장을 찾지 못했습니다. 지금 문서를 보여 드립니다."
        )
    picture = _picture(opened)
    text = f'<div class="text">{_text(page.text, opened.spans)}</div>'
    if picture:
        is_open = " open" if opened.spans and not (opened.picture and opened.picture.boxes) else ""
        text = f"<details{is_open}><summary>이 쪽의 글</summary>{text}</details>"
    body = "".join(f'<p class="note" role="status">{escape(one)}</p>' for one in notes)
    return _page(document.title, " · ".join(where), _nav(opened, base), body + picture + text)


def render_gone() -> str:
    """Return the page for a document that is no longer there."""
    note = "이 문서는 삭제되었거나 없는 문서입니다. 답에는 더 이상 쓰이지 않습니다."
    return _page("문서를 찾지 못했습니다", "", "", f'<p class="note">{note}</p>')


def _page(title: str, where: str, nav: str, body: str) -> str:
    line = f'<p class="where">{escape(where)}</p>' if where else ""
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<header><div><h1>{escape(title)}</h1>{line}{nav}</div></header>"
        f"<main>{body}</main></body></html>"
    )


def _nav(opened: Opened, base: str) -> str:
    links = []
    if opened.spans:
        links.append('<a href="#words">인용한 곳으로</a>')
    for step, label in ((-1, "이전"), (1, "다음")):
        other = opened.at + step
        if 0 <= other < len(opened.document.pages):
            links.append(f'<a href="{escape(base)}?page={other + 1}">{label} 쪽</a>')
    return f"<nav>{''.join(links)}</nav>" if links else ""


def _picture(opened: Opened) -> str:
    if opened.picture is None:
        return ""
    data = base64.b64encode(opened.picture.png).decode()
    boxes = "".join(
        f'<i{" id=words" if not at else ""} style="left:{left:.2%};top:{top:.2%};'
        f'width:{width:.2%};height:{height:.2%}"></i>'
        for at, (left, top, width, height) in enumerate(opened.picture.boxes)
    )
    number = opened.document.pages[opened.at].number
    return (
        f'<div class="sheet"><img alt="{number}쪽 그림" src="data:image/png;base64,{data}">'
        f"{boxes}</div>"
    )


def _text(text: str, spans: Sequence[Span]) -> str:
    """Return the text by lines, rows of tables by cells, the spans marked."""
    # The first mark is where the link of the citation jumps to; a picture has it before the text.
    first = spans[0].start if spans else 0
    begin = max(0, min(first - MOST_CHARS // 2, len(text) - MOST_CHARS))
    begin = text.rfind("\n", 0, begin) + 1 if begin else 0
    out: list[str] = []
    at = begin
    marked = False
    for line in text[begin : begin + MOST_CHARS].split("\n"):
        cells = []
        for cell in line.split("\t"):
            shown = "".join(_marked(cell, at, spans, marked))
            marked = marked or "<mark" in shown
            cells.append(shown)
            at += len(cell) + 1
        if len(cells) == 1:
            out.append(f"<p>{cells[0]}</p>")
        else:
            out.append(f'<div class="row">{"".join(f"<span>{one}</span>" for one in cells)}</div>')
    return "".join(out)


def _marked(cell: str, start: int, spans: Sequence[Span], has_mark: bool) -> Iterator[str]:
    """Yield the escaped pieces of a cell that begins at `start`."""
    done = 0
    for span in spans:
        first, last = max(span.start - start, done), min(span.end - start, len(cell))
        if first >= last:
            continue
        yield escape(cell[done:first])
        anchor = "" if has_mark else ' id="words"'
        has_mark = True
        yield f"<mark{anchor}>{escape(cell[first:last])}</mark>"
        done = last
    yield escape(cell[done:])
