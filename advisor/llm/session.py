"""The models of an installation behind one door, and what one turn asks of them.

The door holds what all turns share: the endpoint's breaker, the token budget, how many calls may run
at once. A turn gets a `TurnModel` of its own, which ends with its time and notes every call.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from advisor.domain.prompt import ModelRole, Prompt
from advisor.domain.trace import ModelCall
from advisor.errors import ModelUnavailableError
from advisor.llm.breaker import Breaker
from advisor.llm.budget import Budget, estimate_tokens
from advisor.llm.canary import Canary
from advisor.llm.chat_model import ChatModel, ModelReply, ModelText, OnText, Reply, Usage
from advisor.llm.openai_client import EndpointError
from advisor.messages import MODEL_UNAVAILABLE

logger = logging.getLogger(__name__)

_WATCHED = 240  # letters of a text in the making: what is given away is split over no more
_WAIT_FOR_A_SLOT_S = 2.0
Mask = Callable[[str], str]


@dataclass(frozen=True)
class ModelDoor:
    """What all turns share.

    Attributes:
        models: By role; both may be the same.
        turn_timeout_s: Seconds that all calls of a turn may take together.
        mask: Hides personal numbers of whatever is sent, the last gate before the endpoint.
        steps: Names of the prompts that may be used; None is all.
        instructions: Texts of the prompts, which no reply may quote.
    """

    models: Mapping[ModelRole, ChatModel]
    breaker: Breaker
    budget: Budget
    slots: threading.BoundedSemaphore
    turn_timeout_s: float
    mask: Mask
    steps: frozenset[str] | None = None
    instructions: tuple[str, ...] = ()

    def begin(self) -> "TurnModel":
        """Return the model of one turn; its time runs from now."""
        return TurnModel(self)


class TurnModel:
    """The model as one turn sees it: a `ChatModel` that picks by role and keeps to the limits."""

    def __init__(self, door: ModelDoor) -> None:
        """Begin the turn's time."""
        self._door = door
        self._deadline = time.monotonic() + door.turn_timeout_s
        self._spent = 0
        self._calls: list[ModelCall] = []
        self._lock = threading.Lock()
        # A model that repeats its orders repeats this too, and is caught by it.
        self._canary = Canary(door.instructions)

    @property
    def name(self) -> str:
        """Name of the model that writes answers."""
        return self._door.models[ModelRole.MAIN].name

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """What was asked so far, in the order in which it ended."""
        with self._lock:
            return tuple(self._calls)

    def time_left_s(self) -> float:
        """Return the seconds that the turn still has for its calls, 0 or more."""
        return max(self._deadline - time.monotonic(), 0.0)

    def offers(self, step: str) -> bool:
        """Tell whether the model may be asked in a step (the name of its prompt)."""
        return self._door.steps is None or step in self._door.steps

    def note(self, step: str, *, fell_back: str = "", **counts: int) -> None:
        """Add to a step's last call what became of its reply: counts, or why it was not used."""
        with self._lock:
            for place in range(len(self._calls) - 1, -1, -1):
                call = self._calls[place]
                if call.step == step:
                    self._calls[place] = replace(
                        call, notes=(*call.notes, *counts.items()),
                        outcome="fallback" if fell_back else call.outcome,
                        reason=fell_back or call.reason,
                    )  # fmt: skip
                    return

    def reply(
        self, prompt: Prompt, shape: type[Reply], *, timeout_s: float | None = None
    ) -> ModelReply[Reply]:
        """Ask the model of the prompt's role.

        Raises:
            ModelUnavailableError: Also where a limit forbids the call or the reply gives away
                the prompt.
        """
        with self._asking(prompt, timeout_s) as asking:
            found = asking.model.reply(asking.prompt, shape, timeout_s=asking.timeout_s)
            asking.usage = found.usage
            self._refuse_leak(found.value.model_dump_json())
        return found

    def write(
        self, prompt: Prompt, on_text: OnText, *, timeout_s: float | None = None
    ) -> ModelText:
        """Ask the model of the prompt's role for a text; raises like `reply`."""
        seen = ""

        def watch(piece: str) -> bool:
            nonlocal seen
            seen += piece
            return not self._canary.is_in(seen[-_WATCHED:]) and on_text(piece)

        with self._asking(prompt, timeout_s) as asking:
            found = asking.model.write(asking.prompt, watch, timeout_s=asking.timeout_s)
            asking.usage = found.usage
            asking.reply_text = found.text
            self._refuse_leak(found.text)
        return found

    def _refuse_leak(self, text: str) -> None:
        if self._canary.is_in(text):
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="canary")

    @contextmanager
    def _asking(self, prompt: Prompt, timeout_s: float | None) -> Iterator["_Asking"]:
        door = self._door
        text = door.mask(prompt.text) + "\n\n" + self._canary.line
        started = time.monotonic()
        remaining = self._deadline - started
        asking = _Asking(
            door.models[prompt.role], replace(prompt, text=text),
            min(timeout_s or remaining, remaining),
        )  # fmt: skip
        try:
            self._admit(text, remaining)
            with self._slot(asking):
                yield asking
        except ModelUnavailableError as error:
            asking.reason = error.detail or type(error).__name__
            raise
        finally:
            self._record(asking, (time.monotonic() - started) * 1000)

    def _admit(self, text: str, remaining_s: float) -> None:
        """Refuse a call that would break a limit."""
        if remaining_s <= 0:
            raise _not_asked("turn_time")
        with self._lock:
            refused = self._door.budget.refuses(estimate_tokens(text), spent_in_turn=self._spent)
        if refused:
            raise _not_asked(refused)

    @contextmanager
    def _slot(self, asking: "_Asking") -> Iterator[None]:
        """Hold one of the endpoint's slots, and tell the breaker what became of the call."""
        door = self._door
        self._take_slot(asking.timeout_s)
        asking.is_sent = True
        try:
            yield
        except EndpointError as error:
            self._blame(error, asked_for=asking.timeout_s)
            raise
        except ModelUnavailableError:
            door.breaker.succeed()  # it answered, if nothing that can be used
            raise
        else:
            door.breaker.succeed()
        finally:
            door.slots.release()

    def _take_slot(self, timeout_s: float) -> None:
        if not self._door.slots.acquire(timeout=min(_WAIT_FOR_A_SLOT_S, timeout_s)):
            raise _not_asked("busy")
        if not self._door.breaker.lets_through():
            self._door.slots.release()
            raise _not_asked("resting")

    def _blame(self, error: EndpointError, *, asked_for: float) -> None:
        """Let the endpoint rest, unless it was only given too little time to answer."""
        is_late = error.detail in ("deadline", "timeout", "first_token")
        too_short = is_late and asked_for < self._door.turn_timeout_s / 2
        if not too_short:
            self._door.breaker.fail(error.rest_s)

    def _record(self, asking: "_Asking", took_ms: float) -> None:
        usage, reason = asking.usage, asking.reason
        tokens = usage.prompt_tokens + usage.reply_tokens
        if not tokens and asking.is_sent:  # it does not count, or failed after it had read
            tokens = estimate_tokens(asking.prompt.text) + estimate_tokens(asking.reply_text)
        call = ModelCall(
            step=asking.prompt.name, model=asking.model.name, digest=asking.prompt.digest[:12],
            outcome="fallback" if reason else "used", reason=reason, mode=usage.mode,
            prompt_tokens=usage.prompt_tokens, reply_tokens=usage.reply_tokens, calls=usage.calls,
            took_ms=took_ms, repaired=usage.repaired,
        )  # fmt: skip
        with self._lock:
            self._spent += tokens
            self._calls.append(call)
        self._door.budget.spend(tokens)
        logger.info(
            "model call step=%s model=%s outcome=%s reason=%s mode=%s prompt_tokens=%d "
            "reply_tokens=%d calls=%d took_ms=%.0f",
            call.step, call.model, call.outcome, reason, call.mode, call.prompt_tokens,
            call.reply_tokens, call.calls, took_ms,
        )  # fmt: skip


@dataclass(slots=True)
class _Asking:
    """One call in the making."""

    model: ChatModel
    prompt: Prompt
    timeout_s: float
    usage: Usage = field(default_factory=Usage)
    reply_text: str = ""
    reason: str = ""
    is_sent: bool = False


def _not_asked(reason: str) -> ModelUnavailableError:
    return ModelUnavailableError(MODEL_UNAVAILABLE, detail=reason)
