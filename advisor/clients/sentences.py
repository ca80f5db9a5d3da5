"""What is said where something about a client cannot be done."""

from advisor.messages import UserMessage

NEEDS_NAME = UserMessage(
    text="기업 이름이 비어 있습니다.", next_step="목록에서 알아볼 이름을 적어 주세요."
)
NEEDS_REASON = UserMessage(
    text="기업이 말한 값과 다르게 적으셨습니다.",
    next_step="왜 다르게 보셨는지 '고친 까닭'에 한 줄 적어 주세요.",
)
NOT_SEEN = UserMessage(
    text="기업이 나누기를 그만두었거나 상담을 지워, 상담 내용을 볼 수 없습니다.",
    next_step="계속 도우시려면 기업에 새 나누기 코드를 부탁해 주세요. 적어 두신 메모는 남아 있습니다.",
)
ALREADY_THERE = UserMessage(
    text="이 코드로 들어온 상담은 이미 목록에 있습니다.",
    next_step="목록에서 그 기업을 열어 주세요.",
)
NO_CODE_FOR_OWN = UserMessage(
    text="직접 만든 기업에는 나누기 코드를 붙이지 않습니다.",
    next_step="코드를 받으셨다면 '코드로 기업 더하기'로 새로 넣어 주세요.",
)
NO_COLLEAGUE = UserMessage(
    text="넘겨받을 상담사를 찾지 못했습니다.",
    next_step="같은 기관의 다른 상담사를 고른 뒤 다시 눌러 주세요.",
)
NOT_DIAGNOSED = UserMessage(
    text="아직 진단의 답이 없어 보고서를 만들 수 없습니다.",
    next_step="진단 문항에 하나 이상 답을 적거나, 기업이 진단을 마친 뒤 다시 눌러 주세요.",
)
NO_SUCH_ITEM = UserMessage(
    text="진단표에 없는 문항입니다.", next_step="화면을 새로 열어 문항을 다시 골라 주세요."
)
NO_SUCH_DIAGNOSIS = UserMessage(
    text="비교할 진단을 찾지 못했습니다.", next_step="화면을 새로 열어 진단을 다시 골라 주세요."
)
NO_SUCH_SOLUTION = UserMessage(
    text="계획할 솔루션을 자료에서 찾지 못했습니다.", next_step="목록에서 다시 골라 주세요."
)
EMPTY_NOTE = UserMessage(text="메모가 비어 있습니다.", next_step="내용을 적은 뒤 저장해 주세요.")
ONLY_OWN_FILES = UserMessage(
    text="기업이 나누어 준 상담에는 상담사가 파일을 붙일 수 없습니다.",
    next_step="기업에 '진단' 화면에서 파일을 올려 달라고 부탁해 주세요.",
)
