"""docs/pages.md tells of every page of the product, with its picture."""

import re
from pathlib import Path

from advisor.ui.strings import KO

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "pages.md").read_text(encoding="utf-8")
SECTIONS = {
    one.partition("\n")[0]: one.partition("\n")[2]
    for one in re.split(r"^## ", TEXT, flags=re.M)[1:]
}
DOORS = {
    "로그인": "/sign-in", "첫 설정": "/set-up", "새 비밀번호": "/new-password", "내 계정": "/account",
    "문서 보기": "/api/v1/documents/…/view",
}  # fmt: skip


def test_each_page_has_its_address_a_paragraph_and_a_picture() -> None:
    pages = {name: f"#{view}" for view, name in KO.views.items()} | DOORS

    assert set(SECTIONS) == set(pages)
    for name, address in pages.items():
        where, what = [one for one in SECTIONS[name].split("\n\n") if one.strip()][:2]
        assert f"`{address}`" in where, name
        assert len(what) > 40, name
        assert "-phone.webp" in SECTIONS[name], name


def test_every_picture_is_shown_with_words_for_who_does_not_see_it() -> None:
    shown = dict(re.findall(r'<img src="images/([^"]+)" width="\d+" alt="([^"]+)">', TEXT))

    assert set(shown) == {one.name for one in (DOCS / "images").iterdir()}
    assert len(shown) == TEXT.count("<img ")
    assert len(set(shown.values())) == len(shown)


def test_every_page_at_the_door_is_told_of() -> None:
    source = Path("advisor/ui/sign_in.py").read_text(encoding="utf-8")
    served = set(re.findall(r'@routes\.get\("(/[^"]+)"', source))

    # The two of OIDC show nothing: they send on.
    assert served - {"/oidc", "/oidc-callback"} <= set(DOORS.values())
