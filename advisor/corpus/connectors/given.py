"""What a source really gives: empty forms, HTML, dates, personal data taken out (pure)."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from html.parser import HTMLParser

from advisor.corpus.formats.decode import as_text, visible

# What the services send in place of nothing.
_NOTHING = frozenset({"", "-", "null", "none", "nan", "n/a", "없음", "해당없음", "미정"})
_LONGEST_HTML = 400_000
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"})
_DATE = re.compile(r"(?<!\d)(20\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?)?0?1[016789][-.\s)]*\d{3,4}[-.\s]*\d{4}(?!\d)")
# A name in front of a post ("홍길동 주무관"), or behind the word for it ("담당자: 홍길동").
_POSTS = (
    "주무관|사무관|서기관|연구원|연구위원|선임|책임|대리|과장|차장|부장|팀장|실장|센터장|매니저|주임|사원|전문위원|"
    "컨설턴트|수석|본부장|위원|행정관|서기"
)
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
_NAMED = re.compile(
    rf"(?<![가-힣])[{_SURNAMES}][가-힣]{{1,2}}\s*(?=(?:{_POSTS})(?:님)?(?![가-힣]))"
)
_IN_CHARGE = re.compile(
    rf"((?:담당자|담당|문의자|작성자|성명)\s*[:：]\s*)[{_SURNAMES}][가-힣]{{1,2}}(?![가-힣])"
)
_LEFT = re.compile(r"\(\s*[,/·]?\s*\)|\[\s*\]")


def given(value: object) -> str | None:
    """Return a value as text, None for every way to send nothing.

    >>> given(" - "), given(None), given("null"), given(20260427), given("상시")
    (None, None, None, '20260427', '상시')
    """
    if value is None or isinstance(value, (Mapping, list)):
        return None
    text = visible(str(value)).strip()
    return None if text.lower() in _NOTHING else text


def whole_text(body: bytes) -> str | None:
    """Return an answer as text whatever encoding it claims; None where it is none."""
    return as_text(body)[0]


def html_text(value: str | None) -> str | None:
    r"""Return HTML as lines of text, entities resolved once more where they were doubled.

    >>> html_text("<p>☞ 한도 &amp;lt;5천만&amp;gt;</p><script>x()</script><br>끝")
    '☞ 한도 <5천만>\n끝'
    """
    if value is None:
        return None
    reader = _Text()
    reader.feed(value[:_LONGEST_HTML])
    reader.close()
    lines = (
        re.sub(r"[ \t\xa0\r\f\v]+", " ", line).strip()
        for line in unescape(reader.text()).split("\n")
    )
    return given("\n".join(line for line in lines if line))


def without_persons(text: str | None) -> str | None:
    """Return a text without names of persons, mobile numbers and mail addresses.

    Numbers of an office stay: they are published for everybody.

    >>> without_persons("기업지원팀 홍길동 주무관(042-123-4567, 010-1234-5678), hong@korea.kr")
    '기업지원팀 주무관(042-123-4567)'
    >>> without_persons("https://www.smart-factory.kr / hong@korea.kr")
    'https://www.smart-factory.kr'
    """
    if text is None:
        return None
    for pattern in (_EMAIL, _MOBILE, _NAMED):
        text = pattern.sub("", text)
    text = _IN_CHARGE.sub(r"\1", text)
    text = _LEFT.sub("", text)
    # A mark that stood between two of them; not the slashes of an address.
    text = re.sub(r"(?:[,·]|\s/)\s*(?=[,·)\n]|\s/|$)", "", text)
    return given(re.sub(r"[ \t]+", " ", text))


def find_days(text: str) -> list[tuple[int, date]]:
    """Return the days that a text names with their places; a day that is none is left out.

    >>> [str(day) for _, day in find_days("2026. 4. 24. ~ 20260515")]
    ['2026-04-24', '2026-05-15']
    """
    found: dict[int, date] = {}
    for pattern in (_COMPACT, _DATE):
        for match in pattern.finditer(text):
            try:
                found.setdefault(match.start(), date(*map(int, match.groups())))
            except ValueError:
                continue
    return sorted(found.items())


class _Text(HTMLParser):
    """Collects text; blocks end a line, scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag in _BREAKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data)

    def text(self) -> str:
        return "".join(self._pieces)
