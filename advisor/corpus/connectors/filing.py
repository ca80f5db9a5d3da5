"""What becomes of a notice: a draft for staff, or a new version of the record that follows it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from advisor.clock import now
from advisor.corpus.check import record_problems
from advisor.corpus.connectors.amendments import (
    Difference,
    fits_edition,
    is_closed_on,
    window_after,
)
from advisor.corpus.connectors.drafting import change_draft, new_draft
from advisor.corpus.connectors.notice import Notice
from advisor.corpus.load import as_plain
from advisor.corpus.notices.propose import changed_record
from advisor.domain.drafts import Draft, DraftField, DraftSource, DraftState
from advisor.domain.records import Corpus, SupportProgram, Window
from advisor.domain.source import Source
from advisor.stores.drafts import Drafts
from advisor.stores.published import PublishedRecords

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Link:
    """The record that follows a notice.

    Attributes:
        remarks: Korean; why none follows although one looks like it.
        is_gone: There is no such record, or it was withdrawn.
        is_reviewed: A person published it from a draft of this notice.
    """

    record_id: str | None = None
    remarks: tuple[str, ...] = ()
    is_gone: bool = False
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What was done, or in a dry run would be done.

    Attributes:
        draft_id: The draft that waits for staff; 0 in a dry run, None where there is none.
        version: Of the record, where its window moved; 0 in a dry run.
        window: The record's window before and after, where it moved.
    """

    record_id: str | None = None
    draft_id: int | None = None
    version: int | None = None
    window: tuple[Window, Window] | None = None
    problem: str = ""


class Filing:
    """Files notices; the window of a followed record is taken over, all else waits for a person."""

    def __init__(
        self,
        corpus: Corpus,
        drafts: Drafts,
        published: PublishedRecords,
        *,
        today: date,
        links: Mapping[str, str] | None = None,
        writes: bool = True,
    ) -> None:
        """Work on the corpus that answers.

        Args:
            corpus: Shipped records with the published ones over them.
            drafts: What waits for staff.
            published: Versions of records.
            today: Day in Asia/Seoul on which the sources are read.
            links: Record ids by source key, set by staff.
            writes: False only looks (a dry run).
        """
        self._corpus = corpus
        self._drafts = drafts
        self._published = published
        self._today = today
        self._writes = writes
        self._programs = dict(corpus.programs)
        decided = drafts.list(DraftState.PUBLISHED)
        # Oldest first, so that the newest decision stands.
        self._by_key = {one.source.key: one.record_id for one in reversed(decided) if one.record_id}
        self._by_hand = dict(links or {})
        self._by_url: dict[str, list[str]] = {}
        for program in self._programs.values():
            for url in {same_page(one.url) for one in program.sources if one.url}:
                self._by_url.setdefault(url, []).append(program.id)

    def link(self, notice: Notice, known_id: str | None) -> Link:
        """Return the record that follows a notice: by its key, or by its address alone.

        Several records may cite one notice (통합공고), and a record of one year the notice of
        another: then nothing is taken over, and staff are told.
        """
        by_hand = self._by_hand.get(notice.source_key)
        record_id = by_hand or self._by_key.get(notice.source_key) or known_id
        if record_id is not None:
            is_reviewed = self._by_key.get(notice.source_key) == record_id
            return Link(
                record_id, is_gone=record_id not in self._corpus, is_reviewed=is_reviewed
            )  # fmt: skip
        found = self._by_url.get(same_page(notice.url), []) if notice.url else []
        if len(found) > 1:
            shown = ", ".join(sorted(found)[:5])
            return Link(
                None, (f"이 공고를 출처로 둔 기록이 여럿이어서 저절로 잇지 않았습니다: {shown}",)
            )
        if found and not fits_edition(self._programs[found[0]], notice):
            year = self._programs[found[0]].year
            return Link(
                None,
                (
                    f"{year}년판 기록({found[0]})과 같은 주소의 공고입니다. 새 연도판인지 확인해 주세요.",
                ),
            )
        return Link(found[0]) if found else Link()

    def follow(
        self,
        notice: Notice,
        record_id: str,
        changed: Sequence[Difference],
        earlier_draft: int | None,
    ) -> Filed:
        """Take a window over into the record that follows, and propose what else changed."""
        moved = self._move_window(notice, record_id)
        draft = change_draft(
            notice, record_id, changed, self._corpus.vocabulary, fetched_at=now(),
            earlier=self._waiting(earlier_draft),
            remarks=[moved.problem] if moved.problem else (),
        )  # fmt: skip
        return replace(moved, draft_id=self._propose(draft) if draft else None)

    def propose(
        self,
        notice: Notice,
        *,
        read: Sequence[DraftField] = (),
        document_id: str | None = None,
        earlier_draft: int | None = None,
        changed: Sequence[Difference] = (),
        remarks: Sequence[str] = (),
    ) -> Filed:
        """Propose a new record, in place of the draft that waits."""
        draft = new_draft(
            notice, self._corpus.vocabulary, today_is_closed=is_closed_on(notice, self._today),
            fetched_at=now(), read=read, document_id=document_id,
            earlier=self._waiting(earlier_draft), changed=changed, remarks=remarks,
        )  # fmt: skip
        same = changed_record(draft.fields, self._corpus)
        if same is not None:
            said = f"이름과 연도가 같은 기록({same})이 있어 그 기록을 고치는 초안으로 만들었습니다."
            draft = replace(draft, changes=same, remarks=(said, *draft.remarks))
        return Filed(draft_id=self._propose(draft))

    def ask_about_missing(self, source_key: str, title: str, record_id: str) -> Filed:
        """Ask staff about a followed record whose notice is no longer listed."""
        program = self._programs.get(record_id)
        if program is None:
            return Filed(record_id)
        draft = Draft(
            kind="program", title=title, changes=record_id,
            fields=(
                DraftField(
                    "window.closed_early_on", self._today.isoformat(), confidence=0.3,
                    found_by="source",
                ),
            ),
            source=DraftSource(
                key=source_key, title=title, fetched_at=now(),
                url=next((one.url for one in program.sources if one.url), None),
            ),
            remarks=(
                "원천의 목록에서 사라졌습니다. 일찍 마감했거나 공고를 내렸을 수 있습니다. 누리집에서 "
                "확인한 뒤 마감일을 고치거나 이 초안을 물려 주세요.",
            ),
        )  # fmt: skip
        return Filed(record_id, self._propose(draft))

    def _move_window(self, notice: Notice, record_id: str) -> Filed:
        program = self._programs.get(record_id)
        if program is None:
            return Filed(record_id)
        if program.window.applicants == "operator":
            return Filed(
                record_id,
                problem="기록의 날짜가 운영기관 모집 기간이어서 기업 접수기간을 저절로 바꾸지 않았습니다.",
            )
        after = window_after(program.window, notice, self._today)
        # Days that have passed close a record by themselves; no version for a word about it.
        if after.model_copy(update={"status_said": program.window.status_said}) == program.window:
            return Filed(record_id)
        changed = program.model_copy(
            update={"window": after, "sources": _with_source(program, notice)}
        )
        wrong = record_problems(f"sync/{record_id}", changed, self._corpus)
        if wrong:
            logger.warning("window not taken over id=%s field=%s", record_id, wrong[0].field)
            return Filed(
                record_id,
                problem=f"원천의 접수기간을 반영하지 못했습니다({wrong[0].field}: {wrong[0].reason}).",
            )
        version = 0
        if self._writes:
            made = self._published.publish(
                "program", as_plain(changed), f"sync:{notice.source}",
                f"접수기간을 원천 {notice.source_key}에서 가져왔습니다.",
            )  # fmt: skip
            version = made.version
            self._programs[record_id] = changed
        return Filed(record_id, version=version, window=(program.window, after))

    def _waiting(self, draft_id: int | None) -> Draft | None:
        draft = self._drafts.get(draft_id) if draft_id else None
        return draft if draft is not None and draft.state is DraftState.OPEN else None

    def _propose(self, draft: Draft) -> int:
        return self._drafts.propose(draft) if self._writes else 0


def same_page(url: str | None) -> str:
    """Return an address in a form in which the same page has the same text.

    >>> same_page("http://www.bizinfo.go.kr/a/view.do?b=2&pblancId=P1#top")
    'bizinfo.go.kr/a/view.do?b=2&pblancId=P1'
    >>> same_page("https://bizinfo.go.kr/a/view.do/?pblancId=P1&b=2")
    'bizinfo.go.kr/a/view.do?b=2&pblancId=P1'
    """
    parts = urlsplit(url or "")
    host = (parts.hostname or "").removeprefix("www.")
    query = urlencode(sorted(parse_qsl(parts.query)))
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def _with_source(program: SupportProgram, notice: Notice) -> tuple[Source, ...]:
    """Return the record's sources with the one that bears the window, once."""
    known = {same_page(one.url) for one in program.sources}
    if notice.url is None or same_page(notice.url) in known:
        return program.sources
    return (
        *program.sources,
        Source(
            url=notice.url if notice.url.startswith("http") else None, title=notice.title,
            publisher=notice.agency or notice.operator, date=notice.day, supports="접수기간",
        ),
    )  # fmt: skip
