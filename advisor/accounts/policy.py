"""The one policy table: who may do what to which object. Pure; what is not listed is denied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an asker is. A signed-in person has the roles of the organisation they act for."""

    VISITOR = "visitor"  # has not signed in where an account is needed for everything
    ANYONE = "anyone"  # the anonymous owner; signed-in people have this beside their own roles
    OWNER = "owner"
    CONSULTANT = "consultant"
    HELPDESK = "helpdesk"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"
    KEY = "key"  # a program of an organisation; its scopes narrow further what it may


# What a membership can say; the other two are nobody's to give.
MEMBER_ROLES = (
    Role.OWNER, Role.CONSULTANT, Role.HELPDESK, Role.CURATOR, Role.ADMINISTRATOR,
)  # fmt: skip


class Relation(StrEnum):
    """How the asker stands to the object."""

    NONE = "none"  # there is no object, or it belongs to everybody
    BEARER = "bearer"  # knows the unguessable id of what nobody's account holds
    OWN = "own"  # held by the asker's account
    TENANT = "tenant"  # held by, or a list of, the organisation that the asker acts for
    SHARED = "shared"  # let in by its owner, and not taken back
    OPERATOR = "operator"  # belongs to the installation, and the asker acts for who runs it
    OTHER = "other"  # somebody else's


class Kind(StrEnum):
    """What an object is."""

    PUBLIC = "public"  # health, sign-in page, files of the page
    ADVICE = "advice"  # search, records, judging values that are sent along and kept nowhere
    CONSULTATION = "consultation"  # talk, company facts, diagnoses, shortlist, evidence files
    SHARE = "share"  # a consultation as seen by whom its owner let in
    CLIENT = "client"  # a consultant's client company
    QUESTION = "question"  # the help desk's queue of turns, without whose they are
    FAQ = "faq"
    DOCUMENT = "document"
    DRAFT = "draft"
    JOB = "job"
    SOURCE = "source"
    SIGNAL = "signal"  # counts for policy, small groups hidden
    TOOLS = "tools"  # the door for language models' tools; each tool is asked for by itself
    SESSION = "session"  # the asker's own sign-in, password and sessions
    ACCOUNT = "account"
    KEY = "key"
    AUDIT = "audit"
    SWITCH = "switch"
    SETTING = "setting"


class Action(StrEnum):
    """What is done to it."""

    USE = "use"
    LIST = "list"
    READ = "read"
    CREATE = "create"
    WRITE = "write"
    DELETE = "delete"
    EXPORT = "export"
    SHARE = "share"
    CLAIM = "claim"
    REVIEW = "review"
    PUBLISH = "publish"
    RUN = "run"
    HAND_OVER = "hand_over"


class Decision(StrEnum):
    """What the asker is told."""

    ALLOW = "allow"
    SIGN_IN = "sign_in"  # nobody without an account may do this, to any object
    FORBIDDEN = "forbidden"  # none of the asker's roles may do this, to any object
    HIDDEN = "hidden"  # some objects, not this one: as if it did not exist


@dataclass(frozen=True, slots=True)
class Rule:
    """Roles that may do actions to a kind of object, where they stand so to it."""

    kind: Kind
    actions: tuple[Action, ...]
    roles: tuple[Role, ...]
    relations: tuple[Relation, ...]


_ALL = tuple(Role)
_ANYONE = (Role.ANYONE,)
_MEMBERS = MEMBER_ROLES
_CONSULTANT = (Role.CONSULTANT,)
_DESK = (Role.HELPDESK, Role.CURATOR, Role.ADMINISTRATOR)
_KEEPERS = (Role.CURATOR, Role.ADMINISTRATOR)
_ADMIN = (Role.ADMINISTRATOR,)
_KEY = (Role.KEY,)
A, R = Action, Relation

RULES = (
    Rule(Kind.PUBLIC, (A.USE, A.READ), _ALL, (R.NONE,)),
    Rule(Kind.ADVICE, (A.USE, A.READ), _ANYONE, (R.NONE,)),
    # The owner. Nobody on the staff reads a consultation because of a role: its owner shares it.
    Rule(Kind.CONSULTATION, (A.CREATE,), _ANYONE, (R.NONE,)),
    Rule(
        Kind.CONSULTATION,
        (A.READ, A.WRITE, A.DELETE, A.EXPORT, A.SHARE), _ANYONE, (R.BEARER, R.OWN),
    ),
    Rule(Kind.CONSULTATION, (A.CLAIM,), _MEMBERS, (R.BEARER,)),
    # The consultant: clients of the own organisation, and what owners shared with it.
    Rule(Kind.CONSULTATION, (A.READ, A.WRITE, A.EXPORT), _CONSULTANT, (R.TENANT,)),
    Rule(Kind.CONSULTATION, (A.READ, A.EXPORT), _CONSULTANT, (R.SHARED,)),
    Rule(Kind.SHARE, (A.LIST, A.USE), _CONSULTANT, (R.TENANT,)),
    Rule(Kind.SHARE, (A.READ, A.EXPORT), _CONSULTANT, (R.SHARED,)),
    Rule(
        Kind.CLIENT,
        (A.LIST, A.CREATE, A.READ, A.WRITE, A.EXPORT), _CONSULTANT, (R.TENANT,),
    ),
    # An administrator sees whose they are and gives them on; what is in them is the consultants'.
    Rule(
        Kind.CLIENT,
        (A.LIST, A.HAND_OVER, A.DELETE), (Role.CONSULTANT, Role.ADMINISTRATOR), (R.TENANT,),
    ),
    # The installation's own: whoever runs it, never another organisation.
    Rule(Kind.QUESTION, (A.LIST, A.READ, A.WRITE), _DESK, (R.OPERATOR,)),
    Rule(Kind.FAQ, (A.LIST, A.READ, A.CREATE, A.WRITE), _DESK, (R.OPERATOR,)),
    Rule(Kind.FAQ, (A.PUBLISH,), _DESK, (R.OPERATOR,)),
    Rule(Kind.FAQ, (A.DELETE,), _KEEPERS, (R.OPERATOR,)),
    Rule(Kind.DOCUMENT, (A.LIST, A.READ), _DESK, (R.OPERATOR,)),
    Rule(Kind.DOCUMENT, (A.CREATE, A.WRITE, A.DELETE), _KEEPERS, (R.OPERATOR,)),
    Rule(
        Kind.DRAFT,
        (A.LIST, A.READ, A.CREATE, A.WRITE, A.DELETE, A.REVIEW, A.PUBLISH), _KEEPERS, (R.OPERATOR,),
    ),
    Rule(Kind.JOB, (A.LIST, A.READ, A.CREATE, A.WRITE, A.DELETE, A.RUN), _KEEPERS, (R.OPERATOR,)),
    Rule(Kind.SOURCE, (A.LIST, A.READ, A.WRITE, A.RUN), _KEEPERS, (R.OPERATOR,)),
    Rule(Kind.SIGNAL, (A.READ, A.EXPORT), _DESK, (R.OPERATOR,)),
    # People: oneself always; others by an administrator, of the own organisation or of all.
    Rule(Kind.SESSION, (A.READ, A.WRITE, A.DELETE), _MEMBERS, (R.OWN,)),
    Rule(
        Kind.ACCOUNT,
        (A.LIST, A.READ, A.CREATE, A.WRITE, A.DELETE), _ADMIN, (R.OPERATOR, R.TENANT),
    ),
    Rule(Kind.KEY, (A.LIST, A.CREATE, A.DELETE), _ADMIN, (R.OPERATOR, R.TENANT)),
    # An organisation's program: advice, what its keys began, and the operator's documents.
    Rule(Kind.ADVICE, (A.USE, A.READ), _KEY, (R.NONE,)),
    Rule(Kind.TOOLS, (A.USE,), _KEY, (R.NONE,)),
    Rule(Kind.CONSULTATION, (A.CREATE,), _KEY, (R.NONE,)),
    Rule(Kind.CONSULTATION, (A.READ, A.WRITE, A.DELETE, A.EXPORT), _KEY, (R.TENANT,)),
    Rule(Kind.DOCUMENT, (A.LIST, A.READ, A.CREATE, A.DELETE), _KEY, (R.OPERATOR,)),
    Rule(Kind.JOB, (A.LIST, A.READ, A.DELETE), _KEY, (R.OPERATOR,)),
    Rule(Kind.AUDIT, (A.LIST, A.READ, A.EXPORT), _ADMIN, (R.OPERATOR,)),
    Rule(Kind.SWITCH, (A.READ,), _DESK, (R.OPERATOR,)),
    Rule(Kind.SWITCH, (A.WRITE,), _ADMIN, (R.OPERATOR,)),
    Rule(Kind.SETTING, (A.LIST, A.READ, A.WRITE, A.RUN), _ADMIN, (R.OPERATOR,)),
)  # fmt: skip


def _table() -> Mapping[tuple[Kind, Action], Mapping[Role, frozenset[Relation]]]:
    table: dict[tuple[Kind, Action], dict[Role, frozenset[Relation]]] = {}
    for rule in RULES:
        for action in rule.actions:
            cell = table.setdefault((rule.kind, action), {})
            for role in rule.roles:
                cell[role] = cell.get(role, frozenset()) | frozenset(rule.relations)
    return table


_TABLE = _table()
# These need no account; the hint to sign in would help everybody else.
_WITHOUT_ACCOUNT = frozenset({Role.VISITOR, Role.ANYONE})


def decide(roles: Collection[Role], relation: Relation, kind: Kind, action: Action) -> Decision:
    """Return what an asker with `roles`, standing so to an object, is told.

    A refusal that depends on the object is HIDDEN, so that it tells no more than an id that was
    never given out; SIGN_IN and FORBIDDEN depend on the roles alone.

    >>> decide({Role.ANYONE}, Relation.BEARER, Kind.CONSULTATION, Action.DELETE).value
    'allow'
    >>> decide({Role.ANYONE}, Relation.OTHER, Kind.CONSULTATION, Action.DELETE).value
    'hidden'
    >>> decide({Role.ANYONE}, Relation.OTHER, Kind.AUDIT, Action.LIST).value
    'sign_in'
    """
    cell = _TABLE.get((kind, action), {})
    mine = [cell[role] for role in roles if role in cell]
    if any(relation in relations for relations in mine):
        return Decision.ALLOW
    if mine or not cell:
        return Decision.HIDDEN
    return Decision.SIGN_IN if _WITHOUT_ACCOUNT.issuperset(roles) else Decision.FORBIDDEN


# Done to these, an action leaves a line in the audit log.
AUDITED = frozenset({A.DELETE, A.EXPORT, A.SHARE, A.CLAIM, A.REVIEW, A.PUBLISH})


def is_audited(kind: Kind, action: Action) -> bool:
    """Tell whether doing this leaves a line in the audit log by itself."""
    return action in AUDITED or (kind in {Kind.SOURCE, Kind.SETTING} and action is A.WRITE)
