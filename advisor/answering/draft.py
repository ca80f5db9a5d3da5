"""A text in the making: lines with marks, and the citations the marks stand for (pure)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.answering.polite import polite
from advisor.answering.relevance import Relevance, asked_units, terms
from advisor.answering.remarks import for_readers
from advisor.answering.statements import Statement, statements
from advisor.domain.answer import Citation
from advisor.domain.match import Match, WindowOnDay
from advisor.domain.passages import Hit, Kind
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect, Question
from advisor.domain.records import AnyRecord, Corpus, Solution, SupportProgram

QUOTE_CHARS = (
    700  # every figure that is shown stands in the quote: nothing of ordinary length is cut
)
DATE = re.compile(r"\d{4}\s?[-.년]\s?\d{1,2}|\d{1,2}월")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may answer; `score` orders within one turn only.

    `named` (0 to 1) is how surely it is named, `prior` what the kind of question added to the score,
    `hit` its best chunk, `worries` the worries of the question that its name answers.
    """

    record_id: str
    kind: Kind
    score: float
    named: float = 0.0
    prior: float = 0.0
    hit: Hit | None = None
    worries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Material:
    """Everything composing may use; nothing else can get into an answer.

    Attributes:
        candidates: Best first; one per record.
        matches: Verdicts by record id, for programs that were judged.
        ranked: Programs for this company, best first (only where money was asked for).
        pays_for: Whether a program is for solutions of this kind.
    """

    question: Question
    corpus: Corpus
    relevance: Relevance
    profile: Profile
    today: date
    window_of: Callable[[SupportProgram], WindowOnDay]
    judge: Callable[[SupportProgram], Match]
    candidates: tuple[Candidate, ...] = ()
    ranked: tuple[Match, ...] = ()
    parts: tuple[tuple[Candidate, ...], ...] = ()
    pays_for: Callable[[SupportProgram, Solution], bool] = lambda _program, _solution: True

    def of_kind(self, *kinds: Kind) -> list[Candidate]:
        """Return the candidates of the given kinds, best first."""
        return [one for one in self.candidates if one.kind in kinds]

    def statements(self, record_id: str) -> list[Statement]:
        """Return the sentences of a record of the corpus."""
        return statements(self.corpus.record(record_id), today=self.today, window_of=self.window_of)


class Draft:
    """Collects lines; every record that is leaned on gets the next label."""

    def __init__(self, material: Material) -> None:
        """Start an empty draft over what may be used."""
        self.material = material
        self._lines: list[str] = []
        self._labels: dict[str, str] = {}
        self._quotes: dict[str, list[str]] = {}
        self._shown: dict[str, list[tuple[str, str]]] = {}
        self._last: tuple[str, str] | None = None  # whose field the last list item told

    def mark(self, record_id: str, *quotes: str) -> str:
        """Note what is quoted from a record and return its mark, such as "[1]"."""
        label = self._labels.setdefault(record_id, str(len(self._labels) + 1))
        kept = self._quotes.setdefault(record_id, [])
        kept += [quote for quote in quotes if quote and quote not in kept]
        return f"[{label}]"

    def say(self, text: str, record_id: str | None = None, *quotes: str) -> None:
        """Add a line; with a record its mark follows, and the text (or `quotes`) is its quote."""
        if record_id is not None:
            if not text.startswith("- "):
                shown = self._shown.setdefault(record_id, [])
                shown += [("", quote) for quote in quotes if quote]
            text = f"{text} {self.mark(record_id, *(quotes or (text,)))}"
        self._lines.append(polite(text))

    def bullet(self, statement: Statement) -> None:
        """Add a sentence of a record as a list item with its field's name."""
        heading = (statement.record_id, statement.label)
        # Three lines in a row of one field need its name once.
        goes_on = self._last == heading and bool(self._lines) and self._lines[-1].startswith("- ")
        # "접수는 4월 9일에 마감되었습니다" says its field's name itself.
        told = goes_on or statement.text.startswith(statement.label)
        label = "" if told else f"{statement.label}: "
        self._last = heading
        self.say(f"- {label}{statement.text}", statement.record_id, statement.text)
        self._shown.setdefault(statement.record_id, []).append((statement.label, statement.text))

    def gap(self) -> None:
        """Start a new paragraph."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of the records cited so far, in the order of their labels."""
        return tuple(self._labels)

    def shown(self, record_id: str) -> list[tuple[str, str]]:
        """Field label and wording of what is shown of a record, in order, each once."""
        return list(dict.fromkeys(self._shown.get(record_id, [])))

    @property
    def letters(self) -> int:
        """Length so far without white space."""
        return sum(len("".join(line.split())) for line in self._lines)

    @property
    def text(self) -> str:
        """The Markdown so far. A list needs a blank line between it and the paragraph above."""
        out: list[str] = []
        for line in self._lines:
            if line.startswith("- ") and out and out[-1] and not out[-1].startswith("- "):
                out.append("")
            out.append(line)
        return "\n".join(out).strip()

    def citations(self) -> tuple[Citation, ...]:
        """Return one citation per record, in the order of the labels."""
        return tuple(
            self._cite(record_id, label, self._quotes.get(record_id, []))
            for record_id, label in self._labels.items()
        )

    def _cite(self, record_id: str, label: str, quotes: Sequence[str]) -> Citation:
        record = self.material.corpus.record(record_id)
        quote = " / ".join(re.sub(r"\[\d+\]|\*\*", "", one).strip() for one in quotes)
        source = _bearing(record, quote)
        return Citation(
            label=label,
            record_id=record_id,
            kind=self.material.corpus.kind_of(record_id).value,
            title=for_readers(record.title) or record.title,
            quote=quote[:QUOTE_CHARS],
            url=source.url if source else None,
            publisher=source.publisher if source else None,
            date=source.date if source else None,
            confidence=record.confidence,
        )


def _bearing(record: AnyRecord, quote: str):  # type: ignore[no-untyped-def]
    """Return the source whose own words share most with the quote; the first where none does."""
    wanted = terms(quote)
    return max(
        record.sources,
        key=lambda one: len(wanted & terms(f"{one.supports or ''} {one.title}")),
        default=None,
    )


def pick(
    material: Material,
    record_id: str,
    *,
    skip: Sequence[str] = (),
    most: int = 3,
    letters: int = 330,
    at_least: float = 0.1,
) -> list[Statement]:
    """Choose the sentences of a record that answer the question best, in the record's order.

    Args:
        material: The question and the corpus.
        record_id: Whose sentences.
        skip: Fields (`Statement.part`) that are said already.
        most: How many at most.
        letters: Budget without white space.
        at_least: Least score to be chosen (share of the question's weight plus bonuses).
    """
    question = material.question
    asked = material.relevance.question_terms(question.text)
    name_terms = terms(material.corpus.record(record_id).title)
    # The record's own name stands in the question and in half of its sentences: it chooses nothing.
    telling = {term: weight for term, weight in asked.items() if term not in name_terms} or asked
    units = asked_units(question.text)
    scored: list[tuple[float, int, Statement]] = []
    for position, one in enumerate(material.statements(record_id)):
        if one.part in skip or (one.part == "supports" and not re.search(r"\d", one.text)):
            continue  # a source's summary without a figure is a list of headings
        score = material.relevance.share(telling, f"{one.label} {one.text}")
        score += 0.12 * len(one.aspects & question.aspects)
        score += 0.2 * any(unit.search(one.text) for unit in units)
        if Aspect.WINDOW in question.aspects and DATE.search(one.text):
            score += 0.2
        score += 0.15 * any(str(year) in one.text for year in question.years)
        if one.part == "supports":
            score -= 0.15
        scored.append((score, position, one))
    chosen: list[tuple[int, Statement]] = []
    room = letters
    for score, position, one in sorted(scored, key=lambda row: (-row[0], row[1])):
        length = len("".join(one.text.split()))
        if score < at_least or len(chosen) >= most:
            break
        if length > room or _said(one, [other for _, other in chosen]):
            continue
        room -= length
        chosen.append((position, one))
    return [one for _, one in sorted(chosen, key=lambda row: row[0])]


def _said(one: Statement, others: Sequence[Statement]) -> bool:
    """Whether most of a sentence's terms stand in one that is chosen already."""
    own = terms(one.text)
    return any(len(own & terms(other.text)) > 0.75 * len(own) for other in others) if own else True


def asks(question: Question, *aspects: Aspect) -> bool:
    """Whether the question asks about any of the aspects."""
    return bool(question.aspects & set(aspects))
