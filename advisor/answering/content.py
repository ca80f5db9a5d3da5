"""The words of a sentence that say what it is about (pure)."""

from advisor.answering.relevance import terms

# Letter pairs of endings and connectives say nothing about what a sentence is about.
_ENDINGS = frozenset((
    "습니", "니다", "합니", "입니", "됩니", "하는", "있는", "있습", "에서", "으로", "까지", "부터", "하고", "이며", "하며",
    "되며", "하면", "이고", "대한", "위한", "위해", "따라", "통해", "경우", "또한", "그리", "리고", "이상", "해야", "어야",
    "아야", "세요", "주세", "하세", "시면", "시기", "바랍", "랍니", "수있", "것입", "하여", "해서", "되어", "하기", "하지",
    "이나", "에는", "에도", "라면", "다면", "므로", "으므", "이를", "이는", "관련", "가능", "해당", "내용", "다음", "다만",
    "먼저", "필요", "확인", "도움", "사장", "장님", "대표", "표님", "귀사", "말씀", "씀하", "하신", "드립", "드리", "려면",
    "하려", "으려", "으면", "있으", "있어", "않습", "없습", "이라", "라고", "지만", "는데", "이번", "모두", "각각", "함께",
    "직접", "바로", "지금", "현재", "the", "and", "for", "you", "your", "can", "are", "is", "of", "to",
    "it", "in", "by", "up",
))  # fmt: skip


def content_terms(text: str) -> frozenset[str]:
    """Return the letter pairs and words of a text, without endings and numbers.

    >>> sorted(content_terms("최대 2억 원까지 지원합니다."))
    ['원까', '원합', '지원', '최대']
    """
    return frozenset(one for one in terms(text) - _ENDINGS if not one[0].isdigit())
