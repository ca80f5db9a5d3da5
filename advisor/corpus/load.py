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

from advisor.corpus.problems import CorpusProblemsError as CorpusProblemsError
from advisor.corpus.problems import Problem as Problem
from advisor.corpus.problems import bad_fields, bad_yaml, unreadable
from advisor.corpus.problems import read_yaml as read_yaml
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

One = TypeVar("One", bound=AnyRecord)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that is a valid record."""

    file: str
    record: AnyRecord


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
                problems.append(unreadable(where, error))
            except yaml.YAMLError as error:
                problems.append(bad_yaml(where, error))
            except ValidationError as error:
                problems += bad_fields(where, error)
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


def as_plain(record: AnyRecord) -> dict[str, Any]:
    """Return a record as JSON values, every field of the file by its name."""
    return record.model_dump(mode="json")
