"""Asks whole question sets of a model that lies on purpose: how much of it gets through (must be nothing).

    .venv/bin/python -m benchmarks.model_bounds --sets DIR [--home HOME] [--obeys] [--seed N] [--limit N]

DIR holds `questions.jsonl`, `dialogues.jsonl`, `safety.jsonl` as for `advisor eval`. Each message is asked
three times of the same state: of the embedded engine, of the engine with a lying model in every step but
the wording (what the engine decides then), and with lies in the wording too. The last may say nothing
that the second does not.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.conversation.transcripts import MemoryTranscripts
from advisor.llm.session import ModelDoor
from tests.engine_bounds import excess_of
from tests.lying_model import LyingModel, a_door

READING = frozenset({"rephrase_question", "route_question", "extract_facts", "choose_evidence", "summarize_history"})  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--sets", type=Path, required=True)
    options.add_argument("--home", type=Path)
    options.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 25))
    options.add_argument("--obeys", action="store_true")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--limit", type=int, default=10**6)
    options.add_argument("--show", type=int, default=20)
    options.add_argument("--phrased", action="store_true", help="show what the model phrased")
    chosen = options.parse_args()
    settings = Settings(home=chosen.home) if chosen.home else Settings()
    advisor = build_advisor(settings, keep=False)
    model = LyingModel(chosen.seed, obeys=chosen.obeys)
    plain = over(advisor, None)
    reading = over(advisor, a_door(model, steps=READING))
    lying = over(advisor, a_door(model))
    counts: Counter[str] = Counter()
    fates: Counter[str] = Counter()
    shown = 0
    began = perf_counter()
    for name, turns in list(conversations(chosen.sets))[: chosen.limit]:
        ids = [one.new_consultation() for one in (plain, reading, lying)]
        for number, text in enumerate(turns):
            answers = [
                one.ask(text, consultation_id=id_, today=chosen.today)
                for one, id_ in zip((plain, reading, lying), ids, strict=True)
            ]
            embedded, engine, answer = answers
            counts["turns"] += 1
            counts["phrased by the model"] += answer.engine != "embedded"
            counts["other status than embedded"] += embedded.status != engine.status
            counts["other profile than embedded"] += embedded.profile != answer.profile
            false_facts = {k: v for k, v in answer.profile.items() if embedded.profile.get(k) != v}
            excess = excess_of(advisor, answer, engine, text)
            counts["turns with excess"] += bool(excess)
            for one in excess:
                counts[f"excess: {one.kind}"] += 1
            kept = lying.consultation(ids[2])
            for call in kept.turns[-1].trace if kept else ():  # type: ignore[attr-defined]
                fates.update(call["notes"])
                fates[f"{call['step']}: {call['outcome']} {call['reason']}".strip()] += 1
            if chosen.phrased and answer.engine != "embedded":
                print(f"=== {name}/{number}\n{engine.text}\n  --->\n{answer.text}\n")
            if (excess or false_facts) and shown < chosen.show:
                shown += 1
                print(f"--- {name}/{number} {answer.engine} {excess} facts={false_facts}")
                print(answer.text[:700] if excess else "")
    print(
        json.dumps(
            {"counts": counts, "model": fates, "seconds": round(perf_counter() - began)},
            ensure_ascii=False,
            indent=1,
        )
    )


def over(advisor: Advisor, door: ModelDoor | None) -> Advisor:
    """The same advisor with another model and consultations of its own."""
    return replace(
        advisor, tools=replace(advisor.tools, door=door), transcripts=MemoryTranscripts()
    )


def conversations(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for name in ("questions", "safety", "dialogues"):
        path = folder / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            row = json.loads(line)
            yield row["id"], row.get("turns") or [row["text"]]


if __name__ == "__main__":
    main()
