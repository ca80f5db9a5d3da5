"""A model's opinion of how much of an answer stands in its sources: an extra beside the checks."""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from advisor.errors import ModelUnavailableError
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.units import cut
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

logger = logging.getLogger(__name__)

_MOST_CHARS = 6000  # of all evidence of one answer


class Faithfulness(BaseModel):
    """The reply to `judge_faithfulness`: numbers, from 1, of the sentences that are borne."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    borne: tuple[int, ...] = Field(max_length=60)


def judge_answer(
    begin: Callable[[], ChatModel],
    answer: Mapping[str, Any],
    grounds: Grounds,
    *,
    today: date,
    prompts: Path,
) -> float | None:
    """Return the share (0 to 1) of an answer's claims that a model finds borne.

    None where the answer claims nothing or no model replies in time. `begin` opens one turn of the
    model's door.
    """
    asks = str(answer.get("next_question") or "")
    claims = [one for one in cut(str(answer.get("text") or ""), asks=asks) if one.needs_mark]
    if not claims:
        return None
    evidence = "\n\n".join(
        f"[{one['label']}] {grounds.text(one, today)}" for one in answer.get("citations") or ()
    )
    prompt = load_prompt(prompts, "judge_faithfulness").fill(
        evidence=evidence[:_MOST_CHARS],
        answer="\n".join(f"{at}. {one.sentence.text}" for at, one in enumerate(claims, 1)),
    )
    try:
        found = begin().reply(prompt, Faithfulness).value
    except ModelUnavailableError as error:
        logger.warning("judge gave no opinion detail=%s", error.detail)
        return None
    return len(set(found.borne) & set(range(1, len(claims) + 1))) / len(claims)
