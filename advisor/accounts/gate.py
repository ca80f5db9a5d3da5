"""The gate: who asks, how they stand to an object, and what the policy table says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from advisor.accounts import sentences
from advisor.accounts.actor import ANYBODY, SETTING_UP, VISITOR, Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.errors import DeniedError
from advisor.accounts.keys import Keys
from advisor.accounts.policy import Action, Decision, Kind, Relation, Role, decide, is_audited
from advisor.accounts.scopes import Scope
from advisor.accounts.sharing import Sharing
from advisor.accounts.sign_in import SignIn
from advisor.messages import UserMessage
from advisor.stores.accounts import AccountStore

HIDDEN = UserMessage(text="찾는 내용이 없습니다.", next_step="주소나 번호가 맞는지 확인해 주세요.")
# Belong to everybody, and to who runs the installation.
_SHARED_BY_ALL = frozenset({Kind.PUBLIC, Kind.ADVICE, Kind.TOOLS})
# A key needs no scope for these.
_WITHOUT_SCOPE = frozenset({Kind.PUBLIC, Kind.TOOLS})
_OPERATORS = frozenset(
    {Kind.QUESTION, Kind.FAQ, Kind.DOCUMENT, Kind.DRAFT, Kind.JOB, Kind.SOURCE, Kind.SIGNAL,
     Kind.AUDIT, Kind.SWITCH, Kind.SETTING}
)  # fmt: skip
_REFUSALS = {
    Decision.SIGN_IN: sentences.SIGN_IN_NEEDED,
    Decision.FORBIDDEN: sentences.NO_PERMISSION,
    Decision.HIDDEN: HIDDEN,
}

# Returns the id of the organisation that an object belongs to, None where there is none such.
TenantOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Gate:
    """Asked before everything; holds nothing of any asker.

    `tenants` says for further kinds (a consultant's clients) whose an object is.
    """

    sign_in: SignIn
    people: AccountStore
    sharing: Sharing
    audit: AuditLog
    is_open: bool
    tenants: Mapping[Kind, TenantOf] = field(default_factory=dict)
    keys: Keys | None = None

    def who(
        self, *, token: str = "", setup_code: str = "", address: str = "", key: str | None = None
    ) -> Actor:
        """Return the asker behind a key, a session cookie or the terminal's set-up code.

        Raises:
            DeniedError: A key was given that is none, revoked or too old: never taken for nobody.
            WaitError: Too many wrong set-up codes from this address.
        """
        if key is not None:
            asker = self.keys.asker(key) if self.keys else None
            if asker is None:
                raise DeniedError(Decision.SIGN_IN, sentences.KEY_WRONG)
            return asker
        if token and (actor := self._signed_in(token)):
            return actor
        if setup_code and self.sign_in.is_setup_code(setup_code, address=address):
            return SETTING_UP
        return ANYBODY if self.is_open else VISITOR

    def check(
        self, actor: Actor, action: Action, kind: Kind, object_id: str = "",
        *, scope: Scope | None = None,
    ) -> Decision:  # fmt: skip
        """Return what the policy table says of an asker, an action and an object.

        `scope` is what a key must have for it; without one no key may.
        """
        if actor.scopes is not None and kind not in _WITHOUT_SCOPE and scope not in actor.scopes:
            return Decision.FORBIDDEN
        if actor.must_change_password and kind not in {Kind.SESSION, Kind.PUBLIC}:
            return Decision.FORBIDDEN
        relation = self.relation(actor, kind, object_id)
        return decide(actor.roles, relation, kind, action)

    def require(self, actor: Actor, action: Action, kind: Kind, object_id: str = "") -> None:
        """Go on only where the policy table allows.

        Raises:
            DeniedError: Its `decision` says what the asker may know.
        """
        decision = self.check(actor, action, kind, object_id)
        if decision is not Decision.ALLOW:
            message = _REFUSALS[decision]
            if actor.must_change_password:
                message = sentences.CHANGE_FIRST
            raise DeniedError(decision, message)

    def done(self, actor: Actor, action: Action, kind: Kind, object_id: str = "") -> None:
        """Record what was done, where the audit log must hold it.

        Listed routes and events of the page do so by themselves after success.
        """
        if is_audited(kind, action):
            self.audit.record(actor, action.value, kind, object_id)

    def relation(self, actor: Actor, kind: Kind, object_id: str = "") -> Relation:
        """Return how an asker stands to an object, or to the list of a kind without an id."""
        if kind in _SHARED_BY_ALL:
            return Relation.NONE
        if kind in _OPERATORS:
            return Relation.OPERATOR if actor.is_operator else Relation.OTHER
        if kind is Kind.SESSION:
            return Relation.OWN if actor.is_signed_in else Relation.OTHER
        if kind is Kind.CONSULTATION:
            return self._to_consultation(actor, object_id)
        if not object_id:
            return self._to_list(actor, kind)
        if kind is Kind.SHARE:
            share = self.sharing.live(object_id)
            mine = share and share.organisation_id == actor.organisation_id
            return Relation.SHARED if mine and actor.organisation_id else Relation.OTHER
        if kind is Kind.ACCOUNT:
            return self._to_account(actor, object_id)
        if kind is Kind.KEY and actor.is_operator:
            return Relation.OPERATOR
        tenant = self.tenants[kind](object_id) if kind in self.tenants else None
        is_mine = tenant is not None and tenant == actor.organisation_id
        return Relation.TENANT if is_mine else Relation.OTHER

    def _to_consultation(self, actor: Actor, consultation_id: str) -> Relation:
        if not consultation_id:
            return Relation.NONE
        holding = self.sharing.store.holding(consultation_id)
        if holding is None:
            return Relation.BEARER
        if holding.account_id and holding.account_id == actor.account_id:
            return Relation.OWN
        if holding.organisation_id and holding.organisation_id == actor.organisation_id:
            return Relation.TENANT
        return Relation.OTHER

    def _to_list(self, actor: Actor, kind: Kind) -> Relation:
        if kind in {Kind.ACCOUNT, Kind.KEY} and actor.is_operator:
            return Relation.OPERATOR
        return Relation.TENANT if actor.organisation_id else Relation.OTHER

    def _to_account(self, actor: Actor, account_id: str) -> Relation:
        if actor.is_operator:
            return Relation.OPERATOR
        account = self.people.load(account_id)
        # Of a person in two organisations neither one's administrator may end the account.
        ours = {one.organisation.id for one in account.memberships} if account else set()
        return Relation.TENANT if ours == {actor.organisation_id} else Relation.OTHER

    def _signed_in(self, token: str) -> Actor | None:
        session = self.sign_in.session(token)
        account = self.people.load(session.account_id) if session else None
        if session is None or account is None or account.is_disabled:
            return None
        member = account.membership(session.organisation_id)
        if member is None:
            return None
        roles = {Role(one) for one in member.roles} | {Role.ANYONE}
        return Actor(
            frozenset(roles), id=account.id, account_id=account.id,
            organisation_id=member.organisation.id, organisation=member.organisation.name,
            is_operator=member.organisation.is_operator, session=session.token_hash,
            must_change_password=account.must_change_password, name=account.name,
        )  # fmt: skip
