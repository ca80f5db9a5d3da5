"""Charts of a workbook that Excel draws itself from a sheet of their numbers."""

from typing import Any

from advisor.reporting.blocks import Bars, Chart, Radar, Spoke, Timeline
from advisor.reporting.charts import WEEKS_A_MONTH

SHEET = "그림 자료"
ACCENT, SECOND = "#1F5FBF", "#A8480F"
FONT = {"name": "맑은 고딕", "size": 9}


class ChartSheet:
    """Collects the numbers behind the charts; the sheet itself comes last in the workbook."""

    def __init__(self, workbook: Any) -> None:
        """Start without numbers."""
        self._workbook = workbook
        self._rows: list[tuple[str | float | None, ...]] = []

    def add(self, chart: Chart) -> Any:
        """Return a chart to insert, None for one that is told in words alone."""
        if isinstance(chart, Radar):
            return self._radar(chart)
        if isinstance(chart, Bars):
            return self._bars(chart)
        if isinstance(chart, Timeline):
            return self._timeline(chart)
        return None

    def finish(self) -> None:
        """Write the sheet with the numbers."""
        sheet = self._workbook.add_worksheet(SHEET)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 3, 30, self._workbook.add_format({"num_format": "0.0"}))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for number, row in enumerate(self._rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write_number(number, column, value)

    def _put(self, title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> int:
        """Note a block of numbers and return the row of its first one."""
        self._rows += [(title,), ("", *heads)]
        first = len(self._rows)
        self._rows += [*rows, ()]
        return first

    def _series(self, first: int, count: int, column: int, **look: Any) -> dict[str, Any]:
        last = first + count - 1
        return {
            "name": [SHEET, first - 1, column],
            "categories": [SHEET, first, 0, last, 0],
            "values": [SHEET, first, column, last, column],
            **look,
        }

    def _spokes(self, title: str, name: str, spokes: tuple[Spoke, ...], goal: str) -> int:
        heads = (name, goal) if goal else (name,)
        return self._put(title, heads, [(one.name, one.value, one.goal) for one in spokes])

    def _radar(self, radar: Radar) -> Any:
        first = self._spokes(radar.title, "점수", radar.spokes, radar.goal_name)
        chart = self._workbook.add_chart({"type": "radar", "subtype": "with_markers"})
        count = len(radar.spokes)
        line, dash = {"color": ACCENT, "width": 2.25}, {"color": SECOND, "dash_type": "dash"}
        marker = {"type": "circle", "size": 6, "fill": {"color": ACCENT}, "border": {"none": True}}
        chart.add_series(self._series(first, count, 1, line=line, marker=marker))
        if radar.goal_name:
            goal = {"type": "diamond", "size": 6, "fill": {"color": "#FFFFFF"}, "border": {"color": SECOND}}  # fmt: skip
            chart.add_series(
                self._series(first, count, 2, line={**dash, "none": True}, marker=goal)
            )
        chart.set_y_axis({"min": 0, "max": 100, "major_unit": 20, "num_font": FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9DFE7"}}})  # fmt: skip
        chart.set_x_axis({"num_font": FONT})
        return _finished(chart, radar.title, 480, 370, legend=bool(radar.goal_name))

    def _bars(self, bars: Bars) -> Any:
        first = self._spokes(bars.title, f"값({bars.unit})", bars.spokes, bars.goal_name)
        chart = self._workbook.add_chart({"type": "bar"})
        count = len(bars.spokes)
        labels = {"value": True, "font": FONT, "num_format": f'{"0.0" if bars.decimals else "0"}"{bars.unit}"'}  # fmt: skip
        chart.add_series(self._series(first, count, 1, fill={"color": ACCENT}, data_labels=labels, gap=60))  # fmt: skip
        if bars.goal_name:
            chart.add_series(self._series(first, count, 2, fill={"color": SECOND}))
        chart.set_x_axis({"min": 0, "max": bars.top, "num_font": FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9DFE7"}}})  # fmt: skip
        chart.set_y_axis({"reverse": True, "num_font": FONT})
        return _finished(chart, bars.title, 640, 330, legend=bool(bars.goal_name))

    def _timeline(self, timeline: Timeline) -> Any:
        rows = [
            (
                task.name,
                float(stretch.first_month),
                None if task.is_solution else task.weeks / WEEKS_A_MONTH,
                task.weeks / WEEKS_A_MONTH if task.is_solution else None,
            )
            for stretch in timeline.stretches
            for task in stretch.tasks
        ]
        if not rows:
            return None
        heads = ("시작(개월)", "기반을 다지는 일(개월)", "해결책(개월)")
        first = self._put(timeline.title, heads, rows)
        chart = self._workbook.add_chart({"type": "bar", "subtype": "stacked"})
        chart.add_series(self._series(first, len(rows), 1, fill={"none": True}, gap=50))
        chart.add_series(self._series(first, len(rows), 2, fill={"color": ACCENT}))
        chart.add_series(self._series(first, len(rows), 3, fill={"color": SECOND}))
        last = max(one.last_month for one in timeline.stretches)
        chart.set_x_axis({"min": 0, "max": last, "major_unit": 3, "num_font": FONT, "num_format": '0"개월"', "major_gridlines": {"visible": True, "line": {"color": "#D9DFE7"}}})  # fmt: skip
        chart.set_y_axis({"reverse": True, "num_font": FONT})
        made = _finished(chart, timeline.title, 760, 430, legend=True)
        made.set_legend({"position": "bottom", "delete_series": [0], "font": FONT})
        return made


def _finished(chart: Any, title: str, width: int, height: int, *, legend: bool) -> Any:
    chart.set_title({"name": title, "name_font": {**FONT, "size": 11}})
    chart.set_legend({"position": "bottom", "font": FONT} if legend else {"none": True})
    chart.set_size({"width": width, "height": height})
    return chart
