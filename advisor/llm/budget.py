"""How many tokens may be spent: of a turn and of a day."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Protocol


class DayLedger(Protocol):
    """Counts the tokens of a day; for all processes of an installation where it is a database."""

    def spent(self, day: date) -> int: ...

    def add(self, day: date, tokens: int) -> None: ...


class MemoryLedger:
    """Counts in this process only: runs that keep nothing."""

    def __init__(self) -> None:
        """Begin with nothing spent."""
        self._spent: dict[date, int] = {}
        self._lock = threading.Lock()

    def spent(self, day: date) -> int:
        return self._spent.get(day, 0)

    def add(self, day: date, tokens: int) -> None:
        with self._lock:
            self._spent[day] = self._spent.get(day, 0) + tokens


class Budget:
    """The tokens that are left; 0 as a limit means no limit."""

    def __init__(
        self,
        *,
        turn_tokens: int,
        day_tokens: int,
        ledger: DayLedger,
        today: Callable[[], date],
    ) -> None:
        """Count against `ledger` on the day that `today` tells."""
        self._turn_tokens = turn_tokens
        self._day_tokens = day_tokens
        self._ledger = ledger
        self._today = today

    def refuses(self, needed: int, *, spent_in_turn: int) -> str:
        """Return which limit a call of about `needed` tokens would break, empty for none."""
        if self._turn_tokens and spent_in_turn + needed > self._turn_tokens:
            return "turn_budget"
        if self._day_tokens and self._ledger.spent(self._today()) + needed > self._day_tokens:
            return "day_budget"
        return ""

    def spend(self, tokens: int) -> None:
        """Count what a call has cost."""
        if tokens:
            self._ledger.add(self._today(), tokens)


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has: two letters each in Korean, four in Latin script.

    >>> estimate_tokens("총사업비의 50%까지"), estimate_tokens("up to half of it")
    (5, 5)
    """
    wide = sum(char > "\u2e7f" for char in text)
    return 1 + wide // 2 + (len(text) - wide) // 4
