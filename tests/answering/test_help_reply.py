from dataclasses import dataclass

from advisor.answering.help_reply import draft_reply
from advisor.errors import ModelUnavailableError
from advisor.llm.scripted_model import ScriptedModel
from advisor.messages import MODEL_UNAVAILABLE


@dataclass(frozen=True)
class Piece:
    label: str
    title: str
    text: str


EVIDENCE = [
    Piece("1", "예시 구축 지원사업 공고", "총사업비의 50% 이내, 최대 2억 원을 지원한다. 접수는 2026. 3. 13.까지 받는다."),
    Piece("2", "예시 융자 안내", "금리는 연 2.9%이다."),
]  # fmt: skip
QUESTION = "총사업비의 몇 퍼센트까지 지원하나요?"


def test_without_a_model_the_official_sentence_that_answers_is_quoted() -> None:
    reply = draft_reply(QUESTION, EVIDENCE)

    assert reply.engine == "embedded"
    assert [(one.label, one.words) for one in reply.quotes] == [
        ("1", "총사업비의 50% 이내, 최대 2억 원을 지원한다.")
    ]
    assert "“총사업비의 50% 이내, 최대 2억 원을 지원한다.” [1]" in reply.text


def test_without_evidence_it_says_so_and_promises_nothing() -> None:
    reply = draft_reply("주차장이 있나요?", [])

    assert reply.quotes == ()
    assert "근거를 찾지 못했습니다" in reply.text


def test_a_model_keeps_what_holds_and_quotes_byte_for_byte() -> None:
    model = ScriptedModel([{
        "text": "총사업비의 50% 이내에서 최대 2억 원을 지원합니다 [1]. 총사업비의 70%도 지원합니다 [1].",
        "quotes": [
            {"label": "1", "words": "총사업비의 50% 이내, 최대 2억 원을 지원한다."},
            {"label": "1", "words": "총사업비의 50% 이내 최대 2억 원을 지원한다."},
            {"label": "9", "words": "금리는 연 2.9%이다."},
        ],
    }])  # fmt: skip

    reply = draft_reply(QUESTION, EVIDENCE, model=model)

    assert reply.engine == "openai:scripted"
    assert "50% 이내에서 최대 2억 원" in reply.text
    assert "70%" not in reply.text
    assert reply.left_out == 1
    assert [(one.label, one.words) for one in reply.quotes] == [
        ("1", "총사업비의 50% 이내, 최대 2억 원을 지원한다.")
    ]


def test_a_model_that_fails_or_says_nothing_true_leaves_the_embedded_draft() -> None:
    embedded = draft_reply(QUESTION, EVIDENCE)
    lies = {"text": "총사업비의 90%를 무조건 드립니다 [1].", "quotes": []}

    assert draft_reply(QUESTION, EVIDENCE, model=ScriptedModel([lies])) == embedded
    failing = ScriptedModel([ModelUnavailableError(MODEL_UNAVAILABLE)])
    assert draft_reply(QUESTION, EVIDENCE, model=failing) == embedded
