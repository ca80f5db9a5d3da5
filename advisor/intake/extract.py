"""A message to facts about the company, each with the words it rests on (pure).

Only what the user says of the own company counts: a region in a program's name ("경기도형"), a limit
that is asked about ("20인 이상이면 되나요") and quoted material are no facts.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from advisor.domain.numbers import AMOUNT, COUNT, read_count, read_won
from advisor.domain.profile import Fact
from advisor.domain.vocabulary import Vocabulary

Facts = dict[str, Fact]

HEADS = r"(?:직원|종업원|근로자|상시\s?근로자|상시|인원|고용(?:인원)?|사람|식구|임직원|사원)"
PEOPLE = r"(?:명|인|분|사람)"
# "20인 이상이면", "10명 미만": a limit, not a head count. "열 명도 안" says less than, not how many.
LIMIT = r"(?!\s?(?:이상|이하|미만|초과|넘|도\s?안|도\s?채|까지|당|씩))"
EMPLOYEES = (
    re.compile(
        rf"{HEADS}[가-힣]{{0,2}}?\s?(?:수|규모)?[가-힣:]?\s?(?:한|약|딱|총|전부|다\s?해서|모두|대략|이제|현재|우리)?\s?"
        rf"({COUNT})\s?여?\s?{PEOPLE}{LIMIT}"
    ),
    re.compile(
        rf"{HEADS}[가-힣]{{0,2}}?\s(?:딱\s|한\s)?({COUNT})(?:이|\s)*(?:데꼬|데리고|두고|있|뿐)"
    ),
    re.compile(
        rf"({COUNT})\s?{PEOPLE}\s?(?:짜리|규모|정도\s?되는|이서|이\s?일하|이\s?다니|있는\s?(?:회사|공장)|사업장|기업|회사|공장)"
    ),
    # "도금집인데 11명 있어요"; "검사원이 3명 있어요" and "용접하는 사람 3명" are a part of the staff.
    re.compile(
        rf"(?:^|[가-힣](?:인데|는데|이고|고요?|에서|예요|니다|어요)[.,]?\s)(?:전부|모두|다\s?해서|총|한|약)?\s?({COUNT})\s?{PEOPLE}\s?(?:정도\s?|이\s?)?(?:있(?:어|습|고|는데)|데리고|데꼬)"
    ),
    re.compile(
        rf"(?:우리|저희)(?:는|가|도)?\s?(?:총|다\s?해서|겨우|전부|한)?\s?({COUNT})\s?{PEOPLE}\s?(?:인데|이에요|예요|입니다|이고|밖에|뿐|이서|정도)"
    ),
    re.compile(r"(\d[\d,]*)[- ](?:person|people|employees?|workers?|staff)\b", re.I),
    re.compile(
        r"(?:employs?|with|have|has|of)\s(\d[\d,]*)\s(?:people|employees|workers|staff)", re.I
    ),
)
# The whole message is a number of people: nothing else of a company is counted so.
ONLY_PEOPLE = re.compile(
    rf"(?:한|약|대략|총|전부|모두|다\s?해서)?\s?({COUNT})\s?여?\s?{PEOPLE}\s?(?:정도|쯤|남짓)?\s?(?:이?요|입니다|예요|이에요|돼요|됩니다|있어요|있습니다)?[.!~]*"
)
BARE_PEOPLE = re.compile(rf"(?<![\w가-힣])({COUNT})\s?여?\s?{PEOPLE}{LIMIT}")
REVENUE = re.compile(
    rf"매출(?:액|규모)?(?:이|은|는|도|만)?[^\d일이삼사오육칠팔구십백천억만]{{0,10}}({AMOUNT})(?:원)?(?!\S{{0,3}}(?:이하|이상|미만|초과))"
)
REVENUE_EN = re.compile(r"(?:revenue|sales)[^\d]{0,20}([\d.]+)\s?(billion|million)", re.I)
AVERAGE = re.compile(r"평균")
FOUNDED = re.compile(
    r"((?:19|20)\d{2}|['’]?\d{2})\s?년\s?(?:도)?(?:\d{1,2}월)?(?:에)?\s?(?:설립|창업|개업|시작|세웠|차렸|문\s?열)"
)
AGE = re.compile(
    rf"(?:업력\S?\s?({COUNT})\s?년|(?:창업|설립|개업)\S{{0,2}}\s?({COUNT})\s?년\s?(?:차|째|됐|되))"
)

SELF = re.compile(r"저희|우리(?!나라|\s?동네)|제가|내가|저는|나는|our |we |my |I run|I have", re.I)
# What an owner says after the trade or the place of the own factory, in several dialects.
DOING = re.compile(
    r"하는데|하는\s|하고\s?있|하고요|합니다|해요|한다|함[.,]?$|만드는|만들|맹그|제조|가공|생산|찍어|찍는|운영|"
    r"공장|집(?=이에요|인데|입니다|이고|예요|이요)|업체|업첸|회사|데꼬|데리고|돌리|돌려|돌립|굴리|깎|절삭|조립|허는|혀요|하요|shop|factory|manufactur|maker|plant|run\b",
    re.I,
)
OF_OTHERS = re.compile(
    r"사례|효과\s?본|성과|한\s?(?:데|회사|곳|업체)|회사(?:가|는|도)?\s?있|업체(?:가|는|도)?\s?있|"
    r"(?:기관|센터|연구소|테스트베드|업체|데|곳)\S{0,3}\s?(?:있|어디|알려|추천|찾|담당)|담당\s?기관|준다|주는|다던데"
)
CORRECTED = re.compile(r"아니[라고에요]|잘못|미안|정정|말고")
NOT_THIS = re.compile(r"^\s?(?:이|가|은|는)?\s?(?:아니|말고|아닙)")
PLACE_FOLLOWS = re.compile(
    r"^(?:시|군|구)?\s?(?:에서|에\s|서\s|서$|소재|쪽|인데|이에요|예요|입니다|이고|고요|이구|있|공장|의\s|시$|"
    r"이야|요$|,|\.|$|근처|에요|인디|이라|지역|업체|업첸)"
)
PROGRAM_NAME = re.compile(
    r"^\S{0,3}(?:형|테크노|TP|센터|도형|시가|도가|에서\s?(?:주|준|지원|하는\s?(?:사업|지원)))"
)

LEVELS = ("ICT 미적용", "기초", "중간1", "중간2", "고도")
LEVEL = re.compile(
    r"(?:(?:공식|현재|우리|저희)?\s?(?:스마트공장|스마트화)?\s?(?:수준|레벨|단계)\S{0,3}\s?(?:은|는|이|:)?\s?)"
    r"(기초|중간\s?1|중간\s?2|고도)(?!\s?(?:이상|이하|부터|까지|를\s?목표))"
)
# "작년에 중간1 수준확인 받았어요": the level stands in front, and it was given, not wished for.
LEVEL_GIVEN = re.compile(
    r"(기초|중간\s?1|중간\s?2|고도)(?:화)?\s?(?:단계\s?|수준\s?)?(?:수준\s?)?(?:확인서?|인증|판정|등급)\S{0,2}\s?(?:은|는|도|을|를)?\s?(?:이미\s?)?(?:받(?!을|고\s?싶)|나왔|있(?:어|습|고|는데))"
)
ONLY_LEVEL = re.compile(
    r"(?:우리|저희)?\S{0,2}\s?(중간\s?[12]|고도화?|기초)(?:\s?단계|\s?수준)?(?:이에요|예요|입니다|이요|요|인데요?)[.!~]*"
)
NO_ICT = re.compile(
    r"ICT\S{0,2}\s?(?:는|은|가)?\s?(?:하나도|전혀)?\s?(?:미적용|없|안\s?[돼되썼])", re.I
)
SYSTEMS = {
    "MES": r"MES|엠이에스", "ERP": r"ERP|이알피", "POP": r"POP(?!업)", "WMS": r"WMS",
    "SCM": r"SCM", "QMS": r"QMS", "회계": r"회계\s?프로그램|더존|얼마에요",
    "PLM·CAD": r"PLM|CAD|캐드", "엑셀만": r"엑셀(?:만|로만|밖에)", "그룹웨어": r"그룹웨어",
}  # fmt: skip
HAVE = re.compile(
    r"쓰고|씁니다|써요|쓰는|사용|보유|깔았|깔려|깔고|도입했|도입함|구축했|있어|있고|있습|밖에|뿐|만\s?(?:있|써|쓰|사용)|운영\s?중"
)
HAVE_NOT = re.compile(
    r"없|안\s?(?:써|쓰|깔)|미도입|미보유|못\s?(?:써|쓰)|전이|하기\s?전|먼저|도입\s?(?:전|하려|하고\s?싶)"
)
PROCESS_PAPER = re.compile(
    r"(?:일보|기록|실적|장부|관리|지금은)\S{0,3}.{0,12}(?:종이|손으로|수기)|다\s?종이"
)
INSPECTION = {
    "전수 육안": r"전수\s?육안|전부\s?눈으로|하나하나\s?눈으로|다\s?눈으로",
    "표본 육안": r"표본\s?육안|샘플만\s?눈",
    "비전 검사기": r"비전\s?검사기(?:를|가)?\s?(?:있|쓰|써|사용|보유)",
}
STATEMENTS: tuple[tuple[str, str, str], ...] = (
    # field, value, pattern: what an owner says without naming the field
    ("industrial_accident_insurance", "가입·체납 있음", r"산재\s?보험료?\S{0,2}.{0,12}(?:밀렸|밀려|밀린|체납|못\s?냈|안\s?냈)"),
    ("tax_arrears", "있음", r"(?:국세|지방세|부가세|세금)\S{0,2}.{0,10}(?:밀렸|밀려|밀린|체납\s?(?:중|했|이\s?있|상태)|못\s?냈)"),
    ("insolvency", "진행 중", r"(?:회생|파산)\s?(?:절차\s?)?(?:중|진행|들어갔|신청했)"),
    ("support_ban", "제한 중", r"참여\s?제한\S{0,2}\s?(?:중|받았|걸렸|상태)"),
    ("sf_built", "자체 구축", r"(?:MES|ERP|스마트공장|시스템)\S{0,2}.{0,10}(?:우리|자체|내|회사)\s?(?:돈|비용|자금)\S{0,3}.{0,6}(?:깔|구축|설치|했|만들)"),
    ("sf_built", "없음", r"스마트공장\S{0,2}.{0,8}(?:안\s?지었|안\s?했|안\s?해\s?봤|해\s?본\s?적\s?(?:이\s?)?없|없(?:어|습|고|는\s?(?:상태|회사))|아직\s?(?:없|안))"),
    ("sf_built", "없음", r"(?:정부\s?(?:사업|지원)|지원사업)\S{0,2}.{0,6}(?:한\s?번도|전혀)\s?.{0,6}(?:안\s?했|없|못\s?받)(?!.{0,30}(?:깔았|구축))"),
    ("sf_built", "정부 지원으로 구축", r"(?:정부|국비|중기부|보급사업)\s?\S{0,4}\s?(?:지원|돈)?(?:으로|받아서?|받고)\s?.{0,14}(?:스마트공장|MES|ERP|구축|깔았|도입)"),
    ("export", "직접 수출", r"(?:직접\s?수출|수출(?:하는|을\s?하|합니다|해요|\s?제조업체|\s?기업인))"),
    ("export", "없음", r"수출\S{0,2}\s?(?:안\s?[해하]|없)"),
    ("size_class", "소상공인", r"(?:소상공인|소공인)(?:이에요|입니다|인데|이고|이라|으로)"),
    ("size_class", "소기업", r"(?<!형 )소기업(?:이에요|입니다|인데|이고|이라)"),
    ("size_class", "중견기업", r"중견(?:기업)?(?:이에요|입니다|인데|이고|이라)"),
    ("size_class", "대기업", r"대기업(?:이에요|입니다|인데|이고|이라)"),
    ("collects_data", "수집 안 함", r"(?:데이터|자료)\S{0,2}\s?(?:를|을|은|는|도)?\s?(?:아직\s?|전혀\s?)?(?:안\s?모|모으(?:지|고\s?있지)|수집(?:하지|을\s?안|\s?안|을\s?하지)|나오는\s?건\s?없|없(?:어|습|고))|(?:not|n't) (?:yet )?collect"),
    ("collects_data", "수집 중", r"(?:데이터|자료)\S{0,2}\s?(?:를|을|가|는|도)?\s?(?:자동으로\s?)?(?:모으고|모아\s?(?:두|놓)|수집(?:하고|\s?중|해\s?오|합니다|해요)|쌓(?:여|이|고)|자동\s?집계)|collects? (?:production |manufacturing )?data"),
    ("asset_condition", "중고", r"중고\s?\S{0,8}\s?(?:구입|구매|사|산|샀|들여|도입)|second-?hand"),
    ("asset_condition", "리스", r"리스(?:로|한|하는|\s?(?:설비|장비))"),
    ("company_role", "공급기업", r"(?:저희|우리)\S{0,2}\s.{0,12}(?:공급\s?(?:기업|업체)|솔루션\s?(?:회사|업체|공급)|개발\s?(?:회사|업체))(?:입니다|이에요|예요|인데|이고|거든)"),
    ("research_unit", "연구소", r"(?:부설\s?)?연구소\S{0,2}\s?(?:있|보유|갖)"),
    ("research_unit", "없음", r"(?:부설\s?)?연구소\S{0,2}\s?없"),
    ("supplier_partner", "정해짐", r"공급\s?(?:기업|업체)\S{0,2}(?!\s?어디).{0,6}(?:정했|정해|골랐|있어(?!\S{0,2}\?))"),
    ("funding_status", "단기 자금이 급함", r"자금(?:이|난)?\s?(?:급|막혔|바닥)|돈이\s?(?:급|말랐)"),
)  # fmt: skip
HAD_SUPPORT = re.compile(
    r"((?:20\d{2}|작년|재작년|지난해)\S{0,3}\s.{2,25}?)(?:을|를|에|도)?\s?(?:수행(?:함|했|한)|받았|받은\s?적|선정(?:됐|되었|된)|참여했|참여한)"
)
IN_COMPLEX = re.compile(r"(?:산단|산업\s?단지|공단)\S{0,2}\s?(?:안에|에\s?있|입주|내\s|내에)")
NOT_IN_COMPLEX = re.compile(
    r"(?:산단|산업\s?단지|공단)\S{0,2}\s?(?:이|은|도)?\s?(?:아니|밖|아닌)|개별\s?(?:입지|공장)"
)
PAINS = {
    "quality_defect": r"불량(?:이|률|품).{0,12}(?:많|높|늘|잡|줄|나와|나서|고민|심)|defects? (?:jump|rise|rate)",
    "inspection_labor": r"(?:눈으로|육안)\S{0,3}.{0,8}(?:봐|보|검사|확인)|검사.{0,8}(?:사람|인력|오래|힘들)",
    "downtime": r"(?:설비|기계|라인|프레스|모터)\S{0,2}.{0,10}(?:자꾸|갑자기|뜬금없이)?\s?(?:서버|서삐|멈|고장|섭니)",
    "delivery": r"납기\S{0,2}.{0,10}(?:못|늦|밀)",
    "inventory": r"(?:재고|제고)\S{0,2}.{0,10}(?:쌓|싸여|많|안\s?맞)",
    "labor_shortage": r"사람(?:이|을)?\s?(?:없|못\s?구|안\s?와)|인력난|구인난",
    "skill_loss": r"(?:은퇴|퇴직|그만\s?두|그만뒀)\S{0,4}.{0,14}(?:노하우|기술|없어)|노하우.{0,10}없어",
    "paperwork": r"서류.{0,8}(?:쓰느라|힘들|죽겠|많)|이중으로\s?입력",
    "energy": r"전기\s?(?:요금|세|료)\S{0,2}.{0,10}(?:많|너무|비싸|올라)",
    "safety": r"(?:사고|다칠|위험)\S{0,3}.{0,8}(?:걱정|날까|무서|바꾸)",
}


def extract(speech: str, vocabulary: Vocabulary, *, today: date, asked: str | None = None) -> Facts:
    """Read the facts of one message.

    Args:
        speech: The user's own words, masked, without quoted material.
        vocabulary: Regions and industries.
        today: Turns "업력 7년" into a year.
        asked: Field of the question asked last; a bare "30명이요" then answers it.

    Returns:
        Facts by field id; the quote of each occurs in `speech` byte for byte.
    """
    if (kept := without_denied(speech)) != speech:
        # The quotes of what is left must still stand in what was written.
        left = extract(kept, vocabulary, today=today, asked=asked)
        return {name: fact for name, fact in left.items() if fact.quote in speech}
    facts: Facts = {}
    for read in (_employees, _money, _systems, _levels, _statements, _pains):
        facts.update(read(speech))
    facts.update(_age(speech, today))
    people = ONLY_PEOPLE.fullmatch(speech.strip())
    if people and not facts and (count := read_count(people[1])):
        facts["employees_regular"] = Fact(count, speech.strip())
    if not facts.get("employees_regular") and (told := _listed_people(speech, vocabulary)):
        facts.update(told)
    listed = bool(facts.keys() - {"pain_codes"})
    trade_only = _is_only(speech, [one.words for one in vocabulary.find_industries(speech)])
    trade = _trade(speech, vocabulary, told=listed or trade_only or asked in TRADE_FIELDS)
    listed = listed or bool(trade)
    place_only = _is_only(speech, [one.words for one in vocabulary.find_regions(speech)])
    facts.update(_places(speech, vocabulary, told=listed or place_only or asked in PLACE_FIELDS))
    facts.update(trade)
    if asked and asked not in facts:
        facts.update(_bare(speech, asked))
    return facts


_DENIED = re.compile(
    r"(?:아니(?:요|야|고)?[,.]?\s)?(?<!\S)\S+?(?:이|가)?\s?(?:말고는?|아니고요?|아니라|아니구요?|아닙니다|아니에요)[,.]?\s(?=\S)"
)


def without_denied(speech: str) -> str:
    """Take out what a correction denies: what is left is what is meant.

    >>> without_denied("아니 30명 말고 13명"), without_denied("여수가 아니라 광양이에요")
    ('13명', '광양이에요')
    """
    return _DENIED.sub("", speech).strip() or speech


# "용접하는 사람 3명", "기술자 두 명" are a part of the staff.
_PART = re.compile(
    r"(?:사람|기술자|검사원|작업자|작업원|인력|신입|외국인|반장|기사|경리|사무직|여자|남자|담당자?|관리자|하는\s?\S{0,3})\S?\s*$"
)


def _listed_people(speech: str, vocabulary: Vocabulary) -> Facts:
    """The head count in a list of what a company is: "인천 남동공단 도금 15명"."""
    found = BARE_PEOPLE.search(speech)
    if found is None or _PART.search(speech[: found.start()]) or OF_OTHERS.search(speech):
        return {}
    if not (vocabulary.find_regions(speech) or vocabulary.find_industries(speech)):
        return {}
    count = read_count(found[1])
    return {"employees_regular": Fact(count, found[0].strip())} if count and count > 1 else {}


# What may stand around a word that is the whole reply: "경남 김해요", "저희는 플라스틱 사출입니다".
_AROUND = re.compile(
    r"(?:저희|우리|저|공장|회사|본사|네|예|아)?\S?\s?(?:은|는|이|가)?\s?|"
    r"(?:\s?[가-힣]{1,4}[구동읍면리])?(?:에\s?있|에서|에|쪽|근처|업|을|를)?\s?(?:하고\s|만\s)?(?:있|하|해|깎아|만들어|찍어)?(?:이?요|입니다|예요|이에요|이고요|인데요|임|어요|습니다|합니다|고요)?[.!~\s]*"
)


def _is_only(speech: str, words: Iterable[str]) -> bool:
    """Whether a message is these words and an ending, and asks nothing.

    "부산은요?" asks for another place, so it is not the own one.
    """
    plain = speech.strip()
    found = [word for word in words if word in plain]
    if not found or "?" in plain or re.search(r"[은는]\s?요[.!~]*$", plain):
        return False
    first = min(plain.index(word) for word in found)
    last = max(plain.index(word) + len(word) for word in found)
    middle = plain[first:last]
    for word in found:
        middle = middle.replace(word, "")
    return (
        len(re.sub(r"[\s,·]|쪽|시|군|구", "", middle)) <= 2
        and bool(_AROUND.fullmatch(plain[:first]))
        and bool(_AROUND.fullmatch(plain[last:]))
    )


_DOING = re.compile(
    r"(?:하|보|찍|드|루|맡|치|쓰|뜨|(?<!우)리|우|짜|깎|있|되|타|나르|기|고치|잡|섞|붙이|닦|싣|젓|굽|꿰|메)는\s?$"
)
PLACE_FIELDS = ("factory_sido", "hq_sido", "factory_sigungu")
TRADE_FIELDS = ("industry_text", "main_processes", "main_products", "industry_ksic")


def _employees(speech: str) -> Facts:
    for pattern in EMPLOYEES:
        for found in pattern.finditer(speech):
            if _DOING.search(speech[: found.start()]):
                continue  # "용접하는 사람 3명" are a part of the staff, "저희는 직원 40명" is all of it
            count = read_count(found[1])
            # "사람 하나", "직원 한 분이 그만뒀다" is not the size of a company.
            if count is None or (count < 2 and not found[1].isdigit()):
                continue
            return {"employees_regular": Fact(count, found[0].strip())}
    return {}


def _money(speech: str) -> Facts:
    found = REVENUE.search(speech)
    if found:
        won = read_won(found[1])
        if won:
            before = speech[max(0, found.start() - 12) : found.end()]
            name = "revenue_krw_3y_avg" if AVERAGE.search(before) else "revenue_krw_last"
            return {name: Fact(won, found[0].strip())}
    english = REVENUE_EN.search(speech)
    if english:
        factor = 1_000_000_000 if english[2].lower() == "billion" else 1_000_000
        return {"revenue_krw_last": Fact(round(float(english[1]) * factor), english[0])}
    return {}


def _age(speech: str, today: date) -> Facts:
    found = FOUNDED.search(speech)
    if found:
        digits = re.sub(r"\D", "", found[1])
        year = int(digits)
        if len(digits) == 2:
            year += 2000 if year <= today.year % 100 else 1900
        if 1900 < year <= today.year:
            return {"established_on": Fact(str(year), found[0].strip())}
    found = AGE.search(speech)
    if found:
        years = read_count(found[1] or found[2])
        if years is not None and years < 120:
            return {"business_age_years": Fact(years, found[0].strip())}
    return {}


def _systems(speech: str) -> Facts:
    have: list[str] = []
    quotes: list[str] = []
    for clause in re.split(r"[.,!?]\s?|(?<=고)\s|(?<=는데)\s", speech):
        for name, pattern in SYSTEMS.items():
            found = re.search(pattern, clause)
            if not found:
                continue
            after = clause[found.end() : found.end() + 14]
            # "회계 프로그램밖에 없어요" has one.
            if HAVE.search(after) and not (
                HAVE_NOT.search(after) and not re.search(r"밖에|뿐", after)
            ):
                have.append(name)
                quotes.append(clause.strip())
        if re.search(
            r"(?:프로그램|전산|시스템)(?!\S{0,2}밖에)\S{0,2}\s?(?:은|는|이|도)?\s?(?:아무것도|하나도|전혀)?\s?(?:없|안\s?써)",
            clause,
        ):
            have.append("없음")
            quotes.append(clause.strip())
    if not have and PROCESS_PAPER.search(speech):
        return {}
    return {"systems_in_use": Fact(tuple(dict.fromkeys(have)), quotes[0])} if have else {}


def _levels(speech: str) -> Facts:
    if given := LEVEL_GIVEN.search(speech):
        return {"sf_level_official": Fact(given[1].replace(" ", ""), given[0].strip())}
    if only := ONLY_LEVEL.fullmatch(speech.strip()):
        return {"sf_level_official": Fact(only[1].replace(" ", ""), only[0].strip())}
    found = LEVEL.search(speech)
    if found and not re.search(r"그\s?수준이면|목표", found[0]):
        return {"sf_level_official": Fact(found[1].replace(" ", ""), found[0].strip())}
    found = NO_ICT.search(speech)
    return {"sf_level_official": Fact("ICT 미적용", found[0].strip())} if found else {}


def _statements(speech: str) -> Facts:
    facts: Facts = {}
    for name, value, pattern in STATEMENTS:
        found = re.search(pattern, speech)
        if found and name not in facts:
            facts[name] = Fact(value, found[0].strip())
    for name, pattern in INSPECTION.items():
        found = re.search(pattern, speech)
        if found:
            facts["inspection_method"] = Fact((name,), found[0].strip())
    had = HAD_SUPPORT.search(speech)
    if had and not LEVEL_GIVEN.search(speech):
        facts["recent_support"] = Fact((had[1].strip(),), had[0].strip())
    out = NOT_IN_COMPLEX.search(speech)
    inside = IN_COMPLEX.search(speech)
    if out:
        facts["industrial_complex"] = Fact("해당 없음", out[0].strip())
    elif inside:
        facts["industrial_complex"] = Fact("입주", inside[0].strip())
    return facts


def _pains(speech: str) -> Facts:
    found = [(code, match) for code, p in PAINS.items() if (match := re.search(p, speech))]
    if not found:
        return {}
    found.sort(key=lambda one: one[1].start())
    return {"pain_codes": Fact(tuple(code for code, _ in found), found[0][1][0].strip())}


def _places(speech: str, vocabulary: Vocabulary, *, told: bool) -> Facts:
    mentions = []
    for mention in vocabulary.find_regions(speech):
        start = mention.start
        after = speech[start + len(mention.words) :]
        if NOT_THIS.match(after) or PROGRAM_NAME.match(after):
            continue
        mentions.append((mention, start, after))
    for mention, start, after in mentions:
        clause = after[:40]
        own = SELF.search(speech[:start][-14:]) or re.search(r"공장(?:은|이)?\s?$", speech[:start])
        doing = PLACE_FOLLOWS.match(after) and DOING.search(clause)
        opens = not speech[:start].strip(" ,") or re.search(r"[.:!?]\s*$", speech[:start])
        listed = told and (PLACE_FOLLOWS.match(after) or opens)
        corrected = CORRECTED.search(speech[:start]) and PLACE_FOLLOWS.match(after)
        english = re.search(r"\b(?:in|at|from)\s$", speech[:start]) and (
            SELF.search(speech) or re.search(r"client|customer", speech)
        )
        if not (own or doing or listed or english or corrected):
            continue
        if OF_OTHERS.search(clause) and not (own or told):
            continue
        hq = re.search(r"본사\S{0,2}\s?$", speech[:start])
        prefix = "hq" if hq else "factory"
        facts = {f"{prefix}_sido": Fact(mention.sido, mention.words)}
        if mention.sigungu:
            facts[f"{prefix}_sigungu"] = Fact(mention.sigungu, mention.words)
        return facts
    return {}


def _trade(speech: str, vocabulary: Vocabulary, *, told: bool) -> Facts:
    mentions = vocabulary.find_industries(speech)
    if not mentions:
        return {}
    if OF_OTHERS.search(speech) and not (SELF.search(speech) or told):
        return {}
    if not (told or (DOING.search(speech) and (SELF.search(speech) or _ends_as_trade(speech)))):
        return {}
    code = next((one.ksic for one in mentions if one.ksic and one.ksic != "C"), None)
    if code is None and not any(one.process for one in mentions):
        # "제조기업", "부품사": a manufacturer, and no more is known.
        return {"industry_ksic": Fact("C", mentions[0].words)}
    words = list(dict.fromkeys(one.words for one in mentions if one.ksic != "C" or one.process))
    phrase = _phrase(speech, words, [one.words for one in vocabulary.find_regions(speech)])
    facts: Facts = {"industry_text": Fact(phrase, phrase)}
    if code:
        facts["industry_ksic"] = Fact(code, words[0])
    processes = tuple(dict.fromkeys(one.process for one in mentions if one.process))
    if processes:
        facts["main_processes"] = Fact(processes, words[0])
    return facts


def _ends_as_trade(speech: str) -> bool:
    return bool(
        re.search(
            r"[가-힣]업(?:인데|입니다|이에요|이고|이라)|(?:공장|업체|회사|사업장|가게|업소)\S{0,3}(?:인데|입니다|예요|이에요|이고|고요|합니다|해요|하는데|돌리)|"
            r"\d\s?대\s?(?:를\s?)?(?:돌리|돌려|돌립|굴리|놓고|있)|돌리는데|돌립니다|돌려요|"
            r"만드는데|만듭니다|만들어요|맹그는데|하는데|집(?:이에요|인데|입니다|이고|예요|이요)|합니다[.,]?|찍어요|깎아요|가공합니다|업체고|업첸데|하는\s(?:소기업|공장|업체|회사|기업|직원)",
            speech,
        )
    )


def _phrase(speech: str, words: Iterable[str], places: Iterable[str]) -> str:
    """The user's words around the trade: the tokens that hold them, up to four, particles kept off.

    A place in front ("여수 화학공장") is no part of what a company makes.
    """
    tokens = re.findall(r"[^\s,.?!]+", speech)
    held = [i for i, token in enumerate(tokens) if any(word in token for word in words)]
    if not held:
        return " ".join(words)
    first, last = held[0], min(held[-1], held[0] + 3)
    chosen = tokens[first : last + 1]
    before = tokens[first - 1] if first else ""
    of_place = any(before in place for place in places)
    if (
        re.fullmatch(r"[가-힣]{2,5}", before)
        and not of_place
        and not re.search(
            r"(?:에서|으로|인데|하는|저희|우리|직원|명|은|는|이|가|고|서|딱|시|군|구|도|데|요)$",
            before,
        )
    ):
        chosen = [before, *chosen]
    phrase = " ".join(chosen)
    return re.sub(
        r"(?:입니다|합니다|해요|이요|인데요?|하는데예?요?|이에요|예요|으로|로|을|를|은|는|이고|하고요?|에서)$",
        "",
        phrase,
    )


def _bare(speech: str, asked: str) -> Facts:
    """A short reply to the question asked last."""
    plain = speech.strip(" .!~")
    if len(plain) > 40:
        return {}
    if asked in _BARE_NUMBERS:
        pattern, read = _BARE_NUMBERS[asked]
        found = re.search(rf"({pattern})", plain)
        value = read(found[1]) if found else None
        return {asked: Fact(value, found[0].strip())} if found and value is not None else {}
    for pattern, fixed in _BARE_WORDS.get(asked, ()):
        found = re.search(pattern, plain)
        if found:
            return {asked: Fact(fixed or re.sub(r"\s", "", found[0]), found[0])}
    return {}


_BARE_NUMBERS: dict[str, tuple[str, Callable[[str], int | None]]] = {
    "employees_regular": (COUNT, read_count),
    "site_count": (COUNT, read_count),
    "revenue_krw_last": (AMOUNT, read_won),
    "revenue_krw_3y_avg": (AMOUNT, read_won),
    "self_fund_krw": (AMOUNT, read_won),
}
# Field to patterns; the value is the fixed one, else the matched words without blanks.
_BARE_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "established_on": ((r"(?:19|20)\d{2}", ""),),
    "sf_level_official": (
        (r"기초|중간\s?1|중간\s?2|고도", ""),
        (r"없|안\s?받", "확인받은 적 없음"),
    ),
    "sf_built": ((r"^(?:아니|없|안\s?했|처음)", "없음"),),
}
