"""A reader that understands "ITEM=level" and nothing else: interviews without an embedder."""

import re
from collections.abc import Collection

from advisor.diagnosis.reading import Reading, Volunteered
from advisor.domain.readiness import AnswerStatus

SAYS = re.compile(r"([A-Z]{3}\d)=(\d)(~(\d))?")


class ScriptedReader:
    """`STR1=2` is level 2 of STR1, `STR1=2~3` the same but not sure, `?` ends a question."""

    def read(
        self, item_id: str, words: str, *, about: float = 0.0, below: int | None = None
    ) -> Reading:
        if "모르" in words:
            return Reading(AnswerStatus.UNKNOWN)
        for item, level, _, other in SAYS.findall(words):
            if item == item_id:
                unsure = bool(other)
                return Reading(
                    AnswerStatus.ANSWERED, int(level), "say", "cue", not unsure,
                    int(other) if unsure else None, 1.0,
                )  # fmt: skip
        return Reading(AnswerStatus.NOT_ASKED)

    def volunteered(
        self, words: str, *, but: Collection[str] = (), is_lenient: bool = False
    ) -> list[Volunteered]:
        found = []
        for part in re.split(r"(?<=[.?])\s+", words):
            match = SAYS.search(part)
            if match and match[1] not in but and not part.endswith("?"):
                found.append(Volunteered(match[1], part, self.read(match[1], part)))
        return found

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]:
        named = {item for item, *_ in SAYS.findall(words)}
        return {item: 1.0 if item in named else 0.0 for item in items}

    def is_question(self, words: str) -> bool:
        return words.endswith("?")

    def warm(self) -> None: ...
