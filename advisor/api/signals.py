"""The routes of `/api/v1/signals`: counts for policy as JSON with charts, CSV and XLSX."""

from typing import Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Response

from advisor import clock
from advisor.accounts.registry import API
from advisor.api.routes import Ready
from advisor.assemble import Advisor
from advisor.reporting.xlsx import write_xlsx
from advisor.signals.counting import Signals
from advisor.signals.office import read_signals
from advisor.signals.periods import month_of, offered, read_period
from advisor.signals.written import Names, as_csv, as_outline, as_plain

signal_routes = APIRouter(prefix=f"{API}/signals")

Language = Literal["ko", "en"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERIOD = Query(default="", max_length=7, description="YYYY-MM or YYYY-Qn; empty is this month.")


@signal_routes.get("")
async def signals(
    advisor: Ready, period: str = PERIOD, language: Language = "ko", charts: bool = True
) -> dict[str, Any]:
    """The tables of a period; groups below 5 are hidden, the others rounded down to fives."""

    def work() -> dict[str, Any]:
        found, names = _counted(advisor, period, language)
        return as_plain(found, names, offered(clock.today()), with_charts=charts)

    return await to_thread.run_sync(work)


@signal_routes.get("/export/{way}", response_model=None)
async def export(
    way: Literal["csv", "xlsx"], advisor: Ready, period: str = PERIOD, language: Language = "ko"
) -> Response:
    """The same numbers as a file."""

    def work() -> Response:
        found, names = _counted(advisor, period, language)
        kept = f'attachment; filename="signals-{found.period.id}.{way}"'
        if way == "csv":
            body: str | bytes = as_csv(found, names)
            kind = "text/csv; charset=utf-8"
        else:
            body, kind = write_xlsx(as_outline(found, names, today=clock.today())), _XLSX
        return Response(body, media_type=kind, headers={"content-disposition": kept})

    return await to_thread.run_sync(work)


def _counted(advisor: Advisor, period: str, language: str) -> tuple[Signals, Names]:
    today, instrument = clock.today(), advisor.desk.instrument
    chosen = read_period(period) if period else month_of(today)
    found = read_signals(advisor.index.engine, advisor.corpus, instrument, chosen, today=today)
    return found, Names.of(advisor.corpus, instrument, language)
