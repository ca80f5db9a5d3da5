"""What a company needs: its worry, trade, place, size and data, read once (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.domain.profile import Profile
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.company import Trade, number_of, text_of, trade_of, words_of
from advisor.text import squeeze

# Words of records and of owners for each pain code of the profile, without blanks.
PAIN_WORDS: Mapping[str, tuple[str, ...]] = {
    "quality_defect": ("불량", "품질", "결함", "클레임", "양불", "이물", "부적합"),
    "inspection_labor": ("검사", "육안", "눈으로", "외관", "판독", "검수", "선별"),
    "downtime": ("고장", "정지", "멈", "갑자기서", "예지보전", "이상감지", "설비진단", "건전성"),
    "setup": ("조건", "품종교체", "셋업", "레시피", "금형교체", "배합", "시행착오"),
    "delivery": ("납기", "생산계획", "일정", "스케줄", "리드타임"),
    "inventory": ("재고", "자재", "수요예측", "입출고", "창고"),
    "labor_shortage": ("인력부족", "인력난", "사람이없", "사람부족", "사람구하기", "반복", "로봇", "자동화"),
    "skill_loss": ("숙련", "기술전수", "노하우", "감으로", "감각", "경험에의존", "작업표준"),
    "paperwork": ("서류", "수기", "종이", "문서", "견적", "일보", "보고서"),
    "traceability": ("이력", "추적", "로트"),
    "energy": ("에너지", "전기", "전력", "가스", "피크", "탄소"),
    "safety": ("안전", "끼임", "화재", "유해", "산재", "위험"),
    "cost": ("원가", "낭비", "비용절감", "손실"),
}  # fmt: skip
DATA_WORDS: Mapping[str, tuple[str, ...]] = {
    "불량 사진": ("이미지", "사진", "영상(라벨", "카메라"),
    "공정 조건": ("공정값", "공정데이터", "온도", "압력", "전류", "시계열", "샷별", "파라미터", "ph", "레시피", "배합",
              "설비·품질", "센서기록", "공정센서"),
    "설비 가동": ("설비신호", "진동", "plc", "cnc신호", "센서시계열", "사이클", "설비통신", "설비·공정", "스핀들", "운영데이터",
              "설비속성"),
    "검사 수치": ("판정", "검사결과", "검사기록", "실측", "측정", "색차", "경도"),
    "고장·수리 이력": ("정비이력", "고장이력", "수리이력"),
    "에너지": ("전력", "가스·", "에너지"),
    "영상(CCTV)": ("cctv", "작업영상"),
    "작업표준 문서": ("매뉴얼", "작업표준", "문서", "원문"),
    "주문·출하": ("수주", "판매", "주문", "출고", "거래처"),
    "생산 실적": ("실적", "작업지시", "생산량", "bom"),
}  # fmt: skip
SIZE_OF = {
    "소상공인": 5,
    "소기업": 20,
    "중기업": 100,
    "중소기업": 50,
    "중견기업": 500,
    "중견": 500,
    "대기업": 2000,
}
_PARTS = re.compile(r"[가-힣A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Need:
    """What a company looks for; empty parts are not known.

    Attributes:
        pains: Pain codes, worst first; `pains_said` is whether the profile names them.
        worry: The owner's own words, as given.
        words: Two-letter pieces of the worry, to compare with a record's words.
        data: Values of data_types_available; None where nothing was said of data.
        employees: Head count, or a typical one of the size class.
    """

    pains: tuple[str, ...]
    pains_said: bool
    worry: str
    words: frozenset[str]
    trade: Trade
    sido: str | None
    employees: int | None
    data: frozenset[str] | None


def need_of(profile: Profile, vocabulary: Vocabulary, worry: str = "") -> Need:
    """Read the need from the profile and from what the owner just said.

    Args:
        profile: Facts stated so far.
        vocabulary: Trades, to read products and processes.
        worry: The worry in the owner's words, besides `pain_notes`.
    """
    said = " ".join(one for one in (worry, text_of(profile, "pain_notes") or "") if one)
    codes = words_of(profile, "pain_codes")
    inspected = " ".join(words_of(profile, "inspection_method"))
    heard = pains_in(said)
    if not codes and not heard and "육안" in inspected:
        heard = ("inspection_labor",)
    employees = number_of(profile, "employees_regular")
    if employees is None:
        employees = SIZE_OF.get(text_of(profile, "size_class") or "")
    place = text_of(profile, "factory_sido")
    data = words_of(profile, "data_types_available")
    return Need(
        pains=tuple(dict.fromkeys((*codes, *heard))),
        pains_said=bool(codes or heard),
        worry=said,
        words=pieces(said),
        trade=trade_of(profile, vocabulary),
        sido=place if place not in (None, "없음", "해외") else text_of(profile, "hq_sido"),
        employees=employees,
        data=frozenset(data) - {"없음"} if data else None,
    )


def pains_in(text: str) -> tuple[str, ...]:
    """Return the pain codes whose words stand in a text, most words first, then as they come.

    >>> pains_in("눈으로 검사하느라 사람이 힘들고 불량이 새 나갑니다")
    ('inspection_labor', 'quality_defect')
    """
    plain = squeeze(text)
    ranked = []
    for code, words in PAIN_WORDS.items():
        places = [plain.find(word) for word in words if word in plain]
        if places:
            ranked.append((-len(places), min(places), code))
    return tuple(code for _, _, code in sorted(ranked))


def data_in(text: str) -> frozenset[str]:
    """Return the kinds of data (values of data_types_available) that a text asks for.

    >>> sorted(data_in("진동·온도·전류 시계열과 정비 이력"))
    ['고장·수리 이력', '공정 조건', '설비 가동']
    """
    plain = squeeze(text)
    return frozenset(
        kind for kind, words in DATA_WORDS.items() if any(word in plain for word in words)
    )


def pieces(text: str) -> frozenset[str]:
    """Return the two-letter pieces of the words of a text: Korean endings differ, stems do not."""
    return frozenset(
        word[at : at + 2].lower() for word in _PARTS.findall(text) for at in range(len(word) - 1)
    )


def likeness(asked: frozenset[str], text: str) -> float:
    """Return which share (0 to 1) of the pieces asked for stands in a text."""
    return len(asked & pieces(text)) / len(asked) if asked else 0.0
