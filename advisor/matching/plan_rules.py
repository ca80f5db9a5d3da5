"""Which rules on several supports touch a plan (pure)."""

from collections.abc import Sequence

from advisor.domain.plan import Conflict
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, FundingRule
from advisor.matching.company import words_of
from advisor.text import squeeze

REPEAT = "같은 성격 지원의 반복"
NOT_FOUND = "funding-rules-not-found-duplicate-clause-2026"
# Rules that permit or explain, where the topic's others forbid or limit.
PERMITS = frozenset(
    {"funding-rules-robot-combination", "funding-rules-basic-stage-stopped",
     "funding-rules-history-as-stepping-stone"}
)  # fmt: skip


def find_conflicts(
    corpus: Corpus, profile: Profile, chosen: Sequence[str], others: Sequence[str]
) -> tuple[Conflict, ...]:
    """Return what stands between the chosen grants, the alternatives and earlier supports.

    Args:
        corpus: Its funding rules.
        profile: Earlier supports as the company named them.
        chosen: Record ids of the grants in the plan.
        others: Record ids of the grants it could take instead.
    """
    had = [*words_of(profile, "recent_support"), *words_of(profile, "concurrent_support")]
    found: list[Conflict] = []
    for rule in _rules(corpus):
        if rule.id in PERMITS:
            continue
        related = set(rule.related_programs)
        mine = [one for one in chosen if one in related]
        if not mine:
            continue
        rivals = [one for one in others if one in related and one not in mine]
        repeated = [entry for entry in had if _names(entry, rule, corpus)]
        for rival in [*rivals, *repeated]:
            found.append(_conflict(rule, (mine[0], rival)))
        if len(mine) > 1:
            found.append(_conflict(rule, tuple(mine)))
    unclear = corpus.funding_rules.get(NOT_FOUND)
    if unclear is not None and chosen and had:
        found += [_conflict(unclear, (chosen[0], entry)) for entry in had]
    return tuple({(one.between, one.record_id): one for one in found}.values())


def rules_for(corpus: Corpus, chosen: Sequence[str]) -> tuple[Conflict, ...]:
    """Return all rules that name a record of the plan, with their sources."""
    return tuple(
        _conflict(rule, tuple(one for one in chosen if one in rule.related_programs))
        for rule in corpus.funding_rules.values()
        if rule.topic not in ("자료 읽는 법", "미확인") and set(chosen) & set(rule.related_programs)
    )


def _rules(corpus: Corpus) -> list[FundingRule]:
    return [one for one in corpus.funding_rules.values() if one.topic == REPEAT]


def _names(entry: str, rule: FundingRule, corpus: Corpus) -> bool:
    said = squeeze(entry)
    for program_id in rule.related_programs:
        program = corpus.programs.get(program_id)
        names = (program.id, program.name, *program.aliases) if program else (program_id,)
        if any(squeeze(name) in said for name in names):
            return True
    return False


def _conflict(rule: FundingRule, between: tuple[str, ...]) -> Conflict:
    url = next((one.url for one in rule.sources if one.url), None)
    return Conflict(between, rule.statement, url, rule.id)
