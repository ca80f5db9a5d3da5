import itertools
from dataclasses import replace

from advisor.chunking.documents import chunk_document
from advisor.domain.passages import Document, DocumentTable, Page, Section, TableCell

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


def a_table(text, rows, **more):
    """Return a table whose rows stand in the text as lines with tabs."""
    cells = tuple(
        TableCell(row, column, 1, 1, words)
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
    )
    lines = []
    for row, line in enumerate(rows):
        start = text.index("\t".join(line))
        lines.append((row, start, start + len("\t".join(line))))
    return replace(DocumentTable(0, cells, tuple(lines), header_rows=1), **more)


def with_table(before: str, rows: list[list[str]], after: str = "") -> Document:
    text = "\n".join(filter(None, [before, *("\t".join(row) for row in rows), after]))
    return replace(a_document(text), tables=(a_table(text, rows),))


def test_every_chunk_of_a_table_repeats_what_names_its_columns():
    rows = [["구분", "지원 한도"], *([f"과제 {n:02d} {'가' * 40}", f"{n}억 원"] for n in range(20))]

    chunks = chunk_document(with_table("지원 규모", rows))

    assert len(chunks) > 1
    assert all(chunk.text.startswith("지원 규모\n구분 | 지원 한도\n과제") for chunk in chunks)
    assert all(len(chunk.text) <= 500 for chunk in chunks)
    assert sum(chunk.text.count("억 원") for chunk in chunks) == 20


def test_a_row_under_a_merged_cell_says_whose_it_is():
    text = "구분\t세부\n상반기\t전략형\n일반형"
    cells = (
        TableCell(0, 0, 1, 1, "구분"),
        TableCell(0, 1, 1, 1, "세부"),
        TableCell(1, 0, 2, 1, "상반기"),
        TableCell(1, 1, 1, 1, "전략형"),
        TableCell(2, 1, 1, 1, "일반형"),
    )
    table = DocumentTable(0, cells, ((0, 0, 5), (1, 6, 13), (2, 14, 17)), header_rows=1)

    chunks = chunk_document(replace(a_document(text), tables=(table,)))

    assert [chunk.text for chunk in chunks] == ["구분 | 세부\n상반기 | 전략형\n상반기 | 일반형"]
    assert (chunks[0].part, chunks[0].start, chunks[0].end) == ("table", 0, 17)


def test_running_text_around_a_table_keeps_its_own_chunks_and_places():
    rows = [["구분", "금액"], ["일반", "1억 원"]]
    document = with_table(SENTENCE * 8, rows, SENTENCE * 8)

    chunks = chunk_document(document)

    assert [chunk.part for chunk in chunks] == ["text", "table", "text"]
    page = document.pages[0].text
    for chunk in chunks:
        if chunk.part == "text":
            assert page[chunk.start : chunk.end].strip() == chunk.text
        else:
            assert page[chunk.start : chunk.end] == "구분\t금액\n일반\t1억 원"


def test_a_chunk_is_searched_in_nfkc_and_quoted_as_written():
    document = a_document("① ２억 원 이내, 100㎡ 이상 ᄒᆞᆫ글 파일 제출")

    chunk = chunk_document(document)[0]

    assert chunk.text == "1 2억 원 이내, 100m2 이상 한글 파일 제출"
    assert document.pages[0].text[chunk.start : chunk.end].startswith("① ２억 원")
