"""Who asks: the value that every check and every audit line takes."""

from dataclasses import dataclass, field

from advisor.accounts.policy import Role
from advisor.accounts.scopes import Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """An asker.

    `id` names the asker in the audit log: an account's id, or one of the fixed words below.
    `scopes` are what a key may be used for, None where a person asks.
    `name` is personal; it is for the page that greets its own reader, never for a log.
    """

    roles: frozenset[Role]
    id: str = "anonymous"
    account_id: str = ""
    organisation_id: str = ""
    organisation: str = ""
    is_operator: bool = False
    session: str = ""
    must_change_password: bool = False
    key_id: str = ""
    scopes: frozenset[Scope] | None = None
    name: str = field(default="", repr=False)

    @property
    def is_signed_in(self) -> bool:
        """Tell whether an account stands behind the asker."""
        return bool(self.account_id)

    def has(self, *roles: Role) -> bool:
        """Tell whether the asker has one of the roles."""
        return not self.roles.isdisjoint(roles)


ANYBODY = Actor(frozenset({Role.ANYONE}))
VISITOR = Actor(frozenset({Role.VISITOR}))
# The machine's own terminal: whoever may run commands there may read the database anyway.
TERMINAL = Actor(frozenset({Role.ANYONE, Role.ADMINISTRATOR}), id="terminal", is_operator=True)
# Holds the code that `advisor serve` prints before there is an administrator.
SETTING_UP = Actor(frozenset({Role.ANYONE, Role.ADMINISTRATOR}), id="set-up", is_operator=True)
# What the product does by itself, such as the daily retention.
SYSTEM = Actor(frozenset({Role.ANYONE, Role.ADMINISTRATOR}), id="system", is_operator=True)
