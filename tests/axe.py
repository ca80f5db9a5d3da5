"""Looks a page over with axe-core, which comes inside its Python package."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.0 to 2.2, A and AA, and axe's own advice on structure (headings, landmarks, one h1).
RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
        ],
    },
    "resultTypes": ["violations"],
}  # fmt: skip


def violations(page: Page) -> list[str]:
    """Return one line a violation: rule, what is wrong, the first elements that show it."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {one['help']} "
        + " | ".join(f"{node['target'][0]} {node['html'][:120]}" for node in one["nodes"][:3])
        for one in found
    ]
