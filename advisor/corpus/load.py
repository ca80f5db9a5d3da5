"""`corpus/**/*.yaml` to a Corpus; gathers every problem before it raises."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Corpus,
    Expert,
    Faq,
    FundingRule,
    Solution,
    SupportProgram,
)
from advisor.errors import CorpusError
from advisor.messages import UserMessage

logger = logging.getLogger(__name__)

# Folder to record type; the order is the order of `Corpus.records`.
FOLDERS: Mapping[str, type[AnyRecord]] = {
    "programs": SupportProgram,
    "solutions": Solution,
    "cases": CaseStudy,
    "experts": Expert,
    "faqs": Faq,
    "funding_rules": FundingRule,
}
CACHE_FILE = "corpus-cache.json"
# Raise when the shape of the cache or of a record changes; an older cache is then not used.
CACHE_VERSION = 1
MAX_SHOWN = 3

One = TypeVar("One", bound=AnyRecord)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to fix: `file` relative to the corpus, `field` dotted, `reason` and `fix` Korean."""

    file: str
    field: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that is a valid record."""

    file: str
    record: AnyRecord


class CorpusProblemsError(CorpusError):
    """The corpus has problems; `problems` holds all of them, by file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        shown = "; ".join(
            f"{one.file} {one.field}: {one.reason}" for one in self.problems[:MAX_SHOWN]
        )
        rest = len(self.problems) - MAX_SHOWN
        more = f" 외 {rest}건" if rest > 0 else ""
        super().__init__(
            UserMessage(
                text=f"자료 파일에서 고칠 곳을 {len(self.problems)}건 찾았습니다: {shown}{more}.",
                next_step="`advisor corpus check`로 모두 확인하고 고친 뒤 다시 실행해 주세요.",
            ),
            detail=f"corpus problems={len(self.problems)} first={shown}",
        )


def load_corpus(folder: Path, cache_folder: Path | None = None) -> Corpus:
    """Read every record and the vocabulary.

    Args:
        folder: The corpus folder, with one folder per kind of record.
        cache_folder: Where parsed files are kept as JSON between runs, by digest; parsing YAML is
            most of the time. None, or a folder that cannot be written, means no cache.

    Returns:
        The corpus; records in the order of their ids.

    Raises:
        CorpusProblemsError: With every problem of every file.
    """
    files, problems = read_files(folder, cache_folder)
    problems += doubled_ids(files)
    if problems:
        raise CorpusProblemsError(problems)
    return corpus_of(files, folder)


def corpus_of(files: Sequence[ReadFile], folder: Path) -> Corpus:
    """Put valid records and the vocabulary of the folder together; a doubled id keeps the first."""

    def group(kind: type[One]) -> dict[str, One]:
        found = [one.record for one in files if isinstance(one.record, kind)]
        return {record.id: record for record in sorted(found, key=lambda one: one.id)}

    return Corpus(
        programs=group(SupportProgram),
        solutions=group(Solution),
        cases=group(CaseStudy),
        experts=group(Expert),
        faqs=group(Faq),
        funding_rules=group(FundingRule),
        vocabulary=load_vocabulary(folder),
    )


def read_files(
    folder: Path, cache_folder: Path | None = None
) -> tuple[list[ReadFile], list[Problem]]:
    """Read the record files one by one; what cannot be read is a problem, not an exception."""
    if not folder.is_dir():
        raise CorpusError(
            UserMessage(
                text="자료 폴더를 찾지 못했습니다.",
                next_step="ADVISOR_CORPUS 설정이 corpus 폴더를 가리키는지 확인해 주세요.",
            ),
            detail=f"no corpus folder path={folder}",
        )
    cache = _Cache.open(cache_folder)
    files: list[ReadFile] = []
    problems: list[Problem] = []
    for name, kind in FOLDERS.items():
        adapter: TypeAdapter[AnyRecord] = TypeAdapter(kind)
        for path in sorted((folder / name).glob("*.yaml")):
            where = f"{name}/{path.name}"
            try:
                text = path.read_text(encoding="utf-8")
                plain = cache.parse(text)
                files.append(ReadFile(where, adapter.validate_json(plain)))
            except (OSError, UnicodeDecodeError) as error:
                problems.append(_unreadable(where, error))
            except yaml.YAMLError as error:
                problems.append(_bad_yaml(where, error))
            except ValidationError as error:
                problems += _bad_fields(where, error)
    cache.save()
    return files, problems


def doubled_ids(files: Sequence[ReadFile]) -> list[Problem]:
    """Return a problem for every file whose id an earlier file has."""
    first: dict[str, str] = {}
    problems = []
    for one in files:
        if one.record.id in first:
            problems.append(
                Problem(
                    one.file,
                    "id",
                    f"id '{one.record.id}'이(가) {first[one.record.id]}에도 있습니다",
                    "두 파일 가운데 하나의 id를 바꿔 주세요.",
                )
            )
        else:
            first[one.record.id] = one.file
    return problems


class _Cache:
    """Parsed files as JSON text, by the digest of the YAML text."""

    def __init__(self, path: Path | None, known: Mapping[str, str]) -> None:
        self._path = path
        self._known = known
        self._used: dict[str, str] = {}

    @classmethod
    def open(cls, folder: Path | None) -> "_Cache":
        """Open the cache of a folder; a missing or damaged one is empty."""
        if folder is None:
            return cls(None, {})
        path = folder / CACHE_FILE
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept.get("version") == CACHE_VERSION:
                return cls(path, kept["files"])
        except (OSError, ValueError, AttributeError, KeyError):
            logger.debug("corpus cache not used path=%s", path)
        return cls(path, {})

    def parse(self, text: str) -> str:
        """Return the YAML text as JSON; raises yaml.YAMLError."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        plain = self._known.get(digest)
        if plain is None:
            plain = json.dumps(read_yaml(text), ensure_ascii=False)
        self._used[digest] = plain
        return plain

    def save(self) -> None:
        """Keep what was used; a folder that cannot be written costs time, not the run."""
        if self._path is None or self._used.keys() == self._known.keys():
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".tmp")
            fresh.write_text(
                json.dumps({"version": CACHE_VERSION, "files": self._used}), encoding="utf-8"
            )
            fresh.replace(self._path)
        except OSError as error:
            logger.info("corpus cache not written error=%s", error)


def _unreadable(where: str, error: Exception) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        return Problem(where, "-", "UTF-8 글이 아닙니다", "파일을 UTF-8로 저장해 주세요.")
    return Problem(where, "-", "파일을 열 수 없습니다", "파일 권한을 확인해 주세요.")


def _bad_yaml(where: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = f"{mark.line + 1}번째 줄" if mark else "-"
    return Problem(
        where,
        line,
        f"YAML 형식이 틀렸습니다({getattr(error, 'problem', None) or 'syntax'})",
        "그 줄의 들여쓰기, 따옴표, 쌍점(:) 뒤 빈칸을 확인해 주세요.",
    )


_REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("필요한 칸이 없습니다", "칸을 적어 주세요. 자료에 없으면 null로 적습니다."),
    "extra_forbidden": ("모르는 칸입니다", "칸 이름의 철자를 corpus/README.md와 견주어 주세요."),
    "literal_error": ("정해진 값이 아닙니다", "corpus/README.md의 값 가운데 하나로 적어 주세요."),
    "union_tag_invalid": (
        "모르는 요건 종류(type)입니다",
        "corpus/README.md의 요건 종류를 보아 주세요.",
    ),
    "union_tag_not_found": (
        "요건 종류(type)가 없습니다",
        "corpus/README.md의 요건 종류를 보아 주세요.",
    ),
    "string_pattern_mismatch": ("정해진 꼴이 아닙니다", "영문 소문자, 숫자, 붙임표로 적어 주세요."),
    "too_short": ("비어 있습니다", "하나 이상 적어 주세요."),
}


def _bad_fields(where: str, error: ValidationError) -> list[Problem]:
    problems = []
    for one in error.errors():
        kind = one["type"]
        field = ".".join(str(part) for part in one["loc"]) or "-"
        if kind.startswith(("date", "datetime")):
            reason, fix = "날짜가 아닙니다", "있는 날짜를 YYYY-MM-DD로 적어 주세요."
        elif kind in _REASONS:
            reason, fix = _REASONS[kind]
        else:
            reason, fix = (
                "값의 꼴이 맞지 않습니다",
                "corpus/README.md에서 이 칸의 꼴을 보아 주세요.",
            )
        given = one.get("input")
        shown = f": {given}" if isinstance(given, str | int | float) and kind != "missing" else ""
        problems.append(Problem(where, field, f"{reason}{shown}", fix))
    return problems


class _Loader(yaml.CSafeLoader):
    """Safe loader that keeps dates as text and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping; raises ConstructorError where a key stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' 칸이 두 번 있음", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# A date stays text: pydantic then names the field of an impossible one, YAML would only crash.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str) -> Any:
    """Parse one YAML text; raises yaml.YAMLError with the line."""
    return yaml.load(text, Loader=_Loader)


def as_plain(record: AnyRecord) -> dict[str, Any]:
    """Return a record as JSON values, every field of the file by its name."""
    return record.model_dump(mode="json")
