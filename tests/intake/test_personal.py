"""Personal numbers: what is masked, what stays, and that nothing else of a text changes."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.config import PROJECT_ROOT
from advisor.intake.personal import mask

LINES = [
    line.replace("\\n", "\n").replace("\\u200b", "\u200b")
    for line in (PROJECT_ROOT / "tests/data/personal_lines.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
NUMBER = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
MOBILE = "01012345678"
HIDERS = ["", "-", " ", ".", "\n", "\u200b", "–", "\u2060-", "\n-", " - "]


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_masked_where_its_reader_would_mask_it(line: str) -> None:
    masked, names = mask(NUMBER.sub(r"\2", line))

    assert masked == NUMBER.sub(r"[\1 가림]", line)
    assert set(names) == {found[0] for found in NUMBER.findall(line)}


@given(
    st.sampled_from(HIDERS), st.sampled_from(HIDERS), st.booleans(),
    st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=20),
)  # fmt: skip
def test_a_mobile_number_is_hidden_in_any_writing(
    first: str, second: str, is_wide: bool, around: str
) -> None:
    number = f"010{first}1234{second}5678"
    if is_wide:
        number = number.translate({ord("0") + one: 0xFF10 + one for one in range(10)})

    masked, names = mask(f"{around} 전화 {number} {around}")

    assert "휴대전화" in names
    assert "5678" not in masked
    assert "５６７８" not in masked


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 1, 1)),
    st.integers(0, 999_999),
)  # fmt: skip
def test_any_resident_number_behind_a_hyphen_is_hidden(born: date, rest: int) -> None:
    marker = "1" if born.year < 2000 else "3"
    number = f"{born:%y%m%d}-{marker}{rest:06d}"

    assert mask(f"제 번호 {number} 입니다") == (
        "제 번호 [주민등록번호 가림] 입니다",
        ("주민등록번호",),
    )


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)[0]

    assert mask(once)[0] == once


@given(
    st.text(
        st.characters(
            categories=("L", "P", "Z", "S", "M"), exclude_characters="공영빵일이둘삼사오육륙칠팔구@"
        ),
        max_size=200,
    )
)
def test_a_text_without_digits_stays_byte_for_byte(text: str) -> None:
    if "골뱅이" not in text:
        assert mask(text) == (text, ())


def test_every_phone_number_of_the_corpus_is_an_office_and_stays() -> None:
    numbers = {
        found
        for path in (PROJECT_ROOT / "corpus").rglob("*.yaml")
        for found in re.findall(
            r"\b0\d{1,2}-\d{3,4}-\d{4}\b|\b1\d{3}-\d{4}\b", path.read_text("utf-8")
        )
    }

    assert len(numbers) > 5
    assert [one for one in numbers if mask(f"문의는 {one}로 하면 되나요?")[1]] == []


@pytest.mark.parametrize(
    "text", ["1 " * 30_000, "0" * 60_000, "일이삼사" * 15_000, "a@" * 30_000, "010-" * 20_000, "\u200b" * 60_000]
)  # fmt: skip
def test_a_long_text_of_digits_comes_to_an_end(text: str) -> None:
    mask(text)  # each pattern is bounded: a hundred thousand letters are a fraction of a second
