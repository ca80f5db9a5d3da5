"""A question that compares, in its halves (pure)."""

import re

_BETWEEN = re.compile(
    r"\s?(?:\bvs\.?\b|\b(?:and|or|versus)\b|대신|아니면|(?<=[가-힣])(?:이?랑|하고|과|와)(?=\s)|(?<=할까요)|(?<=거)랑|(?<=것)과)\s?",
    re.I,
)
_ASKING = re.compile(
    r"(?:중에?|둘\s?중|어느\s?(?:쪽|게|것)|뭐가|무엇이|차이|비교|나을까요?|나아요|좋아요|달라요|맞아요|이득)\S*|"
    r"\b(?:what is|what's|the|difference|differences|between|which|is|better|for us|compare|of)\b",
    re.I,
)


def split_comparison(text: str) -> list[str]:
    """Return the two things compared as texts; one text where it cannot be told.

    >>> split_comparison("공개 소프트웨어로 하는 거랑 업체 솔루션을 사는 거랑 어느 쪽이 나을까요?")
    ['공개 소프트웨어로 하는 거', '업체 솔루션을 사는 거']
    """
    plain = _ASKING.sub(" ", text)
    parts = [part.strip(" ,.?!") for part in _BETWEEN.split(plain) if part]
    parts = [
        part
        for part in parts
        if len(re.sub(r"\s", "", part)) >= 2 and not re.fullmatch(r"[쪽이가 ]+", part)
    ]
    return parts[:2] if len(parts) >= 2 else [text]
