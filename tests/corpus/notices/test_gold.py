"""The rules on the gold notices: no worse than when they were measured, every quote exact."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from advisor.corpus.documents import read_document
from advisor.corpus.notices.find import find_fields
from advisor.domain.passages import Document
from advisor.domain.vocabulary import Vocabulary
from benchmarks.notices import TODAY, measure, table
from tests.notice_files import gold_notices, write_notice

# All are known by now; what each said when it was new is in RESULTS.md.
LEAST = {"held_out": (0.98, 0.98), "voices": (0.99, 0.99), "last": (0.98, 0.97)}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Document]:
    folder: Path = tmp_path_factory.mktemp("notices")
    notices = [one for half in LEAST for one in gold_notices(half)]
    # Each is read in a child process of its own.
    with ThreadPoolExecutor(2) as pool:
        read = pool.map(lambda one: read_document(write_notice(one, folder)), notices)
    return {one.id: document for one, document in zip(notices, read, strict=True)}


def test_the_rules_read_the_gold_notices_as_well_as_when_they_were_measured(
    documents: Mapping[str, Document],
) -> None:
    for half, (precision, recall) in LEAST.items():
        right, found, there = table(measure(gold_notices(half), documents))["all"]
        assert right / found >= precision, half
        assert right / there >= recall, half


def test_every_quote_stands_in_the_document_letter_by_letter(
    documents: Mapping[str, Document], vocabulary: Vocabulary
) -> None:
    for document in documents.values():
        for field in find_fields(document, vocabulary, today=TODAY):
            pages = [one.text for one in document.pages if one.number == field.page]
            assert field.quote, (document.path, field.name)
            assert any(field.quote in text for text in pages), (document.path, field.name)
