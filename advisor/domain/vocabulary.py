"""The closed lists of the corpus: regions, industries, company sizes, profile fields."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Caution = Literal["none", "cautious", "strict"]

# What may follow a place right away when the word is surely a place ("양산에서", "이천 공장").
_PLACE_AFTER = (
    r"\s?(?:에서|에\s?(?:있|위치|소재|공장|본사|사는)|소재|지역|쪽에|근처|공단|산단|산업단지|시청|군청|"
    r"테크노파크|TP)"
)
_CAUTIOUS_AFTER = re.compile(
    _PLACE_AFTER + r"|\s?(?:쪽|공장|업체|회사)|(?:이에요|예요|이예요|입니다|인데|이고|이구요|이요)",
    re.I,
)
_STRICT_AFTER = re.compile(r"\s?(?:에\s?(?:있|위치|소재)|소재|군청|시청|공단|산단|산업단지)")
_SURE_AFTER = re.compile(_PLACE_AFTER, re.I)
# What follows a product when making it is the trade ("모터 제조", "빵을 만드는").
_MADE_AFTER = re.compile(
    r"(?:을|를)?\s?(?:만드|만들|만듭|맹그|제조|생산(?!량|성|실적|관리|계획)|공장|업체|회사|가공|제작|깎|찍어|"
    r"maker|manufactur|factory)",
    re.I,
)
_WORD_BEFORE = re.compile(r"[가-힣A-Za-z0-9]$")
# A particle or a short connective closes the word before, also where no blank was typed.
_CLOSED_BEFORE = re.compile(
    r"(?:저희|우리|저는|나는|희는|리는|에서|지금|현재|공장은|회사는|본사는|사는|는|은)$"
)
_ASCII = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Region:
    """One 시·도: `name` is the short name that records use, `names` all spellings."""

    name: str
    official: str
    names: tuple[str, ...]
    caution: Caution = "none"
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One 시·군·구 or a well-known place in it.

    `official` ends in 시, 군 or 구; `names` are how people write it. A `caution` word is also an
    everyday word (양산, 예산) and counts only where the words around it say that a place is meant.
    """

    sido: str
    official: str
    names: tuple[str, ...]
    caution: Caution = "none"
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region found in a text; `words` occur in it at `start`."""

    sido: str
    words: str
    sigungu: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Industry:
    """A KSIC section ("C") or manufacturing division ("C25") with everyday words for it.

    `made` are products that are also everyday things (모터, 빵): they name the trade only where
    making them is said ("모터 제조", "빵 만드는").
    """

    ksic: str
    name: str
    name_en: str
    words: tuple[str, ...]
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trade:
    """A process or product word: `process` is a value of the field main_processes, or None."""

    words: tuple[str, ...]
    ksic: str | None
    process: str | None


@dataclass(frozen=True, slots=True)
class IndustryMention:
    """A trade found in a text; `words` occur in it at `start`."""

    words: str
    ksic: str | None
    process: str | None
    start: int


@dataclass(frozen=True, slots=True)
class CompanySize:
    """A class of company size; `rank` grows with size, `within` names the classes it belongs to."""

    name: str
    names: tuple[str, ...]
    within: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class ProfileField:
    """One field of the company profile, as the forms and the questions use it."""

    id: str
    group: str
    label: str
    type: str
    unit: str | None
    allowed: tuple[str, ...] | None
    needed_for: tuple[str, ...]
    priority: str
    ask: str | None
    verify_by: tuple[str, ...]
    sensitivity: str
    derive: str | None
    validate: str | None
    informs_items: tuple[str, ...]
    note: str | None
    extra: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All closed lists, with lookups. Build it once; the lookups compile their patterns once."""

    regions: tuple[Region, ...] = ()
    places: tuple[Place, ...] = ()
    abroad: tuple[str, ...] = ()
    industries: tuple[Industry, ...] = ()
    trades: tuple[Trade, ...] = ()
    company_sizes: tuple[CompanySize, ...] = ()
    profile_fields: Mapping[str, ProfileField] = field(default_factory=dict)

    @cached_property
    def sido_names(self) -> frozenset[str]:
        """Short names of the 17 시·도."""
        return frozenset(one.name for one in self.regions)

    def find_regions(self, text: str) -> list[RegionMention]:
        """Find the regions that a text names, in the order of the text.

        Longest name first; an ambiguous 시·군·구 ("중구", "고성") counts only right behind its 시·도;
        a word that is also an everyday word only where a place is meant ("양산에서", not "양산 라인").
        A 시·도 with its 시·군·구 is one mention.
        """
        whole = self._region_index
        found: list[RegionMention] = []
        position = 0
        while True:
            match = whole.pattern.search(text, position)
            if match is None:
                return found
            mention = self._region_at(text, match, whole.by_name, found)
            if mention is None:
                # A shorter name may start at the same place ("경기광주" in no list, "경기" is).
                position = match.start() + 1
                continue
            position = mention.start + len(mention.words)
            found = _joined(found, mention, text)

    def _region_at(
        self,
        text: str,
        match: re.Match[str],
        by_name: Mapping[str, tuple["Region | Place", ...]],
        found: list[RegionMention],
    ) -> RegionMention | None:
        for name in _prefixes(match[0], by_name):
            start, end = match.start(), match.start() + len(name)
            last = found[-1] if found else None
            behind = last is not None and not text[last.start + len(last.words) : start].strip(
                " ,·"
            )
            candidates = by_name[name.casefold()]
            if behind and last is not None and last.sigungu is None:
                here = [
                    one for one in candidates if isinstance(one, Place) and one.sido == last.sido
                ]
                if here and _ends_well(text, end, here[0].not_before):
                    return RegionMention(last.sido, text[start:end], here[0].official, start)
            if not _stands_alone(text, start, end, behind=behind):
                continue
            chosen = _certain(candidates, text, end)
            if chosen is not None:
                sigungu = chosen.official if isinstance(chosen, Place) else None
                sido = chosen.sido if isinstance(chosen, Place) else chosen.name
                return RegionMention(sido, text[start:end], sigungu, start)
        return None

    def find_industries(self, text: str) -> list[IndustryMention]:
        """Find the trades, processes and products that a text names, longest first, in order."""
        index = self._trade_index
        found: list[IndustryMention] = []
        for match in index.pattern.finditer(text):
            words, start, end = match[0], match.start(), match.end()
            trade = index.by_name[words.casefold()]
            if _ASCII.match(words) and not _stands_alone(text, start, end, behind=False):
                continue
            if len(words) == 1 and _WORD_BEFORE.search(text[:start]):
                continue
            if trade.made and not _MADE_AFTER.match(text, end):
                continue
            found.append(IndustryMention(words, trade.ksic, trade.process, start))
        return found

    def industry_words(self, ksic: str) -> tuple[str, ...]:
        """Return the everyday words for a section or division ("C25"), empty if unknown."""
        words = [word for one in self.industries if one.ksic == ksic for word in one.words]
        words += [word for one in self.trades if one.ksic == ksic for word in one.words]
        return tuple(dict.fromkeys(words))

    def industry(self, ksic: str) -> Industry | None:
        """Return a section or division by code; longer codes ("C25924") give their division."""
        return self._industries_by_code.get(ksic[:3]) or self._industries_by_code.get(ksic)

    def size_classes(self, name: str) -> frozenset[str]:
        """Return a size class with all that it belongs to: 소기업 is also 중소기업."""
        for one in self.company_sizes:
            if name == one.name or name in one.names:
                return frozenset((one.name, *one.within))
        return frozenset()

    @cached_property
    def _industries_by_code(self) -> dict[str, Industry]:
        return {one.ksic: one for one in self.industries}

    @cached_property
    def _region_index(self) -> "_RegionIndex":
        by_name: dict[str, tuple[Region | Place, ...]] = {}
        known: list[Region | Place] = [*self.regions, *self.places]
        for one in known:
            for name in one.names:
                by_name[name.casefold()] = (*by_name.get(name.casefold(), ()), one)
        return _RegionIndex(_any_of(by_name), by_name)

    @cached_property
    def _trade_index(self) -> "_TradeIndex":
        by_name: dict[str, _TradeWord] = {}
        for industry in self.industries:
            for word in industry.made:
                by_name[word.casefold()] = _TradeWord(industry.ksic, None, made=True)
        for industry in self.industries:
            for word in industry.words:
                by_name[word.casefold()] = _TradeWord(industry.ksic, None)
        for trade in self.trades:
            for word in trade.words:
                by_name[word.casefold()] = _TradeWord(trade.ksic, trade.process)
        return _TradeIndex(_any_of(by_name), by_name)


@dataclass(frozen=True, slots=True)
class _TradeWord:
    ksic: str | None
    process: str | None
    made: bool = False


@dataclass(frozen=True, slots=True)
class _RegionIndex:
    pattern: re.Pattern[str]
    by_name: Mapping[str, tuple[Region | Place, ...]]


@dataclass(frozen=True, slots=True)
class _TradeIndex:
    pattern: re.Pattern[str]
    by_name: Mapping[str, _TradeWord]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    # An empty alternation would match everywhere; `(?!)` never does.
    return re.compile("|".join(map(re.escape, ordered)) or "(?!)", re.IGNORECASE)


def _prefixes(words: str, names: Mapping[str, object]) -> list[str]:
    """Return every name that the matched words start with, longest first."""
    return [words[:n] for n in range(len(words), 1, -1) if words[:n].casefold() in names]


def _ends_well(text: str, end: int, not_before: tuple[str, ...]) -> bool:
    return not text.startswith(not_before, end) if not_before else True


def _stands_alone(text: str, start: int, end: int, *, behind: bool) -> bool:
    """Tell whether a name is a word of its own and not the middle of another ("기아산업")."""
    before = text[:start]
    if _ASCII.match(text[start:end]):
        return not re.search(r"[A-Za-z]$", before) and not re.match(r"[A-Za-z]", text[end:])
    if behind or not _WORD_BEFORE.search(before) or _CLOSED_BEFORE.search(before):
        return True
    return _SURE_AFTER.match(text, end) is not None


def _certain(
    candidates: tuple["Region | Place", ...], text: str, end: int
) -> "Region | Place | None":
    """Return the one region meant, None where it is ambiguous or not meant as a place."""
    wide = [one for one in candidates if isinstance(one, Region)]
    # "광주" alone is the 광역시; the 시 in 경기 is said with its 도.
    chosen = wide[0] if wide else candidates[0]
    if not wide and len({(one.sido) for one in candidates if isinstance(one, Place)}) > 1:
        return None
    if not _ends_well(text, end, chosen.not_before):
        return None
    full = text[:end].endswith(chosen.official)
    if full or chosen.caution == "none":
        return chosen
    after = _STRICT_AFTER if chosen.caution == "strict" else _CAUTIOUS_AFTER
    return chosen if after.match(text, end) else None


def _joined(found: list[RegionMention], mention: RegionMention, text: str) -> list[RegionMention]:
    """Append a mention; a 시·군·구 right behind its 시·도 becomes one mention with it."""
    if found and mention.sigungu is not None:
        last = found[-1]
        gap = text[last.start + len(last.words) : mention.start]
        if last.sigungu is None and last.sido == mention.sido and not gap.strip(" "):
            words = text[last.start : mention.start + len(mention.words)]
            return [*found[:-1], RegionMention(mention.sido, words, mention.sigungu, last.start)]
    return [*found, mention]
