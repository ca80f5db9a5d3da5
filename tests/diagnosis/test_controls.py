import pytest

from advisor.diagnosis.controls import Control, control_of, doubts, requests


@pytest.mark.parametrize(
    ("words", "control"),
    [
        ("그만할게요", Control.STOP),
        ("여기까지 할게요", Control.STOP),
        ("나중에 할게요", Control.PAUSE),
        ("진단 계속할게요", Control.RESUME),
        ("진단 처음부터 다시 해요", Control.RESTART),
        ("아니 그게 아니라 태블릿으로 넣어요", Control.CORRECT),
        ("아니요", Control.DENY),
        ("네 맞아요", Control.AGREE),
        ("저희 수준이 어느 정도예요?", Control.RESULT),
        ("그럼 뭐부터 하면 돼요?", Control.NEXT),
        ("무슨 말인지 모르겠어요", Control.EXPLAIN),
        ("그 사람이 그만두면 멈춰요", None),
        ("검사 결과까지 화면에 나와요", None),
        ("틀린 건 그냥 둬요", None),
        ("불편하면 고쳐 줘요", None),
        ("매일 계속 써요", None),
        ("나중에 엑셀로 옮겨요", None),
    ],
)
def test_words_that_steer_are_told_from_words_that_answer(words, control):
    assert control_of(words) is control


def test_rhetorical_doubt_is_no_question():
    assert doubts("한 삼백쯤 되려나?")
    assert not doubts("지원금은 얼마예요?")


def test_a_request_needs_no_question_mark():
    assert requests("지원사업 추천해 줘")
    assert requests("쓸 만한 사업을 붙여 줘")
    assert not requests("불편하다고 하면 고쳐 줘요")
