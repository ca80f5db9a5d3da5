"""The web application on a port of this machine, for tests that need a real server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.dependencies import models

from advisor.cli.serve import address, listen


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application; yields its address without a slash at the end."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 120
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < deadline, "the server does not come up"
        time.sleep(0.02)
    yield address(listener, "127.0.0.1")
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()
    _forget_handlers()


def _forget_handlers() -> None:
    """Let go of the application: FastAPI remembers handlers, and they hold an Advisor and its index."""
    for one in vars(models).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()
