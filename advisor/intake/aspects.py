"""What is asked about: amount, rate, window, needs … by the words of a question (pure)."""

import re

from advisor.domain.question import Aspect

PATTERNS: dict[Aspect, str] = {
    Aspect.AMOUNT: r"얼마|얼만|얼매|올마|돈도\s?(?:줘|주나|줍|나와|나오)|한도|최대|상한|금액|몇\s?(?:억|조|만\s?원|천만)|지원금\S{0,2}\s?(?:은|이|규모)|지원액|예산|등록금|how much|ceiling|amount|maximum|up to|limit",
    Aspect.RATE: r"몇\s?(?:프로|퍼센트|퍼|%)|비율|보조율|지원율|요율|이자|금리|보증료|공제율|퍼센트|프로까지|프로예요|rate\b|ratio|share of|percent",
    Aspect.OWN_SHARE: r"자부담|우리\s?돈|회사\s?부담|기업\s?부담|우리\s?부담|우리가\s?내|(?:우리|저희|내|제)(?:는|가|도)?\s?(?:그럼\s?|돈\s?)?얼마(?:나|를)?\s?(?:내|부담|더\s?내)|부담률|분담|own share|own contribution|pay ourselves|(?:our|my|the company'?s?) (?:own )?(?:share|part|money)\b|out of pocket|do (?:we|i) (?:have to )?pay",
    Aspect.NEXT_WINDOW: r"다음\s?(?:거|건|것|번|차|모집|공고|회차|접수)|언제\s?또|또\s?언제|내년에도|재공고",
    Aspect.WINDOW: r"언제|마감|접수|기간|신청\s?(?:받|돼|되|가능|중|할\s?수\s?있)|지금|아직|모집|열려|끝났|시행|기한|며칠|D-|deadline|window|open\b|close|still apply|when\b",
    Aspect.ELIGIBILITY: r"자격|대상(?:이\s?(?:되|아니|맞)|인가|인지|에\s?(?:해당|들|포함)|자인|\s?맞|\s?여부|\s?[되돼])|조건\s?(?:이\s?)?(?:맞|되)|해당(?:되|하|돼)|(?:받|신청|지원|참여|이용|부르|부를)\S{0,4}\s?(?:할\s?)?수\s?있(?!는)|(?:신청|지원|참여|재참여)\s?(?:돼|되|가능|됩)|(?<!지원)(?<![야어아해]\s)(?<![야아해])(?<!공개)(?<!마감)(?<!신청)(?<!어떻게\s)(?<!어떻게)(?<!어찌\s)되나|(?<=[은는도가]\s)(?:돼요|됩니까|돼\?)|\S\s(?:돼요|됩니까)\s?\?|넣을\s?수\s?있|되겠|되는\s?교|되는지|됨\?|그것도\s?[됨되돼]|우리도\s?[되돼됩]|저희도\s?[되돼됩]|가능\s?(?:했|한|합|할|하|여부)|넣어도|qualif|eligib|can (?:we|i|my|they|\w+ compan\w+|a \w+)(?: \w+){0,6} (?:apply|get|join|use it)|are we (?:allowed|in|covered)|is (?:my|our) (?:company|factory|shop)",
    Aspect.HOW: r"어떻게\s?(?:신청|하|받)|신청\s?(?:방법|절차|은\s?어)|절차|순서|단계별|월별|직접\s?하려면|how (?:do|to|can)",
    Aspect.DOCUMENTS: r"(?<!해썹 )(?<!HACCP )서류(?!가?\s?(?:너무|많|힘))|제출|구비|papers|documents|paperwork needed",
    Aspect.CONTACT: r"전화|연락처|번호|홈페이지|누리집|주소|문의처|이메일|사이트|phone|website|contact",
    Aspect.PLACE: r"어디(?!서\s?\S{0,6}\s?(?:새|막|나온|나왔|나오|생기|틀어|문제|불량|고장))(?!서부터)|어데|(?:해\s?볼|할|배울|맡길|빌릴|빌려\s?주는|도와\s?주는|도와\s?줄|봐\s?주는|봐\s?줄|알려\s?주는|가르쳐\s?주는|물어볼|상담할)\s?(?:데|곳|사람|기관|센터|업체)|(?:센터|연구소|기관|테크노파크|창구)\S{0,2}\s?(?:있|없)(?:나|어|다|을까|습)|어느\s?(?:기관|센터|곳)|창구|물어\s?볼|물어봐|상담|가까운|근처|담당\s?기관|누가\s?와|도와\s?줄\s?(?:데|곳)|실증\s?가능한|전담\s?센터|(?:지역|우리|저희)\s?\S{0,6}\s?(?:테크노파크|센터|지원기관)|which (?:place|centre|center)|where|nearby|talk to",
    Aspect.COUNT: r"몇\s?(?:개|곳|군데|건|회|번|명|시간|사\b|행|년|차례|권역|과제)|(?:과제|기업|업체|행|불량|건|횟)\s?수\b|횟수|시간짜리|how many",
    Aspect.NEEDS: r"준비|전제|챙길|챙겨|갖춰|갖추|필요(?:한|해|하)|요건|조건(?:은|이\s?(?:뭐|무엇|어떻))|뭐부터|뭘\s?먼저|무엇부터|먼저\s?해|권장\s?수준|적정\s?수준|달아야|있어야|방법\s?(?:없|업|있)|what do (?:we|i) need|prerequisite",
    Aspect.EFFECT: r"효과|성과|생산성|얼마나\s?(?:좋|빨|줄|늘|절감)|개선|결과|나아졌|빨라|정확도|절감|감소|몇\s?초|before and after|results?\b|improve",
    Aspect.COST: r"(?:그\s)?(?:돈|비용|자금)은?\s?어디서\s?(?:나|났|난|구)|단가|가격|도입\s?비|구축\s?비|비용|얼마\s?(?:들|드)|투자(?:비|금|액)|총투자|값이|cost|price",
    Aspect.SUPPLIER: r"공급\s?업체|업체|공급\s?(?:사|기업)|솔루션\s?(?:회사|업체)|어느\s?회사\s?(?:제품|것)|supplier|vendor",
    Aspect.CASE: r"사례|예시|예\s?하나|실제로\s?한|(?:[한본]|쓰는|넣은|고친|줄인|올린|적용한|좋아진|잘된)\s(?:데|디|곳)\b|(?:[한본]|하는|쓰는|넣은|고친|줄인|올린|적용한)\s?(?:회사|업체|기업|공장)(?:(?:가|는|도|\s)\s?(?:있|없|사례|보여)|\s*[?.]?$)|효과\s?본|성과\s?나온|비슷한\s?(?:회사|업체|데|곳)|우리캉|다른\s?(?:회사|업체)|쓰는\s데(?=가|도|\s|[?.]|$)(?!\s?(?:필요|들))|\bcases?\b|examples? of|like ours|similar (?:compan|factor|shop)|who (?:else )?(?:has )?(?:done|did) (?:it|this|that)|which (?:korean )?(?:compan|factor)",
    Aspect.DATASET: r"데이터\s?셋|데이터세트|공개\s?데이터|연습\s?데이터|KAMP|dataset",
    Aspect.LEVEL: r"수준|단계|레벨|등급|level",
    Aspect.AI_OR_NOT: r"AI\S{0,4}\s?(?:한\s?거|한\s?것|한\s?겁|맞|여부|아니|였)|AI\s?여부",
    Aspect.COMBINE: r"동시에|중복|같이\s?(?:받|신청|써|쓸|해도)|함께\s?(?:받|신청)|둘\s?다\s?(?:받|써|쓸|신청|같은)|또\s?받|두\s?번\s?(?:받|신청|해도)|몇\s?번\S{0,2}\s?(?:받|되|돼|가능|할\s?수|신청)|몇\s?번까지|재신청|at the same time",
    Aspect.MEANING: r"뭐\s?하는|뭐예요|뭐에요|뭔가요|무엇(?:인가|입니까|이)|뭐임|뭐야|뭐죠|뭔지|무슨\s?(?:사업|제도|뜻)|설명|어떤\s?(?:사업|제도|것|건)|what is|what are|tell me about",
}  # fmt: skip
_COMPILED = {aspect: re.compile(pattern, re.IGNORECASE) for aspect, pattern in PATTERNS.items()}


def find_aspects(text: str) -> frozenset[Aspect]:
    """Return every aspect whose words stand in the text, with or without spaces.

    >>> sorted(find_aspects("그건 언제까지예요?"))
    [<Aspect.WINDOW: 'window'>]
    """
    # Only a text typed without spaces is read without them: elsewhere words would grow together.
    typed_without_spaces = len(text) >= 10 and text.count(" ") < len(text) / 14
    squeezed = re.sub(r"\s+", "", text) if typed_without_spaces else text
    return frozenset(
        aspect
        for aspect, pattern in _COMPILED.items()
        if pattern.search(text) or pattern.search(squeezed)
    )
