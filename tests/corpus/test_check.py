import json
import shutil
from pathlib import Path

import pytest

from advisor.cli import main
from advisor.config import PROJECT_ROOT
from advisor.corpus.check import check_corpus
from advisor.corpus.load import FOLDERS, load_corpus
from advisor.corpus.problems import CorpusProblemsError
from advisor.corpus.schema import SCHEMA_FOLDER, schemas

CORPUS = PROJECT_ROOT / "corpus"
PROGRAM = "programs/micro-manufacturer-smart.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small sound corpus: the real vocabulary and instrument, two programs and what names them."""
    for name in ("vocabulary", "readiness"):
        shutil.copytree(CORPUS / name, tmp_path / name)
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    policies = tmp_path / "vocabulary" / "policies.yaml"
    policies.write_text("policies: []\n", encoding="utf-8")
    (tmp_path / "vocabulary" / "glossary.yaml").write_text("terms: []\n", encoding="utf-8")
    for file in (PROGRAM, "experts/tp-chungbuk.yaml", "cases/case-hangil.yaml"):
        shutil.copy(CORPUS / file, tmp_path / file)
    return tmp_path


def planted(folder: Path, file: str, old: str, new: str) -> list[tuple[str, str]]:
    """Replace a text in a file and return file and field of what the check then finds."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(one.file, one.field) for one in check_corpus(folder).problems]


def test_a_sound_corpus_has_no_problem(folder: Path) -> None:
    result = check_corpus(folder)

    assert result.problems == ()
    assert result.counts["programs"] == 1


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("sido: []", "sido: [충청]", "sido"),
        ("- 전국", "- 충청권", "eligibility.region"),
        ("url: https://", "url: www.", "sources.1.url"),
        ("date: 2021-02", "date: 2021-13", "sources.0.date"),
        ("  opens_on: null", "  opens_on: 2026-02-30", "window.opens_on"),
        ("amount_year: 2021", "amount_year: null", "support.amount_year"),
        ("  subsidy_rate: 0.7", "  subsidy_rate: 70", "support.subsidy_rate"),
        ("kind: grant", "kind: 보조금", "kind"),
        ("purpose:", "purpos:", "purpos"),
        ("status_said: unknown", "status_said: closed", "window.status_said"),
        ("- type: employees_regular", "- type: employee_count", "criteria.2"),
        ("  - 소상공인\n  industry", "  - 소상인\n  industry", "eligibility.company_size"),
        ("  ksic:\n  - C", "  ksic:\n  - C99", "criteria.1.ksic"),
        ("  at_most: 9", "  at_most: 9\n  source: 7", "criteria.2.source"),
    ],
)
def test_a_planted_problem_is_found_in_its_field(
    folder: Path, old: str, new: str, field: str
) -> None:
    assert (PROGRAM, field) in planted(folder, PROGRAM, old, new)


def test_a_window_that_closes_before_it_opens_is_found(folder: Path) -> None:
    found = planted(
        folder, PROGRAM, "opens_on: null\n  closes_on: null",
        "opens_on: 2027-03-02\n  closes_on: 2027-02-02",
    )  # fmt: skip

    assert found == [(PROGRAM, "window.closes_on")]


def test_an_amount_that_no_source_bears_is_found(folder: Path) -> None:
    path = folder / PROGRAM
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("  supports:")]
    path.write_text("\n".join(kept), encoding="utf-8")

    problems = check_corpus(folder).problems

    assert [(one.field, one.reason) for one in problems] == [
        ("support", "금액이나 비율을 받치는 출처가 없습니다")
    ]


def test_an_id_that_stands_twice_and_a_wrong_file_name_are_found(folder: Path) -> None:
    shutil.copy(folder / PROGRAM, folder / "programs" / "copy.yaml")

    problems = check_corpus(folder).problems

    assert {(one.file, one.field) for one in problems} == {
        ("programs/copy.yaml", "id"),
        (PROGRAM, "id"),
    }
    assert any("다릅니다" in one.reason for one in problems)


def test_a_reference_to_no_program_is_found(folder: Path) -> None:
    shutil.copy(CORPUS / "faqs" / "faq-002.yaml", folder / "faqs" / "faq-002.yaml")

    problems = check_corpus(folder).problems

    assert [(one.file, one.field) for one in problems] == [
        ("faqs/faq-002.yaml", "related_programs")
    ]


def test_a_file_that_is_no_yaml_is_named_with_its_line(folder: Path) -> None:
    found = planted(folder, PROGRAM, "name_en:", "name_en: [\n")

    assert found[0][0] == PROGRAM
    assert "번째 줄" in found[0][1]


def test_a_field_that_stands_twice_is_found(folder: Path) -> None:
    found = planted(folder, PROGRAM, "year: 2021", "year: 2021\nyear: 2022")

    assert found[0][0] == PROGRAM
    assert "번째 줄" in found[0][1]


def test_every_problem_is_reported_at_once(folder: Path) -> None:
    planted(folder, PROGRAM, "sido: []", "sido: [충청]")
    planted(folder, "experts/tp-chungbuk.yaml", "regions:\n- 충북", "regions:\n- 충청")
    found = planted(folder, "cases/case-hangil.yaml", "confidence:", "confidense:")

    assert {file for file, _ in found} >= {
        PROGRAM, "experts/tp-chungbuk.yaml", "cases/case-hangil.yaml",
    }  # fmt: skip


def test_an_unreadable_vocabulary_is_a_problem_not_a_crash(folder: Path) -> None:
    found = planted(folder, "vocabulary/regions.yaml", "sido:", "sidos:")

    assert ("vocabulary/regions.yaml", "sido") in found


def test_loading_a_wrong_corpus_names_every_problem_in_one_error(folder: Path) -> None:
    planted(folder, PROGRAM, "kind: grant", "kind: 보조금")
    planted(folder, "cases/case-hangil.yaml", "confidence:", "confidense:")

    with pytest.raises(CorpusProblemsError) as raised:
        load_corpus(folder)

    assert len(raised.value.problems) == 3
    assert "advisor corpus check" in raised.value.user_message.next_step


def test_a_cached_corpus_is_the_same_and_sees_a_changed_file(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_corpus(folder, cache)
    again = load_corpus(folder, cache)
    planted(folder, PROGRAM, "year: 2021", "year: 2022")
    changed = load_corpus(folder, cache)

    assert first.programs == again.programs
    assert changed.programs["micro-manufacturer-smart"].year == 2022


def test_a_damaged_cache_is_ignored(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "corpus-cache.json").write_text("[1", encoding="utf-8")

    assert len(load_corpus(folder, cache).programs) == 1


def test_the_command_exits_with_two_and_lists_problems_as_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planted(folder, PROGRAM, "url: https://", "url: www.")
    monkeypatch.setenv("ADVISOR_CORPUS", str(folder))
    monkeypatch.setattr("sys.argv", ["advisor", "corpus", "check", "--json"])

    with pytest.raises(SystemExit) as ended:
        main()

    printed = json.loads(capsys.readouterr().out)
    assert ended.value.code == 2
    assert printed["ok"] is False
    assert printed["problems"][0]["file"] == PROGRAM
    assert set(printed["problems"][0]) == {"file", "field", "reason", "fix"}


def test_the_command_prints_the_counts_of_a_sound_corpus(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADVISOR_CORPUS", str(folder))
    monkeypatch.setattr("sys.argv", ["advisor", "corpus", "check"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert not ended.value.code
    assert "지원사업 1건" in capsys.readouterr().out


def test_the_schemas_in_the_corpus_are_current() -> None:
    stored = {
        path.name: path.read_text(encoding="utf-8")
        for path in (CORPUS / SCHEMA_FOLDER).glob("*.json")
    }

    assert stored == schemas()
