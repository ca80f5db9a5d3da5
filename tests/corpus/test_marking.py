from advisor.corpus.marking import Span, find_words

PAGE = "지원 내용\n최대 2억 원을\n지원합니다.\n구분\t한도\n일반형\t5천만 원\n전략형\t2억 원"


def marked(words: str, within: tuple[int, int] | None = None) -> list[str]:
    return [PAGE[one.start : one.end] for one in find_words(PAGE, words, within=within)]


def test_words_are_found_whatever_the_spaces_and_line_ends():
    assert marked("최대 2억원을 지원합니다") == ["최대 2억 원을\n지원합니다"]


def test_each_cell_of_a_row_is_marked():
    assert marked("일반형 | 5천만 원") == ["일반형\t5천만 원"]


def test_lines_that_do_not_follow_each_other_are_marked_one_by_one():
    assert marked("지원 내용\n구분\t한도\n전략형") == ["지원 내용", "구분\t한도", "전략형"]


def test_of_two_places_the_one_within_the_cited_piece_is_marked():
    start = PAGE.index("전략형")

    assert find_words(PAGE, "2억 원", within=(start, len(PAGE))) == (
        Span(PAGE.rindex("2억 원"), len(PAGE)),
    )


def test_a_short_word_alone_or_one_that_is_not_there_marks_nothing():
    assert marked("한도") == []
    assert marked("최대 9억 원을 지원합니다") == []


def test_compatibility_forms_are_the_same_letters():
    text = "AI 공장 ㈜한빛 ２０２６년"

    found = find_words(text, "(주)한빛 2026년")

    assert [text[one.start : one.end] for one in found] == ["㈜한빛 ２０２６년"]
