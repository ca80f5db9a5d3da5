"""A model picks, among records that were found almost equally well, those that answer."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from advisor.answering.draft import Candidate
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

# In standard deviations of this search: what lies closer than that is a tie that words may break.
NEAR = 0.6
MOST = 6
_SHOWN_CHARS = 350


class ChosenEvidence(BaseModel):
    """The reply to `choose_evidence`: numbers from 1, the best first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: tuple[int, ...] = Field(max_length=10)


def near_ties(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that a model may put in another order, best first; () for none.

    A record that the question names stays where it is.
    """
    if not candidates or candidates[0].named >= 0.5:
        return ()
    best = candidates[0].score
    found = tuple(one for one in candidates[:MOST] if best - one.score <= NEAR)
    return found if len(found) > 1 else ()


def ask_which(
    model: ChatModel,
    *,
    question: str,
    shown: Sequence[tuple[str, str]],
    prompts: Path,
    timeout_s: float | None = None,
) -> ChosenEvidence:
    """Ask which of the numbered records (title, text) answer; raises ModelUnavailableError."""
    prompt = load_prompt(prompts, "choose_evidence").fill(
        question=question,
        evidence="\n\n".join(
            f"{number}. {title}\n{text[:_SHOWN_CHARS]}"
            for number, (title, text) in enumerate(shown, start=1)
        ),
    )
    return model.reply(prompt, ChosenEvidence, timeout_s=timeout_s).value


def reorder(
    candidates: Sequence[Candidate], ties: Sequence[Candidate], chosen: ChosenEvidence | None
) -> tuple[Candidate, ...]:
    """Return the candidates with the chosen ones of the ties in front; unknown numbers are dropped."""
    numbers = dict.fromkeys(chosen.numbers if chosen else ())
    first = [ties[number - 1] for number in numbers if 0 < number <= len(ties)]
    picked = {one.record_id for one in first}
    return (*first, *(one for one in candidates if one.record_id not in picked))
