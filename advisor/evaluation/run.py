"""Question sets through the advisor: each answer scored, and each claim held against its sources."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from advisor.evaluation.cases import Case
from advisor.evaluation.citing import Cited, check_citing
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.metrics import Scored, score_answer
from advisor.evaluation.outcome import Item, Outcome, SetKind, Turn

# The turns of one dialogue in, an answer (contract JSON) a turn out.
Ask = Callable[[Sequence[str]], list[Mapping[str, Any]]]
# An answer to the share of its claims that a model finds borne, None for no opinion.
Judge = Callable[[Mapping[str, Any]], float | None]
TARGETS = {
    "questions": 0.92, "dialogues": 0.85, "safety": 0.97,
    "citation precision": 0.98, "citation recall": 0.95, "violations": 0.0,
}  # fmt: skip


def run_cases(
    name: str,
    cases: Sequence[Case],
    ask: Ask,
    *,
    grounds: Grounds,
    today: date,
    judge: Judge | None = None,
    on_case: Callable[[], None] = lambda: None,
) -> Outcome:
    """Ask every case and score it; a dialogue is right if every turn of it is."""
    items, took, judged = [], [], []
    good = marks = borne = claims = violations = 0
    for case in cases:
        answers = ask(case.turns)
        turns, scored = [], []
        for number, (question, gold, answer) in enumerate(
            zip(case.turns, case.golds, answers, strict=True), 1
        ):
            one = score_answer(gold, answer)
            cited = check_citing(answer, grounds, today=today, said=case.turns[:number])
            good, marks = good + cited.marks[0], marks + cited.marks[1]
            borne, claims = borne + cited.claims[0], claims + cited.claims[1]
            violations += len(cited.violations)
            took.append(float(answer.get("took_ms", 0.0)))
            if judge is not None and answer.get("citations"):
                share = judge(answer)
                judged += [] if share is None else [share]
            scored.append(one)
            turns.append(_turn(question, gold, answer, one, cited))
        items.append(_item(case, scored, turns))
        on_case()
    figures = {
        "citation precision": _share(good, marks), "citation recall": _share(borne, claims),
        "claims": float(claims), "violations": float(violations),
        "p50 ms": _at(took, 0.5), "p95 ms": _at(took, 0.95),
    }  # fmt: skip
    if judge is not None:
        figures["judged borne"] = round(sum(judged) / len(judged), 4) if judged else 0.0
    return Outcome(name, SetKind.QUESTIONS, tuple(items), figures, TARGETS)


def _item(case: Case, scored: Sequence[Scored], turns: Sequence[Turn]) -> Item:
    met, asked = (sum(one.facts[at] for one in scored) for at in (0, 1))
    extra = {"status": sum(one.status_right for one in scored) / len(scored)}
    if asked:
        extra["facts"] = met / asked
    groups = {
        "set": case.set, "category": f"{case.set}/{case.category}", "persona": case.persona,
        "register": case.register, "lang": case.lang,
    }  # fmt: skip
    return Item(case.id, float(all(one.right for one in scored)), groups, tuple(turns), extra)


def _turn(
    question: str, gold: Mapping[str, Any], answer: Mapping[str, Any], scored: Scored, cited: Cited
) -> Turn:
    return Turn(
        question=question,
        answer=str(answer.get("text") or ""),
        status=str(answer.get("status")),
        cited=tuple(one["record_id"] for one in answer.get("citations") or ()),
        problems=scored.problems,
        wanted=describe(gold),
        unborne=tuple(
            f"{finding.unit.sentence.text.strip()} ({'; '.join(finding.problems)})"
            for finding in cited.findings
        ),
        took_ms=float(answer.get("took_ms", 0.0)),
    )


def describe(gold: Mapping[str, Any]) -> str:
    """Say in one line what a gold asks for.

    >>> describe({"status": "answered", "cite_any": ["a"], "must_contain": [["2억", "200,000,000"]]})
    'answered · cites a · says 2억'
    """
    status = gold["status"] if isinstance(gold["status"], list) else [gold["status"]]
    parts = ["|".join(status)]
    if gold.get("cite_any"):
        parts.append(f"cites {' | '.join(gold['cite_any'][:4])}")
    if gold.get("cite_all"):
        parts.append(f"cites all of {', '.join(gold['cite_all'])}")
    parts += [f"says {one[0]}" for one in gold.get("must_contain", ())]
    for when, more in gold.get("when", {}).items():
        parts += [f"if {when} says {one[0]}" for one in more.get("must_contain", ())]
    parts += [f"never says {one}" for one in gold.get("must_not_contain", ())[:3]]
    if gold.get("profile"):
        parts.append("profile " + ", ".join(f"{key}={one}" for key, one in gold["profile"].items()))
    if gold.get("verdict"):
        parts.append(f"verdict {gold['verdict']['value']}")
    return " · ".join(parts)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0
