"""An owner lets a consultant see a consultation by a code, and takes that back."""

from dataclasses import dataclass
from datetime import timedelta

from advisor.accounts import sentences, tokens
from advisor.accounts.actor import Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.errors import SignInError, WaitError
from advisor.accounts.policy import Kind
from advisor.accounts.throttle import PER_CODE
from advisor.clock import now
from advisor.stores.attempts import AttemptStore
from advisor.stores.encryption import Vault
from advisor.stores.shares import Share, ShareStore


@dataclass(frozen=True, slots=True)
class NewShare:
    """A fresh share; the code is shown once and kept nowhere."""

    share: Share
    code: str


@dataclass(frozen=True)
class Sharing:
    """Makes, uses and revokes shares. Whether the asker may is asked before, at the gate."""

    store: ShareStore
    attempts: AttemptStore
    audit: AuditLog
    vault: Vault
    code_lasts: timedelta

    def create(self, consultation_id: str, *, recipient: str = "") -> NewShare | None:
        """Return a code to hand over; None where there is no such consultation."""
        if not self.store.exists(consultation_id):
            return None
        share_id, code = tokens.new_id(), tokens.new_code()
        self.store.create(
            share_id, consultation_id, expires_at=now() + self.code_lasts,
            code_index=self._index(code), recipient=recipient.strip()[:100],
        )  # fmt: skip
        share = self.store.load(share_id)
        return NewShare(share, code) if share else None

    def redeem(self, actor: Actor, code: str, *, address: str) -> Share:
        """Let the asker's organisation see what the code was made for, once.

        Raises:
            WaitError: Too many wrong codes.
            SignInError: The code is wrong, used, revoked or too old; it does not say which.
        """
        keys = [self._key(f"account:{actor.account_id}"), self._key(f"address:{address}")]
        for key in keys:
            until = self.attempts.begin(
                key, at=now(), forget=PER_CODE.forget, wait_after=PER_CODE.wait_after
            )
            if until is not None:
                raise WaitError(sentences.WAIT, until)
        share = self.store.redeem(
            self._index(code), organisation_id=actor.organisation_id,
            account_id=actor.account_id, at=now(),
        )  # fmt: skip
        if share is None:
            self.audit.record(actor, "redeem_failed", Kind.SHARE)
            raise SignInError(sentences.NOT_SHARED, detail="wrong or old share code")
        for key in keys:
            self.attempts.give_back(key)
        self.audit.record(actor, "redeem", Kind.SHARE, share.id)
        return share

    def revoke(self, consultation_id: str, share_id: str) -> bool:
        """Take a share back at once; False where the consultation has no such."""
        return self.store.revoke(consultation_id, share_id)

    def of_consultation(self, consultation_id: str) -> list[Share]:
        """Return what the owner shared and did not take back; codes too old to use are left out."""
        return [
            one for one in self.store.of_consultation(consultation_id)
            if one.redeemed_at or one.code_expires_at > now()
        ]  # fmt: skip

    def of_asker(self, actor: Actor) -> list[Share]:
        """Return what owners share with the asker's organisation now."""
        if not actor.organisation_id:
            return []
        return self.store.of_organisation(actor.organisation_id)

    def live(self, share_id: str) -> Share | None:
        """Return a share that lets somebody in now; its consultation id stays on the server."""
        share = self.store.load(share_id)
        return share if share and share.is_live else None

    def claim(
        self, consultation_id: str, *, organisation_id: str = "", account_id: str = ""
    ) -> bool:
        """Give a consultation to an organisation or account; its link alone opens it no more."""
        return self.store.hold(
            consultation_id, organisation_id=organisation_id, account_id=account_id
        )

    def _index(self, code: str) -> str:
        return self.vault.index("share", tokens.plain_code(code))

    def _key(self, value: str) -> str:
        return self.vault.index("attempt", f"share:{value}")
