"""Every fixed Korean sentence a user can see outside an answer; errors with a next step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What happened and what to do next, in polite 합니다체."""

    text: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.text} {self.next_step}"


EMPTY_MESSAGE = UserMessage(
    text="질문이 비어 있습니다.",
    next_step="공장에서 겪는 문제나 궁금한 지원사업을 한 문장으로 적어 주시겠어요?",
)
TOO_LONG = UserMessage(
    text="글이 너무 길어 한 번에 읽지 못했습니다.",
    next_step="가장 궁금한 점을 2,000자 안으로 줄여 다시 보내 주시겠어요? 긴 문서는 파일로 올려 주세요.",
)
INITIALS_ONLY = UserMessage(
    text="초성만 적힌 글은 뜻이 여러 가지라 알아듣지 못했습니다.",
    next_step="같은 내용을 한 번만 풀어서 적어 주시겠어요? 예: '스마트공장 지원금 얼마예요?'",
)
NO_EVIDENCE = UserMessage(
    text="가진 자료에서 이 질문의 근거를 찾지 못했습니다. 확인되지 않은 내용은 지어내지 않습니다.",
    next_step="사업 이름이나 공정, 지역을 넣어 다시 물어봐 주시거나 중소기업 통합콜센터 1357에 문의해 주세요.",
)
DOCUMENT_NOT_REVIEWED = UserMessage(
    text="담당자가 아직 검토하지 않은 자료입니다.",
    next_step="신청하거나 계약하시기 전에 원문과 공식 공고를 확인해 주세요.",
)
SAY_WHAT_IS_HARD = (
    "어떤 말이 어려우셨나요? 낱말이나 사업 이름을 적어 주시면 쉬운 말로 풀어 드리겠습니다."
)
ABOUT_TRUST = (
    "저는 사람이 아니라 제조 현장의 AI 도입을 돕는 AI 상담 프로그램, 제조AI 길잡이입니다. 공고와 보도자료처럼 출처가 있는 자료에 적힌 것만 답하고, "
    "자료에 없으면 모른다고 말씀드립니다. 답 아래 번호를 누르시면 어디에 적힌 말인지 보실 수 있습니다.\n\n"
    "돈과 마감이 걸린 일은 신청 전에 공고를 한 번 더 확인해 주세요. 어떤 점이 궁금하신가요?"
)
ABOUT_PRIVACY = (
    "나누신 이야기는 이 상담을 이어 가는 데에만 쓰고, 정해진 기간이 지나면 지웁니다. 주민등록번호·카드·계좌 번호처럼 개인을 알아볼 수 있는 번호는 "
    "저장하기 전에 가립니다.\n\n화면의 '이 상담 지우기'로 언제든 지우실 수 있습니다. 더 궁금한 점이 있으신가요?"
)
TELL_MORE = "말씀하신 어려움에 맞는 방법을 찾으려면 조금 더 여쭤봐야 합니다."
NEAREST_WAY = "말씀하신 어려움과 꼭 같은 자료는 없어 가장 가까운 방법을 알려 드립니다."
DOCUMENT_UNTITLED = "이름을 보이지 않는 문서"
ALSO_IN_DOCUMENT = "올라온 자료 **{title}**에도 관련 내용이 있습니다."
OUT_OF_SCOPE = UserMessage(
    text="제가 다루는 분야가 아니어서 답해 드릴 수 없습니다.",
    next_step="공장의 AI·스마트공장 도입, 지원사업, 도입 사례에 대해 물어봐 주세요.",
)
FAILED = UserMessage(
    text="답을 만드는 중에 문제가 생겼습니다.",
    next_step="잠시 뒤 같은 질문을 다시 보내 주세요. 계속되면 관리자에게 알려 주세요.",
)


MODEL_UNAVAILABLE = UserMessage(
    text="언어 모델이 제때 쓸 수 있는 답을 주지 않았습니다.",
    next_step="ADVISOR_LLM_BASE_URL, ADVISOR_LLM_MODEL 설정과 모델 서버를 확인해 주세요.",
)

ENGLISH_GREETING = (
    "Hello, this is the manufacturing-AI advisor. Tell me what goes wrong in the factory, or which "
    "support program you want to know about, and I will answer with sources.\n\n"
    "What is your biggest worry? Region, trade and head count help me to find what fits."
)
# The questions that matter most, by profile field; the empty key is for any other.
ENGLISH_QUESTIONS = {
    "factory_sido": "In which province or city is the factory?",
    "industry_text": "What do you make, and by which process?",
    "employees_regular": "How many regular employees do you have?",
    "pain_codes": "What is your biggest worry on the floor?",
    "revenue_krw_last": "Roughly how large were last year's sales?",
    "sf_built": "Have you taken part in a smart-factory program before?",
    "sf_level_official": "Do you have an official smart-factory level?",
    "systems_in_use": "Which systems do you use (ERP, MES, spreadsheets)?",
    "": "What is your biggest worry? Which product and which process is it about?",
}


CONSULTATION_UNKNOWN = UserMessage(
    text="이 상담을 찾지 못했습니다. 지워졌거나 보관 기간이 지났을 수 있습니다.",
    next_step="새 상담을 시작해 주세요.",
)
FEEDBACK_UNKNOWN = UserMessage(
    text="평가할 답을 찾지 못했습니다.",
    next_step="화면을 새로 고친 뒤 다시 눌러 주세요.",
)

NOT_READY = UserMessage(
    text="상담을 준비하고 있습니다.",
    next_step="잠시 뒤 다시 시도해 주세요. 오래 걸리면 `advisor doctor`로 상태를 확인해 주세요.",
)

# What a reader sees while an answer is made: by the step's name, Korean and English.
PLAN_FOR_WHAT = UserMessage(
    text="무엇을 도입하는 자금 계획을 세울까요?",
    next_step="'비전 검사, 견적 1억 2천만 원'처럼 알려 주시면 보조금, 자기 현금, 융자를 나누어 드립니다.",
)
STEP_LABELS: dict[str, dict[str, str]] = {
    "screen": {"ko": "질문을 읽고 있습니다", "en": "Reading the question"},
    "consult": {"ko": "말씀의 뜻을 살피고 있습니다", "en": "Reading what is meant"},
    "profile": {"ko": "회사 정보를 살피고 있습니다", "en": "Noting the company's facts"},
    "route": {"ko": "무엇을 묻는지 가리고 있습니다", "en": "Working out what is asked"},
    "retrieve": {"ko": "자료를 찾고 있습니다", "en": "Searching the sources"},
    "choose": {"ko": "맞는 자료를 고르고 있습니다", "en": "Choosing among the sources"},
    "check_support": {"ko": "근거가 충분한지 보고 있습니다", "en": "Weighing the evidence"},
    "match": {"ko": "자격과 기간을 맞춰 보고 있습니다", "en": "Checking eligibility and dates"},
    "compose": {"ko": "답을 쓰고 있습니다", "en": "Writing the answer"},
    "phrase": {"ko": "문장을 다듬고 있습니다", "en": "Polishing the wording"},
    "check": {"ko": "출처와 숫자를 확인하고 있습니다", "en": "Checking figures and sources"},
    "verdicts": {"ko": "판정을 붙이고 있습니다", "en": "Adding the verdicts"},
}

# Fixed sentences for English readers, by the Korean sentence that they stand for.
ENGLISH_FIXED = {
    str(
        NO_EVIDENCE
    ): "I found nothing in the sources that bears on this, and I do not make things up. "
    "Please ask again with the name of a program, a process or a region, or call the SME helpline 1357.",
    str(
        OUT_OF_SCOPE
    ): "That is outside what I can answer. Please ask me about AI and smart-factory "
    "projects, support programs and cases of other manufacturers.",
    str(
        PLAN_FOR_WHAT
    ): "What is the funding plan for? Write for example: vision inspection, quoted at 120 million won.",
}
