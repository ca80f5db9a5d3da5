"""Korean text to search terms: content morphemes, neighbouring ones, the syllable pairs of words."""

import hashlib
import logging
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Protocol

from advisor.text import clean

logger = logging.getLogger(__name__)

# Raise when the same text would give other terms; terms kept in the ledger are then made anew.
FORM = 2
_WORD = re.compile(r"[^\W_]+")
_HANGUL = re.compile("[가-힣]")
# Longer than any word of the records: typed without spaces.
_UNSPACED = re.compile("[가-힣A-Za-z0-9]{13,}")
# Nouns, verbs, adjectives, roots, foreign words, Hanja, numbers. Particles and endings say how a
# word is used, not what the text is about, and cost 11 to 31 points of nDCG where they stay.
CONTENT_TAGS = ("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "XR", "SL", "SH", "SN", "MAG", "XPN")
# What a question is about, for coverage: without pronouns, counters, adverbs.
TOPIC_TAGS = ("NNG", "NNP", "NR", "VV", "VA", "XR", "SL", "SH", "SN")


class Tokenizer(Protocol):
    """What search needs of a tokenizer; safe to call from many threads."""

    @property
    def tokenizer_id(self) -> str:
        """Terms of two tokenizers fit together only where this is the same."""

    def terms(self, text: str) -> list[str]:
        """Return every term of a text, repeated as it repeats."""

    def topics(self, text: str) -> list[str]:
        """Return the terms that say what a text is about, each once, in order."""

    def spaced(self, text: str) -> str:
        """Return a question that was typed without spaces with spaces; any other as it is."""


class KiwiTokenizer:
    """Content morphemes, neighbouring morphemes and syllable pairs in one bag.

    Morphemes find inflected words; neighbours ("불량_검사") tell a text that says the same from one
    that only has the same words, half a point of nDCG; pairs find compounds that are written, or
    cut, in another way, and make search nearly immune to missing spaces.
    """

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        """Remember the words to add; nothing is loaded before `start` or the first text.

        Args:
            user_words: Names that must stay one noun. Their parts are still found by pairs.
        """
        self._user_words = tuple(sorted(set(user_words)))
        self._kiwi: Any = None
        self._loading: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._lock = threading.Lock()

    @property
    def tokenizer_id(self) -> str:
        words = hashlib.sha256("\n".join(self._user_words).encode()).hexdigest()[:8]
        return f"kiwi-neighbours-pairs/{FORM}/{words}"

    def start(self) -> None:
        """Begin to load in the background: a second of work that other set-up can overlap."""
        with self._lock:
            if self._kiwi is None and self._loading is None:
                self._loading = threading.Thread(target=self._load, name="kiwi", daemon=True)
                self._loading.start()

    def terms(self, text: str) -> list[str]:
        text = clean(text)
        found = [form for form, _ in self._morphemes(text, CONTENT_TAGS)]
        return [*found, *(f"{one}_{two}" for one, two in pairwise(found)), *pairs(text)]

    def topics(self, text: str) -> list[str]:
        found = (form for form, _ in self._morphemes(clean(text), TOPIC_TAGS))
        return list(dict.fromkeys(found))

    def spaced(self, text: str) -> str:
        if not _UNSPACED.search(text):
            return text
        spaced: str = self._ready().space(text)
        return spaced

    def _morphemes(self, text: str, tags: Sequence[str]) -> Iterator[tuple[str, str]]:
        for token in self._ready().tokenize(text):
            # "VV-I" and "VV-R" are irregular and regular verbs.
            tag = token.tag.partition("-")[0]
            if tag in tags:
                yield token.form.lower(), tag

    def _ready(self) -> Any:
        if self._kiwi is None:
            self.start()
            assert self._loading is not None
            self._loading.join()
            if self._failure is not None:
                raise RuntimeError("Kiwi could not be loaded") from self._failure
        return self._kiwi

    def _load(self) -> None:
        try:
            self._kiwi = _kiwi(self._user_words)
        except BaseException as error:  # noqa: BLE001  handed to the thread that waits
            self._failure = error


@cache
def _kiwi(user_words: tuple[str, ...]) -> Any:
    """Return the loaded model: 220 MB and a second of work, so one for all of a process."""
    # Only where text is searched.
    from kiwipiepy import Kiwi

    # The default dictionaries of names cost another 290 MB and ten seconds on a busy machine, and
    # find nothing more here.
    kiwi = Kiwi(num_workers=1, load_default_dict=False, load_multi_dict=False, load_typo_dict=False)
    for word in user_words:
        kiwi.add_user_word(word, "NNP")
    # The first text builds the model; better now than in somebody's first question.
    kiwi.tokenize("준비")
    return kiwi


def pairs(text: str) -> list[str]:
    """Return the syllable pairs of each Hangul word; other words stand whole, among morphemes.

    >>> pairs("스마트공장 AI 를")
    ['스마', '마트', '트공', '공장']
    """
    found = []
    for word in _WORD.findall(text.lower()):
        if _HANGUL.search(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
    return found
