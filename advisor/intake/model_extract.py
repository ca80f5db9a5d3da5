"""Facts that a model found in a message: each is read again from its quote by code, or dropped."""

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from advisor.domain.numbers import AMOUNT, COUNT, read_count, read_won
from advisor.domain.profile import Fact
from advisor.domain.vocabulary import ProfileField, Vocabulary
from advisor.intake.extract import LIMIT, NOT_THIS, OF_OTHERS, PROGRAM_NAME, SELF, Facts, extract
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt
from advisor.text import squeeze

# What an owner says in passing and the rules may miss; the rest is asked for or typed.
OFFERED = (
    "factory_sido", "hq_sido", "industry_text", "main_products", "main_processes", "employees_regular",
    "revenue_krw_last", "established_on", "business_age_years", "self_fund_krw", "systems_in_use",
    "inspection_method", "sf_built", "export", "research_unit",
)  # fmt: skip
_OF_THE_SPEAKER = frozenset({"factory_sido", "hq_sido", "industry_text", "main_processes"})
_MOST_FACTS = 12
_LONGEST_WORDS = 40
# A number is a fact only beside the word for what it counts: "교육생 30명" is no head count.
_CUES: dict[str, re.Pattern[str]] = {
    "employees_regular": re.compile(r"직원|종업원|근로자|사원|임직원|식구|인원|employees|workers|staff"),
    "revenue_krw_last": re.compile(r"매출(?!\S{0,4}\s?평균)|revenue|sales"),
    "self_fund_krw": re.compile(r"자기\s?자금|자체\s?자금|자부담|여유\s?자금|투자할\s?(?:돈|수\s?있|여력)|현금"),
    "established_on": re.compile(r"설립|창업|개업|세웠|차렸|시작"),
    "business_age_years": re.compile(r"업력|창업|설립|개업|했"),
}  # fmt: skip
_OTHERS = re.compile(
    r"경쟁사|거래처|협력사|옆\s?(?:공장|회사)|다른\s?(?:회사|공장|업체)|대기업|원청|교육생|외국인\s?만|평균"
)
_MADE = re.compile(
    r"(?:을|를)?\s?(?:만드|만들|만듭|생산(?:해|하|합)|제조(?:해|하|합)|가공(?:해|하|합)|조립(?:해|하|합))"
)
_NO_PRODUCT = re.compile(r"\d|[은는이가을를에서의](?:\s|$)|저희|우리|제가|회사|공장")
_NOT = re.compile(r"아니|아닙|아닌|없|말고|않|안\s|못")
_ASKED = re.compile(r"[?？]|까요|나요|가요|인지|는지")


class StatedFact(BaseModel):
    """One fact as a model read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str = Field(max_length=60)
    value: str = Field(max_length=200)
    quote: str = Field(min_length=1, max_length=200)


class StatedFacts(BaseModel):
    """The reply to `extract_facts`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: tuple[StatedFact, ...] = Field(default=(), max_length=40)


def ask_for_facts(
    model: ChatModel,
    *,
    message: str,
    vocabulary: Vocabulary,
    prompts: Path,
    timeout_s: float | None = None,
) -> StatedFacts:
    """Ask which facts a message states; raises ModelUnavailableError."""
    fields = vocabulary.profile_fields
    prompt = load_prompt(prompts, "extract_facts").fill(
        message=message,
        fields="\n".join(_line(fields[name]) for name in OFFERED if name in fields),
    )
    return model.reply(prompt, StatedFacts, timeout_s=timeout_s).value


def accept_facts(
    stated: StatedFacts | None,
    message: str,
    vocabulary: Vocabulary,
    *,
    known: Collection[str],
    today: date,
) -> Facts:
    """Return the facts that hold; the value is the one that code reads in the quote.

    Args:
        stated: What the model found.
        message: The user's own words; a quote that does not stand in it, byte for byte, is dropped.
        vocabulary: Regions, industries and the fields.
        known: Fields that the rules or earlier turns know: a model fills gaps, it changes nothing.
        today: Turns an age into a year.
    """
    facts: Facts = {}
    for one in (stated.facts if stated else ())[:_MOST_FACTS]:
        if one.field not in OFFERED or one.field in known or one.field in facts:
            continue
        if one.field in _OF_THE_SPEAKER and not SELF.search(message):
            continue  # "경기도 지원사업" is no factory in 경기
        if one.quote not in message or _is_doubtful(one.quote, message):
            continue
        fact = _read(one, message, vocabulary, today)
        if fact is not None:
            facts[one.field] = fact
    return facts


def _is_doubtful(quote: str, message: str) -> bool:
    """Whether the words are of somebody else, asked about, or taken back right after."""
    start = message.index(quote)
    around = message[max(0, start - 12) : start + len(quote) + 8]
    after = message[start + len(quote) :]
    ends = re.search(r"[.!?\n]", after)
    clause = quote + (after[: ends.end()] if ends else after)[:20]
    return bool(_OTHERS.search(around) or NOT_THIS.match(after) or _ASKED.search(clause))


def _read(one: StatedFact, message: str, vocabulary: Vocabulary, today: date) -> Fact | None:
    name, quote = one.field, one.quote
    if name in _CUES:
        return _number(name, quote, message, vocabulary, today)
    if name in ("factory_sido", "hq_sido"):
        return _place(name, quote, message, vocabulary)
    if name in ("industry_text", "main_processes"):
        mentions = vocabulary.find_industries(quote)
        if not mentions or len(quote) > _LONGEST_WORDS:
            return None
        processes = tuple(dict.fromkeys(m.process for m in mentions if m.process))
        if name == "industry_text":
            return Fact(quote, quote)
        return Fact(processes, quote) if processes else None
    if name == "main_products":
        return _product(quote, message)
    return _choice(one, vocabulary.profile_fields.get(name))


def _number(
    name: str, quote: str, message: str, vocabulary: Vocabulary, today: date
) -> Fact | None:
    if not _CUES[name].search(quote):
        return None
    if name in ("established_on", "business_age_years"):
        return extract(quote, vocabulary, today=today).get(name)
    after = message[message.index(quote) + len(quote) :][:6]
    if name == "employees_regular":
        counts = re.findall(rf"({COUNT})\s?여?\s?(?:명|인|분|사람)", quote)
        is_limit = re.search(rf"{COUNT}\s?여?\s?(?:명|인|분|사람){LIMIT}", quote + after) is None
        value = read_count(counts[0]) if len(counts) == 1 and not is_limit else None
    else:
        amounts = re.findall(AMOUNT, quote)
        is_limit = re.search(r"이하|이상|미만|초과|넘", quote + after) is not None
        value = read_won(amounts[0]) if len(amounts) == 1 and not is_limit else None
    return Fact(value, quote) if value else None


def _place(name: str, quote: str, message: str, vocabulary: Vocabulary) -> Fact | None:
    mentions = vocabulary.find_regions(quote)
    after = message[message.index(quote) + len(quote) :]
    if len(mentions) != 1 or PROGRAM_NAME.match(after) or OF_OTHERS.search(quote + after[:30]):
        return None
    if name == "hq_sido" and "본사" not in quote:
        return None
    return Fact(mentions[0].sido, quote)


def _product(quote: str, message: str) -> Fact | None:
    """What is made: the words right before the making ("브레이크 패드를 만듭니다")."""
    after = message[message.index(quote) + len(quote) :]
    if len(quote) > _LONGEST_WORDS or not _MADE.match(after) or _NO_PRODUCT.search(quote):
        return None
    return Fact((quote,), quote)


def _choice(one: StatedFact, known: ProfileField | None) -> Fact | None:
    """A value of a closed list, whose own words have to stand in the quote, not denied."""
    if known is None or known.allowed is None or one.value not in known.allowed:
        return None
    if squeeze(one.value) not in squeeze(one.quote) or _NOT.search(one.quote):
        return None
    is_list = "list" in known.type or "multi" in known.type or known.type.endswith("[]")
    return Fact((one.value,) if is_list else one.value, one.quote)


def _line(known: ProfileField) -> str:
    allowed = f" (다음 가운데 하나: {', '.join(known.allowed)})" if known.allowed else ""
    return f"- {known.id}: {known.label}{allowed}"
