"""Headings of a document: Markdown marks and the outline of Korean notices (pure)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MARKDOWN = re.compile(r"^(#{1,6})\s+(?P<title>.+?)\s*#*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
# Outermost first. NFKC makes "I" of "Ⅰ"; bullets (○, -, *) are content, not headings.
_NOTICE = (
    re.compile(
        r"^(?:제\s?\d+\s?[장부편]|(?:I{1,3}|IV|VI{0,3}|IX|X)\s?[.．]?\s+(?=[가-힣「]))\s*\S"
    ),
    re.compile(
        r"^(?:\d{1,2}\s?\.\s*(?=[가-힣A-Z「<(`‘’'“『]|(?:19|20)\d\d년)|제\s?\d+\s?조(?:의\s?\d+)?\s?\()"
    ),
    re.compile(r"^[가나다라마바사아자차카타파하]\s?[.)]\s*(?=[가-힣A-Z「])"),
    re.compile(r"^[□■◇◆▣❏◎]\s*(?=\S)"),
)
_LONGEST_HEADING = 60
# A sentence is no heading: "1. 이 지침은 다음 각 호의 사항을 정한다."
_SENTENCE = re.compile(r"(?:다|니까)\s*[.?]?$|[.;,]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page; `start` is the offset of its line, `level` 1 is the outermost."""

    title: str
    level: int
    start: int


def markdown_headings(text: str) -> tuple[Heading, ...]:
    r"""Return the `#` headings of a Markdown text, those in code blocks left out.

    >>> [(found.level, found.title) for found in markdown_headings("# 안내\n글\n## 대상 ##")]
    [(1, '안내'), (2, '대상')]
    """
    found = []
    in_code = False
    for start, line in _lines(text):
        if _FENCE.match(line):
            in_code = not in_code
        match = None if in_code else _MARKDOWN.match(line)
        if match:
            found.append(Heading(match["title"], len(match[1]), start))
    return tuple(found)


def notice_headings(text: str) -> tuple[Heading, ...]:
    r"""Return the headings that the outline of a Korean notice tells: Ⅰ, 1., 가., □.

    >>> [(found.level, found.title) for found in notice_headings("1. 지원대상\n가. 규모\n- 글")]
    [(2, '1. 지원대상'), (3, '가. 규모')]
    """
    found = []
    for start, line in _lines(text):
        words = line.strip()
        plain = unicodedata.normalize("NFKC", words)
        if not words or len(words) > _LONGEST_HEADING or _SENTENCE.search(plain):
            continue
        for level, pattern in enumerate(_NOTICE, start=1):
            if pattern.match(plain):
                found.append(Heading(words, level, start))
                break
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)
