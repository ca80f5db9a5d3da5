"""Records named in a question, by name, short name or nickname (pure)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from advisor.domain.passages import Kind
from advisor.domain.question import NameHit

# Words that many names share: they are no name by themselves and fall off the end of one.
GENERIC = (
    "지원사업", "구축지원사업", "구축사업", "지원", "사업", "구축", "프로젝트", "제도", "스마트공장", "종합지원",
    "활용지원", "보급사업", "조성지원", "실증사업", "육성", "특별자금", "자금", "융자", "협약", "데이터셋",
    "솔루션", "시스템", "플랫폼", "센터", "진흥원", "연구원", "AI", "KAMP", "제조AI", "스마트제조",
)  # fmt: skip
_STRIP = re.compile(r"[\s·・,./()\[\]<>「」『』'\"“”‘’~\-–—_]+")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"^(?:20\d{2}(?:년도?|년)?)|(?:20\d{2})$")


def squeeze(text: str) -> str:
    """Fold width and case and drop what people leave out: spaces, dots, dashes, brackets.

    >>> squeeze("AI·AX 경쟁력 강화 우대보증")
    'aiax경쟁력강화우대보증'
    """
    return _STRIP.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True, slots=True)
class Named:
    """A record with all it is called by. `year` is that of the edition, where it has one."""

    record_id: str
    kind: Kind
    names: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Squeezed names to records, and how rare each pair of letters is among names."""

    entries: dict[str, tuple[tuple[str, Kind], ...]] = field(default_factory=dict)
    cores: dict[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    @classmethod
    def build(cls, records: Iterable[Named]) -> "NameIndex":
        """Index every name, and each without its generic ends and its brackets."""
        entries: dict[str, list[tuple[str, Kind]]] = {}
        cores: dict[str, tuple[frozenset[str], ...]] = {}
        counts: Counter[str] = Counter()
        for record in records:
            forms = {form for name in record.names for form in short_forms(name)}
            for form in forms:
                entries.setdefault(form, []).append((record.record_id, record.kind))
            pairs = tuple(
                frozenset(_pairs(core)) for name in record.names if len(core := _core(name)) >= 3
            )
            cores[record.record_id] = pairs
            counts.update(set().union(*pairs) if pairs else ())
        weights = {pair: 1.0 / count**0.5 for pair, count in counts.items()}
        return cls({form: tuple(ids) for form, ids in entries.items()}, cores, weights)

    def find(self, text: str) -> list[NameHit]:
        """Return the records named in the text, longest name first.

        A name inside a longer matched name ("바우처" in "AI바우처") does not count. `strength` falls
        with the number of records that share the name.
        """
        plain = squeeze(text)
        spans: list[tuple[int, int]] = []
        hits: dict[str, NameHit] = {}
        for form in sorted(self.entries, key=len, reverse=True):
            start = plain.find(form)
            while start >= 0:
                end = start + len(form)
                if _stands_alone(form, text) and not any(
                    a <= start and end <= b and (a, b) != (start, end) for a, b in spans
                ):
                    spans.append((start, end))
                    owners = self.entries[form]
                    for record_id, kind in owners:
                        strength = min(1.0, len(form) / 8) / len(owners) ** 0.5
                        if record_id not in hits or hits[record_id].strength < strength:
                            hits[record_id] = NameHit(record_id, kind, form, strength)
                start = plain.find(form, end)
        return sorted(hits.values(), key=lambda hit: (-len(hit.words), hit.record_id))

    def likeness(self, text: str, record_id: str) -> float:
        """Return how much of the record's best matching name stands in the text, 0 to 1."""
        have = set(_pairs(squeeze(text)))
        best = 0.0
        for core in self.cores.get(record_id, ()):
            total = sum(self.weights.get(pair, 1.0) for pair in core)
            if total:
                shared = sum(self.weights.get(pair, 1.0) for pair in core & have)
                best = max(best, shared / total)
        return best


def short_forms(name: str) -> set[str]:
    """Return the squeezed forms of a name that can stand for it: four letters and more.

    >>> sorted(short_forms("자율형공장 구축 지원사업"))
    ['자율형공장', '자율형공장구축', '자율형공장구축지원사업']
    """
    bare = _PARENTHESES.sub(" ", name)
    forms = {squeeze(name), squeeze(bare)}
    # "…촉진에 관한 법률(스마트제조혁신법)": what stands in brackets is often the name in use.
    forms |= {squeeze(part) for part in _PARENTHESES.findall(name) if len(squeeze(part)) >= 4}
    words = bare.split()
    while len(words) > 1 and (words[-1] in GENERIC or _YEAR.fullmatch(words[-1])):
        words = words[:-1]
        forms.add(squeeze(" ".join(words)))
    while len(words) > 1 and _YEAR.match(words[0]):
        words = words[1:]
        forms.add(squeeze(" ".join(words)))
    generic = {squeeze(word) for word in GENERIC}
    return {form for form in forms if len(form) >= (2 if len(name) <= 4 else 3)} - generic


def _core(name: str) -> str:
    words = [
        word
        for word in _PARENTHESES.sub(r" \1 ", name).split()
        if word not in GENERIC and not _YEAR.fullmatch(word)
    ]
    return squeeze(" ".join(words))


def _pairs(text: str) -> Iterable[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


def _stands_alone(form: str, text: str) -> bool:
    """A short Latin name ("MES") is no part of a longer Latin word; others may touch anything."""
    if not form.isascii() or len(form) > 7:
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])", text.casefold()) is not None
