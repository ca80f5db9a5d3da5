"""Answers to "whom do we ask": experts and offices by region and need (pure)."""

import re

from advisor.answering.draft import Candidate, Draft, Material, asks, pick
from advisor.answering.relevance import terms
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect
from advisor.domain.records import Expert


def rank_experts(material: Material, region: str | None, *, local: bool = False) -> list[Candidate]:
    """Order experts: those of the region before nationwide ones, others left out.

    `local` is set where the user asks for somebody near; then the region outweighs the subject.
    """
    kept = []
    trades = _trades(
        material,
        " ".join(
            (material.question.speech, *_words(material.profile, "industry_text", "main_processes"))
        ),
    )
    for one in material.of_kind(Kind.EXPERT):
        expert = material.corpus.experts[one.record_id]
        if region and expert.sido and region not in expert.sido:
            continue
        bonus = 0.0
        if region and expert.sido == (region,):
            bonus = 2.4 if local else 0.9
        elif region and region in expert.sido:
            bonus = 1.6 if local else 0.5
        elif expert.kind == "supplier":
            bonus = -0.3
        if trades and (
            own := _trades(material, f"{expert.name} {' '.join(expert.services)} {expert.for_whom}")
        ):
            bonus += 0.3 if own & trades else -0.9  # made for another trade
        kept.append((one.score + bonus, one))
    ordered = [one for _, one in sorted(kept, key=lambda row: -row[0])]
    experts = material.corpus.experts
    if not (local and region) or any(experts[one.record_id].sido == (region,) for one in ordered):
        return ordered
    # No text of the place asked for is like the question; its technopark helps with anything.
    near = [
        Candidate(one.id, Kind.EXPERT, 0.0)
        for one in experts.values()
        if one.sido == (region,) and one.kind == "technopark"
    ]
    return [*near[:1], *ordered]


def _trades(material: Material, text: str) -> frozenset[str]:
    """Return the KSIC divisions that a text speaks of; manufacturing as such is none."""
    mentions = material.corpus.vocabulary.find_industries(text)
    return frozenset(one.ksic for one in mentions if one.ksic and one.ksic != "C")


def _words(profile: Profile, *names: str) -> list[str]:
    values = [profile.get(name) for name in names]
    return [" ".join(one) if isinstance(one, tuple) else str(one) for one in values if one]


def expert_of(region: str, material: Material, *, near: str) -> str | None:
    """Return the place of a region whose name is most like that of a record, None without one."""
    wanted = terms(material.corpus.record(near).title)
    own = [one for one in material.corpus.experts.values() if one.sido == (region,)]
    best = max(own, key=lambda one: len(wanted & terms(one.name)), default=None)
    return best.id if best and wanted & terms(best.name) else None


def answer_expert(draft: Draft, region: str | None, *, local: bool = False) -> bool:
    """Name the best one or two places with their contact; False where none is known."""
    material = draft.material
    ranked = rank_experts(material, region, local=local)
    if not ranked:
        return False
    _tell(draft, material.corpus.experts[ranked[0].record_id])
    for one in ranked[1:3]:
        if draft.letters > 430 or one.score < ranked[0].score - 1.6:
            break
        draft.gap()
        _tell(draft, material.corpus.experts[one.record_id], brief=True)
    return True


TENANT = re.compile(r"입주|산업단지|산단")


def answer_who(draft: Draft, expert: Expert, profile: Profile) -> bool:
    """Say whom an expert helps, and whether that is this company; True where it is not."""
    outside = TENANT.search(expert.for_whom) and profile.get("industrial_complex") == "해당 없음"
    region = profile.get("factory_sido") or profile.get("hq_sido")
    elsewhere = bool(region and expert.sido and region not in expert.sido)
    if outside or elsewhere:
        why = "산업단지 밖에 있다고 하셔서" if outside else f"{region}에 있다고 하셔서"
        draft.say(
            f"**{expert.name}**의 대상은 '{expert.for_whom}'입니다. {why} 대상이 아닙니다.",
            expert.id, expert.for_whom,
        )  # fmt: skip
        return True
    draft.say(f"**{expert.name}**의 대상은 '{expert.for_whom}'입니다.", expert.id, expert.for_whom)
    for one in draft.material.statements(expert.id):
        if one.part in ("phone", "homepage") and not one.is_gap:
            draft.bullet(one)
    return False


def _tell(draft: Draft, expert: Expert, *, brief: bool = False) -> None:
    material = draft.material
    rows = material.statements(expert.id)
    services = [one for one in rows if one.part == "services"]
    telling = [
        one for one in pick(material, expert.id, most=6, letters=260, at_least=0.12)
        if one.part == "services"
    ] or services[:1]  # fmt: skip
    text = "; ".join(one.text for one in telling)
    draft.say(f"**{expert.name}**: {text}", expert.id, text)
    said = {one.text for one in telling}
    contact = [one for one in rows if one.part in ("phone", "homepage", "address")]
    contact += [one for one in rows if one.part == "regions" and not brief]
    for one in contact:
        if one.part == "phone" and one.is_gap and not asks(material.question, Aspect.CONTACT):
            continue
        draft.bullet(one)
    if brief:
        return
    for one in services:
        if one.text not in said and draft.letters < 300:
            draft.bullet(one)
            said.add(one.text)
    for one in pick(
        material,
        expert.id,
        skip=("phone", "homepage", "address", "services", "regions"),
        most=2,
        letters=200,
    ):
        if one.text not in said:
            draft.bullet(one)
