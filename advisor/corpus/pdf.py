"""One PDF to pages of text, page numbers kept; read in a child process with limits.

`python -m advisor.corpus.pdf FILE` is that child: it writes JSON to its standard output.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.corpus.formats import visible
from advisor.errors import BadInputError
from advisor.messages import UserMessage

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 2_000
_TIMEOUT_S = 120
_MEMORY_BYTES = 2 * 1024**3
# A page with fewer letters is a picture of a page, or empty.
_LETTERS_OF_A_PAGE = 20
# Hangul in runs this long means that the spaces are lost: "주관또는공동연구개발기관으로".
_LOST_SPACES = re.compile(r"[가-힣]{10,}")
_LOST_SHARE = 0.2
_PAGE_NUMBER = re.compile(r"^\s*[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?\s*$")
_NEW_ITEM = re.compile(
    r"^\s*(?:[-–—*•·○●◦ㅇ□■◇◆▣▷▶※◎☞(<\[「|]|\d{1,2}\s?[.)]|[가-하]\s?[.)]|제\s?\d+\s?조)"
)
_SENTENCE_END = re.compile(r"[.!?:]\s*$")
_NUMBER_OF_NOTICE = re.compile(r"(?:공고|고시|훈령)\s?제?\s?[\d\s–-]+호")
_NAME_OF_NOTICE = re.compile(
    r"(?:공고|공모|안내|계획|지침|요령|모집|매뉴얼|규정)(?:문|서)?\s?(?:\([^()]*\))?$"
)
_LONGEST_TITLE = 90
_NO_TITLE = re.compile(
    r"untitled|microsoft|powerpoint|\.(?:hwpx?|docx?|pptx?|xlsx?|pdf)$|^[\W\d_]+$", re.I
)

PASSWORD = UserMessage(
    text="암호가 걸린 PDF라서 읽지 못했습니다.",
    next_step="암호를 푼 PDF로 다시 저장해 올려 주세요.",
)
BROKEN = UserMessage(
    text="PDF가 손상되어 읽지 못했습니다.",
    next_step="원래 프로그램에서 PDF로 다시 저장하거나 다시 내려받아 올려 주세요.",
)
SCANNED = UserMessage(
    text="글자 없이 그림(스캔)으로만 된 PDF라서 읽지 못했습니다.",
    next_step="글자 인식(OCR)을 거친 PDF나 원본 문서를 올려 주세요.",
)
TOO_HARD = UserMessage(
    text="PDF가 너무 크거나 복잡해 정해진 시간과 메모리 안에 읽지 못했습니다.",
    next_step="필요한 쪽만 따로 저장하거나 나누어 올려 주세요.",
)
_MESSAGES = {"password": PASSWORD, "broken": BROKEN, "scanned": SCANNED, "too_hard": TOO_HARD}


@dataclass(frozen=True, slots=True)
class PdfText:
    """Text of a PDF: `pages` by page number from 1; `unread` are pages without letters."""

    title: str | None
    pages: tuple[str, ...]
    unread: tuple[int, ...]


def read_pdf(path: Path, *, timeout_s: float = _TIMEOUT_S) -> PdfText:
    """Read a PDF in a child process, so that no file can hang or crash the caller.

    Raises:
        BadInputError: It asks for a password, is damaged, has no text, or takes too much time or
            memory; each has its own Korean message.
    """
    command = [sys.executable, "-m", "advisor.corpus.pdf", str(path)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            cwd=Path(__file__).resolve().parents[2],
        )
    except subprocess.TimeoutExpired as error:
        raise BadInputError(TOO_HARD, detail=f"no text after {timeout_s} s") from error
    try:
        read: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        # Killed by its own limits, or by the machine for want of memory.
        raise BadInputError(TOO_HARD, detail=f"reader ended with {done.returncode}") from error
    if "problem" in read:
        raise BadInputError(_MESSAGES[read["problem"]], detail=str(read.get("detail", "")))
    return PdfText(read["title"], tuple(read["pages"]), tuple(read["unread"]))


def main(arguments: Sequence[str]) -> None:
    """Be the child: read one file within limits and write what was found as JSON."""
    _limit_memory()
    try:
        outcome = _read(Path(arguments[0]))
    except (MemoryError, RecursionError) as error:
        outcome = {"problem": "too_hard", "detail": type(error).__name__}
    except Exception as error:  # noqa: BLE001  a damaged file raises whatever it likes
        outcome = {"problem": "broken", "detail": f"{type(error).__name__}: {error}"}
    # A surrogate from a broken font table has no UTF-8 form.
    text = json.dumps(outcome, ensure_ascii=False).encode("utf-8", errors="replace")
    sys.stdout.buffer.write(text)


def _limit_memory() -> None:
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _read(path: Path) -> dict[str, Any]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    # pypdf warns of every repaired flaw; the outcome says what matters.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(path)
    # An owner's password only forbids printing or copying; the user's password is empty then.
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": "password"}
    if len(reader.pages) > MOST_PAGES:
        return {"problem": "too_hard", "detail": f"pages={len(reader.pages)}"}
    try:
        raw = [_page_text(page) for page in reader.pages]
    except LimitReachedError as error:
        return {"problem": "too_hard", "detail": str(error)}
    layout = _Layout.of(raw)
    pages = [clean_page(text, layout) for text in raw]
    unread = [
        number
        for number, text in enumerate(pages, start=1)
        if sum(map(str.isalpha, text)) < _LETTERS_OF_A_PAGE
    ]
    letters = sum(sum(map(str.isalpha, text)) for text in pages)
    # A scan may carry a stray stamp of letters; a short note without a picture is no scan.
    if letters == 0 or (letters < _LETTERS_OF_A_PAGE and any(map(_has_image, reader.pages))):
        return {"problem": "scanned"}
    return {"title": _title(reader, pages), "pages": pages, "unread": unread}


def _has_image(page: Any) -> bool:
    resources = page.get("/Resources", {}).get_object()
    objects = resources.get("/XObject", {}).get_object() if "/XObject" in resources else {}
    return any(one.get_object().get("/Subtype") == "/Image" for one in objects.values())


def _page_text(page: Any) -> str:
    text: str = page.extract_text()
    hangul = len(re.findall(r"[가-힣]", text))
    lost = sum(map(len, _LOST_SPACES.findall(text)))
    if hangul and lost / hangul > _LOST_SHARE:
        # Condensed lines of Hancom's PDFs lose their spaces in the plain mode; the layout mode
        # measures the gaps, at the price of runs of blanks.
        laid_out: str = page.extract_text(extraction_mode="layout")
        still_lost = sum(map(len, _LOST_SPACES.findall(laid_out)))
        if still_lost < lost:
            return re.sub(r"(?<=\S) {2,}", " ", laid_out)
    return text


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of a document are broken.

    Attributes:
        full: Letters from which on a line counts as full.
        keeps_blanks: Whether a line broken between two words keeps its blank, as Hancom's do.
    """

    full: float
    keeps_blanks: bool

    @classmethod
    def of(cls, pages: Sequence[str]) -> "_Layout":
        lines = [line for page in pages for line in page.split("\n") if len(line.strip()) > 20]
        if not lines:
            return cls(full=20, keeps_blanks=False)
        # Running text is about as wide as the widest lines; a twentieth may be outliers.
        widths = sorted(len(line.strip()) for line in lines)
        blanks = sum(line.endswith(" ") for line in lines)
        return cls(
            full=0.75 * widths[int(len(widths) * 0.95)], keeps_blanks=blanks > 0.15 * len(lines)
        )


def clean_page(text: str, layout: _Layout) -> str:
    r"""Return the text of a page in NFKC, its page number gone, broken lines joined again.

    A line is joined to the one before where that one is full and no sentence ends and no item
    begins there. Between the two stands a blank, unless the maker keeps blanks at line ends and
    there is none: then the line was broken within a word.

    >>> page = "- 3 -\n소관 연구개발사업 처\n리규정에 따라 다음과 \n같이"
    >>> clean_page(page, _Layout(full=10, keeps_blanks=True))
    '소관 연구개발사업 처리규정에 따라 다음과 같이'
    """
    lines = [line for line in visible(text).split("\n") if line.strip()]
    while lines and _PAGE_NUMBER.match(lines[0]):
        lines = lines[1:]
    while lines and _PAGE_NUMBER.match(lines[-1]):
        lines = lines[:-1]
    joined = ""
    before = ""
    for line in lines:
        words = re.sub(r"[ \t\u00a0]+", " ", line.strip())
        goes_on = (
            len(before.strip()) >= layout.full
            and not _SENTENCE_END.search(before)
            and not _NEW_ITEM.match(line)
        )
        if not joined:
            joined = words
        elif goes_on:
            within_word = layout.keeps_blanks and not before.endswith(" ")
            joined += words if within_word else f" {words}"
        else:
            joined += f"\n{words}"
        before = line
    return joined


def _title(reader: "PdfReader", pages: Sequence[str]) -> str | None:
    """Return the title of the metadata where it is one, else the line that names the document."""
    metadata = reader.metadata
    stated = unicodedata.normalize("NFKC", str(metadata.title or "")).strip() if metadata else ""
    # Titles in a wrong code page come out as Latin letters with accents: "2025D 3( tõ—|".
    readable = sum(char.isascii() or "가" <= char <= "힣" for char in stated)
    if len(stated) >= 4 and readable >= 0.9 * len(stated) and not _NO_TITLE.search(stated):
        return stated
    lines = [line for page in pages[:2] for line in page.split("\n")[:12] if len(line) >= 6]
    # "○○부 공고 제2025-3호" is the number of a notice; its name follows, on one line or two.
    named = [line for line in lines if not _NUMBER_OF_NOTICE.search(line)]
    for before, line in zip(["", *named], named, strict=False):
        if _NAME_OF_NOTICE.search(line) and len(line) <= _LONGEST_TITLE:
            both = f"{before} {line}".strip()
            is_second_half = len(line) < 25 and not re.match(r"\W*(?:19|20)\d\d", line)
            return both if is_second_half and len(both) <= _LONGEST_TITLE else line
    first = next(iter(named or lines), None)
    return first[:_LONGEST_TITLE] if first else None


if __name__ == "__main__":
    main(sys.argv[1:])
