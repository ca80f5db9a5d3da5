import pytest

from advisor.answering.figures import FigureKind, find_figures, korean_number


def values(text: str, kind: FigureKind) -> list[str]:
    return [figure.value for figure in find_figures(text) if figure.kind is kind]


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("2억 5천만 원", ["250000000"]),
        ("2억 5,000만원", ["250000000"]),
        ("2.5억원", ["250000000"]),
        ("250,000,000원", ["250000000"]),
        ("250백만원", ["250000000"]),
        ("250,000천원", ["250000000"]),
        ("２억５천만 원", ["250000000"]),
        ("2억5천 정도", ["250000000"]),
        ("일억이천만 원", ["120000000"]),
        ("오천만 원", ["50000000"]),
        ("1조 2,000억 원", ["1200000000000"]),
        ("3백만원을", ["3000000"]),
        ("3천5백만원", ["35000000"]),
        ("매출 82억", ["8200000000"]),
        ("매출 8.2억", ["820000000"]),
        ("2,000만", ["20000000"]),
        ("1~2억 원", ["100000000", "200000000"]),
        ("5천만~1억 원", ["50000000", "100000000"]),
        ("5천~1억 원", ["50000000", "100000000"]),
        ("5,000만 원에서 1억 원", ["50000000", "100000000"]),
        ("100만원 이상 300만원 이하", ["1000000", "3000000"]),
        ("KRW 200 million", ["200000000"]),
        ("200 million won", ["200000000"]),
        ("₩50,000,000", ["50000000"]),
        ("3만 명", []),
        ("100억 달러", []),
        ("3원칙", []),
    ],
)
def test_an_amount_is_the_same_number_of_won_however_it_is_written(text, won):
    assert values(text, FigureKind.AMOUNT) == won


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026. 2. 9.", ["2026-02-09"]),
        ("2026.2.9", ["2026-02-09"]),
        ("2026-02-09", ["2026-02-09"]),
        ("2026년 2월 9일(월)", ["2026-02-09"]),
        ("'26. 2. 9.", ["2026-02-09"]),
        ("4월 9일", ["04-09"]),
        ("4. 9.까지", ["04-09"]),
        ("2026. 2. 9.(월) ~ 3. 13.(금)", ["2026-02-09", "2026-03-13"]),
        ("2026년 2월 9일부터 3월 13일까지", ["2026-02-09", "2026-03-13"]),
        ("2월 2일~13일", ["02-02", "02-13"]),
        ("2025. 12. 20. ~ 1. 10.", ["2025-12-20", "2026-01-10"]),
        ("2025.12", ["2025-12"]),
        ("2026년도", ["2026"]),
        ("공고 제2026-12호", []),
        ("12.5%", []),
    ],
)
def test_a_date_has_one_form_however_it_is_written(text, days):
    assert values(text, FigureKind.DATE) == days


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("40~50%", FigureKind.RATE, ["40", "50"]),
        ("70 퍼센트", FigureKind.RATE, ["70"]),
        ("100분의 50", FigureKind.RATE, ["50"]),
        ("연 2.0%", FigureKind.RATE, ["2"]),
        ("0.3%p", FigureKind.POINTS, ["0.3"]),
        ("0.3%포인트", FigureKind.POINTS, ["0.3"]),
        ("0.3%p", FigureKind.RATE, []),
        ("044-300-0941", FigureKind.PHONE, ["0443000941"]),
        ("(044) 300-0941", FigureKind.PHONE, ["0443000941"]),
        ("국번없이 1357", FigureKind.PHONE, ["1357"]),
        ("1588-0000", FigureKind.PHONE, ["15880000"]),
        ("오후 6시", FigureKind.TIME, ["18:00"]),
        ("18:00까지", FigureKind.TIME, ["18:00"]),
        ("https://www.example.org/a/", FigureKind.URL, ["example.org/a"]),
        ("서른 명", FigureKind.COUNT, ["30명"]),
        ("30여명", FigureKind.COUNT, ["30명"]),
        ("10~49인", FigureKind.COUNT, ["10명", "49명"]),
        ("3만 명", FigureKind.COUNT, ["30000명"]),
        ("1년", FigureKind.COUNT, ["12개월"]),
        ("12개월", FigureKind.COUNT, ["12개월"]),
        ("두 배", FigureKind.COUNT, ["2배"]),
        ("1,200개사", FigureKind.COUNT, ["1200개사"]),
    ],
)
def test_other_figures_have_one_form_too(text, kind, expected):
    assert values(text, kind) == expected


def test_a_word_that_only_begins_like_a_unit_is_no_figure():
    assert find_figures("인공지능 대기업 3원칙, 2차 사업 5개 분야") == ()


def test_a_mixed_number_adds_up():
    assert int(korean_number("3억 2,500만 7천")) == 325_007_000
