"""Whole readiness interviews in Korean: the real Advisor, the embedded engine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.domain.answer import Answer, AnswerStatus

LEVEL_NUMBER = re.compile(r"\bL[0-4]\b|수준\s?[0-4]\b")


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


def talk(advisor: Advisor, *messages: str, to: str | None = None) -> list[Answer]:
    answers: list[Answer] = []
    for words in messages:
        to = answers[-1].consultation_id if answers else to
        answers.append(advisor.ask(words, consultation_id=to))
    return answers


def said(advisor: Advisor, answer: Answer) -> dict[str, tuple[str, int | None]]:
    """What the consultation keeps by item: status and level."""
    assert answer.consultation_id is not None
    kept = advisor.consultation(answer.consultation_id)
    assert kept is not None
    return {
        one["item"]: (one["status"], one["value"]) for one in kept.state["diagnosis"]["answers"]
    }


def test_a_small_press_shop_from_the_first_question_to_the_result(advisor: Advisor) -> None:
    answers = talk(
        advisor, "우리 회사 AI 할 준비가 됐나요?", "3호기 프레스에서 버가 자꾸 나와요. 그 부품만 그래요",
        "일보는 종이에 쓰고 월말에 엑셀로 옮겨요", "계기판 보고 이상하면 적어요", "회계 프로그램만 써요",
        "반장님이 손으로 만져 보고 맞춰요. 써 둔 건 없어요", "제가 혼자 알아보고 있어요",
        "제가 가끔 챗GPT로 메일 번역해요", "천만 원 정도는 낼 수 있어요", "그만할게요",
    )  # fmt: skip
    asking, result = answers[:-1], answers[-1]

    assert all(one.status is AnswerStatus.ASKED_BACK for one in asking)
    assert all(one.next_question and one.next_question in one.text for one in asking)
    assert not any(LEVEL_NUMBER.search(one.text) for one in asking)
    assert "종이에 손으로 적는다고" in asking[2].text
    assert {item: level for item, (_, level) in said(advisor, result).items()} == {
        "STR1": 2, "DAT1": 1, "EQP1": 1, "SYS1": 0, "PRC1": 0, "PPL1": 1, "AIX1": 1, "FIN1": 2,
    }  # fmt: skip
    assert result.status is AnswerStatus.ANSWERED
    assert "준비 수준은 L1 '기반 다지기'입니다" in result.text
    for words in ("점수 범위", "신뢰도", "풀립니다", "먼저 할 일", "해결책", "AI가 한 추정"):
        assert words in result.text
    assert {"smart-factory-level-check", "sol-mes"} <= {one.record_id for one in result.citations}
    # The form page and the report find it where they look.
    assert result.consultation_id is not None
    sheet = advisor.desk.sheet(result.consultation_id)
    assert sheet is not None
    assert sheet.kept.result is not None
    assert sheet.kept.result.level == 1
    assert sheet.kept.instrument_version == "0.1.0"
    assert advisor.report("md", result.consultation_id)


def test_a_correction_a_gap_and_a_change_of_subject(advisor: Advisor) -> None:
    answers = talk(
        advisor, "우리 공장 AI 준비 수준 진단해 주세요", "2호 압출기가 일주일에 서너 번 서요. 여름에 심하고요",
        "일보는 종이에 써요", "아니 그게 아니라 매일 저녁에 엑셀로 다 옮겨요", "모르겠어요",
        "스마트공장 지원사업 자부담은 얼마예요?", "네", "MES로 생산이랑 재고는 매일 봐요",
    )  # fmt: skip
    corrected, unknown, aside, back, last = answers[3:]

    assert "그날그날 엑셀에 빠짐없이 옮긴다고" in corrected.text
    assert "모르셔도 괜찮습니다" in unknown.text
    asked = unknown.next_question
    assert aside.status is AnswerStatus.ANSWERED
    assert aside.citations
    assert aside.text.endswith("진단 이어서 할까요?")
    assert back.next_question not in (None, asked)
    assert said(advisor, last) == {
        "STR1": ("answered", 3), "DAT1": ("answered", 2), "EQP1": ("unknown", None),
        "SYS1": ("answered", 3),
    }  # fmt: skip


def test_what_was_told_before_counts_and_one_comes_back_later(advisor: Advisor) -> None:
    first = talk(
        advisor, "프레스로 브래킷 찍어요. 직원 12명이고 작업일보는 손으로 써요",
        "우리 회사 AI 할 준비가 됐나요?", "3호기 프레스에서 버가 자꾸 나와요. 그 부품만 그래요", "나중에 할게요",
    )  # fmt: skip
    assert said(advisor, first[1])["DAT1"] == ("answered", 1)
    assert "이렇게 이해했습니다" in first[1].text
    assert "저장해 두었습니다" in first[3].text

    # Another day, the same consultation, something else in between.
    later = talk(
        advisor, "MES가 뭐예요?", "진단 계속할게요", "계기판 보고 가끔 적어요", "저희 수준이 어느 정도예요?",
        "그럼 뭐부터 하면 돼요?", to=first[-1].consultation_id,
    )  # fmt: skip
    explained, resumed, _, glimpse, steps = later

    assert explained.status is AnswerStatus.ANSWERED
    assert "진단 이어서" not in explained.text
    assert resumed.next_question is not None
    assert "설비 값 얻기" in resumed.next_question
    # Too little for a level: none is given, and it says what is missing.
    assert glimpse.status is AnswerStatus.ASKED_BACK
    assert "아직 수준을 말씀드리기 어렵습니다" in glimpse.text
    assert steps.status is AnswerStatus.ANSWERED
    assert "한 공정 전산 입력" in steps.text
    assert "sol-mes" in {one.record_id for one in steps.citations}
    assert steps.next_question is not None
