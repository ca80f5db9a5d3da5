"""Labels of the view of support and plan, Korean and English; records stay in Korean."""

from collections.abc import Mapping

from advisor.ui.strings import Texts

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("우리 회사의 지원금과 계획", "Support and a plan for us"),
    "lead": ("{day} 기준입니다. 상담에서 알려 주신 내용으로 판정했으며, 선정 여부는 심사로 정해집니다.",
             "As of {day}, judged by what you told. Whether you are selected is decided by review. Records are in Korean."),
    "known": ("판정에 쓴 회사 정보", "Facts used"),
    "loading": ("지원사업과 계획을 맞춰 보고 있습니다.", "Matching programs and making a plan."),
    "failed": ("지원사업을 맞춰 보지 못했습니다. 잠시 뒤 다시 시도해 주세요. 상담 내용은 그대로 있습니다.",
               "Matching did not work. Please try again shortly; your talk is still there."),
    "retry": ("다시 시도", "Try again"),
    "empty": ("아직 아는 회사 정보가 없습니다", "Nothing is known of your company yet"),
    "empty_more": ("아래에서 아는 것만 적어 주세요. 하나만 알려 주셔도 판정을 시작합니다. 상담에서 말씀하셔도 됩니다.",
                   "Fill in what you know; one fact is enough to begin. Telling it in the talk works too."),
    "ask": ("이것을 알려 주시면 판정이 더 정해집니다", "Tell this and more verdicts are settled"),
    "ask_count": ("이 답 하나로 지원사업 {count}건의 판정이 정해집니다.", "This alone settles {count} programs."),
    "ask_some": ("남은 판정에 함께 필요한 사실입니다.", "Needed, with others, for the open verdicts."),
    "programs": ("지원사업", "Support programs"),
    "open": ("지금 접수 중", "Open now"),
    "none_open": ("{day} 현재 접수 중으로 확인된 사업 가운데 대상이 될 만한 것은 없습니다. 아래에서 다음 공고를 준비해 주세요.",
                  "No program confirmed open on {day} fits. Prepare for the next calls below."),
    "upcoming": ("접수 예정", "Opening soon"),
    "unsure": ("접수 기간이 확인되지 않은 사업", "Dates not confirmed"),
    "closed": ("이번 접수는 끝난 사업(다음 공고 준비)", "Closed; prepare for the next call"),
    "refused": ("지금은 대상이 아닌 사업", "Not eligible now"),
    "more": ("{count}건 더 보기", "{count} more"),
    "left": ("이 밖에 {count}건이 더 있습니다.", "{count} others are not shown."),
    "eligible": ("대상", "Eligible"), "not_eligible": ("대상 아님", "Not eligible"), "unknown": ("확인 필요", "To be checked"),
    "w_open": ("접수 중", "Open"), "w_upcoming": ("접수 예정", "Upcoming"), "w_closed": ("마감", "Closed"),
    "w_unknown": ("접수 기간 미확인", "Dates unknown"),
    "until": ("{day}까지", "until {day}"), "days_left": ("{count}일 남음", "{count} days left"), "from": ("{day}부터", "from {day}"),
    "ended": ("{day}에 끝남", "ended {day}"), "expected": ("예년 일정: {text} (확정 아님)", "Usually: {text} (not confirmed)"),
    "criteria": ("요건 {count}가지와 까닭", "{count} criteria and why"),
    "met": ("충족", "met"), "not_met": ("불충족", "not met"), "open_result": ("모름", "unknown"),
    "human": ("사람이 확인할 조건", "For a person to check"), "change": ("판정이 바뀌려면", "What would change it"),
    "source": ("출처", "source"), "amount": ("지원 한도 {text}", "up to {text}"), "share": ("지원 비율 {text}", "share {text}"),
    "no_amount": ("지원 한도는 자료에 없음", "no ceiling stated"), "year": ("{year}년 자료", "{year} edition"),
    "pick": ("비교", "Compare"), "keep": ("저장", "Save"), "kept": ("저장됨", "Saved"), "drop": ("빼기", "Remove"), "drop_label": ("{title} 저장에서 빼기", "Remove {title}"),
    "saved": ("저장한 지원사업", "Saved programs"), "seen": ("확인했습니다", "Seen"), "lost": ("목록에서 빠진 사업", "No longer in the records"),
    "alert_opened": ("접수 시작", "Opened"), "alert_changed": ("내용 변경", "Changed"), "alert_closing": ("마감 임박", "Closing soon"), "alert_gone": ("자료에서 빠짐", "Gone"),
    "chain": ("부족한 것에서 도와줄 곳까지", "From the gap to who helps"),
    "gap": ("부족한 것", "Gap"), "solution": ("해결책", "Solution"), "case": ("사례", "Case"), "program": ("지원사업", "Program"), "expert": ("도와줄 곳", "Who helps"),
    "plan": ("자금 계획", "Funding plan"), "choose": ("무엇을 도입하나요?", "What will you buy?"),
    "cost": ("사업비(견적이 있으면)", "Cost (a quotation, if any)"), "cost_hint": ("예: 1억 2천만 원", "e.g. 120000000"),
    "make": ("계획 세우기", "Make the plan"), "bad_cost": ("사업비 '{text}'을(를) 읽지 못했습니다. '1억 2천만 원'처럼 적어 주세요.", "The cost '{text}' could not be read; try 120000000."),
    "total": ("사업비", "Project cost"), "grant": ("보조금", "Grant"), "local": ("지방비", "Local money"), "own": ("자기 현금", "Own cash"),
    "in_kind": ("현물(인건비 등)", "In kind"), "loan": ("융자", "Loan"), "guarantee": ("보증(돈은 아님)", "Guarantee (no money)"), "tax_credit": ("세액공제(나중에)", "Tax credit (later)"),
    "apart": ("사업비 합계에 넣지 않은 것", "Not part of the total"), "unstated": ("자료에 없음", "not stated"),
    "uncertain": ("확정 아님", "not certain"), "basis": ("근거", "Basis"), "who": ("어디서", "From"), "how_much": ("금액", "Amount"),
    "peak": ("한때 가장 많이 묶이는 자기 돈", "Most own money bound at once"),
    "cash": ("달마다 나가고 들어오는 돈", "Cash by month"), "month": ("{count}개월째", "month {count}"), "month_head": ("달", "Month"),
    "pay": ("나감", "Out"), "receive": ("들어옴", "In"), "bound": ("묶인 자기 돈", "Own money bound"),
    "sensitivity": ("사업비가 달라지면", "At another cost"), "own_and_loan": ("기업 부담", "Company pays"),
    "conflicts": ("함께 받을 때의 제한", "Limits on combining"), "no_conflicts": ("이 계획 안에서 서로 막는 규정은 자료에서 찾지 못했습니다. 공고의 중복 지원 조항은 확인해 주세요.", "No conflict found in the records; check the notice."),
    "rules": ("관련 자금 규정 {count}건", "{count} funding rules"), "assumptions": ("이렇게 보고 계산했습니다", "Assumptions"),
    "alternatives": ("다른 방법과 나란히 보기", "Side by side"), "this_plan": ("이 계획", "This plan"),
    "no_plan": ("계획을 세울 해결책을 찾지 못했습니다. 공장의 고민을 상담에서 알려 주세요.", "No solution to plan for. Tell your worry in the talk."),
    "actions": ("할 일", "What to do"), "by": ("{day}까지", "by {day}"), "usual": ("흔히 내는 서류", "usual paper"),
    "calendar": ("접수 일정 내려받기(.ics)", "Download dates (.ics)"), "no_calendar": ("달력에 넣을 날짜가 자료에 없습니다.", "No dates for a calendar."),
    "compare": ("나란히 비교", "Side by side"), "compare_hint": ("지원사업이나 해결책의 '비교'를 두 개에서 네 개까지 고르면 여기에 표가 나옵니다.", "Tick 'Compare' on two to four programs."),
    "item": ("항목", "Item"), "too_many": ("넷까지 비교할 수 있습니다.", "Up to four can be compared."),
}  # fmt: skip


def say(name: str, texts: Texts, **values: object) -> str:
    """Return a label in the page's language, its `{…}` filled in."""
    words = _WORDS[name][1 if texts.language == "en" else 0]
    return words.format(**values) if values else words
