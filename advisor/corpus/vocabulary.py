"""`corpus/vocabulary/*.yaml` to the closed lists."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.corpus.problems import (
    CorpusProblemsError,
    Problem,
    bad_fields,
    bad_yaml,
    read_yaml,
    unreadable,
)
from advisor.domain.vocabulary import (
    Caution,
    CompanySize,
    Industry,
    Place,
    ProfileField,
    Region,
    Trade,
    Vocabulary,
)

VOCABULARY_FOLDER = "vocabulary"
Shape = TypeVar("Shape", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Sigungu(_Strict):
    name: str
    short: str | None = None
    en: str | None = None
    caution: Caution = "none"
    not_before: list[str] = []


class _Sido(_Strict):
    name: str
    official: str
    names: list[str]
    not_before: list[str] = []
    sigungu: list[_Sigungu]


class _Place(_Strict):
    sido: str
    sigungu: str
    names: list[str]


class _Regions(_Strict):
    sido: list[_Sido]
    places: list[_Place]
    abroad: list[str]


class _Industry(_Strict):
    ksic: str
    name: str
    name_en: str
    words: list[str]
    made: list[str] = []


class _Trade(_Strict):
    words: list[str]
    ksic: str | None
    process: str | None


class _Industries(_Strict):
    sections: list[_Industry]
    divisions: list[_Industry]
    trades: list[_Trade]


class _CompanySize(_Strict):
    name: str
    names: list[str]
    within: list[str]
    definition: str


class _CompanySizes(_Strict):
    company_sizes: list[_CompanySize]


class _ProfileField(_Strict):
    id: str
    group: str
    label: str
    type: Literal[
        "string", "enum", "date", "number", "integer", "bool", "object",
        "list[string]", "list[enum]", "list[object]",
    ]  # fmt: skip
    unit: str | None
    allowed: list[str] | None
    default: None
    needed_for: list[str]
    priority: Literal["must", "should", "nice"]
    ask: str | None
    verify_by: list[str]
    sensitivity: Literal["내부", "민감"]
    derive: str | None
    validate_by: str | None
    informs_items: list[str]
    note: str | None


class _ProfileFields(_Strict):
    meta: dict[str, Any]
    value_envelope: dict[str, str]
    needed_for_values: list[str]
    priority_values: dict[str, str]
    missing_value_rules: list[str]
    groups: list[str]
    fields: list[_ProfileField]
    extra_fields: list[_ProfileField] = []


def load_vocabulary(corpus_folder: Path) -> Vocabulary:
    """Read regions, industries, company sizes and profile fields of a corpus folder.

    Raises:
        CorpusProblemsError: With every problem of the four files.
    """
    problems: list[Problem] = []
    lists = _lists(corpus_folder, problems)
    if lists is None:
        raise CorpusProblemsError(problems)
    return _vocabulary(*lists)


def check_vocabulary(corpus_folder: Path) -> list[Problem]:
    """Return every problem of the four files, also words that another list does not know."""
    problems: list[Problem] = []
    lists = _lists(corpus_folder, problems)
    if lists is not None:
        problems += _unknown_words(*lists)
    return problems


_Lists = tuple[_Regions, _Industries, _CompanySizes, _ProfileFields]


def _lists(corpus_folder: Path, problems: list[Problem]) -> _Lists | None:
    folder = corpus_folder / VOCABULARY_FOLDER
    regions = _read(folder / "regions.yaml", _Regions, problems)
    industries = _read(folder / "industries.yaml", _Industries, problems)
    sizes = _read(folder / "company_sizes.yaml", _CompanySizes, problems)
    fields = _read(folder / "profile_fields.yaml", _ProfileFields, problems)
    if regions is None or industries is None or sizes is None or fields is None:
        return None
    return regions, industries, sizes, fields


def _vocabulary(
    regions: _Regions, industries: _Industries, sizes: _CompanySizes, fields: _ProfileFields
) -> Vocabulary:
    return Vocabulary(
        regions=tuple(
            Region(
                name=one.name,
                official=one.official,
                names=tuple(dict.fromkeys((one.name, one.official, *one.names))),
                not_before=tuple(one.not_before),
            )
            for one in regions.sido
        ),
        places=(
            *(_sigungu(one.name, part) for one in regions.sido for part in one.sigungu),
            *(Place(one.sido, one.sigungu, tuple(one.names)) for one in regions.places),
        ),
        abroad=tuple(regions.abroad),
        industries=tuple(
            Industry(one.ksic, one.name, one.name_en, tuple(one.words), tuple(one.made))
            for one in (*industries.sections, *industries.divisions)
        ),
        trades=tuple(Trade(tuple(one.words), one.ksic, one.process) for one in industries.trades),
        company_sizes=tuple(
            CompanySize(one.name, tuple(one.names), tuple(one.within), one.definition)
            for one in sizes.company_sizes
        ),
        profile_fields=_profile_fields(fields),
    )


def _sigungu(sido: str, part: _Sigungu) -> Place:
    names = [part.name, *filter(None, (part.short, part.en))]
    return Place(sido, part.name, tuple(names), part.caution, tuple(part.not_before))


def _profile_fields(fields: _ProfileFields) -> Mapping[str, ProfileField]:
    found = {}
    for extra, group in ((False, fields.fields), (True, fields.extra_fields)):
        for one in group:
            found[one.id] = ProfileField(
                id=one.id,
                group=one.group,
                label=one.label,
                type=one.type,
                unit=one.unit,
                allowed=None if one.allowed is None else tuple(one.allowed),
                needed_for=tuple(one.needed_for),
                priority=one.priority,
                ask=one.ask,
                verify_by=tuple(one.verify_by),
                sensitivity=one.sensitivity,
                derive=one.derive,
                validate=one.validate_by,
                informs_items=tuple(one.informs_items),
                note=one.note,
                extra=extra,
            )
    return found


def _read(path: Path, shape: type[Shape], problems: list[Problem]) -> Shape | None:
    where = f"{VOCABULARY_FOLDER}/{path.name}"
    try:
        plain = read_yaml(path.read_text(encoding="utf-8"))
        # pydantic keeps `validate` for itself, so the field has another name in code.
        if isinstance(plain, dict):
            for name in ("fields", "extra_fields"):
                for one in plain.get(name) or ():
                    if isinstance(one, dict) and "validate" in one:
                        one["validate_by"] = one.pop("validate")
        return shape.model_validate(plain)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(unreadable(where, error))
    except yaml.YAMLError as error:
        problems.append(bad_yaml(where, error))
    except ValidationError as error:
        problems += bad_fields(where, error)
    return None


def _unknown_words(
    regions: _Regions, industries: _Industries, sizes: _CompanySizes, fields: _ProfileFields
) -> Iterator[Problem]:
    known = {(one.name, part.name) for one in regions.sido for part in one.sigungu}
    # 세종 has no 시·군·구; its places stand by themselves.
    alone = {one.name for one in regions.sido if not one.sigungu}
    for index, place in enumerate(regions.places):
        if place.sido not in alone and (place.sido, place.sigungu) not in known:
            yield _unknown("regions.yaml", f"places.{index}", f"{place.sido} {place.sigungu}")
    codes = {one.ksic for one in (*industries.sections, *industries.divisions)}
    by_id = {one.id: one for one in (*fields.fields, *fields.extra_fields)}
    processes = {
        word for one in by_id.values() if one.id == "main_processes" for word in one.allowed or ()
    }
    for index, trade in enumerate(industries.trades):
        if trade.ksic is not None and trade.ksic not in codes:
            yield _unknown("industries.yaml", f"trades.{index}.ksic", trade.ksic)
        if trade.process is not None and trade.process not in processes:
            yield _unknown("industries.yaml", f"trades.{index}.process", trade.process)
    yield from _unknown_sizes(sizes)
    for field in by_id.values():
        if field.group not in fields.groups:
            yield _unknown("profile_fields.yaml", f"{field.id}.group", field.group)


def _unknown_sizes(sizes: _CompanySizes) -> Iterator[Problem]:
    classes = {one.name for one in sizes.company_sizes}
    for size in sizes.company_sizes:
        for one in size.within:
            if one not in classes:
                yield _unknown("company_sizes.yaml", f"{size.name}.within", one)


def _unknown(file: str, field: str, word: str) -> Problem:
    return Problem(
        f"{VOCABULARY_FOLDER}/{file}",
        field,
        f"목록에 없는 낱말입니다: {word}",
        "목록에 있는 낱말로 고치거나 목록에 먼저 더해 주세요.",
    )
