"""What is dropped by itself when its time is over, once a day while serving."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from advisor.accounts.actor import SYSTEM, Actor
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Kind
from advisor.clock import now
from advisor.stores.clients import ClientStore

logger = logging.getLogger(__name__)

DAY_S = 24 * 60 * 60.0
# A server that starts has better to do in its first minute; one not ready yet is asked again.
FIRST_S = 60.0


class Purging(Protocol):
    """What keeps consultations."""

    def purge(self) -> int:
        """Delete what is older than the retention; return how many consultations went."""
        ...


@dataclass(frozen=True, slots=True)
class Purged:
    """How many consultations went, and how many clients of consultants."""

    consultations: int
    clients: int


def purge(advisor: Purging, accounts: Accounts, *, actor: Actor = SYSTEM) -> Purged:
    """Delete consultations and clients beyond their retention, and sign-ins that ran out."""
    # A client's own consultation goes with it; it is no further one.
    kept_days = timedelta(days=accounts.settings.client_retention_days)
    clients = ClientStore(accounts.engine).purge(now() - kept_days)
    count = advisor.purge()
    accounts.sign_in.purge()
    accounts.rates.purge()
    accounts.audit.record(
        actor, "retention", Kind.CONSULTATION, consultations=count, clients=clients
    )
    logger.info("retention done consultations=%d clients=%d", count, clients)
    return Purged(count, clients)


async def purge_daily(get_advisor: Callable[[], Purging | None], accounts: Accounts) -> None:
    """Purge a minute after the start and every day; a failure is logged and tried the next day."""
    wait = FIRST_S
    while True:
        await asyncio.sleep(wait)
        advisor = get_advisor()
        if advisor is None:
            continue
        wait = DAY_S
        try:
            await asyncio.to_thread(purge, advisor, accounts)
        except Exception:
            logger.exception("retention failed")
