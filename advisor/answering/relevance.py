"""How much of a question's rare letters stand in a sentence (pure)."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

_WORD = re.compile(r"[가-힣]+|[a-z]+|\d+(?:[.,]\d+)*")
# "몇 개사", "과제 수": the unit that an answering sentence has behind a number.
_ASKED_UNIT = re.compile(
    r"몇\s?(개사|개월|개|곳|군데|건|회|번|명|시간|년|차례|권역|과제|프로|퍼센트|억|조|초|행|사)|(과제|기업|업체|행|건|횟|라벨|불량\s?행)\s?수"
)
_SAME_UNIT = {
    "프로": "%", "퍼센트": "%", "번": "회|번|차례", "회": "회|번|차례", "차례": "회|번|차례",
    "개사": "개사|개|곳|사", "곳": "곳|개", "개": "개|곳", "기업": "개사|곳|개", "업체": "개사|곳|개",
    "과제": "개|과제", "건": "건", "횟": "회|번", "군데": "곳|개", "라벨": "행", "불량 행": "행",
}  # fmt: skip
# Words of asking stand in every question and say nothing about what is asked.
_ASKING = frozenset(
    [
        "얼마",
        "최대",
        "어떻",
        "무엇",
        "뭐예",
        "예요",
        "나요",
        "까요",
        "인가",
        "가요",
        "니까",
        "습니",
        "합니",
        "하는",
        "있나",
        "되나",
        "주세",
        "세요",
        "알려",
        "려주",
        "려줘",
        "해요",
        "어요",
        "언제",
        "어디",
        "디에",
        "에서",
        "으로",
        "까지",
        "하고",
        "인데",
        "는데",
        "대한",
        "관한",
        "그건",
        "그거",
        "저희",
        "우리",
        "지금",
        "하면",
        "같은",
        "있는",
        "있어",
        "된다",
        "한다",
        "다던",
        "라고",
        "입니",
        "니다",
        "해주",
        "지요",
        "시오",
        "십시",
        "확인",
        "안내",
        "문의",
        "좀요",
        "정도",
    ]
)


class Relevance:
    """Weighs letter pairs by how rare they are among the sentences of the corpus."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Count in how many of the sentences each pair stands; sentences come by record id."""
        counts: Counter[str] = Counter()
        for sentences in texts.values():
            for text in sentences:
                counts.update(terms(text))
        self._total = max(sum(map(len, texts.values())), 1)
        self._counts = counts
        self._texts = {record_id: " ".join(sentences) for record_id, sentences in texts.items()}
        self._records = {
            record_id: frozenset().union(*map(terms, sentences))
            for record_id, sentences in texts.items()
        }

    def weight(self, term: str) -> float:
        """Return the inverse document frequency of a term, 0 upwards."""
        return math.log(1 + (self._total - self._counts[term] + 0.5) / (self._counts[term] + 0.5))

    def question_terms(self, question: str) -> dict[str, float]:
        """Return the terms of a question with their weights; words of asking are left out."""
        return {term: self.weight(term) for term in terms(question) if term not in _ASKING}

    def coverage(self, asked: Mapping[str, float], record_id: str) -> float:
        """Return which share of the asked weight stands anywhere in a record, 0 to 1."""
        total = sum(asked.values())
        have = self._records.get(record_id, frozenset())
        return (
            sum(weight for term, weight in asked.items() if term in have) / total if total else 0.0
        )

    def text(self, record_id: str) -> str:
        """Return all that a record says, empty for an unknown id."""
        return self._texts.get(record_id, "")

    def share(self, asked: Mapping[str, float], text: str) -> float:
        """Return which share of the asked weight stands in the text, 0 to 1."""
        total = sum(asked.values())
        if not total:
            return 0.0
        have = terms(text)
        return sum(weight for term, weight in asked.items() if term in have) / total


@lru_cache(maxsize=20_000)
def terms(text: str) -> frozenset[str]:
    """Return letter pairs of Hangul words, whole Latin words and numbers."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if "가" <= word[0] <= "힣":
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.add(word.replace(",", ""))
    return frozenset(found)


def asked_units(question: str) -> list[re.Pattern[str]]:
    """Return patterns of the numbers that a question asks for ("몇 개사" → a number before 개사).

    >>> [bool(unit.search("33개사에 최대 4천만 원")) for unit in asked_units("몇 개사에 얼마였나요?")]
    [True]
    """
    units = []
    for found in _ASKED_UNIT.finditer(question):
        word = (found[1] or found[2] or "").strip()
        units.append(re.compile(rf"\d[\d,.]*\s?(?:만|여|억)?\s?(?:{_SAME_UNIT.get(word, word)})"))
    return units
