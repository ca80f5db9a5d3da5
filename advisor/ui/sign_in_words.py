"""Words of the sign-in, set-up, password and account pages, Korean and English."""

from collections.abc import Mapping

from advisor.accounts import passwords, sentences
from advisor.accounts.errors import WaitError
from advisor.accounts.gate import HIDDEN
from advisor.errors import AdvisorError

WORDS: Mapping[str, tuple[str, str]] = {
    "product": ("제조AI 길잡이", "Manufacturing AI Guide"),
    "home": ("상담 화면으로", "To the advisor"),
    "switch": ("English", "한국어"),
    "switch_label": ("화면 언어를 영어로 바꿉니다", "화면을 한국어로 봅니다"),
    "sign_in": ("로그인", "Sign in"),
    "sign_in_lead": (
        "상담사와 담당자를 위한 화면입니다. 상담만 하시려면 로그인하지 않으셔도 됩니다.",
        "For consultants and staff. To ask the advisor you need no account.",
    ),
    "sign_in_lead_members": (
        "이 서비스는 계정이 있는 분만 쓸 수 있습니다.", "This service is for people with an account.",
    ),
    "login": ("아이디", "Login name"),
    "password": ("비밀번호", "Password"),
    "show": ("비밀번호 보기", "Show the password"),
    "outside": ("{name} 계정으로 로그인", "Sign in with {name}"),
    "or": ("또는", "or"),
    "have_code": ("재설정 코드를 받으셨나요?", "Have you been given a reset code?"),
    "first_time": ("처음 설치하셨나요? 첫 관리자 만들기", "New installation? Make the first administrator"),
    "set_up": ("첫 관리자 만들기", "Make the first administrator"),
    "set_up_lead": (
        "서버를 켠 터미널에 나온 설정 코드를 넣어 주세요. 코드가 없거나 지났으면 그 컴퓨터에서 advisor account setup-code 를 실행하세요.",
        "Type the set-up code from the terminal of the server. For a new one run advisor account setup-code there.",
    ),
    "set_up_done": (
        "첫 관리자는 이미 만들어졌습니다. 로그인해 주세요.",
        "The first administrator is there already. Please sign in.",
    ),
    "setup_code": ("설정 코드", "Set-up code"),
    "organisation": ("운영 기관 이름", "Name of the organisation that runs this"),
    "name": ("이름", "Name"),
    "new_password": ("새 비밀번호", "New password"),
    "repeat": ("새 비밀번호 한 번 더", "New password again"),
    "rule": (
        "10자 이상으로 정해 주세요. 흔한 비밀번호는 받지 않습니다.",
        "At least 10 characters; common passwords are not taken.",
    ),
    "make": ("만들고 로그인", "Make it and sign in"),
    "reset": ("새 비밀번호 정하기", "Set a new password"),
    "reset_lead": (
        "관리자에게 받은 코드를 넣고 새 비밀번호를 정해 주세요. 코드는 한 번만 쓸 수 있습니다.",
        "Type the code from your administrator and choose a new password. The code is good once.",
    ),
    "code": ("재설정 코드", "Reset code"),
    "save": ("저장하고 로그인", "Save and sign in"),
    "to_sign_in": ("로그인 화면으로", "To the sign-in page"),
    "expired": (
        "한동안 쓰지 않아 로그인이 끝났습니다. 다시 로그인하시면 하던 화면으로 돌아갑니다.",
        "Your sign-in ended after a while without use. Sign in again to return to where you were.",
    ),
    "needed": ("로그인이 필요한 화면입니다.", "This page needs a sign-in."),
    "signed_out": ("로그아웃했습니다.", "You are signed out."),
    "signed_out_everywhere": ("모든 기기에서 로그아웃했습니다.", "You are signed out everywhere."),
    "account": ("내 계정", "My account"),
    "acting_for": ("소속", "Organisation"),
    "roles": ("역할", "Roles"),
    "act_for": ("소속 바꾸기", "Act for"),
    "change": ("바꾸기", "Change"),
    "change_password": ("비밀번호 바꾸기", "Change the password"),
    "change_first": (
        "임시 비밀번호로 들어오셨습니다. 먼저 새 비밀번호를 정해 주세요.",
        "You came in with a temporary password. Choose a new one first.",
    ),
    "old_password": ("지금 비밀번호", "Current password"),
    "changed": (
        "비밀번호를 바꾸었습니다. 다른 기기의 로그인은 모두 끝났습니다.",
        "The password is changed. Sign-ins on other devices have ended.",
    ),
    "sign_out": ("로그아웃", "Sign out"),
    "sign_out_everywhere": ("모든 기기에서 로그아웃", "Sign out everywhere"),
    "denied": ("권한이 없습니다", "No permission"),
    "denied_more": (
        "이 화면은 다른 역할의 담당자가 씁니다. 필요하시면 관리자에게 역할을 요청해 주세요.",
        "This page is for another role. Ask your administrator for it if you need it.",
    ),
    "missing": ("찾는 화면이 없습니다", "Page not found"),
    "missing_more": (
        "주소가 맞는지 확인해 주세요. 지워졌거나 볼 수 없는 내용일 수 있습니다.",
        "Check the address. It may have been deleted, or is not yours to see.",
    ),
    "owner": ("기업", "Owner"),
    "consultant": ("상담사", "Consultant"),
    "helpdesk": ("상담 창구", "Help desk"),
    "curator": ("자료 담당", "Curator"),
    "administrator": ("관리자", "Administrator"),
}  # fmt: skip

# A refusal's Korean text to its English sentence.
_ENGLISH: Mapping[str, str] = {
    sentences.WRONG.text: "Name or password is wrong. Check both, or ask your administrator for a reset.",
    sentences.LOCKED.text: "Too many wrong tries. Sign-in is blocked; try again in {minutes} min.",
    sentences.WAIT.text: "Too many wrong tries. Try again in {minutes} min.",
    sentences.CODE_WRONG.text: "Name or code is wrong, or the code has expired. Ask for a new code.",
    sentences.SETUP_CODE_WRONG.text: "The set-up code is wrong or has expired. Run `advisor account setup-code` on the server for a new one.",
    sentences.SETUP_DONE.text: "The first administrator is there already. Please sign in.",
    sentences.LOGIN_TAKEN.text: "This login name is taken. Choose another.",
    sentences.LOGIN_BAD.text: "A login name has 3 to 100 characters and no blanks.",
    sentences.FORM_OLD.text: "The page was too old. Nothing was sent; please send it again.",
    sentences.OUTSIDE_FAILED.text: "Sign-in through your organisation did not work. Please start again.",
    sentences.OUTSIDE_UNKNOWN.text: "This account is not registered here yet. Ask your administrator.",
    sentences.DIFFERS.text: "The two passwords differ. Please type the same one twice.",
    passwords.TOO_SHORT.text: "The password is short. Use at least 10 characters; a sentence is fine.",
    passwords.TOO_LONG.text: "The password is too long. Use at most 200 characters.",
    passwords.TOO_COMMON.text: "This password is common or easy to guess. Join a few words of your own.",
    HIDDEN.text: "Not found. Please check the address.",
}


def say(key: str, lang: str, **values: object) -> str:
    """Return a label in "ko" or "en"."""
    return WORDS[key][lang == "en"].format(**values)


def told(error: AdvisorError, lang: str) -> str:
    """Return the sentence of a refusal."""
    english = _ENGLISH.get(error.user_message.text)
    if lang != "en" or english is None:
        return str(error.user_message)
    minutes = error.minutes if isinstance(error, WaitError) else 0
    return english.format(minutes=minutes)
