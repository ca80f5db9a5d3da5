"""`advisor corpus links`: whether the addresses that records cite still answer."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from advisor.clock import SEOUL
from advisor.config import Settings
from advisor.corpus.connectors.links import LINK_LABELS, CitedLink, OfflineError, broken_by_record
from advisor.domain.records import Corpus
from advisor.messages import UserMessage
from advisor.stores.home import Home
from advisor.stores.sync_state import LinkCheck, SyncState

OFFLINE = UserMessage(
    "인터넷에 연결되지 않아 주소를 확인하지 못했습니다. 지난번 확인 결과는 그대로 둡니다.",
    "연결을 확인한 뒤 다시 실행하거나, `advisor corpus links --kept`로 지난번 결과를 보세요.",
)
_STATES = ("gone", "moved", "unreachable")


@click.command(epilog="예: advisor corpus links · advisor corpus links --kept --json")
@click.option("--kept", is_flag=True, help="새로 확인하지 않고 지난번 결과를 봅니다.")
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def links(*, kept: bool, wants_json: bool) -> None:
    """기록이 출처로 든 주소가 아직 열리는지 확인합니다. 사이트마다 천천히 한 번씩만 엽니다."""
    from advisor.corpus.connectors.links import cited_links
    from advisor.corpus.effective import load_effective

    settings = Settings()
    cited = cited_links(load_effective(settings).corpus)
    state = SyncState.open(settings)
    is_offline = False
    if kept:
        known = state.links()
        checks = {one.url: known[one.url] for one in cited if one.url in known}
    else:
        try:
            checks = _checked(settings, state, cited)
        except OfflineError:
            is_offline = True
            checks = {}
    if wants_json:
        shown = {
            "offline": is_offline,
            "cited": len(cited),
            "links": [_plain(one, checks[one.url]) for one in cited if one.url in checks],
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    elif not is_offline:
        click.echo("\n".join(_lines(cited, checks)))
    if is_offline:
        click.echo(str(OFFLINE), err=True)
        sys.exit(2)


def kept_broken(settings: Settings, corpus: Corpus) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what the last check found wrong, by record; empty where none was made."""
    if not settings.database_url and not Home(settings.home).database.exists():
        return {}
    return broken_by_record(corpus, SyncState.open(settings).links())


def _checked(
    settings: Settings, state: SyncState, cited: Sequence[CitedLink]
) -> dict[str, LinkCheck]:
    from tqdm import tqdm

    from advisor.corpus.connectors.fetch import Fetcher
    from advisor.corpus.connectors.links import check_links

    fetcher = Fetcher(allow_loopback=settings.sync_allow_loopback, host_interval_s=1.0)
    found: list[LinkCheck] = []
    with tqdm(total=len(cited), unit="주소", disable=not sys.stderr.isatty()) as bar:
        for one in check_links([one.url for one in cited], fetcher):
            found.append(one)
            bar.update()
    # Kept only when the whole round is through: an offline machine says nothing of any address.
    checks = {one.url: state.keep_link(one) for one in found}
    state.forget_links(but=[one.url for one in cited])
    return checks


def _lines(cited: Sequence[CitedLink], checks: Mapping[str, LinkCheck]) -> Iterator[str]:
    for name in _STATES:
        for link in cited:
            check = checks.get(link.url)
            if check is None or check.state != name:
                continue
            status = f" {check.status}" if check.status else ""
            yield f"[{LINK_LABELS[check.state]}{status}] {link.url}"
            yield f"    기록: {', '.join(link.record_ids[:5])}{_more(link)}"
            if check.note:
                yield f"    {check.note}"
            if check.target:
                yield f"    새 주소: {check.target}"
            if check.bad_since is not None and check.bad_since.date() < check.checked_at.date():
                yield f"    {check.bad_since.astimezone(SEOUL):%Y-%m-%d}부터 열리지 않습니다."
    counted = ", ".join(
        f"{label} {sum(one.state == name for one in checks.values()):,}개"
        for name, label in LINK_LABELS.items()
    )
    if not checks:
        yield "아직 확인한 주소가 없습니다. `advisor corpus links`로 확인해 주세요."
        return
    days = sorted({one.checked_on for one in checks.values()})
    yield f"주소 {len(checks):,}개({days[0].isoformat()} 확인): {counted}."
    if len(checks) < len(cited):
        yield f"아직 확인하지 않은 주소가 {len(cited) - len(checks):,}개 있습니다."


def _more(link: CitedLink) -> str:
    return f" 외 {len(link.record_ids) - 5}건" if len(link.record_ids) > 5 else ""


def _plain(link: CitedLink, check: LinkCheck) -> dict[str, Any]:
    return {
        "url": link.url,
        "record_ids": list(link.record_ids),
        "state": check.state,
        "status": check.status,
        "target": check.target,
        "note": check.note,
        "checked_at": check.checked_at.astimezone(SEOUL).isoformat(),
        "bad_since": check.bad_since.astimezone(SEOUL).isoformat() if check.bad_since else None,
    }
