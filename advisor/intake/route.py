"""Which kind of turn a message is, by its words and what it names (pure)."""

import re
from collections.abc import Sequence

from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent, NameHit

COMPARE = re.compile(
    r"비교|\bvs\b|차이|뭐가\s?달|다른\s?(?:점|가)|어느\s?(?:쪽|게|것|거)|(?<!려면\s)뭐가\s?(?:더\s?)?(?:나|좋|이득|유리)|뭐가\s?다르|중에?\s?(?:뭐|어느|어떤|어디)|"
    r"(?:먼저|우선)\s?할까요.{0,20}(?:먼저|우선)\s?할까요|나을까|better|compare|difference",
    re.I,
)
DIAGNOSIS = re.compile(
    r"(?:AI|에이아이|인공지능|스마트공장).{0,16}준비(?:가|도|\s?됐|\s?되었|됐|\s?수준|\s?상태|\s?(?:얼마나|어느\s?정도)|\s?된\s?(?:편|건|상태))|준비\s?(?:수준|도\s?진단|됐나|된\s?건가)|진단\s?(?:해|받|준비|부탁|좀|하고|시작)|"
    r"뭐가\s?(?:모자|부족)|모자란지|부족한\s?(?:점|게|것)|(?:우리|저희)\s?(?:회사\s?|공장\s?)?수준|수준이\s?어느\s?정도|ready for ai|readiness|assess|how ready",
    re.I,
)
RECOMMEND = re.compile(
    r"(?:받을\s?수\s?있는|쓸\s?만한|맞는|신청할\s?수\s?있는|되는|나오는)\s?(?:지원|사업|자금|돈|정부|바우처|거|게|것|데|건|지)|"
    r"지원(?:금|사업|책)?\S{0,2}\s?(?:뭐가?|어떤\s?게|무엇|좀|추천|알아)\s?(?:있|해|알려|찾)|지원(?:금|사업)?\s?(?:있나|있을까|없나|없을까)|돈\s?(?:좀\s?)?나오는|"
    r"그래서\s?\S{0,4}\s?(?:뭐|뭘)\S{0,2}\s?(?:를\s)?(?:해\s?[주줘준]|도와|[주줘준])|(?:나라|정부|국가)에서.{0,8}(?:뭐|뭘)\s?(?:해|도와)?\s?[주줘준]|(?:나라|정부|국가)에서\s?.{0,14}(?:돈|비용)\S{0,2}\s?(?:좀\s?)?(?:대|보태|[주줘준]|나)|"
    r"(?:그냥|공짜로?|거저)\s?(?:주는|나오는|받는)\s?(?:돈|거|게|것|데)|지원(?:금|사업)?\s?(?:좀|같은\s?거|뭐)\s?(?:\S{0,2}\s?)?있|뭐\s?(?:좀\s?)?도와\s?[주줘]|"
    r"(?:AI|인공지능|스마트\s?공장|자동화)\S{0,2}\s?(?:한번\s?|좀\s?)?(?:해|시작해|넣어|도입해|들여)\s?보고\s?싶|"
    r"추천|후보\s?과제|첫\s?과제|뭐부터\s?(?:하|해|시작)|무엇부터|어떤\s?(?:지원|사업|AI|솔루션)\S{0,3}\s?(?:맞|좋|있|넣|받|써)|적용\s?후보|"
    r"붙여\s?줘|what (?:kind of )?(?:ai|support|grant)|\bany (?:\w+ )?(?:grants?|subsid\w+|support|funding|programs?)\b|(?:grants?|subsid\w+|funding) (?:for|to|available)|recommend|which (?:programs?|grants?|subsid\w+|support)|(?:grants?|subsid\w+) (?:fit|for us|are there|can we)",
    re.I,
)
SMALL_TALK = re.compile(
    r"^\W*(?:안녕(?:하세요|하십니까)?|반갑습니다|반가워요?|하이|헬로|고마워요?|고맙습니다|감사(?:합니다|해요|드려요)|수고(?:하세요|하셨습니다|했어요?)|"
    r"네|예|넵|응|ㅇㅇ|그래요?|알겠(?:습니다|어요|어)|오케이|ok|okay|hello|hi|hey|thanks?|thank you|bye|잘\s?있어|ㅎㅎ+|ㅋㅋ+|테스트|test)"
    r"(?:\s?(?:네|요|정말|너무|많이|감사합니다|고맙습니다))*\W*$",
    re.I,
)
WHO_ARE_YOU = re.compile(
    r"(?:누가|이거|너|당신)\S{0,3}\s?만든\s?(?:거|사람|데|회사)|(?:말|답|이거|너|당신)\S{0,3}\s?(?:진짜|정말)?\s?믿(?:을\s?수\s?있|어도\s?[되돼])|^(?:진짜\s?|정말\s?)?믿(?:을\s?수\s?있|어도\s?[되돼])|(?:개인\s?정보|내\s?정보|우리\s?정보|입력한\s?(?:거|것|내용))\S{0,3}\s?.{0,8}(?:어디|저장|보관|안전|새|유출|지워|삭제)|(?:너|넌|당신|누구|이름)\S{0,3}\s?(?:누구|뭐(?:야|니|예요|하는)|이름)|뭘\s?(?:할\s?수|해\s?줄|도와)|무엇을\s?(?:도와|할\s?수)|사람이(?:야|에요|세요)|who are you|what can you",
    re.I,
)
# "맡겨도 되나": a question of what is allowed, answered by a rule, not by the company's figures.
PERMITTED = re.compile(
    r"(?:맡겨|받아|써|해|넘겨|내|빌려|줘|사|팔아|적어|잡아|넣어|채워|돌려|바꿔|나눠|맡아|세워|[가-힣]려)도\s?(?:되|돼|됩|괜찮)|되는\s?거\s?(?:아니|아냐|아닌)|괜찮(?:은가|나요|을까)"
)
STILL = re.compile(r"아직|지금도|마감|끝났|끝난|지났|열려|still", re.I)
OWN = re.compile(r"우리|저희|자격|대상|해당|조건")
PERSONAL = re.compile(r"우리|저희|자격|대상|해당|되나\b|되나[?요]|되겠|됨|되는\s?교|되는지")
SUPPORT = re.compile(
    r"해\s?준다|해\s?주나|해\s?줘|해\s?주는|지원(?!팀|센터)|대\s?준|대\s?주|보태\s?[주준]|사업에|신청|보조금|바우처|자금|융자|보증|공제|컨설팅|program|support|voucher|qualify|grant|subsid",
    re.I,
)
WISH = re.compile(r"하고\s?싶|싶은데|솔루션|방법|힘[들듭]|죽겠|고민|넣고|걱정|환장|골치|적용")
FIGURES = frozenset({Aspect.AMOUNT, Aspect.RATE, Aspect.COUNT, Aspect.OWN_SHARE})
ASKS = re.compile(
    r"[?？]|까요|나요|가요|ㄴ가|는지|은지|을지|니까|니꺼|는교|십시오|주세요|줘|달라|알려|보여|궁금|싶|되나|있나|없나|얼마|언제|어디|뭐|무엇|어떤|어떻게|"
    r"우꽈|당가|대유|래요|대요|임$|됨$|했나|한가|제시|요약|(?<!수준)(?<!수준 )확인|안내|문의|추천|please|what|which|how|where|can |is there|does|do ",
    re.I,
)
# How Korean complains, whatever the trade: of not being able, of again and again, of too much.
TROUBLE = re.compile(
    r"못\s?(?:맞|찾|돌|구|잡|쓰|내|하|받|보|재|알|지키|따라|견|버티)|안\s?(?:맞|들어[오와]|나와서|잡히|보여|구해|돼서|통해|오르|팔)|자꾸|맨날|매번|너무|엄청|하루\s?(?:종일|가\s?다)|"
    r"느라|감으로|눈대중|한계|불안|답답|난리|버려요|버립니다|버리는|폐기|클레임|반품|재작업|재염|밀려|밀립|늦어|아무도\s?(?:몰|모)|부족|모자라|사람(?:이|도)\s?(?:없|안\s|못)|"
    r"마다\s?(?:다|달|틀)[가-힣]|들쭉|들쑥|틀어|깨[져지질]|휘어|부서|터져|새\s?나가|샙니|새는(?:지|\s?데)|튀어|그만\s?(?:두|둔)|퇴직|죽어\s?있|야근|밤새|뒤죽박죽|엉망|여기저기|일일이|하나씩|보기\s?힘|번거|귀찮|위험해|다쳤|다칠|칠\s?뻔|"
    r"머릿\s?속|머리\s?속|머리에만|손\s?감각|손맛|감각에|눈썰미|(?:그|한)\s?(?:사람|분|양반)(?:만|밖에|한테만)|혼자(?:만|서만)\s?(?:알|하)|무서워|무섭|겁[나이]|밖에\s?(?:못|안)|하늘의?\s?별|"
    r"keeps? \w+ing|too (?:much|many|often|slow)|cannot|can't|nobody|never",
    re.I,
)
PROBLEM = re.compile(
    r"불량|고장|서버|멈|납기|재고|제고|전기\s?(?:요금|세|료)|노하우|은퇴|수기|종이|이중으로|시행착오|들쭉날쭉|힘들|죽겠|환장|골치|고민|걱정|편차|부러|마모|사람이\s?없|위험한|"
    r"하고\s?싶|싶은데|방법\s?(?:없|업|있)|자동화|줄여|잡고|솔루션|AI\s?(?:같은\s?거\s?)?(?:있|로\s?되|되나)|ai로|defect|problem|automate",
    re.I,
)


def route(
    text: str,
    *,
    speech: str,
    aspects: frozenset[Aspect],
    names: Sequence[NameHit],
    focus_kinds: frozenset[Kind] = frozenset(),
    told_facts: bool,
    is_follow_up: bool,
) -> Intent:
    """Choose the kind of turn.

    Args:
        text: The question that stands alone.
        speech: The words of this turn.
        aspects: What the text asks about.
        names: Records that the text names.
        focus_kinds: Kinds of the records that a word such as "그건" surely points at.
        told_facts: Whether this turn told something about the company.
        is_follow_up: Whether the turn leans on an earlier one.
    """
    named = {hit.kind for hit in names} | focus_kinds
    money = bool(named & {Kind.PROGRAM, Kind.FUNDING_RULE})
    if SMALL_TALK.match(speech) or (WHO_ARE_YOU.search(speech) and not names):
        return Intent.SMALL_TALK
    about_program = money and aspects & {Aspect.ELIGIBILITY, Aspect.WINDOW, *FIGURES}
    asks = ASKS.search(speech) or PROBLEM.search(speech) or TROUBLE.search(speech)
    if told_facts and not about_program and not asks:
        return Intent.TELL
    if COMPARE.search(text) and not is_follow_up:
        return Intent.COMPARE
    if DIAGNOSIS.search(speech) and not money and not (Aspect.HOW in aspects and names):
        return Intent.DIAGNOSIS
    if Aspect.COMBINE in aspects or PERMITTED.search(speech):
        return Intent.FACT
    if Aspect.ELIGIBILITY in aspects and (
        Kind.EXPERT in focus_kinds or _asks_for_us(speech, aspects, money, told_facts)
    ):
        return Intent.ELIGIBILITY
    by_name = any(hit.kind in (Kind.PROGRAM, Kind.FUNDING_RULE) for hit in names)
    if money and (by_name or Aspect.CASE not in aspects):
        effect = Aspect.EFFECT in aspects and not aspects & FIGURES
        return Intent.CASE if effect else Intent.FACT
    return _without_program(text, speech, aspects, named)


def _asks_for_us(speech: str, aspects: frozenset[Aspect], money: bool, told_facts: bool) -> bool:
    """Whether it is asked if this company gets something, not what there is to get."""
    if Aspect.DOCUMENTS in aspects:
        return False
    if Aspect.WINDOW in aspects and STILL.search(speech) and not (told_facts or OWN.search(speech)):
        return False  # "아직 신청되나요?" asks for the window, not for a verdict
    personal = bool(PERSONAL.search(speech))
    if not money and not (personal and SUPPORT.search(speech)):
        return False
    return not aspects & FIGURES or (personal and told_facts and Aspect.AMOUNT not in aspects)


def _without_program(
    text: str, speech: str, aspects: frozenset[Aspect], named: set[Kind] | frozenset[Kind]
) -> Intent:
    if RECOMMEND.search(speech):
        return Intent.RECOMMEND
    if Aspect.CASE in aspects:
        # "솔루션과 유사 사례": the way out first, with the case behind it; a question for results is
        # a question for the case.
        wants_way_out = Aspect.NEEDS in aspects or WISH.search(speech)
        return Intent.PROBLEM if wants_way_out and Aspect.EFFECT not in aspects else Intent.CASE
    if Aspect.PLACE in aspects:
        return Intent.EXPERT
    of_floor = PROBLEM.search(text) or TROUBLE.search(speech)
    if of_floor and not named & {Kind.CASE, Kind.EXPERT}:
        return Intent.CASE if Aspect.EFFECT in aspects else Intent.PROBLEM
    if Aspect.EFFECT in aspects and not aspects & FIGURES:
        return Intent.CASE
    # "검사원이 그만둔대요": told, not asked, and of no figure: a worry.
    worry = (
        not aspects
        and not named & {Kind.CASE, Kind.EXPERT}
        and not ASKS.search(re.sub(r"[대래]요", "", speech))
    )
    if worry and SUPPORT.search(speech):
        return Intent.RECOMMEND  # "그중에 융자 말고 공짜로 주는 건": of money, not of the floor
    return Intent.PROBLEM if worry and len(speech) >= 8 else Intent.FACT
