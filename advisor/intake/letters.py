"""What single letters hide: invisible marks, look-alikes, split jamo, tensed initials (pure).

Everything here walks a text once, letter by letter: no pattern that could be made to back-track.
"""

import unicodedata

_CHO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_JUNG = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_JONG = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_VOWEL_PAIRS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
}  # fmt: skip
_FINAL_PAIRS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_LAX = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
# Letters of other scripts that look like Latin ones. Greek ones stand in formulas and units, so
# they are read as Latin only inside a word that is Latin otherwise.
_CYRILLIC = dict(
    zip(
        "аАвВеЕзЗиіІјЈкКмМнНоОрРсСтТуУхХѕЅԁԛԝһ",
        "aAbBeE33uiIjJkKmMhHoOpPcCtTyYxXsSdqwh",
        strict=True,
    )
)
_GREEK = dict(zip("αΑΒΕΖΗΙιΚκΜΝνΟοΡρΤτΥυΧχ", "aABEZHIiKkMNvOoPpTtYuXx", strict=True))
_WIDE_DIGIT_KEPT = frozenset("⁺⁻ⁿ²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉½¼¾①②③④⑤⑥⑦⑧⑨⑩")
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u034f") | {chr(one) for one in range(0xFE00, 0xFE10)}


def is_jamo(char: str) -> bool:
    """Tell whether a letter is a single consonant or vowel of the keyboard, such as ㅅ or ㅏ."""
    return "ㄱ" <= char <= "ㅣ"


def is_invisible(char: str) -> bool:
    r"""Tell whether a letter shows nothing: zero width, bidi control, tag, soft hyphen, filler.

    >>> [is_invisible(one) for one in ("\u200b", "\u202e", "\U000e0041", "a", "\n")]
    [True, True, True, False, False]
    """
    return unicodedata.category(char) in ("Cf", "Co", "Cn") or char in _BLANKS


def fold_char(char: str) -> str:
    """Return one visible letter in its plain form; jamo, powers and circled numbers stay.

    NFKC would take ㅅ for the beginning of a syllable block and 10² for 102.

    >>> [fold_char(one) for one in ("Ａ", "１", "ㅅ", "²", "\u0336", "㎡", "𝟓")]
    ['A', '1', 'ㅅ', '²', '', 'm2', '5']
    """
    if char < "\x7f" or is_jamo(char) or "가" <= char <= "힣" or char in _WIDE_DIGIT_KEPT:
        return char
    if unicodedata.category(char) in ("Mn", "Me") or is_invisible(char):
        return ""
    half = unicodedata.normalize("NFKC", char)
    # Half-width ㅅ becomes a conjoining jamo, the piece of a block: back to the keyboard's letter.
    return "".join(_from_conjoining(one) for one in half if unicodedata.category(one) != "Mn")


def compose_jamo(text: str) -> str:
    """Put jamo typed one by one together; consonants or vowels alone (ㅋㅋ, ㅠㅠ, ㅇㅇ) stay.

    >>> compose_jamo("ㅅㅣㅅㅡㅌㅔㅁ ㅇㅏㄹㄹㅕㅈㅝ ㅋㅋ ㅠㅠ ㅁㅗㄹㄹㅏ서 ㄷㅏㄹㄱㅇㅡㄴ ㄱㅗㅏㄴ")
    '시스템 알려줘 ㅋㅋ ㅠㅠ 몰라서 닭은 관'
    """
    out: list[str] = []
    at = 0
    while at < len(text):
        vowel, after = _vowel(text, at + 1) if text[at] in _CHO else ("", at)
        if not vowel:
            out.append(text[at])
            at += 1
            continue
        final, end = _final(text, after)
        block = (_CHO.index(text[at]) * 21 + _JUNG.index(vowel)) * 28 + _JONG.index(final or " ")
        out.append(chr(0xAC00 + block))
        at = end
    return "".join(out)


def initial_of(char: str) -> str:
    """Return the first consonant of a syllable, the letter itself where it is none.

    >>> initial_of("템"), initial_of("A")
    ('ㅌ', 'A')
    """
    return _CHO[(ord(char) - 0xAC00) // 588] if "가" <= char <= "힣" else char


def relax(text: str) -> str:
    """Return the text with every tensed initial made plain; finals stay.

    >>> relax("씨쓰템 뀨칙 있다")
    '시스템 규칙 있다'
    """
    return "".join(map(_relax, text))


def unmix(word: str) -> str:
    """Return a word with look-alikes of other scripts as the Latin letters they stand for.

    >>> unmix("ѕуѕtеm"), unmix("μm"), unmix("ρ"), unmix("АI")
    ('system', 'μm', 'ρ', 'AI')
    """
    plain = "".join(_CYRILLIC.get(char, char) for char in word)
    if sum("a" <= char.lower() <= "z" for char in plain) >= 2:
        plain = "".join(_GREEK.get(char, char) for char in plain)
    return plain


def _relax(char: str) -> str:
    lax = _LAX.get(initial_of(char))
    if lax is None or not "가" <= char <= "힣":
        return char
    return chr(0xAC00 + _CHO.index(lax) * 588 + (ord(char) - 0xAC00) % 588)


def _vowel(text: str, at: int) -> tuple[str, int]:
    pair = text[at : at + 2]
    if pair in _VOWEL_PAIRS:
        return _VOWEL_PAIRS[pair], at + 2
    return (text[at], at + 1) if text[at : at + 1] and text[at] in _JUNG else ("", at)


def _final(text: str, at: int) -> tuple[str, int]:
    """Read the consonants that end a block: those that no vowel follows."""
    pair = text[at : at + 2]
    if pair in _FINAL_PAIRS and not _vowel(text, at + 2)[0]:
        return _FINAL_PAIRS[pair], at + 2
    one = text[at : at + 1]
    if one and one != " " and one in _JONG and not _vowel(text, at + 1)[0]:
        # "ㅎㅏㅋㅋ": the laugh begins behind the syllable, it does not end it.
        laughs = one in "ㅋㅎ" and text[at + 1 : at + 2] == one and not _vowel(text, at + 2)[0]
        return ("", at) if laughs else (one, at + 1)
    return "", at


def _from_conjoining(char: str) -> str:
    if "\u1100" <= char <= "\u1112":
        return _CHO[ord(char) - 0x1100]
    if "\u1161" <= char <= "\u1175":
        return _JUNG[ord(char) - 0x1161]
    return char
