"""What `advisor sync` says: reports and sources as lines for a person (pure)."""

from collections.abc import Iterator

from advisor.clock import SEOUL
from advisor.corpus.connectors.configured import ConfiguredSource
from advisor.corpus.connectors.report import Item, Outcome, Report, Trouble
from advisor.domain.records import Window
from advisor.stores.sync_state import Run

LABELS = {
    Outcome.ADDED: "새 {noun}",
    Outcome.CHANGED: "바뀐 {noun}",
    Outcome.CLOSED: "마감",
    Outcome.MISSING: "목록에서 사라짐",
    Outcome.UNCHANGED: "그대로",
    Outcome.PAST: "처음 보았지만 이미 마감",
    Outcome.FAILED: "실패",
}
_NOTICE = "공고"
_TROUBLES = {"page": "목록", "attachment": "첨부"}
# What a person reads on a screen; `--json` has all.
_MOST_SHOWN = 20
_LONGEST = 60
_EMPTY = "(적혀 있지 않음)"


def report_lines(source: ConfiguredSource, report: Report, *, is_dry: bool) -> Iterator[str]:
    """Yield the lines of a report, the sums last."""
    if report.resumed_at is not None:
        yield f"지난번에 멈춘 곳({report.resumed_at}쪽)부터 이어서 받았습니다."
    for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.CLOSED, Outcome.MISSING):
        items = [one for one in report.items if one.outcome is outcome]
        for one in items[:_MOST_SHOWN]:
            yield from _item_lines(one, source.noun, is_dry=is_dry)
        yield from _more(_label(outcome, source.noun), len(items))
    for trouble in report.troubles[:_MOST_SHOWN]:
        yield _trouble_line(trouble, source.noun)
    yield from _more("실패", len(report.troubles))
    yield from _sums(source, report)
    if is_dry:
        yield "미리 보기여서 아무것도 저장하지 않았습니다. 첨부는 받지 않았습니다."
    elif any(one.filed.draft_id for one in report.items):
        yield "초안은 담당자가 검토해 게시해야 답에 쓰입니다: advisor review list"


def _trouble_line(trouble: Trouble, noun: str) -> str:
    if trouble.what == "listing":
        return f"  [확인] 목록: {trouble.reason}"
    what = noun if trouble.what == "item" else _TROUBLES[trouble.what]
    return f"  [실패] {what} {trouble.where}: {trouble.reason}"


def _more(label: str, count: int) -> Iterator[str]:
    if count > _MOST_SHOWN:
        yield f"  … {label} {count - _MOST_SHOWN:,}건 더 있습니다(--json으로 모두 봅니다)."


def _label(outcome: Outcome, noun: str) -> str:
    return LABELS[outcome].format(noun=noun)


def _sums(source: ConfiguredSource, report: Report) -> Iterator[str]:
    counts, name = report.counts, f"{source.label}({source.name})"
    if report.is_unchanged:
        yield f"{name}: 지난번 뒤로 바뀌지 않았습니다."
        return
    always = {Outcome.ADDED, Outcome.CHANGED, Outcome.CLOSED}
    shown = ", ".join(
        f"{_label(outcome, source.noun)} {counts.get(outcome, 0):,}건"
        for outcome in LABELS
        if counts.get(outcome, 0) or outcome in always
    )
    yield f"{name}: {source.noun} {counts.get('seen', 0):,}건을 보았습니다. {shown}."
    failed = counts.get("files_failed", 0)
    if counts.get("files") or failed:
        lost = f"(못 읽음 {failed:,}건)" if failed else ""
        yield f"첨부 {counts.get('files', 0):,}건을 읽었습니다{lost}."


def _item_lines(item: Item, noun: str, *, is_dry: bool) -> Iterator[str]:
    # The key of a row is a digest: it says nothing to anybody.
    key = f" ({item.key})" if noun == _NOTICE else ""
    yield f"  [{_label(item.outcome, noun)}] {_short(item.title)}{key}"
    for one in item.differences:
        yield f"      {one.label}: {_short(one.before) or _EMPTY} → {_short(one.after) or _EMPTY}"
    filed = item.filed
    if filed.window is not None:
        before, after = filed.window
        done = "반영합니다" if is_dry else f"반영했습니다({filed.version}판)"
        yield f"      기록 {filed.record_id}의 접수기간 {_window(before)} → {_window(after)}: 바로 {done}"
    if filed.draft_id is not None:
        yield "      초안을 만듭니다" if is_dry else f"      초안 {filed.draft_id}번"
    if item.note:
        yield f"      확인: {item.note}"


def source_lines(source: ConfiguredSource, run: Run | None) -> Iterator[str]:
    """Yield the lines of `advisor sync --list`."""
    state = "쓸 수 있음" if source.connector is not None else f"쓸 수 없음: {source.lacks}"
    yield f"{source.name}\t{source.label}\t{state}"
    if run is None:
        yield "    아직 받은 적이 없습니다."
        return
    at = run.started_at.astimezone(SEOUL)
    ended = {
        "done": "끝냈습니다",
        "failed": "문제가 있어 멈췄습니다. 다시 실행하면 이어서 받습니다",
        "running": "끝나지 않았습니다(받는 중이거나 도중에 꺼졌습니다)",
    }[run.state]
    yield f"    마지막 실행 {at:%Y-%m-%d %H:%M}, {source.noun} {run.counts.get('seen', 0):,}건: {ended}."


def _window(window: Window) -> str:
    opens = window.opens_on.isoformat() if window.opens_on else ""
    last = window.extended_to or window.closes_on
    days = f"{opens} ~ {last.isoformat() if last else ''}".strip() if opens or last else "날짜 없음"
    if window.closed_early_on is not None:
        return f"{days}({window.closed_early_on.isoformat()} 조기 마감)"
    return f"{days}(예산 소진 시까지)" if window.until_funds_run_out else days


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
