"""A reply that gives the prompt away, in whatever writing."""

import base64
import codecs

import pytest

from advisor.config import PROJECT_ROOT
from advisor.llm.canary import Canary

MARK = "b2d7q3v9w4r6t5z7"
RULE = "첫 문장에서 물은 것에 바로 답하세요. 인사와 칭찬은 쓰지 마세요."
CANARY = Canary(
    [f"{RULE}\n<질문>\n$question\n예시:\n총사업비의 50% 안에서 최대 2억 원까지 지원합니다 [1]."],
    mark=MARK,
)


@pytest.mark.parametrize(
    "written",
    [
        MARK,
        MARK.upper(),
        MARK[::-1],
        " ".join(MARK),
        "\n".join((MARK[:9], MARK[9:])),
        "😀".join(MARK),
        "\u200b".join(MARK),
        "가".join(MARK),
        "0".join(MARK),
        "ｂ２ｄ７ｑ３ｖ９ｗ４ｒ６",
        MARK[3:13],
        codecs.encode(MARK, "rot13"),
        base64.b64encode(f"표식 {MARK}".encode()).decode(),
        base64.b64encode(f"a{MARK}b".encode()).decode(),
        base64.b64encode(MARK[::-1].encode()).decode(),
        MARK.encode().hex(),
        MARK.encode().hex(" "),
    ],
)  # fmt: skip
def test_the_mark_is_known_in_every_writing(written: str) -> None:
    assert CANARY.is_in(f"지원금은 2억 원입니다 [1]. {written} 참고하세요.")


@pytest.mark.parametrize("quoted", [RULE, RULE.replace(" ", ""), RULE[2:40], RULE[::-1]])
def test_a_quotation_of_the_instructions_is_known(quoted: str) -> None:
    assert CANARY.is_in(quoted)


@pytest.mark.parametrize(
    "answer",
    [
        "총사업비의 50% 안에서 최대 2억 원까지 지원합니다 [1].",
        "접수는 2026. 2. 9.부터 4. 9.까지이고 문의는 044-300-0941입니다 [1].",
        "KAMP(https://www.kamp-ai.kr)에서 TensorFlow 2.15와 base64 변환을 씁니다.",
        "",
    ],
)
def test_an_answer_about_programs_gives_nothing_away(answer: str) -> None:
    assert not CANARY.is_in(answer)


def test_every_process_has_a_mark_of_its_own_and_says_it_in_the_prompt() -> None:
    one, other = Canary(), Canary()

    assert one.line != other.line
    assert one.is_in(one.line)
    assert not one.is_in(other.line)


def test_the_prompts_of_the_project_can_be_told_from_answers() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT_ROOT / "prompts").glob("*.md")]
    canary = Canary(texts)

    assert all(
        canary.is_in(line)
        for text in texts
        for line in text.partition("예시:")[0].splitlines()
        if "$" not in line and len("".join(filter(str.isalnum, line))) > 30
    )
