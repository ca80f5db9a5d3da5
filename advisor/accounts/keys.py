"""Keys by which an organisation's programs ask: made, listed, revoked by an administrator."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from advisor.accounts import sentences, tokens
from advisor.accounts.actor import Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.policy import Kind, Role
from advisor.accounts.scopes import Scope
from advisor.clock import now, today
from advisor.errors import BadInputError
from advisor.stores.accounts import AccountStore
from advisor.stores.api_keys import ApiKey, ApiKeyStore

MARK = "adv_"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A fresh key; `secret` is shown once and kept nowhere."""

    key: ApiKey
    secret: str


@dataclass(frozen=True)
class Keys:
    """Makes and ends keys, and knows them again. Whether the asker may is asked at the gate."""

    store: ApiKeyStore
    people: AccountStore
    audit: AuditLog

    def create(
        self, actor: Actor, *, organisation_id: str, name: str, scopes: Collection[str],
        days: int | None = None,
    ) -> NewKey:  # fmt: skip
        """Make a key of an organisation.

        Args:
            actor: Who makes it.
            organisation_id: Whose key it is.
            name: What people call it.
            scopes: What it may do, by the names of `Scope`.
            days: Days that it is good for; None is until it is revoked.

        Raises:
            BadInputError: The organisation or a scope is unknown, or there is no name.
        """
        if self.people.organisation(organisation_id) is None:
            raise BadInputError(sentences.ORGANISATION_UNKNOWN)
        if not name.strip():
            raise BadInputError(sentences.KEY_NAME_MISSING)
        if not scopes or not set(scopes) <= {one.value for one in Scope}:
            raise BadInputError(sentences.SCOPE_UNKNOWN)
        key_id = tokens.new_id()
        prefix = MARK + "".join(secrets.choice(_LETTERS) for _ in range(8))
        secret = f"{prefix}_{tokens.new_token()}"
        made_at = now()
        wanted = frozenset(str(Scope(one).value) for one in scopes)
        self.store.add(
            key_id, organisation_id=organisation_id, name=name.strip()[:100], prefix=prefix,
            key_hash=tokens.token_hash(secret), scopes=wanted, created_at=made_at,
            created_by=actor.id,
            expires_at=made_at + timedelta(days=days) if days is not None else None,
        )  # fmt: skip
        self.audit.record(
            actor, "create", Kind.KEY, key_id, organisation=organisation_id,
            scopes=" ".join(sorted(wanted)),
        )  # fmt: skip
        made = self.store.load(key_id)
        assert made is not None
        return NewKey(made, secret)

    def all(self, organisation_id: str | None = None) -> list[ApiKey]:
        """Return the keys of an organisation or of all, oldest first."""
        return self.store.all(organisation_id)

    def named(self, name: str) -> ApiKey | None:
        """Return the key of an id or of the letters that a key begins with."""
        return self.store.load(name) or next(
            (one for one in self.store.all() if one.prefix == name), None
        )

    def revoke(self, actor: Actor, key_id: str) -> bool:
        """End a key at once; False where there is no such or it had ended."""
        done = self.store.revoke(key_id, now())
        if done:
            self.audit.record(actor, "revoke", Kind.KEY, key_id)
        return done

    def asker(self, secret: str) -> Actor | None:
        """Return who asks with a key: its organisation, with its scopes; None for a bad key."""
        if not secret.startswith(MARK) or len(secret) > 200:
            return None
        key = self.store.by_hash(tokens.token_hash(secret))
        if key is None or not key.is_good(now()):
            return None
        if key.last_used_on != today():
            self.store.used(key.id, today())
        return Actor(
            frozenset({Role.KEY}), id=f"key:{key.id}", organisation_id=key.organisation_id,
            organisation=key.organisation, is_operator=key.is_operator, key_id=key.id,
            scopes=frozenset(Scope(one) for one in key.scopes if one in set(Scope)),
        )  # fmt: skip

    def tenant_of(self, key_id: str) -> str | None:
        """Return whose a key is."""
        key = self.store.load(key_id)
        return key.organisation_id if key else None
