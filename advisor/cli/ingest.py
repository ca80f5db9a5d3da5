"""`advisor ingest`: adds files and folders to the documents that answers may cite."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from advisor.config import Settings
from advisor.domain.passages import Kind
from advisor.indexing.ingest import IngestResult, IngestStatus, files_of

KINDS = [Kind.DOCUMENT, Kind.PROGRAM, Kind.SOLUTION, Kind.CASE, Kind.EXPERT]
STATUSES = {
    IngestStatus.ADDED: "추가",
    IngestStatus.CHANGED: "변경",
    IngestStatus.UNCHANGED: "그대로",
    IngestStatus.REJECTED: "거절",
}
_NOT_A_RECORD = (
    "문서로 실었습니다. 담당자가 내용을 검토해 기록으로 펴내기 전에는 문서로만 인용됩니다."
)


@click.command(epilog="예: advisor ingest 공고문.hwpx 자료폴더 --json")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice([one.value for one in KINDS]), default=Kind.DOCUMENT.value,
    help="무엇에 관한 파일인지. document가 아니면 검토를 거쳐 기록이 됩니다.",
)  # fmt: skip
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def ingest(*, paths: tuple[Path, ...], kind: str, wants_json: bool) -> None:
    """파일과 폴더를 자료에 싣습니다. 읽지 못한 파일이 있어도 나머지는 싣습니다."""
    if not paths:
        raise click.UsageError("더할 파일이나 폴더를 적어 주세요. 예: advisor ingest 공고문.hwpx")
    from tqdm import tqdm

    from advisor.corpus.load import load_corpus
    from advisor.indexing.build import ensure_index

    settings = Settings()
    corpus = load_corpus(settings.corpus, settings.home / "cache")
    total = sum(1 for _ in files_of(paths))
    # Brought up to date twice: an index that cannot be opened is said before any file is read.
    index = ensure_index(settings, corpus)
    try:
        with tqdm(total=total, unit="파일", disable=not sys.stderr.isatty()) as bar:

            def advance(_: IngestResult) -> None:
                bar.update()

            results = index.ingest(paths, on_file=advance)
        index.update(corpus)
    finally:
        index.close()
    if wants_json:
        shown = [_plain(result, kind) for result in results]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for result in results:
        click.echo(_line(result, kind))
    counts = [(label, sum(one.status is it for one in results)) for it, label in STATUSES.items()]
    click.echo(", ".join(f"{label} {count}건" for label, count in counts))


def _message(result: IngestResult, kind: str) -> str:
    is_new = result.status in {IngestStatus.ADDED, IngestStatus.CHANGED}
    remark = _NOT_A_RECORD if is_new and kind != Kind.DOCUMENT.value else ""
    return " ".join(filter(None, [result.message, remark]))


def _plain(result: IngestResult, kind: str) -> dict[str, object]:
    return {**asdict(result), "status": result.status.value, "message": _message(result, kind)}


def _line(result: IngestResult, kind: str) -> str:
    parts = [f"{STATUSES[result.status]}\t{result.path}"]
    if result.characters is not None:
        pages = f"{result.pages}쪽, " if result.pages else ""
        parts.append(
            f"{pages}제목 {result.sections}개, 표 {result.tables}개, {result.characters:,}자"
        )
    message = _message(result, kind)
    if message:
        parts.append(message)
    return "\n    ".join(parts)
