"""The words of the staff's views against the scripts that say them."""

import re

import pytest

from advisor.config import Settings
from advisor.ui import admin_words, clients_words, documents_words, helpdesk_words, review_words
from advisor.ui.document import ASSETS, STAFF_SCRIPTS
from advisor.ui.settings_words import MEANINGS
from advisor.ui.staff_words import Words, words_of

VIEWS: dict[str, Words] = {
    "admin": admin_words.WORDS, "client": clients_words.WORDS, "documents": documents_words.WORDS,
    "helpdesk": helpdesk_words.WORDS, "review": review_words.WORDS,
}  # fmt: skip
SAID = re.compile(r'\bsay\("([a-z_]+)"')


@pytest.mark.parametrize("name", STAFF_SCRIPTS)
def test_a_script_says_only_what_its_view_has_in_both_languages(name: str) -> None:
    said = set(SAID.findall((ASSETS / name).read_text(encoding="utf-8")))
    views = [own for prefix, own in VIEWS.items() if name.startswith(prefix)] or VIEWS.values()

    missing = {
        (word, language)
        for own in views
        for language in ("ko", "en")
        for word in said - words_of(own, language).keys()
    }

    assert missing == set()


def test_every_setting_is_explained_in_korean() -> None:
    assert set(MEANINGS) == set(Settings.model_fields)
