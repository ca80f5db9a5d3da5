"""An owner shares a consultation by a code, and takes it back."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from advisor.accounts.errors import SignInError, WaitError
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.accounts.policy import Action, Decision, Kind
from advisor.config import Settings
from advisor.stores.consultations import ConsultationStore
from tests.accounts.people import a_consultation, an_actor


def test_a_code_lets_one_organisation_read_until_it_is_revoked(office: Accounts) -> None:
    consultant = an_actor(office, "park", "consultant", organisation="gyeonggi")
    colleague = an_actor(office, "choi", "consultant", organisation="gyeonggi")
    stranger = an_actor(office, "lee", "consultant", organisation="busan")
    own = a_consultation(office)
    made = office.sharing.create(own, recipient="박상담")
    assert made is not None

    share = office.sharing.redeem(consultant, made.code.lower(), address="10.0.0.1")

    def read(actor: object) -> Decision:
        return office.gate.check(actor, Action.READ, Kind.SHARE, share.id)  # type: ignore[arg-type]

    assert (read(consultant), read(colleague), read(stranger)) == (
        Decision.ALLOW, Decision.ALLOW, Decision.HIDDEN,
    )  # fmt: skip
    assert [one.id for one in office.sharing.of_asker(colleague)] == [share.id]
    assert office.sharing.of_asker(stranger) == []

    assert office.sharing.revoke(own, share.id)
    assert read(consultant) is Decision.HIDDEN
    assert office.sharing.of_asker(consultant) == []


def test_a_code_is_good_once_even_for_two_at_the_same_moment(office: Accounts) -> None:
    actors = [
        an_actor(office, f"consultant-{number}", "consultant", organisation=f"org-{number}")
        for number in range(6)
    ]
    made = office.sharing.create(a_consultation(office))
    assert made is not None

    def redeem(number: int) -> bool:
        try:
            office.sharing.redeem(actors[number], made.code, address=f"10.0.0.{number}")
        except SignInError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(redeem, range(6))) == 1


def test_a_code_is_no_good_after_its_time_or_after_it_was_taken_back(
    settings: Settings, hasher: Hasher
) -> None:
    late = Accounts.open(settings.model_copy(update={"share_code_minutes": 0}), hasher=hasher)
    office = Accounts.open(settings, hasher=hasher)
    consultant = an_actor(office, "park", "consultant")
    own = a_consultation(office)
    expired, revoked = late.sharing.create(own), office.sharing.create(own)
    assert expired is not None
    assert revoked is not None
    office.sharing.revoke(own, revoked.share.id)

    for made in (expired, revoked):
        with pytest.raises(SignInError):
            office.sharing.redeem(consultant, made.code, address="10.0.0.1")
    assert office.sharing.of_consultation(own) == []


def test_guesses_at_codes_are_throttled(office: Accounts) -> None:
    consultant = an_actor(office, "park", "consultant")
    made = office.sharing.create(a_consultation(office))
    assert made is not None
    for _ in range(5):
        with pytest.raises(SignInError):
            office.sharing.redeem(consultant, "AAAAA-AAAAA", address="10.0.0.1")

    with pytest.raises(WaitError):
        office.sharing.redeem(consultant, made.code, address="10.0.0.1")


def test_only_the_consultation_itself_takes_its_share_back(office: Accounts) -> None:
    made = office.sharing.create(a_consultation(office))
    assert made is not None

    assert not office.sharing.revoke(a_consultation(office), made.share.id)
    assert office.sharing.create("no-such-consultation") is None


def test_shares_and_holdings_go_with_the_consultation(office: Accounts) -> None:
    consultant = an_actor(office, "park", "consultant")
    own = a_consultation(office)
    made = office.sharing.create(own)
    assert made is not None
    share = office.sharing.redeem(consultant, made.code, address="10.0.0.1")
    office.sharing.claim(own, organisation_id="operator")

    ConsultationStore.open(office.settings).delete(own)

    assert office.sharing.live(share.id) is None
    assert office.sharing.store.holding(own) is None


def test_a_consultation_is_claimed_once(office: Accounts) -> None:
    own = a_consultation(office)

    assert office.sharing.claim(own, account_id="first")
    assert not office.sharing.claim(own, account_id="second")
    assert not office.sharing.claim("no-such-consultation", account_id="first")
