"""All that the rules find in a notice, as fields of a draft (pure)."""

from datetime import date

from advisor.corpus.notices.contact import find_contact
from advisor.corpus.notices.found import Value, as_field
from advisor.corpus.notices.lists import find_applying, find_exclusions, find_papers, find_web
from advisor.corpus.notices.money import find_money
from advisor.corpus.notices.naming import find_naming
from advisor.corpus.notices.reading import read_notice
from advisor.corpus.notices.segments import Notice
from advisor.corpus.notices.who import find_who
from advisor.corpus.notices.window import find_window
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.domain.vocabulary import Vocabulary


def find_fields(
    document: Document, vocabulary: Vocabulary, *, today: date
) -> tuple[DraftField, ...]:
    """Read a notice by rules.

    Args:
        document: With its tables, as `read_document` gives it.
        vocabulary: Regions, trades and sizes.
        today: Of several rounds the first that has not ended by then is taken.

    Returns:
        A field for each value that the notice states, with page and quote; a criterion is the field
        `criteria.<type>`. What it does not state has no field: nothing is guessed.
    """
    notice = read_notice(document)
    found: dict[str, Value] = {}
    for one in _values(notice, vocabulary, today):
        # The finders go from the surest statement to the least.
        found.setdefault(one.name, one)
    return tuple(as_field(notice, one) for one in found.values())


def _values(notice: Notice, vocabulary: Vocabulary, today: date) -> list[Value]:
    naming = list(find_naming(notice, vocabulary))
    kind = next((one.value for one in naming if one.name == "kind"), None)
    return [
        *naming,
        *find_window(notice, today=today),
        *find_money(notice, is_loan=kind in {"loan", "guarantee"}),
        *find_who(notice, vocabulary),
        *find_exclusions(notice),
        *find_papers(notice),
        *find_applying(notice),
        *find_contact(notice),
        *find_web(notice),
    ]
