"""The list of an organisation's clients: searched, filtered and sorted (pure).

Names are encrypted, so that the database can neither search nor sort by them; an organisation's
few hundred are read whole and sifted here.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from advisor.clients.states import NextStep, next_step_of, state_of
from advisor.domain.clients import Client, ClientState, Colleague, Progress

SortBy = Literal["next", "name", "state", "updated"]
NOBODY = Colleague("", "", is_consultant=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; empty fields ask for all.

    Attributes:
        words: Parts of the company's name, the consultant's name or the next step; all must stand
            in one of them.
        account_id: Of the consultant who works on it.
        sort_by: `next` is by the day that is due, the undated after, the newest first among them.
        limit: Rows returned from `offset` on.
    """

    words: str = ""
    state: ClientState | None = None
    account_id: str = ""
    sort_by: SortBy = "next"
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    client: Client
    state: ClientState
    step: NextStep
    level: int | None
    consultant: Colleague


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows as asked for; `total` counts all that fit, `counts` all clients by state."""

    rows: tuple[Row, ...]
    total: int
    counts: Mapping[ClientState, int]


def list_clients(
    clients: Iterable[Client],
    progress: Mapping[str, Progress],
    colleagues: Mapping[str, Colleague],
    wanted: Wanted,
    *,
    today: date,
) -> Listing:
    """Return the clients that are wanted.

    Args:
        clients: All of an organisation.
        progress: By id of the client and by id of its consultation.
        colleagues: People of the organisation by account id.
        wanted: Search, filter, order and stretch.
        today: Day in Asia/Seoul.
    """
    rows = [row_of(one, progress, colleagues, today) for one in clients]
    counts = {state: sum(row.state is state for row in rows) for state in ClientState}
    words = [_plain(one) for one in wanted.words.split()]
    fit = [
        row
        for row in rows
        if (wanted.state is None or row.state is wanted.state)
        and (not wanted.account_id or row.client.account_id == wanted.account_id)
        and all(word in _searched(row) for word in words)
    ]
    fit.sort(key=lambda row: row.client.updated_at, reverse=True)
    fit.sort(key=_ORDERS[wanted.sort_by])
    shown = fit[wanted.offset : wanted.offset + wanted.limit]
    return Listing(tuple(shown), len(fit), counts)


def progress_of(client: Client, progress: Mapping[str, Progress]) -> Progress:
    """Return the progress of a client: its consultant's or its consultation's, the further one."""
    found: Sequence[Progress] = [
        progress[one] for one in (client.id, client.consultation_id) if one and one in progress
    ]
    dated = [one for one in found if one.diagnosed_at is not None]
    if dated:
        return max(dated, key=lambda one: str(one.diagnosed_at))
    return found[0] if found else Progress()


def row_of(
    client: Client,
    progress: Mapping[str, Progress],
    colleagues: Mapping[str, Colleague],
    today: date,
) -> Row:
    """Return the line of one client; arguments as in `list_clients`."""
    mine = progress_of(client, progress)
    state = state_of(client, mine, today)
    who = colleagues.get(client.account_id, NOBODY)
    return Row(client, state, next_step_of(client, state, today), mine.level, who)


def _searched(row: Row) -> str:
    return _plain(f"{row.client.name}\n{row.consultant.name}\n{row.client.next_step}")


def _plain(text: str) -> str:
    # "㈜한빛" and "(주)한빛", "ABC" and "abc" are the same company to whoever types it.
    return unicodedata.normalize("NFKC", text).casefold()


_STATES = list(ClientState)
_ORDERS: Mapping[SortBy, Callable[[Row], Any]] = {
    "next": lambda row: (row.step.step != "take_over", row.step.on or date.max),
    "name": lambda row: _plain(row.client.name),
    "state": lambda row: _STATES.index(row.state),
    "updated": lambda row: 0,
}
