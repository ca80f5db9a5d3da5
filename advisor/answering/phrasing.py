"""A draft as it grows: checked, repaired, replaced and shown sentence by sentence."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.answering.bearing import Bearing
from advisor.answering.checks import Checker, Problem, ProblemKind
from advisor.answering.claims import Claim, find_claims
from advisor.answering.figures import FigureKind, find_figures
from advisor.answering.relevance import terms
from advisor.answering.sentences import Sentence, SentenceFeed, split_lines, split_sentences
from advisor.text import squeeze

# How much longer than the embedded answer a draft may be, in characters: it is meant to be the
# same thing in easier words.
_LONGER_BY = 1.5
_ALWAYS_ALLOWED_CHARS = 400
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
# What the engine stated and decided must be told, whoever phrases it.
_WEIGHTY = frozenset({FigureKind.AMOUNT, FigureKind.RATE, FigureKind.DATE, FigureKind.PHONE})
_DECIDED = frozenset(Claim) - {Claim.PROMISE}
_NOTICE = re.compile(r"가리고 저장하지|바꿔 이해했|따르지 않|검토하지 않은|AI가|\?$")
_ALIKE = 0.25
_ASKS = re.compile(r"[?？]|(?:나요|까요|가요|까)\s*[.]?$")
_BULLET = re.compile(r"^[-*•]\s+")


@dataclass(frozen=True, slots=True)
class _Unit:
    """One sentence of the answer: `fate` is kept, repaired, replaced or dropped once settled."""

    sentence: Sentence
    problems: tuple[Problem, ...] = ()
    fate: str = ""


class Phrasing:
    """Takes a draft in pieces and gives out what holds, in the draft's order."""

    def __init__(
        self,
        checker: Checker,
        embedded_text: str,
        *,
        language: str,
        on_text: Callable[[str], None] | None = None,
    ) -> None:
        """Begin an empty draft.

        Args:
            checker: Holds each sentence against the evidence.
            embedded_text: The wording that stands in for a sentence that fails.
            language: "ko" or "en".
            on_text: Told each piece of the checked text, in order.
        """
        self._checker = checker
        self._embedded = split_lines(embedded_text)
        self._language = language
        self._on_text = on_text
        self._limit = max(_ALWAYS_ALLOWED_CHARS, len(embedded_text) * _LONGER_BY)
        self._feed = SentenceFeed()
        self._units: list[_Unit] = []
        self._seen: set[str] = set()
        self._failed: set[str] = set()
        self._raw = ""
        self._is_wrapped: bool | None = None
        self._released = 0
        self._shown = ""
        self._added = 0
        self.problems: list[Problem] = []
        self.reason = ""

    @property
    def is_begun(self) -> bool:
        """Whether some of the text was given out already."""
        return bool(self._shown)

    @property
    def failing(self) -> list[tuple[int, Sentence, Sequence[Problem]]]:
        """The sentences that failed, each with its number."""
        return [
            (number, unit.sentence, unit.problems)
            for number, unit in enumerate(self._units)
            if not unit.fate
        ]

    @property
    def is_worth_repair(self) -> bool:
        """Whether something of the draft holds, or it is short: else the embedded answer is better."""
        kept = sum(unit.fate == "kept" for unit in self._units)
        return kept >= 1 or len(self._units) <= 4

    @property
    def counts(self) -> Mapping[str, int]:
        """How many sentences met each fate."""
        found = Counter(unit.fate for unit in self._units if unit.fate)
        return {**found, "added": self._added} if self._added else dict(found)

    def take(self, piece: str) -> bool:
        """Take a piece of the draft; False where it has become too long to be used."""
        self._raw += piece
        if self._is_wrapped is None and self._raw.strip():
            # Models that were told to write plain text may still write JSON or a code fence.
            self._is_wrapped = self._raw.lstrip()[0] in "{`"
            piece = self._raw.lstrip()
        if not self._is_wrapped and self._is_wrapped is not None:
            for sentence in self._feed.add(piece):
                self._add(sentence)
            self._release()
        return len(self._raw) <= self._limit

    def end(self, *, is_whole: bool) -> None:
        """Take note that nothing more comes; half a sentence at the end is left out."""
        if self._is_wrapped:
            for sentence in self._feed.add(_unwrapped(self._raw)[: int(self._limit)]):
                self._add(sentence)
        rest = list(self._feed.close())
        if not is_whole or len(self._raw) > self._limit:
            rest = rest[:-1]
        for sentence in rest:
            self._add(sentence)

    def repair(self, texts: Mapping[int, str]) -> None:
        """Put repaired sentences in the place of those that failed, if they hold now."""
        for number, text in texts.items():
            if not 0 <= number < len(self._units) or self._units[number].fate or not text.strip():
                continue
            old = self._units[number].sentence
            new = [replace(one, gap=one.gap or " ") for one in split_sentences(text.strip())]
            if len(new) != 1 or self._problems_of(new[0]):
                continue
            fresh = replace(new[0], gap=old.gap)
            if self._is_fresh(fresh):
                self._seen.add(_letters(fresh))
                self._units[number] = _Unit(fresh, fate="repaired")

    def finish(self) -> str | None:
        """Settle what is left and return the whole text; None where the embedded one stands."""
        own = self._own()
        failed = sum(not unit.fate for unit in self._units)
        if not self.is_begun and (not own or failed > own):
            self.reason = "checks" if failed else "empty_draft"
            return None
        for number, unit in enumerate(self._units):
            if not unit.fate:
                self._units[number] = self._settled(unit)
        self._release()
        missing = [one for one in self._embedded if self._is_missing(one)]
        if not self.is_begun:
            self.reason = "checks"
            return None
        for one in missing:
            if self._is_missing(one):
                self._show(("\n" if self._shown.endswith("\n") else "\n\n") + one.text)
                self._added += 1
        return self._shown.rstrip()

    def _own(self) -> int:
        """How many sentences of the model hold and name their source."""
        return sum(
            unit.fate in ("kept", "repaired") and bool(unit.sentence.labels) for unit in self._units
        )

    def _add(self, sentence: Sentence) -> None:
        letters = _letters(sentence)
        if not self._is_fresh(sentence) or letters in self._failed or not letters:
            return  # small models say it again and again
        problems = tuple(self._problems_of(sentence))
        (self._failed if problems else self._seen).add(letters)
        self.problems += problems
        self._units.append(_Unit(sentence, problems, "" if problems else "kept"))

    def _problems_of(self, sentence: Sentence) -> list[Problem]:
        bare = sentence.bare
        hangul, latin = len(_HANGUL.findall(bare)), len(_LATIN.findall(bare))
        is_english = latin > hangul
        wrong = is_english != (self._language == "en") and hangul + latin > 8
        if wrong or _OTHER_SCRIPT.search(bare):
            return [Problem(ProblemKind.WRONG_LANGUAGE, "language", sentence.text)]
        if _ASKS.search(bare.strip()) and self._is_fresh_of_embedded(sentence):
            # Small models say the question again, with a mark behind it.
            return [Problem(ProblemKind.UNSUPPORTED_WORDS, "question", sentence.text)]
        return self._checker.check(sentence)

    def _is_fresh_of_embedded(self, sentence: Sentence) -> bool:
        return all(_letters(sentence) not in _letters(one) for one in self._embedded)

    def _release(self) -> None:
        """Show what is settled, up to the first sentence that is not.

        Nothing is shown before one sentence with a source holds: an apology alone is no answer.
        """
        if not self._own():
            return
        while self._released < len(self._units) and self._units[self._released].fate:
            unit = self._units[self._released]
            self._released += 1
            if unit.fate != "dropped":
                self._show(self._placed(unit) + (unit.sentence.gap or " "))
            elif "\n" in unit.sentence.gap and self._shown and not self._shown.endswith("\n"):
                self._show("\n")

    def _placed(self, unit: _Unit) -> str:
        """Return a sentence as it fits where it goes: a list item only at the start of a line."""
        starts_line = not self._shown or self._shown.endswith("\n")
        text = unit.sentence.text
        return text if starts_line or unit.fate != "replaced" else _BULLET.sub("", text)

    def _show(self, piece: str) -> None:
        if not self._shown:
            piece = piece.lstrip()
        self._shown += piece
        if self._on_text is not None and piece:
            self._on_text(piece)

    def _settled(self, unit: _Unit) -> _Unit:
        """Return the embedded wording in place of a sentence that failed, or leave it out."""
        wanted, labels = terms(unit.sentence.bare), set(unit.sentence.labels)
        best, choice = _ALIKE, None
        for one in self._embedded:
            own = terms(one.bare)
            shared = len(own & wanted) / (min(len(own), len(wanted)) or 1)
            if labels & set(one.labels) and shared >= best and self._is_fresh(one):
                best, choice = shared, one
        if choice is None:
            return replace(unit, fate="dropped")
        self._seen.add(_letters(choice))
        return _Unit(replace(choice, gap=unit.sentence.gap), unit.problems, "replaced")

    def _is_fresh(self, one: Sentence) -> bool:
        letters = _letters(one)
        return all(letters not in other for other in self._seen)

    def _is_missing(self, one: Sentence) -> bool:
        """Whether an embedded sentence states or decides what the answer does not say yet."""
        if not self._is_fresh(one) or squeeze(_BULLET.sub("", one.text)) in squeeze(self._shown):
            return False
        if _NOTICE.search(one.text):
            return True
        told = Bearing(self._shown)
        figures = [fig for fig in find_figures(one.bare) if fig.kind in _WEIGHTY]
        if any(not told.bears(figure) for figure in figures):
            return True
        claims = find_claims(one.bare) & _DECIDED
        said = frozenset().union(
            *(
                find_claims(other.bare)
                for other in split_sentences(self._shown)
                if not one.labels or set(other.labels) & set(one.labels)
            )
        )
        return not claims <= said


def _letters(sentence: Sentence) -> str:
    """What makes two sentences the same, marks and bullets aside."""
    return squeeze(_BULLET.sub("", sentence.bare.strip()))


def _unwrapped(raw: str) -> str:
    """Return the text that stands in a code fence or in the one string of a JSON object."""
    text = _FENCE.sub("", raw.strip())
    if text.startswith("{"):
        try:
            value = json.JSONDecoder(strict=False).raw_decode(text)[0]
        except ValueError:
            return ""
        strings = [one for one in value.values() if isinstance(one, str)]
        return max(strings, key=len, default="")
    return text
