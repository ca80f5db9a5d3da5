"""The queue: turns that need a person, grouped by topic, assigned, answered, closed."""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np

from advisor.domain.helpdesk import Asked, Note, Topic, TopicSource, TopicState, Unsettled
from advisor.errors import BadInputError
from advisor.helpdesk.grouping import (
    RESEMBLES,
    centred,
    likenesses,
    most_central,
    nearest_topic,
)
from advisor.helpdesk.nameless import nameless
from advisor.messages import UserMessage
from advisor.stores.embedder import Vectors
from advisor.stores.helpdesk import HelpdeskStore
from advisor.text import storable

logger = logging.getLogger(__name__)

# A page waits for these at most; what is left comes with the next look.
A_LOOK = 120
MOST_EARLIER = 5
STATES: tuple[TopicState, ...] = ("open", "answered", "closed")
# Earlier topics that a new question is compared with.
REMEMBERED = 2_000
ANSWER_EMPTY = UserMessage(
    text="답이 비어 있습니다.", next_step="물어본 분께 드릴 답을 적은 뒤 저장해 주세요."
)
NOT_OPEN = UserMessage(
    text="이미 끝난 문의입니다.",
    next_step="더 할 일이 있으면 '다시 열기'를 누른 뒤 진행해 주세요.",
)


class Embeds(Protocol):
    """What the queue needs of an embedding model."""

    @property
    def model_id(self) -> str: ...

    def embed_query(self, text: str) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic as a list shows it; `reasons` counts the questions that are still there."""

    topic: Topic
    reasons: Mapping[str, int]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A topic that was settled before, and how alike it is (0 to 1)."""

    topic: Topic
    likeness: float


@dataclass(frozen=True, slots=True)
class TopicSheet:
    """A topic with all that was done about it, and who called about it before."""

    line: TopicLine
    notes: tuple[Note, ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True)
class Queue:
    """What the help desk works through; safe to call from many threads.

    Attributes:
        usual: Questions of the field; their middle is taken off before questions are compared.
        is_doubtful: Whether a question that was called out of scope may have been in it.
        low_quality: Consultation and number of turns that failed a check of their quality.
    """

    store: HelpdeskStore
    embedder: Embeds
    usual: tuple[str, ...]
    is_doubtful: Callable[[str], bool]
    low_quality: Callable[[], Collection[tuple[str, int]]] = tuple

    def collect(self) -> bool:
        """Take in turns that were not looked at yet; True where there may be more.

        A question joins the open topic whose questions it is most like, or begins one. What is
        settled takes in no more: who asks again after that was not helped by it.
        """
        self.store.forget_empty()
        low = frozenset(self.low_quality())
        turns = self.store.unsettled(most=A_LOOK, extra=low)
        if not turns:
            return False
        texts = {topic: [one.text for one in asked] for topic, asked in self._open().items()}
        vectors = dict(zip(texts, map(self._vectors, texts.values()), strict=True))
        touched: set[int] = set()
        for turn in turns:
            text = nameless(turn.question)
            reason = self._reason(turn, text, low)
            if not reason:
                self.store.take_in(turn, text, "", None)
                continue
            vector = self._vectors([text])
            near = nearest_topic(vector[0], vectors)
            kept = self.store.take_in(turn, text, reason, near, new=near is None)
            if kept is None:
                continue
            texts.setdefault(kept, []).append(text)
            known = vectors.get(kept)
            vectors[kept] = vector if known is None else np.concatenate([known, vector])
            touched.add(kept)
        self.store.name({one: most_central(texts[one], vectors[one]) for one in touched})
        logger.info("help desk queue looked=%d topics=%d", len(turns), len(touched))
        return len(turns) == A_LOOK

    def counts(self) -> dict[TopicState, int]:
        """Return how many topics each state has."""
        return {one: self.store.count(one) for one in STATES}

    def lines(self, state: TopicState, *, most: int = 200) -> list[TopicLine]:
        """Return the topics of a state: those asked most first, then those changed last."""
        topics = self.store.topics([state], most=most)
        asked = self.store.questions(one.id for one in topics)
        found = [_line(one, asked[one.id]) for one in topics]
        if state == "open":
            found.sort(key=lambda one: -len(one.questions))
        return found

    def sheet(self, topic_id: int) -> TopicSheet:
        """Return a topic with all there is to it.

        Raises:
            BadInputError: There is none such.
        """
        topic = self.store.topic(topic_id)
        line = _line(topic, self.store.questions([topic_id])[topic_id])
        about = topic.question or topic.label
        earlier = tuple(one for one in self.earlier(about) if one.topic.id != topic_id)
        return TopicSheet(line, tuple(self.store.notes(topic_id)), earlier)

    def earlier(self, question: str) -> tuple[Earlier, ...]:
        """Return what was settled about the same before, the most alike first."""
        settled = {
            one.id: one
            for one in self.store.topics(["answered", "closed"], most=REMEMBERED)
            if one.question or one.label
        }
        if not settled or not question.strip():
            return ()
        rows = self._vectors([one.question or one.label for one in settled.values()])
        vectors = {topic: rows[at : at + 1] for at, topic in enumerate(settled)}
        alike = likenesses(self._vectors([nameless(question)])[0], vectors)
        best = sorted(alike, key=lambda one: -alike[one])[:MOST_EARLIER]
        return tuple(
            Earlier(settled[one], round(alike[one], 3)) for one in best if alike[one] >= RESEMBLES
        )

    def assign(self, topic_id: int, by: str, to: str | None) -> Topic:
        """Give a topic to somebody of the desk, or with None back to all."""
        self._must_be_open(topic_id)
        return self.store.act(topic_id, by, "assign" if to else "release", assignee=to)

    def note(self, topic_id: int, by: str, text: str) -> Topic:
        """Keep a note for colleagues, without personal data."""
        return self.store.act(topic_id, by, "note", nameless(text))

    def answer(
        self,
        topic_id: int,
        by: str,
        *,
        question: str,
        answer: str,
        sources: Sequence[TopicSource],
        revision: int | None = None,
    ) -> Topic:
        """Keep the desk's own question and answer; the topic is settled then.

        Raises:
            BadInputError: The answer is empty, or the topic is unknown or changed meanwhile.
        """
        if not storable(answer).strip():
            raise BadInputError(ANSWER_EMPTY)
        topic = self.store.topic(topic_id)
        asked = " ".join(storable(question).split()) or topic.label
        return self.store.act(
            topic_id, by, "answer", revision=revision, state="answered", question=asked,
            answer=storable(answer).strip(), sources=[asdict(one) for one in sources],
        )  # fmt: skip

    def close(self, topic_id: int, by: str, reason: str) -> Topic:
        """Settle a topic without an answer: no question of ours, or one that needs none.

        Its questions are not kept for that: who calls about it before needs an answer to read.
        """
        self._must_be_open(topic_id)
        return self.store.act(topic_id, by, "close", nameless(reason), state="closed")

    def reopen(self, topic_id: int, by: str) -> Topic:
        """Put a settled topic back into the queue."""
        return self.store.act(topic_id, by, "reopen", state="open")

    def published(self, topic_id: int, by: str, record_id: str) -> Topic:
        """Note which FAQ the answer became."""
        return self.store.act(topic_id, by, "publish", record_id, record_id=record_id)

    def split(self, topic_id: int, question_id: int, by: str) -> Topic:
        """Take a question that asks something else out of a topic; return its own new one."""
        self._must_be_open(topic_id)
        fresh = self.store.move(question_id, topic_id, by)
        left = self.store.questions([topic_id])[topic_id]
        if left:
            texts = [one.text for one in left]
            self.store.name({topic_id: most_central(texts, self._vectors(texts))})
        return fresh

    def _must_be_open(self, topic_id: int) -> None:
        if self.store.topic(topic_id).state != "open":
            raise BadInputError(NOT_OPEN)

    def _open(self) -> dict[int, list[Asked]]:
        return self.store.questions(one.id for one in self.store.topics(["open"]))

    def _reason(self, turn: Unsettled, text: str, low: frozenset[tuple[str, int]]) -> str:
        if not any(letter.isalpha() for letter in text):
            return ""
        if turn.is_rated_bad:
            return "rated_bad"
        if turn.status == "out_of_scope":
            return "out_of_scope" if self.is_doubtful(text) else ""
        if turn.status in {"no_evidence", "failed"}:
            return turn.status
        return "low_quality" if (turn.consultation_id, turn.number) in low else ""

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        """Return centred vectors, float32 (texts, dimensions); each text is embedded once."""
        every = [*self.usual, *texts]
        digests = [hashlib.sha256(one.encode()).hexdigest() for one in every]
        known = self.store.vectors(list(dict.fromkeys(digests)), self.embedder.model_id)
        fresh = {
            digest: self.embedder.embed_query(text)
            for digest, text in dict(zip(digests, every, strict=True)).items()
            if digest not in known
        }
        if fresh:
            self.store.put_vectors(self.embedder.model_id, fresh)
        rows = np.stack([(known | fresh)[digest] for digest in digests])
        border = len(self.usual)
        return centred(rows[border:], rows[:border].mean(axis=0))


def _line(topic: Topic, asked: Sequence[Asked]) -> TopicLine:
    return TopicLine(topic, Counter(one.reason for one in asked), tuple(asked))
