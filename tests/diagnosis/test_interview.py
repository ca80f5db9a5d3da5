import json
import re

from advisor.corpus.readiness_english import load_english
from advisor.diagnosis.interview import Interviewer
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.domain.profile import Fact, Profile
from advisor.domain.readiness import AnswerStatus
from tests.diagnosis.given import ROOT, the_instrument
from tests.diagnosis.scripted_reader import ScriptedReader

QUICK = the_instrument().quick_check.items


def interviewer() -> Interviewer:
    return Interviewer(the_instrument(), ScriptedReader())


def talk(*messages: str, profile: Profile | None = None, told: bool = False) -> Move:
    """The last move after these messages."""
    leads, known = interviewer(), profile or Profile()
    move = leads.begin(known)
    for words in messages:
        move = leads.hear(move.interview, words, known, told=told)
    return move


def level_of(move: Move, item: str) -> int | None:
    return move.interview.answered()[item].value


def test_the_worst_problem_is_asked_first_and_one_thing_at_a_time():
    move = talk()

    assert move.interview.asked == "STR1"
    assert move.question == the_instrument().item_by_id["STR1"].question


def test_an_answer_is_said_back_in_words_and_the_next_item_asked():
    move = talk("STR1=2")

    assert level_of(move, "STR1") == 2
    assert "문제가 생기는 공정·제품·설비를 한 곳 이상 짚어 말한다고 이해했습니다" in move.says[0]
    assert move.interview.asked == "DAT1"


def test_no_level_number_is_shown_while_asking():
    leads, move = interviewer(), talk()
    for item in QUICK:
        move = leads.hear(move.interview, f"{item}=2~3", Profile(), told=False)
        shown = " ".join((*move.says, move.question or ""))
        move = leads.hear(move.interview, "1번이요", Profile(), told=False)
        shown += " ".join((*move.says, move.question or ""))
        assert not re.search(r"\bL[0-4]\b|수준\s?[0-4]|[0-4]\s?수준|[0-4]단계", shown)


def test_between_two_likely_levels_the_owner_chooses():
    asked = talk("STR1=2~3")

    assert asked.question is not None
    assert asked.question.startswith("어느 쪽에 더 가까우세요? ①")
    assert level_of(talk("STR1=2~3", "②요"), "STR1") == 3
    assert level_of(talk("STR1=2~3", "1번"), "STR1") == 2


def test_a_correction_changes_the_last_answer_and_the_open_question_stays():
    move = talk("STR1=2", "DAT1=1", "아니 그게 아니라 DAT1=2")

    assert level_of(move, "DAT1") == 2
    assert move.interview.asked == "EQP1"
    assert move.says[0].startswith("고쳤습니다.")


def test_a_correction_reaches_back_to_the_item_it_is_about():
    move = talk("STR1=2", "DAT1=1", "EQP1=1", "아까 답은 틀렸어요 STR1=3")

    assert level_of(move, "STR1") == 3
    assert level_of(move, "EQP1") == 1


def test_a_correction_without_content_shows_what_was_noted_and_takes_the_next_words_as_one():
    asks = talk("STR1=2", "DAT1=1", "아까 말한 거 틀렸어요")
    fixed = talk("STR1=2", "DAT1=1", "아까 말한 거 틀렸어요", "DAT1=3")

    assert asks.question is not None
    assert "기록 방식" in asks.question
    assert level_of(fixed, "DAT1") == 3
    assert fixed.interview.asked == "EQP1"


def test_words_about_something_never_answered_are_news_and_no_correction():
    move = talk("STR1=2", "DAT1=1", "아니 그게 아니라 SYS1=0")

    assert (level_of(move, "DAT1"), level_of(move, "SYS1")) == (1, 0)


def test_a_correction_that_changes_nothing_lets_the_owner_choose():
    move = talk("STR1=2", "DAT1=1", "아니 그게 아니라 DAT1=1")

    assert move.interview.choice == (0, 1)


def test_not_knowing_is_taken_as_it_is():
    move = talk("STR1=2", "모르겠어요")

    assert move.interview.answered()["DAT1"].status is AnswerStatus.UNKNOWN
    assert "모르셔도 괜찮습니다" in move.says[0]
    assert move.interview.asked == "EQP1"


def test_three_times_not_knowing_in_a_row_asks_for_papers_and_stops():
    move = talk("STR1=2", "모르겠어요", "모르겠어요", "모르겠어요")

    assert move.interview.phase is Phase.PAUSED
    assert move.question is None
    assert "작업일보 사진" in move.says[-1]


def test_a_question_goes_to_others_and_what_it_states_is_kept():
    move = talk("STR1=2", "PRC1=2. 그런데 지원금은 얼마예요?")

    assert move.passes
    assert move.interview.phase is Phase.ASIDE
    assert level_of(move, "PRC1") == 2


def test_after_a_change_of_subject_yes_or_a_later_return_asks_about_the_same_in_other_words():
    for words in ("네", "진단 계속할게요", "이어서 해요"):
        move = talk("STR1=2", "지원금은 얼마예요?", words)

        assert move.interview.asked == "DAT1"
        assert move.question != the_instrument().item_by_id["DAT1"].question


def test_nobody_hears_the_same_question_twice():
    leads, move = interviewer(), talk()
    heard = [move.question]
    for words in (
        "직원은 열 명",
        "네",
        "음",
        "지원금은 얼마예요?",
        "네",
        "음",
        "음",
        "왜 물어요",
        "음",
    ):
        move = leads.hear(move.interview, words, Profile(), told=words.startswith("직원"))
        heard.append(move.question)

    asked = [one for one in heard if one]
    assert len(set(asked)) == len(asked)


def test_words_after_a_change_of_subject_that_answer_nothing_pass_on():
    assert talk("STR1=2", "지원금은 얼마예요?", "충남입니다").passes


def test_stopping_shows_what_is_known_so_far():
    move = talk("STR1=2", "그만할게요")

    assert move.shows_result
    assert move.interview.phase is Phase.DONE


def test_a_pause_keeps_the_open_question():
    move = talk("STR1=2", "나중에 할게요")

    assert move.interview.phase is Phase.PAUSED
    assert talk("STR1=2", "나중에 할게요", "진단 계속할게요").interview.asked == "DAT1"


def test_words_that_answer_are_not_taken_for_words_that_steer():
    for words in (
        "DAT1=1 그만두면 큰일이에요",
        "DAT1=1 조치 결과까지 남아요",
        "DAT1=1 사람마다 틀려요",
    ):
        assert level_of(talk("STR1=2", words), "DAT1") == 1


def test_what_follows_from_an_answer_is_not_asked():
    # Paper settles how records join (SK2), no program settles the links (SK3).
    leads, move = interviewer(), talk()
    asked: set[str] = set()
    levels = {"DAT1": 1, "SYS1": 0}
    while move.question is not None and len(asked) < 32:
        item = move.interview.asked
        assert item is not None
        asked.add(item)
        move = leads.hear(move.interview, f"{item}={levels.get(item, 2)}", Profile(), told=False)
        move = leads.resume(move.interview, Profile()) if move.shows_result else move
    assert not asked & {"DAT3", "SYS2"}


def test_a_contradiction_is_asked_about_once_and_its_answer_settles_it():
    # CK1: entered on the spot (DAT1 3), yet hardly any program (SYS1 1).
    asked = talk("STR1=2", "DAT1=3", "EQP1=2", "SYS1=1")

    assert asked.interview.check == "CK1"
    assert asked.question is not None
    assert "어느 프로그램에 들어가나요" in asked.question
    settled = talk("STR1=2", "DAT1=3", "EQP1=2", "SYS1=1", "SYS1=3 MES요")
    assert level_of(settled, "SYS1") == 3
    left = talk("STR1=2", "DAT1=3", "EQP1=2", "SYS1=1", "모르겠어요")
    assert left.interview.check is None
    assert left.interview.asked == "PRC1"


def test_what_was_said_before_is_not_asked_again_but_said_back():
    profile = Profile({"systems_in_use": Fact(("회계",), quote="회계 프로그램만 써요")})
    move = interviewer().begin(profile, ["일보는 DAT1=1"])

    assert {one.item for one in move.interview.answers} == {"SYS1", "DAT1"}
    assert "회계·세금 프로그램만" in move.says[1]
    assert move.interview.asked == "STR1"


def test_why_something_is_asked_is_explained_and_asked_again():
    move = talk("그건 왜 물어보세요?")

    assert the_instrument().item_by_id["STR1"].why in move.says[0]
    assert move.interview.asked == "STR1"


def test_an_answer_that_is_not_understood_is_offered_sentences_and_then_left_open():
    twice = talk("음 그러니까 뭐랄까", "음 뭐 그런 거지")
    thrice = talk("음 그러니까 뭐랄까", "음 뭐 그런 거지", "음")

    assert twice.interview.choice == (0, 1, 2, 3, 4)
    assert thrice.interview.answered()["STR1"].status is AnswerStatus.UNKNOWN
    assert thrice.interview.asked == "DAT1"


def test_a_number_by_itself_is_answered_with_sentences_to_choose_from():
    assert level_of(talk("3", "2번"), "STR1") == 1


def test_of_two_sentences_that_nobody_chose_the_lower_is_kept():
    move = talk("STR1=3~2", "음 뭐랄까")

    assert level_of(move, "STR1") == 2
    assert move.says[0].startswith("우선")


def test_a_bare_no_chooses_the_lowest():
    assert level_of(talk("STR1=2~3", "없어요"), "STR1") == 2


def test_impatience_and_anger_get_an_apology_and_the_next_question():
    for words in ("왜 이렇게 많이 물어", "씨발", "바빠요"):
        move = talk(words)

        assert "죄송" in move.says[0]
        assert move.interview.asked == "DAT1"


def test_an_answer_in_anger_still_answers():
    assert level_of(talk("씨발 STR1=2"), "STR1") == 2


def test_passing_leaves_a_question_without_counting_as_not_knowing():
    move = talk("패스", "넘어가요", "다음 질문")

    assert move.interview.phase is Phase.ASKING
    assert move.interview.asked == "SYS1"


def test_how_many_questions_are_left_is_told():
    assert "7가지" in talk("STR1=2", "몇 개나 남았어요").says[0]


def test_a_later_remark_that_says_otherwise_replaces_an_earlier_answer():
    move = talk("STR1=2", "DAT1=1", "EQP1=1. DAT1=3")

    assert level_of(move, "DAT1") == 3
    assert any("바꾸었습니다" in one for one in move.says)


def test_what_is_added_after_the_result_is_taken_up_without_telling_all_again():
    done = talk(*(f"{item}=0" for item in QUICK))
    move = interviewer().hear(done.interview, "PRC2=2.", Profile(), told=False)

    assert level_of(move, "PRC2") == 2
    assert not move.shows_result


def test_an_interview_in_english_asks_stops_and_corrects_in_english():
    english = load_english(ROOT / "corpus", the_instrument())
    leads = Interviewer(the_instrument(), ScriptedReader(), english=english)
    move = leads.begin(Profile(), language="en")
    for words in ("STR1=2", "DAT1=1", "no, actually DAT1=3"):
        move = leads.hear(move.interview, words, Profile(), told=False)

    assert level_of(move, "DAT1") == 3
    assert not re.search("[가-힣]", " ".join((*move.says, move.question or "")))
    assert leads.hear(move.interview, "stop", Profile(), told=False).shows_result


def test_a_clear_company_is_done_after_the_quick_check():
    move = talk(*(f"{item}=0" for item in QUICK))

    assert move.shows_result
    assert move.interview.questions == 8
    result = interviewer().diagnose(move.interview, Profile())
    assert result.level == 0


def test_after_the_result_one_can_go_on_for_a_firmer_one():
    done = talk(*(f"{item}=0" for item in QUICK))

    move = interviewer().resume(done.interview, Profile())
    assert move.interview.phase is Phase.ASKING
    assert move.interview.asked not in QUICK


def test_the_state_survives_being_written_down():
    for move in (talk("STR1=2~3"), talk("STR1=2", "DAT1=3", "EQP1=2", "SYS1=1")):
        written = json.loads(json.dumps(move.interview.to_json(), ensure_ascii=False))

        assert Interview.from_json(written) == move.interview
