"""One notice as a public source tells of it; the same shape whatever the source."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from advisor.domain.passages import Kind


class PeriodKind(StrEnum):
    """What a source says on when applications are taken."""

    DATED = "dated"
    ALWAYS = "always"
    UNTIL_FUNDS = "until_funds"
    LATER = "later"
    DIFFERS = "differs"
    CLOSED = "closed"
    NOT_GIVEN = "not_given"
    UNCLEAR = "unclear"


PERIOD_NAMES: Mapping[PeriodKind, str] = {
    PeriodKind.DATED: "날짜가 있습니다",
    PeriodKind.ALWAYS: "상시 접수라고 하며 마감일은 없습니다",
    PeriodKind.UNTIL_FUNDS: "예산이 소진될 때까지라고 하며 마감일은 없습니다",
    PeriodKind.LATER: "추후 공지라고 하며 날짜는 없습니다",
    PeriodKind.DIFFERS: "사업마다 다르다고 하며 날짜는 없습니다",
    PeriodKind.CLOSED: "모집을 마쳤다고 합니다",
    PeriodKind.NOT_GIVEN: "접수기간이 적혀 있지 않습니다",
    PeriodKind.UNCLEAR: "적힌 접수기간을 날짜로 읽지 못했습니다",
}


@dataclass(frozen=True, slots=True)
class Period:
    """When applications are taken; `words` are the source's own, "" where it has none.

    A kind other than DATED may still have one of the days ("2026-02-01 ~ 예산 소진시까지").
    """

    kind: PeriodKind
    opens_on: date | None = None
    closes_on: date | None = None
    closes_at: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a notice; `is_notice` where the source says that it is the 공고문 itself."""

    name: str
    url: str
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One item of a source, cleaned; a value that the source does not give is None or empty.

    Attributes:
        source: Name of the source ("bizinfo"), the same whichever door it came through.
        key: The source's own id of it.
        regions: Short names of 시·도; empty is nationwide or not said.
        target: Who may apply, in the source's words.
        contact: Office and its public number; no person.
        created, updated: As sent, for change detection and ordering.
        details: What has no place above, by Korean label.
        evidence: The source's field and its words, by field of this class.
        kind: Kind of record that it can become.
        is_recruiting: What a source with such a field says; None without one.
    """

    source: str
    key: str
    title: str
    period: Period
    url: str | None = None
    agency: str | None = None
    operator: str | None = None
    summary: str | None = None
    fields: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    target: str | None = None
    how_to_apply: str | None = None
    contact: str | None = None
    attachments: tuple[Attachment, ...] = ()
    created: str | None = None
    updated: str | None = None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    evidence: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    kind: Kind = Kind.PROGRAM
    is_recruiting: bool | None = None

    @property
    def source_key(self) -> str:
        """Stable name of the thing over all sources."""
        return f"{self.source}:{self.key}"

    @property
    def day(self) -> str | None:
        """Day on which it was written, as far as the source says."""
        written = self.created or self.updated
        return written[:10] if written else None

    @property
    def digest(self) -> str:
        """Digest of all that is read of the item, so that a new field of the service changes none."""
        plain = json.dumps(plain_notice(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def plain_notice(notice: Notice) -> dict[str, object]:
    """Return what can change of a notice, as JSON values."""
    period = notice.period
    return {
        "title": notice.title,
        "url": notice.url,
        "agency": notice.agency,
        "operator": notice.operator,
        "opens_on": period.opens_on.isoformat() if period.opens_on else None,
        "closes_on": period.closes_on.isoformat() if period.closes_on else None,
        "closes_at": period.closes_at,
        "period": period.kind.value,
        "period_words": period.words,
        "summary": notice.summary,
        "fields": list(notice.fields),
        "regions": list(notice.regions),
        "target": notice.target,
        "how_to_apply": notice.how_to_apply,
        "contact": notice.contact,
        "attachments": [[one.name, one.url] for one in notice.attachments],
        "created": notice.created,
        "updated": notice.updated,
        "details": dict(notice.details),
        "is_recruiting": notice.is_recruiting,
    }
