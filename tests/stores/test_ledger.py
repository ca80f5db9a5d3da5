from collections.abc import Iterator

import numpy as np
import pytest

from advisor.config import Settings
from advisor.domain.passages import (
    Chunk,
    Document,
    DocumentTable,
    Kind,
    Page,
    Section,
    TableCell,
)
from advisor.stores.database import open_database
from advisor.stores.ledger import Ledger, searched_text, text_digest


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    engine = open_database(settings)
    yield Ledger(engine)
    engine.dispose()


def a_chunk(source: str, part: str = "what", text: str = "불량 검사") -> Chunk:
    return Chunk(f"{source}#{part}", source, Kind.PROGRAM, "제목", part, text, end=len(text))


def a_document(digest: str = "1" * 64) -> Document:
    return Document(
        "doc-a", "공고", "/공고.pdf", "application/pdf", digest,
        (Page(1, "첫 쪽", raw="첫\n쪽"), Page(2, "둘째 쪽", "원가", hidden=True)),
        (Section("Ⅰ. 개요", 1, 0, 0),), (3,),
        (
            DocumentTable(1, (TableCell(0, 0, 1, 2, "구분"),), ((0, 0, 2),), 1, None, "표 1"),
            DocumentTable(1, (), (), inside=0, is_box=True),
        ),
        ("그림은 읽지 못했습니다.",), {"author": "김", "attachments": ("a.pdf", "b.hwp")},
    )  # fmt: skip


def test_records_that_change_or_go_take_their_chunks_along(ledger):
    ledger.put_records({"a": [a_chunk("a"), a_chunk("a", "money")], "b": [a_chunk("b")]}, ())

    ledger.put_records({"a": [a_chunk("a", text="납기 예측")]}, ["b"])

    assert [(one.id, one.text) for one in ledger.chunks()] == [("a#what", "납기 예측")]
    assert list(ledger.source_digests(records=True)) == ["a"]


def test_a_document_comes_back_as_it_was_put(ledger):
    chunk = Chunk(
        "doc-a#p2-1", "doc-a", Kind.DOCUMENT, "공고", "text", "둘째", ("Ⅰ. 개요", "1. 대상"), 2, 0, 2,
        ("경기",),
    )  # fmt: skip

    ledger.put_document(a_document(), [chunk])

    assert ledger.document("doc-a") == a_document()
    assert ledger.document_digest("doc-a") == "1" * 64
    assert ledger.chunks() == [chunk]
    assert ledger.source_digests(records=True) == {}


def test_a_deleted_document_leaves_nothing(ledger):
    ledger.put_document(a_document(), [a_chunk("doc-a")])

    assert ledger.delete_document("doc-a")

    assert ledger.document("doc-a") is None
    assert ledger.chunks() == []
    assert not ledger.delete_document("doc-a")


def test_vectors_and_terms_belong_to_the_text_and_the_model(ledger):
    chunk = a_chunk("a")
    digest = text_digest(chunk)
    ledger.put_records({"a": [chunk]}, ())
    ledger.put_vectors("m1", {digest: np.array([0.6, 0.8], np.float32)})
    ledger.put_terms("t1", {digest: ["불량", "검사", "불량"]})

    assert ledger.vectors([digest], "m2") == {}
    assert ledger.vectors([digest], "m1")[digest].tolist() == pytest.approx([0.6, 0.8])
    assert ledger.terms([digest], "t1") == {digest: ["불량", "검사", "불량"]}

    ledger.put_records({}, ["a"])
    ledger.forget_unused()

    assert ledger.vectors([digest], "m1") == {}
    assert ledger.terms([digest], "t1") == {}


def test_what_is_searched_has_the_headings_above_it_once():
    chunk = Chunk(
        "d#p1-1", "d", Kind.DOCUMENT, "공고", "text", "2. 신청 자격\n중소기업", ("공고", "Ⅱ. 지원", "2. 신청  자격")
    )  # fmt: skip

    # NFKC writes "Ⅱ" as "II"; the title and the first line of the text are said already.
    assert searched_text(chunk) == "공고\nII. 지원\n2. 신청 자격\n중소기업"
