"""What tables, rows and marks of the signals are called, Korean and English."""

from collections.abc import Mapping

from advisor.corpus.notices.labels import LABELS

Pair = tuple[str, str]

TITLES: Mapping[str, Pair] = {
    "wants": ("무엇을 바라고 물었나", "What people came for"),
    "topics": ("무엇에 대해 물었나", "What they asked about"),
    "problems": ("어떤 문제를 먼저 말했나", "The problem told first"),
    "industries": ("문제별 업종", "Trades, by problem"),
    "regions": ("문제별 지역", "Regions, by problem"),
    "needs": ("문제별로 지금 신청할 사업이 있나", "Open programs, by problem"),
    "failing": ("자격이 맞지 않는 까닭", "Why firms are not eligible"),
    "levels": ("AI 도입 준비 수준", "Readiness level"),
    "dimensions": ("영역별 준비 점수", "Readiness by dimension"),
    "statuses": ("답이 어떻게 끝났나", "How answers ended"),
    "ratings": ("평가", "Ratings"),
    "checks": ("답이 어긴 검사", "Checks that answers failed"),
}
NOTES: Mapping[str, Pair] = {
    "wants": ("한 상담이 여러 줄에 들 수 있습니다.", "A consultation may be in several rows."),
    "topics": ("한 상담이 여러 줄에 들 수 있습니다.", "A consultation may be in several rows."),
    "problems": (
        "상담마다 처음 말한 문제 하나만 셉니다.",
        "Each consultation counts once, by the problem told first.",
    ),
    "industries": ("회사가 말한 주업종입니다.", "The main trade that the company told."),
    "regions": ("공장, 없으면 본사가 있는 곳입니다.", "Where the factory is, else the head office."),
    "needs": (
        "마감되지 않은 사업을 오늘, 회사가 말한 사실로 판정했습니다.",
        "Programs not closed today, judged by what the company told.",
    ),
    "failing": (
        "마감되지 않은 사업에서 맞지 않은 요건입니다. 다른 지역 사업은 뺐습니다.",
        "Conditions not met in programs that are not closed; other regions' are left out.",
    ),
    "levels": ("마지막으로 마친 진단입니다.", "The last finished check."),
    "dimensions": (
        "마지막으로 마친 진단의 점수를 세 구간으로 나누었습니다.",
        "Scores of the last finished check in three bands.",
    ),
    "statuses": ("한 상담이 여러 줄에 들 수 있습니다.", "A consultation may be in several rows."),
    "ratings": ("한 상담이 두 줄에 들 수 있습니다.", "A consultation may be in both rows."),
    "checks": ("자동 검사가 찾은 것입니다.", "Found by the automatic checks."),
}  # fmt: skip
PAINS_EN = {
    "quality_defect": "defects and quality", "inspection_labor": "inspection work",
    "downtime": "downtime", "setup": "set-up time", "delivery": "delivery",
    "inventory": "inventory", "labor_shortage": "labour shortage", "skill_loss": "loss of skills",
    "paperwork": "paperwork", "traceability": "traceability", "energy": "energy",
    "safety": "safety", "cost": "cost",
}  # fmt: skip
NAMES: Mapping[str, Pair] = {
    "unsaid": ("말하지 않음", "not told"),
    "other": ("그 밖", "other"),
    # intents
    "fact": ("제도·사실 확인", "a fact"),
    "problem": ("문제 풀기", "a problem to solve"),
    "eligibility": ("자격 확인", "eligibility"),
    "compare": ("견주기", "a comparison"),
    "expert": ("도와줄 기관", "who helps"),
    "case": ("사례", "cases"),
    "recommend": ("지원사업 추천", "a recommendation"),
    "diagnosis": ("준비 진단", "a readiness check"),
    "tell": ("회사 이야기", "telling of the company"),
    "small_talk": ("인사", "small talk"),
    # aspects
    "amount": ("금액", "amount"),
    "rate": ("비율", "rate"),
    "own_share": ("회사 부담", "own share"),
    "window": ("접수기간", "window"),
    "next_window": ("다음 접수", "next window"),
    "how": ("신청 방법", "how to apply"),
    "documents": ("제출서류", "papers"),
    "contact": ("연락처", "contact"),
    "place": ("장소", "place"),
    "count": ("개수", "count"),
    "needs": ("갖출 것", "what it needs"),
    "effect": ("효과", "effect"),
    "cost": ("비용", "cost"),
    "supplier": ("공급기업", "supplier"),
    "dataset": ("데이터", "data"),
    "level": ("수준", "level"),
    "ai_or_not": ("AI가 맞는지", "whether AI fits"),
    "combine": ("함께 받기", "combining"),
    "meaning": ("뜻", "meaning"),
    # prospects
    "eligible": ("신청할 수 있는 사업 있음", "an open program fits"),
    "perhaps": ("더 알아야 판정", "more facts needed"),
    "waiting": ("맞지만 접수를 모름", "fits, window not known"),
    "none": ("신청할 사업 없음", "no program fits"),
    # scores
    "low": ("40점 미만", "below 40"),
    "middle": ("40~70점", "40 to 70"),
    "high": ("70점 이상", "70 and more"),
    "unscored": ("점수 없음", "no score"),
    "undiagnosed": ("진단하지 않음", "not checked"),
    # answers
    "answered": ("답함", "answered"),
    "asked_back": ("되물음", "asked back"),
    "no_evidence": ("근거 없음", "no evidence"),
    "out_of_scope": ("범위 밖", "out of scope"),
    "blocked": ("막힘", "blocked"),
    "failed": ("실패", "failed"),
    "up": ("도움이 됨", "helpful"),
    "down": ("도움이 안 됨", "not helpful"),
    "no_mark": ("출처 표시 없음", "no source mark"),
    "too_long": ("너무 긺", "too long"),
    "too_many_sources": ("출처가 너무 많음", "too many sources"),
    "unknown_label": ("없는 출처 번호", "unknown source number"),
    "unsupported_figure": ("근거에 없는 숫자", "figure without support"),
    "uncited_figure": ("출처 표시 없는 숫자", "figure without a mark"),
    "uncited": ("출처 표시 없는 문장", "sentence without a mark"),
    "wrong_direction": ("이상·이하가 뒤바뀜", "at least and at most swapped"),
    "unsupported_name": ("근거에 없는 이름", "name without support"),
    "wrong_quote": ("원문과 다른 인용", "quote that differs"),
    "foreign_link": ("출처에 없는 주소", "address of no source"),
    "unsupported_claim": ("판정과 다른 말", "claim unlike the verdict"),
    "reversed": ("뜻이 뒤바뀜", "meaning reversed"),
    "unsupported_words": ("근거에 없는 내용", "words without support"),
    "wrong_language": ("다른 언어로 답함", "wrong language"),
    "leaves_role": ("맡은 일을 벗어남", "left its role"),
}
CRITERIA: Mapping[str, Pair] = {
    "smart_factory_level": ("판정 요건: 스마트공장 수준", "Criterion: smart factory level"),
    "industrial_complex_tenant": ("판정 요건: 산업단지 입주", "Criterion: industrial complex"),
    "designation": ("판정 요건: 지정·선정", "Criterion: designation"),
    "notice_list": ("판정 요건: 공고의 목록", "Criterion: the notice's list"),
    "export": ("판정 요건: 수출", "Criterion: export"),
    "ai_company": ("판정 요건: AI 기업", "Criterion: AI company"),
    "supplier_company": ("판정 요건: 공급기업", "Criterion: supplier"),
    "prior_support": ("확인할 것: 앞선 지원", "Safeguard: earlier support"),
    "any_of": ("판정 요건: 여럿 중 하나", "Criterion: one of several"),
}
HIDDEN: Pair = ("그 밖(5건 미만이거나 함께 숨긴 집단)", "Others (below 5, or hidden with them)")
TOO_FEW: Pair = (
    "이 기간에는 보여 줄 만큼 모이지 않았습니다(5건 미만은 숨깁니다).",
    "Too few to show in this period (below 5 is hidden).",
)
UNIT: Pair = ("건", "")


def pick(pair: Pair, language: str) -> str:
    """Return one of two languages."""
    return pair[1 if language == "en" else 0]


def name_of(code: str, language: str) -> str:
    """Return what a code is called; the code itself where there is no better."""
    known = NAMES.get(code)
    return pick(known, language) if known else code.replace("_", " ")


def criterion_name(code: str, language: str) -> str:
    """Return what a condition of a program is called, without the form's words in front."""
    pair = CRITERIA.get(code) or LABELS.get(f"criteria.{code}")
    return pick(pair, language).partition(": ")[2] if pair else code
