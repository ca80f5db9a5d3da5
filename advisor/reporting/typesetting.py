"""Pages and pictures from Typst, offline and with our own fonts; the one door to typst."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
TEMPLATE = FOLDER / "report.typ"
TEXT_MM = 170.0  # width of the text in report.typ
PIXELS_PER_INCH = 220
PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


def svg_to_png(svg: str) -> bytes:
    """Return an SVG picture as PNG, sharp enough to be printed at half its size."""
    import typst  # a shared library of 30 MB, only where something is drawn

    compiler = typst.Compiler(
        root=str(FONTS), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"svg": svg}
    )
    made = compiler.compile(PICTURE, format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(made, bytes)
    return made


def to_pdf(data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Fill `report.typ` and return the PDF, tagged for screen readers.

    Args:
        data: JSON values. They reach the template as values, never as markup, so that nothing a
            user typed can run.
        made_at: Written into the file as its day.
    """
    import typst

    compiler = typst.Compiler(
        root=str(FONTS), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    template, day = TEMPLATE.read_bytes(), made_at.astimezone(UTC)
    try:
        made = compiler.compile(template, format="pdf", pdf_standards="ua-1", timestamp=day)
    except typst.TypstError as error:
        # PDF/UA refuses a letter that no font has (an emoji in a note); a tagged PDF shows a frame.
        logger.info("no PDF/UA detail=%s", error.message)
        made = compiler.compile(template, format="pdf", timestamp=day)
    assert isinstance(made, bytes)
    return made
