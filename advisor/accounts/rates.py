"""How often who may ask: a bucket for each key, account or address and each class of route."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from advisor.accounts.actor import Actor
from advisor.accounts.sentences import TOO_OFTEN
from advisor.clock import now
from advisor.config import Settings
from advisor.errors import AdvisorError
from advisor.messages import UserMessage
from advisor.stores.encryption import Vault
from advisor.stores.rates import RateStore

WINDOW_S = 60


class RateClass(StrEnum):
    """What a route costs."""

    FREE = "free"  # not counted: health, the page itself
    READ = "read"
    ASK = "ask"
    HEAVY = "heavy"  # a report, a file


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request at its bucket."""

    name: str
    is_allowed: bool
    quota: int
    remaining: int
    wait_s: int

    def headers(self) -> dict[str, str]:
        """Return the fields of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "ratelimit-policy": f'"{self.name}";q={self.quota};w={WINDOW_S}',
            "ratelimit": f'"{self.name}";r={self.remaining};t={self.wait_s}',
        }


class TooOftenError(AdvisorError):
    """The bucket is full; `taken` says until when."""

    def __init__(self, taken: Taken) -> None:
        """Fill the seconds into the next step."""
        self.taken = taken
        step = TOO_OFTEN.next_step.format(seconds=taken.wait_s)
        super().__init__(UserMessage(TOO_OFTEN.text, step), detail="rate limit")


@dataclass(frozen=True)
class RateLimits:
    """The limits of one installation; safe to call from many threads."""

    store: RateStore
    vault: Vault
    settings: Settings

    def take(self, actor: Actor, rate: RateClass, *, address: str) -> Taken | None:
        """Count a request of an asker; None where nothing is limited.

        Raises:
            TooOftenError: The asker's bucket of this class is full.
        """
        if actor.key_id:
            return self.take_of(f"key:{actor.key_id}", rate, times=self.settings.rate_key_times)
        whose = f"account:{actor.account_id}" if actor.account_id else f"address:{address}"
        return self.take_of(whose, rate)

    def take_of(self, whose: str, rate: RateClass, *, times: int = 1) -> Taken | None:
        """Count a request of whoever `whose` names, as above."""
        size = self._size(rate) * times
        if not size:
            return None
        every_s = WINDOW_S / size
        level = self.store.take(
            self.vault.index("rate", f"{rate.value}:{whose}"), at=now().timestamp(), size=size,
            every_s=every_s,
        )  # fmt: skip
        free = int((size * every_s - level.full_in_s) / every_s + 1e-6)
        wait_s = max(1, ceil(level.full_in_s - (size - 1) * every_s)) if free < 1 else 0
        taken = Taken(rate.value, level.is_allowed, size, max(free, 0), wait_s)
        if not level.is_allowed:
            raise TooOftenError(taken)
        return taken

    def purge(self) -> None:
        """Drop buckets that are free again."""
        self.store.purge(now().timestamp())

    def _size(self, rate: RateClass) -> int:
        sizes = {
            RateClass.READ: self.settings.rate_read, RateClass.ASK: self.settings.rate_ask,
            RateClass.HEAVY: self.settings.rate_heavy,
        }  # fmt: skip
        return sizes.get(rate, 0)
