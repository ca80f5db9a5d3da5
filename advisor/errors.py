"""Errors that end a command or a turn; each carries what the user reads."""

from advisor.messages import UserMessage


class AdvisorError(Exception):
    """A failure with a Korean sentence and the next step for the user.

    `exit_code` is 2 where the input or the set-up is to blame, 1 where the product is.
    """

    exit_code = 2

    def __init__(self, message: UserMessage, detail: str = "") -> None:
        """Keep the user's message; `detail` is English, for the log only."""
        super().__init__(detail or message.text)
        self.user_message = message
        self.detail = detail


class CorpusError(AdvisorError):
    """A corpus file cannot be read or is wrong."""


class IndexUnavailableError(AdvisorError):
    """The index is missing, damaged or held by another process."""


class HomeUnavailableError(AdvisorError):
    """ADVISOR_HOME cannot be written, is full, or belongs to another process."""


class BadInputError(AdvisorError):
    """A file, a line or an argument given by the user cannot be used."""


class ModelUnavailableError(AdvisorError):
    """The chat model did not answer in time or not in the agreed shape."""

    exit_code = 1
