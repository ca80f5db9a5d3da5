import itertools

from advisor.chunking.documents import chunk_document
from advisor.domain.passages import Document, Page, Section

SENTENCE = "지원 대상은 제조 현장에 인공지능을 도입하려는 중소기업이며 신청서를 내야 합니다. "


def a_document(*texts: str, sections: tuple[Section, ...] = ()) -> Document:
    pages = tuple(Page(number, text) for number, text in enumerate(texts, start=1))
    return Document("guide", "안내서", "guide.pdf", "application/pdf", "0", pages, sections)


def test_a_chunk_stands_where_it_says():
    document = a_document(SENTENCE * 40, "짧은 쪽입니다.", SENTENCE * 20)

    for chunk in chunk_document(document):
        assert chunk.page is not None
        assert document.pages[chunk.page - 1].text[chunk.start : chunk.end] == chunk.text


def test_chunks_of_running_text_have_350_to_500_characters_and_end_with_a_sentence():
    chunks = chunk_document(a_document(SENTENCE * 40))

    assert all(350 <= len(chunk.text) <= 500 for chunk in chunks[:-1])
    assert all(chunk.text.endswith("합니다.") for chunk in chunks)


def test_neighbours_share_60_to_100_characters():
    chunks = chunk_document(a_document(SENTENCE * 40))

    overlaps = [before.end - after.start for before, after in itertools.pairwise(chunks)]
    assert overlaps
    assert all(60 <= overlap <= 100 for overlap in overlaps)


def test_no_text_is_lost():
    text = SENTENCE * 15
    chunks = chunk_document(a_document(text))

    covered = set()
    for chunk in chunks:
        covered |= set(range(chunk.start, chunk.end))
    assert "".join(char for at, char in enumerate(text) if at not in covered).strip() == ""


def test_ids_name_page_and_place():
    chunks = chunk_document(a_document(SENTENCE * 20, SENTENCE))

    assert [chunk.id for chunk in chunks][:2] == ["guide#p1-1", "guide#p1-2"]
    assert chunks[-1].id == "guide#p2-1"


def test_a_chunk_knows_the_headings_above_it_over_the_page_too():
    first = f"I. 개요\n{SENTENCE * 8}\n1. 대상\n{SENTENCE * 8}"
    second = f"{SENTENCE * 8}\nII. 방법\n{SENTENCE * 6}"
    document = a_document(
        first,
        second,
        sections=(
            Section("I. 개요", 1, 0, 0),
            Section("1. 대상", 2, 0, first.index("1. 대상")),
            Section("II. 방법", 1, 1, second.index("II. 방법")),
        ),
    )

    chunks = chunk_document(document)

    assert [(chunk.page, chunk.heading_path) for chunk in chunks] == [
        (1, ("I. 개요",)),
        (1, ("I. 개요", "1. 대상")),
        (2, ("I. 개요", "1. 대상")),
        (2, ("II. 방법",)),
    ]


def test_short_sections_go_into_one_chunk():
    text = "1. 대상\n중소기업\n2. 금액\n2억 원\n3. 문의\n1357"
    sections = tuple(
        Section(title, 2, 0, text.index(title)) for title in ("1. 대상", "2. 금액", "3. 문의")
    )

    assert [chunk.text for chunk in chunk_document(a_document(text, sections=sections))] == [text]


def test_a_heading_stays_with_what_it_stands_above():
    text = f"1. 개요\n{SENTENCE * 8}\n2. 자격\n□ 제한\n{SENTENCE * 6}"
    sections = (
        Section("1. 개요", 2, 0, 0),
        Section("2. 자격", 2, 0, text.index("2. 자격")),
        Section("□ 제한", 4, 0, text.index("□ 제한")),
    )

    chunks = chunk_document(a_document(text, sections=sections))

    assert chunks[1].text.startswith("2. 자격\n□ 제한")
    assert chunks[1].heading_path == ("2. 자격", "□ 제한")


def test_an_empty_page_gives_no_chunk():
    assert chunk_document(a_document("", "  \n ")) == []


def test_text_without_a_single_blank_is_cut_all_the_same():
    chunks = chunk_document(a_document("가" * 1300))

    assert max(len(chunk.text) for chunk in chunks) <= 500
