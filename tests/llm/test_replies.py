import pytest
from pydantic import BaseModel, ConfigDict

from advisor.llm.replies import UnusableReplyError, json_schema, parse_reply


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: str


@pytest.mark.parametrize(
    "text",
    [
        '{"answer": "예"}',
        '네, 답입니다. {"answer": "예"} 더 궁금하신 점이 있나요?',
        '```json\n{"answer": "예"}\n```',
        '```\n{"answer": "예"}\n```',
    ],
)
def test_the_object_is_found_wherever_it_stands(text):
    assert parse_reply(text, Said).answer == "예"


def test_a_bare_line_break_in_a_string_is_kept():
    assert parse_reply('{"answer": "첫 줄\n둘째 줄"}', Said).answer == "첫 줄\n둘째 줄"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("지원금은 많습니다", "JSON 객체가 없습니다."),
        ('{"answer": "끊긴', "JSON이 중간에 끊겼거나 문법이 틀립니다."),
        (
            '{"reply": "예"}',
            "형식에 맞지 않는 항목이 있습니다(answer: missing, reply: extra_forbidden).",
        ),
    ],
)
def test_what_cannot_be_used_says_why(text, reason):
    with pytest.raises(UnusableReplyError) as caught:
        parse_reply(text, Said)

    assert str(caught.value) == reason


def test_a_schema_has_no_titles():
    assert json_schema(Said) == {
        "additionalProperties": False,
        "properties": {"answer": {"type": "string"}},
        "required": ["answer"],
        "type": "object",
    }
