"""What an owner denies: so that "엑셀도 안 써요" is not heard as Excel (pure).

Cues look for words; a word that is denied must not count for them. Embeddings hardly hear the
difference between "종이 말고 태블릿" and "태블릿 말고 종이", so what is set aside is left out.
"""

import re

from advisor.diagnosis.squeeze import squeeze

_VERB = r"(?:써|쓰|쓴|씁|썼|해|하|합|했|돼|되|됩|됐|깔|들어|적|봐|보|봅|달|붙|만들|남|받|믿|켜|찍|옮|넣)"
# "문제없이", "지장 없습니다": nothing bad is no lack.
_HARMLESS = re.compile(
    r"(?:문제|지장|무리|상관|걱정|불편|어려움|어려울것|이상|탈|끊김|끊길일|끊기는일|오류|장애|차질|반대)"
    r"(?:될|되는|생길)?(?:건|게|것|일|거)?(?:은|는|이|가|도|할)?없(?:이|습니다|어요|어|다|음|죠|지요|지|네요|네|고|는)?"
)
# "안 쓰는 사람이 없어요": all do.
_TWICE = re.compile(
    r"안([가-힣])는(?:사람|직원|분|데|곳|날|공정)(?:이|은|도)?없(?:습니다|어요|어|죠|지|네요|다)?"
)
# "적긴 뭘 적어", "쓰기는 누가 써": nobody does.
_RHETORICAL = re.compile(r"([가-힣])(?:긴|기는)(?:뭘|뭐가|누가|무슨|어디|개뿔|언제)[가-힣]{0,6}")
# "엑셀? 그게 뭐여": never heard of.
_WHAT_IS = re.compile(r"[가-힣a-z0-9]{2,6}(?:그게|그건|이게)(?:뭐|뭔|뭣)[가-힣]{0,4}$")
# "엑셀도 안 써요", "컴퓨터는 못 해요", "태블릿을 쓰진 않아요".
_DENIED = re.compile(
    rf"([가-힣a-z0-9]{{2,6}}?)(?:조차|까지도|도|은|는|를|을|에는|에도|에)(?:아예|전혀|거의|잘|따로)?(?=(?:안|못){_VERB})"
)
_DENIED_AFTER = re.compile(
    rf"([가-힣a-z0-9]{{2,6}}?)(?:조차|까지도|도|은|는|를|을)({_VERB})[가-힣]{{0,2}}지(?:도|는|를)?(?:않|못)"
)
_EVEN = re.compile(
    r"(?:도|조차|아예|전혀|하나도|아무것도|한번도|일절)[가-힣]{0,4}(?:안|못|없)|(?:도|조차)[가-힣]{1,6}지?(?:도)?(?:않|못)|지도(?:않|못)"
)
_BARE = re.compile(rf"(?:안|못){_VERB}|지(?:도|는|를)?(?:않|못)|없(?:어|습|지|는|네|다|음|고|죠)")
# What somebody does instead is what counts: "종이 말고 태블릿이요", "사람이 아니라 기계가 해요".
_INSTEAD = re.compile(
    r"(?:^|(?<=[\s,.]))(?:\S+\s){0,2}?\S*?\s?(?:말고는?|대신에?|[이가게]\s?아니(?:라|고)요?|[은는]\s무슨)(?=[\s,])[\s,]*"
)


_BARE_NO = re.compile(
    r"(?:아니요?|아뇨|네|예|음|뭐)?(?:저희|우리|여기)?(?:는|은)?(?:아직|전혀|아예|하나도|아무것도|딱히|따로|별로|그런|그|이런|건|거|것|게|일|적|은|는|도|이|가)*"
    r"(?:없|안해|안합|안하|못해|못합|안써|안씁|안쓰)(?:어요?|습니다|음|다니까요?|대도|거든요?|다|지요?|죠|네요?|는데요?|고요?|요|니다|슈|심더|제)?"
)


def is_bare_no(words: str) -> bool:
    """Tell whether the words only say that there is nothing of the kind.

    >>> is_bare_no("아니요, 그런 건 없어요"), is_bare_no("종이가 없어요")
    (True, False)
    """
    return bool(_BARE_NO.fullmatch(squeeze(words)))


def cue_text(words: str) -> str:
    """Return the words as cues are to see them: squeezed, without what is denied.

    >>> cue_text("엑셀도 안 써요")
    '안써요'
    >>> cue_text("출하에 지장 없습니다")
    '출하에괜찮습니다'
    >>> cue_text("적긴 뭘 적어")
    '안적어'
    """
    text = _HARMLESS.sub("괜찮습니다", squeeze(words))
    text = _WHAT_IS.sub("안써요", text)
    text = _TWICE.sub(r"다들매일\1어요", text)
    text = _RHETORICAL.sub(r"안\1어", text)
    text = _DENIED_AFTER.sub(r"안\2", text)
    return _DENIED.sub("", text)


def without_set_aside(words: str) -> str:
    """Return the words without what they name only to set it aside.

    >>> without_set_aside("종이 말고 태블릿으로 찍어요")
    '태블릿으로 찍어요'
    """
    rest = _INSTEAD.sub("", words, count=1).strip()
    return rest if len(squeeze(rest)) >= 3 else words


def goes_down(words: str) -> bool:
    """Tell whether a correction says that there is less than was understood.

    >>> goes_down("엑셀도 안 써요"), goes_down("종이는 안 쓰고 태블릿으로 찍어요")
    (True, False)
    """
    text = squeeze(words)
    parts = re.split(r"(?:(?:는데|지만|고)요?|요|다)(?=[\s,.])[\s,.]*", words.strip())
    last = [one for one in parts if one][-1:]
    return bool(_EVEN.search(text)) and bool(last and _BARE.search(squeeze(last[0])))
