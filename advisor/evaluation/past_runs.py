"""Earlier runs in ADVISOR_HOME: the last scores of each set, with commit and day."""

import json
import logging
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from advisor.clock import now
from advisor.config import PROJECT_ROOT
from advisor.evaluation.outcome import Outcome
from advisor.stores.home import disk_errors

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PastRun:
    """Scores by item id of a set's last run, when and on which commit it ran."""

    commit: str
    at: str
    scores: Mapping[str, float]
    figures: Mapping[str, float]


class PastRuns:
    """Keeps one file a set under `evaluations/`; every run replaces the last."""

    def __init__(self, home: Path) -> None:
        """Keep them under this home."""
        self._folder = home.expanduser() / "evaluations"

    def last(self, name: str) -> PastRun | None:
        """Return the last run of a set; None where there is none that can be read."""
        path = self._path(name)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            scores = {str(key): float(one) for key, one in kept["scores"].items()}
            return PastRun(str(kept["commit"]), str(kept["at"]), scores, dict(kept["figures"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            logger.warning("last run of an evaluation cannot be read set=%s", name)
            return None

    def keep(self, outcome: Outcome, commit: str) -> None:
        """Keep a run in place of the last; raises HomeUnavailableError where it cannot be written."""
        kept = {
            "commit": commit, "at": now().isoformat(timespec="minutes"),
            "scores": {one.id: round(one.score, 6) for one in outcome.items},
            "figures": dict(outcome.figures),
        }  # fmt: skip
        path = self._path(outcome.name)
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            part.replace(path)

    def _path(self, name: str) -> Path:
        return self._folder / f"{re.sub(r'[^0-9A-Za-z가-힣._-]', '_', name)}.json"


def commit_here() -> str:
    """Return the short commit of this checkout, with a + where files differ; "-" outside of git."""
    try:
        found = subprocess.run(  # fixed words, no user input
            ["git", "describe", "--always", "--dirty=+", "--abbrev=7", "--exclude=*"],
            cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=10, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return "-"
    return found.stdout.strip() or "-"
