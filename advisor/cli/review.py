"""`advisor review`: drafts of notices are read, corrected, published; records rolled back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from advisor import clock
from advisor.cli.review_text import show_draft, show_list, show_versions
from advisor.config import Settings
from advisor.corpus.notices.shown import (
    draft_line,
    draft_sheet,
    version_line,
    versioned_line,
)
from advisor.corpus.notices.values import read_value
from advisor.domain.drafts import DraftState, PublishedRecord
from advisor.domain.passages import Document
from advisor.errors import BadInputError
from advisor.messages import UserMessage

NO_PAIR = "칸과 값을 '칸=값'으로 적어 주세요. 예: window.closes_on=2026-12-18"
signed = click.option("--by", required=True, help="누가 하는지(이름). 기록에 남습니다.")
noted = click.option("--note", default="", help="까닭 한 줄.")
in_json = click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")


@click.group(epilog="예: advisor review read 공고문.hwpx && advisor review publish 1 --by 김담당")
def review() -> None:
    """공고문에서 뽑은 초안을 고쳐 기록으로 게시하고, 게시한 기록을 되돌립니다."""


@review.command("list", epilog="예: advisor review list --state open")
@click.option(
    "--state",
    type=click.Choice([*(one.value for one in DraftState), "all"]),
    default="open",
    help="초안의 상태.",
)
@in_json
def list_drafts(*, state: str, as_json: bool) -> None:
    """초안 목록을 봅니다."""
    with _desk() as desk:
        found = desk.drafts.list(None if state == "all" else DraftState(state))
    _print([draft_line(one) for one in found], show_list, as_json=as_json)


@review.command(epilog="예: advisor review read 공고문.hwpx")
@click.argument("what")
@in_json
def read(*, what: str, as_json: bool) -> None:
    """공고문 파일이나 실린 문서(문서 ID)를 읽어 초안을 만듭니다."""
    settings = Settings()
    with _desk() as desk:
        document = _document(settings, desk.database, what)
        draft = desk.read(document, today=clock.today(), read_more=_reader(settings))
        sheet = draft_sheet(draft, *desk.preview(draft, today=clock.today()))
    _print(sheet, show_draft, as_json=as_json)


@review.command(epilog="예: advisor review show 3")
@click.argument("draft_id", type=int)
@in_json
def show(*, draft_id: int, as_json: bool) -> None:
    """초안을 칸별로 값, 쪽, 인용, 신뢰도와 함께 봅니다."""
    with _desk() as desk:
        draft = desk.drafts.get(draft_id)
        sheet = draft_sheet(draft, *desk.preview(draft, today=clock.today()))
    _print(sheet, show_draft, as_json=as_json)


@review.command(epilog="예: advisor review correct 3 support.max_amount_krw='5천만 원' --by 김담당")
@click.argument("draft_id", type=int)
@click.argument("pairs", nargs=-1, required=True)
@signed
@in_json
def correct(*, draft_id: int, pairs: tuple[str, ...], by: str, as_json: bool) -> None:
    """초안의 칸을 고칩니다. 값을 비우면 '공고문에 없음'이 됩니다."""
    values = {}
    for pair in pairs:
        name, mark, text = pair.partition("=")
        if not mark or not name.strip():
            raise click.UsageError(NO_PAIR)
        values[name.strip()] = read_value(name.strip(), text)
    with _desk() as desk:
        draft = desk.drafts.correct(draft_id, values, by)
        sheet = draft_sheet(draft, *desk.preview(draft, today=clock.today()))
    _print(sheet, show_draft, as_json=as_json)


@review.command(epilog="예: advisor review publish 3 --by 김담당 --note '공고문과 대조함'")
@click.argument("draft_id", type=int)
@signed
@noted
@in_json
def publish(*, draft_id: int, by: str, note: str, as_json: bool) -> None:
    """초안을 기록으로 게시합니다. 켜 둔 서버의 답에는 몇 초 안에 반영됩니다."""
    with _desk() as desk:
        made = desk.publish(draft_id, by, note, today=clock.today())
    _done(made, "게시했습니다", as_json=as_json)


@review.command(epilog="예: advisor review reject 3 --by 김담당 --note '작년 공고'")
@click.argument("draft_id", type=int)
@signed
@noted
@in_json
def reject(*, draft_id: int, by: str, note: str, as_json: bool) -> None:
    """초안을 게시하지 않고 닫습니다."""
    with _desk() as desk:
        line = draft_line(desk.drafts.reject(draft_id, by, note))
    _print(line, lambda _: f"초안 {draft_id}번을 반려했습니다.", as_json=as_json)


@review.command(epilog="예: advisor review history ai-voucher-2026")
@click.argument("record_id")
@in_json
def history(*, record_id: str, as_json: bool) -> None:
    """게시한 기록의 판을 누가 언제 무엇을 바꾸었는지와 함께 봅니다."""
    with _desk() as desk:
        lines = [versioned_line(one) for one in desk.versions(record_id)]
    _print(lines, show_versions, as_json=as_json)


@review.command(epilog="예: advisor review rollback ai-voucher-2026 1 --by 박팀장")
@click.argument("record_id")
@click.argument("version", type=click.IntRange(min=0))
@signed
@noted
@in_json
def rollback(*, record_id: str, version: int, by: str, note: str, as_json: bool) -> None:
    """기록을 앞선 판으로 되돌립니다. 0은 처음부터 실려 있던 기록입니다."""
    with _desk() as desk:
        made = desk.rollback(record_id, version, by, note)
    _done(made, f"{version}판으로 되돌렸습니다", as_json=as_json)


@review.command(epilog="예: advisor review withdraw ai-voucher-2026 --by 박팀장 --note '사업 취소'")
@click.argument("record_id")
@signed
@noted
@in_json
def withdraw(*, record_id: str, by: str, note: str, as_json: bool) -> None:
    """기록을 모든 답에서 뺍니다. `rollback`으로 되살릴 수 있습니다."""
    with _desk() as desk:
        made = desk.withdraw(record_id, by, note)
    _done(made, "모든 답에서 뺐습니다", as_json=as_json)


@contextmanager
def _desk() -> Iterator[Any]:
    from advisor.corpus.effective import load_effective
    from advisor.corpus.load import load_corpus
    from advisor.corpus.reviewing import ReviewDesk
    from advisor.stores.database import open_database  # SQLAlchemy costs 0.3 s
    from advisor.stores.published import PublishedRecords

    settings = Settings()
    engine = open_database(settings)
    try:
        corpus = load_effective(settings, PublishedRecords(engine)).corpus
        yield ReviewDesk(
            engine, corpus, lambda: load_corpus(settings.corpus, settings.home / "cache")
        )
    finally:
        engine.dispose()


def _document(settings: Settings, database: Any, what: str) -> Document:
    """Return an ingested document by id, or a file that is read for this draft alone."""
    from advisor.corpus.documents import document_id, read_document
    from advisor.stores.ledger import Ledger

    ledger = Ledger(database)
    path = Path(what)
    known = ledger.document(document_id(path) if path.is_file() else what)
    if known is not None:
        return known
    if not path.is_file():
        raise BadInputError(
            UserMessage(
                text=f"'{what}'은(는) 파일도, 실린 문서의 ID도 아닙니다.",
                next_step="파일 경로를 확인하거나 `advisor ingest --list`로 문서 ID를 확인해 주세요.",
            )
        )
    return read_document(path)


def _reader(settings: Settings) -> Any:
    if not settings.has_model:
        return None
    from advisor.parts import build_door, build_notice_reader

    return build_notice_reader(settings, build_door(settings, keep=True))


def _done(made: PublishedRecord, words: str, *, as_json: bool) -> None:
    line = version_line(made)
    _print(
        line, lambda _: f"{made.id} {made.version}판: {words}. ({made.signed_by})", as_json=as_json
    )


def _print(plain: Any, show: Any, *, as_json: bool) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1) if as_json else show(plain))
