"""Answers to a problem on the floor: what helps, what it needs, who did it, what could pay (pure)."""

import re
from collections.abc import Sequence

from advisor.answering.draft import Candidate, Draft, Material, asks, pick
from advisor.answering.remarks import for_readers
from advisor.answering.statements import Statement
from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent
from advisor.domain.records import Corpus, Solution, SupportProgram
from advisor.text import squeeze

LETTERS = 620
# Share of the question's and the solution's rare letters below which a case is of something else.
OF_ANOTHER_THING = 0.25
MONEY_NOW = "쓸 수 있는 지원사업(자격과 접수는 공고에서 확인):"
MONEY_LATER = "지금 접수 중이라고 확인된 사업은 없습니다. 다음 공고 때 살펴볼 사업:"
RELATED = (
    1.8  # standard deviations above the hits of the search: a solution worth naming beside a case
)


def rank_solutions(material: Material) -> list[Candidate]:
    """Order the solutions by kind asked for: types first, products where a supplier is asked."""
    question = material.question
    wanted = {"type": 0.6, "product": 0.0, "open_source": 0.0, "dataset": -0.3}
    if asks(question, Aspect.SUPPLIER):
        wanted["product"] = 0.7
    if asks(question, Aspect.DATASET) and not any(
        word in question.text for word in ("솔루션", "적용", "AI로")
    ):
        wanted["dataset"] = 0.9

    def score(one: Candidate) -> float:
        return one.score + wanted[material.corpus.solutions[one.record_id].kind]

    def is_to_practise(one: Candidate) -> bool:
        # A worry on the floor is not helped by a data set, whatever it is called.
        kind = material.corpus.solutions[one.record_id].kind
        return question.intent is Intent.PROBLEM and kind == "dataset" and wanted["dataset"] < 0

    found = material.of_kind(Kind.SOLUTION)
    return sorted(found, key=lambda one: (is_to_practise(one), -score(one)))


def answer_problem(draft: Draft) -> None:
    """Name the solution and its needs, then a case, a dataset if asked for, and money."""
    material = draft.material
    question = material.question
    ranked = rank_solutions(material)
    if not ranked:
        return
    first = material.corpus.solutions[ranked[0].record_id]
    _solution(draft, first)
    if first.kind == "type" and asks(question, Aspect.SUPPLIER):
        product = next(
            (one for one in ranked if material.corpus.solutions[one.record_id].kind == "product"),
            None,
        )
        if product is not None:
            draft.gap()
            _supplier(draft, material.corpus.solutions[product.record_id])
    case = choose_case(material, first)
    if case is not None:
        draft.gap()
        tell_case(draft, case, brief=not asks(question, Aspect.CASE, Aspect.EFFECT))
    elif asks(question, Aspect.CASE, Aspect.EFFECT):
        draft.say("- 효과가 공개된 국내 사례는 아직 확인되지 않았습니다.")
    if asks(question, Aspect.DATASET):
        dataset = next(
            (
                one
                for one in ranked
                if material.corpus.solutions[one.record_id].kind == "dataset"
                and one.record_id != first.id
            ),
            None,
        )
        if dataset is not None:
            draft.gap()
            _brief(draft, material.corpus.solutions[dataset.record_id])
    paying = [
        one
        for one in material.ranked
        if material.pays_for(material.corpus.programs[one.record_id], first)
    ]
    money(draft, paying, most=2 if draft.letters < 330 else 1)


def _solution(draft: Draft, solution: Solution) -> None:
    material = draft.material
    rows = {one.part: one for one in material.statements(solution.id)}
    supplier = f"({solution.supplier})" if solution.kind == "product" and solution.supplier else ""
    draft.say(
        f"**{solution.name}**{supplier}: {solution.problem.rstrip('.')}",
        solution.id, solution.problem,
    )  # fmt: skip
    for part in ("data", "prerequisites"):
        if part in rows:
            draft.bullet(rows[part])
    shown = {"data", "prerequisites", "problem", "supplier"}
    asked_parts = {
        Aspect.LEVEL: "level", Aspect.NEEDS: "level", Aspect.COST: "cost", Aspect.EFFECT: "outcomes",
        Aspect.CASE: "outcomes",
    }  # fmt: skip
    for aspect, part in asked_parts.items():
        if aspect in material.question.aspects and part in rows and part not in shown:
            draft.bullet(rows[part])
            shown.add(part)
    if asks(material.question, Aspect.COST) and "cost" not in rows:
        draft.say(
            "- 가격과 도입 비용은 공개된 자료에서 확인되지 않았습니다", solution.id, solution.name
        )
    for one in pick(material, solution.id, skip=tuple(shown), most=2, letters=140, at_least=0.14):
        draft.bullet(one)
        shown.add(one.part)
    notes = [one for one in material.statements(solution.id) if one.part == "notes"]
    if notes and "notes" not in shown and draft.letters < 300:
        draft.bullet(notes[0])


def _brief(draft: Draft, solution: Solution) -> None:
    rows = {one.part: one for one in draft.material.statements(solution.id)}
    draft.say(f"**{solution.name}**: {rows['data'].text}", solution.id, rows["data"].text)
    if "cost" in rows:
        draft.bullet(rows["cost"])


def _supplier(draft: Draft, solution: Solution) -> None:
    rows = {one.part: one for one in draft.material.statements(solution.id)}
    draft.say(
        f"공급기업 예 **{solution.supplier}**({solution.name}): {solution.problem.rstrip('.')}",
        solution.id, f"{solution.supplier}: {solution.problem}",
    )  # fmt: skip
    if "outcomes" in rows:
        draft.bullet(rows["outcomes"])


def linked_cases(solution: Solution, corpus: Corpus) -> frozenset[str]:
    """Return the cases whose company the solution's own record names ("동서기공 생산성 +30%")."""
    text = squeeze(
        " ".join((*solution.outcomes_claimed, solution.notes or "", solution.required_data))
    )
    return frozenset(
        case.id
        for case in corpus.cases.values()
        if len(name := squeeze(re.split(r"[(,·/]", case.company)[0])) >= 2
        and not name.startswith("익명")
        and name in text
    )


def choose_case(material: Material, solution: Solution | None) -> str | None:
    """Return the case that fits the question best, None where none is near enough.

    Near is: named in the question, or found among the best hits, or of the solution's own words.
    """
    best: tuple[float, str] | None = None
    words = material.relevance.question_terms(
        " ".join((solution.name, solution.problem, *solution.industries_processes))
        if solution
        else ""
    )
    asked = material.relevance.question_terms(material.question.text)
    for one in material.of_kind(Kind.CASE):
        record = material.corpus.cases[one.record_id]
        text = " ".join(
            (record.industry, record.process, record.problem, record.solution, *record.technology)
        )
        of_question = material.relevance.share(asked, text)
        of_solution = material.relevance.share(words, text)
        linked = solution is not None and one.record_id in linked_cases(solution, material.corpus)
        if not (linked or asks(material.question, Aspect.CASE)) and (
            of_question + of_solution < OF_ANOTHER_THING
        ):
            continue
        near = one.score + 2.0 * of_question + 1.5 * of_solution
        if record.ai_used:
            near += 0.1
        if linked:
            near += 0.8
        if best is None or near > best[0]:
            best = (near, one.record_id)
    if best is None:
        return None
    return best[1] if best[0] > 0.8 or asks(material.question, Aspect.CASE) else None


def tell_case(draft: Draft, record_id: str, *, brief: bool = False) -> None:
    """Tell a case: who, what was measured, AI or not, and whose figure it is."""
    material = draft.material
    record = material.corpus.cases[record_id]
    rows: dict[str, Statement] = {}
    for one in material.statements(record_id):
        rows.setdefault(one.part, one)
    who = rows["company"].text
    name = for_readers(record.company)
    shown_who = f"**{name}**{who.removeprefix(name)}"
    draft.say(f"사례 {shown_who}: {rows['solution'].text}", record_id, who, rows["solution"].text)
    draft.bullet(rows["outcomes"])
    shown = ["company", "solution", "outcomes"]
    if record.ai_used is not True or asks(material.question, Aspect.AI_OR_NOT):
        draft.bullet(rows["ai"])
        shown.append("ai")
    if brief:
        return
    if "investment" in rows and asks(material.question, Aspect.COST, Aspect.AMOUNT):
        draft.bullet(rows["investment"])
        shown.append("investment")
    for one in pick(material, record_id, skip=shown, most=3, letters=240, at_least=0.1):
        draft.bullet(one)


def answer_case(draft: Draft, record_id: str) -> None:
    """Tell the case asked for, then what kind of solution stands behind it."""
    material = draft.material
    tell_case(draft, record_id)
    solution = next((one for one in rank_solutions(material) if one.score > RELATED), None)
    if solution is not None and draft.letters < 420:
        record = material.corpus.solutions[solution.record_id]
        draft.gap()
        draft.say(
            f"관련 솔루션 **{record.name}**: {record.problem.rstrip('.')}",
            record.id,
            record.problem,
        )


def money(draft: Draft, ranked: Sequence[Match], *, most: int) -> None:
    """Add the programs that could pay, each with amount and window as of the day."""
    material = draft.material
    shown = 0
    current = [
        one for one in ranked if one.window.state in (WindowState.OPEN, WindowState.UPCOMING)
    ]
    for match in ranked:
        if shown >= most or draft.letters > LETTERS:
            return
        program = material.corpus.programs[match.record_id]
        if program.id in draft.used:
            continue
        if not shown:
            draft.gap()
            draft.say(MONEY_NOW if match in current else MONEY_LATER)
        program_line(draft, program, match)
        shown += 1


def program_line(draft: Draft, program: SupportProgram, match: Match) -> None:
    """One program in one list item: amount, window on the day, verdict where it is settled."""
    rows = {one.part: one for one in reversed(draft.material.statements(program.id))}
    parts = [rows[name].text for name in ("money", "window") if name in rows and rows[name].text]
    verdict = {
        Verdict.ELIGIBLE: "말씀하신 조건은 맞습니다.",
        Verdict.NOT_ELIGIBLE: "말씀하신 조건으로는 대상이 아닙니다.",
        Verdict.UNKNOWN: "",
    }[match.verdict]
    note = f" {verdict}" if verdict and match.criteria else ""
    draft.say(f"- **{program.title}**: {'. '.join(parts)}.{note}", program.id, *parts)


def closed_note(ranked: Sequence[Match]) -> str | None:
    """Say that nothing is open today, where that is so."""
    if ranked and not any(one.window.state is WindowState.OPEN for one in ranked):
        return "지금 접수 중이라고 확인된 사업은 없습니다. 다음 공고를 준비하실 수 있게 가까운 사업을 보여 드립니다."
    return None
