"""Words that steer an interview instead of answering: stop, go on, that is wrong (pure)."""

import re
from enum import StrEnum

from advisor.diagnosis.squeeze import squeeze


class Control(StrEnum):
    """What a message wants of the interview."""

    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    RESULT = "result"
    NEXT = "next"
    EXPLAIN = "explain"
    CORRECT = "correct"
    DENY = "deny"
    AGREE = "agree"
    SKIP = "skip"
    HOW_LONG = "how_long"
    IMPATIENT = "impatient"


# On words without spaces and marks; the first that fits wins. Answers say "멈추면", "결과까지 나와요"
# and "틀린 걸 고쳐요" too, so each pattern names what it is about or stands alone.
_CONTROLS: tuple[tuple[Control, re.Pattern[str]], ...] = (
    (Control.RESTART, re.compile(r"진단.{0,4}(처음부터|새로|다시시작|초기화)|^처음부터다시")),
    (
        Control.RESUME,
        re.compile(
            r"진단.{0,8}(계속|이어|마저|재개)"
            r"|^(네|예|응|그럼|자)?(이어서|계속|마저)(진단|할게|하자|해요|합시다|물어|진행|하죠|갈게|해주세요|해줘|해)?(요|주세요)?$"
        ),
    ),
    (
        Control.PAUSE,
        re.compile(
            r"(진단|나머지).{0,8}(나중에|다음에|내일|이따|쉬|멈|미루)"
            r"|^[가-힣]{0,8}(나중에|이따가?|다음에|내일)(다시)?(할게|하죠|하자|합시다|할래|답할게|계속할게)|^잠깐(만요?)?(쉬[가-힣]{0,6})?$"
        ),
    ),
    (
        Control.STOP,
        re.compile(
            r"^(이제|여기서|오늘은|일단|됐고|아|네|그럼)?(그만|스톱|중단|끝)(요|할게요?|할래요?|하죠|하자|합시다|해요|해|하겠습니다|둘게요|낼게요|내죠|내자)?$"
            r"|진단.{0,4}(그만|중단|끝|종료|안할)|^여기(까지|서끝)|^이제됐(어요|습니다)$|그만(물어|여쭤)"
        ),
    ),
    (
        Control.RESULT,
        re.compile(
            r"진단(결과|점수)|(^|[.]|그럼|빨리|그냥|이제|일단)결과(를|는|좀|나|만|부터)?(좀)?(보여|알려|볼수|봐도|보자|줘|내놔)|지금까지.{0,8}(결과|정리|요약)"
            r"|(우리|저희)(회사|공장)?.{0,3}수준.{0,8}(어느정도|어때|어떤|어떻|뭐|몇|알려|되나|인가|이에요|예요)"
        ),
    ),
    (
        Control.HOW_LONG,
        re.compile(
            r"(언제|얼마나더|몇(개|가지|문제|문항|번)(나|를|이나)?(더)?)(끝|남|물|묻|해야|하면|걸)|아직(도)?(멀었|남았)(어|나|습)|많이남았|질문이?몇개"
        ),
    ),
    (
        Control.SKIP,
        re.compile(
            r"^(그건|이건|그냥|일단|이번거?|이질문은?)?(패스|넘어가|넘어갑|넘깁|넘길|건너뛰|건너뜁|스킵|다음질문|다음(거|것)?(으로|$)|노코멘트)[가-힣]{0,8}$"
            r"|(대답|답|말)(은|을)?(하기)?(싫|곤란|못하겠|안할)[가-힣]{0,6}$|^비밀[가-힣]{0,4}$"
        ),
    ),
    (
        Control.IMPATIENT,
        re.compile(
            r"(뭘|왜|뭐|그만)?(자꾸|이렇게|그렇게|계속)(많이|꼬치꼬치|귀찮게)?(물|묻|질문)|질문이?(너무|왜이렇게)?(많|길)|^(아)?(정말|진짜|참)?(귀찮|짜증|지겹|답답하|성가시)[가-힣]{0,6}(정말|진짜)?$"
            r"|^(아)?(나)?(지금)?바(빠|쁘|쁩)[가-힣]{0,6}$|^빨리(빨리)?[가-힣]{0,6}$|시간(이)?없(어|다)[가-힣]{0,2}빨리"
        ),
    ),
    (
        Control.NEXT,
        re.compile(
            r"^(그럼|그러면|그래서|자|결국|다음(에|엔|에는|은)?)?(이제|우선|먼저|일단|저희는|우리는)?(뭐|뭘|무엇|무얼)(을|부터|를)?(먼저)?(하면|해야|시작|할까|준비)[가-힣]{0,8}$"
        ),
    ),
    (
        Control.EXPLAIN,
        re.compile(
            r"무슨(뜻|말|소리|의미)|뜻이(뭐|무)|왜(물|묻|그걸|그런걸|이런걸)|(질문|말)이?.{0,4}이해.{0,4}(안|못)|^예를들|예시.{0,4}(줘|주)|쉽게(말|설명)|어떻게(대답|답해|말해)"
        ),
    ),
    (
        Control.CORRECT,
        re.compile(
            r"그게아니|그말이아니|^그건아니|그뜻이아니|그런(뜻이|말이)아니|잘못(이해|알아들|들으|들었|말했|말씀)|^틀렸|틀렸(어요|습니다|네요)$|^정정|"
            r"(답|대답|말|그거|그건|아까).{0,6}고쳐(줘|주)|그렇게말한게|^다시말하|"
            r"아까(말한|그건|한말|얘기한|대답|답).{0,10}(아니|틀|잘못|바꿀|고칠|다시)"
        ),
    ),
    (Control.DENY, re.compile(r"^(아니요?|아뇨|아닙니다|아니에요|아닌데요?)")),
    (
        Control.AGREE,
        re.compile(
            r"^(네|예|넵|넹|응|어|맞아요?|맞습니다|맞죠|그래요?|그렇습니다|그렇죠|그쵸|좋아요?|좋습니다|알겠습니다|오케이|ok|okay|ㅇㅇ|ㅇㅋ)+$"
        ),
    ),
)  # fmt: skip
# What is left of a correction once the words that announce it are gone.
_LEAD = re.compile(
    r"^\W*(아까\s?(제가\s?)?(한\s?|말한\s?|대답한\s?|답한\s?)?(말|거|건|것|답)?\s?(은|는|이|가)?\s?(틀렸|틀린|틀려|잘못|아니)[가-힣]*|아니(요|에요|야)?|아뇨|아닙니다|그게\s?아니(라고요?|라|고요?|에요)?|그건\s?아니고요?|그\s?말이\s?아니라|"
    r"잘못\s?(이해|말|알)\S*|틀렸\S*|정정(할게요|합니다)?|다시\s?말하면)[\s,.!]*"
)
# Said in anger; what is left may still answer.
_OATHS = re.compile(
    r"(?:아\s?)?(?:씨+발+|시+발+|씨팔|ㅅㅂ|ㅆㅂ|씹|존나|졸라|개새끼\S*|새끼\S*|지랄\S*|젠장|염병\S*|빌어먹을|미친|니미|썅|좆\S*)[\s,.!~]*"
)
# Rhetorical doubt in an answer ends like a question: "한 삼백쯤 되려나?"
_DOUBT = re.compile(r"(려나|을까|ㄹ까|않나|않을까|던가|텐데|지싶|싶은데)(요|싶어요)?\??$")
_REQUEST = re.compile(
    r"(알려|추천|보여|찾아|설명|비교|안내|요약|정리|골라)\s?(해\s?)?(줘|주세요|주실|달라|주시|줄래|바랍|부탁)|궁금(해|합|하|한)|"
    r"알고\s?싶|물어볼\s?게|묻고\s?싶|다른\s?(얘기|질문|것\s?좀)|"
    r"(붙여|뽑아|짜|세워|만들어|해)\s?(줘|주세요|주십시오)\W*$|(요약|제시|추천|비교|안내|문의)\s?(바람|요망|요청|부탁\S*)?\W*$"
)
_YES_NO = re.compile(
    r"(있나요|있으세요|계신가요|있으신가요|오가나요|두셨나요|보셨나요|있을까요)\W*"
)


def control_of(words: str) -> Control | None:
    """Return what the message wants of the interview, None where it just says something."""
    text = squeeze(words)
    return next((control for control, pattern in _CONTROLS if pattern.search(text)), None)


def without_oaths(words: str) -> str:
    """Return the words without what was said in anger.

    >>> without_oaths("씨발 다 종이에 쓴다고")
    '다 종이에 쓴다고'
    """
    return _OATHS.sub("", words).strip()


def without_lead(words: str) -> str:
    """Return a correction without the words that announce it.

    >>> without_lead("아니 그게 아니라 매일 엑셀에 넣어요")
    '매일 엑셀에 넣어요'
    """
    rest = words.strip()
    while (shorter := _LEAD.sub("", rest, count=1)) != rest:
        rest = shorter
    return rest


def doubts(words: str) -> bool:
    """Tell whether words that end like a question only say that one is not sure."""
    return bool(_DOUBT.search(squeeze(words)))


def requests(words: str) -> bool:
    """Tell whether the words ask for something without a question mark."""
    return bool(_REQUEST.search(words))


def asks_yes_or_no(question: str) -> bool:
    """Tell whether "아니요" answers the question by itself."""
    return bool(_YES_NO.search(question))
