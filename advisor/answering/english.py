"""An answer for English readers: English frame, the Korean wording of the sources kept (pure)."""

from advisor.answering.draft import Draft
from advisor.answering.facts import english_headline
from advisor.answering.statements import APPLIED_FOR
from advisor.domain.match import CriterionResult, Match, Verdict, WindowOnDay, WindowState
from advisor.domain.records import CaseStudy, Expert, Faq, FundingRule, Solution, SupportProgram

LABELS = {
    "지원": "Support", "기업 부담": "Own share", "금리": "Interest", "상환": "Repayment", "지원 내용": "Details",
    "접수": "Applications", "다음 접수": "Next call", "일정": "Schedule", "시행": "In force", "대상·조건": "Who may apply",
    "조건": "Condition", "제외": "Excluded", "절차": "Steps", "신청": "How to apply", "서류": "Papers",
    "문의": "Contact", "기관": "Agency", "참고": "Note", "출처 요약": "Source says", "필요한 데이터": "Data needed",
    "먼저 갖출 것": "Needed first", "권장 수준": "Suggested level", "알려진 효과": "Reported effect",
    "비용": "Cost", "기간": "Duration", "설치": "Set-up", "맞는 공정": "Fits", "결과": "Result", "문제": "Problem",
    "한 일": "What was done", "AI 여부": "AI or not", "투자": "Investment", "기술": "Technology",
    "공급기업": "Supplier", "쓴 사업": "Program used", "배울 점": "Lesson", "하는 일": "Services", "대상": "For",
    "지역": "Region", "연락처": "Phone", "누리집": "Website", "주소": "Address", "분담": "Shares", "답": "Answer",
}  # fmt: skip
# The first record answers; the others are shown in short.
LINES_FIRST, LINES_OTHER, RECORDS = 5, 2, 4


def window_in_english(window: WindowOnDay, program: SupportProgram) -> str:
    """Say whether applications are taken on the day; never open without dates."""
    opens, closes = window.opens_on, window.closes_on
    if window.state is WindowState.OPEN and closes:
        return f"open now, closes on {closes.isoformat()}"
    if window.state is WindowState.UPCOMING and opens:
        return f"opens on {opens.isoformat()}"
    if window.state is WindowState.CLOSED and closes:
        return f"closed: the window ended on {closes.isoformat()}"
    if window.state is WindowState.CLOSED:
        return f"closed: this is the {program.year} edition"
    return "the window could not be confirmed; please check the latest notice"


def verdict_in_english(program: SupportProgram, match: Match) -> str:
    """Say the verdict and the criteria it rests on, in the record's words."""

    def words(result: CriterionResult) -> str:
        found = dict.fromkeys(
            one.words for one in match.criteria if one.result is result and one.words
        )
        return "; ".join(found)

    name = f"**{program.name_en}**"
    if match.verdict is Verdict.NOT_ELIGIBLE:
        return f"From what you said, the company is not eligible for {name} ({words(CriterionResult.NOT_MET)})."
    if match.verdict is Verdict.ELIGIBLE:
        return f"From what you said, the company is eligible to apply for {name} ({words(CriterionResult.MET)})."
    return (
        f"This cannot be decided yet for {name}. To be confirmed: {words(CriterionResult.UNKNOWN)}."
    )


def in_english(draft: Draft, *, verdict: tuple[SupportProgram, Match] | None = None) -> str:
    """Tell in English what a Korean draft says: the same records, the same marks.

    Names and figures are the records'; sentences of the sources are quoted in Korean, since a
    translation by rules would put words into their mouth.
    """
    material = draft.material
    blocks: list[str] = []
    if verdict is not None:
        blocks.append(f"{verdict_in_english(*verdict)} {draft.mark(verdict[0].id)}")
    for position, record_id in enumerate(draft.used[:RECORDS]):
        record = material.corpus.record(record_id)
        mark = draft.mark(record_id)
        lines = [f"{_opening(record)} {mark}"]
        if isinstance(record, SupportProgram) and record.kind in APPLIED_FOR:
            lines.append(
                f"- Applications: {window_in_english(material.window_of(record), record)} {mark}"
            )
        lines += [
            f"- {LABELS.get(label, label) or 'Source'}: {text} {mark}"
            for label, text in draft.shown(record_id)
            if label != "접수"
        ][: LINES_OTHER if position else LINES_FIRST]
        blocks.append("\n".join([lines[0], "", *lines[1:]]) if len(lines) > 1 else lines[0])
    return "\n\n".join(blocks)


def _opening(record: object) -> str:
    if isinstance(record, SupportProgram):
        money = english_headline(record)
        return (
            f"**{record.name_en}** ({record.name}): {money}"
            if money
            else f"**{record.name_en}** ({record.name})"
        )
    if isinstance(record, (Solution, Expert)):
        return f"**{record.name_en}** ({record.name})"
    if isinstance(record, CaseStudy):
        used = {True: "an AI case", False: "automation, not AI", None: "AI use not confirmed"}[
            record.ai_used
        ]
        return f"Case **{record.company}** ({used})"
    if isinstance(record, (Faq, FundingRule)):
        return f"**{record.title}**"
    return ""
