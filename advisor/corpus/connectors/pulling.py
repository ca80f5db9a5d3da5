"""One run over one source: page by page, item by item, each kept before the next begins."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from advisor.corpus.connectors.amendments import Difference, differences, is_closed_on
from advisor.corpus.connectors.attached import Attachments, Files, wants_another_try
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetcher
from advisor.corpus.connectors.filing import Filed, Filing, Link
from advisor.corpus.connectors.notice import Notice, plain_notice
from advisor.corpus.connectors.reading import Ask, BadItem, Connector, SourcePage
from advisor.corpus.connectors.report import Item, Outcome, Report, Trouble
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.errors import AdvisorError, HomeUnavailableError
from advisor.stores.sync_state import KnownNotice, Run, SyncState

logger = logging.getLogger(__name__)

# A service that goes on for ever is cut off; 2,000 rows a page are served by some.
MOST_PAGES = 300
# A listing that loses more than this at once is rather a fault of the service.
_MOST_MISSING_SHARE, _FEW_MISSING = 0.5, 20
_MOST_LOOK_UPS = 50
_NOT_FOUND_IN = "공고문은 실었으나 항목을 찾다가 문제가 생겨 원천의 값만 담았습니다."
_UNEXPECTED = "이 공고를 처리하다 예상하지 못한 문제가 생겼습니다. 관리자에게 알려 주세요."
# The next page will fail in the same way.
_FATAL = frozenset({
    Fault.FORBIDDEN_ADDRESS, Fault.BAD_ADDRESS, Fault.DAILY_LIMIT, Fault.BUDGET, Fault.KEY_UNKNOWN,
    Fault.KEY_EXPIRED, Fault.KEY_ADDRESS, Fault.NO_ACCESS, Fault.REFUSED, Fault.REDIRECTS,
    Fault.BUSY, Fault.NOT_FOUND, Fault.BAD_REQUEST,
})  # fmt: skip


# Fields that rules find in a 공고문.
ReadNotice = Callable[[Document], Sequence[DraftField]]
OnProgress = Callable[[Report, int | None], None]


class Pull:
    """Runs over a source; holds the parts and what the run has met so far."""

    def __init__(
        self,
        connector: Connector,
        *,
        state: SyncState,
        filing: Filing,
        fetcher: Fetcher,
        today: date,
        attachments: Attachments | None,
        read_notice: ReadNotice | None = None,
        spend: Callable[[], None] | None = None,
        since: date | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        """Set up a run.

        Args:
            connector: The source.
            state: What is known of it.
            filing: Makes drafts and versions.
            fetcher: The way out.
            today: Day in Asia/Seoul.
            attachments: Fetches files; None (a dry run) fetches none and keeps nothing at all.
            read_notice: Reads fields in a 공고문.
            spend: Counts calls against the day's budget.
            since: Only what was made or changed from this day on.
            on_progress: Told after each item how far the run is, and the total as the service says.
        """
        self._connector = connector
        self._state = state
        self._filing = filing
        self._fetcher = fetcher
        self._today = today
        self._attachments = attachments
        self._read_notice = read_notice
        self._spend = spend
        self._since = since
        self._on_progress = on_progress
        self._met: set[str] = set()
        self._counts_there: dict[str, int] = {}
        self._run: Run | None = None
        self.report = Report(connector.name)

    def run(self) -> Report:
        """Run to the end of the listing, or until a fault ends it; what was met until then is kept.

        Raises:
            HomeUnavailableError: The database or the disk cannot be used.
        """
        report, name = self.report, self._connector.name
        validators = self._state.validators(name)
        page = 1
        if self._attachments is not None:
            self._run = self._state.begin(name, self._since)
            if self._run.next_page > 1 and self._connector.is_paged:
                page = report.resumed_at = self._run.next_page
                # What failed then is tried again now.
                kept = dict(self._run.counts)
                report.counts = {one: kept[one] for one in kept if one != Outcome.FAILED}
                self._counts_there = dict(report.counts)
        validators = self._pages(page, validators)
        if report.fault is None and not report.is_unchanged:
            self._end_of_listing()
        if self._run is not None:
            if report.fault is not None:
                # As they were at the page where the next run goes on, which is met again.
                problem = report.fault.fault.value
                self._state.end(self._run.id, "failed", self._counts_there, problem)
            else:
                self._state.end(self._run.id, "done", report.counts)
            if report.fault is None and not report.troubles:
                # With an item lost, the file is read again next time even if it has not changed.
                self._state.keep_validators(name, validators)
        return report

    def _pages(self, page: int, validators: tuple[str, str]) -> tuple[str, str]:
        report = self.report
        failed_before: SourceError | None = None
        for number in range(page, MOST_PAGES + 1):
            ask = Ask(number, self._since, self._spend, validators)
            try:
                got = self._connector.read_page(self._fetcher, ask)
            except SourceError as error:
                logger.warning("page not read source=%s page=%d detail=%s", report.source, number, error.detail)  # fmt: skip
                report.troubles.append(Trouble("page", f"{number}쪽", error.user_message.text))
                report.count(Outcome.FAILED)
                is_end = page == number or failed_before or not self._connector.is_paged
                if is_end or error.fault in _FATAL:
                    report.fault = error
                    return validators
                failed_before = error
                continue
            if got.unchanged:
                report.is_unchanged = True
                return validators
            report.total_said = got.total if got.total is not None else report.total_said
            is_news = self._take_page(got)
            if self._run is not None and failed_before is None:
                self._counts_there = dict(report.counts)
                self._state.page_done(self._run.id, number + 1, self._counts_there)
            # Neither the total nor a short page ends it: both have been wrong. An empty one does,
            # and one that brings nothing but what was there already.
            if not self._connector.is_paged or got.rows == 0 or not is_news:
                # Pages behind the one that failed are in; the run goes on there next time.
                report.fault = failed_before
                return got.validators
        report.troubles.append(
            Trouble("listing", f"{MOST_PAGES}쪽", "쪽이 끝없이 이어져 여기서 멈췄습니다.")
        )
        return validators

    def _take_page(self, got: SourcePage) -> bool:
        """Take what a page brings; returns whether it brought anything that was not there yet."""
        fresh = []
        for notice in got.notices:
            if notice.key not in self._met:
                self._met.add(notice.key)
                fresh.append(notice)
        has_bad = [self._is_bad_news(one) for one in got.bad]
        known = self._state.known(self._connector.name, [one.key for one in fresh])
        self.report.count("seen", len(fresh))
        quiet: list[str] = []
        for notice in fresh:
            if self._take_safely(notice, known.get(notice.key)):
                quiet.append(notice.key)
            if self._on_progress is not None:
                self._on_progress(self.report, self.report.total_said)
        if self._run is not None and quiet:
            self._state.seen(self._connector.name, quiet, self._run.id)
        return bool(fresh) or any(has_bad)

    def _is_bad_news(self, bad: BadItem) -> bool:
        if bad.key is not None and bad.key in self._met:
            return False
        self._lost(bad.key or "번호 없음", bad.reason)
        if bad.key is not None:
            self._met.add(bad.key)
        return bad.key is not None

    def _take_safely(self, notice: Notice, before: KnownNotice | None) -> bool:
        """Take one notice; one that fails never loses the others, and is met again next time."""
        if self._is_before_since(notice):
            return True
        try:
            return self._take(notice, before)
        except HomeUnavailableError:
            raise
        except AdvisorError as error:
            logger.warning("item not taken key=%s detail=%s", notice.source_key, error.detail)
            self._lost(notice.key, error.user_message.text)
        except Exception:
            logger.exception("item not taken key=%s", notice.source_key)
            self._lost(notice.key, _UNEXPECTED)
        return False

    def _lost(self, key: str, reason: str) -> None:
        self.report.troubles.append(Trouble("item", key, reason))
        self.report.count(Outcome.FAILED)

    def _take(self, notice: Notice, before: KnownNotice | None) -> bool:
        """Take one notice; returns whether nothing about it is new."""
        link = self._filing.link(notice, before.record_id if before else None)
        is_closed = is_closed_on(notice, self._today)
        changed = differences(before.data, notice) if before else ()
        was_closed = before is not None and before.state == "closed"
        is_same = (
            before is not None
            and before.digest == notice.digest
            and before.record_id == link.record_id
            and was_closed == is_closed
            and before.state != "missing"
        )
        if is_same and before is not None and not wants_another_try(before.files):
            self.report.count(Outcome.UNCHANGED)
            return True
        if (
            before is not None
            and link.is_reviewed
            and _only_linked(before, notice, is_closed=is_closed)
        ):
            # A person has just published what this very notice says, and may have known better.
            self._keep(notice, link, Filed(), Files(), before, is_closed=is_closed)
            self.report.count(Outcome.UNCHANGED)
            return False
        outcome = _outcome(before, is_same=is_same, is_closed=is_closed, was_closed=was_closed)
        files = Files()
        # A window that moved is right in the answers before any file is fetched.
        filed = self._follow(notice, link, changed, before)
        if outcome is not Outcome.PAST and not link.is_gone:
            files = self._files(notice, before)
            if link.record_id is None and not (is_same and files.notice is None):
                filed = self._propose(notice, link, changed, before, files)
        self._keep(notice, link, filed, files, before, is_closed=is_closed)
        if outcome is Outcome.PAST and filed.window is not None:
            outcome = Outcome.CLOSED
        self.report.count(outcome)
        if outcome not in {Outcome.PAST, Outcome.UNCHANGED}:
            self.report.items.append(
                Item(outcome, notice.key, notice.title, notice.url, changed, filed, filed.problem)
            )
        return False

    def _follow(
        self,
        notice: Notice,
        link: Link,
        changed: tuple[Difference, ...],
        before: KnownNotice | None,
    ) -> Filed:
        if link.record_id is None:
            return Filed()
        if link.is_gone:
            problem = f"이어 둔 기록 {link.record_id}을(를) 찾지 못해 아무것도 바꾸지 않았습니다."
            return Filed(link.record_id, problem=problem)
        earlier = before.draft_id if before else None
        return self._filing.follow(notice, link.record_id, changed, earlier)

    def _propose(
        self,
        notice: Notice,
        link: Link,
        changed: tuple[Difference, ...],
        before: KnownNotice | None,
        files: Files,
    ) -> Filed:
        read = self._fields_in(notice, files)
        remarks = [*link.remarks]
        remarks += [f"첨부를 읽지 못했습니다: {one.name} — {one.note}" for one in files.failed]
        return self._filing.propose(
            notice, read=read, document_id=files.document_id, changed=changed,
            earlier_draft=before.draft_id if before else None, remarks=remarks,
        )  # fmt: skip

    def _fields_in(self, notice: Notice, files: Files) -> Sequence[DraftField]:
        if files.notice is None or self._read_notice is None:
            return ()
        try:
            return self._read_notice(files.notice)
        except Exception:
            # The draft of the source's own fields is worth more than none.
            logger.exception("notice not read key=%s", notice.source_key)
            self.report.troubles.append(Trouble("attachment", notice.key, _NOT_FOUND_IN))
            return ()

    def _files(self, notice: Notice, before: KnownNotice | None) -> Files:
        if self._attachments is None or not notice.attachments:
            return Files()
        files = self._attachments.take(notice, before.files if before else ())
        for one in files.failed:
            where = f"{notice.key} {one.name}"
            self.report.troubles.append(Trouble("attachment", where, one.note))
            self.report.count("files_failed")
        self.report.count("files", len(files.seen) - len(files.failed))
        return files

    def _keep(
        self,
        notice: Notice,
        link: Link,
        filed: Filed,
        files: Files,
        before: KnownNotice | None,
        *,
        is_closed: bool,
    ) -> None:
        if self._run is None:
            return
        kept = tuple(one.plain() for one in files.seen)
        if not kept and before is not None:
            kept = tuple(dict(one) for one in before.files)
        earlier = before.draft_id if before else None
        known = KnownNotice(
            notice.source, notice.key, notice.digest, plain_notice(notice),
            "closed" if is_closed else "open", link.record_id, filed.draft_id or earlier, kept,
        )  # fmt: skip
        self._state.keep(known, self._run.id, is_changed=True)

    def _end_of_listing(self) -> None:
        """Find what is gone from a listing that was met whole."""
        report = self.report
        missed = report.total_said is not None and report.counts.get("seen", 0) < report.total_said
        if missed and not any(one.what in {"page", "item"} for one in report.troubles):
            report.troubles.append(
                Trouble(
                    "listing", "",
                    f"서비스는 {report.total_said:,}건이라고 했는데 {report.counts.get('seen', 0):,}건만 "
                    "왔습니다. 사라진 공고는 가리지 않았습니다.",
                )
            )  # fmt: skip
        # Rows move up while nobody looks: a run in two parts may have passed one by.
        is_lossy = (
            missed
            or report.resumed_at is not None
            or any(one.what in {"page", "item"} for one in report.troubles)
        )
        report.is_complete = self._since is None and self._connector.is_whole and not is_lossy
        if not report.is_complete:
            return
        run_id = self._run.id if self._run is not None else 0
        unseen = self._state.unseen(self._connector.name, run_id)
        gone = [one for one in unseen if one.key not in self._met]
        listed = report.counts.get("seen", 0)
        if len(gone) > _FEW_MISSING and len(gone) > _MOST_MISSING_SHARE * (listed + len(gone)):
            said = f"알던 공고 {len(gone):,}건이 한꺼번에 사라져 서비스의 문제로 보고 그대로 두었습니다."
            report.troubles.append(Trouble("listing", "", said))
            return
        for place, known in enumerate(gone):
            found = self._looked_up(known) if place < _MOST_LOOK_UPS else None
            if found is None:
                self._gone(known)
            elif (
                found is not known and isinstance(found, Notice) and self._take_safely(found, known)
            ) and self._run is not None:
                self._state.seen(known.source, [known.key], self._run.id)

    def _looked_up(self, known: KnownNotice) -> Notice | KnownNotice | None:
        """Ask the source for one notice by its key; what is known already, where it fails."""
        try:
            return self._connector.look_up(
                self._fetcher, known.key, Ask(1, spend=self._spend)
            )  # fmt: skip
        except SourceError as error:
            self._lost(known.key, error.user_message.text)
            return known

    def _gone(self, known: KnownNotice) -> None:
        filed = Filed(known.record_id)
        title = str(known.data.get("title", known.key))
        if known.record_id is not None:
            source_key = f"{known.source}:{known.key}"
            filed = self._filing.ask_about_missing(source_key, title, known.record_id)
        if self._run is not None:
            draft_id = filed.draft_id or known.draft_id
            missing = replace(known, state="missing", draft_id=draft_id)
            self._state.keep(missing, self._run.id, is_changed=True)
        self.report.count(Outcome.MISSING)
        url = known.data.get("url")
        self.report.items.append(
            Item(Outcome.MISSING, known.key, title, str(url) if url else None, filed=filed)
        )

    def _is_before_since(self, notice: Notice) -> bool:
        """Tell whether a notice is older than asked for; one without a day is not left out."""
        written = notice.updated or notice.created
        return (
            self._since is not None
            and written is not None
            and written[:10] < self._since.isoformat()
        )


def _only_linked(before: KnownNotice, notice: Notice, *, is_closed: bool) -> bool:
    """Tell whether nothing is new of a notice but that a record follows it."""
    state = "closed" if is_closed else "open"
    return before.record_id is None and before.digest == notice.digest and before.state == state


def _outcome(
    before: KnownNotice | None, *, is_same: bool, is_closed: bool, was_closed: bool
) -> Outcome:
    if before is None:
        # What was over before anybody met it is history: no draft of it for staff to read.
        return Outcome.PAST if is_closed else Outcome.ADDED
    if is_same:
        return Outcome.UNCHANGED
    return Outcome.CLOSED if is_closed and not was_closed else Outcome.CHANGED
