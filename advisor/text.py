"""Korean text: one Unicode form, whitespace, and the particles that follow a word."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def normalize(text: str) -> str:
    r"""Return the text in NFKC with every run of whitespace as one blank, none at the ends.

    >>> normalize("ＡＩ　공장\n 구축 ")
    'AI 공장 구축'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def clean(text: str) -> str:
    r"""Return the text as it may be stored, embedded and compared.

    NFKC also puts decomposed Hangul together (file names on macOS), which costs a third of the
    similarity otherwise. NUL ends a text in C libraries, a lone surrogate cannot be written as
    UTF-8: both become blanks. Line ends stay.

    >>> clean("ＡＩ\x00 공장\n구축")
    'AI  공장\n구축'
    """
    return _UNSTORABLE.sub(" ", unicodedata.normalize("NFKC", text))


def storable(text: str) -> str:
    r"""Return the text as it was written, with blanks for the two things that no store takes.

    >>> storable("ＡＩ\x00 ㅋㅋ")
    'ＡＩ  ㅋㅋ'
    """
    return _UNSTORABLE.sub(" ", text)


def squeeze(text: str) -> str:
    """Return the text in NFKC, lower case, without any whitespace: to compare despite spacing.

    >>> squeeze("스마트 공장 AI")
    '스마트공장ai'
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def ends_with_consonant(word: str) -> bool | None:
    """Tell whether a word ends in a 받침; None where the last character does not say.

    >>> ends_with_consonant("공장"), ends_with_consonant("회사"), ends_with_consonant("3")
    (True, False, True)
    """
    for char in reversed(word):
        if "가" <= char <= "힣":
            return (ord(char) - ord("가")) % 28 != 0
        if char.isdigit():
            # 영·일·삼·육·칠·팔 end in a consonant when read aloud.
            return char in "013678"
        if "A" <= char <= "Z":
            # 엘·엠·엔·알 end in a consonant, the names of the other letters do not.
            return char in "LMNR"
        if char.isalpha():
            return None
    return None


def with_particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """Return the word with the particle that fits its ending, both where it is not clear.

    >>> with_particle("공장", "은", "는"), with_particle("회사", "은", "는")
    ('공장은', '회사는')
    >>> with_particle("AI", "을", "를"), with_particle("KAMP", "은", "는")
    ('AI를', 'KAMP는')
    >>> with_particle("smart", "은", "는")
    'smart은(는)'
    """
    closed = ends_with_consonant(word)
    if closed is None:
        return f"{word}{after_consonant}({after_vowel})"
    return word + (after_consonant if closed else after_vowel)
