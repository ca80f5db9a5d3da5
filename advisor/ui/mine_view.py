"""The owner's own view as HTML: address, papers, export, deletion (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from advisor.matching.preparing import PaperToPrepare
from advisor.ui.mine_words import say
from advisor.ui.strings import Texts


@dataclass(frozen=True, slots=True)
class Mine:
    """What the view shows of a talk.

    Attributes:
        until: Day on which it is deleted unless it is used again; None where that is not known.
        days: How long a talk is kept after its last use.
        saved: How many programs are saved; with none the papers are of those that fit best.
        titles: Names of the programs by id.
    """

    until: date | None
    days: int
    saved: int
    papers: Sequence[PaperToPrepare]
    titles: dict[str, str]


def render_mine(mine: Mine | None, words: Texts, *, waiting: bool = False) -> str:
    """Return the view; None is no talk yet."""
    head = (
        f'<div class="mine"><h2>{escape(say("title", words))}</h2>'
        f'<p class="lead">{escape(say("lead", words))}</p>'
        f'<div class="mine-kept" data-title="{escape(say("kept_title", words))}"></div>'
    )
    if waiting:
        return (
            f'{head}<section class="block waiting" role="status"><span class="spinner" '
            f'aria-hidden="true"></span><p>{escape(say("loading", words))}</p></section></div>'
        )
    if mine is None:
        return (
            f'{head}<section class="block"><p>{escape(say("none", words))}</p>'
            f'<a class="quiet strong" href="#talk" data-view="talk">{escape(say("begin", words))}</a>'
            "</section></div>"
        )
    return f"{head}{_link(mine, words)}{_papers(mine, words)}</div>"


def render_mine_failed(words: Texts) -> str:
    """Return what stands there when the view cannot be shown now."""
    return (
        f'<div class="mine"><h2>{escape(say("title", words))}</h2>'
        f'<section class="block" role="alert"><p>{escape(say("failed", words))}</p>'
        f'<button type="button" class="quiet strong" data-mine="again">'
        f"{escape(say('again', words))}</button></section></div>"
    )


def render_taking(mine: Mine | None, words: Texts) -> str:
    """Return what stands last in the view: taking everything along, and deleting it."""
    return "" if mine is None else f'<div class="mine">{_export(words)}{_erase(words)}</div>'


def _link(mine: Mine, words: Texts) -> str:
    label = escape(say("link", words))
    until = ""
    if mine.until is not None:
        day = mine.until.isoformat()
        until = f'<p class="until">{escape(say("kept_until", words, days=mine.days, day=day))}</p>'
    return (
        f'<section class="block link-block"><h3>{label}</h3>'
        f'<input class="mine-link" readonly aria-label="{label}">'
        f'<div class="row"><button type="button" class="quiet strong" data-mine="copy" '
        f'data-done="{escape(say("copied", words))}" data-failed="{escape(say("copy_by_hand", words))}">'
        f'{escape(say("copy", words))}</button><button type="button" class="quiet" data-mine="keep" '
        f'aria-pressed="false" data-on="{escape(say("kept", words))}" '
        f'data-off="{escape(say("keep", words))}">{escape(say("keep", words))}</button></div>'
        f'<p class="told" role="status"></p><p>{escape(say("link_more", words))}</p>'
        f"<p>{escape(say('keep_more', words))}</p>{until}</section>"
    )


def _papers(mine: Mine, words: Texts) -> str:
    head = f'<section class="block"><h3>{escape(say("papers", words))}</h3>'
    link = (
        f'<a class="quiet" href="#support" data-view="support">'
        f"{escape(say('to_support', words))}</a>"
    )
    if not mine.papers:
        return f"{head}<p>{escape(say('papers_none', words))}</p>{link}</section>"
    said = say("papers_saved", words, count=mine.saved) if mine.saved else say("papers_fit", words)
    rows = "".join(_paper(one, mine.titles, words) for one in mine.papers)
    return f'{head}<p>{escape(said)}</p><ul class="papers">{rows}</ul>{link}</section>'


def _paper(one: PaperToPrepare, titles: dict[str, str], words: Texts) -> str:
    programs = ", ".join(titles.get(name, name) for name in one.program_ids)
    marks = [say("by", words, day=one.by.isoformat())] if one.by else []
    marks += [say("usual", words)] if one.is_usual else []
    about = " · ".join([*marks, programs])
    return (
        f'<li><label><input type="checkbox" data-paper="{escape(one.name)}">'
        f"<span><b>{escape(one.name)}</b><small>{escape(about)}</small></span></label></li>"
    )


def _export(words: Texts) -> str:
    ways = "".join(
        f'<a class="quiet" data-export="{way}" download href="#mine">{escape(say(way, words))}</a>'
        for way in ("html", "json", "zip")
    )
    return (
        f'<section class="block"><h3>{escape(say("export", words))}</h3>'
        f'<p>{escape(say("export_more", words))}</p><div class="row">{ways}</div></section>'
    )


def _erase(words: Texts) -> str:
    return (
        f'<section class="block"><h3>{escape(say("erase", words))}</h3>'
        f"<p>{escape(say('erase_more', words))}</p>"
        f'<button type="button" class="quiet danger" data-ask="erase" '
        f'data-sure="{escape(words.erase_sure)}">{escape(say("erase_button", words))}</button>'
        "</section>"
    )
