"""What can go wrong with a public source: the closed list, and the Korean sentence of each."""

from enum import StrEnum

from advisor.errors import AdvisorError
from advisor.messages import UserMessage


class Fault(StrEnum):
    """Why a call gave nothing that can be used."""

    FORBIDDEN_ADDRESS = "forbidden_address"
    BAD_ADDRESS = "bad_address"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    SERVER = "server"
    BUSY = "busy"
    TOO_FAST = "too_fast"
    DAILY_LIMIT = "daily_limit"
    BUDGET = "budget"
    KEY_UNKNOWN = "key_unknown"
    KEY_EXPIRED = "key_expired"
    KEY_ADDRESS = "key_address"
    NO_ACCESS = "no_access"
    BAD_REQUEST = "bad_request"
    APPLICATION = "application"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    ATTACHMENT = "attachment"


# Another try soon may go well.
TRANSIENT = frozenset({
    Fault.UNREACHABLE, Fault.TIMEOUT, Fault.SERVER, Fault.BUSY, Fault.TOO_FAST, Fault.APPLICATION,
    Fault.UNREADABLE, Fault.REFUSED,
})  # fmt: skip
# The set-up is to blame, and whoever runs the command can mend it.
_SETUP = frozenset({
    Fault.FORBIDDEN_ADDRESS, Fault.BAD_ADDRESS, Fault.KEY_UNKNOWN, Fault.KEY_EXPIRED,
    Fault.KEY_ADDRESS, Fault.NO_ACCESS, Fault.REFUSED,
})  # fmt: skip
_LATER = "잠시 뒤 같은 명령을 다시 실행해 주세요. 멈춘 곳부터 이어서 받습니다."
SENTENCES: dict[Fault, UserMessage] = {
    Fault.FORBIDDEN_ADDRESS: UserMessage(
        "내부망이나 이 컴퓨터를 가리키는 주소여서 접속하지 않았습니다.",
        "공개된 인터넷 주소인지 확인해 주세요.",
    ),
    Fault.BAD_ADDRESS: UserMessage(
        "주소의 꼴이 올바르지 않습니다.", "http:// 또는 https://로 시작하는 주소인지 확인해 주세요."
    ),
    Fault.UNREACHABLE: UserMessage(
        "서버에 연결하지 못했거나 연결이 도중에 끊겼습니다.", f"인터넷 연결을 확인하고, {_LATER}"
    ),
    Fault.TIMEOUT: UserMessage("서버가 제때 답하지 않았습니다.", _LATER),
    Fault.REDIRECTS: UserMessage(
        "주소가 계속 다른 곳으로 넘어가거나, 키를 다른 서버로 보내려 해서 멈췄습니다.",
        "설정한 주소가 맞는지 확인해 주세요.",
    ),
    Fault.TOO_LARGE: UserMessage(
        "응답이 받을 수 있는 크기를 넘어 멈췄습니다.", "설정한 주소가 맞는지 확인해 주세요."
    ),
    Fault.NOT_FOUND: UserMessage(
        "그 주소에 자료가 없습니다.", "주소가 바뀌었는지 누리집에서 확인해 주세요."
    ),
    Fault.REFUSED: UserMessage(
        "서버가 요청을 거절했습니다.",
        "인증키가 맞는지, 활용 신청이 승인되었는지 확인해 주세요. 승인 뒤 한두 시간이 걸리기도 합니다.",
    ),
    Fault.SERVER: UserMessage("서버에 문제가 있어 답을 받지 못했습니다.", _LATER),
    Fault.BUSY: UserMessage("서버가 지금은 요청을 더 받지 않습니다.", _LATER),
    Fault.TOO_FAST: UserMessage("초당 요청 한도를 넘었다고 합니다.", _LATER),
    Fault.DAILY_LIMIT: UserMessage(
        "오늘 쓸 수 있는 요청 수를 다 썼다고 합니다.",
        "내일 다시 실행하면 멈춘 곳부터 이어서 받습니다.",
    ),
    Fault.BUDGET: UserMessage(
        "이 원천에 정해 둔 하루 요청 수를 다 썼습니다.",
        "내일 다시 실행하거나, sources.yaml의 daily_calls를 늘려 주세요.",
    ),
    Fault.KEY_UNKNOWN: UserMessage(
        "등록되지 않은 인증키라고 합니다.",
        "키를 다시 복사해 넣어 주세요(인코딩·디코딩 키 모두 됩니다). 승인 뒤 한두 시간이 걸리기도 합니다.",
    ),
    Fault.KEY_EXPIRED: UserMessage(
        "사용 기한이 지난 인증키라고 합니다.", "공공데이터포털에서 활용 기간을 연장해 주세요."
    ),
    Fault.KEY_ADDRESS: UserMessage(
        "이 서버의 주소에서는 쓸 수 없는 인증키라고 합니다.",
        "활용 신청에 등록한 IP·도메인을 확인해 주세요.",
    ),
    Fault.NO_ACCESS: UserMessage(
        "이 서비스를 쓸 권한이 없는 인증키라고 합니다.",
        "공공데이터포털에서 이 API의 활용 신청을 해 주세요.",
    ),
    Fault.BAD_REQUEST: UserMessage(
        "요청이 올바르지 않다고 합니다.", "서비스가 바뀌었을 수 있습니다. 관리자에게 알려 주세요."
    ),
    Fault.APPLICATION: UserMessage("서비스 안에서 문제가 생겼다고 합니다.", _LATER),
    Fault.UNREADABLE: UserMessage("응답이 끊겼거나 약속된 꼴이 아니어서 읽지 못했습니다.", _LATER),
    Fault.CHANGED: UserMessage(
        "응답에 늘 있던 칸이 없습니다. 서비스가 바뀌었을 수 있어 반영하지 않았습니다.",
        "관리자에게 알려 주세요. 그동안 기존 기록은 그대로 둡니다.",
    ),
    Fault.ATTACHMENT: UserMessage(
        "첨부 파일을 읽지 못했습니다.", "누리집에서 파일을 열어 확인해 주세요."
    ),
}


class SourceError(AdvisorError):
    """A source could not be used; never holds a key or an address with one."""

    def __init__(
        self, fault: Fault, detail: str = "", *, retry_after_s: float | None = None, note: str = ""
    ) -> None:
        """Keep which fault it is.

        Args:
            fault: Of the closed list.
            detail: English, for the log.
            retry_after_s: What the server asks to wait.
            note: Korean, what exactly (a field, a size); stands in brackets behind the sentence.
        """
        message = SENTENCES[fault]
        if note:
            message = UserMessage(f"{message.text} ({note})", message.next_step)
        super().__init__(message, detail or fault.value)
        self.fault = fault
        self.retry_after_s = retry_after_s
        # What the user set up wrongly is 2, what a server or the product does is 1.
        self.exit_code = 2 if fault in _SETUP else 1
