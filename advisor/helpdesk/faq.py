"""An answer of the help desk to an FAQ record that answers the next caller."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from advisor.assemble import Advisor
from advisor.corpus.reviewing import ReviewProblemsError
from advisor.domain.drafts import PublishedRecord
from advisor.domain.helpdesk import Topic, TopicSource
from advisor.domain.passages import Kind
from advisor.domain.records import Confidence
from advisor.errors import BadInputError
from advisor.helpdesk.nameless import nameless
from advisor.messages import UserMessage
from advisor.text import storable

SOURCE_MISSING = UserMessage(
    text="출처가 없는 답은 자주 묻는 질문으로 게시할 수 없습니다.",
    next_step="답이 나온 공고나 안내의 제목과 주소를 하나 이상 적어 주세요.",
)
NOT_ANSWERED = UserMessage(
    text="아직 답을 적지 않은 문의입니다.",
    next_step="질문과 답을 적어 저장한 뒤 게시해 주세요.",
)
PERSONAL = UserMessage(
    text="게시하려는 글에 개인정보로 보이는 내용이 있습니다.",
    next_step="이름, 회사 이름, 번호를 지운 뒤 다시 게시해 주세요.",
)


@dataclass(frozen=True, slots=True)
class FaqDraft:
    """What staff decide about an FAQ beside question and answer.

    Attributes:
        category: As the FAQs of the corpus have it ("지원금", "AI 공장").
        aliases: Other ways to ask it, which it is found by too.
        related_programs: Ids of programs.
        confidence: How well the sources bear the answer.
    """

    category: str
    aliases: tuple[str, ...] = ()
    related_programs: tuple[str, ...] = ()
    confidence: Confidence = "medium"


def faq_id(topic: Topic) -> str:
    """Return the id of the FAQ that a topic becomes: the same each time it is published."""
    return topic.record_id or f"faq-desk-{topic.id}"


def faq_data(topic: Topic, draft: FaqDraft, *, today: date) -> dict[str, Any]:
    """Return the record that publishing makes, as in a YAML file (pure).

    Raises:
        BadInputError: The topic has no answer or no source, or the words name somebody.
    """
    if topic.state != "answered" or not topic.answer:
        raise BadInputError(NOT_ANSWERED)
    if not topic.sources:
        raise BadInputError(SOURCE_MISSING)
    aliases = [" ".join(one.split()) for one in draft.aliases if one.strip()]
    for text in (topic.question, topic.answer, *aliases):
        if nameless(text) != " ".join(text.split()):
            raise BadInputError(PERSONAL, detail="personal words in an answer to publish")
    return {
        "id": faq_id(topic), "topic": draft.category.strip(), "question": topic.question,
        "aliases": list(dict.fromkeys(aliases)), "answer": topic.answer, "as_of_year": today.year,
        "confidence": draft.confidence, "related_programs": list(draft.related_programs),
        "sources": [_source(one) for one in topic.sources], "checked_on": today.isoformat(),
    }  # fmt: skip


def publish_faq(
    advisor: Advisor, topic: Topic, draft: FaqDraft, *, signed_by: str, note: str, today: date
) -> PublishedRecord:
    """Publish a topic's answer as the next version of its FAQ; a served advisor follows by itself.

    Raises:
        ReviewProblemsError: With every field that keeps it from being a record.
        BadInputError: No answer, no source, personal words, or nobody signs.
    """
    data = faq_data(topic, draft, today=today)
    problems = advisor.review.problems(Kind.FAQ, data, f"faqs/{data['id']}")
    if problems:
        raise ReviewProblemsError(problems)
    return advisor.review.published.publish(Kind.FAQ, data, signed_by, note)


def categories(advisor: Advisor) -> tuple[str, ...]:
    """Return the categories that FAQs have now, those used most first."""
    counts: dict[str, int] = {}
    for one in advisor.corpus.faqs.values():
        counts[one.topic] = counts.get(one.topic, 0) + 1
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def sources_of(given: Sequence[Mapping[str, str | None]]) -> tuple[TopicSource, ...]:
    """Return what staff typed as sources; rows without a title and address are left out."""
    found = []
    for one in given:
        plain = {name: storable(value or "").strip() or None for name, value in one.items()}
        if plain.get("title") or plain.get("url"):
            title = plain.pop("title", None) or str(plain["url"])
            found.append(TopicSource(title, **plain))
    return tuple(found)


def _source(one: TopicSource) -> dict[str, Any]:
    return {**asdict(one), "supports": None}
