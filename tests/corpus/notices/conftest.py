from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.compose import compose
from advisor.corpus.formats.reading import PageRead, Paragraph, Reading, Table, grid
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.passages import Document
from advisor.domain.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(PROJECT_ROOT / "corpus")


@pytest.fixture
def a_notice() -> Callable[..., Document]:
    """Make a document of lines and tables (lists of rows), as a reader gives it."""

    def make(*blocks: str | list[list[str]], title: str = "시험 공고") -> Document:
        read: list[Paragraph | Table] = [
            Paragraph(one) if isinstance(one, str) else grid(one) for one in blocks
        ]
        composed = compose(Reading((PageRead(1, tuple(read)),)))
        return Document(
            "notice-1", title, str(Path("notice.pdf")), "application/pdf", "0" * 64,
            composed.pages, composed.sections, (), composed.tables,
        )  # fmt: skip

    return make
