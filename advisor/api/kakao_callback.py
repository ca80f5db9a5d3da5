"""The late answer to KakaoTalk's one-time callback address."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)

HOST = "kakao.com"


def is_callback(url: str) -> bool:
    """Tell whether an address is KakaoTalk's: nothing is sent anywhere else.

    >>> [is_callback(one) for one in ("https://bot-api.kakao.com/v1/bots/1/callback/2",
    ...     "http://bot-api.kakao.com/", "https://kakao.com.evil.kr/", "https://a@kakao.com:22/")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_theirs = host == HOST or host.endswith(f".{HOST}")
    return parts.scheme == "https" and is_theirs and port is None and "@" not in parts.netloc


async def call_back(url: str, response: Mapping[str, Any]) -> None:
    """Send an answer; what goes wrong is logged, the person finds the answer by asking again."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=10, follow_redirects=False) as client:
            sent = await client.post(url, json=dict(response))
        logger.info("kakao callback status=%d", sent.status_code)
    except httpx.HTTPError as error:
        logger.warning("kakao callback failed error=%s", type(error).__name__)
