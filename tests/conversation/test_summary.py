"""A long talk stands in a prompt as a few sentences, and those add nothing to what was said."""

from datetime import date

from advisor.config import PROJECT_ROOT
from advisor.conversation.proposals import Summary
from advisor.conversation.summary import history_of, is_due, summarise
from advisor.conversation.turn import Turn
from advisor.domain.passages import Kind
from advisor.intake.rephrase import Topic
from advisor.llm.scripted_model import ScriptedModel

EARLIER = tuple(f"{number}번째 질문입니다" for number in range(1, 13))
PROMPTS = PROJECT_ROOT / "prompts"


def a_turn(**changes: object) -> Turn:
    given: dict[str, object] = {
        "id": "t", "raw": "그건요?", "today": date(2026, 11, 25), "earlier": EARLIER, "turns_before": 12,
        "topics": (Topic(("a-2026",), (Kind.PROGRAM,), "fact", "예시"),),
    }  # fmt: skip
    return Turn(**{**given, **changes})  # type: ignore[arg-type]


def test_a_summary_is_due_after_twelve_turns_and_then_every_six() -> None:
    assert is_due(a_turn())
    assert not is_due(a_turn(turns_before=11))
    assert not is_due(a_turn(turns_before=17, summary=Summary("앞 이야기", 6)))
    assert is_due(a_turn(turns_before=18, summary=Summary("앞 이야기", 6)))


def test_a_prompt_has_the_summary_the_last_questions_and_what_was_shown() -> None:
    history = history_of(a_turn(summary=Summary("앞 이야기", 6)), {"a-2026": "예시 사업"})

    assert history.splitlines()[0] == "(앞부분) 앞 이야기"
    assert "6번째" not in history
    assert "7번째 질문입니다" in history
    assert history.splitlines()[-1] == "보여 준 것: 예시 사업"


def test_a_summary_in_the_words_of_the_talk_is_kept() -> None:
    told = ScriptedModel([{"text": "7번째 질문에서 예시 사업을 보여 주었습니다"}])
    turn = a_turn()

    found = summarise(told, turn, history_of(turn, {"a-2026": "예시 사업"}), prompts=PROMPTS)

    assert found == Summary("7번째 질문에서 예시 사업을 보여 주었습니다", 6)


def test_a_summary_with_words_of_its_own_gives_way_to_the_questions_themselves() -> None:
    lies = ScriptedModel([{"text": "이 회사는 9억 원 지원이 확정되었습니다"}])
    turn = a_turn()

    found = summarise(lies, turn, history_of(turn, {}), prompts=PROMPTS)

    assert found.text == " / ".join(EARLIER[:6])
    assert Summary.of({"summary": found.to_json()}) == found
