"""Whatever a sentence of a model claims stands in what it cites, else it may not be shown (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from advisor.answering.bearing import Bearing, Direction, bearing_of, direction_of, words_around
from advisor.answering.claims import (
    VERDICTS,
    WINDOWS,
    Claim,
    find_claims,
    is_about_company,
    is_negated,
)
from advisor.answering.content import content_terms
from advisor.answering.figures import FigureKind, Placed, locate_figures
from advisor.answering.named import (
    emphasised,
    known_names,
    latin_words,
    name_like,
    quotations,
    sided_words,
)
from advisor.answering.role import leaves_role, repeats_user
from advisor.answering.sentences import Sentence, split_by_label, split_sentences
from advisor.text import squeeze

__all__ = ["Checker", "Ground", "Problem", "ProblemKind", "check_draft", "split_by_label"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"'「」]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:kr|com|net|org|io|co|biz|info|shop|site|xyz)(?:/[^\s<>()\[\]]*)?(?![a-z0-9])",
    re.I,
)
# "3D", "CF1", "5G": a number that is part of a name.
_NUMBERED_WORD = re.compile(r"(?<![\w.,])(?:\d+[A-Za-z]+|[A-Za-z]+-?\d+|[가-힣]+\d)(?![\w%.,])")
_BULLET = re.compile(r"^\s*(?:\d+[.)]\s|[-*•]\s)")
# Figures that a person states to see them confirmed; a head count of the own company is no claim.
_NEEDS_SOURCE = frozenset(
    {FigureKind.AMOUNT, FigureKind.FOREIGN_AMOUNT, FigureKind.RATE, FigureKind.POINTS, FigureKind.DATE}
)  # fmt: skip
_LEAST_SUPPORT = 0.55
_FEW_TERMS = 4


class ProblemKind(StrEnum):
    """Why a sentence may not be shown."""

    UNKNOWN_LABEL = "unknown_label"
    UNSUPPORTED_FIGURE = "unsupported_figure"
    UNCITED_FIGURE = "uncited_figure"
    UNCITED = "uncited"
    WRONG_DIRECTION = "wrong_direction"
    UNSUPPORTED_NAME = "unsupported_name"
    WRONG_QUOTE = "wrong_quote"
    FOREIGN_LINK = "foreign_link"
    UNSUPPORTED_CLAIM = "unsupported_claim"
    REVERSED = "reversed"
    UNSUPPORTED_WORDS = "unsupported_words"
    WRONG_LANGUAGE = "wrong_language"
    LEAVES_ROLE = "leaves_role"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a draft that its evidence does not bear; `written` are the draft's words."""

    kind: ProblemKind
    written: str
    sentence: str


@dataclass(frozen=True)
class Ground:
    """All that a draft may rest on.

    Attributes:
        evidence: Title and text of each piece, by its label.
        engine_text: The embedded answer with its marks: what the engine computed and decided.
        said: The user's own words.
        verdicts: `eligible`, `not_eligible` or `unknown` by label, where the engine judged.
        names: Names of all records.
        links: Addresses of the cited sources.
    """

    evidence: Mapping[str, str]
    engine_text: str = ""
    said: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @cached_property
    def engine_by_label(self) -> Mapping[str, str]:
        """What the embedded answer says with each mark."""
        return {
            label: "\n".join(found) for label, found in split_by_label(self.engine_text).items()
        }


class Checker:
    """Holds sentences against one ground."""

    def __init__(self, ground: Ground) -> None:
        """Read the ground once."""
        self._ground = ground
        self._said = Bearing(ground.said)
        self._engine = Bearing(ground.engine_text)
        engine = ground.engine_by_label
        self._cited = {
            label: (bearing_of(text), bearing_of(engine.get(label, "")))
            for label, text in ground.evidence.items()
        }
        self._engine_claims = {
            label: self._claims_of(engine.get(label, "")) for label in ground.evidence
        }
        self._all_engine_claims = self._claims_of(ground.engine_text)
        self._unmarked = [
            content_terms(one.bare) for one in split_sentences(ground.engine_text) if not one.labels
        ]
        self._names = {squeeze(one): one for one in ground.names if len(squeeze(one)) >= 4}
        self._links = [_plain_link(one) for one in ground.links if one]

    def check(self, sentence: Sentence) -> list[Problem]:
        """Return what a sentence claims without ground; empty where all is borne out."""
        found = [
            (ProblemKind.UNKNOWN_LABEL, f"[{label}]")
            for label in sentence.labels
            if label not in self._cited
        ]
        labels = tuple(label for label in sentence.labels if label in self._cited)
        bare = sentence.bare
        found += self._figures(bare, labels)
        found += self._names_in(bare, labels)
        found += self._quotes_in(sentence.text, labels)
        found += self._links_in(bare, labels)
        if leaves_role(bare, engine_text=self._ground.engine_text):
            found.append((ProblemKind.LEAVES_ROLE, "role"))
        if repeats_user(bare, said=self._ground.said, engine_text=self._ground.engine_text):
            found.append((ProblemKind.LEAVES_ROLE, "repeats"))
        if self._ground.engine_text:
            found += self._claims(bare, labels)
            found += self._support(bare, labels)
        return [Problem(kind, written, sentence.text) for kind, written in dict.fromkeys(found)]

    def _sources(self, labels: tuple[str, ...]) -> list[Bearing]:
        return [bearing for label in labels for bearing in self._cited[label]]

    def _figures(self, bare: str, labels: tuple[str, ...]) -> Iterator[tuple[ProblemKind, str]]:
        sources = self._sources(labels)
        words = words_around(bare)
        left = bare.replace("∼", "~").replace("～", "~")
        text = left
        for placed in locate_figures(text):
            figure = placed.figure
            left = left.replace(figure.written, " ")
            if figure.kind is FigureKind.URL and "@" not in figure.value:
                continue  # held against the sources' addresses
            direction = direction_of(placed, text)
            bearing = [one for one in sources if one.bears_here(figure, words)]
            if bearing:
                if not any(one.agrees(figure, direction) for one in bearing):
                    yield ProblemKind.WRONG_DIRECTION, text[placed.start : placed.end + 6].strip()
            elif not self._may_repeat(figure.kind, placed, text, direction):
                # Without a mark there is nothing to hold the figure against.
                kind = ProblemKind.UNSUPPORTED_FIGURE if labels else ProblemKind.UNCITED_FIGURE
                yield kind, figure.written
        known = set().union(self._said.numbers, *(one.numbers for one in sources))
        letters = "".join((self._said.letters, *(one.letters for one in sources)))
        for word in _NUMBERED_WORD.findall(bare):
            if squeeze(word) not in letters:
                yield ProblemKind.UNSUPPORTED_NAME, word
        for number in _NUMBER.findall(_BULLET.sub("", left)):
            plain = number.replace(",", "").rstrip(".")
            if plain not in known and not (len(plain) > 2 and plain in letters):
                kind = ProblemKind.UNSUPPORTED_FIGURE if labels else ProblemKind.UNCITED_FIGURE
                yield kind, number

    def _may_repeat(
        self, kind: FigureKind, placed: Placed, text: str, direction: Direction | None
    ) -> bool:
        """Whether a figure may stand because the user said it.

        A false premise must not come back as a fact: an amount only where it is denied at once
        ("10억이 아니라"), and nothing that is said to be a limit.
        """
        if not self._said.bears(placed.figure):
            return False
        if kind in _NEEDS_SOURCE:
            return (
                re.match(r"\s?(?:원|만)?\s?(?:이|가)?\s?아니(?:라|고)", text[placed.end :])
                is not None
            )
        return direction is None

    def _names_in(self, bare: str, labels: tuple[str, ...]) -> Iterator[tuple[ProblemKind, str]]:
        sources = self._sources(labels)
        letters = "".join(one.letters for one in (*sources, self._engine))
        for name in known_names(bare, self._names):
            own = [one.letters for one in (*sources, self._said)]
            if not any(squeeze(name) in one for one in own):
                yield ProblemKind.UNSUPPORTED_NAME, name
        for name in (*name_like(bare), *sided_words(bare)):
            if squeeze(name) not in letters:
                yield ProblemKind.UNSUPPORTED_NAME, name
        if self._ground.engine_text:
            said = letters + self._said.letters
            for word in latin_words(_LINK.sub(" ", bare)):
                if re.search("[가-힣]", self._ground.engine_text) and squeeze(word) not in said:
                    yield ProblemKind.UNSUPPORTED_NAME, word

    def _quotes_in(
        self, written: str, labels: tuple[str, ...]
    ) -> Iterator[tuple[ProblemKind, str]]:
        sources = [*self._sources(labels), self._engine]
        letters = "".join(one.letters for one in sources)
        whole = "\n".join(one.text for one in (*sources, self._said))
        for name in emphasised(written):
            if squeeze(name) not in letters:
                yield ProblemKind.UNSUPPORTED_NAME, name
        for quote in quotations(written):
            if len(squeeze(quote)) < 2 or quote in whole:
                continue
            if squeeze(quote) in self._names and squeeze(quote) in letters:
                continue
            kind = ProblemKind.UNSUPPORTED_NAME if len(quote) < 20 else ProblemKind.WRONG_QUOTE
            yield kind, quote

    def _links_in(self, bare: str, labels: tuple[str, ...]) -> Iterator[tuple[ProblemKind, str]]:
        letters = "".join(one.letters for one in self._sources(labels))
        for link in _LINK.findall(bare):
            plain = _plain_link(link)
            if plain not in letters and not any(plain == one for one in self._links):
                yield ProblemKind.FOREIGN_LINK, link

    def _claims(self, bare: str, labels: tuple[str, ...]) -> Iterator[tuple[ProblemKind, str]]:
        for claim in find_claims(bare):
            if not self._may_claim(claim, bare, labels):
                yield ProblemKind.UNSUPPORTED_CLAIM, str(claim)
        negated = is_negated(bare)
        own = content_terms(bare)
        if len(own) >= _FEW_TERMS:
            sources = self._sources(labels) or [self._engine]
            judged = [one.denies_like(own, negated=negated) for one in sources]
            known = [one for one in judged if one is not None]
            if known and not any(known):
                yield ProblemKind.REVERSED, "negation"

    def _may_claim(self, claim: Claim, bare: str, labels: tuple[str, ...]) -> bool:
        if claim in (Claim.UNDECIDED, Claim.UNCONFIRMED, Claim.NOT_SELECTED):
            return True
        engine = [self._engine_claims[label] for label in labels] or [self._all_engine_claims]
        if claim in VERDICTS:
            judged = [self._ground.verdicts[one] for one in labels if one in self._ground.verdicts]
            if not labels:
                judged = list(self._ground.verdicts.values())
            if judged:
                return all(verdict == claim.value for verdict in judged)
            if any(claim in one for one in engine):
                return True
            if is_about_company(bare):
                return False
            return any(claim in self._claims_of(one.text) for one in self._sources(labels))
        if claim in WINDOWS:
            return all(claim in one for one in engine)
        return any(claim in one for one in engine)

    def _support(self, bare: str, labels: tuple[str, ...]) -> Iterator[tuple[ProblemKind, str]]:
        """Find a sentence that speaks of things that stand in none of its sources."""
        own = content_terms(bare)
        if labels and not words_around(bare):
            yield ProblemKind.UNSUPPORTED_WORDS, "words"  # a figure of nothing
        is_heading = bare.rstrip().endswith(":")
        if not labels and not is_heading and not self._says(own):
            # What the engine says with a source is said with it; what it does not say is idle talk.
            kind = ProblemKind.UNCITED if len(own) >= _FEW_TERMS else ProblemKind.UNSUPPORTED_WORDS
            yield kind, "words"
        elif len(own) >= _FEW_TERMS:
            known = set().union(
                self._engine.terms, self._said.terms, *(one.terms for one in self._sources(labels))
            )
            if len(own & known) / len(own) < _LEAST_SUPPORT:
                yield ProblemKind.UNSUPPORTED_WORDS, "words"

    def _says(self, own: frozenset[str]) -> bool:
        """Whether the engine says these words without a source, such as what to do next."""
        return any(len(own & words) >= 0.6 * len(own) for words in self._unmarked if words and own)

    @staticmethod
    def _claims_of(text: str) -> frozenset[Claim]:
        found = (find_claims(one.bare) for one in split_sentences(text))
        return frozenset().union(*found)


def check_draft(
    draft: str,
    evidence: Mapping[str, str],
    *,
    said: str = "",
    names: Iterable[str] = (),
    engine_text: str = "",
    verdicts: Mapping[str, str] | None = None,
    links: Iterable[str] = (),
) -> list[Problem]:
    """Find what a draft claims without evidence.

    Every sentence is held against the evidence that it cites itself. A list item without a mark
    is held against the marks of the line that opens its list.

    Args:
        draft: Markdown with marks such as [1].
        evidence: Title and text of each piece, by its label.
        said: The user's own words: what stands there may be repeated without a source.
        names: Names of all records. A sentence that names one must cite a piece that names it.
        engine_text: The embedded answer; without it verdicts and wording are not held to anything.
        verdicts: The engine's verdict by label.
        links: Addresses of the cited sources.

    Returns:
        The problems in the order of the draft; empty where every claim is borne out.
    """
    checker = Checker(
        Ground(evidence, engine_text, said, verdicts or {}, tuple(names), tuple(links))
    )
    return [problem for one in split_sentences(draft) for problem in checker.check(one)]


def _plain_link(link: str) -> str:
    plain = unicodedata.normalize("NFKC", link).rstrip(".,;:")
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", plain.lower()).rstrip("/")
