"""`python -m advisor.stores.vector_check`: opens a generation where a crash hurts nobody.

Reads the question as JSON from standard input (`folder`, `count`, `dimensions`, `sample` of ids and
vectors) and ends with 0 where the generation is sound.
"""

import json
import sys
from pathlib import Path

import numpy as np

from advisor.stores.vector_store import finds_itself, open_folder


def main() -> int:
    """Check; return the exit code."""
    question = json.load(sys.stdin)
    store = open_folder(Path(question["folder"]), dimensions=question["dimensions"])
    sample = [(one["id"], np.asarray(one["vector"], np.float32)) for one in question["sample"]]
    return 0 if finds_itself(store, question["count"], sample) else 3


if __name__ == "__main__":
    sys.exit(main())
