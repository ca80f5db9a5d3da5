"""A second, small implementation of the protocol that the page is written against.

Its answers are prepared; a test decides when they come (`hold`) and whether they come (`fail`).
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from advisor.conversation.transcripts import ConsultationLike, MemoryTranscripts
from advisor.domain.answer import Answer, AnswerStatus, Citation
from advisor.domain.facade import KeptConsultation
from advisor.domain.profile import Fact, Profile
from advisor.domain.vocabulary import ProfileField
from advisor.errors import BadInputError
from advisor.intake.form import read_values
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage

TEXT = "시험 지원사업은 **5천만 원**까지 지원합니다 [1]. 접수는 끝났습니다 [2].\n\n- 자부담 50% [1]"
CITATIONS = (
    Citation(
        "1", "sample-program-2026", "program", "2026년 시험 지원사업", "최대 5천만 원, 자부담 50%",
        url="https://example.org/notice", publisher="시험 기관", date="2026-01-30",
        confidence="high",
    ),
    Citation(
        "2", "sample-notice", "document", "시험 공고문", "접수 2026. 2. 20.까지",
        url="javascript:alert(1)", publisher="시험 기관", date="2026-01-30", page=3,
        section="Ⅱ. 신청", confidence="low",
    ),
)  # fmt: skip
FOLLOW_UPS = ("자부담은 얼마인가요?", "비슷한 사업이 있나요?")


def _field(name: str, label: str, type_: str, unit: str | None, ask: str) -> ProfileField:
    allowed = ("경기", "경남") if type_ == "enum" else None
    return ProfileField(
        name, "회사", label, type_, unit, allowed, (), "high", ask, (), "low", None, None, (), None
    )


FIELDS = [
    _field("factory_sido", "공장 소재지", "enum", None, "공장이 어느 시·도에 있나요?"),
    _field("employees_regular", "상시근로자 수", "integer", "명", "상시근로자는 몇 분인가요?"),
    _field("revenue_krw_last", "지난해 매출", "integer", "원", "지난해 매출은 얼마였나요?"),
]


@dataclass
class ScriptedAdvisor:
    """Answers every question with the same sources, and remembers "30명" as a fact."""

    hold: threading.Event = field(default_factory=threading.Event)
    fail: bool = False
    text: str = TEXT
    status: AnswerStatus = AnswerStatus.ANSWERED
    asked: list[str] = field(default_factory=list)
    engine_name: str = "embedded"
    pieces: tuple[str, ...] = ()
    model_host: str = ""

    def __post_init__(self) -> None:
        self._kept = MemoryTranscripts()
        self.hold.set()

    def ask(
        self,
        text: str,
        *,
        consultation_id: str | None = None,
        profile: Mapping[str, object] | None = None,
        today: date | None = None,
        language: str | None = None,
        on_step: Callable[[str], None] | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        self.asked.append(text)
        consultation_id = consultation_id or self._kept.create()
        for step in ("screen", "retrieve"):
            if on_step:
                on_step(step)
        for piece in self.pieces:
            if on_text:
                on_text(piece)
        if not self.hold.wait(120):
            raise TimeoutError
        if self.fail:
            raise RuntimeError("the back end broke")
        kept = self._consultation(consultation_id).profile
        if "30명" in text:
            kept = kept.with_facts({"employees_regular": Fact(30, "직원 30명")})
        cited = self.status is AnswerStatus.ANSWERED
        answer = Answer(
            f"a{len(self.asked)}", self.status, self.text, CITATIONS if cited else (),
            follow_ups=FOLLOW_UPS, profile=kept.values(), consultation_id=consultation_id,
            next_question="공장이 어느 지역에 있나요?",
        )  # fmt: skip
        if language == "en":
            answer = replace(answer, text="The sample program pays up to 50 million won [1].")
        self._kept.append_turn(
            consultation_id, question=text, answer=answer.to_json(), profile=kept, state={}
        )
        return answer

    def new_consultation(self) -> str:
        return self._kept.create()

    def consultation(self, consultation_id: str) -> KeptConsultation | None:
        return self._kept.load(consultation_id)

    def set_profile(self, consultation_id: str, values: Mapping[str, object | None]) -> Profile:
        kept = self._consultation(consultation_id).profile
        gone = [name for name, value in values.items() if value is None]
        profile = kept.without(*gone).with_facts(read_values(values, {f.id: f for f in FIELDS}))
        self._kept.set_profile(consultation_id, profile)
        return profile

    def delete_consultation(self, consultation_id: str) -> bool:
        return self._kept.delete(consultation_id)

    def add_feedback(self, consultation_id: str, turn: int, rating: int, comment: str = "") -> None:
        self._kept.add_feedback(consultation_id, turn, rating, comment)

    def profile_fields(self) -> list[ProfileField]:
        return FIELDS

    def _consultation(self, consultation_id: str) -> ConsultationLike:
        kept = self._kept.load(consultation_id)
        if kept is None:
            raise BadInputError(CONSULTATION_UNKNOWN)
        return kept


@dataclass
class ScriptedOpening:
    """An opening whose state a test sets."""

    advisor: ScriptedAdvisor | None = None
    problem: UserMessage | None = None
    retries: int = 0

    def retry(self) -> None:
        self.retries += 1
        self.problem = None
