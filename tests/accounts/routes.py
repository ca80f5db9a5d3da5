"""Every route of a running application, however deep it was included."""

from collections.abc import Iterator

from fastapi import FastAPI
from starlette.routing import Mount


def walk(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Yield (method, path) of each route, and ("MOUNT", path) of each mounted application."""
    for one in _flat(app.router.routes):
        if isinstance(one, Mount):
            yield "MOUNT", one.path
            continue
        for method in sorted(getattr(one, "methods", None) or ()):
            if method not in {"HEAD", "OPTIONS"}:
                yield method, getattr(one, "path_format", getattr(one, "path", ""))


def _flat(routes: object) -> Iterator[object]:
    for one in routes:  # type: ignore[attr-defined]  # a list of Starlette's
        # FastAPI keeps an included router as one entry.
        included = getattr(one, "original_router", None)
        if included is not None:
            yield from _flat(included.routes)
        else:
            yield one
