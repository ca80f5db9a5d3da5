"""An event of the readiness view to the desk and back to HTML; remembers nobody."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Literal

from anyio import to_thread
from pydantic import Field

from advisor import clock
from advisor.conversation.desk import NEEDS_REASON, Desk, Sheet
from advisor.errors import AdvisorError
from advisor.messages import UserMessage
from advisor.ui import diagnosis_view, result_view, view
from advisor.ui.diagnosis_words import say
from advisor.ui.jobs import Jobs
from advisor.ui.outline_html import Look
from advisor.ui.requests import Sent
from advisor.ui.strings import Language

Parts = dict[str, str]


class SentForm(Sent):
    """What to show: `open` as it stands, `begin` a diagnosis, `widen` its form, its `result`."""

    action: Literal["open", "begin", "widen", "result"]
    mode: Literal["", "quick", "full"] = ""


class SentAnswer(Sent):
    """One item of the form as it stands; `choice` is a level or a status."""

    item: str = Field(max_length=40)
    choice: Literal["0", "1", "2", "3", "4", "unknown", "na", "not_asked"]
    grade: str = Field(default="say", max_length=20)
    note: str = Field(default="", max_length=4_000)
    reason: str = Field(default="", max_length=4_000)


@dataclass(frozen=True, slots=True)
class DiagnosisHandlers:
    """The readiness view's events; `get_desk` gives None while the Advisor is put together."""

    get_desk: Callable[[], Desk | None]
    jobs: Jobs

    def first(self) -> Parts:
        """Return what the view shows before its first event."""
        return self._preparing("ko")

    def _preparing(self, language: Language) -> Parts:
        message = UserMessage(say(language, "preparing"), say(language, "preparing_more"))
        return {"progress": "", "sheet": diagnosis_view.render_message(message)}

    async def show(self, sent: SentForm) -> AsyncIterator[Parts]:
        """Show the form, the result or how to begin."""
        desk = self.get_desk()
        if desk is None:
            yield self._preparing(sent.lang)
            return
        yield await to_thread.run_sync(lambda: self._show(desk, sent))

    async def answer(self, sent: SentAnswer) -> AsyncIterator[Parts]:
        """Keep one answer; only the bar is drawn anew, so that nobody loses their place."""
        desk = self.get_desk()
        if desk is not None:
            yield await to_thread.run_sync(lambda: self._answer(desk, sent))

    def _show(self, desk: Desk, sent: SentForm) -> Parts:
        is_full = sent.mode == "full"
        try:
            if sent.action == "begin":
                cid = desk.consultation(sent.cid)
                form = self._form(desk, desk.begin(cid, is_full=is_full), cid, sent.lang)
                return {**form, **self._state(desk, cid)}
            if sent.action == "widen":
                sheet = desk.widen(sent.cid, is_full=is_full)
                return self._form(desk, sheet, sent.cid, sent.lang)
            if sent.action == "result":
                return self._result(desk, desk.finish(sent.cid), sent.cid, sent.lang)
            found = desk.sheet(sent.cid) if sent.cid else None
            if found is None:
                intro = diagnosis_view.render_intro(desk.instrument_in(sent.lang), sent.lang)
                return {"progress": "", "sheet": intro}
            if found.kept.result is not None or not found.is_current:
                return self._result(desk, found, sent.cid, sent.lang)
            return self._form(desk, found, sent.cid, sent.lang)
        except AdvisorError as error:
            return {"progress": "", "sheet": diagnosis_view.render_message(error.user_message)}

    def _answer(self, desk: Desk, sent: SentAnswer) -> Parts:
        row: dict[str, object] = {"item": sent.item, "note": sent.note}
        if sent.choice.isdigit():
            row |= {"status": "answered", "value": int(sent.choice), "grade": sent.grade}
        else:
            row["status"] = sent.choice
        try:
            kept = desk.save(sent.cid, row, reason=sent.reason)
            return {
                "progress": diagnosis_view.render_bar(
                    _in(desk, kept, sent.lang), language=sent.lang
                )
            }
        except AdvisorError as error:
            sheet = desk.sheet(sent.cid)
            message = error.user_message
            if sheet is None:
                return {"progress": "", "sheet": diagnosis_view.render_message(message)}
            needs = sent.item if message == NEEDS_REASON else ""
            said = str(message)
            if needs and sent.lang == "en":
                said = say("en", "needs_reason")
            bar = diagnosis_view.render_bar(
                _in(desk, sheet, sent.lang), hint=said, needs=needs, language=sent.lang
            )
            return {"progress": bar}

    def _form(self, desk: Desk, sheet: Sheet, cid: str, language: Language) -> Parts:
        shown = _in(desk, sheet, language)
        return {
            "progress": diagnosis_view.render_bar(shown, language=language),
            "sheet": diagnosis_view.render_form(shown, cid, language),
        }

    def _result(self, desk: Desk, sheet: Sheet, cid: str, language: Language) -> Parts:
        shown = _in(desk, sheet, language)
        if not sheet.is_current:
            return {"progress": "", "sheet": result_view.render_old_result(shown, language)}
        outline = desk.outline(cid, today=clock.today(), language=language)
        look = Look(language, desk.record)
        return {"progress": "", "sheet": result_view.render_result(shown, outline, cid, look)}

    def _state(self, desk: Desk, cid: str) -> Parts:
        """Tell the browser whose diagnosis this is from now on."""
        kept = desk.load(cid)
        return {
            "state": view.render_state(
                cid=cid, turns=len(kept.turns), pending=self.jobs.running(cid) is not None
            )
        }


def _in(desk: Desk, sheet: Sheet, language: Language) -> Sheet:
    """Return the sheet with its instrument in the page's language."""
    return replace(sheet, instrument=desk.instrument_in(language))
