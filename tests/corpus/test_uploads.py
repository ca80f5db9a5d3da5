import unicodedata

import pytest

from advisor.corpus import uploads
from advisor.corpus.uploads import keep_upload, shown_name, upload_id
from advisor.errors import BadInputError

HOSTILE_NAMES = [
    "../../etc/passwd.hwp",
    "..\\..\\windows\\win.ini.pdf",
    "/abs/path.hwpx",
    "a\0b.hwp",
    "CON.hwp",
    "공고문\u202egpj.hwp",
    "공고문.hwp" + " " * 200,
    "가" * 300 + ".hwp",
    "\u1100\u1161\u1102\u1161.hwp",
    ".hwp",
    "공고문.hwp.exe",
    "공고문.HWP",
    "a;rm -rf $HOME;.pdf",
    "$(id).hwpx",
    "'; DROP TABLE docs;--.pdf",
    "<img src=x>.hwp",
    "",
]


@pytest.mark.parametrize("given", HOSTILE_NAMES)
def test_a_hostile_name_becomes_text_and_never_a_place(given, tmp_path):
    name = shown_name(given)
    kept = keep_upload([b"abc", b"def"], given, tmp_path / "uploads")

    assert 0 < len(name) <= 200
    assert name == unicodedata.normalize("NFC", name)
    assert not any(unicodedata.category(char).startswith("C") for char in name)
    assert kept.resolve().parent == (tmp_path / "uploads").resolve()
    assert kept.name.isascii()
    assert kept.read_bytes() == b"abcdef"
    assert [one.name for one in tmp_path.iterdir()] == ["uploads"]


def test_the_same_name_is_the_same_document_in_either_unicode_form(tmp_path):
    assert upload_id("가나.hwp") == upload_id("\u1100\u1161\u1102\u1161.hwp")
    assert upload_id("가나.hwp") != upload_id("가다.hwp")


def test_two_uploads_of_one_name_do_not_mix(tmp_path):
    first = keep_upload([b"1"], "가나.hwp", tmp_path)
    second = keep_upload([b"2"], "가나.hwp", tmp_path)

    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_too_much_is_refused_while_it_comes_in_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_BYTES", 10)

    with pytest.raises(BadInputError) as caught:
        keep_upload([b"x" * 6] * 1000, "큰 파일.pdf", tmp_path)

    assert "50MB" in caught.value.user_message.text
    assert list(tmp_path.iterdir()) == []
