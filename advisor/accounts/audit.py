"""Writes lines of the audit log: who did what to which object, never a person's words."""

from dataclasses import dataclass

from advisor.accounts.actor import Actor
from advisor.accounts.policy import Kind
from advisor.clock import now
from advisor.stores.audit import AuditLine, AuditStore, Verdict
from advisor.stores.encryption import Vault

# The id of these opens them: the log holds a fingerprint, equal for equal ids.
_CAPABILITIES = frozenset({Kind.CONSULTATION, Kind.SHARE})


@dataclass(frozen=True)
class AuditLog:
    """The log of one installation; safe to call from many threads."""

    store: AuditStore
    vault: Vault

    def record(
        self, actor: Actor, action: str, kind: Kind, object_id: str = "",
        **details: str | int | bool,
    ) -> None:  # fmt: skip
        """Add a line.

        Args:
            actor: Who did it; the log takes its `id`.
            action: A verb, as in the policy table where it stands there ("publish", "sign_in").
            kind: What it was done to.
            object_id: Its id. Of a consultation or share only a fingerprint is kept.
            details: Words of ours, counts and states; nothing that a person typed or is.
        """
        name = self.fingerprint(object_id) if kind in _CAPABILITIES and object_id else object_id
        self.store.add(
            at=now(), actor=actor.id, action=action, details=details,
            object_=f"{kind.value}:{name}" if name else kind.value,
        )  # fmt: skip

    def fingerprint(self, object_id: str) -> str:
        """Return what the log calls a consultation or share."""
        return self.vault.index("object", object_id)[:16]

    def newest(
        self, *, limit: int = 100, before: int | None = None, action: str = "", actor: str = "",
        kind: str = "",
    ) -> list[AuditLine]:  # fmt: skip
        """Return lines, newest first; those before a number, of an action, actor or kind of object."""
        return self.store.newest(limit=limit, before=before, action=action, actor=actor, kind=kind)

    def verify(self) -> Verdict:
        """Tell whether the log is whole."""
        return self.store.verify()
