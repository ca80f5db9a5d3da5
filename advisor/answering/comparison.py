"""Two or more things side by side, in a small table (pure)."""

import re
from collections.abc import Sequence

from advisor.answering.draft import Candidate, Draft, Material, pick
from advisor.answering.statements import APPLIED_FOR
from advisor.domain.passages import Kind
from advisor.domain.records import Corpus, Faq, FundingRule, SupportProgram

CELL_LETTERS = 90


def answer_comparison(draft: Draft, sides: Sequence[Candidate]) -> None:
    """Set two to three records side by side; rows follow what the records have in common."""
    material = draft.material
    records = [material.corpus.record(one.record_id) for one in sides]
    marks = [draft.mark(one.id) for one in records]
    heads = [f"{_name(one)} {mark}" for one, mark in zip(records, marks, strict=True)]
    # Each cell has its own mark: a row is read alone.
    rows = [
        (
            label,
            [
                cell if cell == "-" else f"{cell} {mark}"
                for cell, mark in zip(cells, marks, strict=True)
            ],
        )
        for label, cells in _rows(draft, [one.record_id for one in sides])
        if any(cell != "-" for cell in cells)
    ]
    table = [
        "| | " + " | ".join(heads) + " |",
        "| --- |" + " --- |" * len(heads),
        *(f"| {label} | " + " | ".join(cells) + " |" for label, cells in rows),
    ]
    advice = _advice(material, [one.record_id for one in sides])
    if advice is not None:
        draft.say(advice[1], advice[0], advice[1])
        draft.gap()
    draft.say("\n".join(table))


def _name(record: object) -> str:
    name = str(getattr(record, "name", None) or getattr(record, "title", ""))
    year = (
        f"({record.year})"
        if isinstance(record, SupportProgram) and str(record.year) not in name
        else ""
    )
    return f"{name}{year}"


def _rows(draft: Draft, ids: Sequence[str]) -> list[tuple[str, list[str]]]:
    material = draft.material
    by_id = {
        record_id: {one.part: one for one in reversed(material.statements(record_id))}
        for record_id in ids
    }
    if all(record_id in material.corpus.programs for record_id in ids):
        fields = [
            ("지원", "money"), ("기업 부담", "own_share"), ("접수", "window"), ("대상", "who"), ("기관", "agency"),
        ]  # fmt: skip
        for record_id in ids:
            if material.corpus.programs[record_id].kind not in APPLIED_FOR:
                by_id[record_id].pop("window", None)
    else:
        fields = [
            ("하는 일", "problem"), ("내용", "purpose"), ("하는 일", "services"), ("지원", "money"),
            ("필요한 데이터", "data"), ("먼저 갖출 것", "prerequisites"), ("비용", "cost"), ("답", "answer"),
        ]  # fmt: skip
    rows = []
    kinds = [getattr(material.corpus.record(one), "kind", "") for one in ids]
    if len(set(kinds)) > 1 and all(kind in KINDS for kind in kinds):
        rows.append(("종류", [KINDS[kind] for kind in kinds]))
    for label, part in fields:
        cells = [_cell(draft, record_id, by_id[record_id].get(part)) for record_id in ids]
        rows.append((label, cells))
    telling = []
    for record_id in ids:
        skip = [part for _, part in fields] + ["next_window"]
        most = pick(material, record_id, skip=skip, most=2, letters=130, at_least=0.05)
        text = ". ".join(one.text for one in most)
        if text:
            draft.mark(record_id, text)
        telling.append(text.replace("|", "/") or "-")
    rows.append(("알아둘 점", telling))
    return rows


def _cell(draft: Draft, record_id: str, statement: object) -> str:
    text = getattr(statement, "text", "")
    if not text:
        return "-"
    draft.mark(record_id, text)
    return _short(str(text)).replace("|", "/")


def _short(text: str) -> str:
    """Cut a long cell at a clause, so that the table can be read on a phone."""
    if len(text) <= CELL_LETTERS:
        return text
    end = text.rfind(". ", 0, CELL_LETTERS)
    if end > CELL_LETTERS / 2:
        return text[:end]
    cut = max(text.rfind(mark, 0, CELL_LETTERS) for mark in ("; ", ", ", ". "))
    return text[: cut if cut > 30 else CELL_LETTERS].rstrip(" ,;.") + " 등"


def _advice(material: Material, ids: Sequence[str]) -> tuple[str, str] | None:
    """A sentence of an FAQ or rule that speaks of what is compared."""
    asked = material.relevance.question_terms(material.question.text)
    best: tuple[float, str, str] | None = None
    for one in material.of_kind(Kind.FAQ, Kind.FUNDING_RULE)[:6]:
        record = material.corpus.record(one.record_id)
        related = record.related_programs if isinstance(record, (Faq, FundingRule)) else ()
        for statement in material.statements(one.record_id):
            score = material.relevance.share(asked, statement.text) + 0.1 * len(
                set(related) & set(ids)
            )
            if best is None or score > best[0]:
                best = (score, one.record_id, f"{statement.text}.")
    return (best[1], best[2]) if best and best[0] > 0.4 else None


# A half of a comparison may name a kind of thing instead of a thing.
_LEANINGS = (
    (
        re.compile(r"공개\s?소프트|오픈\s?소스|무료|직접\s?(?:하|만들|짜)|open source", re.I),
        "open_source",
    ),
    (
        re.compile(
            r"업체\s?(?:솔루션|제품|것|거)|제품을\s?사|사는\s?(?:거|것|게)|구매|외주|vendor", re.I
        ),
        "product",
    ),
    (re.compile(r"정책자금|대출|융자|빌리|loan", re.I), "loan"),
    (re.compile(r"보증|guarantee", re.I), "guarantee"),
    (re.compile(r"보조금|지원금|grant|subsid", re.I), "grant"),
    (re.compile(r"세액|세금|공제|tax credit", re.I), "tax"),
)
# What each kind of help is, for one who cannot tell them apart.
KINDS = {
    "loan": "빌려서 이자와 함께 갚는 돈",
    "guarantee": "은행에서 빌릴 때 담보를 대신해 기관이 서 주는 보증",
    "grant": "갚지 않는 보조금. 자부담이 따로 있음",
    "voucher": "정해진 서비스에 쓰는 이용권",
    "tax": "낼 세금에서 빼 주는 것",
    "consulting": "전문가가 찾아와 하는 지도",
}


def leans(half: str) -> bool:
    """Whether a half names a kind of thing ("업체 솔루션", "보증") instead of a thing."""
    return any(pattern.search(half) for pattern, _ in _LEANINGS)


def fits_half(half: str, candidate: Candidate, corpus: Corpus) -> bool:
    """Whether a candidate is the kind of thing that a half of the question speaks of."""
    solution = corpus.solutions.get(candidate.record_id)
    wanted = {kind for pattern, kind in _LEANINGS if pattern.search(half)}
    program = corpus.programs.get(candidate.record_id)
    thing = solution or program
    return not wanted or (thing is not None and thing.kind in wanted)


def distinct_sides(candidates: Sequence[Candidate], material: Material) -> list[Candidate]:
    """Drop FAQs and older editions of what is already a side."""
    sides: list[Candidate] = []
    names: set[str] = set()
    for one in candidates:
        record = material.corpus.record(one.record_id)
        name = str(getattr(record, "name", one.record_id))
        if one.kind in (Kind.FAQ, Kind.FUNDING_RULE) or name in names:
            continue
        names.add(name)
        sides.append(one)
    return sides[:3]
