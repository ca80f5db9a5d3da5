"""The Advisor put together in the background, while the page already shows that it waits."""

import logging
import threading
from collections.abc import Callable

from advisor.assemble import Advisor
from advisor.errors import AdvisorError
from advisor.live import Live
from advisor.messages import FAILED, UserMessage

logger = logging.getLogger(__name__)


class BackgroundOpening:
    """Builds an Advisor in a thread; holds it, or why there is none.

    Once it is there it is kept true to its records and documents (see `advisor.live`).
    """

    def __init__(self, build: Callable[[], Advisor]) -> None:
        """Keep what builds one, which may take as long as an index takes; `begin` begins."""
        self._build = build
        self._live: Live | None = None
        self._lock = threading.Lock()
        self._advisor: Advisor | None = None
        self._problem: UserMessage | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to build, once."""
        with self._lock:
            if self._thread is None:
                self._thread = self._begin()

    @property
    def advisor(self) -> Advisor | None:
        """Return the Advisor, None until there is one."""
        return self._advisor

    @property
    def problem(self) -> UserMessage | None:
        """Return why there is no Advisor; None while it is being put together."""
        return self._problem

    def retry(self) -> None:
        """Begin again after a problem; nothing where none stands."""
        with self._lock:
            if self._problem is None:
                return
            self._problem = None
            self._thread = self._begin()

    def close(self) -> None:
        """Let go of the home. A build that still runs ends with the process; it loses nothing."""
        if self._thread is not None:
            self._thread.join(timeout=0.5)
        if self._live is not None:
            self._live.close()
        if self._advisor is not None:
            self._advisor.index.close()

    def _replace(self, advisor: Advisor) -> None:
        self._advisor = advisor

    def _begin(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="opening", daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        try:
            self._replace(self._build())
            assert self._advisor is not None
            self._live = Live(self._advisor, self._replace)
            self._live.start()
        except AdvisorError as error:
            logger.warning("advisor not opened detail=%s", error.detail)
            self._problem = error.user_message
        except Exception:
            logger.exception("advisor not opened")
            self._problem = FAILED
