"""A follow-up completed by a model, where no word of it told the rules what it points at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from advisor.intake.bounded import stays_within
from advisor.intake.rephrase import Rephrased
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt


class StandaloneQuestion(BaseModel):
    """The reply to `rephrase_question`: `about` are numbers of what was shown before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(max_length=400)
    about: tuple[int, ...] = Field(default=(), max_length=3)


@dataclass(frozen=True, slots=True)
class Shown:
    """A record that an earlier turn showed, as the prompt numbers it from 1."""

    record_id: str
    title: str


def ask_for_question(
    model: ChatModel,
    *,
    message: str,
    history: str,
    shown: Sequence[Shown],
    prompts: Path,
    timeout_s: float | None = None,
) -> StandaloneQuestion:
    """Ask what a message means after what was said before; raises ModelUnavailableError."""
    prompt = load_prompt(prompts, "rephrase_question").fill(
        history=history,
        shown="\n".join(f"{number}. {one.title}" for number, one in enumerate(shown, start=1)),
        message=message,
    )
    return model.reply(prompt, StandaloneQuestion, timeout_s=timeout_s).value


def complete(
    embedded: Rephrased,
    proposed: StandaloneQuestion | None,
    *,
    message: str,
    history: str,
    shown: Sequence[Shown],
    titles: Mapping[str, str],
) -> Rephrased:
    """Return the rules' reading, or the model's where the rules saw no link to what was before.

    The model can only point at what was shown, and only with words that were said.
    """
    if embedded.follows or proposed is None:
        return embedded
    focus = tuple(
        dict.fromkeys(shown[number - 1].record_id for number in proposed.about if 0 < number <= len(shown))
    )  # fmt: skip
    if not focus:
        return embedded
    names = [titles.get(one, "") for one in focus[:1]]
    text = proposed.question.strip()
    if not stays_within(text, message, history, *names):
        text = " ".join([*names, message]).strip()
    return Rephrased(text, focus, follows=True)
