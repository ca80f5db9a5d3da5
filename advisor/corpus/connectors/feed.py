"""RSS and Atom feeds of ministries and technoparks; the door to feedparser."""

import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Call, Fetched, Fetcher, Pace
from advisor.corpus.connectors.given import given, html_text, whole_text, without_persons
from advisor.corpus.connectors.notice import Attachment, Notice, Period, PeriodKind
from advisor.corpus.connectors.periods import read_period
from advisor.corpus.connectors.reading import Ask, BadItem, SourcePage

# "접수기간: 2026.4.1 ~ 2026.4.30": the label says what the days are for.
_STATED = re.compile(r"(?:접수|신청|모집)\s*기\s*간\s*[:：]?\s*([^\n]{4,60})")
_BARE = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});)")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Feed:
    """Reads one feed; an entry that left it is old, not closed."""

    name: str
    url: str
    pace: Pace
    agency: str | None = None
    regions: tuple[str, ...] = ()
    is_paged: bool = False
    is_whole: bool = False

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read the feed, or nothing where it has not changed."""
        call = Call(self.url, pace=self.pace, spend=ask.spend, validators=ask.validators)
        return fetcher.fetch(call, self._page)

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """A feed has no way to ask for one entry."""
        return None

    def _page(self, fetched: Fetched) -> SourcePage:
        if fetched.is_unchanged:
            return SourcePage(unchanged=True, validators=fetched.validators)
        text = whole_text(fetched.body)
        if text is None or "<!ENTITY" in text:
            raise SourceError(Fault.UNREADABLE, "no text or own entities")
        import feedparser

        def parse(feed: str) -> Any:
            # In UTF-8 whatever it claims, and as a stream: a text might be taken for an address.
            body = _DECLARED.sub(b"", feed.lstrip("\ufeff").encode())
            headers = {"content-type": "application/xml; charset=utf-8"}
            return feedparser.parse(io.BytesIO(body), response_headers=headers)

        parsed = parse(text)
        if parsed.get("bozo"):
            # "R & D" as people type it; feedparser would make "AT&T;" of "AT&T".
            parsed = parse(_BARE.sub("&amp;", text))
        if not parsed.get("version"):
            raise SourceError(Fault.UNREADABLE, "no feed")
        if parsed.get("bozo") and not _is_closed(text):
            raise SourceError(Fault.UNREADABLE, "feed is cut")
        publisher = self.agency or given(parsed.feed.get("title"))
        notices, bad = [], []
        for entry in parsed.entries:
            notice = self._notice(entry, publisher)
            if notice is None:
                bad.append(BadItem(given(entry.get("id")), "제목이나 주소가 없는 글입니다."))
            else:
                notices.append(notice)
        return SourcePage(
            tuple(notices), tuple(bad), len(parsed.entries), validators=fetched.validators
        )  # fmt: skip

    def _notice(self, entry: Any, publisher: str | None) -> Notice | None:
        title, link = html_text(given(entry.get("title"))), given(entry.get("link"))
        key = given(entry.get("id")) or link
        if title is None or key is None:
            return None
        content = [one.get("value") for one in entry.get("content", [])]
        summary = without_persons(html_text(given(entry.get("summary")) or given("".join(content))))
        period = _period(summary)
        url = urljoin(self.url, link) if link else None
        files = [one for one in entry.get("enclosures", []) if given(one.get("href"))]
        return Notice(
            source=self.name, key=key[:250], title=title, period=period, url=url,
            agency=publisher, summary=summary, regions=self.regions,
            attachments=tuple(
                Attachment(f"첨부 {at}", urljoin(self.url, one["href"]))
                for at, one in enumerate(files, 1)
            ),
            created=_moment(entry.get("published_parsed")),
            # Asked as a dict: feedparser would give the other day in its place.
            updated=_moment(dict.get(entry, "updated_parsed")),
            evidence={
                "title": ("title", title), "period": ("description", period.words),
                "summary": ("description", summary or ""),
            },
        )  # fmt: skip


def _period(summary: str | None) -> Period:
    found = _STATED.search(summary or "")
    return read_period(found[1]) if found else Period(PeriodKind.NOT_GIVEN)


def _moment(parsed: Any) -> str | None:
    if not parsed:
        return None
    return "{:04d}-{:02d}-{:02d} {:02d}:{:02d}:{:02d}".format(*parsed[:6])


def _is_closed(text: str) -> bool:
    """Tell whether the outermost element ends: a slip inside is tolerable, half a feed is not."""
    return text.rstrip().endswith(("</rss>", "</feed>", "</rdf:RDF>"))
