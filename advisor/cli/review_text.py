"""Drafts and versions as lines for a terminal (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any

_STATES = {
    "open": "검토 전", "published": "게시됨", "rejected": "반려됨", "superseded": "새 초안으로 바뀜",
}  # fmt: skip
_ACTIONS = {
    "publish": "게시", "rollback": "되돌림", "withdraw": "답에서 뺌", "release": "처음 기록으로",
}  # fmt: skip
_FINDERS = {"rule": "규칙", "model": "모델", "source": "원천", "staff": "담당자"}
_LONGEST = 100


def show_list(lines: Sequence[Mapping[str, Any]]) -> str:
    """Return one line a draft."""
    if not lines:
        return "초안이 없습니다. `advisor review read 공고문파일`로 만들어 보세요."
    shown = []
    for one in lines:
        what = f"{one['changes']} 고침" if one["changes"] else "새 기록"
        doubt = f", 확인할 칸 {one['doubtful']}" if one["doubtful"] else ""
        shown.append(
            f"{one['id']:>4}  {_STATES[one['state']]}  {one['title']}  "
            f"({what}, 칸 {one['fields']}{doubt})"
        )
    return "\n".join(shown)


def show_draft(sheet: Mapping[str, Any]) -> str:
    """Return a draft field by field, with page, quote, confidence and who found it."""
    lines = [f"초안 {sheet['id']}번 · {_STATES[sheet['state']]} · {sheet['title']}"]
    lines += [f"  ! {one}" for one in sheet["remarks"]]
    for one in sheet["fields"]:
        text = one["text"].replace("\n", " / ")
        if not text:
            lines.append(f"- {one['label']} ({one['name']}): 없음")
            continue
        found = _FINDERS.get(one["found_by"] or "", "계산")
        page = f", {one['page']}쪽" if one["page"] else ""
        by = f", {one['by']}" if one["by"] else ""
        sure = f", {one['confidence'] * 100:.0f}%" if one["found_by"] else ""
        lines.append(f"- {one['label']} ({one['name']}): {text}  [{found}{sure}{page}{by}]")
        if one["quote"]:
            quote = " ".join(one["quote"].split())
            lines.append(f"    “{quote[:_LONGEST]}{'…' if len(quote) > _LONGEST else ''}”")
    problems = sheet["problems"]
    if problems:
        lines.append("게시하려면 고칠 칸:")
        lines += [f"  {one['field']}: {one['reason']} → {one['fix']}" for one in problems]
    elif sheet["state"] == "open":
        lines.append(f"게시할 수 있습니다: advisor review publish {sheet['id']} --by 이름")
    return "\n".join(lines)


def show_versions(lines: Sequence[Mapping[str, Any]]) -> str:
    """Return the versions of a record, the newest first."""
    if not lines:
        return "게시한 판이 없습니다. 처음부터 실려 있던 기록이거나 없는 기록입니다."
    shown = []
    for one in lines:
        note = f" · {one['note']}" if one["note"] else ""
        when = one["signed_at"][:16].replace("T", " ")
        shown.append(
            f"{one['version']}판 {_ACTIONS[one['action']]} · {one['signed_by']} · {when} UTC{note}"
        )
        shown += [
            f"    {two['label']}: {_short(two['before'])} → {_short(two['after'])}"
            for two in one["changes"]
        ]
    return "\n".join(shown)


def _short(value: Any) -> str:
    if value in (None, ""):
        return "없음"
    text = " / ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
