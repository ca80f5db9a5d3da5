from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from advisor.config import Settings
from advisor.corpus.load import as_plain
from advisor.errors import BadInputError
from advisor.stores.database import migrate, open_database
from advisor.stores.published import PublishedRecords
from tests.builders import a_program


@pytest.fixture
def published(settings: Settings) -> PublishedRecords:
    return PublishedRecords.open(settings)


def data(**changes: Any) -> dict[str, Any]:
    return as_plain(a_program(**changes))


def test_every_publish_is_the_next_signed_version_and_none_is_lost(
    published: PublishedRecords,
) -> None:
    published.publish("program", data(), "김담당", "첫 게시")
    second = published.publish("program", data(name="고친 이름"), " 이담당 ")

    assert (second.version, second.signed_by, second.signed_at.tzname()) == (2, "이담당", "UTC")
    assert [one.data["name"] for one in published.current()] == ["고친 이름"]
    assert [(one.version, one.note) for one in published.history("sample-program-2026")] == [
        (2, ""), (1, "첫 게시"),
    ]  # fmt: skip


def test_a_rollback_is_a_new_version_with_the_old_words(published: PublishedRecords) -> None:
    published.publish("program", data(), "김담당")
    published.publish("program", data(name="틀린 이름"), "이담당")

    back = published.rollback("sample-program-2026", 1, "박팀장", "잘못 게시")

    assert (back.version, back.action, back.data["name"]) == (3, "rollback", "시험 지원사업")
    assert published.current() == (back,)
    with pytest.raises(BadInputError):
        published.rollback("sample-program-2026", 9, "박팀장")


def test_a_withdrawn_record_stays_listed_as_withdrawn_until_the_shipped_one_is_given_back(
    published: PublishedRecords,
) -> None:
    published.withdraw("ai-voucher-2026", "김담당", "공고 취소")
    assert [(one.id, one.withdrawn) for one in published.current()] == [("ai-voucher-2026", True)]

    published.rollback("ai-voucher-2026", 0, "김담당")
    assert published.current() == ()
    with pytest.raises(BadInputError):
        published.rollback("ai-voucher-2026", 1, "김담당")  # a withdrawal has no words


def test_the_stamp_moves_with_everything_that_changes_answers(published: PublishedRecords) -> None:
    seen = [published.stamp()]
    for change in (
        lambda: published.publish("program", data(), "김담당"),
        lambda: published.publish("program", data(), "김담당"),
        lambda: published.rollback("sample-program-2026", 1, "김담당"),
        lambda: published.withdraw("sample-program-2026", "김담당"),
        lambda: published.rollback("sample-program-2026", 0, "김담당"),
    ):
        change()
        seen.append(published.stamp())
    assert len(set(seen)) == 6
    published.history("sample-program-2026")
    assert published.stamp() == seen[-1]


def test_nothing_is_published_without_a_signer_or_with_a_field_that_is_wrong(
    published: PublishedRecords,
) -> None:
    with pytest.raises(BadInputError):
        published.publish("program", data(), "  ")
    with pytest.raises(BadInputError) as wrong:
        published.publish("program", {**data(), "year": "내년", "price": 3}, "김담당")
    assert "year, price" in wrong.value.user_message.text
    published.publish("program", data(), "김담당")
    with pytest.raises(BadInputError):
        published.publish("faq", {**data(), "id": "sample-program-2026"}, "김담당")
    assert published.stamp() == "1"


def test_two_who_publish_at_once_make_two_versions(published: PublishedRecords) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda who: published.publish("program", data(), who), "가나다라"))
    assert sorted(one.version for one in made) == [1, 2, 3, 4]


def test_the_migration_goes_down_and_up_again(settings: Settings) -> None:
    engine = open_database(settings)
    migrate(engine, to="0003_diagnoses")
    migrate(engine)
    assert PublishedRecords(engine).current() == ()
