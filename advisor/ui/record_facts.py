"""What the catalog says of a record, in a few rows for whoever opens its source (pure)."""

from html import escape

from advisor.answering.statements import headline
from advisor.domain.records import AnyRecord, CaseStudy, Expert, Outcome, Solution, SupportProgram

MOST_CHARS = 300


def render_record(record: AnyRecord) -> str:
    """Return the rows of a record; empty for kinds that have nothing to add to their title."""
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(_short(value))}</dd></div>"
        for name, value in facts_of(record)
        if value
    )
    return f'<dl class="record">{rows}</dl>' if rows else ""


def facts_of(record: AnyRecord) -> list[tuple[str, str]]:
    """Return names and values of what matters about a record."""
    match record:
        case Solution():
            return [
                ("푸는 문제", record.problem),
                ("맞는 업종·공정", ", ".join(record.industries_processes)),
                ("필요한 자료", record.required_data),
                ("먼저 갖출 것", record.prerequisites),
                ("비용", record.cost_range_krw or "자료에 없음"),
                ("기간", record.lead_time or "자료에 없음"),
                ("공급", record.supplier or ""),
                ("알려진 효과", "; ".join(record.outcomes_claimed)),
            ]
        case CaseStudy():
            size = record.company_size or (f"{record.employees}명" if record.employees else "")
            return [
                ("업종", record.industry),
                ("규모", size),
                ("문제", record.problem),
                ("방법", record.solution),
                ("결과", "; ".join(filter(None, map(_outcome, record.outcomes)))),
                ("배운 점", record.lessons),
                ("연도", str(record.year or "")),
            ]
        case SupportProgram():
            return [
                ("목적", record.purpose),
                ("지원", headline(record)),
                ("회사 부담", record.support.own_share or ""),
                ("연도", str(record.year)),
            ]
        case Expert():
            return [
                ("하는 일", ", ".join(record.services)),
                ("누구를", record.for_whom),
                ("비용", record.cost or ""),
                ("연락처", record.phone or ""),
            ]
        case _:
            return []


def _outcome(one: Outcome) -> str:
    if one.before is not None and one.after is not None:
        return f"{one.metric} {one.before} → {one.after}"
    if one.after is not None:
        return f"{one.metric} {one.after}"
    return "" if one.change_pct is None else f"{one.metric} {one.change_pct:+g}%"


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARS else f"{text[: MOST_CHARS - 1]}…"
