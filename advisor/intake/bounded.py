"""Whether a model's words stay within the words that it was given (pure)."""

import re
import unicodedata

_WORD = re.compile(r"[가-힣]+|[A-Za-z]+|\d[\d,.]*")
# A Korean word changes its ending, not its beginning: the first two letters tell it.
_LETTERS = 2


def stays_within(text: str, *sources: str, share: float = 0.8) -> bool:
    """Tell whether the words of a text come from the sources.

    Every number has to; of the other words the given share, since some join the rest.

    >>> stays_within("AI 바우처는 언제까지인가요?", "AI 바우처", "그건 언제까지예요?")
    True
    >>> stays_within("AI 바우처 3억 원은 언제까지인가요?", "AI 바우처", "그건 언제까지예요?")
    False
    """
    known = unicodedata.normalize("NFKC", " ".join(sources)).casefold()
    numbers = {one.rstrip(".,").replace(",", "") for one in re.findall(r"\d[\d,.]*", known)}
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    found = 0
    for word in words:
        if word[0].isdigit():
            if word.rstrip(".,").replace(",", "") not in numbers:
                return False
            found += 1
        else:
            start = word[:_LETTERS] if "가" <= word[0] <= "힣" else word
            found += start in known
    return bool(words) and found >= share * len(words)
