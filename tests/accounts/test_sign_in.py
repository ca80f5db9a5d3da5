"""Passwords, sessions, lockout, reset and the first administrator."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text, update

from advisor.accounts.actor import TERMINAL
from advisor.accounts.errors import SignInError, WaitError
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher, check_password
from advisor.accounts.policy import Role
from advisor.clock import now
from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.stores.account_rows import AttemptRow, SessionRow
from advisor.stores.accounts import OPERATOR_ID
from advisor.stores.database import open_database
from tests.accounts.people import PASSWORD, a_person, a_token, sign_in


@pytest.mark.parametrize(
    "password",
    ["short", "password123!", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "비밀번호비밀번호12",
     "abcdefghijkl", "parkparkpark", "Park2026!!", "가" * 201],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_not_taken(password: str) -> None:
    with pytest.raises(BadInputError):
        check_password(password, login="park")


@pytest.mark.parametrize("password", ["말이 통하는 공장 하나", "correct horse battery"])
def test_a_sentence_is_a_password(password: str) -> None:
    check_password(password, login="park")


def test_a_password_is_kept_as_argon2id_and_typed_in_either_form_of_hangul() -> None:
    hasher = Hasher(memory_kib=64, passes=1)
    kept = hasher.hash("가나다라 마바사")

    assert kept.startswith("$argon2id$")
    assert hasher.verify(kept, "\u1100\u1161나다라 마바사")
    assert not hasher.verify(kept, "가나다라 마바")
    assert not hasher.verify(None, "nobody has this password")


def test_wrong_name_wrong_password_and_closed_account_are_told_alike(office: Accounts) -> None:
    a_person(office, "park", "consultant")
    closed = a_person(office, "lee", "consultant")
    office.people.disable(TERMINAL, closed.id)
    told = set()
    for login, password in (("nobody", PASSWORD), ("park", "wrong"), ("lee", PASSWORD)):
        with pytest.raises(SignInError) as caught:
            sign_in(office, login, password)
        told.add(str(caught.value.user_message))

    assert len(told) == 1


def test_a_name_that_is_not_there_takes_as_long_as_one_that_is(settings: Settings) -> None:
    slow = Accounts.open(settings, hasher=Hasher(memory_kib=8_192, passes=8))
    a_person(slow, "park", "consultant")
    took: dict[str, list[float]] = {"park": [], "nobody": []}
    for turn in range(4):
        for login, times in took.items():
            started = time.perf_counter()
            with pytest.raises(SignInError):
                sign_in(slow, login, "wrong", address=f"10.0.0.{turn}")
            times.append(time.perf_counter() - started)

    # Without the hash of nobody it would be a tenth.
    assert min(took["nobody"]) > 0.5 * min(took["park"])


def test_five_wrong_tries_lock_a_name_there_or_not_over_a_restart(
    office: Accounts, settings: Settings, hasher: Hasher
) -> None:
    a_person(office, "park", "consultant")
    for login in ("park", "nobody"):
        for turn in range(5):
            with pytest.raises(SignInError):
                sign_in(office, login, "wrong", address=f"10.0.{turn}.1")
    restarted = Accounts.open(settings, hasher=hasher)

    for login in ("park", "nobody"):
        with pytest.raises(WaitError) as caught:
            sign_in(restarted, login, PASSWORD, address="10.9.9.9")
        assert 0 < (caught.value.until - now()).total_seconds() <= 30
        assert "1분" in str(caught.value.user_message)


def test_who_has_a_name_locked_keeps_its_owner_out_of_no_browser_they_use(office: Accounts) -> None:
    a_person(office, "kim", "owner")
    a_person(office, "lee", "owner")
    known, others = office.sign_in.known_browser("kim"), office.sign_in.known_browser("lee")
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(office, "kim", "wrong password here")

    for mark in ("", "made.up", others):  # of another person, or of nobody
        with pytest.raises(WaitError):
            office.sign_in.with_password("kim", PASSWORD, address="10.0.0.2", known=mark)
    assert office.sign_in.with_password("kim", PASSWORD, address="10.0.0.2", known=known)
    for _ in range(5):
        with pytest.raises(SignInError):
            office.sign_in.with_password(
                "kim", "wrong again and again", address="10.0.0.3", known=known
            )
    with pytest.raises(WaitError):  # it is no way around the limit either
        office.sign_in.with_password("kim", PASSWORD, address="10.0.0.3", known=known)


def test_after_the_wait_the_right_password_lets_in_and_forgets_the_wrong_ones(
    office: Accounts, settings: Settings
) -> None:
    a_person(office, "park", "consultant")
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(office, "park", "wrong")
    with open_database(settings).begin() as connection:
        connection.execute(update(AttemptRow).values(wait_until=now() - timedelta(seconds=1)))

    sign_in(office, "park", PASSWORD)
    with pytest.raises(SignInError) as caught:
        sign_in(office, "park", "wrong")
    assert not isinstance(caught.value, WaitError)


def test_an_address_that_guesses_at_many_names_is_throttled_whoever_it_is_itself(
    office: Accounts,
) -> None:
    a_person(office, "park", "consultant")
    for turn in range(30):
        if turn % 10 == 0:  # an own account does not wash it clean
            sign_in(office, "park", PASSWORD)
        with pytest.raises(SignInError):
            sign_in(office, f"name-{turn}", "wrong")

    with pytest.raises(WaitError):
        sign_in(office, "park", PASSWORD)
    assert sign_in(office, "park", PASSWORD, address="10.0.0.2")


def test_a_sign_in_begins_a_new_session_and_ends_the_one_before(office: Accounts) -> None:
    old = a_token(office, "park", "consultant")

    fresh = office.sign_in.with_password("park", PASSWORD, address="10.0.0.1", old_token=old)

    assert fresh != old
    assert office.gate.who(token=fresh).has(Role.CONSULTANT)
    assert not office.gate.who(token=old).is_signed_in


@pytest.mark.parametrize(
    "change", [{"seen_at": timedelta(minutes=61)}, {"expires_at": timedelta(seconds=1)}]
)
def test_a_session_ends_unused_for_an_hour_and_at_its_last_hour(
    office: Accounts, settings: Settings, change: dict[str, timedelta]
) -> None:
    token = a_token(office, "park", "consultant")
    assert office.gate.who(token=token).is_signed_in
    with open_database(settings).begin() as connection:
        values = {name: now() - ago for name, ago in change.items()}
        connection.execute(update(SessionRow).values(values))

    assert not office.gate.who(token=token).is_signed_in


def test_the_database_holds_no_token_password_code_or_name(
    office: Accounts, settings: Settings
) -> None:
    person = a_person(office, "park.sangdam", "consultant")
    secrets = [
        office.sign_in.begin(person, way="test"), PASSWORD, "park.sangdam", "이름 park.sangdam",
        office.people.reset(TERMINAL, person.id),
    ]  # fmt: skip
    engine = office.people.store._engine
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert not [one for one in secrets if one in rows]
    engine.dispose()
    for file in settings.home.glob("advisor.sqlite3*"):
        kept = file.read_bytes()
        assert not [one for one in secrets if one.encode() in kept]


def test_signing_out_everywhere_ends_every_session(office: Accounts) -> None:
    first = a_token(office, "park", "consultant")
    second = sign_in(office, "park", PASSWORD)

    office.sign_in.sign_out(office.gate.who(token=first), everywhere=True)

    assert not office.gate.who(token=first).is_signed_in
    assert not office.gate.who(token=second).is_signed_in


def test_a_changed_password_ends_the_other_sessions_only(office: Accounts) -> None:
    mine, other = a_token(office, "park", "consultant"), sign_in(office, "park", PASSWORD)
    actor = office.gate.who(token=mine)

    office.sign_in.change_password(actor, PASSWORD, "another sentence here", address="10.0.0.1")

    assert office.gate.who(token=mine).is_signed_in
    assert not office.gate.who(token=other).is_signed_in
    with pytest.raises(SignInError):
        sign_in(office, "park", PASSWORD)


def test_a_reset_ends_password_and_sessions_and_its_code_is_good_once(office: Accounts) -> None:
    old = a_token(office, "park", "consultant")
    code = office.people.reset(TERMINAL, office.people.by_login("park").id)

    assert not office.gate.who(token=old).is_signed_in
    with pytest.raises(SignInError):
        sign_in(office, "park", PASSWORD)
    with pytest.raises(BadInputError):  # refused for the password: the code stays good
        office.sign_in.with_reset_code("park", code, "short", address="10.0.0.1")
    typed = code.lower().replace("-", " ")
    token = office.sign_in.with_reset_code("park", typed, "another sentence", address="10.0.0.1")
    assert office.gate.who(token=token).has(Role.CONSULTANT)
    with pytest.raises(SignInError):
        office.sign_in.with_reset_code("park", code, "a third sentence", address="10.0.0.1")


def test_a_temporary_password_opens_nothing_but_the_change_of_it(office: Accounts) -> None:
    from advisor.accounts.policy import Action, Decision, Kind

    token = a_token(office, "chief", "administrator")
    person = office.people.by_login("chief")
    office.people.store.set_password(person.id, person.password_hash or "", must_change=True)
    actor = office.gate.who(token=token)

    assert office.gate.check(actor, Action.LIST, Kind.AUDIT) is Decision.FORBIDDEN
    assert office.gate.check(actor, Action.WRITE, Kind.SESSION) is Decision.ALLOW


def test_the_first_administrator_comes_by_the_terminals_code_once(office: Accounts) -> None:
    code = office.sign_in.new_setup_code()
    assert code is not None
    fields = {
        "login": "chief", "name": "김관리", "password": PASSWORD, "organisation": "기관",
        "address": "10.0.0.1",
    }  # fmt: skip

    with pytest.raises(SignInError):
        office.sign_in.set_up("AAAAA-AAAAA", **fields)
    token = office.sign_in.set_up(code, **fields)

    actor = office.gate.who(token=token)
    assert actor.has(Role.ADMINISTRATOR)
    assert actor.organisation_id == OPERATOR_ID
    assert office.sign_in.new_setup_code() is None
    with pytest.raises(SignInError):
        office.sign_in.set_up(code, **{**fields, "login": "second"})


def test_the_setup_code_opens_the_staffs_parts_until_there_is_an_administrator(
    office: Accounts,
) -> None:
    code = office.sign_in.new_setup_code() or ""

    assert office.gate.who(setup_code=code, address="10.0.0.1").has(Role.ADMINISTRATOR)
    assert not office.gate.who(setup_code="AAAAA-AAAAA", address="10.0.0.1").has(Role.ADMINISTRATOR)
    a_person(office, "chief", "administrator")
    assert not office.gate.who(setup_code=code, address="10.0.0.1").has(Role.ADMINISTRATOR)


def test_a_setup_code_expires_and_guesses_at_it_are_throttled(
    settings: Settings, hasher: Hasher
) -> None:
    office = Accounts.open(settings.model_copy(update={"setup_code_minutes": 0}), hasher=hasher)
    code = office.sign_in.new_setup_code() or ""
    assert not office.sign_in.is_setup_code(code, address="10.0.0.1")
    for _ in range(4):
        assert not office.sign_in.is_setup_code("AAAAA-AAAAA", address="10.0.0.1")

    with pytest.raises(WaitError):
        office.sign_in.is_setup_code(code, address="10.0.0.1")


def test_the_last_administrator_cannot_be_lost(office: Accounts) -> None:
    chief = a_person(office, "chief", "administrator")
    with pytest.raises(BadInputError):
        office.people.disable(TERMINAL, chief.id)
    with pytest.raises(BadInputError):
        office.people.set_roles(TERMINAL, chief.id, OPERATOR_ID, ["curator"])

    a_person(office, "second", "administrator")
    office.people.disable(TERMINAL, chief.id)


def test_a_role_that_is_taken_back_is_gone_at_the_next_request(office: Accounts) -> None:
    token = a_token(office, "park", "curator", "helpdesk")
    person = office.people.by_login("park")

    office.people.set_roles(TERMINAL, person.id, OPERATOR_ID, ["helpdesk"])
    assert office.gate.who(token=token).roles == {Role.ANYONE, Role.HELPDESK}
    office.people.set_roles(TERMINAL, person.id, OPERATOR_ID, [])
    assert not office.gate.who(token=token).is_signed_in


def test_two_people_never_share_a_login_name_however_it_is_written(office: Accounts) -> None:
    a_person(office, "Park", "consultant")

    with pytest.raises(BadInputError):
        a_person(office, " ｐａｒｋ ", "consultant")
