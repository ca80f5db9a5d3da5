"""A `ChatModel` that lies, or obeys whatever it reads; the same reply to the same prompt."""

import random
from dataclasses import replace

from pydantic import ValidationError

from advisor.domain.prompt import ModelRole, Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.breaker import Breaker
from advisor.llm.budget import Budget, MemoryLedger
from advisor.llm.chat_model import ModelReply, ModelText, OnText, Reply, Usage
from advisor.llm.session import ModelDoor
from advisor.messages import MODEL_UNAVAILABLE
from tests.liar import lying_answer, lying_object, obeying_answer


class LyingModel:
    """Lies in every sentence, or with `obeys` gives away all that it was sent."""

    name = "liar"

    def __init__(self, seed: int = 0, *, obeys: bool = False) -> None:
        self._seed = seed
        self._obeys = obeys

    def reply(
        self, prompt: Prompt, shape: type[Reply], *, timeout_s: float | None = None
    ) -> ModelReply[Reply]:
        try:
            value = shape.model_validate_json(
                lying_object(prompt.text, shape.__name__, self._chance(prompt))
            )
        except ValidationError as error:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="unfit") from error
        return ModelReply(value, Usage(calls=1))

    def write(
        self, prompt: Prompt, on_text: OnText, *, timeout_s: float | None = None
    ) -> ModelText:
        lie = lying_answer(prompt.text, self._chance(prompt))
        text = obeying_answer(prompt.text) if self._obeys else lie
        for start in range(0, len(text), 9):
            if not on_text(text[start : start + 9]):
                return ModelText(text[: start + 9], Usage(calls=1), is_whole=False)
        return ModelText(text, Usage(calls=1))

    def _chance(self, prompt: Prompt) -> random.Random:
        # The mark in a prompt changes from turn to turn and must not change the lie.
        told = "\n".join(one for one in prompt.text.splitlines() if "내부 표식" not in one)
        return random.Random(f"{self._seed} {told}")


def a_door(model: LyingModel, **changes: object) -> ModelDoor:
    """A door to one model without limits."""
    import threading
    from datetime import date

    door = ModelDoor(
        models={ModelRole.MAIN: model, ModelRole.FAST: model}, breaker=Breaker(),
        budget=Budget(turn_tokens=0, day_tokens=0, ledger=MemoryLedger(), today=lambda: date(2026, 11, 25)),
        slots=threading.BoundedSemaphore(8), turn_timeout_s=60, mask=str,
    )  # fmt: skip
    return replace(door, **changes)  # type: ignore[arg-type]
