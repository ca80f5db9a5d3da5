"""The run as one HTML file that needs nothing else: figures, tables, every case with its answer."""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from advisor.evaluation.comparing import Change
from advisor.evaluation.outcome import Item, Outcome, Row, SetKind, Turn
from advisor.evaluation.report import Report

_HERE = Path(__file__).parent / "assets"
_BY = {
    "all": "전체", "set": "묶음", "category": "갈래", "persona": "묻는 사람", "register": "말투",
    "lang": "언어", "technique": "변형",
}  # fmt: skip
_KINDS = {
    SetKind.QUESTIONS: "질문·대화", SetKind.OUT_OF_SCOPE: "분야 밖 질문", SetKind.RETRIEVAL: "검색",
    SetKind.INJECTION: "주입 공격",
}  # fmt: skip
NAMES = {
    "citation precision": "출처 정밀도", "citation recall": "출처 재현율", "claims": "주장 문장",
    "violations": "출처 없는 금액·비율·날짜", "p50 ms": "응답 p50 ms", "p95 ms": "응답 p95 ms",
    "judged borne": "모델이 본 근거 비율", "status": "상태", "facts": "사실", "blocked": "차단",
    "index s": "색인 초", "peak MB": "최대 메모리 MB", "chunks": "조각",
}  # fmt: skip
_MOST_RIGHT = 400  # right cases of one set that are shown; wrong ones always are


def as_page(report: Report) -> str:
    """Return the whole page; nothing in it is loaded from elsewhere."""
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    body = "\n".join(_set(one, report.changes.get(one.name)) for one in report.outcomes)
    head = f"{report.at} · {report.commit} · 기준일 {report.today} · {report.engine}"
    links = "".join(f'<a href="#set-{_id(one.name)}">{_e(one.name)}</a>' for one in report.outcomes)
    return (
        '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>평가 결과 {_e(report.at)}</title><style>{style}</style></head><body>"
        f'<header><h1>평가 결과</h1><p>{_e(head)}</p><nav aria-label="묶음">{links}</nav></header>'
        f"<main>{body}</main><script>{script}</script></body></html>\n"
    )


def _set(outcome: Outcome, change: Change | None) -> str:
    whole = outcome.rows[0]
    mean = "nDCG@10" if outcome.kind is SetKind.RETRIEVAL else "모두 맞음"
    cards = [
        _card(
            mean,
            f"{whole.score:.3f}",
            f"{whole.low:.3f}~{whole.high:.3f} · {whole.items:,}건",
            None,
        )
    ]
    cards += [
        _card(_name(key), _number(key, value), _target(outcome, key), _meets(outcome, key, value))
        for key, value in {**whole.extra, **outcome.figures}.items()
    ]
    return (
        f'<section id="set-{_id(outcome.name)}"><h2>{_e(outcome.name)} '
        f"<small>{_KINDS[outcome.kind]}</small></h2>{_change(change)}"
        f'<ul class="cards">{"".join(cards)}</ul>{_table(outcome)}{_cases(outcome)}</section>'
    )


def _card(name: str, value: str, note: str, meets: bool | None) -> str:
    kind = {None: "", True: ' class="good"', False: ' class="bad"'}[meets]
    small = f"<small>{_e(note)}</small>" if note else ""
    return f"<li{kind}><span>{_e(name)}</span><b>{_e(value)}</b>{small}</li>"


def _change(change: Change | None) -> str:
    if change is None:
        return '<p class="change">견줄 지난 실행이 없습니다.</p>'
    if not change.better and not change.worse:
        return f'<p class="change">지난 실행과 같습니다({change.shared:,}건).</p>'
    kind = "" if not change.is_sure else (" good" if change.difference > 0 else " bad")
    sure = "우연으로 보기 어렵습니다" if change.is_sure else "우연의 범위 안입니다"
    lists = "".join(
        f"<li>{word} {len(ids)}건: {_e(', '.join(ids[:12]))}{' …' if len(ids) > 12 else ''}</li>"
        for word, ids in (("나아짐", change.better), ("나빠짐", change.worse))
        if ids
    )
    return (
        f'<div class="change{kind}"><p>지난 실행보다 <b>{change.difference:+.4f}</b> '
        f"(p {change.p:.3f}): {sure}.</p><ul>{lists}</ul></div>"
    )


def _table(outcome: Outcome) -> str:
    rows = outcome.rows
    extra = list(dict.fromkeys(key for one in rows for key in one.extra))
    mean = "nDCG@10" if outcome.kind is SetKind.RETRIEVAL else "모두 맞음"
    heads = ["나눔", "이름", "건수", mean, "95% 구간", *map(_name, extra)]
    head = "".join(
        f'<th scope="col"><button type="button">{_e(one)}</button></th>' for one in heads
    )
    body = "".join(_row(one, extra, outcome) for one in rows)
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="나누어 본 결과"><table class="sorts">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, extra: Sequence[str], outcome: Outcome) -> str:
    target = outcome.targets.get(row.name if row.by == "set" else row.by)
    kind = "" if target is None else (' class="good"' if row.score >= target else ' class="bad"')
    goal = f" <small>목표 {target:g}</small>" if target is not None else ""
    bar = (
        f'<i class="bar" style="--from:{row.low:.3f};--to:{row.high:.3f};--at:{row.score:.3f}"></i>'
    )
    more = "".join(
        f'<td data-v="{row.extra.get(key, -1)}">{_number(key, row.extra[key]) if key in row.extra else "–"}</td>'
        for key in extra
    )
    return (
        f'<tr{kind}><td>{_BY[row.by]}</td><th scope="row">{_e(row.name)}</th><td data-v="{row.items}">{row.items:,}</td>'
        f'<td data-v="{row.score}"><b>{row.score:.3f}</b>{goal}</td>'
        f'<td data-v="{row.low}">{bar}<span class="range">{row.low:.3f}~{row.high:.3f}</span></td>{more}</tr>'
    )


def _cases(outcome: Outcome) -> str:
    retrieval = outcome.kind is SetKind.RETRIEVAL
    shown = list(_shown(outcome.items, worst=100 if retrieval else None))
    wrong = sum(not one.is_right for one in outcome.items)
    unborne = sum(any(turn.unborne for turn in one.turns) for one in outcome.items)
    choices = sorted(
        {value for one in shown for by, value in one.groups.items() if by == "category"}
    )
    options = "".join(f'<option value="{_e(one)}">{_e(one)}</option>' for one in choices)
    state = (
        f'<label>보기 <select class="state"><option value="wrong">틀린 것 {wrong:,}</option>'
        + (f'<option value="unborne">출처가 모자란 것 {unborne:,}</option>' if unborne else "")
        + '<option value="">모두</option></select></label>'
    )
    pick = (
        f'<label>갈래 <select class="category"><option value="">모두</option>{options}</select></label>'
        if options
        else ""
    )
    cases = "".join(_case(one, outcome.kind) for one in shown)
    return (
        f'<div class="cases"><form class="filters" onsubmit="return false">{state}{pick}'
        '<label>찾기 <input type="search" class="find" placeholder="id, 질문, 답"></label>'
        f'<output class="count" aria-live="polite"></output></form>{cases}'
        '<p class="none" hidden>고르신 것에 맞는 항목이 없습니다.</p></div>'
    )


def _shown(items: Sequence[Item], *, worst: int | None) -> Iterator[Item]:
    if worst is not None:
        yield from sorted(items, key=lambda one: one.score)[:worst]
        return
    right = 0
    for one in items:
        right += one.is_right
        if not one.is_right or right <= _MOST_RIGHT or any(turn.unborne for turn in one.turns):
            yield one


def _case(item: Item, kind: SetKind) -> str:
    groups = " · ".join(value for by, value in item.groups.items() if by != "set" and value != "-")
    wrong = not item.is_right
    unborne = any(turn.unborne for turn in item.turns)
    score = f"{item.score:.2f}" if kind is SetKind.RETRIEVAL else ("틀림" if wrong else "맞음")
    turns = "".join(_turn(one) for one in item.turns)
    data = f'data-category="{_e(item.groups.get("category", ""))}" data-wrong="{int(wrong)}" data-unborne="{int(unborne)}"'
    return (
        f'<details class="case" {data}{" hidden" if not wrong else ""}><summary><span class="tag {"bad" if wrong else "good"}">{score}</span>'
        f"<b>{_e(item.id)}</b> {_e(item.turns[0].question[:90])}<small>{_e(groups)}</small></summary>{turns}</details>"
    )


def _turn(turn: Turn) -> str:
    parts = [f'<p class="q">{_e(turn.question)}</p><div class="a">{_bold(turn.answer)}</div>']
    facts = {"상태": turn.status, "출처": ", ".join(turn.cited), "바란 것": turn.wanted}
    rows = "".join(f"<dt>{name}</dt><dd>{_e(value)}</dd>" for name, value in facts.items() if value)
    rows += "".join(f'<dt>틀린 점</dt><dd class="bad">{_e(one)}</dd>' for one in turn.problems)
    rows += "".join(
        f'<dt>출처가 모자란 문장</dt><dd class="warn">{_e(one)}</dd>' for one in turn.unborne
    )
    return f'<div class="turn">{parts[0]}<dl>{rows}</dl></div>'


def _bold(markdown: str) -> str:
    """Return an answer as it is written, with its names in bold."""
    return re.sub(r"\*\*([^*\n]+)\*\*", r"<b>\1</b>", _e(markdown))


def _name(key: str) -> str:
    return NAMES.get(key, key.replace("share ", "비율 "))


def _number(key: str, value: float) -> str:
    return f"{value:,.0f}" if key in ("claims", "violations", "chunks") else f"{value:,.4g}"


def _target(outcome: Outcome, key: str) -> str:
    return f"목표 {outcome.targets[key]:g}" if key in outcome.targets else ""


def _meets(outcome: Outcome, key: str, value: float) -> bool | None:
    target = outcome.targets.get(key)
    if target is None:
        return None
    return value <= target if key == "violations" else value >= target


def _id(name: str) -> str:
    return _e(name.replace(" ", "-"))


def _e(text: str) -> str:
    return html.escape(text, quote=True)
