"""Lets a dead endpoint rest, so that it costs no more than one turn a minute its time."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed while the endpoint answers; open for `rest_s` seconds after it failed.

    After the rest one caller may try; the others wait for what becomes of it.
    """

    def __init__(
        self, rest_s: float = 60.0, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin closed; `clock` tells seconds."""
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._closed_again_at = 0.0
        self._is_open = False

    def lets_through(self) -> bool:
        """Tell whether the endpoint may be asked now; after a rest only the first one hears yes."""
        with self._lock:
            if not self._is_open:
                return True
            now = self._clock()
            if now < self._closed_again_at:
                return False
            self._closed_again_at = now + self._rest_s
            return True

    def succeed(self) -> None:
        """Note that the endpoint answered, in whatever shape."""
        with self._lock:
            self._is_open = False

    def fail(self, rest_s: float | None = None) -> None:
        """Note that the endpoint did not answer; a longer rest where it asked for one."""
        with self._lock:
            self._is_open = True
            self._closed_again_at = self._clock() + max(self._rest_s, rest_s or 0.0)
