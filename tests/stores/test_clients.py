"""Clients on both databases: what the retention takes along, and what it must leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.clients import Entry
from advisor.domain.profile import Profile
from advisor.stores.account_rows import OrganisationRow
from advisor.stores.accounts import AccountStore
from advisor.stores.client_files import ClientFileStore
from advisor.stores.client_rows import ClientEntryRow, ClientNoteRow, ClientRow
from advisor.stores.clients import ClientStore
from advisor.stores.consultations import ConsultationRow, ConsultationStore
from advisor.stores.database import Engine, open_database
from advisor.stores.encryption import Vault, with_vault
from advisor.stores.evidence import EvidenceRow, EvidenceStore
from advisor.stores.shares import ShareStore

LATER = timedelta(minutes=5)


@dataclass(frozen=True)
class Stores:
    engine: Engine
    clients: ClientStore
    papers: ClientFileStore
    talks: ConsultationStore
    shares: ShareStore

    def by_hand(self, name: str = "한빛정공") -> tuple[str, str]:
        """Return a client with a note, an entry and a file, and its own consultation."""
        own = self.talks.create()
        client = f"c-{own}"[:40]
        self.clients.create(
            client, organisation_id="north", account_id="kim", name=name, consultation_id=own
        )
        self.papers.add_note(client, f"n-{own}"[:40], account_id="kim", text="사장님과 통화")
        self.papers.add_entry(client, Entry("fact", "employees_regular", 30, "명부", "kim"))
        EvidenceStore(self.engine).add(
            own,
            item="DAT1",
            name="일보.txt",
            kind="document",
            media_type="text/plain",
            content=b"x",
        )
        return client, own

    def shared(self) -> tuple[str, str]:
        """Return a client that is seen through a share, and its owner's consultation."""
        own = self.talks.create()
        client, share = f"c-{own}"[:40], f"s-{own}"[:40]
        self.shares.create(share, own, code_index=share, expires_at=now() + LATER, recipient="")
        redeemed = self.shares.redeem(share, organisation_id="north", account_id="kim", at=now())
        assert redeemed is not None
        self.clients.create(
            client, organisation_id="north", account_id="kim", name="나눔기업", share_id=share
        )
        return client, own

    def last_touched(self, at: datetime, *, client: str = "", talk: str = "") -> None:
        with self.engine.begin() as connection:
            connection.execute(
                update(ClientRow).where(ClientRow.id == client).values(updated_at=at)
            )
            connection.execute(
                update(ConsultationRow).where(ConsultationRow.id == talk).values(updated_at=at)
            )

    def count(self, *tables: type) -> list[int]:
        with self.engine.connect() as connection:
            return [connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


@pytest.fixture
def stores(settings: Settings) -> Stores:
    vault = Vault.open(settings)
    engine = with_vault(open_database(settings), vault)
    AccountStore(engine, vault).add_organisation("north", "북부센터")
    return Stores(
        engine, ClientStore(engine), ClientFileStore(engine), ConsultationStore(engine),
        ShareStore(engine),
    )  # fmt: skip


def test_a_client_nobody_works_on_goes_with_its_notes_entries_files_and_own_talk(
    stores: Stores,
) -> None:
    old, talk = stores.by_hand()
    kept, _ = stores.by_hand()
    long_ago = now() - timedelta(days=1096)
    stores.last_touched(long_ago, client=old, talk=talk)

    gone = stores.clients.purge(now() - timedelta(days=1095))

    assert gone == 1
    assert [one.id for one in stores.clients.of_organisation("north")] == [kept]
    assert stores.talks.load(talk) is None
    tables = (ClientNoteRow, ClientEntryRow, EvidenceRow, ConsultationRow, OrganisationRow)
    assert stores.count(*tables) == [1, 1, 1, 1, 1]


def test_a_talk_that_goes_on_keeps_its_client(stores: Stores) -> None:
    client, talk = stores.by_hand()
    stores.last_touched(now() - timedelta(days=2000), client=client)
    stores.talks.append_turn(talk, question="요건은", answer={}, profile=Profile(), state={})

    assert stores.clients.purge(now() - timedelta(days=1095)) == 0


def test_an_owners_talk_outlives_the_client_and_a_clients_own_outlives_its_silence(
    stores: Stores,
) -> None:
    client, owners = stores.shared()
    _, own = stores.by_hand()
    anybodys = stores.talks.create()
    stores.last_touched(now() - timedelta(days=2000), client=client)
    for talk in (own, anybodys):
        stores.last_touched(now() - timedelta(days=200), talk=talk)

    assert stores.clients.purge(now() - timedelta(days=1095)) == 1
    assert stores.talks.purge(now() - timedelta(days=90)) == 1

    assert stores.talks.load(owners) is not None
    assert stores.talks.load(own) is not None
    assert stores.talks.load(anybodys) is None


def test_a_shared_talk_is_seen_until_its_owner_takes_it_back(stores: Stores) -> None:
    client, talk = stores.shared()
    stores.papers.add_note(client, "n", account_id="kim", text="첫 통화")

    seen = stores.clients.load(client)
    (share,) = stores.shares.of_consultation(talk)
    stores.shares.revoke(talk, share.id)
    after = stores.clients.load(client)

    assert seen is not None
    assert seen.consultation_id == talk
    assert after is not None
    assert after.consultation_id is None
    assert [one.text for one in stores.papers.notes(client)] == ["첫 통화"]


def test_progress_counts_entries_and_begun_talks_by_client_and_consultation(
    stores: Stores,
) -> None:
    silent, _ = stores.by_hand()
    answered, _ = stores.by_hand()
    row = {"status": "answered", "value": 2, "grade": "say"}
    stores.papers.add_entry(answered, Entry("item", "DAT1", row, "", "kim"))
    _, talk = stores.shared()
    stores.talks.set_state(talk, {"diagnosis": "quick"})

    found = stores.papers.progress("north")

    assert {name: one.is_begun for name, one in found.items()} == {answered: True, talk: True}
    assert silent not in found
