"""The signals of an Advisor's installation; what routes and commands call."""

from datetime import date

from advisor.domain.instrument import Instrument
from advisor.domain.records import Corpus
from advisor.signals.counting import Signals, count_signals, judged_fields
from advisor.signals.periods import Period
from advisor.stores.database import Engine
from advisor.stores.signals import SignalReader


def read_signals(
    engine: Engine, corpus: Corpus, instrument: Instrument, period: Period, *, today: date
) -> Signals:
    """Return the signals of a period.

    Args:
        engine: The database of the consultations.
        corpus: Records that answer now.
        instrument: Of the readiness check.
        period: What is counted.
        today: Day in Asia/Seoul that programs are judged on.
    """
    marks = SignalReader(engine).marks(period.since, period.until, judged_fields(corpus))
    return count_signals(marks, corpus, instrument, period, today=today)
