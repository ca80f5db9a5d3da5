"""Every label of the page in Korean and English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the page in one language; `{…}` are filled in by the view."""

    language: Language
    title: str
    subtitle: str
    new_talk: str
    switch: str
    switch_label: str
    notice: str
    notice_model: str
    hello: str
    hello_more: str
    examples_title: str
    examples: tuple[tuple[str, str], ...]
    promises: tuple[str, ...]
    placeholder: str
    question_label: str
    send: str
    sending: str
    keys: str
    empty: str
    too_long: str
    busy: str
    working: str
    you: str
    advisor: str
    sources: str
    source_count: str
    no_sources: str
    no_sources_more: str
    open_source: str
    back: str
    cite: str
    page: str
    confidence: str
    confidences: tuple[str, str, str]
    company: str
    company_lead: str
    no_facts: str
    quote: str
    origin: dict[str, str]
    edit: str
    save: str
    forget: str
    more_facts: str
    unknown: str
    list_hint: str
    good: str
    bad: str
    thanks: str
    next_question: str
    follow_ups: str
    statuses: dict[str, str]
    again: str
    retry: str
    preparing: str
    preparing_more: str
    not_kept: str
    erased: str
    nothing_to_erase: str
    erase: str
    erase_title: str
    erase_lead: str
    erase_sure: str
    lost: str
    views: dict[str, str]
    views_label: str
    skip: str
    about_title: str
    about_lead: str
    about_points: tuple[tuple[str, str], ...]
    about_model: str
    engine_embedded: str
    engine_model: str
    kinds: dict[str, str]


KO = Texts(
    language="ko",
    title="제조AI 길잡이",
    subtitle="공장의 고민에 출처로 답합니다",
    new_talk="새 상담",
    switch="English",
    switch_label="화면 언어를 영어로 바꿉니다",
    notice="AI가 답합니다. 신청 전에 공고 원문을 확인해 주세요.",
    notice_model="답을 다듬을 때 외부 언어 모델({name})에 질문을 보냅니다.",
    hello="공장에서 무엇이 가장 고민이세요?",
    hello_more="말씀하시듯 적어 주세요. 지역, 업종, 인원을 함께 알려 주시면 우리 회사에 맞는 길을 찾습니다.",
    examples_title="이런 고민을 많이 물어보십니다",
    examples=(
        ("불량 검사", "눈으로 불량을 고르는데 자꾸 놓쳐요. 카메라로 검사할 수 있나요?"),
        ("지원금", "안산에서 직원 30명 금속가공을 합니다. 받을 수 있는 지원사업이 있나요?"),
        ("설비 고장", "설비가 갑자기 멈춰서 납기를 못 맞춥니다. 미리 알 방법이 있을까요?"),
        ("숙련자 퇴직", "기술 좋은 반장님이 곧 퇴직하세요. 노하우를 남길 방법이 있나요?"),
        ("첫걸음", "스마트공장을 처음 해 보려는데 무엇부터 준비해야 하나요?"),
        ("다른 공장", "우리처럼 작은 공장에서 AI로 효과를 본 사례를 알려 주세요."),
    ),
    promises=("공고와 사례의 출처를 함께 보여 드립니다", "모르는 것은 모른다고 말씀드립니다"),
    placeholder="예: 직원 30명 사출 공장인데 불량 검사를 자동화하고 싶어요",
    question_label="질문",
    send="보내기",
    sending="답하는 중",
    keys="Enter로 보내고 Shift+Enter로 줄을 바꿉니다",
    empty="공장에서 겪는 문제나 궁금한 지원사업을 한 문장으로 적어 주시겠어요?",
    too_long="{count}자입니다. {limit}자 안으로 줄여 주세요. 적으신 글은 그대로 두었습니다.",
    busy="앞 질문에 답하고 있습니다. 답이 나오면 이어서 보내 주세요.",
    working="답을 준비하고 있습니다",
    you="나",
    advisor="길잡이",
    sources="출처",
    source_count="출처 {count}건",
    no_sources="아직 보여 드릴 출처가 없습니다",
    no_sources_more="답에 붙은 번호를 누르면 그 말이 나온 자료가 여기에 열립니다.",
    open_source="원문 보기",
    back="답으로 돌아가기",
    cite="출처 {label} 보기",
    page="{page}쪽",
    confidence="믿음 정도",
    confidences=("높음", "보통", "낮음"),
    company="우리 회사",
    company_lead="말씀에서 이렇게 이해했습니다. 틀린 것은 고치거나 지워 주세요.",
    no_facts="아직 들은 것이 없습니다. 지역, 업종, 인원을 알려 주시면 맞는 지원사업을 가려 드립니다.",
    quote="말씀하신 그대로",
    origin={"말": "대화", "서류": "서류", "계산": "계산", "입력": "직접 입력"},
    edit="고치기",
    save="저장",
    forget="지우기",
    more_facts="더 알려 주기",
    unknown="아직 모릅니다",
    list_hint="쉼표로 나누어 적어 주세요",
    good="도움이 됐습니다",
    bad="아쉽습니다",
    thanks="의견 고맙습니다",
    next_question="한 가지만 여쭙겠습니다",
    follow_ups="이어서 물어보기",
    statuses={
        "asked_back": "조금만 더 알려 주세요",
        "no_evidence": "확인된 근거가 없습니다",
        "out_of_scope": "다루는 분야가 아닙니다",
        "blocked": "이 부탁은 도와드릴 수 없습니다",
        "failed": "답을 마치지 못했습니다",
    },
    again="같은 질문 다시 보내기",
    retry="다시 시도",
    preparing="상담을 준비하고 있습니다",
    preparing_more="자료를 여는 중입니다. 준비되면 이 화면이 저절로 바뀝니다. 질문은 미리 적어 두셔도 됩니다.",
    not_kept="앞선 상담은 지워졌거나 보관 기간이 지났습니다. 새로 시작합니다.",
    erased="이 상담과 남아 있던 기록을 모두 지웠습니다.",
    nothing_to_erase="지울 상담이 없습니다. 새 상담을 시작하시면 됩니다.",
    erase="이 상담 지우기",
    erase_title="상담 지우기",
    erase_lead="지금 보시는 상담의 질문과 답, 회사 정보, 진단과 근거 파일, 저장한 지원사업, 나누기를 모두 지웁니다. 되돌릴 수 없습니다.",
    erase_sure="한 번 더 누르면 지웁니다",
    lost="서버와 연결이 끊겼습니다. 적으신 글은 그대로 두었습니다. 이어지면 저절로 다시 엽니다.",
    views={
        "talk": "상담",
        "diagnosis": "진단",
        "support": "지원금·계획",
        "documents": "자료",
        "review": "검토",
        "helpdesk": "창구",
        "clients": "담당 기업",
        "admin": "관리",
        "mine": "내 상담",
        "about": "안내",
    },
    views_label="화면",
    skip="본문으로 건너뛰기",
    about_title="인공지능이 답하는 서비스입니다",
    about_lead="답이 어떻게 만들어지고, 적어 주신 내용이 어디에 남는지 알려 드립니다.",
    about_points=(
        (
            "누가 답하나요",
            "사람이 아니라 인공지능이 답합니다. 금액, 기간, 자격은 출처가 있는 기록에서만 가져오고, 출처 번호를 누르면 그 자리를 보여 드립니다.",
        ),
        (
            "틀릴 수 있나요",
            "네. 공고는 바뀌고 이해가 어긋날 수 있습니다. 신청이나 계약 전에 원문과 수행기관에 꼭 확인해 주세요.",
        ),
        (
            "무엇을 저장하나요",
            "질문과 답, 말씀에서 알아들은 회사 정보를 이 서버에 저장합니다. 주민등록번호, 카드·계좌번호, 휴대전화 번호는 저장하기 전에 가립니다.",
        ),
        (
            "누가 볼 수 있나요",
            "상담마다 짐작할 수 없는 주소가 붙습니다. 이 주소를 아는 사람만 상담을 볼 수 있으니 공용 컴퓨터에서는 끝난 뒤 지워 주세요.",
        ),
    ),
    about_model="외부 언어 모델",
    engine_embedded="내장 엔진",
    engine_model="언어 모델 {name}",
    kinds={
        "program": "지원사업",
        "solution": "해결책",
        "case": "사례",
        "expert": "전문가·기관",
        "faq": "자주 묻는 질문",
        "funding_rule": "자금 규정",
        "document": "문서",
    },
)

EN = Texts(
    language="en",
    title="Manufacturing AI Guide",
    subtitle="Your factory's worries, answered with sources",
    new_talk="New talk",
    switch="한국어",
    switch_label="Show the page in Korean",
    notice="An AI answers. Check the original notice before you apply.",
    notice_model="Your question is sent to an outside language model ({name}) for wording.",
    hello="What worries you most in your factory?",
    hello_more="Write as you would say it. With region, trade and head count I find what fits you.",
    examples_title="What owners often ask",
    examples=(
        ("Inspection", "We sort out defects by eye and miss some. Can a camera inspect them?"),
        ("Funding", "We machine metal in Ansan with 30 people. Which support can we get?"),
        ("Breakdowns", "Machines stop without warning and we miss deadlines. Can we know early?"),
        ("Know-how", "Our best foreman retires soon. How can we keep what he knows?"),
        ("First step", "We want to start a smart factory. What should we prepare first?"),
        ("Other plants", "Show me small factories like ours where AI paid off."),
    ),
    promises=("Notices and cases are shown as sources", "What is not known is said so"),
    placeholder="e.g. A moulding shop of 30 people, we want to automate inspection",
    question_label="Question",
    send="Send",
    sending="Answering",
    keys="Enter sends, Shift+Enter starts a new line",
    empty="Please write one sentence about your problem or the support you look for.",
    too_long="This is {count} characters. Please shorten it to {limit}; your text is still here.",
    busy="I am still answering. Please send the next question after that.",
    working="Preparing the answer",
    you="You",
    advisor="Guide",
    sources="Sources",
    source_count="{count} sources",
    no_sources="No sources to show yet",
    no_sources_more="Tap a number in an answer and the source of that statement opens here.",
    open_source="Open the original",
    back="Back to the answer",
    cite="Show source {label}",
    page="p. {page}",
    confidence="Confidence",
    confidences=("high", "medium", "low"),
    company="Our company",
    company_lead="This is how I understood you. Correct or remove what is wrong.",
    no_facts="Nothing yet. Region, trade and head count let me sort out the support that fits.",
    quote="In your words",
    origin={"말": "talk", "서류": "document", "계산": "derived", "입력": "typed in"},
    edit="Edit",
    save="Save",
    forget="Remove",
    more_facts="Tell me more",
    unknown="not known yet",
    list_hint="Separate with commas",
    good="Helpful",
    bad="Not helpful",
    thanks="Thank you",
    next_question="One question back",
    follow_ups="Ask next",
    statuses={
        "asked_back": "A little more, please",
        "no_evidence": "No evidence found",
        "out_of_scope": "Outside my field",
        "blocked": "I cannot help with this request",
        "failed": "The answer was not finished",
    },
    again="Send the question again",
    retry="Try again",
    preparing="Getting ready",
    preparing_more="The knowledge is being opened. This page changes by itself; you may type already.",
    not_kept="The earlier talk was deleted or has expired. This is a new one.",
    erased="This talk and all that was kept of it is deleted.",
    nothing_to_erase="There is no talk to delete. Simply start a new one.",
    erase="Delete this talk",
    erase_title="Delete a talk",
    erase_lead="Deletes the questions, answers, company facts, readiness with its evidence files, saved programs and shares of the talk you see, for good.",
    erase_sure="Press again to delete",
    lost="The connection is lost. Your text is still here; the page opens again by itself.",
    views={
        "talk": "Talk",
        "diagnosis": "Readiness",
        "support": "Support & plan",
        "documents": "Documents",
        "review": "Review",
        "helpdesk": "Help desk",
        "clients": "Clients",
        "admin": "Administration",
        "mine": "My talk",
        "about": "About",
    },
    views_label="Pages",
    skip="Skip to the content",
    about_title="An AI answers here",
    about_lead="How answers come about, and where the things you write are kept.",
    about_points=(
        (
            "Who answers",
            "An AI, no person. Amounts, dates and conditions come only from records with a source; a number in the answer shows you the place.",
        ),
        (
            "Can it be wrong",
            "Yes. Notices change and I may misunderstand. Check the original and the agency before you apply or sign.",
        ),
        (
            "What is kept",
            "Questions, answers and the company facts understood from them are kept on this server. Resident, card, account and mobile numbers are masked before that.",
        ),
        (
            "Who can see it",
            "Every talk has an address that cannot be guessed. Whoever knows it can read the talk, so delete it on a shared computer.",
        ),
    ),
    about_model="Outside language model",
    engine_embedded="built-in engine",
    engine_model="language model {name}",
    kinds={
        "program": "Support program",
        "solution": "Solution",
        "case": "Case",
        "expert": "Expert",
        "faq": "FAQ",
        "funding_rule": "Funding rule",
        "document": "Document",
    },
)


def texts(language: str | None) -> Texts:
    """Return the words of a language; anything but "en" is Korean."""
    return EN if language == "en" else KO
