"""The kill switch: turns the assistant off in every serving process, leaving search and contacts."""

import time
from dataclasses import dataclass, field

from advisor.accounts.actor import Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.policy import Kind
from advisor.accounts.sentences import REASON_MISSING
from advisor.domain.answer import Answer, AnswerStatus
from advisor.errors import BadInputError
from advisor.stores.switches import SwitchState, SwitchStore

ASSISTANT = "assistant"
# Read anew this often by a process; the issue asks for five seconds at most.
READ_EVERY_S = 1.0
# 1357 and its web site stand in the corpus (corpus/experts); both answer in person.
OFF_TEXT = {
    "ko": "지금은 인공지능 상담을 멈추어 두었습니다. 답이 틀리지 않도록 관리자가 확인하고 있습니다.\n\n"
    "그동안 이렇게 하실 수 있습니다.\n\n"
    "- **중소기업 통합콜센터 1357**에 전화해 상담원에게 물어보세요.\n"
    "- **기업마당(www.bizinfo.go.kr)** 에서 접수 중인 지원사업 공고를 찾아보세요.\n"
    "- 이 화면의 **지원금·계획**에서 공고와 자격 조건을 찾아보실 수 있습니다.",
    "en": "The AI advisor is switched off for now while its answers are being checked.\n\n"
    "In the meantime:\n\n"
    "- Call **1357**, the SME call centre, and ask a person.\n"
    "- Look up open programs at **www.bizinfo.go.kr**.\n"
    "- **Support & plan** on this page still shows notices and conditions.",
}


@dataclass
class SwitchReader:
    """Tells whether the assistant may answer; one value is remembered for a second."""

    store: SwitchStore
    _read_at: float = field(default=float("-inf"), init=False)
    _state: SwitchState = field(default_factory=SwitchState, init=False)

    def is_on(self) -> bool:
        """Tell whether the assistant may answer; at most a second old."""
        return self.state().is_on

    def state(self) -> SwitchState:
        """Return how the switch stands and why; at most a second old."""
        if time.monotonic() - self._read_at > READ_EVERY_S:
            self._state = self.store.state(ASSISTANT)
            self._read_at = time.monotonic()
        return self._state


@dataclass
class AssistantSwitch(SwitchReader):
    """The same, and puts it."""

    audit: AuditLog

    def put(self, actor: Actor, *, is_on: bool, reason: str) -> SwitchState:
        """Turn the assistant on or off; other processes follow within two seconds.

        Raises:
            BadInputError: No reason is given.
        """
        reason = reason.strip()[:500]
        if not reason:
            raise BadInputError(REASON_MISSING)
        self._state = self.store.put(ASSISTANT, is_on=is_on, reason=reason, actor=actor.id)
        self._read_at = time.monotonic()
        self.audit.record(actor, "switch_on" if is_on else "switch_off", Kind.SWITCH, ASSISTANT)
        return self._state


def off_answer(answer_id: str, text: str, language: str | None) -> Answer:
    """Return what the assistant says while it is off, in the language asked for or written in."""
    is_korean = any("가" <= letter <= "힣" for letter in text) or not text.strip()
    spoken = language or ("ko" if is_korean else "en")
    return Answer(id=answer_id, status=AnswerStatus.BLOCKED, text=OFF_TEXT[spoken])
