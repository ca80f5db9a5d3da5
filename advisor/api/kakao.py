"""The door of KakaoTalk's skill: a message in, balloons out, within its five seconds."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Header, Request

from advisor.accounts import tokens
from advisor.accounts.actor import ANYBODY
from advisor.accounts.asking import address_of
from advisor.accounts.errors import DeniedError
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Action, Decision, Kind
from advisor.accounts.rates import RateClass, TooOftenError
from advisor.accounts.registry import API
from advisor.api.accounts import Office
from advisor.api.answering import run_answer
from advisor.api.kakao_callback import call_back, is_callback
from advisor.api.kakao_shapes import SkillPayload
from advisor.api.kakao_view import SHOW, as_json, later, said, shown
from advisor.api.routes import Ready
from advisor.assemble import Advisor
from advisor.messages import FAILED, UserMessage

logger = logging.getLogger(__name__)

CHANNEL = "kakao"
FORGET = "상담 지우기"
MOST_READ = 20_000  # characters; what is longer than an answer takes is told so all the same
CLOSED = UserMessage(
    text="카카오톡 스킬의 비밀 값이 맞지 않거나 설정되지 않았습니다.",
    next_step="스킬의 헤더 X-Advisor-Secret과 서버의 ADVISOR_KAKAO_SECRET을 같은 값으로 맞춰 주세요.",
)
WAITING = "답을 찾고 있습니다. 잠시만 기다려 주세요."
SLOW = f"답을 찾는 데 시간이 더 걸립니다. 잠시 뒤 '{SHOW}'를 눌러 주세요."
NOTHING_YET = "아직 보여 드릴 답이 없습니다. 궁금한 점을 적어 주세요."
FORGOTTEN = "이 상담의 내용을 지웠습니다. 새로 궁금한 점이 있으면 적어 주세요."

kakao_routes = APIRouter(prefix=API)
# The loop holds tasks weakly: an answer on its way to a callback must not be dropped.
_running: set[asyncio.Task[None]] = set()


@kakao_routes.post("/kakao/skill")
async def skill(
    payload: SkillPayload,
    request: Request,
    office: Office,
    advisor: Ready,
    x_advisor_secret: Annotated[str, Header(max_length=200)] = "",
) -> dict[str, Any]:
    """Answer one message of KakaoTalk's bot; who writes is kept as a keyed hash only."""
    began = asyncio.get_running_loop().time()
    await to_thread.run_sync(lambda: _admit(office, x_advisor_secret, address_of(request)))
    asked, page_of = payload.userRequest, _pages(office)
    who = office.audit.vault.index(CHANNEL, asked.user.id)
    text = asked.utterance.strip()[:MOST_READ]
    try:
        own, is_first = await to_thread.run_sync(lambda: _own(office, advisor, who))
    except TooOftenError as error:
        return as_json(said(str(error.user_message)))
    if text == FORGET:
        await to_thread.run_sync(advisor.delete_consultation, own)
        return as_json(said(FORGOTTEN))
    if text == SHOW:
        kept = await to_thread.run_sync(advisor.consultation, own)
        if kept is None or not kept.turns:
            return as_json(said(NOTHING_YET))
        return as_json(shown(kept.turns[-1].answer, page=page_of(own)))

    def work() -> dict[str, Any]:
        return as_json(_answered(advisor, text, own, page=page_of(own), is_first=is_first))

    running = asyncio.ensure_future(run_answer(request.app, work))
    passed = asyncio.get_running_loop().time() - began
    left = max(office.settings.kakao_wait_s - passed, 0.0)
    done, _ = await asyncio.wait({running}, timeout=left)
    if done:
        return running.result()
    if asked.callbackUrl and is_callback(asked.callbackUrl):
        task = asyncio.create_task(_later(asked.callbackUrl, running))
        _running.add(task)
        task.add_done_callback(_running.discard)
        return as_json(later(WAITING))
    return as_json(said(SLOW, page=page_of(own), replies=[SHOW]))


def _admit(office: Accounts, given: str, address: str) -> None:
    expected = office.settings.kakao_secret.get_secret_value()
    if not expected or not tokens.same(given, expected):
        office.rates.take_of(f"address:{address}", RateClass.READ)
        raise DeniedError(Decision.SIGN_IN, CLOSED)


def _own(office: Accounts, advisor: Advisor, who: str) -> tuple[str, bool]:
    """Return a person's consultation, and whether it begins now."""
    office.rates.take_of(f"{CHANNEL}:{who}", RateClass.ASK)
    own = office.channels.consultation(CHANNEL, who)
    # One that an account took over on the page is no longer this messenger's.
    if own and office.gate.check(ANYBODY, Action.WRITE, Kind.CONSULTATION, own) is Decision.ALLOW:
        return own, False
    fresh = advisor.new_consultation()
    office.channels.put(CHANNEL, who, fresh)
    return fresh, True


def _answered(advisor: Advisor, text: str, own: str, *, page: str, is_first: bool) -> Any:
    try:
        answer: Mapping[str, Any] = advisor.ask(text, consultation_id=own).to_json()
    except Exception:
        # The messenger shows no error of ours: the person gets a sentence all the same.
        logger.exception("kakao answer failed")
        return said(str(FAILED))
    return shown(answer, page=page, is_first=is_first)


async def _later(url: str, running: "asyncio.Future[dict[str, Any]]") -> None:
    await call_back(url, await running)


def _pages(office: Accounts) -> Any:
    base = office.settings.public_url.rstrip("/")
    return lambda own: f"{base}/#talk={own}" if base.startswith(("http://", "https://")) else ""
