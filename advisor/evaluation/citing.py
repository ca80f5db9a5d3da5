"""Whether each claim of an answer stands in what it cites: precision, recall, violations (pure)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.answering.bearing import Bearing, bearing_of
from advisor.answering.checks import Checker, Ground, ProblemKind
from advisor.answering.claims import VERDICTS, WINDOWS, Claim, find_claims, is_about_company
from advisor.answering.content import content_terms
from advisor.answering.figures import Figure, FigureKind
from advisor.answering.named import quotations
from advisor.domain.money import format_krw
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.units import Unit, cut
from advisor.text import squeeze

# Money, shares and days: what no answer may say without a source that says it.
HARD = frozenset(
    {FigureKind.AMOUNT, FigureKind.FOREIGN_AMOUNT, FigureKind.RATE, FigureKind.POINTS, FigureKind.DATE}
)  # fmt: skip
# A refusal speaks of the advisor, not of the world; its figures need a source all the same.
REFUSALS = frozenset({"blocked", "out_of_scope", "no_evidence", "failed"})
# That a source says nothing, or how far it reaches: its words stand in no source.
_GAP = re.compile(
    r"확인되지 않|확인된 자료입니다|나와 있지 않|자료에 없|찾지 못|미확인|기준 안내|not (?:be )?confirmed"
)
_LEAST_VERBATIM = 6
_OF_ENGINE = 0.8
_HANGUL = re.compile("[가-힣]{2}.*[가-힣]{2}.*[가-힣]{2}")
_LEAST_WORDS = 0.5  # of a claim's content words that stand in what it cites
_FEW_TERMS = 4
_NOT_OF_FORM = frozenset({ProblemKind.WRONG_QUOTE, ProblemKind.LEAVES_ROLE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One unit with what its sources do not bear; `violations` are its hard figures without source."""

    unit: Unit
    problems: tuple[str, ...]
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """How one answer cites.

    Attributes:
        marks: Marks that bear their sentence, and all marks.
        claims: Claims that are fully borne by their marks, and all claims.
        findings: The units that are not borne.
    """

    marks: tuple[int, int]
    claims: tuple[int, int]
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[str, ...]:
        """Amounts, rates and dates that the answer's citations lack."""
        return tuple(one for finding in self.findings for one in finding.violations)


def check_citing(
    answer: Mapping[str, Any], grounds: Grounds, *, today: date, said: Sequence[str] = ()
) -> Cited:
    """Hold every claim of an answer (contract JSON) against its citations.

    Args:
        answer: One answer.
        grounds: What the records say.
        today: The day on which it was given.
        said: What the person wrote in this consultation, the last message last. Facts of the
            company may be said back; an amount, rate or date only where it is denied.
    """
    profile = _profile_words(answer.get("profile") or {})
    judged = _judged(answer)
    evidence = {
        str(one["label"]): "\n".join((grounds.text(one, today), *judged.get(one["record_id"], ())))
        for one in answer.get("citations") or ()
    }
    checker = Checker(Ground(evidence, said="\n".join((*said, profile))))
    sources = {label: bearing_of(text) for label, text in evidence.items()}
    known, asked = Bearing(profile), Bearing("\n".join(said))
    verdicts = _verdicts(answer)
    good = marks = borne = claims = 0
    findings = []
    refuses = answer.get("status") in REFUSALS
    for unit in cut(str(answer.get("text") or ""), asks=str(answer.get("next_question") or "")):
        needs = unit.needs_mark and not (
            refuses
            and not unit.sentence.labels
            and not any(one.kind in HARD for one in unit.figures)
        )
        if not (needs or unit.sentence.own) or _is_of_engine(unit, grounds.own):
            continue
        problems = list(_problems(unit, needs, checker, sources, verdicts, known, asked))
        own = unit.sentence.labels
        for label in own:
            marks += 1
            good += label in sources and (
                not problems if len(own) == 1 else _lends(sources[label], unit)
            )
        if needs:
            claims += 1
            borne += not problems
        if problems:
            wrong = {one.partition(" ")[2] for one in problems if "figure" in one}
            bad = tuple(
                one.written for one in unit.figures if one.kind in HARD and one.written in wrong
            )
            findings.append(Finding(unit, tuple(problems), bad))
    return Cited((good, marks), (borne, claims), tuple(findings))


def _problems(
    unit: Unit,
    needs: bool,
    checker: Checker,
    sources: Mapping[str, Bearing],
    verdicts: Mapping[str, str],
    known: Bearing,
    asked: Bearing,
) -> Iterator[str]:
    labels = [label for label in unit.sentence.labels if label in sources]
    cited = [sources[label] for label in labels]
    bare = unit.sentence.bare
    if needs and not labels and not _only_says_back(unit, known):
        yield "no mark"
    if _is_verbatim(bare, cited):
        return
    for problem in checker.check(unit.sentence):
        if problem.kind not in _NOT_OF_FORM and not _may_stand(
            unit, problem.written, cited, known, asked
        ):
            yield f"{problem.kind.value} {problem.written}"
    for claim in unit.claims & (VERDICTS | WINDOWS | {Claim.PROMISE}):
        if not _may_claim(claim, bare, labels, sources, verdicts):
            yield f"unsupported_claim {claim.value}"
    own = content_terms(bare)
    speaks_of_gap = _GAP.search(bare) is not None and not any(
        one.kind in HARD and not any(source.bears(one) for source in (*cited, asked))
        for one in unit.figures
    )
    # A verdict is the engine's: its words ("대상이 아닙니다") need not stand in the record.
    is_verdict = bool(unit.claims & VERDICTS) and any(one in verdicts for one in labels)
    is_own = speaks_of_gap or is_verdict or _quotes(bare, cited)
    if labels and len(own) >= _FEW_TERMS and not is_own:
        have = known.terms.union(asked.terms, *(one.terms for one in cited))
        if _HANGUL.search(bare) and len(own & have) / len(own) < _LEAST_WORDS:
            yield "unsupported_words"


def _is_of_engine(unit: Unit, own: Bearing) -> bool:
    """Whether a sentence is in the words of the readiness engine, with no money, share or day in it."""
    words = content_terms(unit.sentence.bare)
    if not words or any(one.kind in HARD for one in unit.figures):
        return False
    return len(words & own.terms) / len(words) >= _OF_ENGINE


def _is_verbatim(bare: str, cited: Sequence[Bearing]) -> bool:
    """Whether a piece stands in a source letter by letter, a field's name before it aside."""
    plain = bare.strip(" -*•|.")
    name, _, rest = plain.partition(":")
    pieces = (plain,) if any(map(str.isdigit, name)) else (plain, rest)
    options = {squeeze(one).strip(".-") for one in pieces}
    return any(
        len(one) >= _LEAST_VERBATIM and one in source.letters for one in options for source in cited
    )


def _may_stand(
    unit: Unit, written: str, cited: Sequence[Bearing], known: Bearing, asked: Bearing
) -> bool:
    """Whether what the strict check minds is the company's own, a year of the source, or denied."""
    figure = _figure(unit, written)
    if figure is None:
        # A whole name in bold or quotation marks may be put together of the source's words.
        return any(set(map(squeeze, written.split())) <= _words(one) for one in cited)
    if known.bears(figure):
        return True
    is_year = figure.kind is FigureKind.DATE and len(figure.value) == 4
    if is_year and any(one.bears(figure) for one in cited):
        return True
    return Claim.UNCONFIRMED in unit.claims and asked.bears(figure)


def _words(source: Bearing) -> frozenset[str]:
    return frozenset(map(squeeze, source.text.split()))


def _quotes(bare: str, cited: Sequence[Bearing]) -> bool:
    """Whether a sentence rests on words of a source between quotation marks."""
    found = [squeeze(one) for one in quotations(bare)]
    return any(len(one) >= 3 and one in source.letters for one in found for source in cited)


def _figure(unit: Unit, written: str) -> Figure | None:
    return next((one for one in unit.figures if one.written == written), None)


def _only_says_back(unit: Unit, known: Bearing) -> bool:
    """Whether a sentence only repeats what is known of the company."""
    return bool(unit.figures) and not unit.claims and all(known.bears(one) for one in unit.figures)


def _may_claim(
    claim: Claim,
    bare: str,
    labels: Sequence[str],
    sources: Mapping[str, Bearing],
    verdicts: Mapping[str, str],
) -> bool:
    judged = [verdicts[label] for label in labels if label in verdicts]
    if claim in VERDICTS and judged and (claim.value in judged or is_about_company(bare)):
        return claim.value in judged
    return any(
        claim in find_claims(line) for label in labels for line in sources[label].text.splitlines()
    )


def _lends(source: Bearing, unit: Unit) -> bool:
    """Whether one of several sources bears a part of a sentence: a figure, or much of its words."""
    if any(source.bears(one) for one in unit.figures):
        return True
    own = content_terms(unit.sentence.bare)
    return not own or len(own & source.terms) / len(own) >= 0.3


def _judged(answer: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what the engine found of each criterion, by record."""
    return {
        one["record_id"]: [
            *(criterion.get("because") or "" for criterion in one.get("criteria") or ()),
            str(one.get("why") or ""),
        ]
        for one in answer.get("matches") or ()
    }


def _verdicts(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the engine's verdict by label."""
    told = {one["record_id"]: one["verdict"] for one in answer.get("matches") or ()}
    told |= {one["record_id"]: one["verdict"] for one in answer.get("verdicts") or ()}
    return {
        str(one["label"]): told[one["record_id"]]
        for one in answer.get("citations") or ()
        if one["record_id"] in told
    }


def _profile_words(profile: Mapping[str, Any]) -> str:
    words = []
    for name, value in profile.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            words.append(format_krw(one) if "krw" in name and isinstance(one, int) else str(one))
            if isinstance(one, int) and not isinstance(one, bool):
                words += [f"{one}명", f"{one}년"]
    return "\n".join(words)
