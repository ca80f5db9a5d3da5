"""`advisor plan`: how a company can pay for a solution."""

import json
from pathlib import Path

import click

from advisor.cli.profile_file import company_from, day_from
from advisor.config import Settings
from advisor.corpus.effective import load_effective
from advisor.domain.money import format_krw
from advisor.domain.plan import FundingPlan
from advisor.domain.records import Corpus, Solution
from advisor.errors import BadInputError
from advisor.matching.plan import make_plan
from advisor.matching.plan_present import plan_json
from advisor.messages import UserMessage

LINE_WORDS = {
    "grant": "보조금", "local": "지방비", "loan": "융자", "guarantee": "보증", "tax_credit": "세액공제",
}  # fmt: skip


@click.command(
    epilog="예: advisor plan --profile 회사.yaml --solution sol-ai-vision --cost 120000000 --json"
)
@click.option(
    "--profile", "profile_file", required=True, type=click.Path(path_type=Path),
    help="회사 정보 파일(YAML, JSON). self_fund_krw가 있으면 융자를 나눕니다.",
)  # fmt: skip
@click.option(
    "--solution",
    "solution_id",
    required=True,
    help="솔루션 id(advisor match --kind solution에서 봅니다).",
)
@click.option(
    "--cost",
    "cost_krw",
    type=click.IntRange(0),
    help="사업비(원). 비우면 자료의 범위로 계산합니다.",
)
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def plan(
    *, profile_file: Path, solution_id: str, cost_krw: int | None, day: str | None, as_json: bool
) -> None:
    """솔루션 한 건의 비용을 보조금·자부담·융자·세액공제로 나누어 봅니다."""
    settings, today = Settings(), day_from(day)
    corpus = load_effective(settings).corpus
    company = company_from(profile_file, corpus, today)
    made = make_plan(
        corpus, company, solution_of(corpus, solution_id), cost_krw=cost_krw, today=today
    )
    if as_json:
        click.echo(json.dumps(plan_json(made), ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(show(one, corpus) for one in (made, *made.alternatives)))


def solution_of(corpus: Corpus, solution_id: str) -> Solution:
    """Return the solution; raises BadInputError where there is none of this id."""
    found = corpus.solutions.get(solution_id)
    if found is None:
        raise BadInputError(
            UserMessage(
                text=f"'{solution_id}' 솔루션을 찾지 못했습니다.",
                next_step="`advisor match --profile 회사.yaml --kind solution`에 나오는 id를 적어 주세요.",
            )
        )
    return found


def show(plan: FundingPlan, corpus: Corpus) -> str:
    """Return one plan as plain text for a terminal."""
    rows = [plan.title, f"  사업비      {_won(plan.cost.chosen)}"]
    for one in plan.lines:
        title = corpus.record(one.record_id).title
        rows.append(f"  {LINE_WORDS[one.kind]:<8}  {_won(one.amount_krw)}  {title} — {one.basis}")
    rows.append(f"  자기 현금   {_won(plan.own_cash_krw)}")
    if plan.loan_krw:
        rows.append(f"  융자 합계   {_won(plan.loan_krw)}")
    if plan.peak_cash_krw is not None:
        rows.append(f"  한때 가장 많이 묶이는 돈  {_won(plan.peak_cash_krw)}")
    rows += [f"  ! {one.rule}" for one in plan.conflicts]
    return "\n".join([*rows, *(f"  · {one}" for one in plan.assumptions)])


def _won(amount: int | None) -> str:
    return "자료에 없음" if amount is None else format_krw(amount)
