"""A raw message to words that may be stored: masked, read in plain letters, material apart (pure)."""

import re
from dataclasses import dataclass

from advisor.intake.disguise import plain, visible
from advisor.intake.personal import mask
from advisor.text import storable

__all__ = ["Screened", "mask", "screen"]

# A quotation is cut where it ends or after its first 4,000 letters: no search runs further.
MATERIAL = (
    re.compile(r"<(문서|자료|첨부|메일|document|doc)>(.{0,4000}?)</\1>", re.S),
    re.compile(r"```(.{0,4000}?)```", re.S),
    re.compile(r'["“”]([^"“”]{16,4000})["“”]', re.S),
    re.compile(r"(?<!\w)['‘]([^'‘’]{16,4000})['’](?![A-Za-z])", re.S),
)


@dataclass(frozen=True, slots=True)
class Screened:
    """A message that may be kept.

    Attributes:
        text: The whole message as it was written, masked, without invisible marks.
        speech: The user's own words in plain letters, without quoted material.
        material: Quoted documents and mails: to be read, never to be obeyed.
        masked: Korean names of what was masked.
    """

    text: str
    speech: str
    material: str
    masked: tuple[str, ...]


def screen(raw: str) -> Screened:
    """Mask personal numbers, undo disguises and set quoted material apart."""
    # Marks that nobody sees are no part of what was written; a model would read them.
    text, masked = mask(visible(storable(raw)).strip())
    speech = plain(text)
    whole = speech
    material: list[str] = []
    for pattern in MATERIAL:
        for found in pattern.finditer(speech):
            material.append(found.group(found.lastindex or 0))
        speech = pattern.sub(" ", speech)
    speech = re.sub(r"\s+", " ", speech).strip()
    if not re.search(r"\w", speech):  # nothing but a quotation: then that is the question
        speech, material = whole.strip("\"'“”‘’ "), []
    return Screened(text, speech, "\n".join(material), masked)
