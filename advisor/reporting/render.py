"""An outline to the bytes of one format, and to a file that is whole or not there."""

import os
import tempfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.reporting.blocks import Outline
from advisor.reporting.docx import write_docx
from advisor.reporting.hwpx import write_hwpx
from advisor.reporting.markdown import write_markdown
from advisor.reporting.pdf import write_pdf
from advisor.reporting.xlsx import write_xlsx


class ReportFormat(StrEnum):
    """What a report can be handed over as; the value is also the file's ending."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    HWPX = "hwpx"
    MD = "md"


MEDIA_TYPES: Mapping[ReportFormat, str] = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.HWPX: "application/hwp+zip",
    ReportFormat.MD: "text/markdown; charset=utf-8",
}
_WRITERS: Mapping[ReportFormat, Callable[[Outline], bytes]] = {
    ReportFormat.DOCX: write_docx,
    ReportFormat.PDF: write_pdf,
    ReportFormat.XLSX: write_xlsx,
    ReportFormat.HWPX: write_hwpx,
    ReportFormat.MD: write_markdown,
}


def render_report(outline: Outline, report_format: ReportFormat) -> bytes:
    """Return the report in a format; the content is the same in all of them."""
    return _WRITERS[report_format](outline)


def save_report(content: bytes, out: Path) -> None:
    """Write a file in one step: a failure leaves what stood there before.

    Raises:
        BadInputError: The folder is missing, full or may not be written.
    """
    part: str | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=out.parent, prefix=f".{out.name}.", suffix=".part", delete=False
        ) as file:
            part = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is for its owner alone; a report has the rights of any new file.
        Path(part).chmod(0o666 & ~_umask())
        Path(part).replace(out)
    except OSError as error:
        if part is not None:
            Path(part).unlink(missing_ok=True)
        raise BadInputError(
            UserMessage(
                text=f"보고서 파일 {out.name}을(를) 쓰지 못했습니다.",
                next_step="폴더가 있는지, 쓰기 권한과 남은 공간이 있는지 확인해 주세요.",
            ),
            detail=str(error),
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
