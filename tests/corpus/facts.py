"""Flattening of records, shared by the snapshot of the facts and the test that compares."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.text import normalize

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def flatten(value: Any, path: str = "") -> dict[str, Any]:
    """Return every stated leaf by its path ("sources.0.title"); null and empty lists are left out."""
    return dict(_leaves(value, path))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _leaves(part, f"{path}.{index}")
    elif value is not None:
        yield path, value


def numbers_in(flat: Mapping[str, Any]) -> list[str]:
    """Return every number of every leaf, sorted, with repeats: a lost or changed one shows."""
    found: list[str] = []
    for value in flat.values():
        if isinstance(value, bool):
            continue
        if isinstance(value, int | float):
            found.append(f"{value:.12g}")
        else:
            found += NUMBER.findall(str(value))
    return sorted(found)


def text_digests(flat: Mapping[str, Any]) -> dict[str, str]:
    """Return a short digest of the normalised text of every text leaf, by path."""
    return {
        path: hashlib.sha256(normalize(value).encode()).hexdigest()[:16]
        for path, value in flat.items()
        if isinstance(value, str)
    }
