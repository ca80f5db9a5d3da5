"""The readiness result as HTML: the report's own sections, downloads, before and after (pure)."""

from html import escape

from advisor.conversation.desk import Sheet
from advisor.diagnosis.compare import Change, compare
from advisor.domain.readiness import Diagnosis, Instrument
from advisor.reporting.blocks import Outline, Section
from advisor.reporting.phrases import answer_words
from advisor.ui.diagnosis_view import NOTICE
from advisor.ui.outline_html import links_of, render_section

FORMATS = (
    ("docx", "워드(DOCX)"), ("pdf", "PDF"), ("hwpx", "한글(HWPX)"), ("xlsx", "엑셀(XLSX)"),
    ("md", "텍스트(MD)"),
)  # fmt: skip
# Sections of the report by the short name of their sheet: shown at once, and folded below.
SHOWN = ("요약", "점수", "막는 것", "로드맵", "해결책")
# Company and questions stand on the page already, in their own places.
LEFT_OUT = ("회사",)
NONE = "없음"


def render_result(sheet: Sheet, outline: Outline, cid: str = "") -> str:
    """Return the result of a finished diagnosis of the current instrument."""
    links = links_of(outline)
    shown = [one for one in outline.sections if one.sheet in SHOWN]
    folded = [one for one in outline.sections if one.sheet not in (*SHOWN, *LEFT_OUT)]
    first, *rest = [
        f'<section class="card"><h3>{escape(_title(one))}</h3>{render_section(one, links)}</section>'
        for one in shown
    ]
    more = "".join(
        f'<details class="card"><summary>{escape(_title(one))}</summary>'
        f"{render_section(one, links)}</details>"
        for one in folded
    )
    return (
        f'<div class="readiness result" data-cid="{escape(cid)}">{_head(sheet)}'
        f'<p class="ai-notice"><span class="ai">AI</span>{NOTICE}</p>'
        f"{first}{_downloads()}{render_comparison(sheet)}{''.join(rest)}{more}</div>"
    )


def render_old_result(sheet: Sheet) -> str:
    """Return what is kept of a diagnosis that an older version of the instrument made."""
    result = sheet.kept.result
    rows = ""
    if result is not None:
        names = sheet.instrument.dimension_by_id
        rows = "".join(
            f"<li><b>{escape(names[key].name if key in names else key)}</b> {_score(one.score)}</li>"
            for key, one in result.dimensions.items()
        )
        level = NONE if result.level is None else f"L{result.level}"
        rows = f"<p>종합 {_score(result.overall)}, 수준 {level}</p><ul>{rows}</ul>"
    return (
        '<div class="readiness result"><section class="card"><h3>이전 진단표로 한 진단</h3>'
        f"<p>진단표 {escape(sheet.kept.instrument_version)}판으로 하신 진단입니다. 결과는 그때 그대로이고, "
        f"지금 판으로 다시 계산하지 않습니다.</p>{rows}{_again()}</section></div>"
    )


def render_comparison(sheet: Sheet) -> str:
    """Return before and after per dimension and item; nothing without an earlier result."""
    if sheet.before is None or sheet.before.result is None or sheet.kept.result is None:
        return ""
    before, after = sheet.before.result, sheet.kept.result
    found = compare(before, after)
    instrument = sheet.instrument
    rows = [_change("종합", found.overall)]
    rows += [
        _change(instrument.dimension_by_id[one.id].name, one)
        for one in found.dimensions
        if one.id in instrument.dimension_by_id
    ]
    items = "".join(
        f"<tr><td data-column='문항'>{escape(instrument.item_by_id[new.item].label)}</td>"
        f"<td data-column='전'>{escape(answer_words(instrument, old))}</td>"
        f"<td data-column='후'>{escape(answer_words(instrument, new))}</td></tr>"
        for old, new in found.items
        if new.item in instrument.item_by_id
    )
    when = sheet.before.finished_at
    versions = "" if found.is_same_version else (
        '<p class="note">두 진단의 진단표 판이 달라 점수 차이는 참고로만 봐 주세요.</p>'
    )  # fmt: skip
    changed = (
        "<h4>달라진 문항</h4><table><thead><tr><th>문항</th><th>전</th><th>후</th></tr></thead>"
        f"<tbody>{items}</tbody></table>"
        if items
        else "<p>답이 달라진 문항은 없습니다.</p>"
    )
    return (
        f'<section class="card comparison"><h3>지난 진단과 비교</h3>{versions}'
        f"<p>지난 진단({when:%Y-%m-%d})의 수준 {_level(instrument, before)} → "
        f"이번 {_level(instrument, after)}</p>"
        "<table><thead><tr><th>분야</th><th class='number'>전</th><th class='number'>후</th>"
        f"<th class='number'>차이</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"{changed}</section>"
    )


def _head(sheet: Sheet) -> str:
    result = sheet.kept.result
    assert result is not None
    when = sheet.kept.finished_at
    day = f"{when:%Y-%m-%d} · " if when else ""
    name = (
        "아직 수준을 내지 않았습니다" if result.level is None else _level(sheet.instrument, result)
    )
    range_ = f"{result.overall_low:.1f}~{result.overall_high:.1f}점"
    facts = (
        ("종합 점수", "없음" if result.overall is None else f"{result.overall:.1f}점"),
        ("있을 수 있는 범위", range_),
        ("신뢰도", f"{result.confidence:.2f} ({result.confidence_name})"),
        ("답한 비중", f"{result.coverage:.0%}"),
    )
    rows = "".join(f"<div><dt>{one}</dt><dd>{escape(value)}</dd></div>" for one, value in facts)
    return (
        f'<header class="head"><p class="fine">{day}진단표 {escape(result.instrument_version)}판</p>'
        f"<h2>{escape(name)}</h2><dl>{rows}</dl><div class='row'>"
        '<button type="button" class="quiet" data-sheet="widen" data-mode="full">답 더 하기·고치기</button>'
        f"{_again()}</div></header>"
    )


def _again() -> str:
    return (
        '<button type="button" class="quiet" data-sheet="begin" data-mode="full">'
        "다시 진단하기(전후 비교)</button>"
    )


def _downloads() -> str:
    buttons = "".join(
        f'<button type="button" class="quiet" data-report="{key}">{name}</button>'
        for key, name in FORMATS
    )
    return (
        '<section class="card downloads"><h3>보고서 내려받기</h3><p class="fine">다섯 형식의 내용은 '
        f'같습니다.</p><div class="row">{buttons}</div><p class="hint" role="status" '
        'data-making="보고서를 만들고 있습니다…" data-made="내려받았습니다." '
        'data-failed="보고서를 만들지 못했습니다. 잠시 뒤 다시 눌러 주세요."></p></section>'
    )


def _title(section: Section) -> str:
    return section.title.partition(". ")[2]


def _level(instrument: Instrument, result: Diagnosis) -> str:
    name = next((one.name for one in instrument.levels if one.level == result.level), "")
    return NONE if result.level is None else f"L{result.level} {name}"


def _change(name: str, change: Change) -> str:
    difference = change.difference
    said = "–" if difference is None else f"{difference:+.1f}"
    kind = "" if not difference else " up" if difference > 0 else " down"
    return (
        f"<tr><td data-column='분야'>{escape(name)}</td>"
        f"<td class='number' data-column='전'>{_score(change.before)}</td>"
        f"<td class='number' data-column='후'>{_score(change.after)}</td>"
        f"<td class='number{kind}' data-column='차이'>{said}</td></tr>"
    )


def _score(value: float | None) -> str:
    return "확인 필요" if value is None else f"{value:.1f}"
