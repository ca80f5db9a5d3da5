"""`corpus/vocabulary/*.yaml` to the closed lists."""

from pathlib import Path

from advisor.domain.vocabulary import Vocabulary


def load_vocabulary(corpus_folder: Path) -> Vocabulary:
    """Read regions, industries, company sizes and profile fields of a corpus folder."""
    return Vocabulary()
