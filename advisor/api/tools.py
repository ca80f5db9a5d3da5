"""What a language model's tools can ask of the Advisor: six thin adapters over its contract."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from advisor.accounts.policy import Action, Kind
from advisor.accounts.rates import RateClass
from advisor.accounts.scopes import Scope
from advisor.api.diagnosis import DiagnoseBody
from advisor.api.problems import NOT_FOUND
from advisor.api.schemas import AskBody, MatchBody, PlanBody, SearchBody
from advisor.api.shapes import (
    AnswerShape,
    DiagnosisShape,
    HitsShape,
    MatchesShape,
    PlanShape,
    RecordShape,
)
from advisor.assemble import Advisor
from advisor.diagnosis.answers import check_version
from advisor.domain.passages import Kind as RecordKind
from advisor.errors import BadInputError


class RecordBody(BaseModel):
    """Which record; ids stand in answers, hits and matches."""

    model_config = ConfigDict(extra="forbid")

    record_id: str = Field(min_length=1, max_length=200)


@dataclass(frozen=True)
class Tool:
    """One tool: what goes in, what comes out, what an asker must be allowed for it."""

    name: str
    title: str
    description: str
    body: type[BaseModel]
    result: type[BaseModel]
    scope: Scope
    run: Callable[[Advisor, Any], dict[str, Any]]
    kind: Kind = Kind.ADVICE
    action: Action = Action.USE
    rate: RateClass = RateClass.READ


def ask(advisor: Advisor, body: AskBody) -> dict[str, Any]:
    """Answer one message."""
    return advisor.ask(
        body.text, consultation_id=body.consultation_id, profile=body.profile, today=body.today,
        language=body.language,
    ).to_json()  # fmt: skip


def search(advisor: Advisor, body: SearchBody) -> dict[str, Any]:
    """Ranked hits of the index."""
    hits = advisor.search(
        body.query, k=body.k, kinds={body.kind} if body.kind else None, region=body.region,
        open_on=body.open_on,
    )  # fmt: skip
    return {"hits": hits}


def get_record(advisor: Advisor, body: RecordBody) -> dict[str, Any]:
    """A record with all its fields."""
    found = advisor.record(body.record_id)
    if found is None:
        raise BadInputError(NOT_FOUND)
    return found


def match_programs(advisor: Advisor, body: MatchBody) -> dict[str, Any]:
    """Verdicts and recommendations for a company."""
    kind = RecordKind(body.kind) if body.kind else None
    found = advisor.support.match(
        body.profile, kind=kind, k=body.k, worry=body.worry, today=body.today
    )
    return {"matches": found}


def plan(advisor: Advisor, body: PlanBody) -> dict[str, Any]:
    """A funding plan for one project."""
    return advisor.support.plan(
        body.profile, solution_id=body.solution, cost_krw=body.cost, today=body.today
    )


def diagnose(advisor: Advisor, body: DiagnoseBody) -> dict[str, Any]:
    """The readiness result of answers."""
    check_version(body.model_dump(), advisor.desk.instrument, "보내신 답")
    return advisor.diagnose(body.answers, profile=body.profile)


TOOLS = (
    Tool(
        "ask", "상담",
        "한국 제조기업의 AI·스마트공장 도입과 지원사업 질문에 출처를 달아 답합니다. 이어서 물으려면 "
        "앞 답의 consultation_id를 넣으세요. 자료에 없으면 없다고 답합니다.",
        AskBody, AnswerShape, Scope.ASK, ask, Kind.CONSULTATION, Action.WRITE, RateClass.ASK,
    ),
    Tool(
        "search", "검색", "지원사업, 솔루션, 사례, 전문가, 문서를 찾습니다.",
        SearchBody, HitsShape, Scope.SEARCH, search,
    ),
    Tool(
        "get_record", "기록 보기", "record_id로 기록 하나의 모든 값과 출처를 봅니다.",
        RecordBody, RecordShape, Scope.RECORDS, get_record, action=Action.READ,
    ),
    Tool(
        "match_programs", "맞춤 추천",
        "회사 정보(profile)로 지원사업·솔루션·사례·전문가를 요건별로 판정합니다. k가 0이면 모두 봅니다.",
        MatchBody, MatchesShape, Scope.MATCH, match_programs,
    ),
    Tool(
        "plan", "자금 계획", "솔루션 하나의 비용을 보조금·자기 돈·융자로 어떻게 댈지 나눕니다.",
        PlanBody, PlanShape, Scope.PLAN, plan,
    ),
    Tool(
        "diagnose", "준비 수준 진단", "진단 문항의 답으로 AI 도입 준비 수준을 냅니다.",
        DiagnoseBody, DiagnosisShape, Scope.DIAGNOSE, diagnose,
    ),
)  # fmt: skip
