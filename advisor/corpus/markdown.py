"""A Markdown or plain text file to one page of text and its title (pure)."""

import re

import yaml

from advisor.corpus.formats import visible
from advisor.corpus.outline import markdown_headings

_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")


def read_markdown(text: str) -> tuple[str | None, str]:
    """Return the title, None where the text tells none, and the NFKC-normalised text.

    The title is that of the front matter, else the first heading.
    """
    text = visible(text)
    head = _FRONT_MATTER.match(text)
    title = _front_matter_title(head["head"]) if head else None
    body = _BLANK_LINES.sub("\n\n", text[head.end() :] if head else text).strip()
    if title is None:
        headings = markdown_headings(body)
        title = headings[0].title if headings else None
    return title, body


def _front_matter_title(head: str) -> str | None:
    try:
        values = yaml.safe_load(head)
    except yaml.YAMLError:
        return None
    title = values.get("title") if isinstance(values, dict) else None
    return str(title).strip() or None if title is not None else None
