"""Plain written endings ("지원한다") to polite ones ("지원합니다"), as an answer speaks (pure)."""

import re

_FIRST, _LAST = ord("가"), ord("힣")
_NIEUN, _RIEUL, _BIEUP = 4, 8, 17  # numbers of the final consonants ㄴ, ㄹ, ㅂ
# The last word of a sentence: before a full stop, a mark, the end of a cell or of the line.
_END = re.compile(
    r"(?<=[가-힣])다(?=\s*(?:[.;](?!\d)|\||$|(?:\[\d+\]\s*)+(?:$|\n|\|)))", re.MULTILINE
)
# A verb or adjective whose stem ends open; other words before 다 are nouns: "데이터가 먼저다".
_OPEN_STEM = "하르크쁘프니시이리싸세"
_NO_VERB = ("마", "보", "바", "까")  # 마다, 보다, 바다, "-ㄹ까 보다"


def polite(text: str) -> str:
    """Return the text with the last word of each sentence in its polite form.

    >>> polite("구축비를 지원한다. 신청할 수 있다 [1]"), polite("보증료를 낮춘다"), polite("의무이다")
    ('구축비를 지원합니다. 신청할 수 있습니다 [1]', '보증료를 낮춥니다', '의무입니다')
    >>> polite("데이터 연결이 먼저다"), polite("확인이 필요하다")
    ('데이터 연결이 먼저입니다', '확인이 필요합니다')
    >>> polite("결과를 받는다."), polite("AI가 아니다"), polite("지원합니다."), polite("해마다")
    ('결과를 받습니다.', 'AI가 아닙니다', '지원합니다.', '해마다')
    """
    out, last = [], 0
    for found in _END.finditer(text):
        before = text[last : found.start()]
        spoken = _stem(before)
        out.append(before + "다" if spoken == before else spoken)
        last = found.end()
    return "".join(out) + text[last:]


def _stem(before: str) -> str:
    """Return what stands before the last 다 with its polite ending; the same where it is no verb."""
    if before.endswith(_NO_VERB) or (before[-1] == "니" and _final(before[-2:-1]) == _BIEUP):
        return before  # no verb, or polite as it is
    char = before[-1]
    final = _final(char)
    if char == "는" and _final(before[-2:-1]):
        return before[:-1] + "습니다"
    if final == 0 and char not in _OPEN_STEM:
        return before + "입니다"
    if final in (0, _NIEUN, _RIEUL):  # 필요하다, 한다, 길다
        return before[:-1] + _with_bieup(char) + "니다"
    return before + "습니다"


def _final(char: str) -> int:
    """Return the number of a syllable's final consonant, 0 for none and for what is no syllable."""
    return (ord(char) - _FIRST) % 28 if char and _FIRST <= ord(char) <= _LAST else 0


def _with_bieup(char: str) -> str:
    return chr(ord(char) - _final(char) + _BIEUP)
