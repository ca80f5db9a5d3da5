"""What the staff's routes answer, as the description tells it; deep parts are told by their kind.

A field may be added at any time, as in `shapes.py`.
"""

from typing import Any, Literal

from advisor.api.shapes import AnswerShape, Shape

Verdict = Literal["eligible", "not_eligible", "unknown"]
Rows = list[dict[str, Any]]


class MeShape(Shape):
    """Who the asker is."""

    signed_in: bool
    name: str
    organisation_id: str
    organisation: str
    roles: list[str]


class ShareShape(Shape):
    """A share as the consultation's owner sees it."""

    share_id: str
    recipient: str
    organisation: str
    redeemed_at: str | None
    code_expires_at: str


class NewShareShape(ShareShape):
    """A fresh share; its code is shown this once."""

    code: str


class SharedShape(Shape):
    """A share as the consultant sees it."""

    share_id: str
    redeemed_at: str | None


class SharedTalkShape(SharedShape):
    """A shared consultation; its own id is left out."""

    profile: dict[str, Any]
    turns: Rows


class AccountShape(Shape):
    """A person, with the roles in each organisation."""

    id: str
    login: str
    name: str
    email: str
    phone: str
    is_disabled: bool
    memberships: Rows


class CodeShape(Shape):
    """A one-time code that sets a new password."""

    code: str


class NewAccountShape(AccountShape, CodeShape):
    """A fresh account with the code that opens it."""


class AuditLineShape(Shape):
    """One line of the audit log."""

    number: int
    at: str
    actor: str
    actor_name: str
    action: str
    object: str
    details: dict[str, Any]


class AuditVerdictShape(Shape):
    """Whether the audit log is whole; `broken_at` is the first line that does not fit."""

    lines: int
    is_whole: bool
    broken_at: int | None
    reason: str


class SwitchShape(Shape):
    """How the assistant stands, since when and why."""

    is_on: bool
    reason: str
    at: str | None


class RetentionShape(Shape):
    """How long talks and clients are kept, and when it was last seen to."""

    days: int
    client_days: int
    last_at: str | None
    next_at: str | None


class PurgedShape(Shape):
    """How many consultations were dropped."""

    consultations: int


class OrganisationShape(Shape):
    """An organisation."""

    id: str
    name: str


class SettingShape(Shape):
    """A setting; of a secret only whether there is one."""

    name: str
    value: str
    is_secret: bool
    is_set: bool
    origin: str
    description: str


class SourceShape(Shape):
    """A public source with its last run and what runs now."""

    name: str
    label: str
    usable: bool
    lacks: str | None
    daily_calls: int | None
    calls_today: int
    last_run: dict[str, Any] | None
    run: dict[str, Any] | None


class CorpusShape(Shape):
    """A page of the records that answer now, those to look at again first."""

    records: Rows
    count: int
    counts: dict[str, int]
    offset: int


class SheetShape(Shape):
    """A record with its fields by name, its sources and its versions."""

    id: str
    kind: str
    title: str
    fields: Rows
    sources: Rows
    versions: Rows


class StaleShape(Shape):
    """A record to look at again, and why."""

    id: str
    checked_on: str
    next_on: str | None
    urgency: float
    reasons: list[str]


class DraftShape(Shape):
    """A draft of a record as one row of a list."""

    id: int
    kind: str
    title: str
    state: str
    revision: int
    created_at: str
    source: dict[str, Any]


class DraftSheetShape(Shape):
    """A draft with its form, and what keeps it from being published."""

    id: int
    kind: str
    state: str
    revision: int
    fields: Rows
    record: dict[str, Any]
    problems: Rows


class VersionShape(Shape):
    """A published version of a record."""

    record_id: str
    kind: str
    version: int
    action: str
    signed_by: str
    signed_at: str
    note: str
    withdrawn: bool


class DocumentLineShape(Shape):
    """A document of the list."""

    id: str
    path: str
    added_at: str


class DocumentShape(Shape):
    """What a document reads as."""

    id: str
    path: str
    pages: Rows
    sections: Rows
    tables: Rows
    metadata: dict[str, Any]


class JobShape(Shape):
    """How far a file is, and what became of it."""

    id: str
    state: str
    message: str
    created_at: str
    ended_at: str | None


class FileShape(Shape):
    """An evidence file."""

    id: str
    item: str
    name: str
    added_at: str


class SignalsShape(Shape):
    """Counts for policy of a period; groups that are too small are left out."""

    period: dict[str, str]
    periods: list[str]
    consultations: int | None
    smallest_group: int
    rounded_to: int
    tables: Rows


class ClientsShape(Shape):
    """A page of the clients of an organisation."""

    rows: Rows
    total: int
    counts: dict[str, int]
    can_open: bool


class ClientShape(Shape):
    """One client: facts with their sources, answers, results, notes and files."""

    id: str
    name: str
    state: str
    step: str
    is_mine: bool
    contact: str
    facts: Rows
    entries: Rows
    notes: Rows
    files: Rows
    answers: Rows
    open_items: list[Any]
    now: dict[str, Any] | None
    diagnoses: Rows


class IdShape(Shape):
    """The id of what was made."""

    id: str


class ColleagueShape(Shape):
    """A consultant of the same organisation."""

    account_id: str
    name: str
    is_me: bool


class ClientFormShape(Shape):
    """What may be entered of a company."""

    fields: Rows
    items: Rows
    dimensions: dict[str, str]
    grades: dict[str, str]


class ComparisonShape(Shape):
    """What changed between two results."""

    overall: dict[str, Any]
    levels: list[Any]
    is_same_version: bool
    dimensions: Rows
    items: Rows


class ClientOutlookShape(Shape):
    """Shortlist, programs, plan, actions and papers of a client."""

    today: str
    saved: Rows
    programs: Rows
    programs_count: int
    solutions: Rows
    solution: str | None
    plan: dict[str, Any] | None
    actions: Rows
    papers: Rows


class VisitShape(Shape):
    """What to ask and to see at the next visit."""

    today: str
    visit_on: str | None


class DeskAnswerShape(Shape):
    """An answer with what can be sent, official wording to paste, and who asked before."""

    answer: AnswerShape
    plain: str
    with_sources: str
    reply: dict[str, Any] | None
    wordings: Rows
    earlier: Rows


class DeskHitShape(Shape):
    """A hit of the desk's search with its wording."""

    record_id: str
    kind: str
    title: str
    score: float
    text: str
    wording: dict[str, Any]


class TopicsShape(Shape):
    """The queue; `more` while turns are still being read."""

    topics: Rows
    counts: dict[str, int]
    more: bool


class TopicShape(Shape):
    """A topic with its questions, notes and what was settled before."""

    id: int
    state: str
    label: str
    count: int
    reasons: dict[str, int]
    revision: int
    questions: Rows
    notes: Rows
    earlier: Rows


class ChangesShape(Shape):
    """What changed, and which windows open or close about now."""

    records: Rows


class ChoicesShape(Shape):
    """What filters and forms offer."""

    regions: list[str]
    categories: Any
    people: Rows
