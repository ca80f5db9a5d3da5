"""An event of the page to the Advisor and back to HTML for the page's parts.

No handler remembers a person: the browser says whose talk it is, the Advisor keeps it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
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
    """The page's events.

    Attributes:
        max_chars: The longest message that is answered.
        has_report: Tells of a talk whether it holds a finished diagnosis.
    """

    opening: Opening
    jobs: Jobs
    max_chars: int
    has_report: Callable[[str], bool] = field(default=lambda _: False)

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
        labels = _labels(words, max_chars=self.max_chars, engine=_outside(advisor))
        note = words.not_kept if sent.cid and kept is None else ""
        job = self.jobs.running(sent.cid) if kept else None
        if kept is None or job is None:
            report = await self._report(kept)
            yield {**labels, **self._talk(advisor, kept, words, note=note, report=report)}
            return
        yield {
            **labels,
            **self._talk(advisor, kept, words),
            "pending": view.render_pending(
                job.question, tuple(job.steps), words, text="".join(job.pieces)
            ),
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
            report = await self._report(kept)
            yield {"log": view.render_log(kept.turns, words, report=report)}

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
        shown = (0, 0)
        while True:
            done, _ = await asyncio.wait([waiting], timeout=PUSH_EVERY_S)
            if done:
                break
            now = (len(job.steps), len(job.pieces))
            if now != shown:
                shown = now
                text = "".join(job.pieces)
                steps = tuple(job.steps)
                yield {"pending": view.render_pending(job.question, steps, words, text=text)}
        kept = await self._load(advisor, cid)
        parts = self._talk(advisor, kept, words, report=await self._report(kept))
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
        report: bool = False,
    ) -> Parts:
        turns: Sequence[KeptTurn] = kept.turns if kept else ()
        profile = kept.profile if kept else Profile()
        return {
            "log": view.render_log(turns, words, note=note, report=report),
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

    async def _report(self, kept: KeptConsultation | None) -> bool:
        """Tell whether a talk holds a diagnosis to report on."""
        return kept is not None and await to_thread.run_sync(self.has_report, kept.id)

    async def _load(self, advisor: AdvisorFacade, cid: str) -> KeptConsultation | None:
        return await to_thread.run_sync(advisor.consultation, cid) if cid else None


def _outside(advisor: AdvisorFacade) -> str:
    """Return the engine where questions leave this machine for wording; else nothing to tell."""
    return f"{advisor.engine_name}, {advisor.model_host}" if advisor.model_host else ""


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
