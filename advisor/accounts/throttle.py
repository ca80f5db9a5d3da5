"""How long somebody must wait after wrong tries. Pure; the counts live in the database."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """Wrong tries that are free, the first wait, the longest, and when all is forgotten."""

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return the wait after so many wrong tries: none, then doubling.

        >>> [int(PER_ACCOUNT.wait_after(n).total_seconds()) for n in (4, 5, 6, 7, 20)]
        [0, 30, 60, 120, 900]
        """
        if failures < self.free:
            return timedelta()
        doublings: int = min(failures - self.free, 20)
        return min(self.longest, self.first * (1 << doublings))


PER_ACCOUNT = Limit(5, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=24))
# An office behind one address is many people.
PER_ADDRESS = Limit(30, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))
PER_CODE = Limit(5, timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24))
