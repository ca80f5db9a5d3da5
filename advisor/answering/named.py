"""Words of a draft that name something: programs, agencies, products, quotations (pure)."""

import re

from advisor.text import squeeze

QUOTED = re.compile(
    r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|‘([^‘’]+)’|\"([^\"]+)\"|《([^《》]+)》|〈([^〈〉]+)〉"
    r"|(?<![가-힣\w])'([^']+)'"
)
_KIND = (
    r"(?:지원사업|바우처|보조금|지원금|장려금|융자|보증|공제|펀드|프로그램|패키지|특구|사업|자금|"
    r"테크노파크|진흥원|진흥공단|공단|재단|연구원|협회|조합|은행|공사|센터|플랫폼)"
)
_PARTICLE = (
    r"(?:(?:은|는|이|가|을|를|의|에|에서|으로|로|도|만|과|와|이나|나|까지|부터|처럼|보다|인|이며|이고|입니다|이라|에는|에도|에게|"
    r"이란|란|이에요|예요)(?![가-힣])|(?![가-힣]))"
)
_LIKE_A_NAME = re.compile(
    rf"(?P<before>(?:[가-힣A-Za-z0-9·+-]+\s){{0,2}})(?P<stem>[가-힣A-Za-z0-9·+-]*?)(?P<kind>{_KIND}){_PARTICLE}"
)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_SIDED = re.compile(
    r"(?<![가-힣\d])[가-힣]+[12]?\s(?:이상|이하|미만|초과|이내)(?=[\s()이의은는을를만에,.]|$)"
)
_LATIN = re.compile(r"(?<![A-Za-z0-9./@-])[A-Za-z][A-Za-z0-9+-]{2,}(?![A-Za-z0-9./@-])")
# A word before a bare 사업 or 자금 belongs to its name unless it ends as a word of the sentence does.
_NO_PART = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|로|도|만|와|과|며|고|서|면|다|요|한|된|할|될|볼|쓸|인|던|받을|있는|없는|하는|되는|시는|등|및|수|중|때|뒤|후|전|별)$"
)
_ANY = frozenset((
    "정부", "지원", "정책", "이", "그", "저", "해당", "다른", "관련", "국비", "지자체", "각", "본", "위", "두", "세", "모든",
    "어떤", "이런", "그런", "여러", "같은", "이번", "다음", "올해", "내년", "작년", "공고", "대상", "신청", "추가", "기타",
    "필요", "자기", "전체", "후속", "유사", "국가", "공공", "지역", "중소기업", "제조", "제조업",
))  # fmt: skip


def name_like(sentence: str) -> list[str]:
    """Return the words that look like the name of a program or an agency, without particles.

    >>> name_like("제조도약 바우처와 이 사업을 한국혁신진흥원이 운영합니다")
    ['제조도약 바우처', '한국혁신진흥원']
    """
    found = []
    for one in _LIKE_A_NAME.finditer(sentence):
        stem, kind = one["stem"], one["kind"]
        if stem and stem not in _ANY:
            found.append(stem + kind)
            continue
        words = one["before"].split()
        last = words[-1] if words else ""
        if last and last not in _ANY and not _NO_PART.search(last) and not last.isdigit():
            found.append(f"{last} {stem}{kind}")
    return found


def latin_words(sentence: str) -> list[str]:
    """Return the words in Latin script, three letters or longer."""
    return _LATIN.findall(sentence)


def quotations(sentence: str) -> list[str]:
    """Return what stands between quotation marks or name brackets, as it is written."""
    return [next(filter(None, found.groups())) for found in QUOTED.finditer(sentence)]


def emphasised(sentence: str) -> list[str]:
    """Return what stands in bold, as names do."""
    return [one.strip() for one in _BOLD.findall(sentence) if one.strip()]


def sided_words(sentence: str) -> list[str]:
    """Return words with the side that is meant of them, where no figure tells it.

    >>> sided_words("기초 이상이면 되고 50인 미만이어야 합니다")
    ['기초 이상']
    """
    return [found[0] for found in _SIDED.finditer(sentence)]


def known_names(sentence: str, squeezed_names: dict[str, str]) -> list[str]:
    """Return the names of records that a sentence has, the longest of nested ones."""
    letters = squeeze(sentence)
    mentioned = [name for squeezed, name in squeezed_names.items() if squeezed in letters]
    return [
        name
        for name in mentioned
        if not any(name != other and squeeze(name) in squeeze(other) for other in mentioned)
    ]
