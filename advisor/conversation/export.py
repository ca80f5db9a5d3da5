"""What is kept of a consultation's diagnoses, as JSON for whoever takes it along (pure)."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis, KeptFile
from advisor.domain.readiness import Diagnosis
from advisor.reporting.cells import size_words

_RESULT = TypeAdapter(Diagnosis)


def exported(diagnoses: Iterable[KeptDiagnosis], files: Iterable[KeptFile]) -> dict[str, Any]:
    """Return diagnoses with their answers and results, and the evidence without its bytes."""
    return {
        "diagnoses": [_diagnosis(one) for one in diagnoses],
        "evidence": [file_json(one) for one in files],
    }


def file_json(one: KeptFile) -> dict[str, Any]:
    """Return a file without its bytes."""
    return {
        "id": one.id, "item": one.item, "name": one.name, "kind": one.kind,
        "media_type": one.media_type, "size": one.size, "shown_size": size_words(one.size),
        "added_at": one.added_at.isoformat(),
    }  # fmt: skip


def _diagnosis(one: KeptDiagnosis) -> dict[str, Any]:
    return {
        "id": one.id,
        "instrument_version": one.instrument_version,
        "is_full": one.is_full,
        "started_at": one.started_at.isoformat(),
        "finished_at": one.finished_at.isoformat() if one.finished_at else None,
        "answers": [_answer(kept) for kept in one.answers],
        "result": None if one.result is None else _RESULT.dump_python(one.result, mode="json"),
    }


def _answer(kept: KeptAnswer) -> dict[str, Any]:
    one = kept.answer
    return {
        "item": one.item, "status": one.status.value, "value": one.value, "grade": one.grade,
        "note": one.note, "reason": kept.reason,
    }  # fmt: skip
