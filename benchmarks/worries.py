"""How well complaints are heard: each saying of `worries.yaml` read by a fit without its fold.

    .venv/bin/python benchmarks/worries.py

Prints, for each least lean: the share of complaints that reach it, of those the share that lean to
the right solution, and the share of other messages that reach it too.
"""

import sys

import numpy as np

from advisor.config import Settings
from advisor.conversation.hearing import HEARD, HEARD_LOUD, HEARD_OVER
from advisor.corpus.lexicon import load_lexicon
from advisor.intake.worries import NO_WORRY, Fit
from advisor.stores.embedder import load_embedder
from advisor.stores.home import Home

FOLDS = 8


def main() -> None:
    """Print the table."""
    settings = Settings()
    sayings = load_lexicon(settings.corpus).worries
    names = list(sayings)
    none = names.index(NO_WORRY)
    texts = [say for found in sayings.values() for say in found]
    right = np.array([at for at, found in enumerate(sayings.values()) for _ in found])
    embedder = load_embedder(
        settings.embedding_model, models=Home(settings.home).models, threads=settings.threads
    )
    vectors = embedder.embed_passages(texts)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(texts))
    lean = np.zeros((len(texts), len(names)))
    for out in range(FOLDS):
        known = fold != out
        fit = Fit.of(vectors[known], np.eye(len(names))[right[known]])
        lean[~known] = fit.lean(vectors[~known])
    beyond = lean - np.maximum(lean[:, [none]], 0)
    beyond[:, none] = -np.inf
    best, lead = beyond.argmax(axis=1), beyond.max(axis=1)
    is_worry = right != none
    sys.stdout.write(f"{is_worry.sum()} complaints, {(~is_worry).sum()} other messages\n")
    for least in (HEARD, HEARD_OVER, HEARD_LOUD):
        heard = lead >= least
        both = heard & is_worry
        sys.stdout.write(
            f"lean >= {least}: heard {both.sum() / is_worry.sum():.3f}, "
            f"right of those {(best == right)[both].mean():.3f}, "
            f"others heard {(heard & ~is_worry).sum() / (~is_worry).sum():.3f}\n"
        )


if __name__ == "__main__":
    main()
