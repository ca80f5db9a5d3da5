"""What an attacker who knows the rules can work out from published counts."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from advisor.signals.hiding import SMALLEST, STEP, Shown, show_overlapping, show_parts

few = st.lists(st.integers(0, 14), min_size=2, max_size=5)


def everything_that_looks_like(published: Shown, names: str) -> list[dict[str, int]]:
    """Return every set of counts, up to 19 a group, whose publication is the same, by trying all."""
    room = [
        range(published.groups[name], published.groups[name] + STEP)
        if name in published.groups
        else range(STEP * 4)
        for name in names
    ]
    return [
        counts
        for sizes in product(*room)
        if show_parts(counts := dict(zip(names, sizes, strict=True))) == published
    ]


@settings(max_examples=60, deadline=None)
@example([4, 9, 9, 9])
@example([3, 5, 0, 0])
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_no_published_sizes_leave_one_value_for_a_group_of_one_to_four(sizes: list[int]) -> None:
    names = "abcd"[: len(sizes)]
    counts = dict(zip(names, sizes, strict=True))

    possible = everything_that_looks_like(show_parts(counts), names)

    assert counts in possible
    for name, count in counts.items():
        if 0 < count < SMALLEST:
            assert len({one[name] for one in possible}) > 1, (name, counts)


def test_where_five_groups_would_give_the_small_one_away_the_next_smallest_goes_too() -> None:
    # 4 + 9 + 14 + 19 + 24 = 70: the shown 5, 10, 15 and 20 add up to 50, and 70 - 50 = 5 × 4 leaves
    # 4 above each. Without b, a may be any of 0 to 4.
    published = show_parts({"a": 4, "b": 9, "c": 14, "d": 19, "e": 24})

    assert published == Shown({"c": 10, "d": 15, "e": 20}, 70)


def test_groups_of_one_size_are_hidden_together() -> None:
    published = show_parts({"a": 4, "b": 9, "c": 9, "d": 9, "e": 9})

    assert published == Shown({}, 40)


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 40), max_size=30))
def test_nothing_below_five_and_nothing_but_multiples_of_five_is_shown(
    counts: dict[str, int],
) -> None:
    for published in (show_parts(counts), show_overlapping(counts)):
        for name, count in published.groups.items():
            assert count >= SMALLEST
            assert count % STEP == 0
            assert count <= counts[name] < count + STEP


def test_a_whole_of_four_says_nothing_at_all() -> None:
    assert show_parts({"a": 4, "b": 0}) == Shown({}, None)
