"""Organisations, accounts and memberships in the SQL database; contacts are encrypted."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advisor.clock import now
from advisor.stores.account_rows import AccountRow, MembershipRow, OrganisationRow
from advisor.stores.database import database_errors
from advisor.stores.encryption import Vault
from advisor.stores.rotation import encrypt_anew
from advisor.stores.upsert import put

OPERATOR_ID = "operator"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A tenant; the operator runs the installation."""

    id: str
    name: str
    is_operator: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """Roles of a person in one organisation."""

    organisation: Organisation
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """A person as kept; what is personal never shows in a log line by accident."""

    id: str
    login: str = field(repr=False)
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    password_hash: str | None = field(repr=False)
    must_change_password: bool
    is_disabled: bool
    memberships: tuple[Membership, ...] = ()

    def membership(self, organisation_id: str) -> Membership | None:
        """Return the membership in an organisation, None where there is none."""
        return next(
            (one for one in self.memberships if one.organisation.id == organisation_id), None
        )


class LoginTakenError(Exception):
    """There is an account of that login name or outside identity."""


class AccountStore:
    """Keeps people; safe to call from many threads."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Keep them in the database behind `engine`, which went through `with_vault`."""
        self._engine = engine
        self._vault = vault

    def login_index(self, login: str) -> str:
        """Return what a login name is found by; case, width and blanks around do not matter."""
        plain = unicodedata.normalize("NFKC", login).strip().casefold()
        return self._vault.index("login", plain)

    def organisation(self, organisation_id: str) -> Organisation | None:
        """Return an organisation, None where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(OrganisationRow, organisation_id)
            return Organisation(row.id, row.name, row.is_operator) if row else None

    def organisations(self) -> list[Organisation]:
        """Return all of them, the operator first, then by name."""
        query = select(OrganisationRow).order_by(
            OrganisationRow.is_operator.desc(), OrganisationRow.name
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Organisation(one.id, one.name, one.is_operator) for one in session.scalars(query)
            ]

    def add_organisation(self, organisation_id: str, name: str) -> Organisation:
        """Keep an organisation, or rename it where it is there; the operator by its fixed id."""
        is_operator = organisation_id == OPERATOR_ID
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            new = {"is_operator": is_operator, "created_at": now()}
            put(session, OrganisationRow, {"id": organisation_id}, {"name": name}, new=new)
        return Organisation(organisation_id, name, is_operator)

    def add(
        self, account_id: str, *, login: str, name: str, email: str = "", phone: str = "",
        password_hash: str | None = None, must_change_password: bool = True,
        outside: str | None = None,
    ) -> None:  # fmt: skip
        """Keep a new person without a role yet.

        Raises:
            LoginTakenError: There is one of that login name or outside identity.
        """
        row = AccountRow(
            id=account_id, login_index=self.login_index(login), login=login.strip(), name=name,
            email=email or None, phone=phone or None, password_hash=password_hash,
            must_change_password=must_change_password, is_disabled=False,
            outside_index=self._vault.index("outside", outside) if outside else None,
            created_at=now(),
        )  # fmt: skip
        with database_errors(self._engine), Session(self._engine) as session:
            try:
                session.add(row)
                session.commit()
            except IntegrityError as error:
                raise LoginTakenError from error

    def by_login(self, login: str) -> Account | None:
        """Return the person of a login name."""
        return self._one(AccountRow.login_index == self.login_index(login))

    def by_outside(self, outside: str) -> Account | None:
        """Return the person of an outside identity (issuer and subject)."""
        return self._one(AccountRow.outside_index == self._vault.index("outside", outside))

    def load(self, account_id: str) -> Account | None:
        """Return a person by id."""
        return self._one(AccountRow.id == account_id)

    def everybody(self, organisation_id: str | None = None) -> list[Account]:
        """Return all people, or those of one organisation, in the order in which they came."""
        query = select(AccountRow).order_by(AccountRow.created_at, AccountRow.id)
        if organisation_id is not None:
            members = select(MembershipRow.account_id).where(
                MembershipRow.organisation_id == organisation_id
            )
            query = query.where(AccountRow.id.in_(members))
        with database_errors(self._engine), Session(self._engine) as session:
            return [self._account(session, one) for one in session.scalars(query).all()]

    def set_password(self, account_id: str, password_hash: str, *, must_change: bool) -> None:
        """Keep another password."""
        self._update(account_id, password_hash=password_hash, must_change_password=must_change)

    def set_disabled(self, account_id: str, is_disabled: bool) -> None:
        """Close or open an account."""
        self._update(account_id, is_disabled=is_disabled)

    def set_outside(self, account_id: str, outside: str) -> None:
        """Tie an account to an outside identity."""
        self._update(account_id, outside_index=self._vault.index("outside", outside))

    def set_roles(self, account_id: str, organisation_id: str, roles: Collection[str]) -> None:
        """Put the roles of a person in an organisation; none ends the membership."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                delete(MembershipRow).where(
                    MembershipRow.account_id == account_id,
                    MembershipRow.organisation_id == organisation_id,
                )
            )
            for role in sorted(roles):
                session.add(
                    MembershipRow(account_id=account_id, organisation_id=organisation_id, role=role)
                )

    def count_with(self, role: str, *, organisation_id: str = OPERATOR_ID) -> int:
        """Return how many open accounts have a role in an organisation."""
        query = (
            select(func.count(func.distinct(MembershipRow.account_id)))
            .join(AccountRow, AccountRow.id == MembershipRow.account_id)
            .where(
                MembershipRow.role == role,
                MembershipRow.organisation_id == organisation_id,
                AccountRow.is_disabled.is_(False),
            )
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return session.scalar(query) or 0

    def encrypt_anew(self) -> int:
        """Write every encrypted value with the newest key; return how many rows were written."""
        return encrypt_anew(self._engine)

    def _one(self, where: object) -> Account | None:
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.scalar(select(AccountRow).where(where))  # type: ignore[arg-type]
            return self._account(session, row) if row else None

    def _account(self, session: Session, row: AccountRow) -> Account:
        query = (
            select(OrganisationRow, MembershipRow.role)
            .join(MembershipRow, MembershipRow.organisation_id == OrganisationRow.id)
            .where(MembershipRow.account_id == row.id)
            .order_by(OrganisationRow.is_operator.desc(), OrganisationRow.name)
        )
        roles: dict[str, set[str]] = {}
        organisations: dict[str, Organisation] = {}
        for one, role in session.execute(query):
            organisations[one.id] = Organisation(one.id, one.name, one.is_operator)
            roles.setdefault(one.id, set()).add(role)
        return Account(
            row.id, row.login, row.name, row.email or "", row.phone or "", row.password_hash,
            row.must_change_password, row.is_disabled,
            tuple(Membership(organisations[key], frozenset(found)) for key, found in roles.items()),
        )  # fmt: skip

    def _update(self, account_id: str, **values: object) -> None:
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(update(AccountRow).where(AccountRow.id == account_id).values(**values))
