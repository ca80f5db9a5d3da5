"""The records of the corpus: programs, solutions, cases, experts, FAQs, funding rules.

Each record has the same small surface: `id`, `title` (the Korean name a page shows), `sources`,
`confidence`, `aliases` (everyday names) and `sido` (short names of the 시·도 it is for; empty is
nationwide or not said). A null is "no source says", never zero.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from advisor.domain.criteria import Criterion
from advisor.domain.passages import Kind
from advisor.domain.source import Source, Strict
from advisor.domain.vocabulary import Vocabulary

Confidence = Literal["high", "medium", "low"]
RecordId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

ProgramKind = Literal[
    "grant", "loan", "guarantee", "voucher", "consulting", "rnd", "training", "data",
    "certification", "tax", "policy",
]  # fmt: skip
AmountBasis = Literal[
    "per_company", "per_project", "per_consortium", "loan_limit", "loan_limit_per_site",
    "guarantee_limit",
]  # fmt: skip
StatusSaid = Literal["closed", "past_edition", "ongoing", "unknown"]
WebBasis = Literal["source", "general_knowledge"]
SolutionKind = Literal["type", "product", "dataset", "open_source"]
ExpertKind = Literal[
    "public_agency", "technopark", "ai_center", "association", "expert_pool",
    "research_institute", "university", "supplier",
]  # fmt: skip


class Record(Strict):
    """What every record has."""

    id: RecordId
    aliases: tuple[str, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked_on: dt.date

    @property
    def title(self) -> str:
        raise NotImplementedError


class Support(Strict):
    """What a program pays.

    `amount_year` is the year the ceiling was published for, often earlier than the program's;
    `subsidy_rate` the public share of the cost, 0 to 1 (guarantees: guarantee ratio, tax: credit
    rate); `own_share` what the company bears, in words.
    """

    max_amount_krw: int | None
    amount_basis: AmountBasis | None
    amount_year: int | None
    subsidy_rate: Annotated[float, Field(ge=0, le=1)] | None
    own_share: str | None
    loan_rate: str | None
    loan_term: str | None
    detail: str | None


class Eligibility(Strict):
    """Who may apply, in the record's words; `SupportProgram.criteria` are what code can judge."""

    company_size: tuple[str, ...] | None
    industry: str | None
    smart_factory_level: str | None
    region: tuple[str, ...]
    years_in_business: str | None
    revenue_limit: str | None
    employee_limit: str | None
    consortium: str | None
    other_requirements: tuple[str, ...] | None
    exclusions: tuple[str, ...] | None


class Window(Strict):
    """When applications are taken.

    `status_said` is what the sources said on `checked_on`: closed (a published last day is past),
    past_edition (an earlier year's edition, a newer one not verified), ongoing (described as
    continuing, not verified), unknown. `applicants` operator means that the dates are for the
    offices that run the program, not for companies. The state on a day is
    `matching.windows.window_on`.

    `closes_at` is the hour of the last day in Asia/Seoul ("18:00"; "24:00" is the whole day),
    `extended_to` a later last day that was published, `closed_early_on` the first day on which
    nothing was taken any more, `until_funds_run_out` an end that may come with the money.
    """

    opens_on: dt.date | None
    closes_on: dt.date | None
    typical_schedule: str | None
    status_said: StatusSaid
    applicants: Literal["company", "operator"] = "company"
    closes_at: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")] | None = None
    extended_to: dt.date | None = None
    closed_early_on: dt.date | None = None
    until_funds_run_out: bool = False


class Contact(Strict):
    """Whom to ask; `web_basis` general_knowledge means the address was not in a source."""

    organization: str | None
    phone: str | None
    web: str | None
    web_basis: WebBasis | None


class SupportProgram(Record):
    """A support program in the edition of `year`."""

    name: str
    name_en: str
    year: int
    agency: str
    operator: str | None
    kind: ProgramKind
    purpose: str
    support: Support
    eligibility: Eligibility
    sido: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    human_conditions: tuple[str, ...] = ()
    window: Window
    how_to_apply: str | None
    documents: tuple[str, ...] | None
    contact: Contact
    stages: tuple[str, ...] | None
    notes: str | None

    @property
    def title(self) -> str:
        return self.name


class Solution(Record):
    """A type of solution, a product, an open-source tool or a public dataset."""

    name: str
    name_en: str
    kind: SolutionKind
    supplier: str | None
    problem: str
    industries_processes: tuple[str, ...]
    required_data: str
    prerequisites: str
    readiness_level: str | None
    cost_range_krw: str | None
    lead_time: str | None
    deployment: str | None
    outcomes_claimed: tuple[str, ...]
    notes: str | None

    @property
    def title(self) -> str:
        return self.name

    @property
    def sido(self) -> tuple[str, ...]:
        return ()


class Outcome(Strict):
    """A measured change; `change_pct` in percent, negative is a decrease."""

    metric: str
    before: float | int | str | None
    after: float | int | str | None
    change_pct: float | int | None
    note: str | None = None


class CaseStudy(Record):
    """A published adoption; `company_size` and `employees` only where the source says."""

    company: str
    country: Literal["KR", "TW", "JP"]
    industry: str
    region: str | None
    sido: tuple[str, ...] = ()
    employees: int | None
    company_size: str | None
    process: str
    ai_used: bool | None
    technology: tuple[str, ...]
    problem: str
    solution: str
    supplier: str | None
    program_used: str | None
    year: int | None
    outcomes: tuple[Outcome, ...]
    investment: str | None
    lessons: str
    notes: str | None

    @property
    def title(self) -> str:
        return f"{self.company} — {self.problem}"


class Expert(Record):
    """An organisation or pool that helps; no private persons."""

    name: str
    name_en: str
    kind: ExpertKind
    regions: tuple[str, ...]
    sido: tuple[str, ...] = ()
    services: tuple[str, ...]
    for_whom: str
    cost: str | None
    homepage_domain: str | None
    phone: str | None
    address: str | None
    notes: str | None

    @property
    def title(self) -> str:
        return self.name


class Faq(Record):
    """A question with an answer that holds as of a year."""

    topic: str
    question: str
    answer: str
    as_of_year: int
    related_programs: tuple[RecordId, ...]

    @property
    def title(self) -> str:
        return self.question

    @property
    def sido(self) -> tuple[str, ...]:
        return ()


class CostShares(Strict):
    """Who bears which part of a project's cost, as the source prints it; None is "-"."""

    national: str | None
    local: str | None
    company: str | None


class FundingRule(Record):
    """One rule, example or gap on how support combines.

    `statement` stands as written; `years` are the years it holds for, empty where not said.
    Topic 미확인 says what was looked for and not found, 자료 읽는 법 how to read the records.
    """

    name: str
    topic: str
    statement: str
    statement_en: str | None = None
    years: tuple[int, ...]
    shares: CostShares | None = None
    related_programs: tuple[RecordId, ...]
    notes: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def title(self) -> str:
        return self.name

    @property
    def sido(self) -> tuple[str, ...]:
        return ()


AnyRecord = SupportProgram | Solution | CaseStudy | Expert | Faq | FundingRule


@dataclass(frozen=True, slots=True)
class Corpus:
    """All records by id, in the order of their ids."""

    programs: Mapping[str, SupportProgram] = field(default_factory=dict)
    solutions: Mapping[str, Solution] = field(default_factory=dict)
    cases: Mapping[str, CaseStudy] = field(default_factory=dict)
    experts: Mapping[str, Expert] = field(default_factory=dict)
    faqs: Mapping[str, Faq] = field(default_factory=dict)
    funding_rules: Mapping[str, FundingRule] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def record(self, record_id: str) -> AnyRecord:
        """Return the record; raises KeyError where no record has this id."""
        for group in self._groups().values():
            if record_id in group:
                return group[record_id]
        raise KeyError(record_id)

    def __contains__(self, record_id: str) -> bool:
        return any(record_id in group for group in self._groups().values())

    def kind_of(self, record_id: str) -> Kind:
        """Return the kind; raises KeyError where no record has this id."""
        for kind, group in self._groups().items():
            if record_id in group:
                return kind
        raise KeyError(record_id)

    def records(self) -> Iterator[AnyRecord]:
        """Go through all records, kind by kind."""
        for group in self._groups().values():
            yield from group.values()

    def _groups(self) -> dict[Kind, Mapping[str, AnyRecord]]:
        return {
            Kind.PROGRAM: self.programs,
            Kind.SOLUTION: self.solutions,
            Kind.CASE: self.cases,
            Kind.EXPERT: self.experts,
            Kind.FAQ: self.faqs,
            Kind.FUNDING_RULE: self.funding_rules,
        }
