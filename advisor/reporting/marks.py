"""Numbers for the records a report leans on, in the order they are met."""

from advisor.domain.records import Corpus
from advisor.reporting.blocks import Reference

CONFIDENCE = {"high": "높음", "medium": "보통", "low": "낮음"}
KINDS = {
    "program": "지원사업",
    "solution": "솔루션",
    "case": "도입 사례",
    "expert": "전문가·지원기관",
    "faq": "자주 묻는 질문",
    "funding_rule": "지원 규칙",
}


class Marks:
    """Gives each record of the corpus one number; used while one report is put together."""

    def __init__(self, corpus: Corpus) -> None:
        """Start without numbers."""
        self._corpus = corpus
        self._labels: dict[str, str] = {}

    def mark(self, record_id: str) -> str:
        """Return the mark of a record, such as "[1]"; raises KeyError for an unknown record."""
        self._corpus.record(record_id)
        return f"[{self._labels.setdefault(record_id, str(len(self._labels) + 1))}]"

    def named(self, record_id: str) -> str:
        """Return the name of a record with its mark."""
        return f"{self._corpus.record(record_id).title} {self.mark(record_id)}"

    def references(self) -> tuple[Reference, ...]:
        """Return what the numbers stand for, in order."""
        return tuple(
            Reference(
                label=label,
                record_id=record_id,
                kind=KINDS[self._corpus.kind_of(record_id).value],
                title=self._corpus.record(record_id).title,
                confidence=CONFIDENCE[self._corpus.record(record_id).confidence],
                checked_on=self._corpus.record(record_id).checked_on,
                sources=self._corpus.record(record_id).sources,
            )
            for record_id, label in self._labels.items()
        )
