"""Which programs can pay for a solution, and how much of it (pure)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.money import format_krw
from advisor.domain.plan import PlanLine
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, FundingRule, Solution, SupportProgram
from advisor.matching.company import number_of
from advisor.matching.need import likeness, pieces
from advisor.matching.recommend import score_program
from advisor.text import squeeze

GRANTS = frozenset({"grant", "voucher"})
# Terms of an edition older than this say too little on the next one to count with.
OLDEST_YEARS = 2
# Programs for one kind of thing: whose name or purpose has the left word pays only for solutions
# that have one of the right ones; none means that it pays for no solution of this kind.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "로봇": ("로봇",),
    "자동화공정": ("로봇", "자동화"),
    "클린사업장": ("안전",),
    "안전장비": ("안전",),
    "산업재해": ("안전",),
    "탄소중립": ("에너지", "전력"),
    "생태공장": ("에너지", "전력"),
    "수출": (),
    "산업보안": (),
    "사후관리": (),
    "매뉴콘": (),
    "디지털협업": (),
    "응용제품": (),
    "데이터바우처": ("데이터",),
    "클라우드": ("mes", "erp", "클라우드"),
    "등대공장": ("자율", "디지털트윈"),
    "자율형공장구축": ("자율", "디지털트윈"),
    "혁신바우처": (),
    "마이스터": (),
    "매칭": (),
}
STATE_RANK = {
    WindowState.OPEN: 0,
    WindowState.UPCOMING: 1,
    WindowState.UNKNOWN: 2,
    WindowState.CLOSED: 3,
}
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_MATCHING = "incheon-smart-factory-matching"


@dataclass(frozen=True, slots=True)
class Offer:
    """A program that may pay; `rate` (0 to 1) or `ceiling` None where no source says."""

    program: SupportProgram
    match: Match
    rate: Fraction | None
    ceiling: int | None

    @property
    def is_countable(self) -> bool:
        """Whether an amount can be worked out."""
        return self.rate is not None

    @property
    def base_ceiling(self) -> int | None:
        """Return the project cost up to which the support grows, None where it has no end."""
        if self.ceiling is None or not self.rate:
            return None
        return int(self.ceiling / self.rate)


def find_offers(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    judge: Callable[[SupportProgram], Match],
    *,
    kinds: Iterable[str] = GRANTS,
    year: int,
) -> list[Offer]:
    """Return the programs that may pay for a solution, the best first.

    Left out are those the company cannot get, that are for something else, for suppliers, or
    whose edition is too old. Order: amount can be worked out, verdict, window, then rank.
    """
    wanted = frozenset(kinds)
    asked = pieces(f"{solution.name} {solution.problem} 스마트공장 제조AI 구축")
    rows: list[tuple[tuple[object, ...], Offer]] = []
    for program in corpus.programs.values():
        if program.kind not in wanted or program.year < year - OLDEST_YEARS:
            continue
        if any(one.type == "supplier_company" for one in program.criteria):
            continue
        if program.id == _MATCHING or (wanted & GRANTS and not pays_for(program, solution)):
            continue
        match = judge(program)
        if match.verdict is Verdict.NOT_ELIGIBLE:
            continue
        text = f"{program.name} {program.purpose} {program.support.detail or ''}"
        score = score_program(program, match, 2 * likeness(asked, text), profile, year)
        offer = Offer(program, match, _rate(program, profile), program.support.max_amount_krw)
        key = (
            not offer.is_countable, match.verdict is not Verdict.ELIGIBLE,
            STATE_RANK[match.window.state] == 0, -score, program.id,
        )  # fmt: skip
        rows.append(((key[0], key[1], not key[2], key[3], key[4]), offer))
    return [offer for _, offer in sorted(rows, key=lambda row: row[0])]


def pays_for(program: SupportProgram, solution: Solution) -> bool:
    """Tell whether a program is for solutions of this kind, by its name and the topics."""
    name = squeeze(program.name)
    text = squeeze(f"{solution.name} {solution.problem} {' '.join(solution.aliases)}")
    for topic, words in TOPICS.items():
        if topic in name and not any(word in text for word in words):
            return False
    level = solution.readiness_level or ""
    basic_only = "(기초)" in name or "소기업형" in name or "소공인" in name
    return not (basic_only and level and "기초" not in level)


def grant_line(offer: Offer, cost: int | None) -> PlanLine:
    """Return what a program pays of a cost: share, ceiling, and whether its window is open."""
    amount = amount_of(offer, cost)
    parts = []
    if offer.rate is not None:
        parts.append(f"총사업비의 {_percent(offer.rate)} 이내")
    else:
        parts.append("지원 비율은 자료에 없습니다")
    year = offer.program.support.amount_year
    if offer.ceiling is None:
        parts.append("한도는 자료에 없습니다")
    else:
        when = f"({year}년 기준)" if year else ""
        parts.append(f"최대 {format_krw(offer.ceiling)}{when}")
    parts.append(_window_words(offer.match))
    if offer.match.verdict is Verdict.UNKNOWN:
        parts.append("자격은 확인이 더 필요합니다")
    certain = (
        offer.match.verdict is Verdict.ELIGIBLE
        and offer.match.window.state is WindowState.OPEN
        and not offer.match.human_conditions
    )
    return PlanLine(offer.program.id, "grant", amount, ", ".join(parts), certain)


def amount_of(offer: Offer, cost: int | None) -> int | None:
    """Return the support in won, rounded down; None where the cost or the share is not known."""
    if cost is None or offer.rate is None:
        return None
    amount = int(cost * offer.rate)
    return amount if offer.ceiling is None else min(amount, offer.ceiling)


def local_line(
    corpus: Corpus, offer: Offer, profile: Profile, cost: int | None, rest: int | None
) -> PlanLine | None:
    """Return what the company's own 시·도 adds to a national grant, by the funding records.

    Args:
        corpus: Its funding rules name local shares of a program in one region.
        offer: The national grant.
        profile: Its region.
        cost: Project cost in won.
        rest: What the grant leaves to the company.
    """
    sido = profile.get("factory_sido") or profile.get("hq_sido")
    if not isinstance(sido, str) or cost is None or rest is None:
        return None
    for rule in corpus.funding_rules.values():
        share = _local_share(rule, offer.program.id, sido)
        if share is None:
            continue
        base = min(cost, offer.base_ceiling or cost)
        when = f"{rule.years[0]}년" if rule.years else "연도 미상"
        basis = (
            f"{sido} 지방비 {_percent(share)}({when} 사례: {rule.shares.local if rule.shares else ''}). "
            "올해도 보태는지는 지자체 공고로 확인해야 합니다"
        )
        return PlanLine(rule.id, "local", min(int(base * share), rest), basis)
    matching = corpus.programs.get(_MATCHING)
    if matching and sido in matching.sido and offer.program.agency == "중소벤처기업부":
        rate, ceiling = matching.support.subsidy_rate, matching.support.max_amount_krw
        if rate is not None and ceiling is not None:
            amount = min(int(rest * Fraction(str(rate))), ceiling, rest)
            basis = (
                f"기업 현금 부담의 {_percent(Fraction(str(rate)))}, 최대 {format_krw(ceiling)}"
                f"({matching.support.amount_year}년 기준). 중기부 사업에 먼저 선정돼야 합니다"
            )
            return PlanLine(matching.id, "local", amount, basis)
    return None


def _local_share(rule: FundingRule, program_id: str, sido: str) -> Fraction | None:
    if rule.shares is None or rule.shares.local is None or program_id not in rule.related_programs:
        return None
    if sido not in rule.name:
        return None
    found = [Fraction(one) / 100 for one in _PERCENT.findall(rule.shares.local)]
    return sum(found, Fraction(0)) if found else None


def _rate(program: SupportProgram, profile: Profile) -> Fraction | None:
    """Return the public share; where it depends on revenue, the one of the company's band."""
    rate = program.support.subsidy_rate
    if rate is None:
        return None
    bands = re.findall(r"(\d+)억 이하 (\d+)%", program.support.detail or "")
    revenue = number_of(profile, "revenue_krw_3y_avg") or number_of(profile, "revenue_krw_last")
    if bands and revenue is not None:
        for ceiling, percent in sorted(bands, key=lambda row: int(row[0])):
            if revenue <= int(ceiling) * 100_000_000:
                return Fraction(percent) / 100
    return Fraction(str(rate))


def _window_words(match: Match) -> str:
    window = match.window
    if window.state is WindowState.OPEN and window.closes_on is not None:
        return f"접수 중({window.closes_on.isoformat()}까지)"
    if window.state is WindowState.UPCOMING and window.opens_on is not None:
        return f"{window.opens_on.isoformat()} 접수 시작 예정"
    if window.state is WindowState.CLOSED:
        return "이번 접수는 끝나 다음 공고가 나와야 하며 조건이 바뀔 수 있습니다"
    return "접수 기간이 확인되지 않았습니다"


def _percent(rate: Fraction) -> str:
    value = float(rate * 100)
    return f"{value:g}%"
