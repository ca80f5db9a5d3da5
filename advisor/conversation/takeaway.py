"""All that is kept of a consultation, for its owner to take along: as JSON, as a page, as a folder (pure)."""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

from advisor.clock import SEOUL
from advisor.conversation.export import exported
from advisor.conversation.transcripts import ConsultationLike
from advisor.domain.diagnoses import KeptDiagnosis, KeptFile
from advisor.domain.profile import FactValue
from advisor.domain.records import Corpus

NOTICE = "사람이 아니라 인공지능(AI)이 답한 상담입니다. 신청이나 계약 전에 공고 원문과 담당 기관에 확인해 주세요."
JSON_NAME, PAGE_NAME, FILES_FOLDER = "상담.json", "상담.html", "근거"
_STYLE = (
    "body{font-family:system-ui,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;line-height:1.65;"
    "max-width:760px;margin:32px auto;padding:0 18px;color:#17202b;word-break:keep-all}"
    "h1{font-size:24px}h2{font-size:19px;margin-top:32px;border-bottom:1px solid #dfe5ec;padding-bottom:6px}"
    ".ai{background:#e8f0fe;padding:10px 14px;border-radius:10px}.q{font-weight:650;margin:22px 0 4px}"
    ".a{white-space:pre-wrap;margin:0}.small{color:#4a5868;font-size:14px}"
    "table{border-collapse:collapse;width:100%;font-size:15px}td,th{border:1px solid #dfe5ec;padding:6px 9px;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}"
)
_STATUS = {
    "answered": "답함",
    "unknown": "모름",
    "na": "해당 없음",
    "inferred": "다른 답에서 정해짐",
}


def takeaway(
    consultation: ConsultationLike,
    *,
    diagnoses: Iterable[KeptDiagnosis],
    files: Iterable[KeptFile],
    saved: Sequence[str],
    shares: Iterable[Mapping[str, Any]],
    corpus: Corpus,
    now: datetime,
) -> dict[str, Any]:
    """Return everything as JSON values.

    The consultation's own id is left out: it opens all of this to whoever gets the file.

    Args:
        consultation: With its turns.
        diagnoses: All of them.
        files: The evidence, without its bytes.
        saved: Ids of saved programs.
        shares: With whom it is shared, as its owner sees that.
        corpus: For the names of fields and programs.
        now: The moment of the export.
    """
    fields = corpus.vocabulary.profile_fields
    return {
        "notice": NOTICE,
        "exported_at": now.isoformat(timespec="seconds"),
        "profile": [
            {
                "field": name, "label": fields[name].label if name in fields else name,
                "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
                "quote": fact.quote, "source": fact.source,
            }
            for name, fact in consultation.profile.facts.items()
        ],
        "turns": [_turn(one) for one in consultation.turns],
        "saved_programs": [
            {"id": one, "title": corpus.record(one).title if one in corpus else one}
            for one in saved
        ],
        "shares": [dict(one) for one in shares],
        **exported(diagnoses, files),
    }  # fmt: skip


def as_json(everything: Mapping[str, Any]) -> bytes:
    """Return it as a file that programs read."""
    return json.dumps(everything, ensure_ascii=False, indent=2).encode()


def as_page(everything: Mapping[str, Any]) -> bytes:
    """Return it as one page that any browser opens and prints; it loads and runs nothing."""
    day = everything["exported_at"][:16].replace("T", " ")
    parts = [
        f"<h1>내 상담 기록</h1><p class='small'>{escape(day)}에 내려받음</p>"
        f"<p class='ai'>{escape(everything['notice'])}</p>",
        _table(
            "우리 회사", ("항목", "값", "말씀하신 그대로", "출처"),
            [
                (one["label"], _plain(one["value"]), one["quote"], one["source"])
                for one in everything["profile"]
            ],
        ),
        "<h2>질문과 답</h2>",
        *(_asked(one) for one in everything["turns"]),
        "" if everything["turns"] else "<p>아직 나눈 말이 없습니다.</p>",
        *(_diagnosis(one) for one in everything["diagnoses"]),
        _table(
            "저장한 지원사업", ("사업", "번호"),
            [(one["title"], one["id"]) for one in everything["saved_programs"]],
        ),
        _table(
            "근거 파일", ("파일", "문항", "크기"),
            [(one["name"], one["item"], one["shown_size"]) for one in everything["evidence"]],
        ),
        _table(
            "나눈 곳", ("기관", "받을 사람", "보기 시작한 때"),
            [
                (one["organisation"], one["recipient"], one["redeemed_at"] or "코드를 아직 쓰지 않음")
                for one in everything["shares"]
            ],
        ),
    ]  # fmt: skip
    return (
        '<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>내 상담 기록</title>'
        f"<style>{_STYLE}</style><body>{''.join(parts)}</body></html>"
    ).encode()


def as_folder(
    everything: Mapping[str, Any],
    files: Iterable[KeptFile],
    content: Callable[[str], bytes | None],
) -> bytes:
    """Return both files and the evidence itself as a ZIP.

    Args:
        everything: As `takeaway` returns it.
        files: The evidence.
        content: Returns a file's bytes by id, None where it went meanwhile.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(JSON_NAME, as_json(everything))
        folder.writestr(PAGE_NAME, as_page(everything))
        for number, one in enumerate(files, 1):
            found = content(one.id)
            if found is not None:
                # Two files may have one name; a name is never a path.
                name = one.name.replace("/", "_").replace("\\", "_")
                folder.writestr(f"{FILES_FOLDER}/{number:02}_{one.item}_{name}", found)
    return out.getvalue()


def _turn(one: Any) -> dict[str, Any]:
    answer = {**one.answer, "consultation_id": None}
    at = getattr(one, "at", None)
    return {
        "at": at.isoformat(timespec="seconds") if at else None, "question": one.question,
        "answer": answer, "rating": one.rating, "comment": getattr(one, "comment", ""),
    }  # fmt: skip


def _asked(one: Mapping[str, Any]) -> str:
    answer = one["answer"]
    at = _moment(one["at"])
    sources = "".join(
        f"<li>[{escape(str(source.get('label', '')))}] {escape(str(source.get('title', '')))} "
        f"{escape(str(source.get('url') or ''))}</li>"
        for source in answer.get("citations") or ()
    )
    listed = f"<ul class='small'>{sources}</ul>" if sources else ""
    return (
        f"<p class='q'>{escape(one['question'])} <span class='small'>{escape(at)}</span></p>"
        f"<p class='a'>{escape(str(answer.get('text', '')))}</p>{listed}"
    )


def _diagnosis(one: Mapping[str, Any]) -> str:
    result = one["result"]
    done = _moment(one["finished_at"]) or "아직 마치지 않음"
    level = "정하지 못함" if not result or result["level"] is None else f"{result['level']}수준"
    score = "" if not result or result["overall"] is None else f", {result['overall']}점"
    rows = [
        (
            each["item"], _STATUS.get(each["status"], each["status"]),
            "" if each["value"] is None else f"{each['value']}단계", each["note"], each["reason"],
        )
        for each in one["answers"]
    ]  # fmt: skip
    head = f"진단 {done}: {level}{score}"
    return _table(head, ("문항", "상태", "답", "메모", "고친 까닭"), rows)


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"<h2>{escape(title)}</h2><p>없습니다.</p>"
    head = "".join(f"<th>{escape(one)}</th>" for one in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(one))}</td>" for one in row) + "</tr>" for row in rows
    )
    return f"<h2>{escape(title)}</h2><table><tr>{head}</tr>{body}</table>"


def _moment(iso: str | None) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(SEOUL):%Y-%m-%d %H:%M}" if iso else ""


def _plain(value: FactValue | list[str]) -> str:
    return ", ".join(value) if isinstance(value, (list, tuple)) else str(value)
