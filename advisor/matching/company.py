"""What a profile says about a company's size, trade and place, each with its basis (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.domain.profile import FactValue, Profile
from advisor.domain.vocabulary import Vocabulary
from advisor.text import squeeze

UNKNOWN_WORDS = frozenset({"", "모름", "모르겠음", "unknown"})
# Trades whose companies also sell technology to other factories.
SUPPLIER_LIKE = ("C26", "C27", "C28", "C29", "C34", "J", "M")
# What a process word ("프레스") cannot rule out: any of these trades may run that process.
PROCESS_TRADES = tuple(f"C{number}" for number in range(22, 34))


def said(profile: Profile, name: str) -> FactValue | None:
    """Return a stated value; "모름" is as if it had not been stated."""
    value = profile.get(name)
    if isinstance(value, str) and value.strip() in UNKNOWN_WORDS:
        return None
    if isinstance(value, tuple):
        known = tuple(one for one in value if one not in UNKNOWN_WORDS)
        return known or None
    return value


def text_of(profile: Profile, name: str) -> str | None:
    """Return a stated value as text, None where it is not stated or a list."""
    value = said(profile, name)
    return value if isinstance(value, str) else None


def number_of(profile: Profile, name: str) -> int | None:
    """Return a stated whole number, None where it is not stated or none."""
    value = said(profile, name)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    if isinstance(value, str) and value.replace(",", "").strip().isdigit():
        return int(value.replace(",", ""))
    return None


def words_of(profile: Profile, name: str) -> tuple[str, ...]:
    """Return a stated list, or a stated text as a list of one, empty where it is not stated."""
    value = said(profile, name)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


@dataclass(frozen=True, slots=True)
class Trade:
    """What the company makes and how.

    Attributes:
        codes: KSIC codes that are sure: from the form, or from products that were named.
        loose: Divisions that a process word only suggests ("프레스" is done in many trades).
        processes: Values of the field main_processes.
        text: All that was said of it, squeezed; for terms that no list has.
        label: The user's own words, for the sentence.
    """

    codes: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    text: str = ""
    label: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.codes or self.loose or self.processes)

    @property
    def is_manufacturer(self) -> bool | None:
        """Whether it manufactures; None where nothing says."""
        if self.processes or self.loose or any(code.startswith("C") for code in self.codes):
            return True
        return False if self.codes else None

    def is_in(self, ksic: Iterable[str]) -> bool:
        """Tell whether one of the codes, sure or suggested, lies in one of these."""
        return any(code.startswith(tuple(ksic)) for code in self.codes | self.loose)

    def could_be_in(self, ksic: Iterable[str]) -> bool:
        """Tell whether the company may be in one of these although it did not say so."""
        wanted = tuple(ksic)
        if not self.codes:
            return not self.is_known or any(code in PROCESS_TRADES for code in wanted)
        # "제조업" alone says no division.
        return self.codes == {"C"} and any(code.startswith("C") for code in wanted)


def trade_of(profile: Profile, vocabulary: Vocabulary) -> Trade:
    """Read the trade from the industry code, the products, the processes and what was said."""
    spoken = [
        *words_of(profile, "industry_text"),
        *words_of(profile, "main_products"),
        *words_of(profile, "main_processes"),
    ]
    text = " / ".join(spoken)
    mentions = vocabulary.find_industries(text)
    codes = {one.ksic for one in mentions if one.ksic and one.process is None}
    loose = {one.ksic for one in mentions if one.ksic and one.process is not None}
    processes = {one.process for one in mentions if one.process}
    processes |= {one for one in words_of(profile, "main_processes") if one != "기타"}
    code = _code(text_of(profile, "industry_ksic"))
    if code:
        # A code that was only read out of a process word stays a suggestion.
        (loose if code[:3] in loose - codes else codes).add(code)
    # "제조업" next to a named division adds nothing.
    sure = {one for one in codes if one != "C"} or codes
    label = next(iter(spoken), "") or (code or "")
    return Trade(frozenset(sure), frozenset(loose), frozenset(processes), squeeze(text), label)


def _code(ksic: str | None) -> str | None:
    if ksic is None:
        return None
    plain = ksic.strip().upper()
    return f"C{plain}" if plain[:1].isdigit() else plain or None
