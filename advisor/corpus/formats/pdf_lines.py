"""Lines of PDF pages to paragraphs: edges dropped, broken lines joined again (pure)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.corpus.formats.reading import Paragraph

# Hangul in runs this long means that the spaces are lost: "주관또는공동연구개발기관으로".
_LOST_SPACES = re.compile(r"[가-힣]{10,}")
# Over this share the spaces of a page may be lost; long names of agencies reach it too.
LOST_SHARE = 0.2
_PAGE_NUMBER = re.compile(r"^\s*[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?\s*$")
_NEW_ITEM = re.compile(
    r"^\s*(?:[-–—*•·○●◦ㅇ□■◇◆▣▷▶※◎☞⇒➔➡①-⑳(<\[「『|]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|\d{1,2}\s?[.)]"
    r"|[가-하]\s?[.)]|제\s?\d+\s?조)"
)
_SENTENCE_END = re.compile(r"[.!?:]\s*$|(?:다|음|함|임|됨)\s*$")
_BLANKS = re.compile(r"[ \t\xa0]+")
_EDGE_LINES = 2
_EDGE_SHARE = 0.6


def lost_share(text: str) -> float:
    """Return the share of the Hangul that stands in runs of ten and more, 0 to 1.

    >>> lost_share("RFP에따라주관또는공동연구개발기관으로"), lost_share("지원 대상은 기업")
    (1.0, 0.0)
    """
    hangul = len(re.findall(r"[가-힣]", text))
    return sum(map(len, _LOST_SPACES.findall(text))) / hangul if hangul else 0.0


def edges(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the first and last lines that repeat on most pages, figures taken for equal.

    Args:
        pages: Lines of each page; only the two outermost at either end are looked at.
    """
    seen: Counter[str] = Counter()
    for lines in pages:
        outer = [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
        seen.update({edge_form(line) for line in outer if line.strip()})
    most = max(2.0, _EDGE_SHARE * len(pages))
    return frozenset(form for form, count in seen.items() if form and count >= most)


def edge_form(line: str) -> str:
    """Return what is compared of a line at the edge of pages.

    >>> edge_form(" - 3 - ") == edge_form("- 12 -")
    True
    """
    return re.sub(r"\d+", "0", _BLANKS.sub("", line))


def without_edges(lines: Sequence[str], repeated: frozenset[str]) -> list[str]:
    """Return the lines of a page without its number and what repeats at the top and bottom."""
    whole = [line for line in lines if line.strip()]
    kept = list(whole)
    for at in (0, -1):
        for _ in range(_EDGE_LINES):
            if kept and (_PAGE_NUMBER.match(kept[at]) or edge_form(kept[at]) in repeated):
                kept.pop(at)
    # Pages that are alike from top to bottom are the same page twice, and no edge of it.
    return kept or [line for line in whole if not _PAGE_NUMBER.match(line)]


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins lines as this document would spell them.

    Attributes:
        text: All lines of the document, to look up how two halves are written elsewhere.
        full: Letters from which on a line counts as full.
    """

    text: str
    full: float

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Joiner":
        """Learn from the lines of a document; a line is full at three quarters of the widest."""
        widths = sorted(len(line.strip()) for line in lines if len(line.strip()) > 20)
        # A twentieth may be outliers.
        full = 0.75 * widths[int(len(widths) * 0.95)] if widths else 20.0
        return cls(text="\n".join(lines), full=full)

    def paragraphs(self, lines: Sequence[str], *, in_cell: bool = False) -> list[Paragraph]:
        """Return the lines as paragraphs; `raw` keeps the lines of one that was joined.

        A line goes on in the next where it is full (in a cell: always), no sentence ends and no
        item begins there.
        """
        found: list[list[str]] = []
        for line in lines:
            words = line.strip()
            if not words:
                continue
            before = found[-1][-1] if found else ""
            goes_on = (
                before
                and (in_cell or len(before) >= self.full)
                and not (_SENTENCE_END.search(before) and not in_cell)
                and not _NEW_ITEM.match(words)
            )
            if goes_on:
                found[-1].append(words)
            else:
                found.append([words])
        return [self._paragraph(group) for group in found]

    def _paragraph(self, lines: Sequence[str]) -> Paragraph:
        text = lines[0]
        for line in lines[1:]:
            text += self._between(text, line) + line
        raw = "\n".join(lines) if len(lines) > 1 else ""
        return Paragraph(_BLANKS.sub(" ", text), raw=raw)

    def _between(self, before: str, after: str) -> str:
        """Return what stands between two lines: a blank, or nothing within a word.

        Hancom breaks lines between letters (연구|개발비). How the rest of the document spells the
        letters around the break decides; without a witness a blank stands.
        """
        if not ("가" <= before[-1] <= "힣" and "가" <= after[0] <= "힣"):
            return " "
        for size in (3, 2):
            left, right = before[-size:], after[:size]
            together = self.text.count(left + right)
            apart = self.text.count(f"{left} {right}")
            if together != apart:
                return "" if together > apart else " "
        return " "
