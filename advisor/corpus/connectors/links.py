"""Whether the addresses that records cite still answer, through the same way out."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from urllib.parse import urlsplit

from advisor.clock import now
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Call, Fetcher, StatusError
from advisor.corpus.connectors.filing import same_page
from advisor.corpus.connectors.transport import Limits
from advisor.domain.records import Corpus
from advisor.stores.sync_state import LinkCheck

# Many hosts at once, each at its own pace; a page is not read, only whether it comes.
_AT_ONCE = 8
_LIMITS = Limits(total_s=20.0, most_bytes=3 * 1024**2)
# So many hosts out of reach, and none in reach: it is this machine that is offline.
_OFFLINE_AFTER = 4
_GONE = frozenset({404, 410})
# Some servers know no HEAD and refuse it in one of these ways.
_NO_HEAD = frozenset({400, 401, 403, 404, 405, 406, 429, 500, 501, 503})


class OfflineError(Exception):
    """No host at all could be reached: nothing is known of any address."""


@dataclass(frozen=True, slots=True)
class CitedLink:
    """An address and the records that cite it."""

    url: str
    record_ids: tuple[str, ...]


def cited_links(corpus: Corpus) -> tuple[CitedLink, ...]:
    """Return every address of the sources of all records, in their order."""
    found: dict[str, list[str]] = {}
    for record in corpus.records():
        for source in record.sources:
            if source.url is not None and record.id not in found.setdefault(source.url, []):
                found[source.url].append(record.id)
    return tuple(CitedLink(url, tuple(ids)) for url, ids in found.items())


def check_links(urls: Iterable[str], fetcher: Fetcher) -> Iterator[LinkCheck]:
    """Check addresses, those of one host one after another; yields each as it is there.

    Raises:
        OfflineError: The first hosts are all out of reach. What was yielded before is to be
            thrown away.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).hostname or "", []).append(url)
    watch = _Reach()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="links") as pool:
        waiting = [
            pool.submit(_check_host, group, fetcher, watch) for group in by_host.values()
        ]  # fmt: skip
        for done in as_completed(waiting):
            checks = done.result()
            if watch.is_offline():
                pool.shutdown(wait=False, cancel_futures=True)
                raise OfflineError
            yield from checks


def check_link(url: str, fetcher: Fetcher) -> LinkCheck:
    """Check one address: HEAD, and GET where HEAD does not say."""
    try:
        try:
            found = fetcher.fetch_once(Call(url, method="HEAD", limits=_LIMITS))
        except StatusError as error:
            if error.status not in _NO_HEAD:
                raise
            found = fetcher.fetch_once(Call(url, limits=_LIMITS))
    except SourceError as error:
        return _bad(url, error)
    has_moved = found.moved_for_good and same_page(found.url) != same_page(url)
    # A page that is gone is often answered by the home page.
    is_home = urlsplit(found.url).path in {"", "/"} and urlsplit(url).path not in {"", "/"}
    if is_home:
        return LinkCheck(url, "moved", found.status, found.url, "첫 화면으로 넘어갑니다.", now())
    if has_moved:
        return LinkCheck(url, "moved", found.status, found.url, "주소가 바뀌었습니다.", now())
    return LinkCheck(url, "ok", found.status, None, "", now())


def _bad(url: str, error: SourceError) -> LinkCheck:
    status = error.status if isinstance(error, StatusError) else None
    if status in _GONE:
        return LinkCheck(url, "gone", status, None, "페이지가 없습니다.", now())
    if error.fault is Fault.TOO_LARGE:
        # It answers, with something large: that is all that was asked.
        return LinkCheck(url, "ok", None, None, "", now())
    if status in {401, 403, 429}:
        note = "열려 있으나 자동 확인을 막는 누리집입니다. 눈으로 확인해 주세요."
        return LinkCheck(url, "unreachable", status, None, note, now())
    return LinkCheck(url, "unreachable", status, None, error.user_message.text, now())


class _Reach:
    """Whether anything at all answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed_hosts = 0
        self._has_reached = False

    def tell(self, checks: Sequence[LinkCheck]) -> None:
        with self._lock:
            if any(one.status is not None or one.state == "ok" for one in checks):
                self._has_reached = True
            else:
                self._failed_hosts += 1

    def is_offline(self) -> bool:
        return not self._has_reached and self._failed_hosts >= _OFFLINE_AFTER


def _check_host(urls: Sequence[str], fetcher: Fetcher, watch: _Reach) -> list[LinkCheck]:
    if watch.is_offline():
        return []
    checks = []
    for url in urls:
        checks.append(check_link(url, fetcher))
        if len(checks) == 1:
            watch.tell(checks)
        if watch.is_offline():
            break
    return checks


LINK_LABELS: Mapping[str, str] = {
    "ok": "정상", "moved": "옮겨짐", "gone": "없어짐", "unreachable": "확인하지 못함",
}  # fmt: skip


def broken_by_record(
    corpus: Corpus, checks: Mapping[str, LinkCheck]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each record what is wrong with the addresses it cites, in Korean and English."""
    found: dict[str, list[tuple[str, str]]] = {}
    for link in cited_links(corpus):
        check = checks.get(link.url)
        if check is None or check.state == "ok":
            continue
        day = check.checked_on.isoformat()
        said = (
            f"출처 주소 {LINK_LABELS[check.state]}({day} 확인): {link.url}",
            f"Source address {check.state} (looked at {day}): {link.url}",
        )
        for record_id in link.record_ids:
            found.setdefault(record_id, []).append(said)
    return {record_id: tuple(said) for record_id, said in found.items()}
