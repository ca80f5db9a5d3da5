"""Prints how often an owner's free answer is read as the right level (exact, within one).

The 64 sample utterances are read without the one in question among the known sayings; the sets
of `tests/data/readiness_utterances.yaml` are read with all of them.
Run from the root of the repository: `.venv/bin/python -m benchmarks.readiness_talk [--misses a,b]`.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import yaml
from numpy.typing import NDArray

from advisor.config import Settings
from advisor.corpus.readiness import load_instrument
from advisor.corpus.readiness_talk import load_cues, load_sayings
from advisor.diagnosis.reading import Reading
from advisor.diagnosis.talk import AnswerReader
from advisor.domain.instrument import Instrument, Signal
from advisor.stores.embedder import load_embedder
from advisor.stores.home import Home

UTTERANCES = Path(__file__).resolve().parents[1] / "tests" / "data" / "readiness_utterances.yaml"


@dataclass(frozen=True, slots=True)
class Read:
    """One utterance, the level it was written for and what it was read as."""

    item: str
    level: int
    words: str
    reading: Reading

    @property
    def distance(self) -> int:
        """How many levels off; five where no level was found."""
        return 5 if self.reading.level is None else abs(self.reading.level - self.level)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", default="", help="sets whose misread utterances are shown")
    shown = set(parser.parse_args().misses.split(","))
    settings = Settings()
    home = Home(settings.home)
    home.create()
    embedder = load_embedder(settings.embedding_model, models=home.models, threads=settings.threads)
    instrument = load_instrument(settings.corpus)
    cues = load_cues(settings.corpus, instrument)
    # Every reader knows nearly the same sayings: each is embedded once.
    vectors: dict[str, NDArray[np.float32]] = {}

    def embed_known(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in vectors]
        if new:
            vectors.update(zip(new, embedder.embed_passages(new), strict=True))
        return np.stack([vectors[text] for text in texts])

    sayings = load_sayings(settings.corpus, instrument)
    reader = AnswerReader(instrument, cues, sayings, embedder.embed_passages, embed_known)

    def read_samples() -> Iterator[Read]:
        for item in instrument.items:
            for signal in item.signals:
                alone = AnswerReader(
                    _without(instrument, item.id, signal), cues, sayings, embed_known, embed_known
                )
                yield Read(item.id, signal.value, signal.say, alone.read(item.id, signal.say))

    sets = yaml.safe_load(UTTERANCES.read_text(encoding="utf-8"))
    _report("64 samples", list(read_samples()), show="samples" in shown)
    for name, by_item in sets.items():
        started = perf_counter()
        reads = [
            Read(item, level, words, reader.read(item, words))
            for item, pairs in by_item.items()
            for level, words in pairs
        ]
        took = (perf_counter() - started) * 1000 / len(reads)
        _report(f"set {name}", reads, show=name in shown)
        print(f"           {took:.1f} ms an answer, the item's sayings included")


def _report(name: str, reads: list[Read], *, show: bool) -> None:
    def share(found: Iterable[bool]) -> float:
        counted = list(found)
        return sum(counted) / len(counted) if counted else 0.0

    sure = [one for one in reads if one.reading.is_sure]
    by_cue = [one for one in reads if one.reading.ground == "cue"]
    print(
        f"{name:11}n={len(reads):3}  exact {share(r.distance == 0 for r in reads):.3f}  "
        f"within one {share(r.distance <= 1 for r in reads):.3f}  "
        f"by cue {len(by_cue) / len(reads):.2f} (exact {share(r.distance == 0 for r in by_cue):.2f})  "
        f"sure {len(sure) / len(reads):.2f} (exact {share(r.distance == 0 for r in sure):.2f})"
    )
    if show:
        for one in reads:
            if one.distance:
                read = one.reading
                print(
                    f"   {one.item} {one.level} read {read.level} {read.ground} "
                    f"{read.status.value}  {one.words}"
                )


def _without(instrument: Instrument, item_id: str, signal: Signal) -> Instrument:
    items = tuple(
        item
        if item.id != item_id
        else item.model_copy(
            update={"signals": tuple(one for one in item.signals if one != signal)}
        )
        for item in instrument.items
    )
    return Instrument.model_construct(**{**dict(instrument), "items": items})


if __name__ == "__main__":
    main()
