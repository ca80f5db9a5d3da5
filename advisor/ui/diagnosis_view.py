"""The readiness form as HTML: how to begin, the items, how far one is (pure).

The instrument speaks Korean only, and so does this view.
"""

from collections.abc import Sequence
from html import escape

from advisor.conversation.desk import Sheet, ruled_value
from advisor.domain.diagnoses import KeptAnswer
from advisor.domain.readiness import AnswerStatus, Dimension, Instrument, Item, ItemAnswer
from advisor.messages import UserMessage

NOTICE = "AI가 한 추정입니다. 공식 수준확인을 대신하지 않습니다."
ENGLISH = "The readiness check is available in Korean only."
# What a form may choose besides a level.
UNKNOWN, NOT_APPLICABLE, TAKEN_BACK = "unknown", "na", "not_asked"


def render_intro(instrument: Instrument, *, is_english: bool = False) -> str:
    """Return what a consultation without a diagnosis shows: what it is, short or full."""
    quick, full = len(instrument.quick_check.items), len(instrument.items)
    names = "".join(f"<li>{escape(one.name)}</li>" for one in instrument.dimensions)
    foreign = f'<p class="note" lang="en">{ENGLISH}</p>' if is_english else ""
    return (
        f'<div class="readiness intro">{foreign}<h2>우리 회사, AI를 쓸 준비가 됐을까요?</h2>'
        "<p class='lead'>공장 모습에 가장 가까운 문장을 고르시면 지금 수준과 막는 것, 먼저 할 일을 "
        "보여 드립니다. 고르는 대로 저장되니 나중에 이어서 하셔도 됩니다.</p>"
        f'<ul class="dimensions">{names}</ul><div class="starts">'
        f"{_start('quick', '빠른 진단', f'{quick}문항 · {instrument.quick_check.minutes}', '분야마다 하나씩 묻습니다. 처음이라면 여기부터 시작해 주세요.')}"
        f"{_start('full', '전체 진단', f'{full}문항', '컨설턴트와 함께 자료를 보며 답할 때 알맞습니다.')}"
        f'</div><p class="ai-notice"><span class="ai">AI</span>{NOTICE}</p></div>'
    )


def render_bar(sheet: Sheet, *, hint: str = "", needs: str = "") -> str:
    """Return how far one is, what the answers settled and where they disagree.

    Args:
        sheet: The diagnosis in work.
        hint: Why the last answer was not kept.
        needs: Item whose reason field has to be filled in for it.
    """
    shown = [item.id for item in _items(sheet)]
    given = {one.answer.item for one in sheet.kept.answers}
    done = sum(one in given for one in shown)
    settled = [
        sheet.instrument.item_by_id[key].label
        for key, one in sheet.settled.answers.items()
        if one.status is AnswerStatus.INFERRED
    ]
    checks = {one.id: one.ask for one in sheet.instrument.consistency_checks}
    asks = "".join(f"<li>{escape(checks[one])}</li>" for one in sheet.settled.contradictions)
    other = "quick" if sheet.kept.is_full else "full"
    switch = "빠른 진단만 보기" if sheet.kept.is_full else "전체 문항 보기"
    parts = [
        f'<div class="progress" data-needs="{escape(needs)}"><div class="row">'
        f"<b>{'전체' if sheet.kept.is_full else '빠른'} 진단</b>"
        f'<span role="status">{len(shown)}문항 가운데 {done}문항 답함'
        f"{' · 저장됨' if given and not hint else ''}</span>"
        f'<button type="button" class="link" data-sheet="widen" data-mode="{other}">{switch}</button>'
        f'<button type="button" class="quiet strong" data-sheet="result">결과 보기</button></div>'
        f'<progress max="{len(shown)}" value="{done}" aria-label="답한 문항"></progress>'
    ]
    if hint:
        parts.append(f'<p class="hint" role="alert">{escape(hint)}</p>')
    if settled:
        parts.append(
            f'<p class="fine">앞 답으로 함께 정해진 문항 {len(settled)}개: '
            f"{escape(', '.join(settled))}</p>"
        )
    if asks:
        parts.append(
            f'<div class="fine asks"><b>서로 맞지 않는 답이 있습니다</b><ul>{asks}</ul></div>'
        )
    return "".join([*parts, "</div>"])


def render_form(sheet: Sheet, cid: str = "") -> str:
    """Return the items of the form, grouped by dimension, with what was answered so far.

    The form carries its consultation's id: an answer never goes to another one.
    """
    items = _items(sheet)
    given = {one.answer.item: one for one in sheet.kept.answers}
    groups = []
    for dimension in sheet.instrument.dimensions:
        mine = [item for item in items if item.dimension == dimension.id]
        if mine:
            groups.append(_group(sheet, dimension, mine, given))
    jumps = "".join(
        f'<button type="button" class="chip" data-jump="dimension-{one.id}">{escape(one.name)}</button>'
        for one in sheet.instrument.dimensions
    )
    return (
        f'<div class="readiness" data-cid="{escape(cid)}"><nav class="jumps" aria-label="분야">{jumps}</nav>{"".join(groups)}'
        '<div class="finish"><p>모르는 문항은 비워 두거나 ‘모름’을 고르셔도 됩니다.</p>'
        '<button type="button" class="quiet strong" data-sheet="result">결과 보기</button></div>'
        f'<p class="ai-notice"><span class="ai">AI</span>{NOTICE}</p></div>'
    )


def render_message(message: UserMessage) -> str:
    """Return a sentence in place of the form."""
    return (
        f'<div class="readiness intro"><h2>{escape(message.text)}</h2>'
        f'<p class="lead">{escape(message.next_step)}</p></div>'
    )


def _items(sheet: Sheet) -> Sequence[Item]:
    if sheet.kept.is_full:
        return sheet.instrument.items
    return [sheet.instrument.item_by_id[one] for one in sheet.instrument.quick_check.items]


def _start(mode: str, name: str, size: str, words: str) -> str:
    return (
        f'<button type="button" class="start" data-sheet="begin" data-mode="{mode}">'
        f"<b>{name}</b><em>{escape(size)}</em><span>{words}</span></button>"
    )


def _group(
    sheet: Sheet, dimension: Dimension, items: Sequence[Item], given: dict[str, KeptAnswer]
) -> str:
    rows = "".join(_item(sheet, item, given.get(item.id)) for item in items)
    return (
        f'<section class="dimension" id="dimension-{dimension.id}" tabindex="-1">'
        f"<h3>{escape(dimension.name)}</h3><p class='fine'>{escape(dimension.summary)}</p>"
        f"{rows}</section>"
    )


def _item(sheet: Sheet, item: Item, kept: KeptAnswer | None) -> str:
    answer = kept.answer if kept else ItemAnswer(item.id, AnswerStatus.NOT_ASKED)
    chosen = str(answer.value) if answer.value is not None else answer.status.value
    choices = [(str(one.value), one.text, "level") for one in item.anchors]
    choices.append((UNKNOWN, "모름 · 확인해 봐야 함", "other"))
    if item.na_when is not None:
        choices.append((NOT_APPLICABLE, f"해당 없음 ({item.na_when.rstrip('.')})", "other"))
    radios = "".join(
        f'<label class="{kind}"><input type="radio" name="choice" value="{value}"'
        f"{' checked' if value == chosen else ''}><span>{escape(text)}</span></label>"
        for value, text, kind in choices
    )
    ruled = ruled_value(sheet, item.id)
    note = ""
    if ruled is not None:
        rule = {one.split(":")[1]: one.split(":")[0] for one in sheet.settled.applied_skips}
        because = {one.id: one.because for one in sheet.instrument.skip_rules}
        text = next(one.text for one in item.anchors if one.value == ruled)
        note = (
            f'<p class="fine ruled">앞 답에서 ‘{escape(text.rstrip("."))}’로 미루어 보았습니다. '
            f"{escape(because.get(rule.get(item.id, ''), ''))} 다르면 고르고 까닭을 적어 주세요.</p>"
        )
    reason = kept.reason if kept else ""
    return (
        f'<form class="item" data-item="{item.id}" id="item-{item.id}"><fieldset>'
        f"<legend><small>{escape(item.label)}</small>{escape(item.question)}</legend>"
        f"{note}{radios}</fieldset>"
        f'<label class="reason"{"" if reason or ruled is not None else " hidden"}>고친 까닭'
        f'<input name="reason" maxlength="1000" value="{escape(reason)}" autocomplete="off"></label>'
        f"{_ground(sheet.instrument, item, answer)}</form>"
    )


def _ground(instrument: Instrument, item: Item, answer: ItemAnswer) -> str:
    """Return the fold with grade, note and what would count as evidence."""
    grades = "".join(
        f'<option value="{key}"{" selected" if key == (answer.grade or "say") else ""}>'
        f"{escape(one.name)}</option>"
        for key, one in instrument.evidence_grades.items()
        if key != "infer"
    )
    hints = "".join(f"<li>{escape(one)}</li>" for one in item.evidence)
    return (
        f'<details class="ground"{" open" if answer.note else ""}><summary>근거와 메모</summary>'
        f'<label>무엇을 보고 고르셨나요?<select name="grade">{grades}</select></label>'
        '<label>메모(들은 말, 확인한 자료)<textarea name="note" rows="2" maxlength="1000">'
        f"{escape(answer.note)}</textarea></label>"
        f'<div class="fine"><b>이런 자료를 보면 확실합니다</b><ul>{hints}</ul></div>'
        f'<button type="button" class="link" data-sheet="clear">이 답 지우기</button></details>'
    )
