"""The page as Gradio Blocks: its parts, and which event calls which handler.

Loaded by the server only: Gradio's import costs two seconds.
"""

import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr
from pydantic import ValidationError

from advisor.accounts.sharing import Sharing
from advisor.ui.asking import admitted, finished
from advisor.ui.diagnosis_handlers import DiagnosisHandlers, SentAnswer, SentForm
from advisor.ui.handlers import Handlers, Parts
from advisor.ui.mine_handlers import MineHandlers
from advisor.ui.parts import part
from advisor.ui.requests import Sent, SentFact, SentRating, SentText
from advisor.ui.share_handlers import SentShare, ShareHandlers
from advisor.ui.share_words import say
from advisor.ui.strings import KO, texts
from advisor.ui.support_handlers import SentSupport, SupportHandlers
from advisor.ui.view import render_state
from advisor.ui.views import (
    about,
    admin,
    clients,
    diagnosis,
    documents,
    helpdesk,
    mine,
    review,
    support,
    talk,
)

logger = logging.getLogger(__name__)

VIEWS = (
    talk.build, diagnosis.build, support.build, documents.build, review.build, helpdesk.build,
    clients.build, admin.build, mine.build, about.build,
)  # fmt: skip
# Streams that one process carries at once; measured, see docs/decisions.
MAX_STREAMS = 300
MAX_WAITING = 500

# The page's script calls these events through the one component that carries them all.
_ON_LOAD = f"""
const events = ['open', 'send', 'save', 'rate', 'erase', 'retry', 'form', 'answer', 'support',
  'shares', 'grant', 'mine'];
watch('value', () => window.advisorPage.changed('wire'));
window.advisorPage.connect((name, data) => {{ if (events.includes(name)) trigger(name, data); }},
  {json.dumps(list(KO.views))});
"""


def create_page(
    handlers: Handlers,
    readiness: DiagnosisHandlers,
    sharing: Sharing | None = None,
    *,
    retention_days: int = 90,
) -> Any:
    """Return the page; every person's talk stays with the Advisor, none of it in the page."""
    supporting = SupportHandlers(handlers.opening)
    share = ShareHandlers(sharing)
    own = MineHandlers(handlers.opening, retention_days)
    first = {
        **handlers.first(), **readiness.first(), **supporting.first(), **share.first(),
        **own.first(),
    }  # fmt: skip
    with gr.Blocks(title="제조AI 길잡이", fill_width=True, analytics_enabled=False) as page:
        wire = gr.HTML(first["state"], elem_id="wire", apply_default_css=False, js_on_load=_ON_LOAD)
        components = {"state": wire, "top": part("top", first["top"])}
        for build in VIEWS:
            components.update(build(first))
        names = list(components)

        def bind(
            name: str,
            kind: type[Sent],
            handler: Callable[[Any], AsyncIterator[Parts]],
            *,
            instead_of: Sequence[Any] = (),
        ) -> Any:
            async def on_event(
                event: gr.EventData, request: gr.Request
            ) -> AsyncIterator[list[Any]]:
                try:
                    sent = kind.model_validate(event._data)
                except ValidationError:
                    logger.warning("event refused name=%s", name)
                    return
                allowed = await admitted(name, sent, request)
                if allowed is None:
                    hint = render_state(cid=sent.cid, hint=say("ended", texts(sent.lang)))
                    yield [hint if one == "state" else gr.skip() for one in names]
                    return
                async for parts in handler(allowed):
                    yield [parts.get(one, gr.skip()) for one in names]
                await finished(name, allowed, request)

            return getattr(wire, name)(
                on_event,
                outputs=list(components.values()),
                api_visibility="private",
                concurrency_limit=None,
                show_progress="hidden",
                trigger_mode="multiple",
                cancels=list(instead_of),
            )

        send = bind("send", SentText, handlers.send)
        bind("save", SentFact, handlers.save)
        bind("rate", SentRating, handlers.rate)
        bind("support", SentSupport, supporting.show)
        bind("shares", Sent, share.show)
        bind("mine", Sent, own.show)
        bind("grant", SentShare, share.change)
        bind("form", SentForm, readiness.show)
        bind("answer", SentAnswer, readiness.answer)
        # Whoever turns to another talk no longer follows the answer of the one before; the answer
        # itself is made and kept all the same.
        retry = bind("retry", Sent, handlers.retry, instead_of=[send])
        follow = bind("open", Sent, handlers.open, instead_of=[send, retry])
        bind("erase", Sent, handlers.erase, instead_of=[send, retry, follow])
    page.queue(max_size=MAX_WAITING, api_open=False)
    page.max_threads = MAX_STREAMS
    return page
