"""The closed list of eligibility criteria, as data.

Each criterion keeps `words`, the record's own, and `source`, an index into the record's sources
where one bears it. How much an unknown weighs belongs to the kind of criterion:

* a *requirement* decides: unknown keeps the whole verdict unknown (head count, region, level …),
* a *safeguard* is nearly always met and checked on paper (arrears, insolvency): unknown is shown
  as something to confirm and does not decide,
* a *step* is something to do, not something to be (find a supplier): it never decides.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from advisor.domain.source import Strict

Weight = Literal["requirement", "safeguard", "step"]
LEVELS = ("ICT 미적용", "기초", "중간1", "중간2", "고도")
Level = Literal["ICT 미적용", "기초", "중간1", "중간2", "고도"]
BuiltBy = Literal["government", "winwin", "own"]


class _Base(Strict):
    """What every criterion has."""

    weight: ClassVar[Weight] = "requirement"

    words: str = Field(min_length=1)
    source: Annotated[int, Field(ge=0)] | None = None


class _Bounded(_Base):
    """A number between two bounds, both included: "50인 미만" is at_most 49."""

    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _has_a_bound(self) -> "_Bounded":
        if self.at_least is None and self.at_most is None:
            raise ValueError("at_least or at_most is needed")
        return self


class CompanySize(_Base):
    """Size classes that may apply; `excluded` are classes within them that may not."""

    type: Literal["company_size"]
    allowed: tuple[str, ...] = Field(min_length=1)
    excluded: tuple[str, ...] = ()


class EmployeesRegular(_Bounded):
    """상시근로자 수, persons."""

    type: Literal["employees_regular"]


class RevenueKrw(_Bounded):
    """Yearly revenue in won; `basis` says which year's."""

    type: Literal["revenue_krw"]
    basis: Literal["last", "avg_3y"]


class BusinessAge(_Base):
    """Full years since the company was founded.

    "7년 이내" is at_most 7 and takes the seventh anniversary in, "7년 미만" is less_than 7 and
    leaves it out, "3년 이상" is at_least 3.
    """

    type: Literal["business_age"]
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None
    less_than: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _has_a_bound(self) -> "BusinessAge":
        if self.at_least is None and self.at_most is None and self.less_than is None:
            raise ValueError("at_least, at_most or less_than is needed")
        return self


class Region(_Base):
    """Where the company must be.

    `sigungu` narrows it to some 시·군·구 of those 시·도. Where the list may grow (`exhaustive`
    false) a region outside it is unknown, except those of `never`.
    """

    type: Literal["region"]
    sido: tuple[str, ...] = Field(min_length=1)
    sigungu: tuple[str, ...] = ()
    which: Literal["factory", "hq", "any"] = "any"
    exhaustive: bool = True
    never: tuple[str, ...] = ()


class Industry(_Base):
    """What the company must make: one of the KSIC codes, processes or terms.

    "C" is manufacturing in general, a "C10" a division. Where the record ends its list with "등"
    or does not list it fully (`exhaustive` false) another trade is unknown, not refused.
    """

    type: Literal["industry"]
    ksic: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    root: bool = False
    exhaustive: bool = True


class SmartFactoryHistory(_Base):
    """A smart factory that stands already.

    `accepts` are the ways it may have been built; with `or_certificate` a level certificate is as
    good; `minimum_level` is the official level it must have reached.
    """

    type: Literal["smart_factory_history"]
    accepts: tuple[BuiltBy, ...] = Field(min_length=1)
    or_certificate: bool = False
    minimum_level: Level | None = None


class SmartFactoryLevel(_Base):
    """The official level must not be above `at_most`; a factory never assessed has none."""

    type: Literal["smart_factory_level"]
    at_most: Level


class IndustrialComplex(_Base):
    """Tenant of an industrial complex; `smart_green` means one of the 스마트그린산단."""

    type: Literal["industrial_complex_tenant"]
    smart_green: bool = False


class CollectsData(_Base):
    """Manufacturing data are collected already."""

    type: Literal["collects_manufacturing_data"]


class ResearchUnit(_Base):
    """기업부설연구소 or 연구전담부서."""

    type: Literal["research_unit"]


class Certification(_Base):
    """One of these certificates (values of the profile field)."""

    type: Literal["certification"]
    any_of: tuple[str, ...] = Field(min_length=1)


class Designation(_Base):
    """A status that only an office can give: a selection, a recommendation, a designation."""

    type: Literal["designation"]
    names: tuple[str, ...] = Field(min_length=1)


class NoticeList(_Base):
    """A list or condition that the record names but does not hold; only the notice can tell."""

    type: Literal["notice_list"]


class Export(_Base):
    """Exports; with `preparing` a company that prepares to is as good."""

    type: Literal["export"]
    preparing: bool = False


class AiCompany(_Base):
    """Uses AI or, with `develops`, makes it."""

    type: Literal["ai_company"]
    develops: bool = False


class SupplierCompany(_Base):
    """For suppliers of manufacturing technology, not for the factories that adopt it."""

    type: Literal["supplier_company"]


class AccidentInsurance(_Base):
    """산재보험 가입, which the law asks of every employer."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["accident_insurance"]


class InsuranceArrears(_Base):
    """No arrears of 산재보험료."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["insurance_arrears"]


class TaxArrears(_Base):
    """No arrears of national or local tax."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["tax_arrears"]


class Insolvency(_Base):
    """No bankruptcy or rehabilitation proceedings."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["insolvency"]


class InOperation(_Base):
    """Not closed or suspended."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["in_operation"]


class SupportBan(_Base):
    """No ban from public support, no fraud found in the last `years`."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["support_ban"]
    years: Annotated[int, Field(ge=1)] | None = None


class PriorSupport(_Base):
    """Left out is who had one of these programs (record ids) in these calendar years.

    `terms` are further names under which companies know that support.
    """

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["prior_support"]
    programs: tuple[str, ...] = Field(min_length=1)
    years: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()


class ExcludedTrade(_Base):
    """Trades that are left out, such as 유흥업."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["excluded_trade"]
    terms: tuple[str, ...] = Field(min_length=1)


class AssetCondition(_Base):
    """Assets that do not count: second-hand, leased."""

    weight: ClassVar[Weight] = "safeguard"
    type: Literal["asset_condition"]
    excluded: tuple[Literal["중고", "리스"], ...] = Field(min_length=1)


class Consortium(_Base):
    """With whom to apply: a supplier, the organiser of a win-win program, several partners."""

    weight: ClassVar[Weight] = "step"
    type: Literal["consortium"]
    partner: Literal["supplier", "organizer", "consortium"]
    required: bool


class AnyOf(_Base):
    """One of several groups must be met in full, such as the types of a program.

    With `open_ended` the record names further types without their conditions: none met is unknown.
    """

    type: Literal["any_of"]
    options: tuple["Option", ...] = Field(min_length=1)
    open_ended: bool = False


class Option(Strict):
    """One group of criteria; `label` is the track's name."""

    label: str
    criteria: tuple["Criterion", ...] = Field(min_length=1)


Criterion = Annotated[
    CompanySize
    | EmployeesRegular
    | RevenueKrw
    | BusinessAge
    | Region
    | Industry
    | SmartFactoryHistory
    | SmartFactoryLevel
    | IndustrialComplex
    | CollectsData
    | ResearchUnit
    | Certification
    | Designation
    | NoticeList
    | Export
    | AiCompany
    | SupplierCompany
    | AccidentInsurance
    | InsuranceArrears
    | TaxArrears
    | Insolvency
    | InOperation
    | SupportBan
    | PriorSupport
    | ExcludedTrade
    | AssetCondition
    | Consortium
    | AnyOf,
    Field(discriminator="type"),
]

AnyOf.model_rebuild()
Option.model_rebuild()
