"""The readiness result as HTML: summary first, every other part of the report folded (pure)."""

from html import escape

from advisor.conversation.desk import Sheet
from advisor.diagnosis.compare import Change, compare
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import Diagnosis
from advisor.reporting.blocks import Outline, Section
from advisor.reporting.phrases import answer_words
from advisor.ui.diagnosis_view import render_notice
from advisor.ui.diagnosis_words import say
from advisor.ui.downloads import render_downloads
from advisor.ui.outline_html import Look, links_of, render_section
from advisor.ui.strings import Language

SUMMARY = "요약"
# Parts of the report by the short name of their sheet: open at once where there is room for them.
OPENED = ("점수", "막는 것", "로드맵", "해결책")
# The company stands on the page already, in its own place.
LEFT_OUT = ("회사",)


def render_result(sheet: Sheet, outline: Outline, cid: str = "", look: Look | None = None) -> str:
    """Return the result of a finished diagnosis of the current instrument.

    Args:
        sheet: The diagnosis, its instrument in the language of the page.
        outline: The report on it, in the same language.
        cid: Whose it is.
        look: Language and the records that sources may show; Korean without records by default.
    """
    look = look or Look()
    language = look.language
    links = links_of(outline)
    first = next(one for one in outline.sections if one.sheet == SUMMARY)
    rest = [one for one in outline.sections if one.sheet not in (SUMMARY, *LEFT_OUT)]
    opened = [one for one in rest if one.sheet in OPENED]
    folded = [one for one in rest if one.sheet not in OPENED]
    parts = [_part(one, render_section(one, links, look), is_main=True) for one in opened]
    more = [_part(one, render_section(one, links, look), is_main=False) for one in folded]
    compared = render_comparison(sheet, language)
    return (
        f'<div class="readiness result" data-cid="{escape(cid)}">{_head(sheet, language)}'
        f"{render_notice(language)}"
        f'<section class="card"><h3>{escape(_title(first))}</h3>'
        f"{render_section(first, links, look)}</section>"
        f"{render_downloads(language)}{compared}"
        f'<div class="folds"><button type="button" class="link" data-folds="open" '
        f'data-other="{escape(say(language, "fold"))}">{escape(say(language, "unfold"))}</button></div>'
        f"{''.join([*parts, *more])}</div>"
    )


def render_old_result(sheet: Sheet, language: Language = "ko") -> str:
    """Return what is kept of a diagnosis that an older version of the instrument made."""
    result = sheet.kept.result
    rows = ""
    if result is not None:
        names = sheet.instrument.dimension_by_id
        rows = "".join(
            f"<li><b>{escape(names[key].name if key in names else key)}</b> "
            f"{_score(one.score, language)}</li>"
            for key, one in result.dimensions.items()
        )
        level = say(language, "none") if result.level is None else f"L{result.level}"
        whole = say(language, "old_overall", score=_score(result.overall, language), level=level)
        rows = f"<p>{escape(whole)}</p><ul>{rows}</ul>"
    told = say(language, "old", version=sheet.kept.instrument_version)
    return (
        f'<div class="readiness result"><section class="card"><h3>{escape(say(language, "old_title"))}'
        f"</h3><p>{escape(told)}</p>{rows}{_again(language)}</section></div>"
    )


def render_comparison(sheet: Sheet, language: Language = "ko") -> str:
    """Return before and after per dimension and item; nothing without an earlier result."""
    if sheet.before is None or sheet.before.result is None or sheet.kept.result is None:
        return ""
    before, after = sheet.before.result, sheet.kept.result
    found = compare(before, after)
    instrument = sheet.instrument
    names = {key: say(language, key) for key in ("item", "field", "before", "after", "difference")}
    rows = [_change(say(language, "whole"), found.overall, names, language)]
    rows += [
        _change(instrument.dimension_by_id[one.id].name, one, names, language)
        for one in found.dimensions
        if one.id in instrument.dimension_by_id
    ]
    items = "".join(
        f"<tr><td data-column='{names['item']}'>{escape(instrument.item_by_id[new.item].label)}</td>"
        f"<td data-column='{names['before']}'>{escape(answer_words(instrument, old))}</td>"
        f"<td data-column='{names['after']}'>{escape(answer_words(instrument, new))}</td></tr>"
        for old, new in found.items
        if new.item in instrument.item_by_id
    )
    when = sheet.before.finished_at
    versions = "" if found.is_same_version else (
        f'<p class="note">{escape(say(language, "compare_versions"))}</p>'
    )  # fmt: skip
    changed = (
        f"<h4>{escape(say(language, 'changed'))}</h4><table><thead><tr><th>{names['item']}</th>"
        f"<th>{names['before']}</th><th>{names['after']}</th></tr></thead><tbody>{items}</tbody></table>"
        if items
        else f"<p>{escape(say(language, 'unchanged'))}</p>"
    )
    levels = say(
        language, "compare_levels", day=f"{when:%Y-%m-%d}" if when else "",
        before=_level(instrument, before, language), after=_level(instrument, after, language),
    )  # fmt: skip
    return (
        f'<section class="card comparison"><h3>{escape(say(language, "compare"))}</h3>{versions}'
        f"<p>{escape(levels)}</p>"
        f"<table><thead><tr><th>{names['field']}</th><th class='number'>{names['before']}</th>"
        f"<th class='number'>{names['after']}</th><th class='number'>{names['difference']}</th></tr>"
        f"</thead><tbody>{''.join(rows)}</tbody></table>{changed}</section>"
    )


def _part(section: Section, body: str, *, is_main: bool) -> str:
    return (
        f'<details class="card part" data-part="{escape(section.sheet)}"'
        f"{' data-main=1' if is_main else ''}>"
        f"<summary><h3>{escape(_title(section))}</h3></summary>{body}</details>"
    )


def _head(sheet: Sheet, language: Language) -> str:
    result = sheet.kept.result
    assert result is not None
    when = sheet.kept.finished_at
    day = f"{when:%Y-%m-%d} · " if when else ""
    name = (
        say(language, "no_level")
        if result.level is None
        else _level(sheet.instrument, result, language)
    )
    whole = (
        say(language, "none")
        if result.overall is None
        else say(language, "points", score=result.overall)
    )
    facts = (
        (say(language, "overall"), whole),
        (
            say(language, "range"),
            say(language, "range_of", low=result.overall_low, high=result.overall_high),
        ),
        (
            say(language, "confidence"),
            f"{result.confidence:.2f}"
            + (f" ({result.confidence_name})" if language == "ko" else ""),
        ),
        (say(language, "coverage"), f"{result.coverage:.0%}"),
    )
    rows = "".join(f"<div><dt>{one}</dt><dd>{escape(value)}</dd></div>" for one, value in facts)
    version = say(language, "version", version=result.instrument_version)
    return (
        f'<header class="head"><p class="fine">{day}{escape(version)}</p>'
        f"<h2>{escape(name)}</h2><dl>{rows}</dl><div class='row'>"
        '<button type="button" class="quiet" data-sheet="widen" data-mode="full">'
        f"{escape(say(language, 'go_on'))}</button>{_again(language)}</div></header>"
    )


def _again(language: Language) -> str:
    return (
        '<button type="button" class="quiet" data-sheet="begin" data-mode="full">'
        f"{escape(say(language, 'again'))}</button>"
    )


def _title(section: Section) -> str:
    return section.title.partition(". ")[2]


def _level(instrument: Instrument, result: Diagnosis, language: Language) -> str:
    name = next((one.name for one in instrument.levels if one.level == result.level), "")
    return say(language, "none") if result.level is None else f"L{result.level} {name}"


def _change(name: str, change: Change, names: dict[str, str], language: Language) -> str:
    difference = change.difference
    said = "–" if difference is None else f"{difference:+.1f}"
    kind = "" if not difference else " up" if difference > 0 else " down"
    return (
        f"<tr><td data-column='{names['field']}'>{escape(name)}</td>"
        f"<td class='number' data-column='{names['before']}'>{_score(change.before, language)}</td>"
        f"<td class='number' data-column='{names['after']}'>{_score(change.after, language)}</td>"
        f"<td class='number{kind}' data-column='{names['difference']}'>{said}</td></tr>"
    )


def _score(value: float | None, language: Language) -> str:
    return say(language, "to_confirm") if value is None else f"{value:.1f}"
