from collections.abc import Callable

from advisor.config import PROJECT_ROOT
from advisor.corpus.notices.model import PROMPT, find_by_model
from advisor.corpus.notices.propose import merged
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.errors import ModelUnavailableError
from advisor.llm.scripted_model import ScriptedModel
from advisor.messages import MODEL_UNAVAILABLE
from advisor.prompts import load_prompt

TEMPLATE = load_prompt(PROJECT_ROOT / "prompts", PROMPT)


def test_a_models_value_is_kept_only_where_its_quote_stands_in_the_notice_and_bears_it(
    a_notice: Callable[..., Document],
) -> None:
    document = a_notice(
        "2026년 12월 1일",
        "지원금은 기업마다 최대 3천만원",
        "2027. 1. 4.부터 2027. 1. 29.까지 받습니다",
    )
    model = ScriptedModel(
        [
            {
                "fields": [
                    {"name": "support.max_amount_krw", "value": 30_000_000,
                     "quote": "최대 3천만원"},
                    {"name": "window.closes_on", "value": "2027-01-29",
                     "quote": "2027. 1. 29.까지"},
                    {"name": "window.opens_on", "value": "2027-01-05",
                     "quote": "2027. 1. 4.부터"},  # not the day of its quote
                    {"name": "support.subsidy_rate", "value": 0.7,
                     "quote": "국비 70%"},  # not in the notice
                    {"name": "agency", "value": "시험부", "quote": "2026년 12월 1일"},
                ]
            }
        ]
    )  # fmt: skip

    found = find_by_model(document, model, TEMPLATE)

    assert {one.name: one.value for one in found} == {
        "support.max_amount_krw": 30_000_000, "window.closes_on": "2027-01-29",
    }  # fmt: skip
    assert {one.found_by for one in found} == {"model"}
    assert "최대 3천만원" in model.prompts[0].text


def test_a_model_that_does_not_answer_finds_nothing(a_notice: Callable[..., Document]) -> None:
    model = ScriptedModel([ModelUnavailableError(MODEL_UNAVAILABLE)])
    assert find_by_model(a_notice("공고"), model, TEMPLATE) == ()


def test_of_two_findings_the_surer_stands_and_of_equals_the_rules() -> None:
    rule = DraftField("agency", "규칙부", confidence=0.6)
    model = DraftField("agency", "모델부", confidence=0.6, found_by="model")
    weak = DraftField("agency", "약한부", confidence=0.5)

    assert merged([rule], [model])[0].value == "규칙부"
    assert merged([weak], [model])[0].value == "모델부"
