"""One answer against its gold, and shares with their confidence intervals (pure)."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_SOURCES = 6  # an answer leans on a few sources
MOST_LETTERS = 800  # without white space: a person asked one question
# Gold names few fields, the profile has its own names for them.
PROFILE_FIELDS = {
    "employees": ("employees_regular",),
    "region": ("factory_sido", "hq_sido", "factory_sigungu"),
    "industry": ("industry_text", "main_processes", "main_products"),
    "revenue_krw": ("revenue_krw_last", "revenue_krw_3y_avg"),
    "smart_factory_level": ("sf_level_official", "sf_built", "systems_in_use"),
}
_DROP = re.compile(r"[\s*`\u200b]|(?<!\d),|,(?!\d{3})")


def squeeze(text: str) -> str:
    """Fold width, case and dashes; drop white space, emphasis and grouping commas."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[‐‑‒–—−]", "-", folded).replace("∼", "~")
    return _DROP.sub("", re.sub(r"(?<=\d),(?=\d{3})", "", folded))


def says(text: str, wanted: str) -> bool:
    """Whether a fact stands in a text and is no piece of another number.

    >>> says("최대 **2억 원**입니다", "2억"), says("12억 원", "2억"), says("2억 5천만 원", "2억")
    (True, False, False)
    """
    plain, needle = squeeze(text), squeeze(wanted)
    if not needle:
        return False
    start = plain.find(needle)
    while start >= 0:
        before, after = plain[:start], plain[start + len(needle) :]
        if not _cut_out(before, needle, after):
            return True
        start = plain.find(needle, start + 1)
    return False


def _cut_out(before: str, needle: str, after: str) -> bool:
    if needle[0].isdigit() and re.search(r"\d\.?$", before):
        return True
    if "만" in needle and "억" not in needle and before.endswith("억"):
        return True
    if (
        needle[-1].isdigit()
        and re.match(r"\d|\.\d", after)
        and not re.fullmatch(r"(19|20)\d\d", needle)
    ):
        return True
    if needle.endswith("억") and re.match(r"\d[\d.]*[천백만]", after):
        return True
    return bool(
        re.match(r"가능|됩니다|해당|충족", needle) and before[-1:] in ("불", "안", "못", "미")
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer scored. `problems` is empty where everything is right."""

    status_right: bool
    cited: bool | None
    facts: tuple[int, int]
    problems: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def score_answer(gold: Mapping[str, Any], answer: Mapping[str, Any]) -> Scored:
    """Compare one answer (contract JSON) with its gold."""
    text, status = str(answer.get("text") or ""), str(answer.get("status"))
    allowed = gold["status"] if isinstance(gold["status"], list) else [gold["status"]]
    gold = {
        **gold,
        **{k: v for k, v in gold.get("when", {}).get(status, {}).items() if k == "cite_any"},
    }
    extra = gold.get("when", {}).get(status, {})
    problems: list[str] = [] if status in allowed else [f"status {status}, not {'|'.join(allowed)}"]
    if not text.strip():
        problems.append("no text")
    ids = list(dict.fromkeys(one["record_id"] for one in answer.get("citations", ())))
    any_of = list(gold.get("cite_any", ()))
    all_of = [*gold.get("cite_all", ()), *extra.get("cite_all", ())]
    cited = None
    if any_of or all_of:
        cited = (not any_of or any(_is_cited(one, ids) for one in any_of)) and all(
            _is_cited(one, ids) for one in all_of
        )
        if not cited:
            problems.append(f"cites {ids[:3]}, wanted {[*any_of[:3], *all_of]}")
    if status == "answered":
        problems += _focus(ids, [*any_of, *all_of], text)
    wanted = [*gold.get("must_contain", ()), *extra.get("must_contain", ())]
    missing = [one for one in wanted if not any(says(text, form) for form in one)]
    problems += [f"lacks {'|'.join(one[:3])}" for one in missing]
    kept = text + str(answer.get("profile"))
    problems += [f"says {one}" for one in gold.get("must_not_contain", ()) if says(kept, one)]
    problems += _profile_problems(gold.get("profile", {}), answer.get("profile") or {})
    problems += _verdict_problems(gold.get("verdict"), answer.get("verdicts") or ())
    return Scored(
        status in allowed, cited, (len(wanted) - len(missing), len(wanted)), tuple(problems)
    )


def _focus(ids: Sequence[str], wanted: Sequence[str], text: str) -> list[str]:
    problems = []
    if wanted and ids and not any(_is_cited(one, ids[:1]) for one in wanted):
        problems.append(f"opens with {ids[0]}")
    if len(ids) > MOST_SOURCES:
        problems.append(f"cites {len(ids)} records")
    letters = len("".join(text.split()))
    if letters > MOST_LETTERS:
        problems.append(f"{letters} letters")
    return problems


def _is_cited(wanted: str, ids: Sequence[str]) -> bool:
    return any(
        one == option or (option == "funding_rules" and one.startswith("funding-rules"))
        for option in wanted.split("|")
        for one in ids
    )


def _profile_problems(gold: Mapping[str, Any], profile: Mapping[str, Any]) -> list[str]:
    problems = []
    for name, wanted in gold.items():
        values: list[Any] = []
        for field_id in PROFILE_FIELDS.get(name, (name,)):
            value = profile.get(field_id)
            values += (
                value if isinstance(value, (list, tuple)) else [] if value is None else [value]
            )
        options = wanted if isinstance(wanted, list) else [wanted]
        if not any(_same(option, value) for option in options for value in values):
            problems.append(f"profile {name} is {values or None}, not {wanted}")
    return problems


def _same(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return bool(value == wanted)
    return squeeze(str(wanted)) in squeeze(str(value))


def _verdict_problems(
    gold: Mapping[str, str] | None, given: Sequence[Mapping[str, str]]
) -> list[str]:
    if gold is None:
        return []
    said = [one["verdict"] for one in given if one["record_id"] == gold["record_id"]]
    return [f"verdict {said[0]}, not {gold['value']}"] if said and said[0] != gold["value"] else []


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share.

    >>> tuple(round(one, 3) for one in wilson(9, 10))
    (0.596, 0.982)
    """
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)
