"""Refusals of this package, told apart by type so that pages and the API can word them."""

from datetime import datetime
from math import ceil

from advisor.accounts.policy import Decision
from advisor.clock import now
from advisor.errors import AdvisorError
from advisor.messages import UserMessage


class SignInError(AdvisorError):
    """A sign-in, password or code was refused."""


class WaitError(SignInError):
    """Too many wrong tries; `until` is when the next one counts."""

    def __init__(self, message: UserMessage, until: datetime) -> None:
        """Fill the minutes into the message's next step."""
        self.until = until
        self.minutes = max(1, ceil((until - now()).total_seconds() / 60))
        step = message.next_step.format(minutes=self.minutes)
        super().__init__(UserMessage(message.text, step), detail="throttled")


class DeniedError(AdvisorError):
    """The policy table says no; `decision` says what the asker may know of that."""

    def __init__(self, decision: Decision, message: UserMessage) -> None:
        """Keep the decision beside the sentence."""
        super().__init__(message, detail=f"denied decision={decision.value}")
        self.decision = decision
