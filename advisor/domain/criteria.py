"""The closed list of eligibility criteria, as data."""

from advisor.domain.source import Strict


class Criterion(Strict):
    """One requirement; `words` are the record's own, `source` an index into its sources."""

    type: str
    words: str
    source: int | None = None
