"""Solutions for one company: worry, process, data at hand and the gates of the diagnosis (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.domain.instrument import Instrument
from advisor.domain.instrument import Solution as Remedy
from advisor.domain.match import (
    CriterionResult,
    JudgedCriterion,
    Match,
    Verdict,
    WindowOnDay,
    WindowState,
)
from advisor.domain.passages import Kind
from advisor.domain.readiness import Diagnosis
from advisor.domain.records import Corpus, Solution
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.need import Need, data_in, likeness, pains_in
from advisor.text import squeeze, with_particle

MET, NOT_MET, UNKNOWN = CriterionResult.MET, CriterionResult.NOT_MET, CriterionResult.UNKNOWN
# Rank of a pain among the owner's: the first counts in full, as in the readiness instrument.
RANK = (1.0, 0.75, 0.55)
PAIN, INDIRECT, TRADE, WORRY, DATA, TYPE = 2.0, 0.5, 1.2, 1.5, 0.5, 0.8
STATUS_VALUE = {"done": -3.0, "ready": 1.0, "near": 0.6, "check": 0.2, "not_yet": -0.8}
ANY_TRADE = ("전업종", "제조전반", "전공정")
NO_WINDOW = WindowOnDay(WindowState.UNKNOWN, note="솔루션은 접수 기간이 없습니다")


@dataclass(frozen=True, slots=True)
class Readiness:
    """The diagnosis of a company together with the instrument it was made by."""

    instrument: Instrument
    diagnosis: Diagnosis | None = None

    def remedies_of(self, solution_id: str) -> list[Remedy]:
        """Return the instrument's solutions that point to a record of the corpus."""
        return [one for one in self.instrument.solutions if solution_id in one.catalog_refs]

    def status_of(self, remedy_id: str) -> str | None:
        """Return done, ready, near, check or not_yet; None where nothing was diagnosed."""
        if self.diagnosis is None:
            return None
        return next((one.status for one in self.diagnosis.solutions if one.id == remedy_id), None)


def match_solutions(
    corpus: Corpus, need: Need, readiness: Readiness, *, done: Sequence[str] = ()
) -> list[Match]:
    """Return all solutions, the most fitting first.

    Args:
        corpus: Types, products, open source and data sets.
        need: Worry, trade and data of the company.
        readiness: The instrument, with the diagnosis where there is one: its gates decide then.
        done: Ids of the instrument's solutions or of records that the company has already.

    Returns:
        `verdict` eligible is "can start now", not_eligible "something has to come first",
        unknown "not known yet"; the criteria say what each rests on.
    """
    judged = [
        _judge(one, need, readiness, corpus.vocabulary, done) for one in corpus.solutions.values()
    ]
    return sorted(judged, key=lambda one: (-one.score, one.record_id))


def _judge(
    solution: Solution,
    need: Need,
    readiness: Readiness,
    vocabulary: Vocabulary,
    done: Sequence[str],
) -> Match:
    remedies = readiness.remedies_of(solution.id)
    pain, solved = _pain_value(solution, need, remedies)
    trade = _trade_value(solution, need, vocabulary)
    words = f"{solution.name} {' '.join(solution.aliases)} {solution.problem}"
    score = PAIN * pain + TRADE * trade + WORRY * likeness(need.words, words)
    score += TYPE if solution.kind == "type" else 0.0
    criteria = [
        _worry_criterion(need, solved, readiness),
        _trade_criterion(solution, need, trade),
        _data_criterion(solution, need, remedies),
    ]
    gate = _gate_criterion(remedies, readiness)
    if gate is not None:
        criteria.append(gate)
        status = _best_status(remedies, readiness)
        score += STATUS_VALUE.get(status or "", 0.0)
    elif criteria[2].result is MET:
        score += DATA
    elif criteria[2].result is NOT_MET:
        score -= DATA
    if {solution.id, *(one.id for one in remedies)} & set(done):
        score += STATUS_VALUE["done"]
    deciding = [one for one in criteria if one.decides]
    verdict = _verdict(deciding)
    return Match(
        record_id=solution.id,
        kind=Kind.SOLUTION.value,
        score=round(score, 4),
        verdict=verdict,
        window=NO_WINDOW,
        criteria=tuple(criteria),
        missing=tuple(
            dict.fromkeys(one.missing for one in criteria if one.result is UNKNOWN and one.missing)
        ),
        why=_why(solution, need, solved, verdict, deciding, readiness),
        human_conditions=(f"먼저 갖출 것: {solution.prerequisites}",),
    )


def _pain_value(
    solution: Solution, need: Need, remedies: Sequence[Remedy]
) -> tuple[float, str | None]:
    """Return how far it solves the worst pains (0 to 1), and which one it solves."""
    own = pains_in(f"{solution.name} {solution.problem}")
    best, solved = 0.0, None
    for rank, pain in enumerate(need.pains[: len(RANK)]):
        direct = any(pain in one.direct for one in remedies) or (not remedies and pain in own[:2])
        indirect = any(pain in one.indirect for one in remedies) or pain in own
        value = RANK[rank] * (1.0 if direct else INDIRECT if indirect else 0.0)
        if value > best:
            best, solved = value, pain
    return best, solved


def _trade_value(solution: Solution, need: Need, vocabulary: Vocabulary) -> float:
    """Return 1 where it names the company's process, 0.5 for any trade, -0.5 for others only."""
    text = squeeze(" ".join(solution.industries_processes))
    if not need.trade.is_known:
        return 0.0
    named = vocabulary.find_industries(" / ".join(solution.industries_processes))
    processes = {one.process for one in named if one.process}
    codes = {one.ksic for one in named if one.ksic}
    if processes & need.trade.processes or any(
        len(part) > 1 and part in need.trade.text
        for part in map(squeeze, solution.industries_processes)
    ):
        return 1.0
    if any(word in text for word in ANY_TRADE):
        return 0.5
    if codes and need.trade.is_in(codes - {"C"} or codes):
        return 0.8
    return -0.5 if named else 0.0


def _worry_criterion(need: Need, solved: str | None, readiness: Readiness) -> JudgedCriterion:
    if not need.pains_said:
        return JudgedCriterion(
            "worry", UNKNOWN, "가장 큰 고민을 알아야 이 솔루션이 맞는지 판단할 수 있습니다",
            missing="pain_codes", decides=False,
        )  # fmt: skip
    if solved is None:
        return JudgedCriterion(
            "worry", NOT_MET, "말씀하신 고민과 바로 이어지지 않습니다", decides=False
        )
    name = readiness.instrument.pains.get(solved, solved)
    return JudgedCriterion("worry", MET, f"고민하시는 '{name}' 문제를 다룹니다", decides=False)


def _trade_criterion(solution: Solution, need: Need, value: float) -> JudgedCriterion:
    words = "·".join(solution.industries_processes[:4])
    if value > 0:
        because = f"{with_particle(need.trade.label or '말씀하신 업종', '은', '는')} 쓰이는 곳({words})에 듭니다"
        return JudgedCriterion("trade", MET, because, words, decides=False)
    if not need.trade.is_known:
        return JudgedCriterion(
            "trade", UNKNOWN, "무엇을 만드는지 알아야 쓰이는 곳인지 볼 수 있습니다", words,
            missing="industry_text", decides=False,
        )  # fmt: skip
    return JudgedCriterion(
        "trade", UNKNOWN, f"자료에 적힌 쓰이는 곳은 {words}입니다", words, decides=False
    )


def _data_criterion(solution: Solution, need: Need, remedies: Sequence[Remedy]) -> JudgedCriterion:
    words = solution.required_data
    makes_data = bool(remedies) and all(
        not any(gate.startswith("DAT") for gate in one.gates) for one in remedies
    )
    wanted = data_in(words)
    if solution.kind == "dataset":
        return JudgedCriterion(
            "data", MET, "공개 데이터라 우리 데이터가 없어도 시험할 수 있습니다", words
        )
    if makes_data:
        return JudgedCriterion("data", MET, "자료가 쌓여 있지 않아도 시작할 수 있습니다", words)
    if need.data is None:
        return JudgedCriterion(
            "data", UNKNOWN, f"지금 있는 자료를 알아야 합니다(필요한 것: {words})", words,
            missing="data_types_available",
        )  # fmt: skip
    at_hand = wanted & need.data
    if at_hand:
        return JudgedCriterion("data", MET, f"{'·'.join(sorted(at_hand))} 자료가 있습니다", words)
    if not wanted:
        return JudgedCriterion("data", UNKNOWN, f"필요한 것: {words}", words)
    return JudgedCriterion(
        "data", NOT_MET, f"먼저 {'·'.join(sorted(wanted))} 자료를 모아야 합니다", words
    )


def _best_status(remedies: Sequence[Remedy], readiness: Readiness) -> str | None:
    order = list(STATUS_VALUE)
    known = [status for one in remedies if (status := readiness.status_of(one.id))]
    return min(known, key=order.index) if known else None


def _gate_criterion(remedies: Sequence[Remedy], readiness: Readiness) -> JudgedCriterion | None:
    status = _best_status(remedies, readiness)
    if status is None or readiness.diagnosis is None:
        return None
    name = readiness.instrument.solution_status[status]  # type: ignore[index]
    chosen = next(one for one in remedies if readiness.status_of(one.id) == status)
    gaps = readiness.diagnosis.gaps.get(chosen.id, ())
    labels = [readiness.instrument.item_by_id[gap.item].label for gap in gaps[:3]]
    lacks = f": {', '.join(labels)}부터" if labels else ""
    result = MET if status in ("ready", "done") else UNKNOWN if status == "check" else NOT_MET
    return JudgedCriterion("readiness", result, f"진단 결과 '{name}'입니다{lacks}", chosen.name)


def _verdict(deciding: Sequence[JudgedCriterion]) -> Verdict:
    gate = [one for one in deciding if one.type == "readiness"]
    results = {one.result for one in (gate or deciding)}
    if NOT_MET in results:
        return Verdict.NOT_ELIGIBLE
    return Verdict.UNKNOWN if UNKNOWN in results else Verdict.ELIGIBLE


def _why(
    solution: Solution,
    need: Need,
    solved: str | None,
    verdict: Verdict,
    deciding: Sequence[JudgedCriterion],
    readiness: Readiness,
) -> str:
    subject = (
        f"'{readiness.instrument.pains.get(solved or '', '')}' 고민에 쓰는"
        if solved
        else "쓸 수 있는"
    )
    start = f"{subject} 솔루션으로, {solution.problem.rstrip('.')}"
    if verdict is Verdict.ELIGIBLE:
        return f"{start}. 지금 가진 것으로 시작할 수 있습니다."
    decisive = next(
        (
            one
            for one in deciding
            if one.result is (NOT_MET if verdict is Verdict.NOT_ELIGIBLE else UNKNOWN)
        ),
        None,
    )
    return f"{start}. {decisive.because}." if decisive else f"{start}."
