"""An event of the page to the Advisor and back to HTML for the page's parts.

No handler remembers a person: the browser says whose talk it is, the Advisor keeps it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from anyio import to_thread

from advisor.domain.facade import AdvisorFacade, KeptConsultation, KeptTurn
from advisor.domain.profile import Profile
from advisor.errors import AdvisorError
from advisor.messages import CONSULTATION_UNKNOWN, FAILED, UserMessage
from advisor.ui import panel, view
from advisor.ui.jobs import Job, Jobs
from advisor.ui.requests import Sent, SentFact, SentRating, SentText
from advisor.ui.strings import Texts, texts

logger = logging.getLogger(__name__)

# Part of the page to its new HTML; a part that is absent stays as it is.
Parts = dict[str, str]

# Steps reach the page in at most five pushes a second: each costs every open page's loop.
PUSH_EVERY_S = 0.2


class Opening(Protocol):
    """An Advisor that may still be put together."""

    @property
    def advisor(self) -> AdvisorFacade | None: ...

    @property
    def problem(self) -> UserMessage | None: ...

    def retry(self) -> None:
        """Begin again after a problem."""
        ...


@dataclass(frozen=True)
class Handlers:
    """The page's events; `max_chars` is the longest message that is answered."""

    opening: Opening
    jobs: Jobs
    max_chars: int

    def first(self) -> Parts:
        """Return what the page shows before its first event."""
        words = texts("ko")
        return {
            **_labels(words, max_chars=self.max_chars, engine=""),
            "state": view.render_state(waiting=True),
            "log": "",
            "pending": "",
            "sources": panel.render_sources((), words),
            "company": "",
        }

    async def open(self, sent: Sent) -> AsyncIterator[Parts]:
        """Show the kept talk, in the page's language; follow an answer that is still in work."""
        words = texts(sent.lang)
        advisor = self.opening.advisor
        if advisor is None:
            yield self._waiting(words, cid=sent.cid)
            return
        kept = await self._load(advisor, sent.cid)
        labels = _labels(words, max_chars=self.max_chars, engine=advisor.engine_name)
        note = words.not_kept if sent.cid and kept is None else ""
        job = self.jobs.running(sent.cid) if kept else None
        if kept is None or job is None:
            yield {**labels, **self._talk(advisor, kept, words, note=note)}
            return
        yield {
            **labels,
            **self._talk(advisor, kept, words),
            "pending": view.render_pending(job.question, tuple(job.steps), words),
            "state": view.render_state(cid=kept.id, turns=len(kept.turns), pending=True),
        }
        async for parts in self._follow(advisor, kept.id, job, words):
            yield parts

    async def send(self, sent: SentText) -> AsyncIterator[Parts]:
        """Answer a question: its steps while they run, its text once it is checked."""
        words = texts(sent.lang)
        advisor = self.opening.advisor
        if advisor is None:
            yield self._waiting(words, hint=words.preparing, cid=sent.cid)
            return
        kept = await self._load(advisor, sent.cid)
        turns = kept.turns if kept else ()
        hint = self._refusal(sent.text, words)
        if not hint and self.jobs.running(sent.cid):
            hint = words.busy
        if hint:
            cid = kept.id if kept else ""
            busy = bool(self.jobs.running(cid))
            yield {"state": view.render_state(cid=cid, turns=len(turns), hint=hint, pending=busy)}
            return
        cid = kept.id if kept else await to_thread.run_sync(advisor.new_consultation)
        job = self.jobs.start(advisor, cid, sent.text, "en" if sent.lang == "en" else None)
        if job is None:  # two events of one talk at the same moment
            yield {
                "state": view.render_state(cid=cid, turns=len(turns), hint=words.busy, pending=True)
            }
            return
        note = words.not_kept if sent.cid and kept is None else ""
        yield {
            "state": view.render_state(cid=cid, turns=len(turns), pending=True, taken=True),
            "log": view.render_log(turns, words, note=note) if turns else view.render_note(note),
            "pending": view.render_pending(job.question, (), words),
        }
        async for parts in self._follow(advisor, cid, job, words):
            yield parts

    async def save(self, sent: SentFact) -> AsyncIterator[Parts]:
        """Set or forget a fact of the company."""
        words = texts(sent.lang)
        advisor = self.opening.advisor
        if advisor is None:
            yield self._waiting(words, cid=sent.cid)
            return
        kept = await self._load(advisor, sent.cid)
        cid = kept.id if kept else await to_thread.run_sync(advisor.new_consultation)
        hint, profile = "", kept.profile if kept else Profile()
        try:
            value = panel.read_typed(sent.field, sent.value, advisor.profile_fields())
            profile = await to_thread.run_sync(
                lambda: advisor.set_profile(cid, {sent.field: value})
            )
        except AdvisorError as error:
            hint = str(error.user_message)
        yield {
            "company": panel.render_company(profile, advisor.profile_fields(), words, hint=hint),
            "state": view.render_state(
                cid=cid,
                turns=len(kept.turns) if kept else 0,
                pending=self.jobs.running(cid) is not None,
                facts=len(profile.facts),
                sources=_count_sources(kept.turns if kept else ()),
            ),
        }

    async def rate(self, sent: SentRating) -> AsyncIterator[Parts]:
        """Keep a thumb; the answer shows it pressed."""
        words = texts(sent.lang)
        advisor = self.opening.advisor
        if advisor is None:
            return
        await to_thread.run_sync(lambda: advisor.add_feedback(sent.cid, sent.turn, sent.rating))
        kept = await self._load(advisor, sent.cid)
        if kept is not None:
            yield {"log": view.render_log(kept.turns, words)}

    async def erase(self, sent: Sent) -> AsyncIterator[Parts]:
        """Delete the talk with all that was kept of it, and begin a new one."""
        words = texts(sent.lang)
        advisor = self.opening.advisor
        if advisor is None:
            yield self._waiting(words, cid=sent.cid)
            return
        gone = await to_thread.run_sync(advisor.delete_consultation, sent.cid)
        note = words.erased if gone else words.nothing_to_erase
        yield self._talk(advisor, None, words, note=note)

    async def retry(self, sent: Sent) -> AsyncIterator[Parts]:
        """Put the Advisor together again after a problem."""
        self.opening.retry()
        async for parts in self.open(sent):
            yield parts

    async def _follow(
        self, advisor: AdvisorFacade, cid: str, job: Job, words: Texts
    ) -> AsyncIterator[Parts]:
        """Show the steps of a question in work, then its answer or its failure."""
        waiting = asyncio.wrap_future(job.done)
        shown = 0
        while True:
            done, _ = await asyncio.wait([waiting], timeout=PUSH_EVERY_S)
            if done:
                break
            if len(job.steps) > shown:
                shown = len(job.steps)
                yield {"pending": view.render_pending(job.question, tuple(job.steps), words)}
        kept = await self._load(advisor, cid)
        parts = self._talk(advisor, kept, words)
        if waiting.exception() is not None:
            problem = FAILED if kept else CONSULTATION_UNKNOWN
            parts["pending"] = view.render_failed(job.question, problem, words)
            if kept is None or not kept.turns:
                parts["log"] = ""
        yield parts

    def _talk(
        self,
        advisor: AdvisorFacade,
        kept: KeptConsultation | None,
        words: Texts,
        *,
        note: str = "",
    ) -> Parts:
        turns: Sequence[KeptTurn] = kept.turns if kept else ()
        profile = kept.profile if kept else Profile()
        return {
            "log": view.render_log(turns, words, note=note),
            "pending": "",
            "sources": panel.render_sources(turns, words),
            "company": panel.render_company(profile, advisor.profile_fields(), words),
            "state": view.render_state(
                cid=kept.id if kept else "",
                turns=len(turns),
                facts=len(profile.facts),
                sources=_count_sources(turns),
            ),
        }

    def _waiting(self, words: Texts, *, hint: str = "", cid: str = "") -> Parts:
        problem = self.opening.problem
        return {
            **_labels(words, max_chars=self.max_chars, engine=""),
            "log": view.render_waiting(words, problem=problem),
            "pending": "",
            "state": view.render_state(cid=cid, waiting=problem is None, hint=hint),
        }

    def _refusal(self, text: str, words: Texts) -> str:
        if not text.strip():
            return words.empty
        if len(text) > self.max_chars:
            return words.too_long.format(count=f"{len(text):,}", limit=f"{self.max_chars:,}")
        return ""

    async def _load(self, advisor: AdvisorFacade, cid: str) -> KeptConsultation | None:
        return await to_thread.run_sync(advisor.consultation, cid) if cid else None


def _labels(words: Texts, *, max_chars: int, engine: str) -> Parts:
    """Return the parts that change with the language only."""
    return {
        "top": view.render_top(words),
        "composer": view.render_composer(words, limit=max_chars, engine=engine),
        "tabs": panel.render_tabs(words),
        "about": view.render_about(words, engine=engine),
    }


def _count_sources(turns: Sequence[KeptTurn]) -> int:
    """Return how many sources the newest answer with sources cites."""
    counts = [len(one.answer.get("citations") or ()) for one in turns]
    return next((one for one in reversed(counts) if one), 0)
