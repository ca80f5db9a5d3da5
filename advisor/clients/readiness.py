"""A client's readiness: its own answers, a consultant's over them, and what changed over time (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.clients.company import standing
from advisor.conversation.report import answers_in
from advisor.conversation.transcripts import ConsultationLike
from advisor.diagnosis.diagnose import diagnose
from advisor.domain.clients import Assessment, Entry
from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer
from advisor.errors import BadInputError

# What a talk has not settled itself; whoever diagnoses works it out anew.
_NOT_SAID = (AnswerStatus.INFERRED, AnswerStatus.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Dated:
    """A result on the client's time line; `id` is `d…` of the company's, `c…` of a consultant's."""

    id: str
    at: datetime
    result: Diagnosis
    by: str = ""


def own_answers(
    instrument: Instrument, kept: Sequence[KeptDiagnosis], consultation: ConsultationLike | None
) -> tuple[KeptAnswer, ...]:
    """Return the company's answers of the instrument in use: the newest form, else the talk's."""
    version = instrument.meta.version
    current = [one for one in kept if one.instrument_version == version]
    if current:
        return current[-1].answers
    if consultation is None or not consultation.state.get("diagnosis"):
        return ()
    try:
        said = answers_in(consultation.state, instrument)
    except BadInputError:  # of an older version
        return ()
    return tuple(KeptAnswer(one) for one in said if one.status not in _NOT_SAID)


def counted_answers(
    instrument: Instrument, own: Iterable[KeptAnswer], entries: Iterable[Entry]
) -> tuple[ItemAnswer, ...]:
    """Return the answers that count; an override carries its reason in the note, as reports show it."""
    answers = {
        one.answer.item: replace(
            one.answer, note=f"{one.answer.note} (고친 까닭: {one.reason})".strip()
        ) if one.reason else one.answer
        for one in own
    }  # fmt: skip
    for key, one in standing(entries, "item").items():
        if key in instrument.item_by_id:
            answers[key] = ItemAnswer(
                key, AnswerStatus(one.value["status"]), one.value.get("value"),
                one.value.get("grade"), _entered(one.reason),
            )  # fmt: skip
    return tuple(answers.values())


def assess(
    instrument: Instrument, answers: Sequence[ItemAnswer], profile: Profile
) -> Diagnosis | None:
    """Return the diagnosis as it stands now, None without any answer."""
    return diagnose(instrument, answers, profile) if answers else None


def over_time(
    kept: Iterable[KeptDiagnosis], assessments: Iterable[Assessment]
) -> tuple[Dated, ...]:
    """Return every result of a client, oldest first."""
    own = [
        Dated(f"d{one.id}", one.finished_at, one.result)
        for one in kept
        if one.result is not None and one.finished_at is not None
    ]
    seen = [Dated(f"c{one.id}", one.at, one.result, one.account_id) for one in assessments]
    return tuple(sorted([*own, *seen], key=lambda one: one.at))


def open_items(instrument: Instrument, result: Diagnosis | None) -> tuple[str, ...]:
    """Return the items without an answer, those first that tell most."""
    open_ = [
        item for item in instrument.items
        if result is None
        or result.answers[item.id].status in (AnswerStatus.NOT_ASKED, AnswerStatus.UNKNOWN)
    ]  # fmt: skip
    quick = {name: order for order, name in enumerate(instrument.quick_check.items)}
    first = result.next_item if result else None
    # As an interview asks: the one it would ask next, the quick check, then by weight.
    open_.sort(
        key=lambda item: (
            item.id != first, quick.get(item.id, len(quick)),
            -instrument.dimension_by_id[item.dimension].weight * item.weight, item.order,
        )
    )  # fmt: skip
    return tuple(item.id for item in open_)


def _entered(reason: str) -> str:
    return f"상담사가 고친 까닭: {reason}" if reason else "상담사가 확인해 적음"
