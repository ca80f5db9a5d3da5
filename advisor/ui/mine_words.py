"""Labels of the owner's own view, Korean and English."""

from collections.abc import Mapping

from advisor.ui.strings import Texts

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("내 상담", "My talk"),
    "lead": (
        "로그인하지 않아도 이 주소만 있으면 이어서 할 수 있습니다. 준비할 서류를 챙기고, 상담사와 나누고, 내려받거나 지울 수 있습니다.",
        "This address is all you need, no account. Get papers ready, share with a consultant, take everything along, or delete it.",
    ),
    "none": (
        "아직 상담이 없습니다. 첫 질문을 보내시면 이어서 볼 수 있는 주소가 여기에 생깁니다.",
        "No talk yet. With your first question you get an address here to come back to.",
    ),
    "failed": (
        "지금은 이 화면을 보여 드리지 못했습니다. 상담은 그대로 있습니다. 잠시 뒤 다시 시도해 주세요.",
        "This page cannot be shown just now. Your talk is still there; please try again in a moment.",
    ),
    "again": ("다시 시도", "Try again"),
    "begin": ("상담 시작하기", "Begin a talk"),
    "link": ("이어서 볼 주소", "The address to come back to"),
    "link_more": (
        "이 주소를 아는 사람은 누구나 상담을 볼 수 있습니다. 나에게 보내는 메시지나 즐겨찾기에 두세요.",
        "Whoever has this address can read the talk. Keep it in a note to yourself or a bookmark.",
    ),
    "copy": ("주소 복사", "Copy the address"),
    "copied": ("복사했습니다.", "Copied."),
    "copy_by_hand": (
        "복사하지 못했습니다. 주소를 길게 눌러 복사해 주세요.",
        "Could not copy. Select the address and copy it by hand.",
    ),
    "keep": ("이 기기에 기억하기", "Remember it on this device"),
    "kept": ("이 기기에 기억함", "Remembered on this device"),
    "keep_more": (
        "다음에 이 사이트를 열면 이어서 볼 상담으로 보여 드립니다. 여럿이 쓰는 기기에서는 누르지 마세요.",
        "Shown as a talk to go on with when you come back. Do not use it on a shared device.",
    ),
    "kept_title": ("이어서 볼 수 있는 상담", "Talks to go on with"),
    "kept_until": (
        "마지막으로 쓴 날부터 {days}일 동안 보관합니다. 더 쓰지 않으시면 {day}에 지워집니다.",
        "Kept for {days} days after its last use. Unless you use it again it is deleted on {day}.",
    ),
    "papers": ("준비할 서류", "Papers to get ready"),
    "papers_saved": (
        "저장하신 지원사업 {count}개의 공고가 말하는 서류입니다.",
        "What the notices of your {count} saved programs ask for.",
    ),
    "papers_fit": (
        "저장하신 사업이 없어, 지금 가장 맞는 지원사업의 서류를 적었습니다.",
        "Nothing saved yet: these are the papers of the programs that fit best now.",
    ),
    "papers_none": (
        "지원금·계획 화면에서 지원사업을 저장하시면, 준비할 서류를 여기에 모아 드립니다.",
        "Save programs under Support & plan and their papers are gathered here.",
    ),
    "to_support": ("지원사업 보기", "See the programs"),
    "by": ("{day}까지", "by {day}"),
    "usual": ("흔히 내는 서류", "usually asked for"),
    "export": ("내려받기", "Take it along"),
    "export_more": (
        "질문과 답, 회사 정보, 진단, 저장한 사업, 나눈 기록을 모두 담습니다.",
        "Questions, answers, company facts, readiness, saved programs and shares, all of it.",
    ),
    "html": ("읽기 좋은 파일 (HTML)", "To read (HTML)"),
    "json": ("프로그램용 파일 (JSON)", "For programs (JSON)"),
    "zip": ("근거 파일까지 모두 (ZIP)", "With the evidence files (ZIP)"),
    "erase": ("내 정보 지우기", "Delete my data"),
    "erase_more": (
        "질문과 답, 회사 정보, 진단과 근거 파일, 저장한 사업, 나누기를 모두 지웁니다. 상담사가 따로 적은 메모는 상담사에게 남습니다. 되돌릴 수 없습니다.",
        "Deletes questions, answers, facts, readiness with its evidence files, saved programs and shares, for good. Notes that a consultant wrote stay with the consultant.",
    ),
    "erase_button": ("모두 지우기", "Delete everything"),
    "loading": ("내 상담을 가져오고 있습니다.", "Loading."),
    "staff": ("상담사·담당자 로그인", "Sign-in for consultants and staff"),
}


def say(key: str, words: Texts, **values: object) -> str:
    """Return a label in the page's language."""
    return _WORDS[key][words.language == "en"].format(**values)
