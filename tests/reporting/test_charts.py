from xml.etree import ElementTree as ET

import pytest

from advisor.reporting.blocks import Bars, Radar, Spoke, Stretch, Task, Timeline
from advisor.reporting.charts import draw
from advisor.reporting.svg import ACCENT, GRID, INK, MUTED, PAPER, SECOND, WIDTH, width_of
from tests.reporting.given import COMPANIES, outline_for
from tests.reporting.reading import CHARTS

SVG = "{http://www.w3.org/2000/svg}"


def charts_of(case_id):
    return [one for one in outline_for(case_id).blocks() if isinstance(one, CHARTS)]


def ends(element):
    """Left and right end of a line of words."""
    width = width_of(element.text, float(element.attrib["font-size"]))
    left = (
        float(element.attrib["x"])
        - {"start": 0, "middle": width / 2, "end": width}[element.attrib["text-anchor"]]
    )
    return left, left + width


@pytest.mark.parametrize("case_id", COMPANIES)
def test_no_word_of_a_chart_is_cut_at_390_pixels(case_id):
    for chart in charts_of(case_id):
        root = ET.fromstring(draw(chart))
        assert float(root.attrib["viewBox"].split()[2]) == WIDTH == 390
        height = float(root.attrib["viewBox"].split()[3])
        for element in root.iter(f"{SVG}text"):
            left, right = ends(element)
            assert left >= -1, element.text
            assert right <= WIDTH + 1, element.text
            assert 8 <= float(element.attrib["y"]) <= height, element.text


@pytest.mark.parametrize("case_id", COMPANIES)
def test_a_chart_says_its_numbers_in_its_text_alternative(case_id):
    for chart in charts_of(case_id):
        alt = ET.fromstring(draw(chart)).attrib["aria-label"]
        assert alt == chart.alt
        if isinstance(chart, (Radar, Bars)):
            assert all(
                one.name in alt
                and (one.value is None or f"{one.value:.{getattr(chart, 'decimals', 1)}f}" in alt)
                for one in chart.spokes
            )
        if isinstance(chart, Timeline):
            assert all(task.name in alt for one in chart.stretches for task in one.tasks)


def test_an_unknown_score_has_no_point_and_says_so():
    known = [Spoke(f"차원 {n}", 50.0) for n in range(7)]

    root = ET.fromstring(draw(Radar("점수", "점수", (*known, Spoke("데이터", None)))))

    assert len(root.findall(f"{SVG}circle")) == 7
    # Seven neighbours in a ring of eight: six sides, the two at the gap are left open.
    sides = [one for one in root.findall(f"{SVG}line") if one.attrib["stroke"] == ACCENT]
    assert len(sides) == 6
    assert "확인 필요" in [one.text for one in root.iter(f"{SVG}text")]


def test_a_bar_is_as_long_as_its_value():
    root = ET.fromstring(draw(Bars("", "", (Spoke("가", 25.0), Spoke("나", 100.0)), 100, "점")))

    quarter, whole = (
        float(one.attrib["width"])
        for one in root.iter(f"{SVG}rect")
        if one.attrib["fill"] == ACCENT
    )
    assert quarter == pytest.approx(whole / 4, abs=0.1)


def test_a_task_lasts_as_long_as_its_weeks_and_begins_with_its_stretch():
    stretches = (
        Stretch("0~12개월", 0, 12, (Task("첫 일", 26, is_solution=False),)),
        Stretch("12~24개월", 12, 24, (Task("다음 일", 52, is_solution=False),)),
    )

    root = ET.fromstring(draw(Timeline("", "", stretches)))

    first, second = [
        one
        for one in root.iter(f"{SVG}rect")
        if one.attrib["fill"] == ACCENT
        and one.attrib["height"] == "10"
        and one.attrib["width"] != "12"
    ]
    # 24 months on 378 units: half a year 94.5, a year 189.
    assert float(first.attrib["width"]) == pytest.approx(94.5, abs=0.2)
    assert float(second.attrib["x"]) == pytest.approx(6 + 189, abs=0.2)
    assert float(second.attrib["width"]) == pytest.approx(189, abs=0.2)


def test_words_of_users_cannot_break_out_of_a_chart():
    stretch = Stretch("0~3개월", 0, 3, (Task('<script>"&', 4, is_solution=True),))

    root = ET.fromstring(draw(Timeline("", '"><script>', (stretch,))))

    assert root.attrib["aria-label"] == '"><script>'
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("colour", [INK, MUTED, ACCENT, SECOND])
def test_words_stand_out_from_the_paper(colour):
    assert contrast(colour, PAPER) >= 4.5


def test_a_bar_stands_out_from_its_track():
    assert contrast(ACCENT, GRID) >= 3


def contrast(one, other):
    """WCAG contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
