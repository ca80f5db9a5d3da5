"""A funding plan: who pays what of one project, when, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LineKind = Literal["grant", "local", "loan", "guarantee", "tax_credit"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a project costs, in won; `low` and `high` where a source gives a range.

    `chosen` is what the plan counts with, None where no source and nobody says. `basis` is the
    sentence for the owner.
    """

    chosen: int | None
    basis: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Money from one program; `amount_krw` None where no source says how much.

    `certain` is only true where the window is open and the verdict is eligible; even then the
    selection decides. A guarantee brings no money, it makes the loan possible.
    """

    record_id: str
    kind: LineKind
    amount_krw: int | None
    basis: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule on having several supports; `between` are record ids or the company's own words."""

    between: tuple[str, ...]
    rule: str
    url: str | None
    record_id: str


@dataclass(frozen=True, slots=True)
class CashMonth:
    """One month of the project, counted from the contract as 1; amounts in won, none negative.

    `balance_krw` is the company's own money that is bound by the end of the month.
    """

    month: int
    pay_krw: int
    receive_krw: int
    balance_krw: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class AtCost:
    """The same plan at another cost."""

    cost_krw: int
    grant_krw: int
    own_krw: int


@dataclass(frozen=True, slots=True)
class FundingPlan:
    """One way to pay for a project.

    Grants, local money, own cash, own work in kind and loans add up to the cost to the won. The
    tax credit comes later and stands apart. All amounts are None where the cost is not known.
    """

    solution_id: str
    title: str
    cost: Cost
    lines: tuple[PlanLine, ...]
    own_cash_krw: int | None
    own_in_kind_krw: int | None
    loan_krw: int | None
    tax_credit_krw: int | None
    conflicts: tuple[Conflict, ...] = ()
    rules: tuple[Conflict, ...] = ()
    assumptions: tuple[str, ...] = ()
    cash: tuple[CashMonth, ...] = ()
    peak_cash_krw: int | None = None
    sensitivity: tuple[AtCost, ...] = ()
    alternatives: tuple["FundingPlan", ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
