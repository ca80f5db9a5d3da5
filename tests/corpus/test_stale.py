from datetime import date

from advisor.corpus.stale import stale_records
from advisor.domain.records import SupportProgram
from tests.builders import a_corpus, a_program

TODAY = date(2026, 11, 25)


def test_what_closes_soon_and_was_not_checked_lately_comes_first() -> None:
    def program(name: str, checked: str, confidence: str = "high", **window: str) -> SupportProgram:
        return a_program(
            id=name, checked_on=checked, confidence=confidence,
            window={"status_said": "unknown", **window},
        )  # fmt: skip

    corpus = a_corpus(
        programs=[
            program("fresh", "2026-11-20"),
            program("old", "2026-07-01"),
            program("old-and-weak", "2026-07-01", "low"),
            program("closing", "2026-10-01", closes_on="2026-12-10"),
            program("ended", "2026-10-01", closes_on="2026-11-10"),
            program("ended-known", "2026-11-20", status_said="closed", closes_on="2026-11-10"),
        ]
    )

    found = stale_records(corpus, today=TODAY, days=90)

    # 147/90 + 1 for the doubt; 147/90; 55/90 + 1 for the near end; 55/90.
    assert [one.id for one in found] == ["old-and-weak", "old", "closing", "ended"]
    closing = next(one for one in found if one.id == "closing")
    assert (closing.next_on, closing.age_days) == (date(2026, 12, 10), 55)


def test_a_record_whose_source_does_not_open_is_listed_although_it_is_fresh() -> None:
    corpus = a_corpus(
        programs=[a_program(id="fresh", checked_on="2026-11-20"), a_program(id="fine")]
    )

    (found,) = stale_records(
        corpus, today=TODAY, broken={"fresh": [("출처 주소 없어짐", "Source address gone")]}
    )

    assert (found.id, found.reasons) == ("fresh", ("출처 주소 없어짐",))
    assert found.reasons_en == ("Source address gone",)
