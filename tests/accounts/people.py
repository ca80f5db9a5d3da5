"""People, organisations and consultations for tests."""

from advisor.accounts.actor import TERMINAL, Actor
from advisor.accounts.office import Accounts
from advisor.stores.accounts import OPERATOR_ID, Account
from advisor.stores.consultations import ConsultationStore

PASSWORD = "a long sentence of my own"
HERE = {"origin": "http://testserver"}


def a_person(office: Accounts, login: str, *roles: str, organisation: str = OPERATOR_ID) -> Account:
    """Make an account with the password above; its organisation where it is missing."""
    if office.people.store.organisation(organisation) is None:
        office.people.add_organisation(TERMINAL, organisation, f"기관 {organisation}")
    return office.people.create(
        TERMINAL, login=login, name=f"이름 {login}", roles=roles, organisation_id=organisation,
        password=PASSWORD,
    )  # fmt: skip


def a_token(office: Accounts, login: str, *roles: str, organisation: str = OPERATOR_ID) -> str:
    """Make an account and sign it in."""
    return office.sign_in.begin(
        a_person(office, login, *roles, organisation=organisation), way="test"
    )


def an_actor(office: Accounts, login: str, *roles: str, organisation: str = OPERATOR_ID) -> Actor:
    """Make an account and return it as an asker."""
    return office.gate.who(token=a_token(office, login, *roles, organisation=organisation))


def a_consultation(office: Accounts) -> str:
    """Begin an anonymous owner's consultation."""
    return ConsultationStore(office.people.store._engine).create()


def sign_in(office: Accounts, login: str, password: str, *, address: str = "10.0.0.1") -> str:
    """Sign in with a password."""
    return office.sign_in.with_password(login, password, address=address)
