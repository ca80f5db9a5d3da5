"""Diagnoses by form: kept under a consultation, finished, compared, written as a report."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Protocol

from advisor.conversation.evidence import EvidenceKept, take_in
from advisor.conversation.report import answers_in, outline_of, report_outline
from advisor.conversation.transcripts import ConsultationLike, Transcripts
from advisor.corpus.readiness import load_instrument
from advisor.corpus.readiness_english import load_english
from advisor.diagnosis.answers import check_answers
from advisor.diagnosis.collect import Collected, collect
from advisor.diagnosis.diagnose import diagnose
from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis, KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer
from advisor.domain.readiness_english import in_english
from advisor.domain.records import AnyRecord, Corpus
from advisor.errors import BadInputError
from advisor.intake.screen import mask
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage
from advisor.reporting.blocks import Outline

MAX_NOTE_CHARS = 1000
NEEDS_REASON = UserMessage(
    text="앞 답에서 이미 정해진 문항과 다른 답입니다.",
    next_step="'고친 까닭'에 왜 다르게 보셨는지 한 줄 적어 주세요. 적으시면 바로 저장됩니다.",
)
NOT_BEGUN = UserMessage(
    text="시작한 진단이 없습니다.",
    next_step="'진단' 화면에서 빠른 진단이나 전체 진단을 시작해 주세요.",
)
OLD_VERSION = UserMessage(
    text="이 상담의 진단은 이전 판의 진단표로 하신 것이어서 지금 판으로 다시 계산하지 않습니다.",
    next_step="'진단' 화면에서 그때 결과를 보시거나 '다시 진단하기'를 눌러 주세요.",
)
NOT_KEPT_HERE = UserMessage(
    text="상담을 남기지 않는 실행이라 진단을 저장할 수 없습니다.",
    next_step="`advisor serve`로 연 화면에서 진단해 주세요.",
)


class Diagnoses(Protocol):
    """Where diagnoses are kept; see `advisor.stores.diagnoses.DiagnosisStore`."""

    def load(self, consultation_id: str) -> tuple[KeptDiagnosis, ...]: ...

    def begin(
        self,
        consultation_id: str,
        *,
        instrument: str,
        version: str,
        is_full: bool,
        answers: Sequence[KeptAnswer] = (),
    ) -> None: ...

    def set_full(self, diagnosis_id: int, *, is_full: bool) -> None: ...

    def set_answer(self, diagnosis_id: int, kept: KeptAnswer) -> None: ...

    def set_result(self, diagnosis_id: int, result: Diagnosis) -> None: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A diagnosis as the form shows it.

    Attributes:
        kept: The diagnosis in work or just finished.
        settled: Its answers with what the skip rules add.
        before: The last finished diagnosis of the consultation before it, None without one.
        files: Evidence kept with the consultation, oldest first.
    """

    instrument: Instrument
    kept: KeptDiagnosis
    settled: Collected
    before: KeptDiagnosis | None = None
    files: tuple[KeptFile, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether it was made with the instrument that is in use."""
        return self.kept.instrument_version == self.instrument.meta.version


class Desk:
    """Where diagnoses are filled in; keeps nothing of anybody in itself."""

    def __init__(
        self,
        corpus_folder: Path,
        corpus: Corpus,
        transcripts: Transcripts,
        store: Diagnoses | None,
        evidence: EvidenceKept | None = None,
    ) -> None:
        """Work on stores; None where nothing is kept."""
        self._folder, self._corpus = corpus_folder, corpus
        self._transcripts, self._kept_in, self._evidence = transcripts, store, evidence
        self._instrument: Instrument | None = None
        self._english: Instrument | None = None
        self._lock = Lock()

    def with_corpus(self, corpus: Corpus) -> "Desk":
        """Return the desk over other records; the instrument that was read is shared."""
        other = copy(self)
        other._corpus = corpus
        return other

    @property
    def instrument(self) -> Instrument:
        """The instrument in use; read from its files once, at the first need (0.8 s)."""
        with self._lock:
            if self._instrument is None:
                self._instrument = load_instrument(self._folder)
            return self._instrument

    def instrument_in(self, language: str) -> Instrument:
        """Return the instrument in use with Korean or English ("en") words."""
        if language != "en":
            return self.instrument
        with self._lock:
            english = self._english
        if english is None:
            korean = self.instrument
            english = in_english(korean, load_english(self._folder, korean))
            with self._lock:
                self._english = english
        return english

    def record(self, record_id: str) -> AnyRecord | None:
        """Return a record of the catalog, None where there is none."""
        return self._corpus.record(record_id) if record_id in self._corpus else None

    def consultation(self, consultation_id: str) -> str:
        """Return the id of a consultation that is there: this one, or a new one in its place."""
        known = bool(consultation_id) and self._transcripts.load(consultation_id) is not None
        return consultation_id if known else self._transcripts.create()

    def load(self, consultation_id: str) -> ConsultationLike:
        """Return a consultation; raises BadInputError where there is none."""
        return self._of(consultation_id)

    def sheet(self, consultation_id: str) -> Sheet | None:
        """Return the newest diagnosis of a consultation, None where none was begun."""
        if self._kept_in is None:
            return None
        kept = self._kept_in.load(consultation_id)
        if not kept:
            return None
        finished = [one for one in kept[:-1] if one.result is not None]
        instrument = self.instrument
        settled = collect(
            instrument,
            (one.answer for one in kept[-1].answers if one.answer.item in instrument.item_by_id),
        )
        return Sheet(
            instrument, kept[-1], settled, finished[-1] if finished else None,
            self.files(consultation_id),
        )  # fmt: skip

    def begin(self, consultation_id: str, *, is_full: bool) -> Sheet:
        """Begin a diagnosis, or go on with the one in work in the form asked for.

        A new one starts from the answers of the one before, else from those of the talk.

        Raises:
            BadInputError: The consultation is unknown, or nothing is kept here.
        """
        consultation, store, instrument = self._of(consultation_id), self._store(), self.instrument
        now = self.sheet(consultation_id)
        if now is not None and now.is_current and now.kept.result is None:
            store.set_full(now.kept.id, is_full=is_full)
        else:
            answers: Sequence[KeptAnswer] = now.kept.answers if now and now.is_current else ()
            if now is None:
                answers = [KeptAnswer(one) for one in self._said(consultation)]
            store.begin(
                consultation_id, instrument=instrument.meta.id, version=instrument.meta.version,
                is_full=is_full, answers=answers,
            )  # fmt: skip
        return self._sheet(consultation_id)

    def widen(self, consultation_id: str, *, is_full: bool) -> Sheet:
        """Show the newest diagnosis, finished or not, in the short or the full form."""
        self._store().set_full(self._sheet(consultation_id).kept.id, is_full=is_full)
        return self._sheet(consultation_id)

    def save(self, consultation_id: str, row: Mapping[str, object], *, reason: str = "") -> Sheet:
        """Keep one answer of the diagnosis in work.

        Args:
            consultation_id: Whose diagnosis.
            row: `{item, status, value, grade, note}`; status `not_asked` takes an answer back.
            reason: Why the level differs from what a skip rule settles.

        Raises:
            BadInputError: The answer is none of the instrument's, the diagnosis is not there or
                was made with another version, or an override has no reason. Nothing is kept.
        """
        sheet = self._sheet(consultation_id)
        if not sheet.is_current:
            raise BadInputError(NOT_BEGUN)
        (answer,) = check_answers([dict(row)], sheet.instrument, "답")
        answer = replace(answer, note=mask(answer.note)[0][:MAX_NOTE_CHARS])
        reason = mask(reason)[0].strip()[:MAX_NOTE_CHARS]
        if answer.status is AnswerStatus.ANSWERED and not reason:
            ruled = ruled_value(sheet, answer.item)
            if ruled is not None and ruled != answer.value:
                raise BadInputError(NEEDS_REASON)
        self._store().set_answer(sheet.kept.id, KeptAnswer(answer, reason))
        return self._sheet(consultation_id)

    def attach(
        self, consultation_id: str, item: str, name: str, parts: Iterable[bytes]
    ) -> tuple[KeptFile, str]:
        """Keep a file as evidence of an item; an answer told only in words rests on it from now on.

        It may come before the item is answered, and before a diagnosis was begun.

        Args:
            consultation_id: Whose evidence.
            item: Item id.
            name: What the browser called the file.
            parts: Its bytes as they come in.

        Returns:
            The file, and the grade of the item's answer afterwards (`doc` where none is given).

        Raises:
            BadInputError: The consultation or item is unknown, the file is too large, empty or of
                a kind that is not taken, or nothing is kept here. Nothing is kept then.
        """
        self._of(consultation_id)
        if self._evidence is None:
            raise BadInputError(NOT_KEPT_HERE)
        kept = take_in(
            self._evidence, consultation_id, item, parts, name, items=self.instrument.item_by_id
        )
        sheet = self.sheet(consultation_id)
        answers = sheet.kept.answers if sheet and sheet.is_current else ()
        mine = next((one for one in answers if one.answer.item == item), None)
        if sheet and mine and mine.answer.grade in ("say", "detail"):
            raised = replace(mine, answer=replace(mine.answer, grade="doc"))
            self._store().set_answer(sheet.kept.id, raised)
        return kept, "doc"

    def files(self, consultation_id: str) -> tuple[KeptFile, ...]:
        """Return the evidence of a consultation, oldest first; none where nothing is kept."""
        return self._evidence.load(consultation_id) if self._evidence else ()

    def open_file(self, consultation_id: str, file_id: str) -> tuple[KeptFile, bytes] | None:
        """Return a file of this consultation with its bytes, None where it has no such file."""
        kept = next((one for one in self.files(consultation_id) if one.id == file_id), None)
        content = self._evidence.content(consultation_id, file_id) if self._evidence else None
        return None if kept is None or content is None else (kept, content)

    def detach(self, consultation_id: str, file_id: str) -> bool:
        """Delete a file of this consultation; False where it has no such file.

        The answer's grade stays: what was seen on the spot was seen without the file too.
        """
        return self._evidence is not None and self._evidence.remove(consultation_id, file_id)

    def kept(self, consultation_id: str) -> tuple[KeptDiagnosis, ...]:
        """Return all diagnoses of a consultation, oldest first."""
        return self._kept_in.load(consultation_id) if self._kept_in else ()

    def has_result(self, consultation_id: str) -> bool:
        """Tell whether the newest diagnosis has a result of the instrument in use."""
        kept = self.kept(consultation_id)
        version = self.instrument.meta.version
        return bool(kept) and kept[-1].result is not None and kept[-1].instrument_version == version

    def keep_talk(self, consultation_id: str, answers: Sequence[ItemAnswer]) -> Sheet | None:
        """Keep a finished interview as a diagnosis with its result; None where nothing is kept.

        A form in work is not put aside: it takes the answers it does not have yet.
        """
        if self._kept_in is None or not answers:
            return None
        backed = {one.item for one in self.files(consultation_id)}
        answers = [
            replace(one, grade="doc") if one.item in backed and one.grade in ("say", "detail")
            else one
            for one in answers
        ]  # fmt: skip
        now, instrument = self.sheet(consultation_id), self.instrument
        if now is not None and now.is_current and now.kept.result is None:
            there = {one.answer.item for one in now.kept.answers}
            for one in answers:
                if one.item not in there:
                    self._kept_in.set_answer(now.kept.id, KeptAnswer(one))
            return self._sheet(consultation_id)
        self._kept_in.begin(
            consultation_id, instrument=instrument.meta.id, version=instrument.meta.version,
            is_full=False, answers=[KeptAnswer(one) for one in answers],
        )  # fmt: skip
        return self.finish(consultation_id)

    def finish(self, consultation_id: str) -> Sheet:
        """Conclude the newest diagnosis and keep its result; a kept result stays as it is.

        Raises:
            BadInputError: No diagnosis was begun, or one of an older version has no result.
        """
        consultation, sheet = self._of(consultation_id), self._sheet(consultation_id)
        if sheet.kept.result is not None:
            return sheet
        if not sheet.is_current:
            raise BadInputError(NOT_BEGUN)
        result = diagnose(sheet.instrument, answers_of(sheet.kept), consultation.profile)
        self._store().set_result(sheet.kept.id, result)
        return self._sheet(consultation_id)

    def latest(self, consultation_id: str) -> Diagnosis | None:
        """Return the newest result made with the instrument in use, None without one.

        A form in work counts once it is finished. Without a finished form the answers of the talk
        count, if they suffice for a level.

        Raises:
            BadInputError: The consultation is unknown.
        """
        consultation = self._of(consultation_id)
        for kept in reversed(self._kept_in.load(consultation_id) if self._kept_in else ()):
            if kept.result and kept.instrument_version == self.instrument.meta.version:
                return kept.result
        said = self._said(consultation)
        result = diagnose(self.instrument, said, consultation.profile) if said else None
        return result if result and result.level is not None else None

    def outline(self, consultation_id: str, *, today: date, language: str = "ko") -> Outline:
        """Return the report on the newest result, else on what the talk has asked.

        In English ("en") it is the shorter outline of the page.

        Raises:
            BadInputError: The consultation is unknown or has no answers of this version.
        """
        consultation = self._of(consultation_id)
        sheet = self.sheet(consultation_id)
        if sheet is not None:
            if sheet.kept.result is None:
                sheet = self.finish(consultation_id)
            if sheet.is_current and sheet.kept.result is not None:
                return outline_of(
                    self.instrument_in(language), sheet.kept.result, consultation.profile, self._corpus,
                    today=today, files=sheet.files, language=language,
                )  # fmt: skip
            raise BadInputError(OLD_VERSION)
        answers = answers_in(consultation.state, self.instrument)
        return self.outline_for(answers, consultation.profile, today=today)

    def outline_for(
        self, answers: Sequence[ItemAnswer], profile: Profile, *, today: date
    ) -> Outline:
        """Return the report on checked answers that belong to no consultation."""
        return report_outline(self.instrument, answers, profile, self._corpus, today=today)

    def diagnose(self, answers: Sequence[ItemAnswer], profile: Profile) -> Diagnosis:
        """Diagnose checked answers that belong to no consultation."""
        return diagnose(self.instrument, answers, profile)

    def _said(self, consultation: ConsultationLike) -> tuple[ItemAnswer, ...]:
        if not consultation.state.get("diagnosis"):
            return ()
        try:
            said = answers_in(consultation.state, self.instrument)
        except BadInputError:  # of another version: asked anew
            return ()
        return tuple(
            one for one in said if one.status not in (AnswerStatus.INFERRED, AnswerStatus.NOT_ASKED)
        )

    def _of(self, consultation_id: str) -> ConsultationLike:
        kept = self._transcripts.load(consultation_id)
        if kept is None:
            raise BadInputError(CONSULTATION_UNKNOWN)
        return kept

    def _store(self) -> Diagnoses:
        if self._kept_in is None:
            raise BadInputError(NOT_KEPT_HERE)
        return self._kept_in

    def _sheet(self, consultation_id: str) -> Sheet:
        sheet = self.sheet(consultation_id)
        if sheet is None:
            raise BadInputError(NOT_BEGUN)
        return sheet


def ruled_value(sheet: Sheet, item_id: str) -> int | None:
    """Return the level that a skip rule gives an item if nobody answers it; None without one."""
    others = (one.answer for one in sheet.kept.answers if one.answer.item != item_id)
    found = collect(sheet.instrument, others).answers[item_id]
    return found.value if found.status is AnswerStatus.INFERRED else None


def answers_of(kept: KeptDiagnosis) -> list[ItemAnswer]:
    """Return the answers with the reason of an override in the note, so that reports show it."""
    return [
        replace(one.answer, note=f"{one.answer.note} (고친 까닭: {one.reason})".strip())
        if one.reason
        else one.answer
        for one in kept.answers
    ]
