"""Markdown and plain text to one page. Child only."""

import re
from pathlib import Path

from advisor.corpus.formats.decode import REPLACED, as_text, visible
from advisor.corpus.formats.reading import PageRead, Paragraph, Reading
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark
from advisor.corpus.outline import Heading, markdown_headings

_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")


def read(path: Path) -> Reading:
    """Read a text file; its title is that of the front matter, else its first `#` heading."""
    decoded, encoding = as_text(path.read_bytes())
    if decoded is None:
        raise RefusedError(Refusal.UNKNOWN, "no text")
    text = visible(decoded)
    head = _FRONT_MATTER.match(text)
    title = _front_matter_title(head["head"]) if head else None
    body = _BLANK_LINES.sub("\n\n", text[head.end() :] if head else text).strip()
    if not body:
        raise RefusedError(Refusal.EMPTY, "no text")
    headings = markdown_headings(body)
    if title is None and headings:
        title = headings[0].title
    return Reading(
        pages=(PageRead(None, tuple(_blocks(body, {one.start: one for one in headings}))),),
        title=title,
        remarks=(Remark.UNDECODED.value,) if REPLACED in decoded else (),
        metadata={"encoding": encoding},
    )


def _blocks(body: str, headings: dict[int, Heading]) -> list[Paragraph]:
    """Return a paragraph for each line, so that text and line ends stay as written."""
    found = []
    start = 0
    for line in body.split("\n"):
        heading = headings.get(start)
        if heading is None:
            found.append(Paragraph(line))
        else:
            found.append(Paragraph(line, level=heading.level, title=heading.title))
        start += len(line) + 1
    return found


def _front_matter_title(head: str) -> str | None:
    import yaml

    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, RecursionError):
        return None
    title = values.get("title") if isinstance(values, dict) else None
    return str(title).strip() or None if title is not None else None
