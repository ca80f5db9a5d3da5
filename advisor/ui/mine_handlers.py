"""The event of the owner's own view: a talk to its address, papers, export and deletion."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from anyio import to_thread

from advisor import clock
from advisor.clock import SEOUL
from advisor.domain.facade import KeptConsultation
from advisor.matching.preparing import papers_for
from advisor.support import worry_of
from advisor.ui.handlers import Opening, Parts
from advisor.ui.mine_view import Mine, render_mine, render_mine_failed, render_taking
from advisor.ui.requests import Sent
from advisor.ui.strings import texts
from advisor.ui.support_handlers import SupportFacade

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MineHandlers:
    """Shows an owner what is kept and what to do with it; remembers nobody."""

    opening: Opening
    retention_days: int

    def first(self) -> Parts:
        """Return what the view shows before its first event."""
        return {"mine": render_mine(None, texts("ko"), waiting=True), "taking": ""}

    async def show(self, sent: Sent) -> AsyncIterator[Parts]:
        """Show the view of the talk as it is now."""
        words = texts(sent.lang)
        # The page's own protocol is smaller; what this view needs is checked here.
        advisor: object = self.opening.advisor
        if advisor is None:
            yield {"mine": render_mine(None, words, waiting=True), "taking": ""}
        elif not isinstance(advisor, SupportFacade) or not sent.cid:
            yield {"mine": render_mine(None, words), "taking": ""}
        else:
            facade = advisor
            try:
                mine = await to_thread.run_sync(lambda: self._mine(facade, sent.cid))
            except Exception:
                # The page must not stay at its loader; the log has what happened, without the words.
                logger.exception("owner's view failed")
                yield {"mine": render_mine_failed(words), "taking": ""}
                return
            yield {"mine": render_mine(mine, words), "taking": render_taking(mine, words)}

    def _mine(self, advisor: SupportFacade, cid: str) -> Mine | None:
        kept = advisor.consultation(cid)
        if kept is None:
            return None
        touched = getattr(kept, "updated_at", None)
        until = None
        if touched is not None:
            until = (touched + timedelta(days=self.retention_days)).astimezone(SEOUL).date()
        saved = advisor.shortlist.saved(cid)
        programs = saved or self._fitting(advisor, kept)
        papers = papers_for(advisor.corpus, programs, today=clock.today())
        titles = {
            one: advisor.corpus.programs[one].name
            for one in programs
            if one in advisor.corpus.programs
        }
        return Mine(until, self.retention_days, len(saved), papers, titles)

    def _fitting(self, advisor: SupportFacade, kept: KeptConsultation) -> tuple[str, ...]:
        """Return the programs to act on for a company that something is known of."""
        if not kept.profile.facts and not worry_of([one.question for one in kept.turns]):
            return ()
        return tuple(one.record_id for one in advisor.outlook(kept.id).acted_on)
