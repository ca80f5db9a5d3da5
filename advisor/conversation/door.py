"""The settings to the door of the language models; None where none is set."""

import threading

from advisor.clock import today
from advisor.config import Settings
from advisor.domain.prompt import ModelRole
from advisor.llm.breaker import Breaker
from advisor.llm.budget import Budget, DayLedger
from advisor.llm.chat_model import ChatModel
from advisor.llm.openai_model import OpenAIChatModel
from advisor.llm.session import Mask, ModelDoor
from advisor.prompts import load_prompts


def open_door(settings: Settings, *, ledger: DayLedger, mask: Mask) -> ModelDoor | None:
    """Return the door that the settings describe.

    Args:
        settings: Endpoint, models and limits.
        ledger: Where the tokens of a day are counted.
        mask: Hides the personal numbers of what is sent.

    Raises:
        BadInputError: A prompt file is wrong.
    """
    if not settings.has_model:
        return None
    main = _model(settings, settings.llm_model)
    fast = _model(settings, settings.llm_fast_model) if settings.llm_fast_model else main
    prompts = load_prompts(settings.prompts)
    steps = frozenset(filter(None, (one.strip() for one in settings.llm_steps.split(","))))
    return ModelDoor(
        models={ModelRole.MAIN: main, ModelRole.FAST: fast},
        breaker=Breaker(),
        budget=Budget(
            turn_tokens=settings.llm_turn_tokens, day_tokens=settings.llm_day_tokens,
            ledger=ledger, today=today,
        ),
        slots=threading.BoundedSemaphore(settings.llm_concurrency),
        turn_timeout_s=settings.llm_timeout_s,
        mask=mask,
        steps=steps or None,
        instructions=tuple(one.body for one in prompts.values()),
    )  # fmt: skip


def _model(settings: Settings, name: str) -> ChatModel:
    return OpenAIChatModel(
        base_url=settings.llm_base_url,
        model=name,
        api_key=settings.llm_api_key,
        timeout_s=settings.llm_timeout_s,
        connect_timeout_s=settings.llm_connect_timeout_s,
        first_token_timeout_s=settings.llm_first_token_timeout_s,
    )
