"""What people read when a sign-in, a code or a permission is refused; each with the next step."""

from advisor.messages import UserMessage

# One sentence for a wrong name, a wrong password and a closed account: none tells which it was.
WRONG = UserMessage(
    text="아이디나 비밀번호가 맞지 않습니다.",
    next_step="다시 확인해 주세요. 계속되면 관리자에게 비밀번호 재설정을 요청해 주세요.",
)
LOCKED = UserMessage(
    text="여러 번 맞지 않아 잠시 로그인을 막았습니다.",
    next_step="{minutes}분 뒤 다시 해 주세요. 급하시면 관리자에게 재설정을 요청해 주세요.",
)
CODE_WRONG = UserMessage(
    text="코드가 맞지 않거나 유효 시간이 지났습니다.",
    next_step="코드를 준 사람에게 새 코드를 받아 다시 입력해 주세요.",
)
SETUP_CODE_WRONG = UserMessage(
    text="설정 코드가 맞지 않거나 유효 시간이 지났습니다.",
    next_step="서버 컴퓨터의 터미널에서 `advisor account setup-code`를 실행해 새 코드를 받아 주세요.",
)
SETUP_DONE = UserMessage(
    text="첫 관리자는 이미 만들어졌습니다.", next_step="로그인 화면에서 로그인해 주세요."
)
SESSION_OVER = UserMessage(
    text="로그인이 끝났습니다.", next_step="다시 로그인하시면 하던 일로 돌아갑니다."
)
SIGN_IN_NEEDED = UserMessage(
    text="로그인이 필요한 화면입니다.", next_step="받으신 계정으로 로그인해 주세요."
)
NO_PERMISSION = UserMessage(
    text="이 일을 할 권한이 없습니다.",
    next_step="필요하시면 관리자에게 역할을 요청해 주세요.",
)
CHANGE_FIRST = UserMessage(
    text="먼저 새 비밀번호를 정해야 합니다.",
    next_step="비밀번호를 바꾸는 화면에서 새 비밀번호를 정해 주세요.",
)
FORM_OLD = UserMessage(
    text="화면이 오래되어 보낸 내용을 받지 않았습니다.",
    next_step="화면을 새로 고친 뒤 다시 보내 주세요.",
)
LOGIN_TAKEN = UserMessage(text="이미 있는 아이디입니다.", next_step="다른 아이디를 정해 주세요.")
LOGIN_BAD = UserMessage(
    text="아이디로 쓸 수 없습니다.",
    next_step="3자에서 100자 사이로, 빈칸 없이 정해 주세요.",
)
ACCOUNT_UNKNOWN = UserMessage(
    text="그런 계정이 없습니다.", next_step="`advisor account list`로 아이디를 확인해 주세요."
)
ORGANISATION_UNKNOWN = UserMessage(
    text="그런 기관이 없습니다.",
    next_step="`advisor account list`로 기관을 확인하거나 --organisation-name으로 새로 만들어 주세요.",
)
ROLE_UNKNOWN = UserMessage(
    text="그런 역할이 없습니다.",
    next_step="owner, consultant, helpdesk, curator, administrator 가운데에서 골라 주세요.",
)
LAST_ADMINISTRATOR = UserMessage(
    text="마지막 관리자는 없앨 수 없습니다.",
    next_step="다른 사람을 관리자로 정한 뒤 다시 해 주세요.",
)
OUTSIDE_FAILED = UserMessage(
    text="기관 계정으로 로그인하지 못했습니다.",
    next_step="처음부터 다시 해 주세요. 계속되면 아이디와 비밀번호로 로그인하거나 관리자에게 알려 주세요.",
)
OUTSIDE_UNKNOWN = UserMessage(
    text="이 기관 계정은 아직 등록되지 않았습니다.",
    next_step="관리자에게 계정 등록을 요청해 주세요.",
)
NOT_SHARED = UserMessage(
    text="나누기 코드가 맞지 않거나 유효 시간이 지났습니다.",
    next_step="상담의 주인에게 새 코드를 받아 주세요.",
)
WAIT = UserMessage(
    text="여러 번 맞지 않아 잠시 막았습니다.", next_step="{minutes}분 뒤 다시 해 주세요."
)
KEY_WRONG = UserMessage(
    text="API 키가 맞지 않거나, 기한이 지났거나, 회수되었습니다.",
    next_step="키를 다시 확인하고, 계속되면 관리자에게 새 키를 받아 주세요.",
)
KEY_UNKNOWN = UserMessage(
    text="그런 API 키가 없거나 이미 회수했습니다.",
    next_step="`advisor key list`로 번호나 앞글자를 확인해 주세요.",
)
KEY_NAME_MISSING = UserMessage(
    text="API 키의 이름이 비어 있습니다.",
    next_step="어디에 쓰는 키인지 알 수 있는 이름을 적어 주세요.",
)
SCOPE_UNKNOWN = UserMessage(
    text="API 키로 할 수 있는 일의 이름이 비었거나 틀립니다.",
    next_step="ask, search, records, match, plan, diagnose, report, consultations, documents 가운데에서 골라 주세요.",
)
TOO_OFTEN = UserMessage(
    text="짧은 시간에 너무 많이 요청하셨습니다.",
    next_step="{seconds}초 뒤에 다시 보내 주세요. 더 많이 쓰셔야 하면 관리자에게 API 키를 요청해 주세요.",
)
REASON_MISSING = UserMessage(
    text="까닭이 비어 있습니다.", next_step="왜 바꾸는지 한 문장으로 적어 주세요."
)
DIFFERS = UserMessage(
    text="두 비밀번호가 서로 다릅니다.", next_step="같은 비밀번호를 두 번 적어 주세요."
)
