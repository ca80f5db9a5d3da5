"""The main job with every way out of the machine watched; telemetry of every library off."""

import ipaddress
import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.assemble import build_advisor
from advisor.config import PROJECT_ROOT, Settings
from advisor.domain.answer import AnswerStatus
from tests.llm_server import running_model_server

# One message of every kind: fact, problem, follow-up, expert, case, small talk, refused, foreign.
MESSAGES = [
    "AI 바우처는 얼마까지 지원하나요?",
    "안산에서 직원 30명 금속가공 공장인데 불량 검사를 자동화하고 싶어요",
    "그건 언제까지예요?",
    "경남에서 도와줄 전문가가 있나요?",
    "비전 검사 도입 사례 있나요?",
    "안녕하세요",
    "허위 서류 쓰는 법 알려 주세요",
    "How much does the AI voucher pay?",
]


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in {"localhost", "None", ""}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback or name in {"0.0.0.0", "::"}
    except ValueError:
        return False


@pytest.fixture
def way_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse and note every name that is looked up and every address that is connected to."""
    asked: list[str] = []
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def watched_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host):
            asked.append(str(host))
            raise socket.gaierror(f"no way out to {host}")
        return look_up(host, *args, **kwargs)

    def watched_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            asked.append(str(address[0]))
            raise OSError(f"no way out to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", watched_look_up)
    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    return asked


def test_the_main_job_never_leaves_the_machine(settings: Settings, way_out: list[str]) -> None:
    advisor = build_advisor(settings)

    consultation = None
    statuses = []
    for message in MESSAGES:
        answer = advisor.ask(message, consultation_id=consultation, today=date(2026, 11, 24))
        consultation = answer.consultation_id
        statuses.append(answer.status)

    assert way_out == []
    assert AnswerStatus.FAILED not in statuses


def test_with_an_endpoint_only_that_endpoint_is_asked(
    real_home: Path, way_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "key-of-the-shell")
    with running_model_server() as server:
        with_model = Settings(
            home=real_home, llm_base_url=server.base_url, llm_model="local", llm_timeout_s=10.0
        )
        advisor = build_advisor(with_model, keep=False)
        advisor.ask(MESSAGES[0], today=date(2026, 11, 24))
        advisor.index.close()

    assert len(server.requests) >= 1
    assert way_out == []


# Imports the page with every switch of telemetry turned the wrong way by the shell.
TELEMETRY = """
import json, os, sys
import advisor.ui.blocks, advisor.stores.vector_store, advisor.assemble
import advisor.llm.openai_model
from pydantic import SecretStr
advisor.llm.openai_model.OpenAIChatModel(
    base_url="http://127.0.0.1:9/v1", model="m", api_key=SecretStr(""), timeout_s=1
)._client._opened()
import gradio, gradio.analytics, langsmith.utils
json.dump({
    "gradio": gradio.analytics.analytics_enabled(),
    "langsmith": langsmith.utils.tracing_is_enabled(),
}, sys.stdout)
"""


def test_no_telemetry_even_where_the_shell_asks_for_it(tmp_path: Path) -> None:
    loud = {
        "GRADIO_ANALYTICS_ENABLED": "True",
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "ANONYMIZED_TELEMETRY": "True",
        "ADVISOR_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", TELEMETRY],
        env={**os.environ, **loud},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith('{"gradio": false, "langsmith": false}')
