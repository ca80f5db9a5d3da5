"""A filled prompt, as it is sent to a chat model."""

from dataclasses import dataclass
from enum import StrEnum


class ModelRole(StrEnum):
    """Which model a prompt asks for: a quick one, or the one that writes answers."""

    FAST = "fast"
    MAIN = "main"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt without gaps.

    `digest` is the sha256 of the prompt file, so that an odd answer leads back to the words that
    made it; `reply` names the type that the reply is checked against.
    """

    name: str
    text: str
    digest: str
    role: ModelRole
    reply: str
