"""Accounts, organisations and roles as an administrator manages them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from advisor.accounts import sentences, tokens
from advisor.accounts.actor import Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.passwords import Hasher, check_password
from advisor.accounts.policy import MEMBER_ROLES, Kind, Role
from advisor.clock import now
from advisor.errors import BadInputError
from advisor.stores.accounts import (
    OPERATOR_ID,
    Account,
    AccountStore,
    LoginTakenError,
    Organisation,
)
from advisor.stores.attempts import CodeStore
from advisor.stores.encryption import Vault
from advisor.stores.sessions import SessionStore

RESET_LASTS = timedelta(hours=24)
_LOGIN = re.compile(r"\S{3,100}")
_ORGANISATION_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class People:
    """Makes and changes accounts; each change leaves a line in the audit log."""

    store: AccountStore
    sessions: SessionStore
    codes: CodeStore
    audit: AuditLog
    vault: Vault
    hasher: Hasher

    def create(
        self, actor: Actor, *, login: str, name: str, roles: Collection[str],
        organisation_id: str = OPERATOR_ID, password: str | None = None, email: str = "",
        phone: str = "", outside: str | None = None,
    ) -> Account:  # fmt: skip
        """Make an account; without a password it is opened by the code of `reset`.

        Raises:
            BadInputError: Login, password, role or organisation cannot be used.
        """
        if not _LOGIN.fullmatch(login.strip()):
            raise BadInputError(sentences.LOGIN_BAD)
        wanted = self._roles(roles)
        if self.store.organisation(organisation_id) is None:
            raise BadInputError(sentences.ORGANISATION_UNKNOWN)
        if password is not None:
            check_password(password, login=login)
        account_id = tokens.new_id()
        try:
            self.store.add(
                account_id, login=login, name=name.strip() or login.strip(), email=email.strip(),
                phone=phone.strip(), outside=outside,
                password_hash=self.hasher.hash(password) if password is not None else None,
                must_change_password=password is None and outside is None,
            )  # fmt: skip
        except LoginTakenError as error:
            raise BadInputError(sentences.LOGIN_TAKEN) from error
        self.store.set_roles(account_id, organisation_id, wanted)
        self.audit.record(
            actor, "create", Kind.ACCOUNT, account_id, organisation=organisation_id,
            roles=" ".join(sorted(wanted)),
        )  # fmt: skip
        return self._known(account_id)

    def set_roles(
        self, actor: Actor, account_id: str, organisation_id: str, roles: Collection[str]
    ) -> None:
        """Put the roles of a person in an organisation; none ends the membership.

        Open sessions follow at their next request.

        Raises:
            BadInputError: Account, organisation or role is unknown, or nobody would administer.
        """
        account, wanted = self._known(account_id), self._roles(roles)
        if self.store.organisation(organisation_id) is None:
            raise BadInputError(sentences.ORGANISATION_UNKNOWN)
        if Role.ADMINISTRATOR not in wanted and organisation_id == OPERATOR_ID:
            self._keep_one_administrator(account)
        self.store.set_roles(account_id, organisation_id, wanted)
        self.audit.record(
            actor, "set_roles", Kind.ACCOUNT, account_id, organisation=organisation_id,
            roles=" ".join(sorted(wanted)),
        )  # fmt: skip

    def reset(self, actor: Actor, account_id: str) -> str:
        """End a person's sessions and password; return the one-time code to set a new one with."""
        self._known(account_id)
        code = tokens.new_code()
        self.codes.put(
            "reset", account_id, self.vault.index("reset", tokens.plain_code(code)),
            expires_at=now() + RESET_LASTS,
        )  # fmt: skip
        # Nobody knows the text that was hashed: the old password is gone at once.
        fresh = self.hasher.hash(tokens.new_token())
        self.store.set_password(account_id, fresh, must_change=True)
        self.sessions.end_all(account_id)
        self.audit.record(actor, "reset_password", Kind.ACCOUNT, account_id)
        return code

    def disable(self, actor: Actor, account_id: str, *, is_disabled: bool = True) -> None:
        """Close an account and end its sessions, or open it again.

        Raises:
            BadInputError: It is unknown, or the last administrator's.
        """
        account = self._known(account_id)
        if is_disabled:
            self._keep_one_administrator(account)
        self.store.set_disabled(account_id, is_disabled)
        self.sessions.end_all(account_id)
        self.audit.record(actor, "disable" if is_disabled else "enable", Kind.ACCOUNT, account_id)

    def add_organisation(self, actor: Actor, organisation_id: str, name: str) -> Organisation:
        """Make an organisation, or rename it; its id is short Latin letters."""
        if not _ORGANISATION_ID.fullmatch(organisation_id) or not name.strip():
            raise BadInputError(sentences.ORGANISATION_UNKNOWN)
        self.audit.record(actor, "keep_organisation", Kind.ACCOUNT, organisation_id)
        return self.store.add_organisation(organisation_id, name.strip()[:200])

    def has_administrator(self) -> bool:
        """Tell whether somebody administers this installation."""
        return self.store.count_with(Role.ADMINISTRATOR) > 0

    def by_login(self, login: str) -> Account:
        """Return the account of a login name; raises BadInputError."""
        found = self.store.by_login(login)
        if found is None:
            raise BadInputError(sentences.ACCOUNT_UNKNOWN)
        return found

    def encrypt_anew(self, actor: Actor) -> int:
        """Write every encrypted value with the newest key; return how many rows."""
        count = self.store.encrypt_anew()
        self.audit.record(actor, "rotate_keys", Kind.SETTING, rows=count)
        return count

    def _known(self, account_id: str) -> Account:
        found = self.store.load(account_id)
        if found is None:
            raise BadInputError(sentences.ACCOUNT_UNKNOWN)
        return found

    def _roles(self, roles: Collection[str]) -> frozenset[str]:
        if not set(roles) <= {role.value for role in MEMBER_ROLES}:
            raise BadInputError(sentences.ROLE_UNKNOWN)
        return frozenset(str(Role(role).value) for role in roles)

    def _keep_one_administrator(self, account: Account) -> None:
        mine = account.membership(OPERATOR_ID)
        is_one = mine is not None and Role.ADMINISTRATOR in mine.roles and not account.is_disabled
        if is_one and self.store.count_with(Role.ADMINISTRATOR) == 1:
            raise BadInputError(sentences.LAST_ADMINISTRATOR)
