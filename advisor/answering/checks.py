"""Amounts, rates, dates, numbers and names of a draft stand in the evidence it cites (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.answering.figures import Figure, FigureKind, find_figures
from advisor.text import squeeze

# [1], [1][2], [1, 2], [근거1]; "[1](#source)" is one too.
_LABELS = re.compile(r"\[\s*((?:근거|출처)?\s?\d+(?:\s?[,·]\s?\d+)*)\s*\]")
_AFTER_PERIOD = re.compile(
    r"(?<=[가-힣A-Za-z)])(?P<stop>[.!?]+)\s*(?P<labels>(?:\[\s*(?:근거|출처)?[\d\s,·]+\]\s*)+)"
)
# A full stop in "2026. 2. 9." or "제1." ends no sentence, so a word has to stand before it.
_SENTENCE_END = re.compile(r"(?<=[가-힣A-Za-z)\]%」’”'\" ][.!?])\s+")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•○□·|]|\d+[.)]\s|[①-⑳])")
_QUOTED = re.compile(
    r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|‘([^‘’]+)’|\"([^\"]+)\"|《([^《》]+)》|〈([^〈〉]+)〉"
)
_EMPHASIS = re.compile(r"[*_`#>]+")


class ProblemKind(StrEnum):
    """Why a draft may not be shown."""

    UNKNOWN_LABEL = "unknown_label"
    UNSUPPORTED_FIGURE = "unsupported_figure"
    UNCITED_FIGURE = "uncited_figure"
    UNSUPPORTED_NAME = "unsupported_name"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a draft that its evidence does not bear; `written` are the draft's words."""

    kind: ProblemKind
    written: str
    sentence: str


def check_draft(
    draft: str,
    evidence: Mapping[str, str],
    *,
    said: str = "",
    names: Iterable[str] = (),
) -> list[Problem]:
    """Find what a draft claims without evidence.

    Every sentence is held against the evidence that it cites itself. A list item without a mark
    is held against the marks of the line that opens its list.

    Args:
        draft: Markdown with marks such as [1].
        evidence: Title and text of each piece, by its label.
        said: The user's own words: what stands there may be repeated without a source.
        names: Names of all records. A sentence that names one must cite a piece that names it.

    Returns:
        The problems in the order of the draft; empty where every claim is borne out.
    """
    given = _Known(said)
    known = {label: _Known(text) for label, text in evidence.items()}
    squeezed_names = {squeeze(name): name for name in names if len(squeeze(name)) >= 4}
    problems: list[Problem] = []
    for sentence, labels in _sentences_with_labels(draft):
        problems += [
            Problem(ProblemKind.UNKNOWN_LABEL, f"[{label}]", sentence)
            for label in labels
            if label not in known
        ]
        cited = [known[label] for label in labels if label in known]
        bare = _EMPHASIS.sub("", _LABELS.sub(" ", sentence))
        for figure in find_figures(bare):
            if any(source.bears(figure) for source in (given, *cited)):
                continue
            # Without a mark there is nothing to hold the figure against.
            kind = ProblemKind.UNSUPPORTED_FIGURE if labels else ProblemKind.UNCITED_FIGURE
            problems.append(Problem(kind, figure.written, sentence))
        problems += [
            Problem(ProblemKind.UNSUPPORTED_NAME, name, sentence)
            for name in _names_in(bare, squeezed_names)
            if not any(source.names(name) for source in (given, *cited))
        ]
    return problems


def split_by_label(text: str) -> dict[str, tuple[str, ...]]:
    """Return the sentences of a text by the label that they cite, in the order of the text.

    >>> split_by_label("12일 남았습니다 [1]. 대출은 따로입니다 [2].")
    {'1': ('12일 남았습니다 [1].',), '2': ('대출은 따로입니다 [2].',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for sentence, labels in _sentences_with_labels(text):
        for label in labels:
            found[label] = (*found.get(label, ()), sentence)
    return found


class _Known:
    """What one text bears: its figures and its letters."""

    def __init__(self, text: str) -> None:
        figures = find_figures(text)
        self._values = {(figure.kind, figure.value) for figure in figures}
        self._dates = {figure.value for figure in figures if figure.kind is FigureKind.DATE}
        self._letters = squeeze(text)

    def bears(self, figure: Figure) -> bool:
        """Tell whether the text states the figure, in whatever way it writes it."""
        if (figure.kind, figure.value) in self._values:
            return True
        match figure.kind:
            case FigureKind.DATE:
                return self._bears_date(figure.value)
            case FigureKind.URL:
                return figure.value in self._letters
            case FigureKind.PHONE:
                return re.search(rf"(?<!\d){figure.value}(?!\d)", self._letters) is not None
            case _:
                return False

    def _bears_date(self, value: str) -> bool:
        year, _, day = value.partition("-")
        if len(year) != 4:  # "02-09" and "02": some date of the text falls on it
            return any(date.endswith(f"-{value}") or f"-{value}-" in date for date in self._dates)
        if any(date == value or date.startswith(f"{value}-") for date in self._dates):
            return True
        # "2026년" in one place and "2월 9일" in another make 2026-02-09.
        has_year = any(date.startswith(year) for date in self._dates)
        return bool(day) and has_year and day in self._dates

    def names(self, name: str) -> bool:
        """Tell whether the text has the name, spaces and width of letters aside."""
        return squeeze(name) in self._letters


def _names_in(sentence: str, names: Mapping[str, str]) -> list[str]:
    """Return quoted words and known names of a sentence, each once, the longest of nested ones."""
    quoted = [next(filter(None, found.groups())) for found in _QUOTED.finditer(sentence)]
    letters = squeeze(sentence)
    mentioned = [name for squeezed, name in names.items() if squeezed in letters]
    longest = [
        name
        for name in mentioned
        if not any(name != other and squeeze(name) in squeeze(other) for other in mentioned)
    ]
    return list(dict.fromkeys([*(name for name in quoted if len(squeeze(name)) >= 2), *longest]))


def _sentences_with_labels(draft: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence with the labels that it cites or, in a list, inherits."""
    heading: tuple[str, ...] = ()
    for line in unicodedata.normalize("NFKC", draft).splitlines():
        if not line.strip():
            continue
        # "…입니다. [1]" means the sentence before the mark.
        line = _AFTER_PERIOD.sub(r" \g<labels>\g<stop> ", line)
        is_item = _LIST_ITEM.match(line) is not None
        in_line: tuple[str, ...] = ()
        for sentence in filter(str.strip, _SENTENCE_END.split(line)):
            labels = _labels_of(sentence)
            in_line += labels
            yield sentence.strip(), labels or (heading if is_item else ())
        if not is_item:
            heading = in_line


def _labels_of(sentence: str) -> tuple[str, ...]:
    found = [number for marks in _LABELS.findall(sentence) for number in re.findall(r"\d+", marks)]
    return tuple(dict.fromkeys(found))
