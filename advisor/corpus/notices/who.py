"""Who may apply, as criteria of the closed list (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from advisor.corpus.notices.amounts import find_won
from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, one_dot, part
from advisor.corpus.notices.topics import Topic
from advisor.domain.vocabulary import Vocabulary

_SIZES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("대기업", re.compile(r"(?:대|大)기업(?!이\s|의\s)")),
    ("중견기업", re.compile(r"중견(?!.{0,4}제외)")),
    ("중소기업", re.compile(r"중소(?:기업|·|ㆍ|\s?제조|\s?벤처|\s?중견)|중소(?=\s?제조기업)")),
    ("소기업", re.compile(r"(?<![중가-힣])소기업|제조\s?소기업")),
    ("소상공인", re.compile(r"소상공인|소공인")),
)
_LAW = re.compile(
    r"[「『《][^」』》]{2,40}[」』》](?:\s?제?\d+조(?:제\d+항)?)?|\S+법상|중소기업\s?확인서|소기업\s?확인서"
)
_PEOPLE = re.compile(
    r"(?:상시\s?)?(?:근로자|종업원|고용\s?인원|직원|피보험자)\s?(?:수)?[는가이]?\s?[^\d,.]{0,6}?"
    r"(?P<n>[\d,]+)\s?(?:인|명)\s?(?P<how>이상|초과|미만|이하)"
    r"(?:\s?[~,]?\s?(?P<n2>[\d,]+)\s?(?:인|명)\s?(?P<how2>미만|이하))?"
)
_AGE = re.compile(
    r"(?:업력|창업|설립|사업\s?개시|개업)\s?(?:한\s?지|후|일로부터|일\s?기준)?\s?[^\d,.]{0,8}?만?\s?(?P<n>\d{1,2})\s?년\s?"
    r"(?P<how>이내|이하|미만|이상|초과|이\s?지나지\s?않은|을?\s?초과하지\s?않은|이\s?(?:지난|경과한?|넘은)|경과)"
)
_REVENUE = re.compile(r"매출액?")
_WAIVED = re.compile(r"미적용|적용\s?제외|요건\s?제외|면제")
# With more statements on who may apply a notice has several programs or rules.
_MOST_STATEMENTS = 12
_HEAD = 8  # statements
_IS_FOR = re.compile(r"(?:지원|신청|참여)\s?대상[은는]|대상은")
# "부산에 있는 제조 중소기업의 설비 자동화를 위해 …": nothing else may say who it is for.
_HELPS = re.compile(r"(?:기업|업체|소상공인|소공인)(?:의|이|을|에)\s[^.]{2,40}(?:위해|위하여|돕)")
_SAFEGUARD_NAMES = frozenset(
    f"criteria.{name}"
    for name in (
        "tax_arrears", "insurance_arrears", "in_operation", "insolvency", "support_ban",
        "excluded_trade", "asset_condition",
    )
)  # fmt: skip
_LONGEST_REQUIREMENT, _MOST_REQUIREMENTS = 200, 10
_BOUND = re.compile(r"^\s?(이상|초과|미만|이하)")
_PLACE = re.compile(
    r"소재|위치|있는|있을|둔|두고|내\s?(?:공장|사업장|본사)|관내|공장등록|지역\s?(?:내|기업)|도내|내\s?(?:에\s?)?등록|사업장|본사|본점"
)
_WITHIN = re.compile(r"도내(?=에|\s)")
_MADE = re.compile(r"제조\s?(?:업(?!은|의\s?경우)|기업|소기업|공장|중소|·가공업체)")
_NOT_MAKER = re.compile(r"제조\s?(?:업\s?)?(?:분야\s?)?AI|제조업\s?관련")
# What exclusions say, to the safeguards that code knows.
_SAFEGUARDS: tuple[tuple[str, re.Pattern[str], Mapping[str, Any]], ...] = (
    (
        "tax_arrears",
        re.compile(
            r"(?:국세|지방세|세금|조세)[^\n]{0,16}(?:체납|내지\s?않|미납)|(?:국세|지방세)\s?등?을?\s?체납|"
            r"(?<!료 )(?<!료를 )(?<!임금 )체납\s?(?:중인|업체|기업)"
        ),
        {},
    ),
    (
        "insurance_arrears",
        re.compile(r"(?:4대\s?보험|산재\s?보험|보험)료?를?[^\n]{0,14}체납|보험료를\s?체납"),
        {},
    ),
    ("in_operation", re.compile(r"휴\s?[·ㆍ・∙･]?\s?폐업|휴업|폐업"), {}),
    (
        "insolvency",
        re.compile(
            r"부도|파산|회생|법정관리|워크아웃|화의|청산|채무\s?불이행|자본\s?(?:전액\s?)?잠식"
        ),
        {},
    ),
    (
        "support_ban",
        re.compile(
            r"참여\s?(?:가\s?)?제한|부정\s?수급|수행\s?배제|지원\s?제한\s?기간|제재|참여가\s?제한된"
        ),
        {},
    ),
    (
        "excluded_trade",
        re.compile(r"유흥|향락|사행|불건전|주점|도박|(?:제외|제한)\s?(?:대상\s?)?업종|부동산업"),
        {},
    ),
)
_TRADES = ("유흥", "향락", "사행", "주점", "도박", "부동산업")
_ONLY_CAPITAL = re.compile(r"자본\s?(?:전액\s?)?잠식")


def find_who(notice: Notice, vocabulary: Vocabulary) -> Iterator[Value]:
    """Yield eligibility in words and the criteria that code can judge.

    Where several programs share a notice, a value is of one of them, and which one counts for a
    company is for staff to say: such values are weak. So are those of a sentence on the purpose.
    """
    targets = [one for one in notice.about(Topic.TARGET) if not one.span.text.startswith("※")]
    targets = targets or [one for one in notice.segments if _IS_FOR.search(one.span.text)]
    is_told = bool(targets)
    targets = targets or [one for one in notice.segments[:_HEAD] if _HELPS.search(one.span.text)]
    columns = {(one.span.page, one.span.start) for one in targets if one.mark == "cell"}
    is_long = len(targets) > _MOST_STATEMENTS
    for one in _who(notice, targets, vocabulary):
        is_shared = is_long or not is_told or (one.span.page, one.span.start) in columns
        yield (
            replace(one, confidence=WEAK) if is_shared and one.name not in _SAFEGUARD_NAMES else one
        )


def _who(notice: Notice, targets: list[Segment], vocabulary: Vocabulary) -> Iterator[Value]:
    criteria: list[tuple[dict[str, Any], Span, float]] = []
    yield from _sizes(targets, criteria)
    yield from _regions(notice, targets, vocabulary, criteria)
    yield from _industry(targets, vocabulary, criteria)
    for one in targets:
        criteria += _numbers(one)
        criteria += _others(one)
    for one in notice.about(Topic.EXCLUDED):
        criteria += _safeguards(one)
    yield from _words_of(targets, criteria)
    seen: dict[str, tuple[dict[str, Any], Span, float]] = {}
    for found in criteria:
        seen.setdefault(found[0]["type"], found)
    for kind, (criterion, span, confidence) in seen.items():
        yield Value(f"criteria.{kind}", criterion, span, confidence)


def _sizes(
    targets: list[Segment], criteria: list[tuple[dict[str, Any], Span, float]]
) -> Iterator[Value]:
    names: dict[str, Segment] = {}
    without: set[str] = set()
    for one in targets:
        text = _LAW.sub(lambda found: " " * len(found[0]), one_dot(one.body.text))
        for name, pattern in _SIZES:
            match = pattern.search(text)
            if match is None:
                continue
            if re.match(r"\S{0,3}\s?(?:제외|은 제외|불가)", text[match.end() :]):
                without.add(name)
            elif not re.match(r"\S{0,2}확인서", text[match.end() :]):
                names.setdefault(name, one)
        law = re.search(r"중소기업기본법|중견기업\s?(?:법|성장)", one.body.text)
        if law and not names:
            size = "중소기업" if law[0].startswith("중소") else "중견기업"
            names.setdefault(size, one)
    found = [name for name, _ in _SIZES if name in names and name not in without]
    if found:
        first = names[found[0]]
        yield Value("eligibility.company_size", [*found], first.span, SURE)
        criteria.append(
            (
                {"type": "company_size", "words": "·".join(found), "allowed": list(found)},
                first.span,
                SURE,
            )
        )


def _regions(
    notice: Notice,
    targets: list[Segment],
    vocabulary: Vocabulary,
    criteria: list[tuple[dict[str, Any], Span, float]],
) -> Iterator[Value]:
    for one in targets:
        text = one.body.text
        mentions = [
            mention
            for mention in vocabulary.find_regions(text)
            if not re.match(r"[^.(]{0,40}제외", text[mention.start + len(mention.words) :])
            # "탑립, 용산, 전민": a quarter's name alone is not the district of the same name.
            and (mention.sigungu is None or re.search(r"[시군구]$|^[가-힣]{2,7}\s", mention.words))
            and (
                _PLACE.search(text[mention.start : mention.start + len(mention.words) + 16])
                or _PLACE.search(text[max(0, mention.start - 6) : mention.start])
            )
        ]
        if not mentions:
            within = _WITHIN.search(text)
            home = _home(notice, vocabulary) if within else None
            if within and home:
                words = part(one.body, within.start(), within.end())
                yield Value("eligibility.region", [home], words, LIKELY)
                yield Value("sido", [home], words, LIKELY)
                criterion = {
                    "type": "region", "words": words.text, "sido": [home],
                    "which": "factory" if "공장" in text else "any",
                }  # fmt: skip
                criteria.append((criterion, one.span, LIKELY))
                return
            continue
        sido = list(dict.fromkeys(mention.sido for mention in mentions))
        sigungu = list(dict.fromkeys(m.sigungu for m in mentions if m.sigungu))
        last = mentions[-1]
        words = part(one.body, mentions[0].start, last.start + len(last.words))
        shown = [
            f"{m.sido} {m.sigungu}" if m.sigungu else m.sido
            for m in {(m.sido, m.sigungu): m for m in mentions}.values()
        ]
        yield Value("eligibility.region", [*shown], one.span, SURE)
        yield Value("sido", [*sido], words, SURE)
        which = "factory" if re.search(r"공장", text) and "본사" not in text else "any"
        criterion = {"type": "region", "words": words.text, "sido": sido, "which": which}
        if sigungu:
            criterion["sigungu"] = sigungu
        criteria.append((criterion, one.span, SURE))
        return


def _home(notice: Notice, vocabulary: Vocabulary) -> str | None:
    """Return the province that announces: what 도내 means."""
    for one in notice.segments[:4]:
        for region in vocabulary.find_regions(one.span.text):
            if region.words.endswith("도"):
                return region.sido
    return None


def _industry(
    targets: list[Segment],
    vocabulary: Vocabulary,
    criteria: list[tuple[dict[str, Any], Span, float]],
) -> Iterator[Value]:
    for one in targets:
        text = _NOT_MAKER.sub(lambda found: "#" * len(found[0]), one.body.text)
        made = _MADE.search(text)
        if not made:
            continue
        # "식품 제조·가공업체": the trade right in front narrows it.
        ahead = text[max(0, made.start() - 12) : made.start()]
        near = [m for m in vocabulary.find_industries(ahead) if m.ksic and m.ksic != "C"]
        # "의료기기·화장품 제조": of several trades one alone would shut the others out.
        is_one = near and not re.search(r"또는|[·,]", ahead)
        ksic = [near[-1].ksic] if is_one else ["C"]
        words = part(one.body, made.start() - (12 if near else 0), made.end())
        yield Value("eligibility.industry", words.text, words, LIKELY)
        criteria.append(({"type": "industry", "words": words.text, "ksic": ksic}, one.span, LIKELY))
        return


def _numbers(one: Segment) -> Iterator[tuple[dict[str, Any], Span, float]]:
    text = one.body.text
    people = _PEOPLE.search(text)
    if people:
        bounds = _bounds(int(people["n"].replace(",", "")), people["how"])
        if people["n2"]:
            bounds |= _bounds(int(people["n2"].replace(",", "")), people["how2"])
        span = part(one.body, people.start(), people.end())
        yield {"type": "employees_regular", "words": span.text, **bounds}, one.span, SURE
    for won in find_won(text):
        before = text[max(0, won.start - 26) : won.start]
        how = _BOUND.match(text[won.end :])
        if how and _REVENUE.search(before) and not _WAIVED.search(text[won.end :]):
            begin = max(0, won.start - 26) + before.index("매출")
            span = part(one.body, begin, won.end + how.end())
            basis = "avg_3y" if re.search(r"3개?년[^.]{0,6}평균|평균\s?매출", text) else "last"
            bounds = _bounds(won.won, how[1])
            rest = find_won(text[won.end :])
            second = _BOUND.match(text[won.end + rest[0].end :]) if rest else None
            if second and second[1] in {"미만", "이하"} and rest[0].start <= 8:
                bounds |= _bounds(rest[0].won, second[1])
            criterion = {"type": "revenue_krw", "words": span.text, "basis": basis, **bounds}
            yield criterion, one.span, SURE
            break
    age = _AGE.search(text)
    if age:
        years, how_old = int(age["n"]), " ".join(age["how"].split())
        bound = "at_least"
        if how_old == "미만":
            bound = "less_than"
        elif re.match(r"이내|이하|이 ?지나지|을? ?초과하지", how_old):
            bound = "at_most"
        span = part(one.body, age.start(), age.end())
        yield {"type": "business_age", "words": span.text, bound: years}, one.span, SURE


def _bounds(number: int, how: str) -> dict[str, int]:
    # "미만" leaves the number out, "이하" takes it in: the record's bounds are both included.
    return {
        "이상": {"at_least": number},
        "초과": {"at_least": number + 1},
        "미만": {"at_most": number - 1},
        "이하": {"at_most": number},
    }[how]


def _others(one: Segment) -> Iterator[tuple[dict[str, Any], Span, float]]:
    text = one.body.text
    checks: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (r"뿌리\s?기업", "industry", {"root": True}),
        (r"기업부설\s?연구소|연구(?:개발)?전담부서", "research_unit", {}),
        (
            r"스마트공장을?\s?(?:이미\s?)?(?:구축|도입)(?:한|하여|을\s?완료)|스마트공장\s?['‘]?\S{0,6}['’]?\s?이상\s?수준",
            "smart_factory_history",
            {"accepts": ["government", "winwin", "own"]},
        ),
        (r"데이터를?\s?(?:수집|축적)하고\s?있", "collects_manufacturing_data", {}),
        (r"산(?:업)?재(?:해보상)?보험에?\s?가입", "accident_insurance", {}),
        (r"보험료를\s?체납하지\s?않", "insurance_arrears", {}),
        (
            r"컨소시엄(?!\s?(?:기관\s?)?포함)(?=을|으로|\s?(?:구성|형태|필수))",
            "consortium",
            {"partner": "supplier", "required": True},
        ),
    )
    for pattern, kind, rest in checks:
        match = re.search(pattern, text)
        if match:
            span = part(one.body, match.start(), match.end())
            yield {"type": kind, "words": span.text, **rest}, one.span, LIKELY
    held = [
        name
        for name, pattern in (
            ("벤처기업", r"벤처기업(?!부|\s?확인)"),
            ("이노비즈", r"이노비즈"),
            ("메인비즈", r"메인비즈"),
        )
        if re.search(pattern, text)
    ]
    if held and not re.search(r"중소·벤처", text):
        criterion = {"type": "certification", "words": "·".join(held), "any_of": held}
        yield criterion, one.span, WEAK


def _safeguards(one: Segment) -> Iterator[tuple[dict[str, Any], Span, float]]:
    text = one.body.text
    for kind, pattern, rest in _SAFEGUARDS:
        match = pattern.search(text)
        if match is None:
            continue
        criterion: dict[str, Any] = {"type": kind, "words": text, **rest}
        if (
            kind == "insolvency"
            and _ONLY_CAPITAL.search(match[0])
            and not re.search(r"부도|파산|회생", text)
        ):
            # Impaired capital is its own condition and no proceeding.
            continue
        if kind == "excluded_trade":
            criterion["terms"] = [name for name in _TRADES if name in text] or [text]
        yield criterion, one.span, SURE
    used = [
        name for name, p in (("중고", r"중고"), ("리스", r"리스|임대\s?\(")) if re.search(p, text)
    ]
    if used:
        yield {"type": "asset_condition", "words": text, "excluded": used}, one.span, LIKELY


def _words_of(
    targets: list[Segment], criteria: list[tuple[dict[str, Any], Span, float]]
) -> Iterator[Value]:
    fields = {
        "employees_regular": "eligibility.employee_limit",
        "revenue_krw": "eligibility.revenue_limit",
        "business_age": "eligibility.years_in_business",
        "consortium": "eligibility.consortium",
    }
    for criterion, span, confidence in criteria:
        name = fields.get(criterion["type"])
        if name:
            yield Value(name, criterion["words"], span, confidence)
    said = [one for one in targets if not one.cells or one.is_own]
    words = [one.body for one in said if 0 < len(one.body.text) <= _LONGEST_REQUIREMENT]
    if words:
        shown = [one.text for one in words[:_MOST_REQUIREMENTS]]
        yield Value("eligibility.other_requirements", [*shown], words[0], LIKELY)
