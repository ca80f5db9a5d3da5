"""`advisor ask`, `search`, `index`, `retrieve`: what they print, and what bad input gets."""

import json
import os

import pytest

from advisor.stores.home import Home


def as_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_question_gets_a_sourced_answer_in_the_contracts_shape(advisor):
    done = advisor("ask", "AI 바우처는 얼마까지 지원하나요?", "--today", "2026-11-24", "--json")

    answer = json.loads(done.out)
    assert done.code == 0
    assert answer["status"] == "answered"
    assert answer["citations"][0]["record_id"] == "ai-voucher-2026"
    assert "2억 원" in answer["text"]
    assert {
        "id", "status", "text", "citations", "matches", "next_question", "follow_ups", "profile",
        "engine", "consultation_id", "took_ms",
    } <= answer.keys()  # fmt: skip


def test_a_consultation_goes_on_over_two_commands(advisor):
    first = json.loads(advisor("ask", "혁신바우처가 뭐예요?", "--json").out)

    second = json.loads(
        advisor(
            "ask", "그건 언제까지예요?", "--consultation", first["consultation_id"], "--json"
        ).out
    )

    assert second["citations"][0]["record_id"] == "innovation-voucher-2026"


def test_a_batch_keeps_the_order_and_lines_share_nothing(advisor, tmp_path):
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text(
        '{"id": "b", "turns": ["직원 30명 금속가공입니다", "우리 직원이 몇 명이라고 했죠?"]}\n'
        '{"id": "a", "text": "AI 바우처는 얼마예요?", "today": "2026-11-22"}\n',
        encoding="utf-8",
    )

    done = advisor("ask", "--batch", str(questions), "--out", str(out))

    turns, single = as_lines(out)
    assert done.code == 0
    assert (turns["id"], single["id"]) == ("b", "a")
    assert turns["turns"][0]["profile"]["employees_regular"] == 30
    assert "employees_regular" not in single["profile"]


def test_a_bad_batch_line_is_named_and_nothing_is_written(advisor, tmp_path):
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text('{"id": "a", "text": "좋은 줄"}\n{"id": 3\n', encoding="utf-8")
    out.write_text("어제 결과", encoding="utf-8")

    done = advisor("ask", "--batch", str(questions), "--out", str(out))

    assert done.code == 2
    assert "2번째 줄" in done.err
    assert out.read_text(encoding="utf-8") == "어제 결과"


def test_search_filters_by_kind_region_and_day(advisor):
    done = advisor(
        "search", "불량 검사 지원", "--kind", "program", "--region", "경상남도", "--open-on",
        "2026-03-01", "--json",
    )  # fmt: skip

    hits = json.loads(done.out)
    assert done.code == 0
    assert hits
    assert {hit["kind"] for hit in hits} == {"program"}
    assert {"record_id", "kind", "title", "score", "text", "locator"} == hits[0].keys()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("search", "검사", "--region", "아틀란티스"), "17개 시·도"),
        (("search", "검사", "--open-on", "어제"), "2026-11-24처럼"),
        (("ask", "질문", "--today", "내일"), "2026-11-24처럼"),
        (("ask",), "질문을 적어"),
        (("ask", "질문", "--consultation", "없는번호"), "상담을 찾지 못했습니다"),
    ],
)
def test_bad_usage_gets_one_sentence_and_exit_2(advisor, arguments, told):
    done = advisor(*arguments)

    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


def test_an_index_that_is_up_to_date_says_what_stayed(advisor):
    done = advisor("index", "--json")

    report = json.loads(done.out)
    assert (report["added"], report["changed"], report["removed"]) == (0, 0, 0)
    assert report["unchanged"] == 373


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into read-only folders")
def test_a_read_only_home_is_named(advisor, tmp_path):
    tmp_path.chmod(0o500)

    done = advisor("index", home=tmp_path / "home")

    assert done.code == 2
    assert "쓸 수 없습니다" in done.err


def test_a_home_below_a_file_is_named(advisor, tmp_path):
    (tmp_path / "file").write_text("x")

    done = advisor("index", home=tmp_path / "file" / "home")

    assert done.code == 2
    assert "ADVISOR_HOME" in done.err


def test_a_home_in_use_is_refused(advisor, real_home, monkeypatch):
    monkeypatch.setattr("advisor.indexing.build.LOCK_PATIENCE_S", 0.1)
    with Home(real_home).lock():
        done = advisor("ask", "AI 바우처는 얼마예요?")

    assert done.code == 2
    assert "다른 프로세스" in done.err


def test_retrieve_writes_a_trec_run_and_what_it_cost(advisor, tmp_path):
    corpus, queries, out = (tmp_path / name for name in ("c.jsonl", "q.jsonl", "run.trec"))
    corpus.write_text(
        '{"id": "d1", "title": "도금", "text": "도금액 농도를 매일 잰다."}\n'
        '{"id": "d2", "title": "사출", "text": "사출 조건을 AI가 찾는다."}\n',
        encoding="utf-8",
    )
    queries.write_text('{"id": "q1", "text": "사출조건은 누가 찾나요"}\n', encoding="utf-8")

    done = advisor(
        "retrieve", "--corpus", str(corpus), "--queries", str(queries), "--out", str(out), "--json"
    )

    first = out.read_text(encoding="utf-8").splitlines()[0].split()
    assert done.code == 0
    assert [first[at] for at in (0, 1, 2, 3, 5)] == ["q1", "Q0", "d2", "1", "advisor"]
    assert {"index_seconds", "query_p50_ms", "query_p95_ms", "peak_mb"} <= json.loads(
        done.out
    ).keys()


def test_a_line_without_text_is_named(advisor, tmp_path):
    corpus = tmp_path / "c.jsonl"
    corpus.write_text('{"id": "d1", "text": "글"}\n{"id": "d2"}\n', encoding="utf-8")

    done = advisor(
        "retrieve", "--corpus", str(corpus), "--queries", str(corpus), "--out", str(tmp_path / "r")
    )

    assert done.code == 2
    assert "2번째 줄" in done.err


@pytest.mark.parametrize(
    "text", ["어제 친구랑 크게 싸웠는데 마음이 안 좋아요", "주말에 볼 만한 영화 좀 골라 줘"]
)
def test_small_troubles_of_life_are_out_of_scope(advisor, text):
    answer = json.loads(advisor("ask", text, "--json").out)

    assert answer["status"] == "out_of_scope"
    assert answer["citations"] == []
