"""Which sources there are: the three public services by their keys, others by sources.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from advisor.config import Settings
from advisor.corpus.connectors import bizinfo, kstartup, mss
from advisor.corpus.connectors.bizinfo import Bizinfo
from advisor.corpus.connectors.catalog import Catalog, Columns
from advisor.corpus.connectors.feed import Feed
from advisor.corpus.connectors.fetch import Pace
from advisor.corpus.connectors.kstartup import KStartup
from advisor.corpus.connectors.mss import MssNotices
from advisor.corpus.connectors.reading import Connector, Service
from advisor.corpus.connectors.regions import Regions
from advisor.domain.passages import Kind
from advisor.errors import BadInputError
from advisor.messages import UserMessage

FILE = "sources.yaml"
# Columns that hold a person, whatever a map says.
_PERSONAL = ("대표자", "성명", "담당자", "휴대", "이메일", "e-mail", "email", "주민", "생년월일")
_PLAIN = frozenset({
    "url", "agency", "operator", "summary", "regions", "target", "how_to_apply", "contact",
    "period", "updated",
})  # fmt: skip
_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Service(_Strict):
    """What may be set of a built-in source."""

    enabled: bool = True
    url: str | None = None
    interval_s: Annotated[float, Field(ge=0)] | None = None
    daily_calls: Annotated[int, Field(ge=1)] | None = None
    rows: Annotated[int, Field(ge=1, le=2000)] | None = None


class _Bizinfo(_Service):
    door: Literal["auto", "own", "data.go.kr"] = "auto"
    hashtags: str | None = None


class _Feed(_Strict):
    """An RSS or Atom feed."""

    connector: Literal["feed"]
    url: str
    label: str | None = None
    agency: str | None = None
    regions: tuple[str, ...] = ()
    enabled: bool = True
    interval_s: Annotated[float, Field(ge=0)] = 1.0


class _Columns(_Strict):
    key: Annotated[tuple[str, ...], Field(min_length=1)]
    title: str
    plain: Mapping[str, str] = {}
    details: Mapping[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, data: object) -> object:
        """Take the map as people write it: one column for each name, `details` apart."""
        if not isinstance(data, dict) or "plain" in data:
            return data
        own = {name: value for name, value in data.items() if name in {"key", "title", "details"}}
        if isinstance(own.get("key"), str):
            own["key"] = [own["key"]]
        return {**own, "plain": {name: value for name, value in data.items() if name not in own}}

    @model_validator(mode="after")
    def _checked(self) -> "_Columns":
        unknown = set(self.plain) - _PLAIN
        if unknown:
            raise ValueError(f"columns: 모르는 칸 {', '.join(sorted(unknown))}")
        for column in (self.title, *self.plain.values(), *self.details.values()):
            if any(word in column.lower() for word in _PERSONAL):
                raise ValueError(f"columns: '{column}' 열은 개인정보라 읽지 않습니다")
        return self


class _Catalog(_Strict):
    """A CSV or XLSX list."""

    connector: Literal["catalog"]
    url: str | None = None
    path: Path | None = None
    page_url: str | None = None
    label: str | None = None
    agency: str | None = None
    kind: Literal["program", "expert", "solution"] = "program"
    columns: _Columns
    enabled: bool = True
    interval_s: Annotated[float, Field(ge=0)] = 1.0

    @model_validator(mode="after")
    def _has_a_place(self) -> "_Catalog":
        if (self.url is None) == (self.path is None):
            raise ValueError("url과 path 가운데 하나만 적어 주세요")
        return self


_Own = Annotated[_Feed | _Catalog, Field(discriminator="connector")]


class _File(_Strict):
    bizinfo: _Bizinfo = _Bizinfo()
    mss: _Service = _Service()
    kstartup: _Service = _Service()
    sources: Mapping[Annotated[str, Field(pattern=_NAME, max_length=40)], _Own] = {}
    links: Mapping[str, Annotated[str, Field(pattern=_NAME)]] = {}


@dataclass(frozen=True)
class ConfiguredSource:
    """A source that can be asked for by name.

    Attributes:
        label: Korean name for people.
        connector: None where it cannot be used, `lacks` says why in Korean.
        daily_calls: Calls a day; None is without a limit.
        first_days: How far back a run without a day looks, where the service filters by day.
        noun: What its items are called.
    """

    name: str
    label: str
    connector: Connector | None
    lacks: str = ""
    daily_calls: int | None = None
    first_days: int | None = None
    noun: str = "공고"


@dataclass(frozen=True)
class Configured:
    """All sources by name, and the record ids that staff linked to source keys."""

    sources: Mapping[str, ConfiguredSource]
    links: Mapping[str, str]


def configured_sources(settings: Settings, regions: Regions) -> Configured:
    """Read the settings and ADVISOR_HOME/sources.yaml.

    Raises:
        BadInputError: The file is wrong; the message names the first place in it.
    """
    file = _read(settings.home.expanduser() / FILE)
    found = [
        _bizinfo(settings, file.bizinfo, regions),
        _mss(settings, file.mss, regions),
        _kstartup(settings, file.kstartup, regions),
        *(_own(name, one, regions, settings) for name, one in file.sources.items()),
    ]
    return Configured({one.name: one for one in found}, dict(file.links))


def _bizinfo(settings: Settings, own: _Bizinfo, regions: Regions) -> ConfiguredSource:
    key, datago_key = _key(settings, "bizinfo_key"), _key(settings, "data_go_kr_key")
    door = own.door if own.door != "auto" else ("own" if key or not datago_key else "data.go.kr")
    is_own = door == "own"
    secret = ("crtfcKey", key) if is_own else ("serviceKey", datago_key)
    # Bursts are answered 401 behind the second door.
    pace = Pace(f"bizinfo-{door}", own.interval_s if own.interval_s is not None else 1.5)
    service = Service(
        own.url or (bizinfo.OWN_URL if is_own else bizinfo.DATAGO_URL), pace,
        min(own.rows or 500, 500) if is_own else own.rows or 1000, secret,
        (("hashtags", own.hashtags),) if own.hashtags and is_own else (),
    )  # fmt: skip
    connector = Bizinfo("bizinfo", service, "own" if is_own else "data.go.kr", regions)
    return ConfiguredSource(
        "bizinfo", "기업마당 지원사업", connector if own.enabled and secret[1] else None,
        _lacks(own, secret[1], "ADVISOR_BIZINFO_KEY 또는 ADVISOR_DATA_GO_KR_KEY"),
        own.daily_calls or 10_000,
    )  # fmt: skip


def _mss(settings: Settings, own: _Service, regions: Regions) -> ConfiguredSource:
    key = _key(settings, "data_go_kr_key")
    service = Service(
        own.url or mss.URL, Pace("mss", own.interval_s if own.interval_s is not None else 1.0),
        own.rows or 500, ("serviceKey", key),
    )  # fmt: skip
    return ConfiguredSource(
        "mss", "중소벤처기업부 사업공고",
        MssNotices("mss", service, regions) if own.enabled and key else None,
        _lacks(own, key, "ADVISOR_DATA_GO_KR_KEY"),
        # What a development key may.
        own.daily_calls or 100, first_days=180,
    )  # fmt: skip


def _kstartup(settings: Settings, own: _Service, regions: Regions) -> ConfiguredSource:
    key = _key(settings, "data_go_kr_key")
    service = Service(
        own.url or kstartup.URL,
        Pace("kstartup", own.interval_s if own.interval_s is not None else 1.0),
        own.rows or 100, ("serviceKey", key),
    )  # fmt: skip
    return ConfiguredSource(
        "kstartup", "K-Startup 사업공고",
        KStartup("kstartup", service, regions) if own.enabled and key else None,
        _lacks(own, key, "ADVISOR_DATA_GO_KR_KEY"), own.daily_calls or 10_000,
    )  # fmt: skip


def _own(
    name: str, own: _Feed | _Catalog, regions: Regions, settings: Settings
) -> ConfiguredSource:
    pace = Pace(name, own.interval_s)
    lacks = "" if own.enabled else _OFF
    if isinstance(own, _Feed):
        known = regions.among(own.regions)
        feed: Connector = Feed(name, own.url, pace, own.agency, known)
        return ConfiguredSource(name, own.label or name, feed if own.enabled else None, lacks)
    path = None
    if own.path is not None:
        # A relative place is meant from the file that names it.
        path = settings.home.expanduser() / own.path.expanduser()
    columns = Columns(own.columns.key, own.columns.title, own.columns.plain, own.columns.details)
    catalog = Catalog(
        name, Kind(own.kind), columns, regions, pace, own.url, path, own.agency, own.page_url
    )  # fmt: skip
    noun = "공고" if own.kind == "program" else "항목"
    usable = catalog if own.enabled else None
    return ConfiguredSource(name, own.label or name, usable, lacks, noun=noun)


_OFF = "sources.yaml에서 꺼 두었습니다"


def _lacks(own: _Service, key: str, names: str) -> str:
    if not own.enabled:
        return _OFF
    return "" if key else f"인증키가 없습니다({names})"


def _key(settings: Settings, name: str) -> str:
    return str(getattr(settings, name).get_secret_value()).strip()


def _read(path: Path) -> _File:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _File()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong("파일을 읽지 못했습니다", repr(error)) from error
    try:
        return _File.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{mark.line + 1}번째 줄 근처의 꼴이 YAML이 아닙니다" if mark else "YAML이 아닙니다"
        raise _wrong(where, "yaml") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(one) for one in first["loc"] if one not in {"feed", "catalog"})
        said = _SAID.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise _wrong(f"{place or '파일'}: {said}", f"errors={error.error_count()}") from error


_SAID = {
    "extra_forbidden": "모르는 칸입니다",
    "missing": "꼭 있어야 하는 칸입니다",
    "union_tag_invalid": "connector는 feed나 catalog입니다",
    "union_tag_not_found": "connector(feed 또는 catalog)를 적어 주세요",
    "string_pattern_mismatch": "영문 소문자와 숫자, 붙임표로 적어 주세요",
    "literal_error": "정해진 값 가운데 하나로 적어 주세요",
}


def _wrong(what: str, detail: str) -> BadInputError:
    return BadInputError(
        UserMessage(
            f"원천 설정 파일(ADVISOR_HOME/{FILE})이 올바르지 않습니다. {what}.",
            "README의 '공공 원천 동기화'를 보고 고친 뒤 다시 실행해 주세요.",
        ),
        detail=detail,
    )
