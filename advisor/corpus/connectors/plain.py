"""Reports and sources as plain data: for `--json` and the administration page (pure)."""

from typing import Any

from advisor.clock import SEOUL
from advisor.corpus.connectors.configured import ConfiguredSource
from advisor.corpus.connectors.report import Item, Outcome, Report, Trouble
from advisor.stores.sync_state import Run


def plain_report(report: Report, *, is_dry: bool) -> dict[str, Any]:
    """Return a report as JSON values."""
    fault = report.fault
    return {
        "source": report.source,
        "dry_run": is_dry,
        "status": "failed" if fault else ("unchanged" if report.is_unchanged else "done"),
        "complete": report.is_complete,
        "resumed_at": report.resumed_at,
        "counts": {
            **{one.value: report.counts.get(one, 0) for one in Outcome},
            "seen": report.counts.get("seen", 0),
            "files": report.counts.get("files", 0),
            "files_failed": report.counts.get("files_failed", 0),
        },
        "items": [_plain_item(one) for one in report.items],
        "failures": [_plain_trouble(one) for one in report.troubles],
        "problem": str(fault.user_message) if fault else None,
        "fault": fault.fault.value if fault else None,
    }


def _plain_item(item: Item) -> dict[str, Any]:
    filed = item.filed
    return {
        "outcome": item.outcome.value,
        "key": item.key,
        "title": item.title,
        "url": item.url,
        "changes": [
            {"field": one.field, "label": one.label, "before": one.before, "after": one.after}
            for one in item.differences
        ],
        "record_id": filed.record_id,
        "version": filed.version,
        "window": [one.model_dump(mode="json") for one in filed.window] if filed.window else None,
        "draft": filed.draft_id,
        "note": item.note,
    }


def _plain_trouble(trouble: Trouble) -> dict[str, str]:
    return {"what": trouble.what, "where": trouble.where, "reason": trouble.reason}


def plain_source(source: ConfiguredSource, run: Run | None) -> dict[str, Any]:
    """Return a source as JSON values."""
    return {
        "name": source.name,
        "label": source.label,
        "usable": source.connector is not None,
        "lacks": source.lacks or None,
        "daily_calls": source.daily_calls,
        "last_run": None
        if run is None
        else {
            "state": run.state,
            "started_at": run.started_at.astimezone(SEOUL).isoformat(),
            "ended_at": run.ended_at.astimezone(SEOUL).isoformat() if run.ended_at else None,
            "counts": dict(run.counts),
            "fault": run.problem or None,
        },
    }
