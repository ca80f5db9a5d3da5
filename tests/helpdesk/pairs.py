"""Questions of callers and what they are about, for tests; two letters make their vectors."""

from collections.abc import Sequence

import numpy as np

from advisor.stores.embedder import Vectors, unit

# Each two or three of a row ask the same; written for these tests.
SAME = (
    ("기숙사를 새로 지으면 보조금이 나오나요", "외국인 직원 기숙사 건축비 지원이 있나요", "직원 기숙사 짓는 데 도와주는 돈"),
    ("지게차를 전동으로 바꾸면 지원되나요", "전기 지게차 살 때 보조금", "디젤 지게차 교체 지원"),
    ("지붕에 태양광을 달고 싶은데 융자가 있나요", "공장 지붕 태양광 설치 지원", "태양광 패널 보조금"),
    ("특허 출원 비용을 대 주는 곳이 있나요", "특허 등록비 지원", "우리 기술 특허 내는 비용 도움"),
)  # fmt: skip


class LetterEmbedder:
    """Texts that share letter pairs are alike; what search needs of a model and no more."""

    model_id = "letters"
    dimensions = 256

    def embed_query(self, text: str) -> Vectors:
        row = np.zeros((1, self.dimensions), np.float32)
        plain = "".join(text.split())
        for at in range(len(plain) - 1):
            row[0, sum(map(ord, plain[at : at + 2])) % self.dimensions] += 1
        found: Vectors = unit(row)[0]
        return found


def a_question_each(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the first of every row, then the second, and so on: as callers come."""
    longest = max(map(len, rows))
    return [row[at] for at in range(longest) for row in rows if at < len(row)]
