"""Text that one database takes and another does not, and rows that two put at once."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select, text

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.profile import Profile
from advisor.domain.shortlist import Alert, Saved
from advisor.stores.attempts import CodeStore
from advisor.stores.consultations import ConsultationStore, TurnRow
from advisor.stores.database import Engine, open_database
from advisor.stores.encryption import Vault, with_vault
from advisor.stores.helpdesk import HelpdeskStore
from advisor.stores.shares import ShareStore
from advisor.stores.shortlists import AlertAddressRow, ShortlistStore
from advisor.stores.switches import SwitchStore
from advisor.stores.sync_state import SyncState
from advisor.stores.tables import load, reflected

SPOILT = "가\x00나\ud800다"


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return with_vault(open_database(settings), Vault.open(settings))


def test_a_nul_or_half_a_letter_in_a_question_or_an_answer_stops_no_turn_and_no_query(
    engine: Engine,
) -> None:
    store = ConsultationStore(engine)
    one = store.create()

    store.append_turn(
        one, question=SPOILT, answer={"status": "answered", "text": SPOILT, "path": "c:\\u0000"},
        profile=Profile(), state={},
    )  # fmt: skip

    kept = store.load(one)
    assert kept is not None
    (turn,) = kept.turns
    assert turn.question == "가 나 다"
    assert turn.answer == {"status": "answered", "text": "가 나 다", "path": "c:\\u0000"}
    # PostgreSQL reads all of a JSON text to find one key.
    with engine.connect() as connection:
        status = select(TurnRow.answer["status"].as_string())
        assert connection.scalars(status).all() == ["answered"]


def test_json_with_a_nul_from_an_old_backup_can_be_asked_for_a_key(engine: Engine) -> None:
    raw = json.dumps({"status": "failed", "text": "a\x00b", "half": "\ud800"})
    moment = now().isoformat()
    lines: dict[str, dict[str, Any]] = {
        "consultations": {"id": "c", "created_at": moment, "updated_at": moment,
                          "profile": "{}", "state": "{}"},
        "turns": {"consultation_id": "c", "number": 0, "at": moment, "question": "a\x00b",
                  "answer": raw, "rating": None, "comment": "", "trace": None},
    }  # fmt: skip

    with engine.begin() as connection:
        tables = reflected(connection).tables
        for name, line in lines.items():
            load(connection, tables[name], [line])

    with engine.connect() as connection:
        status = select(TurnRow.answer["status"].as_string())
        assert connection.scalars(status).all() == ["failed"]


def _rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


Act = Callable[[Engine, str], object]


def _tell(engine: Engine, talk: str) -> object:
    alert = Alert(talk, "a", "opened", "열렸습니다")
    return len(ShortlistStore(engine).tell([alert], date(2026, 11, 25)))


AT_ONCE: dict[str, Act] = {
    "shortlist_items": lambda engine, talk: ShortlistStore(engine).save(
        Saved(talk, "a", "program", "0" * 64, "open")
    ),
    "alerts": _tell,
    "alert_addresses": lambda engine, talk: ShortlistStore(engine).set_address(talk, "a@b.kr"),
    "one_time_codes": lambda engine, talk: CodeStore(engine).put(
        "reset", talk, "0" * 64, expires_at=now(), payload=talk
    ),
    "switches": lambda engine, talk: SwitchStore(engine).put(
        "assistant", is_on=False, reason=talk, actor="x"
    ).is_on,
    "sync_calls": lambda engine, _: SyncState(engine).count_call("bizinfo", date(2026, 11, 25)),
    "consultation_holdings": lambda engine, talk: ShareStore(engine).hold(talk, account_id="kim"),
    "desk_vectors": lambda engine, _: HelpdeskStore(engine).put_vectors(
        "m", {"d": np.ones(2, dtype="<f4")}
    ),
}  # fmt: skip


def test_what_several_put_at_once_is_put_once_and_none_of_them_sees_an_error(
    engine: Engine,
) -> None:
    talk, barrier = ConsultationStore(engine).create(), Barrier(4, timeout=60)

    def run(_: int) -> dict[str, object]:
        done = {}
        for table, act in AT_ONCE.items():
            barrier.wait()
            done[table] = act(engine, talk)
        return done

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, range(4)))

    assert {table: _rows(engine, table) for table in AT_ONCE} == dict.fromkeys(AT_ONCE, 1)
    assert sorted(bool(one["consultation_holdings"]) for one in done) == [False] * 3 + [True]
    assert sum(int(str(one["alerts"])) for one in done) == 1
    assert SyncState(engine).calls("bizinfo", date(2026, 11, 25)) == 4
    assert not ShareStore(engine).hold("nobody", account_id="kim")


def test_addresses_are_unreadable_in_the_database(engine: Engine) -> None:
    store = ShortlistStore(engine)
    store.set_address("me", "canary@example.org\ud800")

    with engine.begin() as connection:
        (raw,) = connection.exec_driver_sql("SELECT address FROM alert_addresses").scalars()
        connection.execute(insert(AlertAddressRow).values(owner="you", address="b@example.org"))

    assert "canary" not in raw
    vault = engine.dialect.advisor_vault  # type: ignore[attr-defined]  # put there by with_vault
    assert vault.unseal(raw) == "canary@example.org "
    store.forget_gone()
    assert _rows(engine, "alert_addresses") == 0
