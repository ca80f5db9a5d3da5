import socketserver
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from advisor.config import Settings
from advisor.domain.shortlist import Alert
from advisor.matching.alerts import as_saved, find_alerts
from advisor.stores.database import open_database
from advisor.stores.encryption import Vault, with_vault
from advisor.stores.mail import can_mail, mail_alerts
from advisor.stores.shortlists import ShortlistStore
from tests.builders import a_corpus, a_program

TODAY = date(2026, 11, 24)


@pytest.fixture
def store(settings: Settings) -> ShortlistStore:
    return ShortlistStore(with_vault(open_database(settings), Vault.open(settings)))


def corpus_with(**changes: Any) -> Any:
    window = {"opens_on": "2026-12-01", "closes_on": "2026-12-31", **changes.pop("window", {})}
    return a_corpus(programs=[a_program(window=window, **changes)])


def told(before: Any, after: Any, on: date) -> list[str]:
    saved = as_saved(before, "me", "sample-program-2026", TODAY)
    return [one.kind for one in find_alerts(after, saved, on)[1]]


def test_an_owner_is_told_when_a_saved_program_opens_once() -> None:
    corpus = corpus_with()
    saved = as_saved(corpus, "me", "sample-program-2026", TODAY)

    assert find_alerts(corpus, saved, date(2026, 11, 30))[1] == []
    fresh, alerts = find_alerts(corpus, saved, date(2026, 12, 1))

    assert [one.kind for one in alerts] == ["opened"]
    assert alerts[0].text.endswith("2026-12-31까지입니다.")
    assert find_alerts(corpus, fresh, date(2026, 12, 2))[1] == []


def test_a_change_of_money_or_dates_is_told_and_one_of_wording_is_not() -> None:
    before = corpus_with()

    assert told(before, corpus_with(support={"max_amount_krw": 70_000_000}), TODAY) == ["changed"]
    assert told(before, corpus_with(window={"extended_to": "2027-01-15"}), TODAY) == ["changed"]
    assert told(before, corpus_with(notes="다시 읽었다", purpose="뜻은 같다."), TODAY) == []
    assert told(before, a_corpus(), TODAY) == ["gone"]


def test_the_last_days_are_told_two_weeks_and_three_days_before() -> None:
    corpus = corpus_with()
    open_ = as_saved(corpus, "me", "sample-program-2026", date(2026, 12, 2))
    days = [day for day in range(2, 32) if find_alerts(corpus, open_, date(2026, 12, day))[1]]

    assert days == [17, 28]


def test_a_shortlist_and_its_alerts_belong_to_one_owner(store: ShortlistStore) -> None:
    corpus = corpus_with()
    for owner in ("me", "you"):
        store.save(as_saved(corpus, owner, "sample-program-2026", TODAY))
    alert = Alert("me", "sample-program-2026", "opened", "열렸습니다.")

    first = store.tell([alert], TODAY)
    again = store.tell([alert], TODAY)

    assert (len(first), again) == (1, [])
    assert [one.text for one in store.alerts_of("me", unread=True)] == ["열렸습니다."]
    assert store.alerts_of("you") == []
    store.mark_read("me")
    assert store.alerts_of("me", unread=True) == []
    assert store.remove("me", "sample-program-2026")
    assert not store.remove("me", "sample-program-2026")
    assert [one.owner for one in store.all_saved()] == ["you"]
    store.forget("you")
    assert store.all_saved() == []


class Server(socketserver.StreamRequestHandler):
    """Just enough SMTP to take one message."""

    taken: list[str] = []  # noqa: RUF012  one list for the test that starts it

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        in_data = False
        lines: list[str] = []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_data and line != ".":
                lines.append(line)
                continue
            if in_data:
                self.taken.append("\n".join(lines))
                in_data = False
            in_data = line.upper() == "DATA"
            if line.upper() == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"354 go\r\n" if in_data else b"250 fine\r\n")


@pytest.fixture
def port() -> Iterator[int]:
    Server.taken.clear()
    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def test_alerts_are_mailed_once_to_who_gave_an_address(
    store: ShortlistStore, settings: Settings, port: int
) -> None:
    mail = settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_from": "a@example.org",
            "smtp_starttls": False,
        }
    )
    store.tell(
        [Alert(one, "sample-program-2026", "opened", "열렸습니다.") for one in ("me", "you")], TODAY
    )
    store.set_address("me", "me@example.org")
    waiting = store.to_mail()

    assert list(waiting) == ["me@example.org"]
    assert mail_alerts(mail, "me@example.org", waiting["me@example.org"])
    store.mark_mailed(waiting["me@example.org"])
    assert store.to_mail() == {}
    assert len(Server.taken) == 1
    assert "To: me@example.org" in Server.taken[0]


def test_without_a_server_nothing_is_sent_and_a_dead_one_keeps_the_alert(
    settings: Settings,
) -> None:
    dead = settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": 9, "smtp_from": "a@example.org"}
    )

    assert not can_mail(settings)
    assert not mail_alerts(dead, "me@example.org", [Alert("me", "x", "opened", "열렸습니다.")])
