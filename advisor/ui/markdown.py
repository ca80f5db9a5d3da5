"""An answer's Markdown to safe HTML with citation chips (pure).

Nothing of the text reaches the page as HTML: raw tags stay text, pictures are off (they would be
fetched from outside), links open http(s) only.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_MARK = re.compile(r"\[(\w{1,4})\](?!\()")


def safe_url(url: object) -> str | None:
    """Return an address that may stand behind a link: http(s) with a host; else None."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def render_markdown(text: str, *, labels: Collection[str] = (), anchor: str, cite: str) -> str:
    """Render an answer.

    Args:
        text: Markdown as the Advisor wrote it; may hold a user's or a record's words.
        labels: Citation labels that exist; a mark of another label stays as it is written.
        anchor: Id prefix of this answer's source cards, such as "src-3-".
        cite: Name of a chip for screen readers, with `{label}`.
    """
    environment = {"labels": frozenset(labels), "anchor": anchor, "cite": cite}
    rendered: str = _parser().render(text, environment)
    return rendered


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    # An indented line of an answer is no program code, and a picture would be an outside request.
    parser.disable(["code", "image", "html_block", "html_inline", "reference"])
    # markdown-it's own check lets relative and data addresses through; this name is its hook.
    setattr(parser, "validateLink", lambda url: safe_url(url) is not None)  # noqa: B010
    parser.inline.ruler.before("link", "cite", _read_mark)
    parser.add_render_rule("cite", _chip)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("table_open", lambda *_: '<div class="table" tabindex="0"><table>')
    parser.add_render_rule("table_close", lambda *_: "</table></div>")
    return parser


def _read_mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos)
    if found is None or found[1] not in state.env.get("labels", ()):
        return False
    if not silent:
        state.push("cite", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _chip(
    _self: RendererProtocol, tokens: Sequence[Token], at: int, _options: OptionsDict, env: Any
) -> str:
    return chip(tokens[at].content, anchor=env["anchor"], cite=env["cite"])


def _link(
    self: Any, tokens: Sequence[Token], at: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    tokens[at].attrSet("target", "_blank")
    tokens[at].attrSet("rel", "noopener noreferrer")
    rendered: str = self.renderToken(tokens, at, options, env)
    return rendered


def chip(label: str, *, anchor: str, cite: str) -> str:
    """Return the round mark that opens a source card."""
    name = escape(cite.format(label=label))
    return (
        f'<button type="button" class="cite" data-cite="{escape(anchor + label)}" '
        f'aria-label="{name}" title="{name}">{escape(label)}</button>'
    )
