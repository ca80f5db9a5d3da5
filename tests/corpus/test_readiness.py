import shutil
from pathlib import Path

import pytest
import yaml

from advisor.corpus.load import CorpusProblemsError
from advisor.corpus.readiness import check_instrument, load_instrument

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
FACTS = ROOT / "tests" / "data" / "readiness_instrument_facts.yaml"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(CORPUS / "readiness", tmp_path / "readiness")
    return tmp_path


def edit(copy: Path, file: str, before: str, after: str) -> None:
    path = copy / "readiness" / file
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is not in {file}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def plain(value):
    """Mappings and lists as they would be read from YAML."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def test_every_number_and_word_of_the_facts_is_in_the_corpus():
    facts = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    loaded = plain(load_instrument(CORPUS).model_dump(by_alias=True))

    # The steps stand with their dimension, the remarks come from the scoring rules' prose.
    loaded["steps"] = [
        {"id": step["id"], "dim": dimension["id"], **step}
        for dimension in loaded["dimensions"]
        for step in dimension.pop("steps")
    ]
    loaded.pop("filters")
    assert loaded == facts


def test_the_shipped_instrument_has_no_problem():
    assert check_instrument(CORPUS) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "field", "words"),
    [
        ("DAT/DAT1.yaml", "weight: 2", "weight: 1", "weight", "scoring.item_weights"),
        ("DAT/DAT1.yaml", "value: 4", "value: 7", "anchors.4.value", "너무 큽니다: 7"),
        ("DAT/DAT1.yaml", "value: 4", "value: 3", "anchors", "하나씩 있지 않습니다"),
        ("DAT/DAT1.yaml", "label:", "lable:", "lable", "모르는 칸"),
        ("DAT/DAT1.yaml", "order: 2", "order: 1", "order", "겹칩니다"),
        ("DAT/DAT1.yaml", "id: DAT1", "id: DAT7", "id", "다릅니다"),
        ("DAT/DAT1.yaml", "dimension: DAT", "dimension: XYZ", "dimension", "'XYZ'"),
        ("DAT/dimension.yaml", "weight: 20", "weight: 21", "dimensions", "101"),
        ("DAT/dimension.yaml", "SYS3: 1", "SYS9: 1", "DAT-1.gates", "'SYS9'"),
        ("DAT/dimension.yaml", "same_as: S02", "same_as: S55", "DAT-1.same_as", "'S55'"),
        ("solutions/S05.yaml", "- downtime", "- bad_luck", "direct", "'bad_luck'"),
        ("solutions/S05.yaml", "EQP2: 1", "EQP3: 1", "gates", "gates_for"),
        ("solutions/S05.yaml", "cost: M", "cost: XXL", "cost", "정해진 값이 아닙니다"),
        ("instrument.yaml", "item: STR1", "item: STR8", "skip_rules.SK5", "'STR8'"),
        ("instrument.yaml", "- STR1", "- STR2", "quick_check.items", "quick"),
        ("instrument.yaml", "min: 0.6", "min: 0.9", "scoring.confidence.bands", "높은 것부터"),
        ("sayings/DAT.yaml", "DAT1:", "DAT7:", "DAT7", "수준별 말의 목록"),
        ("sayings/DAT.yaml", "  4:\n", "  5:\n", "DAT1", "수준별 말의 목록"),
        (
            "cues/DAT.yaml",
            "{level: 0, any:",
            "{level: 0, ani:",
            "DAT1.0.any",
            "필요한 칸이 없습니다",
        ),
        ("plan.yaml", "- id: H4\n", "- id: H4\n    nmae: x\n", "horizons.3.nmae", "모르는 칸"),
        ("plan.yaml", "  4: 100000000\n", "", "fin1_capacity_krw", "0~4가 모두"),
    ],
)
def test_a_problem_names_file_field_and_reason(file, before, after, field, words, copy):
    edit(copy, file, before, after)

    problems = check_instrument(copy)

    assert any(one.field == field and words in one.reason for one in problems), problems
    assert all(one.fix for one in problems)
    assert all(one.file.startswith("readiness/") for one in problems)


def test_all_problems_are_gathered_before_anything_is_raised(copy):
    edit(copy, "DAT/DAT1.yaml", "id: DAT1", "id: DAT7")
    (copy / "readiness" / "STR" / "STR1.yaml").write_text("a: [", encoding="utf-8")
    (copy / "readiness" / "plan.yaml").unlink()

    with pytest.raises(CorpusProblemsError) as caught:
        load_instrument(copy)

    assert {one.file for one in caught.value.problems} == {
        "readiness/DAT/DAT1.yaml",
        "readiness/STR/STR1.yaml",
        "readiness/plan.yaml",
    }


def test_a_missing_item_is_noticed(copy):
    (copy / "readiness" / "FIN" / "FIN4.yaml").unlink()

    problems = check_instrument(copy)

    assert any("'FIN4'" in one.reason for one in problems)


def test_a_missing_folder_is_told_by_its_files(tmp_path):
    assert [one.file for one in check_instrument(tmp_path)] == [
        "readiness/instrument.yaml",
        "readiness/plan.yaml",
    ]
