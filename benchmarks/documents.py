"""How documents are read when they are hostile or damaged: outcomes, seconds, memory.

    python -m benchmarks.documents hostile FOLDER       files of make_hostile_files.py
    python -m benchmarks.documents damage FOLDER [-n 1000] [--seed 1]   flips and cuts of real files
    python -m benchmarks.documents speed FOLDER         seconds per file

Every file ends in a text or in a refusal with its sentence; anything else is printed as FAILED.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from advisor.corpus.documents import read_document
from advisor.errors import BadInputError

MOST_S = 60.0
MOST_MB = 1536


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `text` where it was read, `refusal` where it was not."""

    name: str
    seconds: float
    text: str | None = None
    refusal: str = ""
    failure: str = ""


def outcome_of(path: Path) -> Outcome:
    """Read a file and say how it ended; any other exception than a refusal is a failure."""
    started = time.perf_counter()
    try:
        document = read_document(path)
    except BadInputError as error:
        sentence = str(error.user_message)
        return Outcome(path.name, time.perf_counter() - started, refusal=sentence)
    except Exception as error:  # noqa: BLE001  what is looked for
        took = time.perf_counter() - started
        return Outcome(path.name, took, failure=f"{type(error).__name__}: {error}")
    text = "\n".join(page.text for page in document.pages)
    return Outcome(path.name, time.perf_counter() - started, text=text)


def hostile_faults(folder: Path, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield what is wrong with the outcomes of the hostile set, by its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    expected = {one["file"]: one for one in manifest["files"]}
    secret = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    for one in outcomes:
        wanted = expected[one.name]
        if one.failure:
            yield f"{one.name}: {one.failure}"
        if one.seconds > MOST_S:
            yield f"{one.name}: {one.seconds:.1f} s"
        if wanted["expect"] == "reject" and one.text is not None:
            yield f"{one.name}: read, should be refused"
        if wanted["expect"] == "text" and wanted["phrase"] not in (one.text or ""):
            yield f"{one.name}: the phrase is missing ({one.refusal})"
        if one.text is not None and not one.text.strip():
            yield f"{one.name}: silently empty"
        if secret and len(secret) > 3 and secret in (one.text or ""):
            yield f"{one.name}: leaks a local file"
    for place in (folder, *folder.parents, Path("/")):
        for found in place.glob("hostile_pwned*"):
            yield f"{found}: written outside"


def damaged(folder: Path, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of damaged files: three in four with flipped bytes, the others cut."""
    chance = random.Random(seed)
    files = sorted(path for path in folder.iterdir() if path.suffix not in {".yaml", ".md"})
    for number in range(count):
        path = files[number % len(files)]
        data = bytearray(path.read_bytes())
        if number % 4 == 3:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.choice((1, 4, 32, 256))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield f"{number:04d}-{path.name}", bytes(data)


def damage_faults(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the outcomes that are no text and no refusal, took too long or are silently empty."""
    for one in outcomes:
        if one.failure:
            yield f"{one.name}: {one.failure}"
        if one.seconds > MOST_S:
            yield f"{one.name}: {one.seconds:.1f} s"
        if one.text is not None and not one.text.strip():
            yield f"{one.name}: silently empty"


def run_damage(folder: Path, count: int, seed: int) -> list[Outcome]:
    """Read damaged files, two at a time."""

    def run(one: tuple[str, bytes]) -> Outcome:
        name, data = one
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / name
            path.write_bytes(data)
            return outcome_of(path)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, damaged(folder, count, seed)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["hostile", "damage", "speed"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "damage":
        outcomes = run_damage(options.folder, options.n, options.seed)
        faults = list(damage_faults(outcomes))
    else:
        paths = [path for path in sorted(options.folder.iterdir()) if path.suffix != ".json"]
        outcomes = [outcome_of(path) for path in paths]
        is_hostile = options.what == "hostile"
        faults = list(
            hostile_faults(options.folder, outcomes) if is_hostile else damage_faults(outcomes)
        )
        for one in outcomes:
            ending = one.refusal or f"{len(one.text or '')} characters"
            print(f"{one.seconds:6.2f} s  {one.name:45} {ending}")
    seconds = sorted(one.seconds for one in outcomes)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    endings = Counter("read" if one.text is not None else one.refusal for one in outcomes)
    for ending, number in endings.most_common():
        print(f"{number:5}  {ending}")
    print(
        f"files={len(outcomes)} median={seconds[len(seconds) // 2]:.2f}s longest={seconds[-1]:.2f}s "
        f"peak={peak:.0f}MB faults={len(faults)}"
    )
    if peak > MOST_MB:
        faults.append(f"peak memory {peak:.0f} MB")
    for fault in faults:
        print("FAILED", fault)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
