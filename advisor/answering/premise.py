"""What somebody has heard and asks to have confirmed, held against a program's record (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.answering.bearing import Bearing
from advisor.answering.figures import Figure, FigureKind, Placed, find_figures, locate_figures
from advisor.answering.statements import Statement
from advisor.domain.records import SupportProgram
from advisor.text import with_particle

# "10억 준다던데 맞아요?", "5년 동안인 거죠?": a figure that is to be confirmed, not one of the own company.
CONFIRMS = re.compile(
    r"맞(?:아|나|죠|지|는|습|음|냐)|(?:[다라]던데|[다라]며|[다라]면서|[다라]는데|[다라]고\s?(?:들|하|해|합))|들었|아닌가|아니(?:었|에)|인\s?거(?:죠|지)|right\?|I heard|is it true",
    re.I,
)
_LIKE = {FigureKind.AMOUNT: ("money", "detail", "notes"), FigureKind.RATE: ("money", "own_share", "loan_rate", "detail"),
         FigureKind.COUNT: ("detail", "money", "loan_term")}  # fmt: skip
_DURATION = re.compile(r"\d+(?:년|개월)")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said instead of a wrong figure; `quote` is the sentence of the record behind it."""

    text: str
    quote: str


def put_right(speech: str, program: SupportProgram, rows: Sequence[Statement]) -> Correction | None:
    """Say what holds instead of a figure that the record does not bear; None where none is wrong.

    A figure of a kind that the record says nothing about is left alone: unknown is not wrong.
    """
    if not CONFIRMS.search(speech):
        return None
    record = Bearing(" ".join(one.text for one in rows))
    for stated in locate_figures(speech):
        if stated.figure.kind not in _LIKE or record.bears(stated.figure):
            continue
        if re.match(r"\s?(?:매출|직원)", speech[max(0, stated.start - 6) : stated.start].strip()):
            continue
        right = _same_kind(stated, rows)
        if right is not None:
            said = with_particle(stated.figure.written.strip(), "이", "가")
            return Correction(f"말씀하신 {said} 아니라, {right.text}.", right.text)
    return None


def _same_kind(stated: Placed, rows: Sequence[Statement]) -> Statement | None:
    for part in _LIKE[stated.figure.kind]:
        for one in rows:
            if one.part == part and any(_alike(stated.figure, f) for f in find_figures(one.text)):
                return one
    return None


def _alike(stated: Figure, told: Figure) -> bool:
    if stated.kind is not told.kind:
        return False
    if stated.kind is FigureKind.COUNT:
        return bool(_DURATION.fullmatch(stated.value) and _DURATION.fullmatch(told.value))
    return True
