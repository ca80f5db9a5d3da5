"""Labels of sharing a talk with a consultant, Korean and English."""

from collections.abc import Mapping

from advisor.ui.strings import Texts

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("상담사와 나누기", "Share with a consultant"),
    "lead": (
        "코드를 받은 상담사의 기관은 이 상담의 질문과 답, 회사 정보, 진단과 근거 파일, 저장한 지원사업을 볼 수 있습니다. 고치거나 지울 수는 없고, 언제든 그만둘 수 있습니다.",
        "The organisation of the consultant who gets the code can read this talk's questions, answers, company facts, readiness with its evidence files and saved programs. It can change or delete nothing, and you can stop at any time.",
    ),
    "no_talk": (
        "상담을 시작하시면 여기에서 나눌 수 있습니다.",
        "Once you have begun a talk you can share it here.",
    ),
    "recipient": ("받을 사람(적지 않아도 됩니다)", "Who it is for (optional)"),
    "create": ("나누기 코드 만들기", "Make a code"),
    "code": ("상담사에게 이 코드를 알려 주세요", "Tell the consultant this code"),
    "code_more": (
        "{day}까지 한 번만 쓸 수 있습니다. 지금만 보여 드리니 적어 두세요.",
        "Good once, until {day}. It is shown only now, so note it down.",
    ),
    "waiting": ("코드를 아직 쓰지 않음", "code not used yet"),
    "since": ("{day}부터 보고 있음", "can read since {day}"),
    "revoke": ("그만 나누기", "Stop sharing"),
    "revoked": ("더는 볼 수 없게 했습니다.", "It can no longer be read."),
    "somebody": ("상담사", "A consultant"),
    "none": ("지금은 나만 볼 수 있습니다.", "Only you can read it now."),
    "staff": ("상담사·담당자 로그인", "Sign-in for consultants and staff"),
    "ended": (
        "로그인이 끝났습니다. 화면을 새로 고쳐 다시 로그인해 주세요. 적으신 글은 그대로 두었습니다.",
        "Your sign-in has ended. Reload the page to sign in again; your text is still here.",
    ),
}


def say(key: str, words: Texts, **values: object) -> str:
    """Return a label in the page's language."""
    return _WORDS[key][words.language == "en"].format(**values)
