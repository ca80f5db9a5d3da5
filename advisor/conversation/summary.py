"""The earlier part of a long consultation in a few sentences, for prompts only."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from advisor.conversation.proposals import Summary
from advisor.conversation.turn import Turn
from advisor.intake.bounded import stays_within
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

# So many turns stand in a prompt as they are; what is older is summarised once so many have gone by.
RECENT = 6
_EVERY = 6
_LONGEST = 600


class HistorySummary(BaseModel):
    """The reply to `summarize_history`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1, max_length=_LONGEST)


def is_due(turn: Turn) -> bool:
    """Tell whether enough has been said since the last summary."""
    return turn.turns_before - RECENT - turn.summary.turns >= _EVERY


def history_of(turn: Turn, titles: Mapping[str, str]) -> str:
    """Return the talk so far for a prompt: the summary, the last questions, what was shown."""
    lines = [f"(앞부분) {turn.summary.text}"] if turn.summary.text else []
    lines += [f"질문: {question[:200]}" for question in turn.earlier[-RECENT:]]
    shown = [one for topic in turn.topics[-RECENT:] for one in topic.records[:1]]
    names = [titles[one] for one in dict.fromkeys(shown) if one in titles]
    if names:
        lines.append(f"보여 준 것: {', '.join(names)}")
    return "\n".join(lines)


def summarise(
    model: ChatModel, turn: Turn, history: str, *, prompts: Path, timeout_s: float | None = None
) -> Summary:
    """Return the talk so far in a few sentences; by rules where the model adds words of its own.

    Raises:
        ModelUnavailableError: No reply in time.
    """
    prompt = load_prompt(prompts, "summarize_history").fill(
        before=turn.summary.text, history=history
    )
    text = model.reply(prompt, HistorySummary, timeout_s=timeout_s).value.text.strip()
    if not stays_within(text, turn.summary.text, history, share=0.7):
        text = embedded_summary(turn)
    return Summary(text, max(turn.turns_before - RECENT, 0))


def embedded_summary(turn: Turn) -> str:
    """Return what the older turns were about: their questions, shortened."""
    older = turn.earlier[:-RECENT] or turn.earlier
    return " / ".join(question[:60] for question in older[-_EVERY:])[:_LONGEST]
