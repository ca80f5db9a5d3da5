"""Words in English that steer an interview instead of answering (pure)."""

import re

from advisor.diagnosis.controls import Control

_CONTROLS: tuple[tuple[Control, re.Pattern[str]], ...] = tuple(
    (control, re.compile(pattern, re.IGNORECASE))
    for control, pattern in (
        (Control.RESTART, r"\b(start|begin) (over|again|from the beginning)\b"),
        (Control.RESUME, r"^(please )?(let'?s )?(continue|go on|resume)\b.{0,30}$"),
        (Control.PAUSE, r"\b(later|pause|take a break)\W*$|^not now\b"),
        (Control.STOP, r"^(please |ok,? |let'?s )?(stop|quit|enough|that'?s enough|end)( it| here| now)?\W*$"),
        (Control.RESULT, r"\b(show|give|see)\b.{0,12}\bresults?\b|^results?\W*$"),
        (Control.HOW_LONG, r"\bhow (many|much) (more|longer)\b|\bare we done\b"),
        (Control.SKIP, r"^(skip|pass|next)\b.{0,20}$"),
        (Control.IMPATIENT, r"\btoo many questions\b|\bi('?m| am) (very )?busy\b|\bhurry up\b|^(fuck|shit|damn)"),
        (Control.EXPLAIN, r"\bwhy (do|are) you (ask|want)|\bwhat do you mean\b|\bi don'?t understand\b"),
        (Control.CORRECT, r"^no,? (actually|that'?s (wrong|not))|^(that'?s|that is|it'?s) (wrong|not right|not what)|^(i was wrong|correction)|^not quite\b"),
        (Control.DENY, r"^(no|nope|not really)\b"),
        (Control.AGREE, r"^(yes|yeah|yep|ok(ay)?|sure|right|correct)\W*$"),
    )
)  # fmt: skip
_LEAD = re.compile(
    r"^\W*(no|actually|that'?s|that is|it'?s|wrong|not right|correction|not quite|i was wrong|i mean)\b[\s,.:;!-]*",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"^\W*(sorry,? )?(i )?(really )?(do not|don'?t|have no) (know|idea|remember)\b|^(no idea|not sure|dunno|unknown)\W*$",
    re.IGNORECASE,
)


def control_of_english(words: str) -> Control | None:
    """Return what the message wants of the interview, None where it just says something."""
    text = words.strip()
    return next((control for control, pattern in _CONTROLS if pattern.search(text)), None)


def without_lead_english(words: str) -> str:
    """Return a correction without the words that announce it.

    >>> without_lead_english("No, actually we use tablets")
    'we use tablets'
    """
    rest = words.strip()
    while (shorter := _LEAD.sub("", rest, count=1)) != rest:
        rest = shorter
    return rest


def is_unknown_english(words: str) -> bool:
    """Tell whether the words say that one does not know.

    >>> is_unknown_english("I don't know")
    True
    """
    return bool(_UNKNOWN.search(words.strip()))
