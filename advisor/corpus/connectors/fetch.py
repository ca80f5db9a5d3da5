"""The one way out to public sources: redirects, caps, retries, pace, validators, keys kept apart."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import quote, unquote

import tenacity

from advisor import __version__
from advisor.corpus.connectors.faults import TRANSIENT, Fault, SourceError
from advisor.corpus.connectors.transport import Limits, Resolve, Response, absolute, resolve, send

logger = logging.getLogger(__name__)

Read = TypeVar("Read")
USER_AGENT = f"mfg-ai-advisor/{__version__} (+notice sync)"
MOST_REDIRECTS = 5
MOST_TRIES = 4
# What a server may ask us to wait within one run; a longer wish ends the run.
LONGEST_WAIT_S = 120.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Pace:
    """How calmly a service is called: `name` of its limit, seconds between two calls."""

    name: str
    interval_s: float


@dataclass(frozen=True)
class Call:
    """One thing to fetch.

    Attributes:
        url: Without the key.
        params: Query, in this order; values are encoded once.
        secret: Name and value of the key's parameter; in no log, error or redirect elsewhere.
        pace: None paces by host.
        spend: Told before each try; raises where the day's calls are used up.
        validators: ETag and Last-Modified of what is known, "" where there is none.
        explain: Says what the body of a refusal means, None where it means nothing special.
    """

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    secret: tuple[str, str] | None = None
    pace: Pace | None = None
    spend: Callable[[], None] | None = None
    limits: Limits = field(default_factory=Limits)
    validators: tuple[str, str] = ("", "")
    method: str = "GET"
    tries: int = MOST_TRIES
    explain: Callable[[bytes], SourceError | None] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: `url` is where it stood in the end, without query where a key was sent."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]
    moved_for_good: bool = False

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that what is known still holds."""
        return self.status == 304

    @property
    def validators(self) -> tuple[str, str]:
        """ETag and Last-Modified, for the next time."""
        return self.headers.get("etag", ""), self.headers.get("last-modified", "")


class Fetcher:
    """Fetches; safe to use from many threads. Each host is called at its pace."""

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        resolver: Resolve = resolve,
        sleep: Callable[[float], None] = time.sleep,
        host_interval_s: float = 0.5,
    ) -> None:
        """Set up; `allow_loopback` is for tests against a server of this machine."""
        self._allow_loopback = allow_loopback
        self._resolver = resolver
        self._sleep = sleep
        self._host_interval_s = host_interval_s
        self._lock = threading.Lock()
        self._next_at: dict[str, float] = {}

    def fetch(self, call: Call, read: Callable[[Fetched], Read]) -> Read:
        """Fetch and read; what may go well a moment later is tried again, `read` included.

        Raises:
            SourceError: It could not be had. No key stands in it.
        """
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(call.tries),
            wait=_wait_s,
            retry=tenacity.retry_if_exception(_may_go_well),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(lambda: read(self.fetch_once(call)))

    def fetch_once(self, call: Call) -> Fetched:
        """Fetch without a second try, following redirects; each hop is checked anew.

        Raises:
            SourceError: A status that is no success counts too, but for 304.
        """
        url = absolute(with_query(call.url, call.params, call.secret))
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        for name, value in zip(
            ("If-None-Match", "If-Modified-Since"), call.validators, strict=True
        ):
            if value:
                headers[name] = value
        moved_for_good = True
        for hop in range(MOST_REDIRECTS + 1):
            if call.spend is not None and hop == 0:
                call.spend()
            self._keep_pace(call.pace or Pace(url.host, self._host_interval_s))
            reply = send(
                url, method=call.method, headers=headers, limits=call.limits,
                allow_loopback=self._allow_loopback, resolver=self._resolver,
            )  # fmt: skip
            target = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not target:
                shown = str(url.copy_with(query=None)) if call.secret else str(url)
                _check_status(reply, url.host, call.explain)
                return Fetched(
                    shown, reply.status, reply.body, reply.headers, hop > 0 and moved_for_good
                )
            moved_for_good = moved_for_good and reply.status in {301, 308}
            joined = absolute(str(url.join(target)))
            # The key goes to the server that it is for, and not in the clear where it was not.
            is_elsewhere = (joined.host, joined.scheme) != (url.host, url.scheme)
            if call.secret and is_elsewhere:
                raise SourceError(Fault.REDIRECTS, f"keyed call leaves host={url.host}")
            url = joined
        raise SourceError(Fault.REDIRECTS, f"host={url.host} hops={MOST_REDIRECTS}")

    def _keep_pace(self, pace: Pace) -> None:
        with self._lock:
            begins = max(time.monotonic(), self._next_at.get(pace.name, 0.0))
            self._next_at[pace.name] = begins + pace.interval_s
        wait_s = begins - time.monotonic()
        if wait_s > 0:
            self._sleep(wait_s)


def with_query(url: str, params: Mapping[str, str], secret: tuple[str, str] | None) -> str:
    """Return an address with its query, every value encoded once.

    >>> with_query("https://a.kr/x?y=1", {"hashtags": "금융"}, ("serviceKey", "a+b%3D%3D"))
    'https://a.kr/x?y=1&serviceKey=a%2Bb%3D%3D&hashtags=%EA%B8%88%EC%9C%B5'
    """
    pairs = [(secret[0], decoded_key(secret[1]))] if secret else []
    pairs += params.items()
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def decoded_key(key: str) -> str:
    """Return a key in its decoded form, whichever of its two forms was copied.

    A percent sign is in no decoded key, so a key that has one is the encoded form: encoding that
    once more is the usual way to "등록되지 않은 키".

    >>> decoded_key("a%2Bb%2Fc%3D%3D"), decoded_key("a+b/c==")
    ('a+b/c==', 'a+b/c==')
    """
    return unquote(key.strip())


@contextmanager
def unreadable(what: str, *errors: type[Exception]) -> Iterator[None]:
    """Turn a parser's errors into the fault of an answer that cannot be read."""
    try:
        yield
    except errors as error:
        raise SourceError(Fault.UNREADABLE, f"{what} {type(error).__name__}") from error


def _check_status(
    reply: Response, host: str, explain: Callable[[bytes], SourceError | None] | None
) -> None:
    status = reply.status
    if status < 300 or status == 304:
        return
    said = explain(reply.body) if explain is not None else None
    if said is not None:
        said.retry_after_s = _retry_after(reply.headers.get("retry-after"))
        raise said
    faults = {
        400: Fault.BAD_REQUEST, 401: Fault.REFUSED, 403: Fault.REFUSED, 404: Fault.NOT_FOUND,
        410: Fault.NOT_FOUND, 408: Fault.TIMEOUT, 425: Fault.BUSY, 429: Fault.BUSY,
        503: Fault.BUSY,
    }  # fmt: skip
    fault = faults.get(status, Fault.SERVER if status >= 500 else Fault.BAD_REQUEST)
    problem = StatusError(
        fault, f"host={host} status={status}",
        retry_after_s=_retry_after(reply.headers.get("retry-after")),
    )  # fmt: skip
    problem.status = status
    raise problem


class StatusError(SourceError):
    """A status that is no success."""

    status: int = 0


def _retry_after(value: str | None) -> float | None:
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(tz=UTC)).total_seconds())


def _may_go_well(error: BaseException) -> bool:
    if not isinstance(error, SourceError) or error.fault not in TRANSIENT:
        return False
    # 403 stays 403; 401 is how a burst is answered.
    if isinstance(error, StatusError) and error.status == 403:
        return False
    return error.retry_after_s is None or error.retry_after_s <= LONGEST_WAIT_S


def _wait_s(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after_s if isinstance(error, SourceError) else None
    grown = min(2.0**state.attempt_number, 60.0)
    # Jitter of half the wait: many that failed together do not come back together.
    return max(asked or 0.0, grown / 2 + random.uniform(0, grown / 2))
