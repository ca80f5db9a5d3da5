"""An answer as KakaoTalk shows it: plain text, a list of sources, follow-ups to tap. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from advisor.api.kakao_shapes import (
    MOST_ITEMS,
    MOST_LABEL,
    MOST_REPLIES,
    MOST_TEXT,
    MOST_TITLE,
    Button,
    Header,
    Item,
    Link,
    ListCard,
    Output,
    QuickReply,
    SimpleText,
    SkillResponse,
    Template,
    TextCard,
)

AI_NOTICE = "AI가 자료를 찾아 답합니다. 신청 전에는 출처와 수행기관에 꼭 확인해 주세요.\n\n"
CUT = "\n\n… 길어서 줄였습니다."
CUT_WITH_PAGE = "\n\n… 길어서 줄였습니다. 아래 단추로 전체 답을 보실 수 있습니다."
GO_ON = "전체 답·이어 보기"
SHOW = "답 보기"
SOURCES = "출처"
_MARKS = (
    (re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)"), r"\1"),
    (re.compile(r"^#{1,6}\s+", re.M), ""),
    (re.compile(r"^(\s*)[-*]\s+", re.M), r"\1· "),
    (re.compile(r"\*\*|__|`"), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_ENDS = re.compile(r"[.!?。]\s|\n")


def shown(answer: Mapping[str, Any], *, page: str = "", is_first: bool = False) -> SkillResponse:
    """Return an answer within KakaoTalk's limits.

    Args:
        answer: In the contract's shape.
        page: Address where the consultation goes on; empty is none.
        is_first: Whether to say first that an AI answers.
    """
    text = plain(str(answer["text"]))
    if is_first:
        text = AI_NOTICE + text
    outputs = [Output(simpleText=SimpleText(text=cut(text, note=CUT_WITH_PAGE if page else CUT)))]
    buttons = [Button(label=GO_ON, webLinkUrl=page)] if page else None
    items = _items(answer.get("citations") or ())
    if items:
        card = ListCard(header=Header(title=SOURCES), items=items, buttons=buttons)
        outputs.append(Output(listCard=card))
    elif buttons and len(text) > MOST_TEXT:
        more = TextCard(
            title="제조AI 길잡이",
            description="전체 답을 화면에서 보실 수 있습니다.",
            buttons=buttons,
        )
        outputs.append(Output(textCard=more))
    return _response(outputs, [(one, one) for one in answer.get("follow_ups") or () if one.strip()])


def said(text: str, *, page: str = "", replies: Sequence[str] = ()) -> SkillResponse:
    """Return a sentence of ours, with the way to the page and words to tap."""
    outputs = [Output(simpleText=SimpleText(text=cut(text)))]
    if page:
        buttons = [Button(label=GO_ON, webLinkUrl=page)]
        card = TextCard(
            title="제조AI 길잡이",
            description="화면에서도 이어서 보실 수 있습니다.",
            buttons=buttons,
        )
        outputs.append(Output(textCard=card))
    return _response(outputs, [(one, one) for one in replies])


def later(text: str) -> SkillResponse:
    """Return the promise of an answer that comes to the callback address."""
    return SkillResponse(useCallback=True, data={"text": text})


def as_json(response: SkillResponse) -> dict[str, Any]:
    """Return what goes over the wire: what is absent is left out."""
    return response.model_dump(exclude_none=True)


def plain(markdown: str) -> str:
    r"""Return text without Markdown's marks; citation marks stay.

    >>> plain("## 답\n- **2억 원**까지 [1]\n- [공고](https://a.kr)")
    '답\n· 2억 원까지 [1]\n· 공고'
    """
    for mark, to in _MARKS:
        markdown = mark.sub(to, markdown)
    return markdown.strip() or "…"


def cut(text: str, *, most: int = MOST_TEXT, note: str = CUT) -> str:
    """Return text of at most `most` characters, ended after a sentence or line where it is longer.

    >>> cut("가나다. 라마바. 사아자.", most=10, note="…")
    '가나다.…'
    """
    if len(text) <= most:
        return text
    room = text[: most - len(note)]
    ends = [one.end() for one in _ENDS.finditer(room)]
    kept = room[: ends[-1]] if ends and ends[-1] > len(room) // 3 else room
    return kept.rstrip() + note


def _items(citations: Sequence[Mapping[str, Any]]) -> list[Item]:
    found: dict[str, Item] = {}
    for one in citations:
        url = str(one.get("url") or "")
        about = " · ".join(str(one[name]) for name in ("publisher", "date") if one.get(name))
        found.setdefault(
            str(one["record_id"]),
            Item(
                title=_short(f"[{one['label']}] {one['title']}", MOST_TITLE),
                description=_short(about, MOST_TITLE) or None,
                link=Link(web=url) if url.startswith(("https://", "http://")) else None,
            ),
        )
    return list(found.values())[:MOST_ITEMS]


def _response(outputs: list[Output], replies: Sequence[tuple[str, str]]) -> SkillResponse:
    quick = [
        QuickReply(label=_short(label, MOST_LABEL), messageText=message[:MOST_TEXT])
        for label, message in replies[:MOST_REPLIES]
    ]
    return SkillResponse(template=Template(outputs=outputs, quickReplies=quick or None))


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
