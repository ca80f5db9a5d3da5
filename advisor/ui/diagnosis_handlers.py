"""An event of the readiness view to the desk and back to HTML; remembers nobody."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal

from anyio import to_thread
from pydantic import Field

from advisor import clock
from advisor.conversation.desk import NEEDS_REASON, Desk, Sheet
from advisor.errors import AdvisorError
from advisor.messages import UserMessage
from advisor.ui import diagnosis_view, result_view, view
from advisor.ui.jobs import Jobs
from advisor.ui.requests import Sent

Parts = dict[str, str]
PREPARING = UserMessage(
    text="진단을 준비하고 있습니다.", next_step="준비되면 이 화면이 저절로 바뀝니다."
)


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
        return {"progress": "", "sheet": diagnosis_view.render_message(PREPARING)}

    async def show(self, sent: SentForm) -> AsyncIterator[Parts]:
        """Show the form, the result or how to begin."""
        desk = self.get_desk()
        if desk is None:
            yield self.first()
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
                return {**_form(desk.begin(cid, is_full=is_full), cid), **self._state(desk, cid)}
            if sent.action == "widen":
                return _form(desk.widen(sent.cid, is_full=is_full), sent.cid)
            if sent.action == "result":
                return self._result(desk, desk.finish(sent.cid), sent.cid)
            sheet = desk.sheet(sent.cid) if sent.cid else None
            if sheet is None:
                intro = diagnosis_view.render_intro(desk.instrument, is_english=sent.lang == "en")
                return {"progress": "", "sheet": intro}
            if sheet.kept.result is not None or not sheet.is_current:
                return self._result(desk, sheet, sent.cid)
            return _form(sheet, sent.cid)
        except AdvisorError as error:
            return {"progress": "", "sheet": diagnosis_view.render_message(error.user_message)}

    def _answer(self, desk: Desk, sent: SentAnswer) -> Parts:
        row: dict[str, object] = {"item": sent.item, "note": sent.note}
        if sent.choice.isdigit():
            row |= {"status": "answered", "value": int(sent.choice), "grade": sent.grade}
        else:
            row["status"] = sent.choice
        try:
            return {
                "progress": diagnosis_view.render_bar(desk.save(sent.cid, row, reason=sent.reason))
            }
        except AdvisorError as error:
            sheet = desk.sheet(sent.cid)
            message = error.user_message
            if sheet is None:
                return {"progress": "", "sheet": diagnosis_view.render_message(message)}
            needs = sent.item if message == NEEDS_REASON else ""
            return {"progress": diagnosis_view.render_bar(sheet, hint=str(message), needs=needs)}

    def _result(self, desk: Desk, sheet: Sheet, cid: str) -> Parts:
        if not sheet.is_current:
            return {"progress": "", "sheet": result_view.render_old_result(sheet)}
        outline = desk.outline(cid, today=clock.today())
        return {"progress": "", "sheet": result_view.render_result(sheet, outline, cid)}

    def _state(self, desk: Desk, cid: str) -> Parts:
        """Tell the browser whose diagnosis this is from now on."""
        kept = desk.load(cid)
        return {
            "state": view.render_state(
                cid=cid, turns=len(kept.turns), pending=self.jobs.running(cid) is not None
            )
        }


def _form(sheet: Sheet, cid: str) -> Parts:
    return {
        "progress": diagnosis_view.render_bar(sheet),
        "sheet": diagnosis_view.render_form(sheet, cid),
    }
