"""What is known of public sources, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.clock import now, today
from advisor.config import Settings
from advisor.stores.sync_state import KnownNotice, LinkCheck, SyncState

NOTICE = KnownNotice(
    "bizinfo", "PBLN-1", "0" * 64, {"title": "제조AI 지원 \U00020000"}, "open",
    files=({"url": "https://example.org/1", "name": "공고문.hwp", "state": "read"},),
)  # fmt: skip


@pytest.fixture
def state(settings: Settings) -> SyncState:
    return SyncState.open(settings)


def test_a_stopped_run_goes_on_at_its_page_and_a_finished_one_begins_anew(
    state: SyncState,
) -> None:
    first = state.begin("bizinfo", today())
    state.page_done(first.id, 4, {"added": 30})
    state.end(first.id, "failed", {"added": 30}, "끊김")

    again = state.begin("bizinfo", today())
    other = state.begin("bizinfo", None)
    state.end(again.id, "done", {"added": 40})

    assert (again.id, again.next_page, again.counts, again.problem) == (first.id, 4, {"added": 30}, "")  # fmt: skip
    assert other.id != first.id
    assert state.last_runs()["bizinfo"].id == other.id


def test_a_notice_is_kept_once_and_missed_by_the_run_that_does_not_meet_it(
    state: SyncState,
) -> None:
    first, second = state.begin("bizinfo", None), state.begin("mss", None)
    state.keep(NOTICE, first.id, is_changed=True)
    state.keep(replace(NOTICE, digest="1" * 64), first.id, is_changed=False)

    (known,) = state.known("bizinfo", ["PBLN-1", "pbln-1"]).values()
    missed = state.unseen("bizinfo", second.id)
    state.seen("bizinfo", ["PBLN-1"], second.id)

    assert (known.digest, known.data, known.files) == ("1" * 64, NOTICE.data, NOTICE.files)
    assert [one.key for one in missed] == ["PBLN-1"]
    assert state.unseen("bizinfo", second.id) == []


def test_an_address_is_bad_since_its_first_failure_in_a_row(state: SyncState) -> None:
    begun = now()
    check = LinkCheck("https://example.org/가", "gone", 404, None, "", begun)

    state.keep_link(check)
    later = state.keep_link(replace(check, checked_at=begun + timedelta(days=3)))
    well = state.keep_link(replace(check, state="ok", checked_at=begun + timedelta(days=4)))
    state.forget_links([])

    assert later.bad_since == begun
    assert well.bad_since is None
    assert state.links() == {}
