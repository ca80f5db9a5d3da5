"""Every route and every page event with what it does to what. What stands not here is denied."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.accounts.policy import Action, Kind
from advisor.accounts.rates import RateClass
from advisor.accounts.scopes import Scope

API = "/api/v1"


class Hide(StrEnum):
    """How an object that the asker may not know of is denied: as one that was never there."""

    NOT_FOUND = "not_found"
    UNKNOWN_CONSULTATION = "unknown_consultation"  # the sentence that these routes have for it


@dataclass(frozen=True, slots=True)
class Entry:
    """One route or event.

    `object` says where the object's id is: `path:NAME`, `body:NAME` (JSON) or nowhere.
    """

    kind: Kind
    action: Action
    object: str = ""
    hide: Hide = Hide.NOT_FOUND

    def asked(self, object_id: str) -> Action:
        """Return the action that is asked for: a consultation that none is named of begins one."""
        begins = self.kind is Kind.CONSULTATION and not object_id
        return Action.CREATE if begins else self.action


K, A = Kind, Action
_PUBLIC = Entry(K.PUBLIC, A.USE)
_ADVICE = Entry(K.ADVICE, A.USE)
_ID = "path:consultation_id"
_CLIENT = "path:client_id"
_BODY = "body:consultation_id"
_SAY = Hide.UNKNOWN_CONSULTATION

ROUTES: Mapping[tuple[str, str], Entry] = {
    # the machine's
    ("GET", f"{API}/healthz"): _PUBLIC,
    ("GET", f"{API}/readyz"): _PUBLIC,
    ("GET", f"{API}/openapi.json"): _PUBLIC,
    # advice that keeps nothing
    ("POST", f"{API}/search"): _ADVICE,
    ("POST", f"{API}/diagnose"): _ADVICE,
    ("POST", f"{API}/match"): _ADVICE,
    ("POST", f"{API}/plan"): _ADVICE,
    ("GET", f"{API}/records/{{record_id}}"): Entry(K.ADVICE, A.READ),
    # the owner's consultation
    ("POST", f"{API}/ask"): Entry(K.CONSULTATION, A.WRITE, _BODY, _SAY),
    ("POST", f"{API}/report"): Entry(K.CONSULTATION, A.EXPORT, _BODY, _SAY),
    ("POST", f"{API}/feedback"): Entry(K.CONSULTATION, A.WRITE, _BODY, _SAY),
    ("GET", f"{API}/consultations/{{consultation_id}}"): Entry(K.CONSULTATION, A.READ, _ID),
    ("DELETE", f"{API}/consultations/{{consultation_id}}"): Entry(K.CONSULTATION, A.DELETE, _ID),
    ("PATCH", f"{API}/consultations/{{consultation_id}}/profile"):
        Entry(K.CONSULTATION, A.WRITE, _ID, _SAY),
    ("GET", f"{API}/consultations/{{consultation_id}}/calendar.ics"):
        Entry(K.CONSULTATION, A.EXPORT, _ID),
    ("GET", f"{API}/consultations/{{consultation_id}}/export/{{way}}"):
        Entry(K.CONSULTATION, A.EXPORT, _ID),
    ("GET", f"{API}/consultations/{{consultation_id}}/shares"): Entry(K.CONSULTATION, A.READ, _ID),
    ("POST", f"{API}/consultations/{{consultation_id}}/shares"): Entry(K.CONSULTATION, A.SHARE, _ID),
    ("DELETE", f"{API}/consultations/{{consultation_id}}/shares/{{share_id}}"):
        Entry(K.CONSULTATION, A.SHARE, _ID),
    ("POST", f"{API}/consultations/{{consultation_id}}/claim"): Entry(K.CONSULTATION, A.CLAIM, _ID),
    ("GET", f"{API}/consultations/{{consultation_id}}/evidence"):
        Entry(K.CONSULTATION, A.READ, _ID),
    ("POST", f"{API}/consultations/{{consultation_id}}/evidence"):
        Entry(K.CONSULTATION, A.WRITE, _ID, _SAY),
    ("GET", f"{API}/consultations/{{consultation_id}}/evidence/{{file_id}}"):
        Entry(K.CONSULTATION, A.READ, _ID),
    ("DELETE", f"{API}/consultations/{{consultation_id}}/evidence/{{file_id}}"):
        Entry(K.CONSULTATION, A.DELETE, _ID),
    # what owners shared with a consultant
    ("GET", f"{API}/shares"): Entry(K.SHARE, A.LIST),
    ("POST", f"{API}/shares/redeem"): Entry(K.SHARE, A.USE),
    ("GET", f"{API}/shares/{{share_id}}"): Entry(K.SHARE, A.READ, "path:share_id"),
    # a consultant's client companies
    ("GET", f"{API}/clients"): Entry(K.CLIENT, A.LIST),
    ("POST", f"{API}/clients"): Entry(K.CLIENT, A.CREATE),
    ("GET", f"{API}/clients/form"): Entry(K.CLIENT, A.LIST),
    ("GET", f"{API}/clients/colleagues"): Entry(K.CLIENT, A.LIST),
    ("GET", f"{API}/clients/{{client_id}}"): Entry(K.CLIENT, A.READ, _CLIENT),
    ("PATCH", f"{API}/clients/{{client_id}}"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("DELETE", f"{API}/clients/{{client_id}}"): Entry(K.CLIENT, A.DELETE, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/share"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/notes"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("DELETE", f"{API}/clients/{{client_id}}/notes/{{note_id}}"):
        Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("PUT", f"{API}/clients/{{client_id}}/facts/{{field}}"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("PUT", f"{API}/clients/{{client_id}}/answers/{{item}}"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/diagnoses"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/comparison"): Entry(K.CLIENT, A.READ, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/outlook"): Entry(K.CLIENT, A.READ, _CLIENT),
    ("PUT", f"{API}/clients/{{client_id}}/plan"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/visit"): Entry(K.CLIENT, A.READ, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/visit/{{report_format}}"):
        Entry(K.CLIENT, A.EXPORT, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/report/{{report_format}}"):
        Entry(K.CLIENT, A.EXPORT, _CLIENT),
    ("GET", f"{API}/clients/{{client_id}}/files/{{file_id}}"): Entry(K.CLIENT, A.READ, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/files"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/hand-over"): Entry(K.CLIENT, A.HAND_OVER, _CLIENT),
    ("POST", f"{API}/clients/{{client_id}}/take-over"): Entry(K.CLIENT, A.WRITE, _CLIENT),
    # documents and jobs; the page that an answer cites is for whoever gets the answer
    ("POST", f"{API}/documents"): Entry(K.DOCUMENT, A.CREATE),
    ("GET", f"{API}/documents"): Entry(K.DOCUMENT, A.LIST),
    ("GET", f"{API}/documents/{{document_id}}"): Entry(K.DOCUMENT, A.READ, "path:document_id"),
    ("DELETE", f"{API}/documents/{{document_id}}"): Entry(K.DOCUMENT, A.DELETE, "path:document_id"),
    ("GET", f"{API}/documents/{{document_id}}/view"): Entry(K.ADVICE, A.READ),
    ("GET", f"{API}/jobs"): Entry(K.JOB, A.LIST),
    ("GET", f"{API}/jobs/{{job_id}}"): Entry(K.JOB, A.READ, "path:job_id"),
    ("DELETE", f"{API}/jobs/{{job_id}}"): Entry(K.JOB, A.DELETE, "path:job_id"),
    # drafts, and the versions of published records
    ("GET", f"{API}/drafts"): Entry(K.DRAFT, A.LIST),
    ("POST", f"{API}/drafts"): Entry(K.DRAFT, A.CREATE),
    ("GET", f"{API}/drafts/{{draft_id}}"): Entry(K.DRAFT, A.READ, "path:draft_id"),
    ("PATCH", f"{API}/drafts/{{draft_id}}"): Entry(K.DRAFT, A.WRITE, "path:draft_id"),
    ("POST", f"{API}/drafts/{{draft_id}}/publish"): Entry(K.DRAFT, A.PUBLISH, "path:draft_id"),
    ("POST", f"{API}/drafts/{{draft_id}}/reject"): Entry(K.DRAFT, A.REVIEW, "path:draft_id"),
    ("GET", f"{API}/records/{{record_id}}/versions"): Entry(K.DRAFT, A.READ, "path:record_id"),
    ("POST", f"{API}/records/{{record_id}}/versions"): Entry(K.DRAFT, A.PUBLISH, "path:record_id"),
    ("POST", f"{API}/records/{{record_id}}/withdrawal"):
        Entry(K.DRAFT, A.PUBLISH, "path:record_id"),
    ("GET", f"{API}/stale-records"): Entry(K.DRAFT, A.LIST),
    # the help desk
    ("POST", f"{API}/desk/ask"): Entry(K.QUESTION, A.READ),
    ("POST", f"{API}/desk/search"): Entry(K.QUESTION, A.READ),
    ("GET", f"{API}/desk/choices"): Entry(K.QUESTION, A.LIST),
    ("GET", f"{API}/desk/changes"): Entry(K.QUESTION, A.LIST),
    ("GET", f"{API}/desk/topics"): Entry(K.QUESTION, A.LIST),
    ("GET", f"{API}/desk/topics/{{topic_id}}"): Entry(K.QUESTION, A.READ, "path:topic_id"),
    ("PUT", f"{API}/desk/topics/{{topic_id}}/assignee"):
        Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("POST", f"{API}/desk/topics/{{topic_id}}/notes"): Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("PUT", f"{API}/desk/topics/{{topic_id}}/answer"): Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("POST", f"{API}/desk/topics/{{topic_id}}/closing"):
        Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("POST", f"{API}/desk/topics/{{topic_id}}/reopening"):
        Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("POST", f"{API}/desk/topics/{{topic_id}}/split"): Entry(K.QUESTION, A.WRITE, "path:topic_id"),
    ("POST", f"{API}/desk/topics/{{topic_id}}/faq"): Entry(K.FAQ, A.PUBLISH, "path:topic_id"),
    # people
    ("GET", f"{API}/me"): _PUBLIC,
    ("GET", f"{API}/accounts"): Entry(K.ACCOUNT, A.LIST),
    ("POST", f"{API}/accounts"): Entry(K.ACCOUNT, A.CREATE),
    ("PUT", f"{API}/accounts/{{account_id}}/roles"): Entry(K.ACCOUNT, A.WRITE, "path:account_id"),
    ("POST", f"{API}/accounts/{{account_id}}/reset"): Entry(K.ACCOUNT, A.WRITE, "path:account_id"),
    ("PUT", f"{API}/accounts/{{account_id}}/disabled"):
        Entry(K.ACCOUNT, A.WRITE, "path:account_id"),
    ("GET", f"{API}/keys"): Entry(K.KEY, A.LIST),
    ("POST", f"{API}/keys"): Entry(K.KEY, A.CREATE),
    ("DELETE", f"{API}/keys/{{key_id}}"): Entry(K.KEY, A.DELETE, "path:key_id"),
    ("GET", f"{API}/audit"): Entry(K.AUDIT, A.LIST),
    ("GET", f"{API}/audit/verify"): Entry(K.AUDIT, A.READ),
    ("GET", f"{API}/switch"): Entry(K.SWITCH, A.READ),
    ("PUT", f"{API}/switch"): Entry(K.SWITCH, A.WRITE),
    ("POST", f"{API}/retention"): Entry(K.SETTING, A.RUN),
    ("GET", f"{API}/retention"): Entry(K.SETTING, A.READ),
    ("GET", f"{API}/settings"): Entry(K.SETTING, A.LIST),
    ("GET", f"{API}/organisations"): Entry(K.ACCOUNT, A.LIST),
    # public sources, and the records that answer now
    ("GET", f"{API}/sources"): Entry(K.SOURCE, A.LIST),
    ("POST", f"{API}/sources/{{source}}/runs"): Entry(K.SOURCE, A.RUN),
    ("GET", f"{API}/corpus"): Entry(K.DRAFT, A.LIST),
    ("GET", f"{API}/corpus/{{record_id}}"): Entry(K.DRAFT, A.READ, "path:record_id"),
    # counts for policy
    ("GET", f"{API}/signals"): Entry(K.SIGNAL, A.READ),
    ("GET", f"{API}/signals/export/{{way}}"): Entry(K.SIGNAL, A.EXPORT),
    # two doors for other programs: each of the tools, and the messenger's secret, is asked inside
    ("GET", "/mcp"): Entry(K.TOOLS, A.USE),
    ("POST", "/mcp"): Entry(K.TOOLS, A.USE),
    ("DELETE", "/mcp"): Entry(K.TOOLS, A.USE),
    ("POST", f"{API}/kakao/skill"): _PUBLIC,
    # the pages beside the chat; what one must be to act on them is asked inside
    ("GET", "/sign-in"): _PUBLIC,
    ("POST", "/sign-in"): _PUBLIC,
    ("GET", "/set-up"): _PUBLIC,
    ("POST", "/set-up"): _PUBLIC,
    ("GET", "/new-password"): _PUBLIC,
    ("POST", "/new-password"): _PUBLIC,
    ("GET", "/oidc"): _PUBLIC,
    ("GET", "/oidc-callback"): _PUBLIC,
    ("GET", "/account"): Entry(K.SESSION, A.READ),
    ("POST", "/sign-out"): Entry(K.SESSION, A.DELETE),
    ("POST", "/account/password"): Entry(K.SESSION, A.WRITE),
    ("POST", "/account/organisation"): Entry(K.SESSION, A.WRITE),
}  # fmt: skip

# Events of the Gradio page by their name in `ui/blocks.py`; the consultation comes with each.
EVENTS: Mapping[str, Entry] = {
    "open": Entry(K.CONSULTATION, A.READ, "cid"),
    "send": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "save": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "rate": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "erase": Entry(K.CONSULTATION, A.DELETE, "cid"),
    "retry": Entry(K.CONSULTATION, A.READ, "cid"),
    "form": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "answer": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "support": Entry(K.CONSULTATION, A.WRITE, "cid"),
    "mine": Entry(K.CONSULTATION, A.READ, "cid"),
    "shares": Entry(K.CONSULTATION, A.READ, "cid"),
    "grant": Entry(K.CONSULTATION, A.SHARE, "cid"),
}

# What a key needs for a route. Without a line here no key may, whatever its scopes.
_OWN = f"{API}/consultations/{{consultation_id}}"
SCOPES: Mapping[tuple[str, str], Scope] = {
    ("POST", f"{API}/ask"): Scope.ASK,
    ("POST", f"{API}/feedback"): Scope.ASK,
    ("POST", f"{API}/search"): Scope.SEARCH,
    ("GET", f"{API}/records/{{record_id}}"): Scope.RECORDS,
    ("GET", f"{API}/documents/{{document_id}}/view"): Scope.RECORDS,
    ("POST", f"{API}/match"): Scope.MATCH,
    ("POST", f"{API}/plan"): Scope.PLAN,
    ("POST", f"{API}/diagnose"): Scope.DIAGNOSE,
    ("POST", f"{API}/report"): Scope.REPORT,
    ("GET", _OWN): Scope.CONSULTATIONS,
    ("DELETE", _OWN): Scope.CONSULTATIONS,
    ("PATCH", f"{_OWN}/profile"): Scope.CONSULTATIONS,
    ("GET", f"{_OWN}/calendar.ics"): Scope.CONSULTATIONS,
    ("GET", f"{_OWN}/export/{{way}}"): Scope.CONSULTATIONS,
    ("GET", f"{_OWN}/evidence"): Scope.CONSULTATIONS,
    ("POST", f"{_OWN}/evidence"): Scope.CONSULTATIONS,
    ("GET", f"{_OWN}/evidence/{{file_id}}"): Scope.CONSULTATIONS,
    ("DELETE", f"{_OWN}/evidence/{{file_id}}"): Scope.CONSULTATIONS,
    ("POST", f"{API}/documents"): Scope.DOCUMENTS,
    ("GET", f"{API}/documents"): Scope.DOCUMENTS,
    ("GET", f"{API}/documents/{{document_id}}"): Scope.DOCUMENTS,
    ("DELETE", f"{API}/documents/{{document_id}}"): Scope.DOCUMENTS,
    ("GET", f"{API}/jobs"): Scope.DOCUMENTS,
    ("GET", f"{API}/jobs/{{job_id}}"): Scope.DOCUMENTS,
    ("DELETE", f"{API}/jobs/{{job_id}}"): Scope.DOCUMENTS,
}

# What costs more, or less, than a look. Pages outside the API are never counted.
_RATES: Mapping[tuple[str, str], RateClass] = {
    ("GET", f"{API}/healthz"): RateClass.FREE,
    ("GET", f"{API}/readyz"): RateClass.FREE,
    ("POST", f"{API}/kakao/skill"): RateClass.FREE,  # counted by its users, not its one address
    ("POST", f"{API}/ask"): RateClass.ASK,
    ("POST", f"{API}/report"): RateClass.HEAVY,
    ("POST", f"{API}/documents"): RateClass.HEAVY,
    ("POST", f"{_OWN}/evidence"): RateClass.HEAVY,
    ("GET", f"{_OWN}/export/{{way}}"): RateClass.HEAVY,
    ("GET", f"{API}/clients/{{client_id}}/visit/{{report_format}}"): RateClass.HEAVY,
    ("GET", f"{API}/clients/{{client_id}}/report/{{report_format}}"): RateClass.HEAVY,
    ("POST", f"{API}/clients/{{client_id}}/files"): RateClass.HEAVY,
    ("POST", f"{API}/drafts"): RateClass.HEAVY,
    ("POST", f"{API}/sources/{{source}}/runs"): RateClass.HEAVY,
    ("GET", f"{API}/signals/export/{{way}}"): RateClass.HEAVY,
}


def rate_of(method: str, path: str) -> RateClass:
    """Return what a request to a route counts as."""
    counted = path.startswith(f"{API}/") or path == "/mcp"
    return _RATES.get((method, path), RateClass.READ if counted else RateClass.FREE)


# Bodies that are files: larger than any other, each route with its own limit.
FILES: tuple[tuple[str, str], ...] = (
    ("POST", f"{API}/documents"),
    ("POST", f"{_OWN}/evidence"),
    ("POST", f"{API}/clients/{{client_id}}/files"),
)

# Mounted applications: files of the page, and Gradio's own frame around the events above.
MOUNTS: frozenset[str] = frozenset({"/brand", "/api", ""})

# Of Gradio's own addresses those that the page asks for. All others are closed: it also takes files
# from anybody, fetches other sites' files and describes itself.
FRAME: frozenset[tuple[str, str]] = frozenset({
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/favicon.ico"),
    ("GET", "/robots.txt"),
    ("GET", "/assets/{path:path}"),
    ("GET", "/static/{path:path}"),
    ("POST", "/gradio_api/queue/join"),
    ("GET", "/gradio_api/queue/data"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/reset"),
    ("GET", "/gradio_api/heartbeat/{session_hash}"),
})  # fmt: skip
