"""The owner's own view: what it says without a talk, and of a talk with its papers."""

from datetime import date

from advisor.matching.preparing import PaperToPrepare
from advisor.ui.mine_view import Mine, render_mine, render_taking
from advisor.ui.strings import EN, KO


def a_mine(*, saved: int = 2) -> Mine:
    papers = (
        PaperToPrepare("<b>사업계획서</b>", ("one", "two"), date(2026, 12, 1)),
        PaperToPrepare("사업자등록증", ("two",), is_usual=True),
    )
    return Mine(date(2027, 2, 24), 90, saved, papers, {"one": "첫째 사업", "two": "둘째 사업"})


def test_without_a_talk_there_is_nothing_to_copy_or_to_take_along() -> None:
    page = render_mine(None, KO)

    assert "아직 상담이 없습니다" in page
    assert "mine-link" not in page
    assert render_taking(None, KO) == ""


def test_papers_name_their_programs_and_days_and_what_is_only_usual() -> None:
    page = render_mine(a_mine(), KO)

    assert "2027-02-24에 지워집니다" in page
    assert "2026-12-01까지 · 첫째 사업, 둘째 사업" in page
    assert "흔히 내는 서류 · 둘째 사업" in page
    assert "<b>사업계획서" not in page
    assert "저장하신 지원사업 2개" in page
    assert "저장하신 사업이 없어" in render_mine(a_mine(saved=0), KO)


def test_everything_can_be_taken_along_and_deletion_is_asked_twice() -> None:
    page = render_taking(a_mine(), EN)

    assert [f'data-export="{way}"' in page for way in ("html", "json", "zip")] == [True] * 3
    assert 'data-ask="erase"' in page
    assert "Press again to delete" in page
    assert "evidence files" in page
