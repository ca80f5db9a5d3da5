"""All that a cited source says: the fields of a record, its sources' words, what the day makes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from advisor.answering.bearing import Bearing
from advisor.answering.statements import statements
from advisor.corpus.load import as_plain
from advisor.domain.instrument import Instrument
from advisor.domain.money import format_krw
from advisor.domain.records import Corpus
from advisor.matching.windows import window_on

# A field's number reads as money where its name says so.
_WON = "_krw"


class Grounds:
    """What the records of one corpus say on a day; each is read once."""

    def __init__(self, corpus: Corpus, instrument: Callable[[], Instrument] | None = None) -> None:
        """Keep the corpus; records are read when a citation asks for them.

        The words of the readiness instrument are the engine's own: what it says of a company's
        level and steps rests on the company's answers and has no other source.
        """
        self.corpus = corpus
        self._instrument = instrument
        self._say = lru_cache(maxsize=2048)(self._read)

    @cached_property
    def own(self) -> Bearing:
        """What the words of the readiness instrument bear."""
        plain = self._instrument().model_dump(mode="json") if self._instrument else None
        return Bearing("\n".join(_leaves(plain)))

    def with_corpus(self, corpus: Corpus) -> "Grounds":
        """Return the same over other records."""
        return Grounds(corpus, self._instrument)

    def text(self, citation: Mapping[str, Any], today: date) -> str:
        """Return all that bears a citation: the whole record, or an ingested document's quoted words."""
        record_id, quote = str(citation["record_id"]), str(citation.get("quote") or "")
        title = str(citation.get("title") or "")
        if record_id in self.corpus:
            return f"{title}\n{self._say(record_id, today)}"
        return f"{title}\n{quote}"

    def _read(self, record_id: str, today: date) -> str:
        record = self.corpus.record(record_id)
        lines = [
            f"{one.label}: {one.text}" if one.label else one.text
            for one in statements(
                record, today=today, window_of=lambda program: window_on(program.window, today)
            )
        ]
        return "\n".join(dict.fromkeys((*lines, *_leaves(as_plain(record)))))


def _leaves(value: Any, name: str = "") -> Iterator[str]:
    """Yield every value of a record as words, numbers in the ways that people write them."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _leaves(one, name)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int) and name.endswith(_WON):
        yield format_krw(value)
    elif isinstance(value, float) and 0 < value <= 1:
        yield f"{value * 100:.10g}%"
    elif isinstance(value, int) and name.endswith("year"):
        yield f"{value}년 기준"
    else:
        yield str(value)
