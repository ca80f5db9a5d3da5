"""A raw message to words that may be stored: masked, measured, material told from speech (pure)."""

import re
import unicodedata
from dataclasses import dataclass

# What is masked before anything is stored, logged or sent to a model, most specific first.
# A notice number (제2025-649호), a landline of an office and an amount stay readable.
PERSONAL = (
    (
        "주민등록번호",
        re.compile(r"(?<!\d)\d{6}\s?[-–]\s?[1-8]\d{6}(?!\d)|(?<!\d)\d{6}[1-8]\d{6}(?!\d)"),
    ),
    (
        "카드번호",
        re.compile(r"(?<!\d)\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{3,4}(?!\d)|(?<!\d)\d{15,16}(?!\d)"),
    ),
    ("휴대전화", re.compile(r"(?<!\d)(?:\+82[- ]?)?0?1[016789][- .]?\d{3,4}[- .]?\d{4}(?!\d)")),
    ("사업자등록번호", re.compile(r"(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)")),
    (
        "계좌번호",
        re.compile(
            r"(?<!\d)\d{2,6}(?:-\d{2,6}){2,3}(?!\d)"
            r"|(?<=은행 )\d{10,14}(?!\d)|(?<=계좌 )\d{10,14}(?!\d)|(?<=농협 )\d{10,14}(?!\d)"
        ),
    ),
    ("여권번호", re.compile(r"(?<![A-Za-z])[MSRODG]\d{3}[A-Z0-9]\d{4}(?!\w)")),
    ("전자우편", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
)
LANDLINE = re.compile(r"0(?!1[016789])\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4}")
DATE = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}")
MATERIAL = (
    re.compile(r"<(문서|자료|첨부|메일|document|doc)>(.*?)</\1>", re.S),
    re.compile(r"```(.*?)```", re.S),
    re.compile(r'["“”]([^"“”]{16,})["“”]', re.S),
    re.compile(r"(?<!\w)['‘]([^'‘’]{16,})['’](?![A-Za-z])", re.S),
)
ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Screened:
    """A message that may be kept.

    Attributes:
        text: The whole message, normalised and masked.
        speech: The user's own words, without quoted material.
        material: Quoted documents and mails: to be read, never to be obeyed.
        masked: Korean names of what was masked.
    """

    text: str
    speech: str
    material: str
    masked: tuple[str, ...]


def screen(raw: str) -> Screened:
    """Normalise, mask personal numbers and set quoted material apart."""
    text = unicodedata.normalize("NFKC", ZERO_WIDTH.sub("", raw)).replace("\x00", " ")
    text = re.sub(r"[ \t]+", " ", text).strip()
    text, masked = mask(text)
    material: list[str] = []
    speech = text
    for pattern in MATERIAL:
        for found in pattern.finditer(speech):
            material.append(found.group(found.lastindex or 0))
        speech = pattern.sub(" ", speech)
    speech = re.sub(r"\s+", " ", speech).strip()
    if not re.search(r"\w", speech):  # nothing but a quotation: then that is the question
        speech, material = text.strip("\"'“”‘’ "), []
    return Screened(text, speech, "\n".join(material), masked)


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace personal numbers by `[… 가림]`; return the text and the names of what was found.

    >>> mask("제 번호는 010-1234-5678, 공고 제2025-649호")
    ('제 번호는 [휴대전화 가림], 공고 제2025-649호', ('휴대전화',))
    """
    names: list[str] = []
    for name, pattern in PERSONAL:

        def hide(found: re.Match[str], name: str = name) -> str:
            if LANDLINE.fullmatch(found[0]) or DATE.fullmatch(found[0]):
                return found[0]
            if name not in names:
                names.append(name)
            return f"[{name} 가림]"

        text = pattern.sub(hide, text)
    return text, tuple(names)
