"""Remarks in records that are meant for their editors: how a value was found, what not to say (pure)."""

import re

# Field names of the records, words of the search for sources, orders to whoever writes answers.
_EDITORIAL = re.compile(
    r"(?<![A-Za-z0-9./])[a-z]+_[a-z_]+(?![A-Za-z0-9./])|\bnull\b|\bcases\b|problem의|source에는|시드|"
    r"기사\s?발췌|검색되지|자료\s?읽는\s?법|배경\s?자료로\s?사용|비워\s?둠|싣지\s?않음|연결하지\s?않음|"
    r"같은\s?(?:회사|기업)으로\s?봄|(?:수치|업종|상호)\S{0,6}\s?일치|매체(?:에서|가)\s?(?:일치|같은)|독립\s?확인|보도와\s?일치|보도자료와\s?일치|"
    r"제목\s?표현|매체\s?표기|계산값|전화번호는\s?공개\s?자료에서|기사\s?(?:표현|문구|표기|그대로|전재|제목|연도)|기사에\s?(?:연도|없음|명시)|전재본|보도자료를\s?그대로|혼선|"
    r"출처의\s?문장이\s?아니|해석이(?:다|며)|로\s?해석$|구분을\s?확인한\s?날|메뉴\s?확인$|게시판에서\s?확인|도메인이\s?두\s?개|"
    r"(?:제품명과|언급만|특허로만)\s?\S*\s?확인|원문\s?대신|설립일은|전후값에서\s?계산|같은\s?출처|기록도\s?함께\s?볼|"
    r"(?:쓰지|약속하지|말하지|인용하지)\s?(?:말|않)|안내할\s?것|안내\s?전\s?재확인|확인\s?후\s?안내|상담에서는\s?.*인용|인용하고|"
    r"한\s?자료가\s?(?:함께|직접)|추정이며|인터뷰\s?기관에서\s?추정|해마다\s?조금씩|매체·시점마다|보도마다",
)
# Where somebody looked: what was not found is worth saying, the search for it is not.
_SEARCH = re.compile(r"(?:이번\s(?:조사|발췌)|발췌)에서\s")
_NULL = re.compile(r"못해 null$")
_BRACKET = re.compile(r"\s?\([^()]*\)")


def for_readers(text: str) -> str:
    """Return a sentence of a record without remarks for its editors; empty where it is one.

    >>> for_readers("support_rate는 보증비율(최대)"), for_readers("품질검사 시간 -94%(시드 보도자료의 값)")
    ('', '품질검사 시간 -94%')
    >>> for_readers("2027년판 공고 원문은 이번 조사에서 찾지 못했다")
    '2027년판 공고 원문은 찾지 못했다'
    >>> for_readers("2026년 한도는 공고 원문으로 재확인 필요")
    '2026년 한도는 공고 원문으로 재확인 필요'
    """
    text = _NULL.sub("못함", _SEARCH.sub("", text))
    if _EDITORIAL.search(text) is None:
        return text
    kept = _BRACKET.sub(lambda one: "" if _EDITORIAL.search(one[0]) else one[0], text)
    return "" if _EDITORIAL.search(kept) else kept.strip()
