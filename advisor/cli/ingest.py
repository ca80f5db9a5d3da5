"""`advisor ingest`: adds files and folders to the documents that answers may cite, and takes out."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from advisor.config import Settings
from advisor.domain.jobs import IngestStatus, Job, Order
from advisor.domain.passages import Kind
from advisor.errors import BadInputError
from advisor.indexing.ingest import IngestResult, orders_for, removal_of, result_of
from advisor.messages import UserMessage

KINDS = [Kind.DOCUMENT, Kind.PROGRAM, Kind.SOLUTION, Kind.CASE, Kind.EXPERT]
STATUSES = {
    IngestStatus.ADDED: "추가",
    IngestStatus.CHANGED: "변경",
    IngestStatus.UNCHANGED: "그대로",
    IngestStatus.REJECTED: "거절",
}
_REMOVED = {**STATUSES, IngestStatus.REMOVED: "삭제"}
_NOT_A_RECORD = (
    "문서로 실었습니다. 담당자가 내용을 검토해 기록으로 펴내기 전에는 문서로만 인용됩니다."
)


@click.command(
    epilog="예: advisor ingest 공고문.hwpx 자료폴더 --json · advisor ingest --list · "
    "advisor ingest --remove 문서ID · advisor ingest --watch 자료폴더"
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice([one.value for one in KINDS]), default=Kind.DOCUMENT.value,
    help="무엇에 관한 파일인지. document가 아니면 검토를 거쳐 기록이 됩니다.",
)  # fmt: skip
@click.option("--with-hidden", is_flag=True, help="통합 문서의 숨긴 시트도 싣습니다.")
@click.option("--list", "wants_list", is_flag=True, help="실린 문서를 봅니다.")
@click.option("--remove", "removed", multiple=True, metavar="ID", help="문서를 뺍니다.")
@click.option(
    "--watch", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="폴더를 지켜보며 새로 생기거나 바뀌거나 사라진 파일을 반영합니다. Ctrl+C로 마칩니다.",
)  # fmt: skip
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def ingest(
    *,
    paths: tuple[Path, ...],
    kind: str,
    with_hidden: bool,
    wants_list: bool,
    removed: tuple[str, ...],
    watch: Path | None,
    wants_json: bool,
) -> None:
    """파일과 폴더를 자료에 싣습니다. 읽지 못한 파일이 있어도 나머지는 싣습니다.

    `advisor serve`가 켜져 있으면 그 서버가 이어받아 싣고, 끝나면 바로 답에 쓰입니다.
    """
    settings = Settings()
    if wants_list:
        _show_list(settings, wants_json)
        return
    if watch is not None:
        _watch(settings, watch, with_hidden=with_hidden)
        return
    if removed:
        _show(_carried_out(settings, _removals(settings, removed)), Kind.DOCUMENT, wants_json)
        return
    if not paths:
        raise click.UsageError("더할 파일이나 폴더를 적어 주세요. 예: advisor ingest 공고문.hwpx")
    orders = orders_for(paths, with_hidden=with_hidden)
    _show(_carried_out(settings, orders), kind, wants_json)


def _carried_out(settings: Settings, orders: Sequence[Order]) -> list[IngestResult]:
    from tqdm import tqdm

    from advisor.corpus.effective import load_effective
    from advisor.indexing.adding import carry_out

    corpus = load_effective(settings).corpus
    with tqdm(total=len(orders), unit="파일", disable=not sys.stderr.isatty()) as bar:

        def advance(_: Job) -> None:
            bar.update()

        return [result_of(one) for one in carry_out(settings, corpus, orders, on_end=advance)]


def _removals(settings: Settings, ids: Sequence[str]) -> list[Order]:
    from advisor.stores.database import open_database
    from advisor.stores.ledger import Ledger

    engine = open_database(settings)
    known = {one.id: one.path for one in Ledger(engine).documents()}
    engine.dispose()
    for one in ids:
        if one not in known:
            raise BadInputError(
                UserMessage(
                    text=f"'{one}' 문서가 없습니다.",
                    next_step="`advisor ingest --list`로 문서 ID를 확인해 주세요.",
                )
            )
    return [removal_of(one, known[one]) for one in ids]


def _show_list(settings: Settings, wants_json: bool) -> None:
    from advisor.stores.database import open_database
    from advisor.stores.ledger import Ledger

    engine = open_database(settings)
    found = Ledger(engine).documents()
    engine.dispose()
    if wants_json:
        shown = [{**asdict(one), "added_at": one.added_at.isoformat()} for one in found]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for one in found:
        pages = f"{one.pages}쪽, " if one.pages else ""
        click.echo(
            f"{one.id}\t{one.title}\n    {one.path} · {pages}{one.characters:,}자 · "
            f"{one.added_at.astimezone():%Y-%m-%d %H:%M}"
        )
    click.echo(
        f"문서 {len(found)}건" if found else "실린 문서가 없습니다. `advisor ingest 파일`로 더해 주세요."
    )  # fmt: skip


def _watch(settings: Settings, folder: Path, *, with_hidden: bool) -> None:
    import time

    from advisor.indexing.watch import POLL_S, FolderWatch
    from advisor.stores.database import open_database
    from advisor.stores.ledger import Ledger

    engine = open_database(settings)
    watch = FolderWatch(folder, Ledger(engine), with_hidden=with_hidden)
    click.echo(f"{folder} 폴더를 지켜봅니다. 마치려면 Ctrl+C를 누르세요.", err=True)
    while True:
        orders = watch.poll()
        if orders:
            for result in _carried_out(settings, orders):
                click.echo(_line(result, Kind.DOCUMENT))
        time.sleep(POLL_S)


def _show(results: Sequence[IngestResult], kind: str, wants_json: bool) -> None:
    if wants_json:
        shown = [_plain(result, kind) for result in results]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for result in results:
        click.echo(_line(result, kind))
    labels = STATUSES if all(one.status in STATUSES for one in results) else _REMOVED
    counts = [(label, sum(one.status is it for one in results)) for it, label in labels.items()]
    click.echo(", ".join(f"{label} {count}건" for label, count in counts))


def _message(result: IngestResult, kind: str) -> str:
    is_new = result.status in {IngestStatus.ADDED, IngestStatus.CHANGED}
    remark = _NOT_A_RECORD if is_new and kind != Kind.DOCUMENT.value else ""
    return " ".join(filter(None, [result.message, remark]))


def _plain(result: IngestResult, kind: str) -> dict[str, object]:
    return {**asdict(result), "status": result.status.value, "message": _message(result, kind)}


def _line(result: IngestResult, kind: str) -> str:
    parts = [f"{_REMOVED[result.status]}\t{result.path}"]
    if result.characters is not None:
        pages = f"{result.pages}쪽, " if result.pages else ""
        parts.append(
            f"{pages}제목 {result.sections}개, 표 {result.tables}개, {result.characters:,}자"
        )
    message = _message(result, kind)
    if message:
        parts.append(message)
    return "\n    ".join(parts)
