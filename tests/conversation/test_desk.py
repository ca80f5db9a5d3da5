"""Diagnoses by form: kept as one goes, frozen once finished, compared, reported."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisor import clock
from advisor.config import Settings
from advisor.conversation.desk import Desk
from advisor.diagnosis.compare import compare
from advisor.domain.readiness import AnswerStatus
from advisor.errors import BadInputError
from advisor.stores.consultations import ConsultationStore
from advisor.stores.database import migrate, open_database
from advisor.stores.diagnoses import DiagnosisStore
from tests.reporting.given import TODAY, the_corpus

QUICK = ("STR1", "DAT1", "EQP1", "SYS1", "PRC1", "PPL1", "AIX1", "FIN1")


@pytest.fixture
def transcripts(settings: Settings) -> ConsultationStore:
    return ConsultationStore.open(settings)


@pytest.fixture
def desk(settings: Settings, transcripts: ConsultationStore) -> Desk:
    return Desk(settings.corpus, the_corpus(), transcripts, DiagnosisStore.open(settings))


def fill(desk: Desk, cid: str, value: int = 2, **more: Any) -> None:
    for item in QUICK:
        desk.save(cid, {"item": item, "status": "answered", "value": value, **more})


def begun(desk: Desk) -> str:
    cid = desk.consultation("")
    desk.begin(cid, is_full=False)
    return cid


def test_answers_are_there_after_a_restart_and_the_last_one_counts(
    desk: Desk, settings: Settings, transcripts: ConsultationStore
) -> None:
    cid = begun(desk)
    desk.save(cid, {"item": "STR1", "status": "answered", "value": 1})
    desk.save(cid, {"item": "STR1", "status": "answered", "value": 3, "grade": "doc", "note": "표"})
    desk.save(cid, {"item": "PRC1", "status": "unknown"})
    desk.save(cid, {"item": "EQP1", "status": "answered", "value": 2})
    desk.save(cid, {"item": "EQP1", "status": "not_asked"})

    again = Desk(settings.corpus, the_corpus(), transcripts, DiagnosisStore.open(settings))
    sheet = again.sheet(cid)
    assert sheet is not None
    kept = {one.answer.item: one.answer for one in sheet.kept.answers}
    assert kept.keys() == {"STR1", "PRC1"}
    assert (kept["STR1"].value, kept["STR1"].grade, kept["STR1"].note) == (3, "doc", "표")
    assert kept["PRC1"].status is AnswerStatus.UNKNOWN


@pytest.mark.parametrize(
    "row",
    [{"item": "XYZ9", "status": "answered", "value": 1}, {"item": "STR1", "value": 7},
     {"item": "STR1", "status": "answered"}, {"item": "STR1", "value": 1, "grade": "rumour"}],
)  # fmt: skip
def test_an_answer_that_is_none_is_named_and_nothing_is_kept(
    desk: Desk, row: dict[str, Any]
) -> None:
    cid = begun(desk)
    with pytest.raises(BadInputError):
        desk.save(cid, row)
    sheet = desk.sheet(cid)
    assert sheet is not None
    assert sheet.kept.answers == ()


def test_personal_numbers_are_masked_before_a_note_is_kept(desk: Desk) -> None:
    cid = begun(desk)
    row = {"item": "STR1", "status": "answered", "value": 1, "note": "반장 010-1234-5678"}
    sheet = desk.save(cid, row)
    assert "1234-5678" not in sheet.kept.answers[0].answer.note


def test_another_level_than_the_rules_settle_needs_a_reason(desk: Desk) -> None:
    cid = begun(desk)
    # SK3: without any program (SYS1 = 0) connecting them (SYS2) is 0.
    desk.save(cid, {"item": "SYS1", "status": "answered", "value": 0})
    other = {"item": "SYS2", "status": "answered", "value": 2, "note": "메신저로 보냄"}
    with pytest.raises(BadInputError, match="앞 답에서 이미 정해진"):
        desk.save(cid, other)
    desk.save(cid, {**other, "value": 0})

    sheet = desk.save(cid, other, reason="협력사 서버를 씀")
    assert sheet.settled.answers["SYS2"].value == 2
    result = desk.finish(cid).kept.result
    assert result is not None
    assert result.answers["SYS2"].note == "메신저로 보냄 (고친 까닭: 협력사 서버를 씀)"


def test_a_finished_result_comes_back_from_the_database_as_it_was_made(desk: Desk) -> None:
    cid = begun(desk)
    fill(desk, cid, grade="detail")
    made = desk.finish(cid).kept.result
    assert made is not None
    # Every dimension at 2 of 4.
    assert (made.overall, made.level) == (50.0, 2)
    expected = desk.diagnose([one for one in made.answers.values() if one.grade == "detail"], desk.load(cid).profile)  # fmt: skip
    sheet = desk.sheet(cid)
    assert sheet is not None
    assert sheet.kept.result == expected


def test_an_answer_after_the_result_takes_the_result_back(desk: Desk) -> None:
    cid = begun(desk)
    fill(desk, cid)
    desk.finish(cid)
    sheet = desk.save(cid, {"item": "DAT1", "status": "answered", "value": 4})
    assert sheet.kept.result is None
    after = desk.finish(cid).kept.result
    assert after is not None
    assert after.dimensions["DAT"].score == 100.0


def test_a_second_diagnosis_starts_from_the_first_and_leaves_it_alone(desk: Desk) -> None:
    cid = begun(desk)
    fill(desk, cid)
    first = desk.finish(cid).kept.result
    desk.begin(cid, is_full=True)
    desk.save(cid, {"item": "DAT1", "status": "answered", "value": 4})
    sheet = desk.finish(cid)

    assert sheet.before is not None
    assert sheet.before.result == first
    assert sheet.before.result is not None
    assert sheet.kept.result is not None
    found = compare(sheet.before.result, sheet.kept.result)
    # Data weighs 20 of 100 and goes from 50 to 100.
    assert (found.overall.before, found.overall.after, found.overall.difference) == (50.0, 60.0, 10.0)  # fmt: skip
    changed = {one.id: one.difference for one in found.dimensions if one.difference}
    assert changed == {"DAT": 50.0}
    assert [(old.item, old.value, new.value) for old, new in found.items] == [("DAT1", 2, 4)]


def test_a_new_version_of_the_instrument_never_changes_an_old_result(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cid = begun(desk)
    fill(desk, cid)
    made = desk.finish(cid).kept.result
    meta = desk.instrument.meta.model_copy(update={"version": "9.9.9"})
    monkeypatch.setattr(desk, "_instrument", desk.instrument.model_copy(update={"meta": meta}))

    sheet = desk.finish(cid)
    assert not sheet.is_current
    assert sheet.kept.result == made
    with pytest.raises(BadInputError):
        desk.save(cid, {"item": "STR1", "status": "answered", "value": 0})
    assert desk.begin(cid, is_full=False).kept.answers == ()


def test_a_result_outlives_an_instrument_with_other_weights(
    desk: Desk, settings: Settings, transcripts: ConsultationStore, tmp_path: Path
) -> None:
    cid = begun(desk)
    fill(desk, cid)
    made = desk.finish(cid).kept.result
    folder = tmp_path / "corpus"
    shutil.copytree(settings.corpus / "readiness", folder / "readiness")
    rules = folder / "readiness" / "instrument.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("version: 0.1.0", "version: 0.2.0", 1), encoding="utf-8")
    for name, old, new in (("DAT", 20, 10), ("AIX", 8, 18)):
        file = folder / "readiness" / name / "dimension.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"weight: {old}\n", f"weight: {new}\n", 1), encoding="utf-8")

    later = Desk(folder, the_corpus(), transcripts, DiagnosisStore.open(settings))
    sheet = later.sheet(cid)
    assert sheet is not None
    assert later.instrument.dimension_by_id["DAT"].weight == 10
    assert not sheet.is_current
    assert sheet.kept.result == made
    assert sheet.kept.instrument_version == "0.1.0"
    assert not later.has_result(cid)
    with pytest.raises(BadInputError, match="이전 판의 진단표"):
        later.outline(cid, today=TODAY)
    assert desk.finish(cid).kept.result == made


def test_a_form_begins_with_what_the_talk_has_heard(
    desk: Desk, transcripts: ConsultationStore
) -> None:
    cid = desk.consultation("")
    meta = desk.instrument.meta
    transcripts.set_state(
        cid,
        {
            "diagnosis": {
                "instrument": meta.id,
                "instrument_version": meta.version,
                "answers": [
                    {"item": "DAT1", "status": "answered", "value": 1, "note": "종이에 씁니다"},
                    {"item": "DAT3", "status": "inferred", "value": 1},
                ],
            }
        },
    )
    sheet = desk.begin(cid, is_full=False)
    assert [(one.answer.item, one.answer.value) for one in sheet.kept.answers] == [("DAT1", 1)]


def test_a_deleted_consultation_takes_its_diagnoses_along(
    desk: Desk, transcripts: ConsultationStore
) -> None:
    cid = begun(desk)
    fill(desk, cid)
    assert transcripts.delete(cid)
    assert desk.sheet(cid) is None
    with pytest.raises(BadInputError):
        desk.begin(cid, is_full=False)


def test_filling_in_a_form_keeps_the_consultation_from_being_purged(
    desk: Desk, transcripts: ConsultationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    cid = begun(desk)
    later = clock.now() + timedelta(days=100)
    monkeypatch.setattr("advisor.stores.diagnoses.now", lambda: later)
    desk.save(cid, {"item": "STR1", "status": "answered", "value": 1})
    assert transcripts.purge(later - timedelta(days=1)) == 0


def test_a_report_without_any_answer_is_refused_and_names_what_to_do(desk: Desk) -> None:
    with pytest.raises(BadInputError, match="진단"):
        desk.outline(desk.consultation(""), today=date(2026, 11, 25))
    with pytest.raises(BadInputError):
        desk.outline("nobody", today=date(2026, 11, 25))


def test_the_tables_go_and_come_with_their_migration(settings: Settings) -> None:
    engine = open_database(settings)
    migrate(engine, to="0002_shortlists")
    migrate(engine)
    assert DiagnosisStore(engine).load("nobody") == ()


def test_a_difference_needs_both_scores() -> None:
    from advisor.diagnosis.compare import Change

    unknown = Change("DAT", None, 40.0)
    assert unknown.difference is None
    assert replace(unknown, before=62.5).difference == -22.5
