"""What leaves the store for counting: codes of the period, and no word of anybody."""

from datetime import datetime, timedelta

from sqlalchemy import update

from advisor.clock import SEOUL
from advisor.config import Settings
from advisor.domain.profile import Fact, Profile
from advisor.signals.periods import read_period
from advisor.stores.consultations import ConsultationRow, ConsultationStore
from advisor.stores.database import open_database
from advisor.stores.quality import QualityStore
from advisor.stores.signals import Marks, SignalReader


def test_marks_are_of_the_period_and_hold_values_only(settings: Settings) -> None:
    engine = open_database(settings)
    store, month = ConsultationStore(engine), read_period("2026-11")

    def begin(at: datetime, *, asks: bool = True) -> str:
        made = store.create()
        profile = Profile(
            {"factory_sido": Fact("경기", "안산에서 canary"), "company_name": Fact("canary")}
        )
        state = {
            "topics": [{"intent": "fact", "aspects": ["amount"], "text": "canary", "records": []}]
        }
        if asks:
            store.append_turn(
                made, question="canary", answer={"id": "a", "status": "answered", "text": "canary"},
                profile=profile, state=state,
            )  # fmt: skip
            store.add_feedback(made, 0, -1, "canary")
        with engine.begin() as connection:
            connection.execute(
                update(ConsultationRow).where(ConsultationRow.id == made).values(created_at=at)
            )
        return made

    first = begin(datetime(2026, 11, 1, tzinfo=SEOUL))
    begin(month.until - timedelta(seconds=1), asks=False)
    begin(month.until)
    begin(month.since - timedelta(seconds=1))
    QualityStore(engine).keep(first, 0, turn_id="a", status="answered", checks=["no_mark"])

    found = SignalReader(engine).marks(month.since, month.until, {"factory_sido"})

    assert found == [
        Marks(
            Profile({"factory_sido": Fact("경기")}), intents=frozenset({"fact"}),
            aspects=frozenset({"amount"}), statuses=frozenset({"answered"}),
            ratings=frozenset({-1}), checks=frozenset({"no_mark"}),
        )
    ]  # fmt: skip
    assert "canary" not in repr(found)
