"""Words without what owners write freely: spaces, marks, capitals (pure)."""

import re
import unicodedata

_MARKS = re.compile(r"[\s.,!?~…·'\"‘’“”()]+")


def squeeze(words: str) -> str:
    """Return the words without spaces, marks and capitals, as cues are written.

    Owners space freely, so "안 적어요" and "안적어요" have to look the same.

    >>> squeeze("MES는, 안 써요!")
    'mes는안써요'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", words).lower())
