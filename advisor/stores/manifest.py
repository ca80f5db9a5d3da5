"""Which generation of the index is in use, and what it was built with."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from advisor.stores.home import write_atomically

FILE = "manifest.json"
# Raise when an older index cannot be used by this program any more.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a question that the corpus bears reaches at the least (see `retrieval.calibrate`)."""

    min_similarity: float
    min_coverage: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """The generation that answers.

    Attributes:
        generation: Name of its folder below `index/`, or of its collection on a server.
        digest: Of all chunks in it.
        count: How many chunks it holds.
    """

    generation: str
    model_id: str
    dimensions: int
    tokenizer_id: str
    digest: str
    count: int
    calibration: Calibration
    version: int = VERSION


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an index folder; None where there is none that can be used."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
        found = Manifest(**{**plain, "calibration": Calibration(**plain["calibration"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if found.version == VERSION else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Switch to a generation in one step; raises HomeUnavailableError, the old one then stays."""
    write_atomically(folder / FILE, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
