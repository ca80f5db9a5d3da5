"""Evidence files in a database of their own."""

from datetime import timedelta

import pytest

from advisor.clock import now
from advisor.config import Settings
from advisor.stores.consultations import ConsultationStore
from advisor.stores.evidence import EvidenceStore


@pytest.fixture
def stores(settings: Settings) -> tuple[ConsultationStore, EvidenceStore]:
    return ConsultationStore.open(settings), EvidenceStore.open(settings)


def put(store: EvidenceStore, cid: str, content: bytes = b"abc") -> str:
    return store.add(
        cid, item="DAT1", name="일보.txt", kind="텍스트", media_type="text/plain", content=content
    ).id


def test_a_file_comes_back_byte_for_byte_and_only_to_its_own_consultation(stores):
    consultations, evidence = stores
    mine, other = consultations.create(), consultations.create()
    file_id = put(evidence, mine, b"\x00\xffabc")

    (kept,) = evidence.load(mine)
    assert (kept.name, kept.item, kept.size) == ("일보.txt", "DAT1", 5)
    assert evidence.content(mine, file_id) == b"\x00\xffabc"
    assert evidence.content(other, file_id) is None
    assert not evidence.remove(other, file_id)
    assert evidence.remove(mine, file_id)
    assert evidence.load(mine) == ()


def test_files_go_with_a_deleted_and_with_a_purged_consultation(stores):
    consultations, evidence = stores
    deleted, stale = consultations.create(), consultations.create()
    files = [(one, put(evidence, one)) for one in (deleted, stale)]

    consultations.delete(deleted)
    assert evidence.content(*files[0]) is None
    consultations.purge(now() + timedelta(seconds=5))
    assert evidence.content(*files[1]) is None
