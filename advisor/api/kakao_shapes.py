"""KakaoTalk's skill: what its bot sends, and what it takes, with the limits that it sets.

Shapes and limits are those of Kakao's guide "응답 타입별 JSON 포맷"
(https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format, also
https://i.kakao.com/docs/skill-response-format); the callback those of "AI 챗봇 콜백 개발 가이드"
(https://i.kakao.com/docs/skill-callback-dev-guide): 5 seconds for the skill, one minute and one use
for a callback address.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_TEXT, MOST_TITLE, MOST_CARD, MOST_LABEL = 1000, 50, 400, 14
MOST_ITEMS, MOST_OUTPUTS, MOST_REPLIES = 5, 3, 10

Label = Annotated[str, Field(min_length=1, max_length=MOST_LABEL)]
Address = Annotated[str, Field(pattern="^https?://", max_length=2000)]


class _Sent(BaseModel):
    # The bot's own blocks, parameters and contexts come along and may grow: they are passed over.
    model_config = ConfigDict(extra="ignore")


class SkillUser(_Sent):
    """Who writes; the id is the person's within this bot."""

    id: str = Field(min_length=1, max_length=200)


class UserRequest(_Sent):
    """What was written."""

    user: SkillUser
    utterance: str  # as long as it comes: a person is told in a balloon that it is too long
    callbackUrl: str | None = Field(default=None, max_length=2_000)  # noqa: N815  # Kakao's name


class SkillPayload(_Sent):
    """One message as the bot sends it."""

    userRequest: UserRequest  # noqa: N815


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SimpleText(_Given):
    """A balloon of text."""

    text: str = Field(min_length=1, max_length=MOST_TEXT)


class Button(_Given):
    """A button that opens a page."""

    action: Literal["webLink"] = "webLink"
    label: Label
    webLinkUrl: Address  # noqa: N815


class TextCard(_Given):
    """A card of text with buttons. A basicCard would need a picture."""

    title: str = Field(min_length=1, max_length=MOST_TITLE)
    description: str = Field(min_length=1, max_length=MOST_CARD - MOST_TITLE)
    buttons: list[Button] = Field(min_length=1, max_length=3)


class Link(_Given):
    """Where a line leads."""

    web: Address


class Header(_Given):
    """The head of a list."""

    title: str = Field(min_length=1, max_length=MOST_TITLE)


class Item(_Given):
    """A line of a list."""

    title: str = Field(min_length=1, max_length=MOST_TITLE)
    description: str | None = Field(default=None, min_length=1, max_length=MOST_TITLE)
    link: Link | None = None


class ListCard(_Given):
    """A list with a head and at most two buttons."""

    header: Header
    items: list[Item] = Field(min_length=1, max_length=MOST_ITEMS)
    buttons: list[Button] | None = Field(default=None, min_length=1, max_length=2)


class Output(_Given):
    """One balloon; exactly one of the three."""

    simpleText: SimpleText | None = None  # noqa: N815
    textCard: TextCard | None = None  # noqa: N815
    listCard: ListCard | None = None  # noqa: N815


class QuickReply(_Given):
    """A short word that sends a whole message."""

    action: Literal["message"] = "message"
    label: Label
    messageText: str = Field(min_length=1, max_length=MOST_TEXT)  # noqa: N815


class Template(_Given):
    """What the person sees."""

    outputs: list[Output] = Field(min_length=1, max_length=MOST_OUTPUTS)
    quickReplies: list[QuickReply] | None = Field(  # noqa: N815
        default=None, min_length=1, max_length=MOST_REPLIES
    )


class SkillResponse(_Given):
    """The answer to a message; with `useCallback` the real one comes to the callback address."""

    version: Literal["2.0"] = "2.0"
    template: Template | None = None
    useCallback: Literal[True] | None = None  # noqa: N815
    data: dict[str, str] | None = None
