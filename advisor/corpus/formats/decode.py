"""Bytes of a text file to text, and text without what cannot be seen (pure)."""

import unicodedata

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# More replaced characters than this share are no text in a Korean code page.
_MOST_REPLACED = 0.05
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
REPLACED = "\ufffd"


def as_text(data: bytes) -> tuple[str | None, str]:
    """Return the text of a text file and its encoding; None where the bytes are no text.

    Tried in turn: a byte order mark, UTF-8, CP949 (which has letters that EUC-KR lacks), and of the
    two the one that knows more bytes, U+FFFD for the others. What a page says of its own encoding
    is not asked: "euc-kr" on UTF-8 bytes is common.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), encoding
    text = _decoded(data, "utf-8")
    if text is not None:
        return (text if _controls(text) <= max(16, len(text) // 20) else None), "utf-8"
    text = _decoded(data, "cp949")
    # CP949 takes many binary files without complaint; control characters give them away.
    if text is not None and _controls(text) <= len(text) // 1000:
        return text, "cp949"
    # A few bytes are damaged, or lines of two encodings stand together: the one that loses less.
    tries = [(data.decode(name, errors="replace"), name) for name in ("utf-8", "cp949")]
    text, encoding = min(tries, key=lambda one: one[0].count(REPLACED))
    is_text = (
        text.count(REPLACED) <= max(8, _MOST_REPLACED * len(text))
        and _controls(text) <= len(text) // 1000
    )
    return (text if is_text else None), encoding


def visible(text: str) -> str:
    r"""Return the text in NFC without characters that show nothing.

    Control codes, direction overrides and zero-width characters hide words from the person who
    checks a document, and split them for the search. Line breaks and tabs stay. Letters keep their
    form ("①", "㎡", "｢｣"), so that a quotation is the document's; a chunk is NFKC.

    >>> visible("지원\u200b금\u202e ①")
    '지원금 ①'
    """
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if normal.isascii() and normal.isprintable():
        return normal
    return "".join(
        char for char in normal if char in "\n\t" or unicodedata.category(char) not in _INVISIBLE
    )


def _controls(text: str) -> int:
    return sum(char < " " and char not in "\t\n\r\f\v" for char in text)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
