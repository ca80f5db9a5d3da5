"""`corpus/vocabulary/*.yaml` to the closed lists."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

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
from advisor.errors import CorpusError
from advisor.messages import UserMessage

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
        CorpusError: A list cannot be read; the sentence names the file.
    """
    folder = corpus_folder / VOCABULARY_FOLDER
    regions = _read(folder / "regions.yaml", _Regions)
    industries = _read(folder / "industries.yaml", _Industries)
    sizes = _read(folder / "company_sizes.yaml", _CompanySizes)
    fields = _read(folder / "profile_fields.yaml", _ProfileFields)
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


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        # pydantic keeps `validate` for itself, so the field has another name in code.
        if isinstance(plain, dict):
            for name in ("fields", "extra_fields"):
                for one in plain.get(name) or ():
                    if isinstance(one, dict) and "validate" in one:
                        one["validate_by"] = one.pop("validate")
        return shape.model_validate(plain)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise CorpusError(
            UserMessage(
                text=f"낱말 파일 {path.name}을(를) 읽지 못했습니다.",
                next_step="`advisor corpus check`로 고칠 곳을 확인해 주세요.",
            ),
            detail=f"{path.name}: {error}",
        ) from error
