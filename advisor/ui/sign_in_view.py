"""The sign-in, set-up, password, account and refusal pages as HTML documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from advisor.ui.document import asset_address
from advisor.ui.sign_in_words import say
from advisor.ui.view import MARK


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page needs: language, the path before all addresses, the token of its forms."""

    lang: str
    root: str
    path: str
    token: str


@dataclass(frozen=True, slots=True)
class Field:
    """One input; `hint` stands below it."""

    name: str
    label: str
    kind: str = "text"
    complete: str = "off"
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told above a form; an alert is read out at once."""

    text: str
    is_alert: bool = False


def render_page(frame: Frame, title: str, body: str) -> str:
    """Return the whole document."""
    lang = frame.lang
    other = "ko" if lang == "en" else "en"
    styles = "".join(
        f'<link rel="stylesheet" href="{frame.root}/{asset_address(name)}">'
        for name in ("fonts/pretendard.css", "page.css", "sign_in.css")
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {escape(say('product', lang))}</title>"
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f'<link rel="icon" type="image/svg+xml" href="{frame.root}/{asset_address("icon.svg")}">'
        f"{styles}<script>if (matchMedia('(prefers-color-scheme: dark)').matches) "
        "document.documentElement.classList.add('dark');</script></head>"
        f'<body class="door"><header class="door-top"><a href="{frame.root}/" class="brand">{MARK}'
        f"<span>{escape(say('product', lang))}</span></a>"
        f'<a class="pill" href="{frame.root}{escape(frame.path)}?lang={other}" lang="{other}" '
        f'hreflang="{other}" aria-label="{escape(say("switch_label", lang))}">'
        f"{escape(say('switch', lang))}</a></header>"
        f'<main class="door-main"><div class="panel-card">'
        f"<h1>{escape(title)}</h1>{body}</div></main></body></html>"
    )


def render_form(
    frame: Frame, *, action: str, fields: Sequence[Field], button: str,
    notice: Notice | None = None, next_path: str = "",
) -> str:  # fmt: skip
    """Return a form with its token; after a refusal the first field that is empty has the focus."""
    lines, focused = [], False
    for one in fields:
        focus = ' autofocus=""' if not one.value and not focused else ""
        focused = focused or not one.value
        hint = f'<small id="{one.name}-hint">{escape(one.hint)}</small>' if one.hint else ""
        described = f' aria-describedby="{one.name}-hint"' if one.hint else ""
        lines.append(
            f'<label for="{one.name}">{escape(one.label)}</label>'
            f'<input id="{one.name}" name="{one.name}" type="{one.kind}" required '
            f'autocomplete="{one.complete}" maxlength="200" value="{escape(one.value)}" '
            f'autocapitalize="none" spellcheck="false"{described}{focus}>{hint}'
        )
    kept = f'<input type="hidden" name="next" value="{escape(next_path)}">' if next_path else ""
    return (
        f'{render_notice(notice)}<form method="post" action="{frame.root}{action}" class="door-form">'
        f'<input type="hidden" name="form" value="{escape(frame.token)}">{kept}{"".join(lines)}'
        f'<button type="submit" class="strong">{escape(button)}</button></form>'
    )


def render_notice(notice: Notice | None) -> str:
    """Return the line above a form."""
    if notice is None or not notice.text:
        return ""
    role = "alert" if notice.is_alert else "status"
    look = "notice bad" if notice.is_alert else "notice"
    return f'<p class="{look}" role="{role}">{escape(notice.text)}</p>'


def render_button(frame: Frame, *, action: str, label: str, look: str = "", **hidden: str) -> str:
    """Return a form that is one button."""
    values = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    return (
        f'<form method="post" action="{frame.root}{action}">'
        f'<input type="hidden" name="form" value="{escape(frame.token)}">{values}'
        f'<button type="submit" class="{look}">{escape(label)}</button></form>'
    )


def render_lead(text: str) -> str:
    """Return the sentence under a title."""
    return f'<p class="lead">{escape(text)}</p>'


def render_links(frame: Frame, *links: tuple[str, str]) -> str:
    """Return links (path, label) at the foot of a card."""
    return '<p class="links">{}</p>'.format(
        "".join(f'<a href="{frame.root}{path}">{escape(label)}</a>' for path, label in links)
    )
