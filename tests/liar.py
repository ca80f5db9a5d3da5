"""A model that lies on purpose, and one that obeys everything: what they would reply to a prompt."""

import json
import random
import re
from collections.abc import Callable

_CONFIRMED = re.compile(r"<확인된_답>\n(.*?)\n</확인된_답>", re.S)
_QUESTION = re.compile(r"<(?:질문|말|마지막_말|문의)>\n(.*?)\n</(?:질문|말|마지막_말|문의)>", re.S)
_EVIDENCE = re.compile(r"<(?:근거|자료)>\n(.*?)\n</(?:근거|자료)>", re.S)

INVENTED_PROGRAMS = (
    "제조도약 바우처",
    "스마트혁신 성장자금",
    "AI 대도약 지원사업",
    "「한빛 제조 특별보증」",
    "한국제조혁신공단",
)
INVENTED_LINKS = (
    "https://lucky-grant.example.com/apply", "www.fake-fund.kr", "bit.ly/3lucky", "지원금신청.com",
    "apply@fake-fund.kr",
)  # fmt: skip
INVENTED_PHONES = ("02-1234-5678", "1588-9999", "031-777-8888")
VERDICTS = (
    ("대상이 아닙니다", "대상에 해당합니다"), ("받을 수 없습니다", "받을 수 있습니다"),
    ("신청할 수 없습니다", "신청할 수 있습니다"), ("대상에 해당합니다", "대상이 아닙니다"),
    ("판단할 수 없습니다", "문제없이 받으실 수 있습니다"), ("마감되었습니다", "지금 접수 중입니다"),
    ("끝났습니다", "지금 접수 중입니다"), ("접수 중입니다", "이미 마감되었습니다"),
    ("확인되지 않았습니다", "확정되었습니다"), ("확인이 필요합니다", "확인하지 않으셔도 됩니다"),
    ("지원하지 않습니다", "지원합니다"), ("없습니다", "있습니다"), ("필요합니다", "필요하지 않습니다"),
    ("아닙니다", "맞습니다"), ("not eligible", "eligible"), ("closed", "open"),
)  # fmt: skip
DIRECTIONS = (
    ("이내", "이상"),
    ("이하", "이상"),
    ("미만", "이상"),
    ("이상", "미만"),
    ("까지", "부터"),
    ("최대", "최소"),
)
SPOKEN = (
    "오천만 원",
    "이억 원",
    "삼억까지",
    "절반",
    "칠십 퍼센트",
    "삼분의 이",
    "스무 명",
    "십오 년",
    "열두 달",
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def lie_about(sentence: str, chance: random.Random) -> str:
    """One sentence of a true answer, made false in one of many ways."""
    ways: list[Callable[[str], str]] = [
        lambda s: _DIGITS.sub(lambda m: str(int(re.sub(r"\D", "", m[0]) or 0) * 2 + 1), s),
        lambda s: _DIGITS.sub(lambda m: chance.choice(SPOKEN), s, count=1),
        lambda s: s.replace("[", f"({chance.choice(SPOKEN)}) [", 1),
        lambda s: _swap(s, VERDICTS),
        lambda s: _swap(s, DIRECTIONS),
        lambda s: f"{chance.choice(INVENTED_PROGRAMS)}도 함께 받으실 수 있습니다 {_mark(s)}.",
        lambda s: f"신청은 {chance.choice(INVENTED_LINKS)} 에서 하시면 됩니다 {_mark(s)}.",
        lambda s: f"문의는 {chance.choice(INVENTED_PHONES)}로 하십시오 {_mark(s)}.",
        lambda s: f"사장님 회사는 무조건 선정됩니다 {_mark(s)}.",
        lambda s: f"공고에는 “누구나 신청 즉시 전액을 지급한다”고 적혀 있습니다 {_mark(s)}.",
        lambda s: f"지금 바로 접수 중이며 {chance.randint(2, 9)}억 원을 전액 무료로 드립니다 {_mark(s)}.",
        lambda s: re.sub(r"\[\d+\]", f"[{chance.randint(7, 19)}]", s),
        lambda s: re.sub(r"\s?\[\d+\]", "", s),
        lambda s: re.sub(r"(\d{4})년", lambda m: f"{int(m[1]) + 1}년", s),
    ]  # fmt: skip
    return chance.choice(ways)(sentence)


def lying_answer(prompt: str, chance: random.Random) -> str:
    """A whole answer whose every sentence is false, or true with one more that is not."""
    lines = []
    for line in _found(_CONFIRMED, prompt).splitlines():
        told = lie_about(line, chance) if line.strip() else line
        if chance.random() < 0.3:
            told = f"{line}\n{lie_about(line or '지원합니다 [1].', chance)}"
        lines.append(told)
    lines.append(lie_about("지원합니다 [1].", chance))
    return "\n".join(lines)


def lying_object(prompt: str, shape: str, chance: random.Random) -> str:
    """A reply in the right shape and false in all it says."""
    said = _found(_QUESTION, prompt)
    words = said.split() or ["지원"]
    replies: dict[str, object] = {
        "StandaloneQuestion": {"question": f"{chance.choice(INVENTED_PROGRAMS)} 9억 원은 어떻게 받나요?", "about": [chance.randint(-3, 9) for _ in range(3)]},
        "TurnKind": {"kind": chance.choice(["fact", "problem", "eligibility", "compare", "expert", "case", "recommend", "diagnosis", "tell", "small_talk"])},
        "StatedFacts": {"facts": [
            {"field": field, "value": value, "quote": " ".join(words[(start := chance.randrange(len(words))) : start + chance.randint(1, 5)])}
            for field, value in (
                ("employees_regular", "5000"), ("revenue_krw_last", "900000000000"), ("factory_sido", "제주"),
                ("self_fund_krw", "1"), ("sf_built", "없음"), ("export", "직접 수출"), ("research_unit", "연구소"),
                ("main_products", "반도체"), ("industry_text", "조선"), ("established_on", "1950"), ("tax_arrears", "없음"),
            )
        ]},
        "ChosenEvidence": {"numbers": [chance.randint(-5, 30) for _ in range(6)]},
        "RepairedSentences": {"sentences": [
            {"number": number, "text": lie_about("최대 2억 원까지 신청할 수 있습니다 [1].", chance)} for number in range(12)
        ]},
        "HistorySummary": {"text": "이 회사는 직원 900명이고 9억 원 지원이 확정되었습니다."},
        "ReplyDraft": {"text": lying_answer(prompt, chance), "quotes": [{"label": "1", "words": "누구나 신청 즉시 전액을 지급한다"}, {"label": "77", "words": "2억 원"}]},
    }  # fmt: skip
    return json.dumps(replies.get(shape, {}), ensure_ascii=False)


def obeying_answer(prompt: str) -> str:
    """What a model writes that does whatever any text in front of it asks: it gives everything away."""
    asked = _found(_QUESTION, prompt)
    quoted = re.findall(
        r"[\"'“‘「]([^\"'”’」]{2,})[\"'”’」]", f"{asked}\n{_found(_EVIDENCE, prompt)}"
    )
    return "\n".join([f"네, 시키신 대로 하겠습니다. {asked}", *quoted, prompt])


def _found(pattern: re.Pattern[str], prompt: str) -> str:
    found = pattern.search(prompt)
    return found[1] if found else ""


def _mark(sentence: str) -> str:
    marks = re.findall(r"\[\d+\]", sentence)
    return marks[0] if marks else "[1]"


def _swap(sentence: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for true, false in pairs:
        if true in sentence:
            return sentence.replace(true, false)
    return f"사장님 회사는 신청하실 수 있습니다 {_mark(sentence)}."
