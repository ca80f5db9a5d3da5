"""The description of the API is whole, and the API does what it says, whatever is sent.

A longer look, with another seed each time: `make fuzz`.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.accounts.policy import MEMBER_ROLES
from advisor.api.app import create_api
from advisor.assemble import build_advisor
from advisor.config import Settings
from tests.accounts.people import HERE, a_consultation, a_token
from tests.api.conftest import SECRET

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))
SEED = int(os.environ.get("FUZZ_SEED", "20261125"))
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance, unsupported_method,
]  # fmt: skip
# What is known to the fuzzed application, so that not every address is of nothing.
Known = Mapping[str, Any]


@pytest.fixture(scope="module")
def fuzzed(
    pristine_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, dict[str, str], Known]]:
    """An application of its own, asked by somebody who may do everything: it may be wrecked."""
    home = tmp_path_factory.mktemp("fuzzed") / "home"
    shutil.copytree(pristine_home, home)
    wanted = Settings(
        home=home, kakao_secret=SECRET, rate_ask=0, rate_read=0, rate_heavy=0, kakao_wait_s=4.8
    )
    office = Accounts.open(wanted, hasher=Hasher(memory_kib=64, passes=1))
    advisor = build_advisor(wanted)
    token = a_token(office, "chief", *MEMBER_ROLES)
    person = office.people.by_login("chief")
    consultation = a_consultation(office)
    advisor.ask("안산에서 직원 30명 금속가공 공장입니다", consultation_id=consultation)
    known = {
        "consultation_id": consultation, "record_id": "autonomous-factory-2026", "draft_id": 1,
        "account_id": person.id, "document_id": "none", "job_id": "none", "key_id": "none",
        "share_id": "none", "file_id": "none",
    }  # fmt: skip
    headers = {**HERE, "cookie": f"{SESSION_COOKIE}={token}", "x-advisor-secret": SECRET}
    yield create_api(lambda: advisor, office), headers, known
    advisor.index.close()


def test_nothing_that_is_sent_breaks_the_api_or_is_answered_otherwise_than_described(
    fuzzed: tuple[Any, dict[str, str], Known],
) -> None:
    app, headers, known = fuzzed
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    wrong: list[str] = []
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # else it raises: the description is wrong
        names = {one.name for one in operation.path_parameters}
        ways: list[dict[str, Any]] = [{}, {"generation_mode": GenerationMode.NEGATIVE}]
        if names:
            ways.append({"path_parameters": {name: known.get(name, "1") for name in names}})
        for way in ways:

            @seed(SEED)
            @settings(
                max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy(**way))
            def look(case: Any) -> None:
                nonlocal tried
                tried += 1
                case.call_and_validate(headers=headers, checks=CHECKS)

            # The administrator's own account is what the rest of the run signs in with.
            if "account_id" in names and "path_parameters" in way:
                continue
            try:
                look()
            except BaseExceptionGroup as error:
                wrong += [f"{operation.label}: {one}" for one in error.exceptions]
            except (Unsatisfiable, SkipTest):
                continue  # there is nothing that could be wrong with it
            except Exception as error:  # noqa: BLE001  # every operation is looked at
                wrong.append(f"{operation.label}: {error}")

    assert tried >= 300
    assert wrong == [], "\n\n".join(wrong)
