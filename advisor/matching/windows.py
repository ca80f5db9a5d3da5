"""An application window as of a day (pure)."""

from datetime import date

from advisor.domain.match import WindowOnDay, WindowState
from advisor.domain.records import Window


def window_on(window: Window, today: date) -> WindowOnDay:
    """Tell whether a company can apply on a day, as far as the sources say.

    Only dates open a window: it is open where `opens_on <= today <= closes_on`, both stated. A
    stated day alone still decides what it can (before the first upcoming, after the last closed);
    "ongoing" without dates is unknown, for no source says until when. An earlier edition without
    a last day is closed, except in the year it opened. Dates that are for the operating offices
    say nothing to a company.

    Args:
        window: As recorded.
        today: Day in Asia/Seoul.

    Returns:
        The state with the days that bear it; `days_left` only until `closes_on`.
    """
    if window.applicants == "operator":
        return WindowOnDay(WindowState.UNKNOWN)
    opens, closes = window.opens_on, window.closes_on
    if opens is not None and today < opens:
        return WindowOnDay(WindowState.UPCOMING, opens, closes)
    if closes is not None:
        if today > closes:
            return WindowOnDay(WindowState.CLOSED, opens, closes)
        state = WindowState.UNKNOWN if opens is None else WindowState.OPEN
        return WindowOnDay(state, opens, closes, (closes - today).days)
    if window.status_said == "closed":
        return WindowOnDay(WindowState.CLOSED, opens, None)
    if window.status_said == "past_edition" and (opens is None or today.year > opens.year):
        return WindowOnDay(WindowState.CLOSED, opens, None)
    return WindowOnDay(WindowState.UNKNOWN, opens, None)
