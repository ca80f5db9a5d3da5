"""What the routes of owners' shares and of the staff answer, as `described.py` tells it of the rest."""

from collections.abc import Mapping

from advisor.accounts.registry import API
from advisor.api import staff_shapes as staff
from advisor.api.described import GONE, REPORTS, Told

_OWN = f"{API}/consultations/{{consultation_id}}"
_CLIENT = f"{API}/clients/{{client_id}}"
_TOPIC = f"{API}/desk/topics/{{topic_id}}"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHANGED = Told(200, staff.ClientShape)
_TOLD = Told(200, staff.TopicShape)
_SIGNED = {"note": "원문과 맞는 것을 확인함"}

ROUTES: Mapping[tuple[str, str], Told] = {
    ("GET", f"{API}/me"): Told(200, staff.MeShape),
    # what owners let others see, and the files of their answers
    ("GET", f"{_OWN}/shares"): Told(200, staff.ShareShape, many=True),
    ("POST", f"{_OWN}/shares"): Told(201, staff.NewShareShape, example={"recipient": "박 상담사"}),
    ("GET", f"{_OWN}/evidence"): Told(200, staff.FileShape, many=True),
    ("POST", f"{_OWN}/evidence"): Told(201, staff.FileShape, sends="application/octet-stream"),
    ("GET", f"{API}/shares"): Told(200, staff.SharedShape, many=True),
    ("POST", f"{API}/shares/redeem"): Told(
        201, staff.SharedShape, example={"code": "AB2CD-EFGH7"}
    ),
    ("GET", f"{API}/shares/{{share_id}}"): Told(200, staff.SharedTalkShape),
    # a consultant's clients
    ("GET", f"{API}/clients"): Told(200, staff.ClientsShape),
    ("POST", f"{API}/clients"): Told(201, staff.IdShape, example={"name": "가나금속"}),
    ("GET", f"{API}/clients/form"): Told(200, staff.ClientFormShape),
    ("GET", f"{API}/clients/colleagues"): Told(200, staff.ColleagueShape, many=True),
    ("GET", _CLIENT): _CHANGED,
    ("PATCH", _CLIENT): Told(200, staff.ClientShape, example={"next_step": "설비 사진 받기"}),
    ("DELETE", _CLIENT): GONE,
    ("POST", f"{_CLIENT}/share"): _CHANGED,
    ("POST", f"{_CLIENT}/notes"): Told(201, staff.ClientShape, example={"text": "대표와 통화함"}),
    ("DELETE", f"{_CLIENT}/notes/{{note_id}}"): GONE,
    ("PUT", f"{_CLIENT}/facts/{{field}}"): Told(
        200, staff.ClientShape, example={"value": 45, "reason": "4대 보험 명부를 봄"}
    ),
    ("PUT", f"{_CLIENT}/answers/{{item}}"): Told(
        200, staff.ClientShape,
        example={"status": "answered", "value": 2, "grade": "detail", "reason": "현장에서 봄"},
    ),
    ("POST", f"{_CLIENT}/diagnoses"): Told(201, staff.ClientShape),
    ("GET", f"{_CLIENT}/comparison"): Told(200, staff.ComparisonShape),
    ("GET", f"{_CLIENT}/outlook"): Told(200, staff.ClientOutlookShape),
    ("PUT", f"{_CLIENT}/plan"): Told(
        200, staff.ClientShape, example={"solution": "sol-ai-vision", "cost": 200_000_000}
    ),
    ("GET", f"{_CLIENT}/visit"): Told(200, staff.VisitShape),
    ("GET", f"{_CLIENT}/visit/{{report_format}}"): Told(200, media=REPORTS),
    ("GET", f"{_CLIENT}/report/{{report_format}}"): Told(200, media=REPORTS),
    ("GET", f"{_CLIENT}/files/{{file_id}}"): Told(200, media=("*/*",)),
    ("POST", f"{_CLIENT}/files"): Told(201, staff.FileShape, sends="application/octet-stream"),
    ("POST", f"{_CLIENT}/hand-over"): GONE,
    ("POST", f"{_CLIENT}/take-over"): _CHANGED,
    # the help desk
    ("POST", f"{API}/desk/ask"): Told(
        200, staff.DeskAnswerShape, example={"text": "AI 바우처 신청은 언제까지인가요?"}
    ),
    ("POST", f"{API}/desk/search"): Told(
        200, staff.DeskHitShape, many=True, example={"query": "비전 검사", "kind": "program"}
    ),
    ("GET", f"{API}/desk/topics"): Told(200, staff.TopicsShape),
    ("GET", _TOPIC): _TOLD,
    ("PUT", f"{_TOPIC}/assignee"): Told(200, staff.TopicShape, example={"to": "me"}),
    ("POST", f"{_TOPIC}/notes"): _TOLD,
    ("PUT", f"{_TOPIC}/answer"): _TOLD,
    ("POST", f"{_TOPIC}/closing"): _TOLD,
    ("POST", f"{_TOPIC}/reopening"): _TOLD,
    ("POST", f"{_TOPIC}/split"): _TOLD,
    ("POST", f"{_TOPIC}/faq"): _TOLD,
    ("GET", f"{API}/desk/changes"): Told(200, staff.ChangesShape),
    ("GET", f"{API}/desk/choices"): Told(200, staff.ChoicesShape),
    # documents, drafts and records
    ("GET", f"{API}/documents"): Told(200, staff.DocumentLineShape, many=True),
    ("GET", f"{API}/documents/{{document_id}}"): Told(200, staff.DocumentShape),
    ("GET", f"{API}/jobs"): Told(200, staff.JobShape, many=True),
    ("GET", f"{API}/jobs/{{job_id}}"): Told(200, staff.JobShape),
    ("GET", f"{API}/drafts"): Told(200, staff.DraftShape, many=True),
    ("POST", f"{API}/drafts"): Told(
        201, staff.DraftSheetShape, example={"document_id": "notice-1a2b3c4d"}
    ),
    ("GET", f"{API}/drafts/{{draft_id}}"): Told(200, staff.DraftSheetShape),
    ("PATCH", f"{API}/drafts/{{draft_id}}"): Told(
        200, staff.DraftSheetShape, example={"values": {"title": "제조AI 도입 지원"}, "revision": 0}
    ),
    ("POST", f"{API}/drafts/{{draft_id}}/publish"): Told(
        200, staff.VersionShape, example=_SIGNED
    ),
    ("POST", f"{API}/drafts/{{draft_id}}/reject"): Told(200, staff.DraftShape, example=_SIGNED),
    ("GET", f"{API}/records/{{record_id}}/versions"): Told(200, staff.VersionShape, many=True),
    ("POST", f"{API}/records/{{record_id}}/versions"): Told(
        200, staff.VersionShape, example={"version": 1, "note": "앞 판으로 되돌림"}
    ),
    ("POST", f"{API}/records/{{record_id}}/withdrawal"): Told(
        200, staff.VersionShape, example=_SIGNED
    ),
    ("GET", f"{API}/stale-records"): Told(200, staff.StaleShape, many=True),
    ("GET", f"{API}/corpus"): Told(200, staff.CorpusShape),
    ("GET", f"{API}/corpus/{{record_id}}"): Told(200, staff.SheetShape),
    ("GET", f"{API}/sources"): Told(200, staff.SourceShape, many=True),
    ("GET", f"{API}/signals"): Told(200, staff.SignalsShape),
    ("GET", f"{API}/signals/export/{{way}}"): Told(200, media=("text/csv", _WORKBOOK)),
    # people and the installation
    ("GET", f"{API}/accounts"): Told(200, staff.AccountShape, many=True),
    ("POST", f"{API}/accounts"): Told(
        201, staff.NewAccountShape,
        example={"login": "park", "name": "박상담", "roles": ["consultant"]},
    ),
    ("PUT", f"{API}/accounts/{{account_id}}/roles"): GONE,
    ("PUT", f"{API}/accounts/{{account_id}}/disabled"): GONE,
    ("POST", f"{API}/accounts/{{account_id}}/reset"): Told(200, staff.CodeShape),
    ("GET", f"{API}/organisations"): Told(200, staff.OrganisationShape, many=True),
    ("GET", f"{API}/audit"): Told(200, staff.AuditLineShape, many=True),
    ("GET", f"{API}/audit/verify"): Told(200, staff.AuditVerdictShape),
    ("GET", f"{API}/switch"): Told(200, staff.SwitchShape),
    ("PUT", f"{API}/switch"): Told(
        200, staff.SwitchShape, example={"is_on": False, "reason": "답을 확인하는 중"}
    ),
    ("GET", f"{API}/retention"): Told(200, staff.RetentionShape),
    ("POST", f"{API}/retention"): Told(200, staff.PurgedShape),
    ("GET", f"{API}/settings"): Told(200, staff.SettingShape, many=True),
}  # fmt: skip
