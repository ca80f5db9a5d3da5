"""Threads for answers, apart from those of all other routes.

An answer with a slow model holds its thread for half a minute. Forty of them would hold every
thread there is, and nobody could turn the assistant off.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette

T = TypeVar("T")

MAX_ANSWERS_AT_ONCE = 32


def prepare(app: Starlette) -> None:
    """Give an application the places for its answers."""
    app.state.answering = CapacityLimiter(MAX_ANSWERS_AT_ONCE)


async def run_answer(app: Starlette, work: Callable[[], T]) -> T:
    """Make an answer in a thread of its own kind; whoever finds none free waits for one."""
    return await to_thread.run_sync(work, limiter=app.state.answering)
