"""The event of the view of support and plan: a consultation to the view's HTML."""

import logging
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from anyio import to_thread
from pydantic import Field

from advisor import clock
from advisor.conversation.shortlist import Shortlist
from advisor.domain.facade import KeptConsultation
from advisor.domain.numbers import read_won
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus
from advisor.domain.vocabulary import ProfileField
from advisor.errors import AdvisorError, BadInputError
from advisor.matching.outlook import Outlook
from advisor.support import worry_of
from advisor.ui import support_view
from advisor.ui.handlers import Opening, Parts
from advisor.ui.requests import Sent
from advisor.ui.strings import texts
from advisor.ui.support_saved import render_saved
from advisor.ui.support_words import say

logger = logging.getLogger(__name__)


class SentSupport(Sent):
    """What is planned for and compared, which lives in the browser; what to save or take off."""

    solution: str = Field(default="", max_length=200)
    cost: str = Field(default="", max_length=40)
    picked: list[str] = Field(default_factory=list, max_length=8)
    keep: str = Field(default="", max_length=200)
    drop: str = Field(default="", max_length=200)
    seen: bool = False


@runtime_checkable
class SupportFacade(Protocol):
    """What the view needs of the Advisor."""

    corpus: Corpus
    shortlist: Shortlist

    def consultation(self, consultation_id: str) -> KeptConsultation | None: ...

    def profile_fields(self) -> list[ProfileField]: ...

    def outlook(
        self,
        consultation_id: str,
        *,
        solution_id: str = "",
        cost_krw: int | None = None,
        picked: Sequence[str] = (),
    ) -> Outlook:
        """Return programs, chain, plan and actions for the company of a consultation."""
        ...


class SupportHandlers:
    """Shows what the company of a consultation can get; remembers nobody."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def first(self) -> Parts:
        """Return what the view shows before its first event."""
        return {"support": support_view.render_loading(texts("ko"))}

    async def show(self, sent: SentSupport) -> AsyncIterator[Parts]:
        """Judge, link and plan anew: facts may have changed since the last time."""
        words = texts(sent.lang)
        # The page's own protocol is smaller; what this view needs is checked here.
        advisor: object = self._opening.advisor
        if not isinstance(advisor, SupportFacade):
            yield {"support": support_view.render_loading(words)}
            return
        try:
            html = await to_thread.run_sync(lambda: _render(advisor, sent))
        except AdvisorError as error:
            html = support_view.render_support_failed(words, str(error.user_message))
        except Exception:
            # The page must not stay at its loader; the log has what happened, without the words.
            logger.exception("support view failed")
            html = support_view.render_support_failed(words)
        yield {"support": html}


def _render(advisor: SupportFacade, sent: SentSupport) -> str:
    words = texts(sent.lang)
    kept = advisor.consultation(sent.cid) if sent.cid else None
    profile = kept.profile if kept else Profile()
    questions = [one.question for one in kept.turns] if kept else []
    fields = advisor.profile_fields()
    if kept is None:
        return support_view.render_no_facts(fields, words)
    today = clock.today()
    unsaved = _change(advisor.shortlist, sent, today)
    saved = advisor.shortlist.look(kept.id, today)
    if not profile.facts and not worry_of(questions):
        block = render_saved(saved, advisor.corpus, today, words)
        return support_view.render_no_facts(fields, words, hint=unsaved, saved=block)
    typed = sent.cost.strip()
    cost = _won(typed)
    hint = say("bad_cost", words, text=typed) if typed and cost is None else unsaved
    outlook = advisor.outlook(
        kept.id, solution_id=sent.solution, cost_krw=cost, picked=tuple(sent.picked)
    )
    return support_view.render_support(
        outlook, advisor.corpus, profile, fields, words,
        picked=tuple(sent.picked), cost=typed, hint=hint, saved=saved,
    )  # fmt: skip


def _change(shortlist: Shortlist, sent: SentSupport, today: date) -> str:
    """Save or take off what was asked for; return why it could not be, for the page."""
    try:
        if sent.keep:
            shortlist.save(sent.cid, sent.keep, today)
        if sent.drop:
            shortlist.remove(sent.cid, sent.drop)
        if sent.seen:
            shortlist.mark_seen(sent.cid)
    except BadInputError as error:
        return str(error.user_message)
    return ""


def _won(text: str) -> int | None:
    plain = text.replace(",", "").replace(" ", "").removesuffix("원")
    return int(plain) if plain.isdecimal() and len(plain) < 14 else read_won(text)
