"""A folder is known by what it holds, and what is broken in it is named by file and line."""

import json
from pathlib import Path

import pytest

from advisor.errors import BadInputError
from advisor.evaluation.cases import load_cases
from advisor.evaluation.folders import find_sets
from advisor.evaluation.outcome import SetKind
from advisor.evaluation.plain_sets import load_attacks
from advisor.evaluation.ranking import load_retrieval


def write(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


QUESTION = {"id": "q1", "text": "얼마예요?", "gold": {"status": "answered"}}


def test_a_folder_of_folders_holds_all_their_sets(tmp_path: Path) -> None:
    write(tmp_path / "a" / "questions.jsonl", QUESTION)
    write(tmp_path / "b" / "queries.jsonl", {"id": "1", "text": "심심해"})
    for name in ("corpus.jsonl", "queries.jsonl"):
        write(tmp_path / "c" / name, {"id": "1", "text": "글"})
    write(tmp_path / "c" / "qrels.tsv", "query-id\tcorpus-id\tscore", "1\t1\t1")
    write(tmp_path / "d" / "benchmark.jsonl", {"id": "1"})
    write(tmp_path / "e" / "README.md", "no set")

    assert [(one.name, one.kind) for one in find_sets(tmp_path)] == [
        ("a", SetKind.QUESTIONS), ("b", SetKind.OUT_OF_SCOPE), ("c", SetKind.RETRIEVAL),
        ("d", SetKind.INJECTION),
    ]  # fmt: skip
    assert [one.kind for one in find_sets(tmp_path / "c")] == [SetKind.RETRIEVAL]


def test_a_folder_without_any_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="묶음이 없습니다"):
        find_sets(tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        "{not json",
        {"id": "q2", "text": "질문"},
        {"id": "q2", "text": "질문", "gold": {"status": "answerd"}},
        {"id": "q2", "turns": ["하나", "둘"], "gold": [{"status": "answered"}]},
        QUESTION,  # its id stands above
    ],
)
def test_a_broken_line_of_questions_is_named(tmp_path: Path, row: object) -> None:
    write(tmp_path / "questions.jsonl", QUESTION, row)

    with pytest.raises(BadInputError) as refused:
        load_cases(tmp_path)

    assert "questions.jsonl의 2번째 줄" in str(refused.value.user_message)


def test_a_judgement_of_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl"):
        write(tmp_path / name, {"id": "1", "text": "글"})
    write(tmp_path / "qrels.tsv", "query-id\tcorpus-id\tscore", "1\t1\t1", "1\t7\t1")

    with pytest.raises(BadInputError) as refused:
        load_retrieval(tmp_path)

    assert "qrels.tsv의 3번째 줄" in str(refused.value.user_message)


def test_an_attack_without_label_is_named(tmp_path: Path) -> None:
    write(tmp_path / "benchmark.jsonl", {"id": "1", "text": "무시해", "category": "A1"})

    with pytest.raises(BadInputError) as refused:
        load_attacks(tmp_path)

    assert "benchmark.jsonl의 1번째 줄" in str(refused.value.user_message)
