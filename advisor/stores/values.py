"""What goes into a database and comes out the same on each: no NUL, no half of a letter.

PostgreSQL takes no U+0000 in a text, and reads no JSON that holds one or a lone surrogate; SQLite takes
the first and not the second. Both become blanks, on both, whichever way a text came in.
"""

import json
import re
from typing import Any

from sqlalchemy import Engine, event

from advisor.text import storable

# json.dumps writes U+0000 as six letters; after an odd number of back slashes they are just letters.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F])")


def as_json(value: Any) -> str:
    r"""Return a value as JSON that every database can read again.

    >>> as_json({"가": "a\x00b", "half": "\ud800", "path": "c:\\u0000"})
    '{"가": "a b", "half": " ", "path": "c:\\\\u0000"}'
    """
    return _NUL.sub(r"\1 ", storable(json.dumps(value, ensure_ascii=False)))


def readable_json(text: str) -> str:
    r"""Return JSON from another database as this one can read it; what is sound stays as it is.

    >>> readable_json('{"a": "\\u0000", "b": 1.50}'), readable_json('{"b": 1.50}')
    ('{"a": " ", "b": 1.5}', '{"b": 1.50}')
    """
    return as_json(json.loads(text)) if _ESCAPED.search(text) else text


def keep_storable(engine: Engine) -> None:
    """Let no text into statements of an engine that not every database takes."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _storable(
        _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        return statement, _clean(values)


def _clean(values: Any) -> Any:
    if isinstance(values, str):
        return storable(values)
    if isinstance(values, dict):
        return {key: _clean(one) for key, one in values.items()}
    if isinstance(values, list | tuple):
        return type(values)(_clean(one) for one in values)
    return values
