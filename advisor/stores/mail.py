"""Alerts by mail, through the configured SMTP server."""

import logging
import smtplib
from collections.abc import Sequence
from email.message import EmailMessage

from advisor.config import Settings
from advisor.domain.shortlist import Alert

logger = logging.getLogger(__name__)

SUBJECT = "저장하신 지원사업에 새 소식이 있습니다"
NOTICE = "이 안내는 제조AI 길잡이(AI 상담 도구)가 보냈습니다. 신청 전에 최신 공고를 확인해 주세요."
TIMEOUT_S = 20


def can_mail(settings: Settings) -> bool:
    """Tell whether a mail server and a sender are configured."""
    return bool(settings.smtp_host and settings.smtp_from)


def mail_alerts(settings: Settings, address: str, alerts: Sequence[Alert]) -> bool:
    """Send alerts in one mail; False where the server did not take it (the log says why)."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = SUBJECT, settings.smtp_from, address
    lines = [f"- {one.text}" for one in alerts]
    message.set_content("\n".join([*lines, "", NOTICE]))
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("alert mail not sent alerts=%d error=%s", len(alerts), type(error).__name__)
        return False
    logger.info("alert mail sent alerts=%d", len(alerts))
    return True
