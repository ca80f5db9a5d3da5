"""A funding plan in the shape of the contract (pure)."""

from dataclasses import asdict
from typing import Any

from advisor.domain.plan import Conflict, FundingPlan


def plan_json(plan: FundingPlan) -> dict[str, Any]:
    """Return a plan as JSON: the contract's fields, then what was added to them."""
    return {
        "project_cost_krw": plan.cost.chosen,
        "lines": [asdict(one) for one in plan.lines],
        "own_cash_krw": plan.own_cash_krw,
        "own_in_kind_krw": plan.own_in_kind_krw,
        "loan_krw": plan.loan_krw,
        "tax_credit_krw": plan.tax_credit_krw,
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "assumptions": list(plan.assumptions),
        "title": plan.title,
        "solution": plan.solution_id,
        "cost_range_krw": [plan.cost.low, plan.cost.high],
        "cost_basis": plan.cost.basis,
        "rules": [_conflict(one) for one in plan.rules],
        "cash_by_month": [asdict(one) for one in plan.cash],
        "peak_cash_krw": plan.peak_cash_krw,
        "sensitivity": [asdict(one) for one in plan.sensitivity],
        "shares": dict(plan.shares),
        "alternatives": [plan_json(one) for one in plan.alternatives],
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "between": list(one.between),
        "rule": one.rule,
        "source": {"url": one.url, "record_id": one.record_id},
    }
