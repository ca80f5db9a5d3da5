"""All of accounts put together for one installation: what the server, the pages and commands hold."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from advisor.accounts.audit import AuditLog
from advisor.accounts.gate import Gate, TenantOf
from advisor.accounts.keys import Keys
from advisor.accounts.oidc import OutsideSignIn
from advisor.accounts.passwords import Hasher
from advisor.accounts.people import People
from advisor.accounts.policy import Kind
from advisor.accounts.rates import RateLimits
from advisor.accounts.sharing import Sharing
from advisor.accounts.sign_in import SignIn
from advisor.accounts.switch import AssistantSwitch
from advisor.config import Settings
from advisor.stores.accounts import AccountStore
from advisor.stores.api_keys import ApiKeyStore
from advisor.stores.attempts import AttemptStore, CodeStore
from advisor.stores.audit import AuditStore
from advisor.stores.channels import ChannelStore
from advisor.stores.clients import ClientStore
from advisor.stores.database import Engine, open_database
from advisor.stores.encryption import with_vault
from advisor.stores.keys_in_place import vault_for
from advisor.stores.rates import RateStore
from advisor.stores.sessions import SessionStore
from advisor.stores.shares import ShareStore
from advisor.stores.switches import SwitchStore


@dataclass(frozen=True)
class Accounts:
    """People, sessions, sharing, audit log and switch on one database.

    `engine` is that database with the keys of its encrypted columns.
    """

    settings: Settings
    gate: Gate
    sign_in: SignIn
    people: People
    sharing: Sharing
    audit: AuditLog
    switch: AssistantSwitch
    keys: Keys
    rates: RateLimits
    engine: Engine

    @classmethod
    def open(cls, settings: Settings, *, hasher: Hasher | None = None) -> "Accounts":
        """Open the configured database.

        Raises:
            HomeUnavailableError: The database or the keys cannot be used.
        """
        return cls.on(open_database(settings), settings, hasher=hasher)

    @classmethod
    def on(cls, engine: Engine, settings: Settings, *, hasher: Hasher | None = None) -> "Accounts":
        """Put all together on an engine whose tables are up to date."""
        vault = vault_for(engine, settings)
        with_vault(engine, vault)
        audit = AuditLog(AuditStore(engine, vault), vault)
        attempts, codes = AttemptStore(engine), CodeStore(engine)
        store, sessions = AccountStore(engine, vault), SessionStore(engine)
        hasher = hasher or Hasher()
        people = People(store, sessions, codes, audit, vault, hasher)
        sign_in = SignIn(
            people, sessions, attempts, codes, audit, vault, hasher,
            idle=timedelta(minutes=settings.session_idle_minutes),
            longest=timedelta(hours=settings.session_hours),
            setup_lasts=timedelta(minutes=settings.setup_code_minutes),
        )  # fmt: skip
        sharing = Sharing(
            ShareStore(engine), attempts, audit, vault,
            code_lasts=timedelta(minutes=settings.share_code_minutes),
        )  # fmt: skip
        keys = Keys(ApiKeyStore(engine), store, audit)
        gate = Gate(
            sign_in, store, sharing, audit, is_open=settings.access == "open",
            tenants={
                Kind.KEY: keys.tenant_of, Kind.CLIENT: ClientStore(engine).organisation_of,
            },
            keys=keys,
        )  # fmt: skip
        switch = AssistantSwitch(SwitchStore(engine), audit)
        rates = RateLimits(RateStore(engine), vault, settings)
        return cls(settings, gate, sign_in, people, sharing, audit, switch, keys, rates, engine)

    def with_tenants(self, kind: Kind, tenant_of: TenantOf) -> "Accounts":
        """Return the same, that also knows whose objects of a kind are (a consultant's clients)."""
        gate = replace(self.gate, tenants={**self.gate.tenants, kind: tenant_of})
        return replace(self, gate=gate)

    @cached_property
    def channels(self) -> ChannelStore:
        """Return which consultation goes on with whom of a messenger."""
        return ChannelStore(self.engine)

    @cached_property
    def outside(self) -> OutsideSignIn | None:
        """Return the way in through the configured OIDC provider, None without one."""
        if not (self.settings.oidc_issuer and self.settings.oidc_client_id):
            return None
        return OutsideSignIn(self.settings, self.people, self.sign_in)
