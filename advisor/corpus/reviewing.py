"""The review desk: drafts are read, corrected, published or rejected, records rolled back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from advisor.clock import now
from advisor.corpus.check import record_problems
from advisor.corpus.load import as_plain
from advisor.corpus.notices.labels import label_of
from advisor.corpus.notices.propose import draft_of
from advisor.corpus.notices.record import missing_fields, record_data
from advisor.corpus.problems import Problem, bad_fields
from advisor.domain.drafts import Draft, DraftField, DraftState, PublishedRecord
from advisor.domain.passages import Document
from advisor.domain.records import AnyRecord, Corpus
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.database import Engine
from advisor.stores.drafts import Drafts
from advisor.stores.published import TYPES, PublishedRecords, adapter_json

# Finds more than the rules do; see `notices.model`.
ReadMore = Callable[[Document], Sequence[DraftField]]
_SHOWN = 3
RECORD_UNKNOWN = UserMessage(
    text="이 기록을 찾지 못했습니다.",
    next_step="`advisor search`나 기록 목록에서 id를 확인해 주세요.",
)


class ReviewProblemsError(BadInputError):
    """A draft cannot be published as it is; `problems` says everything that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = "; ".join(f"{label_of(one.field)}: {one.reason}" for one in self.problems[:_SHOWN])
        rest = len(self.problems) - _SHOWN
        more = f" 외 {rest}건" if rest > 0 else ""
        super().__init__(
            UserMessage(
                text=f"게시하기 전에 고칠 칸이 있습니다. {shown}{more}.",
                next_step="그 칸을 고친 뒤 다시 게시해 주세요.",
            ),
            detail=f"draft problems={len(self.problems)}",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two versions; None is not there."""

    field: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class Version:
    """A version and what it changed against the one before, the first against the shipped one."""

    published: PublishedRecord
    changes: tuple[Change, ...]


class ReviewDesk:
    """What staff do with drafts and published records; safe to call from many threads."""

    def __init__(
        self, database: Engine, corpus: Corpus, shipped: Callable[[], Corpus] | None = None
    ) -> None:
        """Work on a database, beside the corpus that answers now.

        `shipped` reads the corpus as it came, where that is another.
        """
        self.database = database
        self._corpus = corpus
        self._shipped = shipped or (lambda: corpus)
        self.drafts = Drafts(database)
        self.published = PublishedRecords(database)

    def read(self, document: Document, *, today: date, read_more: ReadMore | None = None) -> Draft:
        """Read a document as a notice and keep its draft; a known reading gives the draft it has.

        Args:
            document: With its tables.
            today: Day in Asia/Seoul.
            read_more: A model, where one is configured.
        """
        more = read_more(document) if read_more else ()
        draft = draft_of(document, self._corpus, today=today, fetched_at=now(), more=more)
        return self.drafts.get(self.drafts.propose(draft))

    def preview(self, draft: Draft, *, today: date) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """Return the record that publishing would make, and what is wrong with it."""
        data = record_data(draft, self._base(draft), today=today)
        where = f"draft/{draft.id}"
        missing = [
            Problem(where, name, "꼭 있어야 하는 칸이 비어 있습니다", "공고문을 보고 적어 주세요.")
            for name in missing_fields(draft, data)
        ]
        if missing:
            return data, tuple(missing)
        return data, tuple(self.problems(draft.kind, data, where))

    def problems(self, kind: str, data: Mapping[str, Any], where: str) -> list[Problem]:
        """Return what keeps data from being a record: its shape, its words, what it refers to."""
        if kind not in TYPES:
            return [Problem(where, "kind", f"모르는 종류입니다: {kind}", "종류를 고쳐 주세요.")]
        adapter: TypeAdapter[AnyRecord] = TypeAdapter(TYPES[kind])
        try:
            record = adapter.validate_json(adapter_json(data))
        except ValidationError as error:
            return bad_fields(where, error)
        return record_problems(where, record, self._corpus)

    def publish(self, draft_id: int, by: str, note: str = "", *, today: date) -> PublishedRecord:
        """Publish what a draft makes of a record, signed.

        Raises:
            ReviewProblemsError: With every field that keeps it from being a record.
            BadInputError: No such draft, decided already, or nobody signs.
        """
        draft = self.drafts.get(draft_id)
        data, problems = self.preview(draft, today=today)
        if problems and draft.state is DraftState.OPEN:
            raise ReviewProblemsError(problems)
        return self.drafts.publish(draft_id, data, by, note)

    def history(self, record_id: str) -> tuple[PublishedRecord, ...]:
        """Return the versions of a record, the newest first; empty where only shipped."""
        return self.published.history(record_id)

    def versions(self, record_id: str) -> tuple[Version, ...]:
        """Return the versions with what each changed, the newest first."""
        corpus = self._shipped()
        shipped = as_plain(corpus.record(record_id)) if record_id in corpus else {}
        found = []
        before: Mapping[str, Any] = shipped
        for one in reversed(self.history(record_id)):
            after = shipped if one.action == "release" else one.data
            # A withdrawal changes no field; the next version is compared with what stood before.
            changed = () if one.withdrawn else changes(before, after)
            found.append(Version(one, tuple(two for two in changed if two.field != "checked_on")))
            before = before if one.withdrawn else after
        return tuple(reversed(found))

    def rollback(self, record_id: str, version: int, by: str, note: str = "") -> PublishedRecord:
        """Publish an earlier version again; 0 gives the shipped record back."""
        return self.published.rollback(record_id, version, by, note)

    def withdraw(self, record_id: str, by: str, note: str = "") -> PublishedRecord:
        """Take a record out of every answer; raises BadInputError where there is none."""
        if record_id not in self._corpus and not self.history(record_id):
            raise BadInputError(RECORD_UNKNOWN, detail=f"no record id={record_id}")
        kind = self._corpus.kind_of(record_id) if record_id in self._corpus else "program"
        return self.published.withdraw(record_id, by, note, kind=kind)

    def changes_of(self, draft: Draft, *, today: date) -> tuple[Change, ...]:
        """Return what publishing a draft would change in its record; all of it in a new one."""
        data = record_data(draft, self._base(draft), today=today)
        return changes(self._base(draft) or {}, data)

    def _base(self, draft: Draft) -> dict[str, Any] | None:
        if draft.changes is None or draft.changes not in self._corpus:
            return None
        return as_plain(self._corpus.record(draft.changes))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what differs between two versions, by dotted name, in the order of the newer one.

    >>> [(one.field, one.before, one.after) for one in changes({"a": {"b": 1}}, {"a": {"b": 2}})]
    [('a.b', 1, 2)]
    """
    old, new = _flat(before), _flat(after)
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{prefix}{name}."))
        elif value not in (None, [], ()):
            found[f"{prefix}{name}"] = [*value] if isinstance(value, tuple) else value
    return found
