"""Why a file was not read, or not wholly: the closed lists, and the Korean sentences for them."""

from enum import StrEnum

from advisor.corpus.formats.kinds import Format
from advisor.messages import UserMessage
from advisor.text import with_particle


class Refusal(StrEnum):
    """Why a file gives no text."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    OLD = "old"
    PICTURE = "picture"
    ARCHIVE = "archive"
    DRM = "drm"
    PASSWORD = "password"
    DISTRIBUTION = "distribution"
    BROKEN = "broken"
    SCANNED = "scanned"
    HOSTILE = "hostile"
    TOO_HARD = "too_hard"


class Remark(StrEnum):
    """What a reader must know of a text that was read in part."""

    CUT = "cut"
    PARTIAL = "partial"
    UNDECODED = "undecoded"
    RECOGNISED = "recognised"
    SUSPECT = "suspect"
    HURRIED = "hurried"
    UNCOMPUTED = "uncomputed"


class RefusedError(Exception):
    """A reader gives up a file for a known reason; `detail` is English, for the log."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(detail or refusal.value)
        self.refusal = refusal
        self.detail = detail


LABELS: dict[Format, str] = {
    Format.PDF: "PDF",
    Format.HWP: "한글(HWP) 문서",
    Format.HWPX: "한글(HWPX) 문서",
    Format.WORD: "Word(DOCX) 문서",
    Format.EXCEL: "Excel(XLSX) 파일",
    Format.XLS: "Excel(XLS) 파일",
    Format.POWERPOINT: "PowerPoint(PPTX) 파일",
    Format.HTML: "웹 페이지(HTML) 파일",
    Format.CSV: "표(CSV·TSV) 파일",
    Format.TEXT: "텍스트 파일",
}
_ANY = "파일"
_READABLE = (
    "PDF, 한글(HWP·HWPX), Word(DOCX), Excel(XLSX·XLS), PowerPoint(PPTX), CSV, HTML, Markdown, "
    "텍스트 가운데 하나로 저장해 올려 주세요."
)
# {name} is the kind of file, {ga} and {raseo} the same with its particle.
_SENTENCES: dict[Refusal, tuple[str, str]] = {
    Refusal.MISSING: (
        "파일을 찾을 수 없거나 읽을 권한이 없습니다.",
        "경로와 파일 권한을 확인한 뒤 다시 실행해 주세요.",
    ),
    Refusal.TOO_LARGE: (
        "파일이 50MB를 넘어 읽지 않았습니다.",
        "필요한 부분만 따로 저장하거나 나누어 올려 주세요.",
    ),
    Refusal.EMPTY: ("내용이 비어 있는 파일입니다.", "내용이 있는 파일인지 열어 확인해 주세요."),
    Refusal.UNKNOWN: ("문서가 아니거나 알 수 없는 형식의 파일입니다.", _READABLE),
    Refusal.OLD: ("예전 형식의 문서라서 읽지 못했습니다.", _READABLE),
    Refusal.PICTURE: (
        "그림 파일이라서 읽지 못했습니다.",
        "글자가 있는 원본 문서를 올려 주세요.",
    ),
    Refusal.ARCHIVE: (
        "압축 파일이라서 읽지 못했습니다.",
        "압축을 풀어 안의 문서를 올려 주세요.",
    ),
    Refusal.DRM: (
        "문서보안(DRM)이 걸린 {raseo} 읽지 못했습니다.",
        "보안을 해제한 사본을 올려 주세요.",
    ),
    Refusal.PASSWORD: (
        "암호가 걸린 {raseo} 읽지 못했습니다.",
        "암호를 푼 사본으로 다시 저장해 올려 주세요.",
    ),
    Refusal.DISTRIBUTION: (
        "배포용으로 저장된 {name}인데 본문을 풀지 못했습니다.",
        "한글에서 배포용 설정을 푼 사본이나 PDF로 올려 주세요.",
    ),
    Refusal.BROKEN: (
        "{ga} 손상되어 읽지 못했습니다.",
        "원래 프로그램에서 다시 저장하거나 다시 내려받아 올려 주세요.",
    ),
    Refusal.SCANNED: (
        "글자 없이 그림(스캔)으로만 된 {raseo} 읽지 못했습니다.",
        "글자 인식(OCR)을 거친 파일이나 원본 문서를 올려 주세요.",
    ),
    Refusal.HOSTILE: (
        "안전하지 않은 방법으로 만들어진 {raseo} 열지 않았습니다.",
        "원래 프로그램에서 새로 저장한 파일을 올려 주세요.",
    ),
    Refusal.TOO_HARD: (
        "{ga} 너무 크거나 복잡해 정해진 시간과 메모리 안에 읽지 못했습니다.",
        "필요한 부분만 따로 저장하거나 나누어 올려 주세요.",
    ),
}
REMARKS: dict[Remark, str] = {
    Remark.CUT: "내용이 너무 많아 뒷부분은 싣지 못했습니다. 나누어 올리면 모두 읽습니다.",
    Remark.PARTIAL: "손상된 부분이 있어 일부만 읽었습니다. 원본과 견주어 확인해 주세요.",
    Remark.UNDECODED: "글자 코드가 섞여 있어 읽지 못한 글자가 있습니다. UTF-8로 다시 저장해 주세요.",
    Remark.RECOGNISED: "그림으로 된 쪽은 글자 인식(OCR)으로 읽어 틀린 글자가 있을 수 있습니다.",
    Remark.SUSPECT: "글꼴 정보가 빠져 알아볼 수 없는 글자가 있습니다. 원본과 견주어 확인해 주세요.",
    Remark.HURRIED: "쪽이 많아 뒷부분의 표는 칸을 나누지 않고 글로 읽었습니다. 나누어 올리면 표도 읽습니다.",
    Remark.UNCOMPUTED: "계산값이 저장되지 않은 수식은 값을 알 수 없어 비워 두지 않고 표시했습니다.",
}


def refusal_message(refusal: Refusal, kind: Format | None = None) -> UserMessage:
    """Return the sentence for a refusal, naming the kind of file where it is known.

    >>> refusal_message(Refusal.PASSWORD, Format.PDF).text
    '암호가 걸린 PDF라서 읽지 못했습니다.'
    >>> refusal_message(Refusal.BROKEN, Format.HWP).text
    '한글(HWP) 문서가 손상되어 읽지 못했습니다.'
    """
    name = LABELS.get(kind, _ANY) if kind else _ANY
    text, next_step = _SENTENCES[refusal]
    filled = text.format(
        name=name, ga=with_particle(name, "이", "가"), raseo=with_particle(name, "이라서", "라서")
    )
    return UserMessage(text=filled, next_step=next_step)
