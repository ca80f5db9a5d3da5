"""Events of sharing a talk: the list, a fresh code, taking back. The gate was asked before."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from anyio import to_thread
from pydantic import Field

from advisor.accounts.sharing import Sharing
from advisor.ui.requests import Sent
from advisor.ui.share_view import render_shares
from advisor.ui.share_words import say
from advisor.ui.strings import texts

Parts = dict[str, str]


class SentShare(Sent):
    """Make a code, for whom; or take a share back."""

    action: Literal["create", "revoke"]
    recipient: str = Field(default="", max_length=100)
    share_id: str = Field(default="", max_length=40)


@dataclass(frozen=True, slots=True)
class ShareHandlers:
    """The section's events; None where the page is served without accounts."""

    sharing: Sharing | None

    def first(self) -> Parts:
        """Return what the section shows before its first event."""
        return {"shares": render_shares(None, texts("ko")) if self.sharing else ""}

    async def show(self, sent: Sent) -> AsyncIterator[Parts]:
        """Show with whom the talk is shared."""
        sharing = self.sharing
        if sharing is not None:
            yield await to_thread.run_sync(lambda: _section(sharing, sent))

    async def change(self, sent: SentShare) -> AsyncIterator[Parts]:
        """Make a code or take a share back."""
        sharing = self.sharing
        if sharing is not None:
            yield await to_thread.run_sync(lambda: _change(sharing, sent))


def _change(sharing: Sharing, sent: SentShare) -> Parts:
    words = texts(sent.lang)
    if sent.action == "revoke":
        gone = sharing.revoke(sent.cid, sent.share_id)
        return _section(sharing, sent, hint=say("revoked", words) if gone else "")
    made = sharing.create(sent.cid, recipient=sent.recipient)
    if made is None:
        return {"shares": render_shares(None, words)}
    found = sharing.of_consultation(sent.cid)
    until = made.share.code_expires_at
    return {"shares": render_shares(found, words, code=made.code, until=until)}


def _section(sharing: Sharing, sent: Sent, *, hint: str = "") -> Parts:
    words = texts(sent.lang)
    if not sent.cid or not sharing.store.exists(sent.cid):
        return {"shares": render_shares(None, words)}
    return {"shares": render_shares(sharing.of_consultation(sent.cid), words, hint=hint)}
