"""Which kind of turn a message is, by a model, where the rules only had their default left."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from advisor.domain.question import Intent
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

# What a model may choose among. Small talk and facts told end a turn without an answer, a diagnosis
# begins an interview: those take words that the rules know.
OPEN_TO_A_MODEL = frozenset(
    {Intent.FACT, Intent.PROBLEM, Intent.CASE, Intent.EXPERT, Intent.COMPARE, Intent.RECOMMEND}
)


class TurnKind(BaseModel):
    """The reply to `route_question`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Intent


def ask_for_kind(
    model: ChatModel, *, message: str, prompts: Path, timeout_s: float | None = None
) -> TurnKind:
    """Ask which kind of turn a message is; raises ModelUnavailableError."""
    prompt = load_prompt(prompts, "route_question").fill(message=message)
    return model.reply(prompt, TurnKind, timeout_s=timeout_s).value


def choose_intent(embedded: Intent, proposed: TurnKind | None, *, names_something: bool) -> Intent:
    """Return the rules' choice, or the model's where the rules fell back to `fact`.

    >>> choose_intent(Intent.FACT, TurnKind(kind=Intent.CASE), names_something=False)
    <Intent.CASE: 'case'>
    >>> choose_intent(Intent.FACT, TurnKind(kind=Intent.SMALL_TALK), names_something=False)
    <Intent.FACT: 'fact'>
    >>> choose_intent(Intent.EXPERT, TurnKind(kind=Intent.CASE), names_something=False)
    <Intent.EXPERT: 'expert'>
    """
    if proposed is None or embedded is not Intent.FACT or names_something:
        return embedded
    return proposed.kind if proposed.kind in OPEN_TO_A_MODEL else embedded
