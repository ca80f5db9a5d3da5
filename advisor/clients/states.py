"""How far one is with a client, and what comes next (pure)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from advisor.domain.clients import Client, ClientState, Progress

Step = Literal[
    "take_over", "share_ended", "own", "begin", "go_on", "plan", "set_visit", "visit", "after_visit",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next; `text` is the consultant's own words for `own`, `on` its day if one is set."""

    step: Step
    on: date | None = None
    text: str = ""


def state_of(client: Client, progress: Progress, today: date) -> ClientState:
    """Return the state of a client on a day in Asia/Seoul; the furthest that holds counts.

    A visit that is past counts no more: what was prepared for it stays visible on the page.
    """
    if client.handed_over_at is not None:
        return ClientState.HANDED_OVER
    if client.visit_on is not None and client.visit_on >= today:
        return ClientState.VISIT_PLANNED
    if client.planned_at is not None:
        return ClientState.PLAN_MADE
    if progress.diagnosed_at is not None:
        return ClientState.DIAGNOSED
    return ClientState.IN_DIAGNOSIS if progress.is_begun else ClientState.NEW


def next_step_of(client: Client, state: ClientState, today: date) -> NextStep:
    """Return the next step: what the consultant noted, else what the state asks for.

    What has to be settled before any work goes first: a hand-over, a share that ended.
    """
    if state is ClientState.HANDED_OVER:
        return NextStep("take_over")
    if client.consultation_id is None:
        return NextStep("share_ended")
    if client.next_step:
        return NextStep("own", client.next_on, client.next_step)
    if state is ClientState.VISIT_PLANNED:
        return NextStep("visit", client.visit_on)
    if client.visit_on is not None and client.visit_on < today:
        return NextStep("after_visit", client.visit_on)
    steps: dict[ClientState, Step] = {
        ClientState.NEW: "begin", ClientState.IN_DIAGNOSIS: "go_on", ClientState.DIAGNOSED: "plan",
    }  # fmt: skip
    return NextStep(steps.get(state, "set_visit"))
