"""The section in which an owner shares a talk with a consultant, and takes it back, as HTML."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from advisor.clock import SEOUL
from advisor.stores.shares import Share
from advisor.ui.share_words import say
from advisor.ui.strings import Texts


def render_shares(
    shares: Sequence[Share] | None, words: Texts, *, code: str = "", until: datetime | None = None,
    hint: str = "",
) -> str:  # fmt: skip
    """Return the section; `shares` is None where there is no talk yet, `code` a fresh one."""
    head = (
        f'<section class="share" aria-labelledby="share-title"><h3 id="share-title">'
        f"{escape(say('title', words))}</h3><p>{escape(say('lead', words))}</p>"
    )
    if shares is None:
        return f'{head}<p class="share-none">{escape(say("no_talk", words))}</p></section>'
    rows = "".join(_row(one, words) for one in shares)
    listed = (
        f'<ul class="shares">{rows}</ul>' if rows
        else f'<p class="share-none">{escape(say("none", words))}</p>'
    )  # fmt: skip
    fresh = ""
    if code and until:
        fresh = (
            f'<div class="share-code" role="status"><b>{escape(say("code", words))}</b>'
            f"<output>{escape(code)}</output><small>"
            f"{escape(say('code_more', words, day=_day(until)))}</small></div>"
        )
    told = f'<p class="share-hint" role="status">{escape(hint)}</p>' if hint else ""
    return (
        f"{head}{fresh}{told}{listed}"
        f'<form class="share-form"><label>{escape(say("recipient", words))}'
        f'<input name="recipient" maxlength="100" autocomplete="off"></label>'
        f'<button type="submit" class="quiet strong">{escape(say("create", words))}</button></form>'
        "</section>"
    )


def render_door(words: Texts) -> str:
    """Return the way to the staff's sign-in: the notice is where one looks for it."""
    return f'<p class="staff-door"><a href="sign-in">{escape(say("staff", words))}</a></p>'


def _row(share: Share, words: Texts) -> str:
    name = share.organisation or share.recipient or say("somebody", words)
    extra = f" ({share.recipient})" if share.organisation and share.recipient else ""
    state = (
        say("since", words, day=_day(share.redeemed_at)) if share.redeemed_at
        else say("waiting", words)
    )  # fmt: skip
    label = f"{name}: {say('revoke', words)}"
    return (
        f"<li><span><b>{escape(name + extra)}</b> {escape(state)}</span>"
        f'<button type="button" class="quiet danger" data-revoke="{escape(share.id)}" '
        f'aria-label="{escape(label)}">{escape(say("revoke", words))}</button></li>'
    )


def _day(moment: datetime) -> str:
    return moment.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")
