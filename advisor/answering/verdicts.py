"""Answers to "can we get it": verdict first, then why, then whether it is open (pure)."""

from collections.abc import Sequence

from advisor.answering.draft import Draft, pick
from advisor.answering.statements import APPLIED_FOR
from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.records import SupportProgram
from advisor.text import with_particle


def answer_eligibility(draft: Draft, program: SupportProgram, match: Match) -> str | None:
    """Say whether the company meets the program; return the field to ask for, if one is open."""
    material = draft.material
    name = f"**{program.title}**"
    rows = {one.part: one for one in reversed(material.statements(program.id))}
    failed = [one for one in match.criteria if one.result is CriterionResult.NOT_MET]
    met = [one for one in match.criteria if one.result is CriterionResult.MET]
    if match.verdict is Verdict.NOT_ELIGIBLE:
        reason = ". ".join(dict.fromkeys(one.because for one in failed))
        draft.say(
            f"말씀하신 조건으로는 {name} 대상이 아닙니다. {reason}.",
            program.id, *(one.words for one in failed),
        )  # fmt: skip
    elif match.verdict is Verdict.ELIGIBLE:
        _eligible(draft, program, [one.words for one in met], [one.because for one in met])
    else:
        open_words = [
            one.words
            for one in match.criteria
            if one.result is CriterionResult.UNKNOWN and one.decides
        ]
        needed = ", ".join(f"'{word}'" for word in dict.fromkeys(open_words) if word)
        named = with_particle(program.title, "은", "는").replace(program.title, name)
        draft.say(
            f"{named} 지금 말씀하신 것만으로는 판단할 수 없습니다."
            + (f" {needed} 조건을 확인해야 합니다." if needed else ""),
            program.id, *open_words,
        )  # fmt: skip
    said = ["window", "next_window", "who"]
    if program.kind in APPLIED_FOR:
        draft.bullet(rows["window"])
    if "money" in rows and rows["money"].text:
        draft.bullet(rows["money"])
        said.append("money")
    for one in pick(material, program.id, skip=said, most=2, letters=200, at_least=0.12):
        draft.bullet(one)
    if "who" in rows and rows["who"].text:
        draft.bullet(rows["who"])
    if match.verdict is not Verdict.NOT_ELIGIBLE:
        conditions = list(dict.fromkeys(match.human_conditions))[:3]
        if conditions:
            told = " / ".join(one.rstrip(".") for one in conditions)
            draft.say(f"- 따로 확인하실 조건: {told}", program.id, *conditions)
        draft.say("- 선정 여부는 심사로 정해지므로 신청 전에 최신 공고를 확인해 주세요.")
    return match.missing[0] if match.verdict is Verdict.UNKNOWN and match.missing else None


def _eligible(
    draft: Draft, program: SupportProgram, words: Sequence[str], reasons: Sequence[str]
) -> None:
    """Say yes, and why: one reason behind it, several as a list."""
    rows = {one.part: one for one in reversed(draft.material.statements(program.id))}
    told = list(dict.fromkeys(reasons))
    lone = f" {told[0]}." if len(told) == 1 else ""
    draft.say(
        f"말씀하신 조건이라면 **{program.title}** 신청 대상에 해당합니다.{lone}",
        program.id, *words, rows["who"].text if "who" in rows else "",
    )  # fmt: skip
    for because in told if not lone else ():
        draft.say(f"- {because}", program.id, because)
