"""Files that answers rest on: taken in, checked by their bytes, opened again, taken away."""

import tempfile
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from advisor.corpus.formats.kinds import Format, sniff
from advisor.corpus.uploads import keep_upload, shown_name
from advisor.domain.diagnoses import KeptFile
from advisor.errors import BadInputError
from advisor.intake.screen import mask
from advisor.messages import UserMessage

LARGEST_BYTES = 20 * 1024**2
MOST_FILES = 100
KINDS: dict[Format, str] = {
    Format.PDF: "PDF", Format.HWP: "한글(HWP)", Format.HWPX: "한글(HWPX)", Format.WORD: "워드",
    Format.EXCEL: "엑셀", Format.XLS: "엑셀", Format.POWERPOINT: "파워포인트", Format.CSV: "표(CSV)",
    Format.TEXT: "텍스트",
}  # fmt: skip
# By the first bytes; a phone's photo may be any of them.
PICTURES = (
    (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
)  # fmt: skip
TOO_LARGE = UserMessage(
    text="근거 파일이 20MB보다 큽니다.",
    next_step="필요한 쪽만 담거나 사진의 크기를 줄여 다시 올려 주세요.",
)
NOTHING_IN_IT = UserMessage(
    text="근거 파일에 내용이 없습니다.", next_step="파일을 열어 확인한 뒤 다시 올려 주세요."
)
NOT_TAKEN = UserMessage(
    text="근거로 받을 수 없는 형식의 파일입니다.",
    next_step="사진(JPG, PNG), PDF, 한글, 워드, 엑셀, 파워포인트, CSV, 텍스트 파일로 올려 주세요.",
)
TOO_MANY = UserMessage(
    text=f"한 상담에 붙일 수 있는 근거 파일 {MOST_FILES}개를 모두 쓰셨습니다.",
    next_step="필요 없는 파일을 빼고 다시 올려 주세요.",
)
UNKNOWN_ITEM = UserMessage(
    text="진단표에 없는 문항에 파일을 붙이려고 했습니다.",
    next_step="진단표의 문항 번호(예: DAT1)를 확인해 주세요.",
)


class EvidenceKept(Protocol):
    """Where files are kept; see `advisor.stores.evidence.EvidenceStore`."""

    def load(self, consultation_id: str) -> tuple[KeptFile, ...]: ...

    def add(
        self,
        consultation_id: str,
        *,
        item: str,
        name: str,
        kind: str,
        media_type: str,
        content: bytes,
    ) -> KeptFile: ...

    def content(self, consultation_id: str, file_id: str) -> bytes | None: ...

    def remove(self, consultation_id: str, file_id: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is: in words, and as a media type."""

    kind: str
    media_type: str


def take_in(
    store: EvidenceKept,
    consultation_id: str,
    item: str,
    parts: Iterable[bytes],
    given_name: str,
    *,
    items: Container[str],
) -> KeptFile:
    """Check a file and keep it for an item of a consultation that is there.

    Args:
        store: Where it is kept.
        consultation_id: An existing one.
        item: Item id.
        parts: The bytes as they come in.
        given_name: What the browser called it.
        items: Items of the instrument.

    Raises:
        BadInputError: Unknown item, too large, empty, of a kind that is not taken, or one too
            many. Nothing is kept then.
    """
    if item not in items:
        raise BadInputError(UNKNOWN_ITEM)
    if len(store.load(consultation_id)) >= MOST_FILES:
        raise BadInputError(TOO_MANY)
    with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
        path = keep_upload(_capped(parts), given_name, Path(folder))
        found = type_of(path)
        content = path.read_bytes()
    return store.add(
        consultation_id, item=item, name=mask(shown_name(given_name))[0], kind=found.kind,
        media_type=found.media_type, content=content,
    )  # fmt: skip


def type_of(path: Path) -> FileType:
    """Return what a file is by its bytes.

    Raises:
        BadInputError: It is empty, or of a kind that is not taken.
    """
    with path.open("rb") as file:
        head = file.read(32)
    for begins, media_type in PICTURES:
        if head.startswith(begins):
            return FileType("사진", media_type)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileType("사진", "image/webp")
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1"):
        return FileType("사진", "image/heic")
    found = sniff(path)
    if found is Format.EMPTY:
        raise BadInputError(NOTHING_IN_IT)
    if found not in KINDS:
        raise BadInputError(NOT_TAKEN, detail=f"format={found.name}")
    # Text is shown as text, whatever it says.
    return FileType(KINDS[found], "text/plain" if found is Format.TEXT else found.value)


def _capped(parts: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for piece in parts:
        size += len(piece)
        if size > LARGEST_BYTES:
            raise BadInputError(TOO_LARGE)
        yield piece
