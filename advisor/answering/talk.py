"""Turns that ask, greet or refuse, and recommendations for one company (pure)."""

import re

from advisor.answering.draft import Draft
from advisor.answering.solutions import (
    MONEY_LATER,
    MONEY_NOW,
    choose_case,
    closed_note,
    program_line,
    rank_solutions,
    tell_case,
)
from advisor.domain.money import format_krw
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect
from advisor.domain.records import Solution
from advisor.domain.vocabulary import Vocabulary
from advisor.messages import ABOUT_PRIVACY, ABOUT_TRUST

# What an owner recognises first; the rest of the profile stands in the panel.
SHOWN = (
    "factory_sido", "factory_sigungu", "hq_sido", "industry_text", "employees_regular", "revenue_krw_last",
    "revenue_krw_3y_avg", "systems_in_use", "sf_level_official", "inspection_method", "industrial_complex",
)  # fmt: skip


# As one says it in a talk; a form says "업종(말로)".
NATURAL = {
    "factory_sido": "공장 위치", "hq_sido": "본사 위치", "industry_text": "업종",
    "employees_regular": "상시근로자", "sf_level_official": "공식 스마트공장 수준",
}  # fmt: skip


def understood(profile: Profile, vocabulary: Vocabulary) -> str:
    """Say back what is known of the company: "공장 위치 경기 안산시, 상시근로자 30명"."""
    parts: list[str] = []
    for name in SHOWN:
        value = profile.get(name)
        if value is None:
            continue
        known = vocabulary.profile_fields.get(name)
        label = known.label if known else name
        unit = known.unit if known and known.unit in ("명", "년", "곳") else ""
        if name.startswith("revenue") and isinstance(value, int):
            text = format_krw(value)
        elif isinstance(value, tuple):
            text = "·".join(value)
        else:
            text = f"{value}{unit}"
        if name.endswith("_sigungu") and parts and parts[-1].startswith(label[:2]):
            parts[-1] += f" {text}"  # "공장 위치 경기 안산시"
            continue
        parts.append(f"{NATURAL.get(name, label)} {text}")
    return ", ".join(parts)


def answer_recommendation(draft: Draft, *, wants_money: bool) -> None:
    """Name what fits this company: a solution with a case, or programs first where money is asked."""
    material = draft.material
    if wants_money:
        _programs(draft, most=3)
        ranked = rank_solutions(material)
        if (
            ranked
            and draft.letters < 430
            and _has_problem(material.profile, material.question.text)
        ):
            record = material.corpus.solutions[ranked[0].record_id]
            draft.gap()
            draft.say(
                f"함께 볼 솔루션 **{record.name}**: {record.problem.rstrip('.')}",
                record.id,
                record.problem,
            )
        return
    ranked = rank_solutions(material)
    first = material.corpus.solutions[ranked[0].record_id] if ranked else None
    for one in ranked[:2]:
        record = material.corpus.solutions[one.record_id]
        rows = {row.part: row for row in material.statements(record.id)}
        if draft.used:
            draft.gap()
        draft.say(f"**{record.name}**: {record.problem.rstrip('.')}", record.id, record.problem)
        for part in ("data", "prerequisites"):
            draft.bullet(rows[part])
    case = choose_case(material, first)
    if case is not None:
        draft.gap()
        tell_case(draft, case, brief=True)
    _programs(draft, most=2 if draft.letters < 380 else 1, solution=first)


def _programs(draft: Draft, *, most: int, solution: Solution | None = None) -> None:
    """Add the best programs, of those that pay for the solution where one was named."""
    material = draft.material
    ranked = [
        one
        for one in material.ranked
        if solution is None or material.pays_for(material.corpus.programs[one.record_id], solution)
    ][:most]
    note = closed_note(ranked)
    if note and not draft.used:
        draft.say(note)
        draft.gap()
    elif draft.used and ranked:
        draft.gap()
        draft.say(MONEY_LATER if note else MONEY_NOW)
    for match in ranked:
        program = material.corpus.programs[match.record_id]
        if program.id not in draft.used:
            program_line(draft, program, match)


def _has_problem(profile: Profile, text: str) -> bool:
    return "pain_codes" in profile or any(
        word in text for word in ("불량", "검사", "자동화", "고장", "AI")
    )


# Words of the records for one kind of help; "지원금" alone names none.
KINDS_OF_HELP = frozenset(
    {
        "융자",
        "정책자금",
        "보증",
        "우대보증",
        "바우처",
        "교육",
        "훈련",
        "컨설팅",
        "세액공제",
        "수출바우처",
    }
)


def wants_money(question_text: str, aspects: frozenset[Aspect]) -> bool:
    """Whether a request for advice is about money or about what to do on the floor."""
    words = (
        "지원금",
        "지원사업",
        "지원이",
        "자금",
        "돈",
        "보조금",
        "바우처",
        "혜택",
        "융자",
        "대출",
        "보증",
        "grant",
        "fund",
        "subsid",
        "support",
    )
    floor = ("과제", "솔루션", "AI가", "뭐부터", "무엇부터", "what kind of ai")
    text = question_text.casefold()
    if any(word in text for word in floor):
        return False
    return any(word in text for word in words) or Aspect.AMOUNT in aspects


_PRIVACY = re.compile(r"정보|입력한|저장|보관|유출")
_TRUST = re.compile(r"믿|만든|누가|누구|진짜")


def about_itself(speech: str) -> str:
    """Answer a greeting or a question about the advisor: what it is, its sources, what it keeps."""
    if _PRIVACY.search(speech):
        return ABOUT_PRIVACY
    return ABOUT_TRUST if _TRUST.search(speech) else greeting()


def greeting() -> str:
    """The opening words, with what the advisor can do and a question."""
    return (
        "안녕하세요, 제조AI 길잡이입니다. 공장에서 겪는 문제나 궁금한 지원사업을 말씀해 주시면 출처가 있는 자료로 답해 드립니다.\n\n"
        "어떤 점이 가장 고민이신가요? 지역, 업종, 직원 수를 함께 말씀해 주시면 더 정확하게 찾아 드립니다."
    )
