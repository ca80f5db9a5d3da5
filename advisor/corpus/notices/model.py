"""What a language model finds in a notice; only what stands in the document word by word is kept."""

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from advisor.corpus.notices.amounts import find_shares, find_won
from advisor.corpus.notices.dates import find_dates
from advisor.corpus.notices.reading import read_notice
from advisor.corpus.notices.window import notice_day
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ChatModel
from advisor.prompts import PromptTemplate

logger = logging.getLogger(__name__)

PROMPT = "read_notice"
# Surer than a rule that had to choose, less sure than one whose label said it.
CONFIDENCE = 0.6
# A notice's own part; appendices (forms, duties) come after it.
_MOST_CHARS = 12_000

FieldName = Literal[
    "name", "agency", "operator", "purpose", "window.opens_on", "window.closes_on",
    "window.extended_to", "window.typical_schedule", "support.max_amount_krw",
    "support.subsidy_rate", "support.own_share", "support.loan_rate", "support.loan_term",
    "eligibility.company_size", "eligibility.exclusions", "documents", "how_to_apply",
    "contact.organization", "contact.phone", "contact.web",
]  # fmt: skip


class NoticeField(BaseModel):
    """One value with the words that bear it."""

    model_config = ConfigDict(extra="forbid")

    name: FieldName
    value: str | int | float | list[str]
    quote: str


class ReadNotice(BaseModel):
    """What a notice says."""

    model_config = ConfigDict(extra="forbid")

    fields: list[NoticeField]


def find_by_model(
    document: Document, model: ChatModel, prompt: PromptTemplate
) -> tuple[DraftField, ...]:
    """Ask the model, and keep what the document bears out.

    A field is dropped unless its quote occurs in the document byte for byte and its value follows
    from the quote: a day, an amount or a share is read from the quote by code, other words have to
    stand in it. A model that does not answer finds nothing; the rules stand alone then.
    """
    text = "\n".join(page.text for page in document.pages)[:_MOST_CHARS]
    try:
        reply = model.reply(prompt.fill(notice=text), ReadNotice)
    except ModelUnavailableError as error:
        logger.info("notice not read by model detail=%s", error.detail)
        return ()
    day = notice_day(read_notice(document))
    found: dict[str, DraftField] = {}
    for one in reply.value.fields:
        for field in _kept(document, one, day[0] if day else None):
            found.setdefault(field.name, field)
    dropped = len(reply.value.fields) - len(found)
    logger.info("notice read by model kept=%d dropped=%d", len(found), dropped)
    return tuple(found.values())


def _kept(document: Document, one: NoticeField, day: date | None) -> Iterator[DraftField]:
    quote = one.quote.strip()
    page = next((page for page in document.pages if quote and quote in page.text), None)
    if page is None or not _follows(one.name, one.value, quote, day):
        return
    value: JsonValue = [*one.value] if isinstance(one.value, list) else one.value
    yield DraftField(one.name, value, page.number, quote, CONFIDENCE, "model")


def _follows(name: str, value: str | int | float | list[str], quote: str, day: date | None) -> bool:
    """Tell whether a value can be read from the quote."""
    if name in {"window.opens_on", "window.closes_on", "window.extended_to"}:
        days = find_dates(quote, day.year if day else None)
        return any(found.day.isoformat() == value for found in days)
    if name == "support.max_amount_krw":
        return any(found.won == value for found in find_won(quote))
    if name == "support.subsidy_rate":
        return any(found.share == value for found in find_shares(quote))
    words = value if isinstance(value, list) else [value]
    return all(isinstance(one, str) and one and _plain(one) in _plain(quote) for one in words)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
