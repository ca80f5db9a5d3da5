"""`advisor sync`: pulls notices from a public source into drafts and followed records."""

import json
import sys
from collections.abc import Sequence
from datetime import date

import click

from advisor.cli.profile_file import day_from
from advisor.cli.sync_words import report_lines, source_lines
from advisor.config import Settings
from advisor.corpus.connectors.configured import Configured, ConfiguredSource
from advisor.corpus.connectors.plain import plain_report, plain_source
from advisor.corpus.connectors.report import Report
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.errors import BadInputError, IndexUnavailableError
from advisor.messages import UserMessage

ALL = "all"


@click.command(epilog="예: advisor sync bizinfo --dry-run · advisor sync --list · advisor sync all")
@click.argument("source", required=False)
@click.option("--since", help="이 날(YYYY-MM-DD)부터 만들어지거나 바뀐 공고만 받습니다.")
@click.option("--dry-run", is_flag=True, help="무엇이 달라질지만 보고 아무것도 저장하지 않습니다.")
@click.option("--list", "wants_list", is_flag=True, help="쓸 수 있는 원천과 마지막 실행을 봅니다.")
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def sync(
    *,
    source: str | None,
    since: str | None,
    dry_run: bool,
    wants_list: bool,
    day: str | None,
    wants_json: bool,
) -> None:
    """공공 원천(기업마당, 중소벤처기업부, K-Startup, RSS, 목록 파일)에서 공고를 받아옵니다.

    새 공고는 담당자가 검토할 초안이 됩니다. 이미 있는 기록과 같은 공고면 접수기간과 마감만 바로
    반영하고, 다른 변경은 초안으로 둡니다. 멈춰도 다시 실행하면 이어서 받습니다.
    """
    from advisor.corpus.connectors.session import read_sources

    settings, today = Settings(), day_from(day)
    configured = read_sources(settings)
    if wants_list:
        _show_list(settings, configured, wants_json=wants_json)
        return
    chosen = _chosen(configured, source)
    reports = _run(
        settings, configured, chosen, today, _since(since, today), is_dry=dry_run,
        is_quiet=wants_json,
    )  # fmt: skip
    if wants_json:
        shown = [plain_report(one, is_dry=dry_run) for one in reports]
        click.echo(json.dumps(shown if source == ALL else shown[0], ensure_ascii=False, indent=1))
    faults = [one.fault for one in reports if one.fault is not None]
    for fault in faults:
        click.echo(str(fault.user_message), err=True)
    if faults:
        sys.exit(max(one.exit_code for one in faults))


def _run(
    settings: Settings,
    configured: Configured,
    chosen: list[ConfiguredSource],
    today: date,
    since: date | None,
    *,
    is_dry: bool,
    is_quiet: bool,
) -> list[Report]:
    from advisor.corpus.connectors.session import Session
    from advisor.corpus.notices.find import find_fields
    from advisor.corpus.notices.propose import is_notice
    from advisor.corpus.vocabulary import load_vocabulary

    vocabulary = load_vocabulary(settings.corpus)

    def read(document: Document) -> Sequence[DraftField]:
        # A form or a poster among the files states nothing of the program.
        return find_fields(document, vocabulary, today=today) if is_notice(document) else ()

    session = Session(
        settings, configured, today=today, writes=not is_dry, read_notice=read
    )  # fmt: skip
    reports = []
    try:
        for one in chosen:
            with _Bar(one.name) as bar:
                reports.append(session.pull(one, since=since, on_progress=bar.advance))
            if not is_quiet:
                click.echo("\n".join(report_lines(one, reports[-1], is_dry=is_dry)))
        has_news = bool(session.orders) or any(
            item.filed.version for report in reports for item in report.items
        )
    finally:
        session.close()
    if has_news and not is_dry and not _bring_up_to_date(settings) and not is_quiet:
        click.echo("켜져 있는 advisor serve가 바뀐 기록과 첨부 문서를 이어서 반영합니다.")
    return reports


class _Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, name: str) -> None:
        from tqdm import tqdm

        self._bar = tqdm(unit="건", desc=name, disable=not sys.stderr.isatty())

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def advance(self, report: Report, total: int | None) -> None:
        """Move on by one; the total is what the service says."""
        self._bar.total = total
        self._bar.update()


def _bring_up_to_date(settings: Settings) -> bool:
    """Work off the files and take over the records; False where a running server does it."""
    from advisor.corpus.effective import load_effective
    from advisor.indexing.adding import work_off
    from advisor.indexing.build import ensure_index
    from advisor.stores.home import Home

    try:
        # Asked first: opening the index would wait for whoever owns it.
        with Home(settings.home).lock():
            pass
        corpus = load_effective(settings).corpus
        index = ensure_index(settings, corpus)
    except IndexUnavailableError as error:
        if error.detail == "index lock is taken":
            return False
        raise
    try:
        work_off(index, corpus, settings.job_limit_s)
    finally:
        index.close()
    return True


def _chosen(configured: Configured, name: str | None) -> list[ConfiguredSource]:
    from advisor.corpus.connectors.session import not_usable

    if name is None:
        raise click.UsageError("받아올 원천을 적어 주세요. 목록: advisor sync --list")
    if name == ALL:
        usable = [one for one in configured.sources.values() if one.connector is not None]
        if not usable:
            raise BadInputError(
                UserMessage(
                    "쓸 수 있는 원천이 없습니다.",
                    "`advisor sync --list`에서 무엇이 빠졌는지 보고 채워 주세요.",
                )
            )
        return usable
    found = configured.sources.get(name)
    if found is None:
        raise BadInputError(
            UserMessage(
                f"'{name}' 원천이 없습니다. 있는 원천: {', '.join(configured.sources)}.",
                "이름을 확인하거나 ADVISOR_HOME/sources.yaml에 더해 주세요.",
            )
        )
    if found.connector is None:
        raise not_usable(found)
    return [found]


def _since(text: str | None, today: date) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError("--since는 2026-11-01처럼 적어 주세요.") from error
    if day > today:
        raise click.UsageError("--since가 기준일보다 뒤입니다. 오늘이나 그 전의 날을 적어 주세요.")
    return day


def _show_list(settings: Settings, configured: Configured, *, wants_json: bool) -> None:
    from advisor.stores.home import Home
    from advisor.stores.sync_state import SyncState

    runs = {}
    if settings.database_url or Home(settings.home).database.exists():
        runs = SyncState.open(settings).last_runs()
    if wants_json:
        shown = [plain_source(one, runs.get(one.name)) for one in configured.sources.values()]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for one in configured.sources.values():
        click.echo("\n".join(source_lines(one, runs.get(one.name))))
