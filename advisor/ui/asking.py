"""The policy table before every event of the Gradio page."""

import logging
from typing import Any, TypeVar

from anyio import to_thread

from advisor.accounts.asking import accounts_of, check, who_is
from advisor.accounts.policy import Decision, Kind
from advisor.accounts.registry import EVENTS
from advisor.ui.requests import Sent

logger = logging.getLogger(__name__)

S = TypeVar("S", bound=Sent)
# No consultation has this id: one that the asker may not know of is as one that was deleted.
NOBODYS = "-"


async def admitted(name: str, sent: S, request: Any) -> S | None:
    """Return what the handler may go on with, None where the event is refused.

    Args:
        name: The event's name, as in the registry; one that stands not there is refused.
        sent: What the browser sent, with the id of its consultation.
        request: The `gr.Request` of the event.
    """
    entry, web = EVENTS.get(name), getattr(request, "request", None)
    if entry is None or web is None:
        logger.warning("event not listed name=%s", name)
        return None
    object_id = sent.cid if entry.object == "cid" else ""
    action = entry.asked(object_id)
    decision = await to_thread.run_sync(lambda: check(web, action, entry.kind, object_id))
    if decision is Decision.ALLOW:
        return sent
    logger.info("event refused name=%s decision=%s", name, decision.value)
    if decision is Decision.HIDDEN and entry.kind is Kind.CONSULTATION:
        return sent.model_copy(update={"cid": NOBODYS})
    return None


async def finished(name: str, sent: Sent, request: Any) -> None:
    """Record an event that was carried out, where the audit log must hold it."""
    entry, accounts = EVENTS[name], accounts_of(request.request)
    if accounts is not None and sent.cid and sent.cid != NOBODYS:
        actor, action = who_is(request.request), entry.asked(sent.cid)
        gate = accounts.gate
        await to_thread.run_sync(lambda: gate.done(actor, action, entry.kind, sent.cid))
