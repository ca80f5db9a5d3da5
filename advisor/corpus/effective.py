"""The corpus that answers: the shipped records, overlaid by what staff published, by id."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from advisor.config import Settings
from advisor.corpus.check import record_problems
from advisor.corpus.load import FOLDERS, load_corpus
from advisor.corpus.problems import Problem, bad_fields
from advisor.domain.passages import Kind
from advisor.domain.records import AnyRecord, Corpus
from advisor.stores.home import Home

logger = logging.getLogger(__name__)

# Kind of a record to its folder, which is also the field of `Corpus` that holds it.
_FOLDERS: Mapping[str, str] = {
    Kind.PROGRAM: "programs",
    Kind.SOLUTION: "solutions",
    Kind.CASE: "cases",
    Kind.EXPERT: "experts",
    Kind.FAQ: "faqs",
    Kind.FUNDING_RULE: "funding_rules",
}

Groups = dict[str, dict[str, AnyRecord]]


class Published(Protocol):
    """One published record; see `advisor.domain.drafts.PublishedRecord`."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def data(self) -> Mapping[str, Any]: ...

    @property
    def version(self) -> int: ...

    @property
    def withdrawn(self) -> bool: ...


class PublishedStore(Protocol):
    """Where published records are kept; see `advisor.stores.published.PublishedRecords`."""

    def current(self) -> tuple[Published, ...]: ...

    def stamp(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Effective:
    """The corpus that answers, and what could not become part of it."""

    corpus: Corpus
    problems: tuple[Problem, ...] = ()


def overlay(shipped: Corpus, published: Iterable[Published]) -> Effective:
    """Lay published records over the shipped ones; what does not validate is left out and reported.

    Where one is left out the shipped record of its id stays: it was right before.
    """
    groups: Groups = {name: dict(getattr(shipped, name)) for name in _FOLDERS.values()}
    problems: list[Problem] = []
    read: dict[str, tuple[str, AnyRecord]] = {}
    for one in published:
        found = _read(one)
        if isinstance(found, list):
            problems += found
            continue
        # Also where its kind is another now: an id is one record.
        for group in groups.values():
            group.pop(one.id, None)
        if found is not None:
            read[one.id] = found
            groups[found[0]][one.id] = found[1]
    # References are checked in the whole: a record may point at another that is published with it.
    whole = _corpus(shipped, groups)
    for record_id, (folder, record) in read.items():
        wrong = record_problems(f"published/{record_id}", record, whole)
        if wrong:
            problems += wrong
            _put_back(shipped, groups, record_id, folder)
    for problem in problems:
        logger.warning("published record left out file=%s field=%s", problem.file, problem.field)
    return Effective(_corpus(shipped, groups), tuple(problems))


def load_effective(settings: Settings, published: PublishedStore | None = None) -> Effective:
    """Read the shipped corpus and lay over it what is published in the database.

    Args:
        settings: Folders and database.
        published: Where that is; None opens the configured database, if there is one.

    Raises:
        CorpusProblemsError: A shipped file is wrong.
        HomeUnavailableError: The database cannot be used.
    """
    shipped = load_corpus(settings.corpus, settings.home / "cache")
    if published is None and (settings.database_url or Home(settings.home).database.exists()):
        from advisor.stores.published import PublishedRecords  # SQLAlchemy costs 0.3 s

        published = PublishedRecords.open(settings)
    return overlay(shipped, published.current() if published else ())


def corpus_stamp(folder: Path) -> str:
    """Return a text that changes when a record file is added, removed or written; cheap."""
    parts = []
    for name in FOLDERS:
        for path in sorted((folder / name).glob("*.yaml")):
            try:
                state = path.stat()
            except OSError:
                continue  # removed between the two looks
            parts.append(f"{path.name}:{state.st_mtime_ns}:{state.st_size}")
    return str(hash(tuple(parts)))


def _read(one: Published) -> tuple[str, AnyRecord] | list[Problem] | None:
    """Return folder and record, what is wrong with it, or None where it was withdrawn."""
    where = f"published/{one.id}@{one.version}"
    folder = _FOLDERS.get(one.kind)
    if folder is None:
        return [Problem(where, "kind", f"모르는 종류입니다: {one.kind}", "종류를 고쳐 주세요.")]
    if one.withdrawn:
        return None
    adapter: TypeAdapter[AnyRecord] = TypeAdapter(FOLDERS[folder])
    try:
        # As the files are read: lists are tuples, ISO text is a date.
        record = adapter.validate_json(TypeAdapter(dict[str, Any]).dump_json(dict(one.data)))
    except ValidationError as error:
        return bad_fields(where, error)
    if record.id != one.id:
        return [Problem(where, "id", f"id가 '{record.id}'입니다", "기록의 id를 맞춰 주세요.")]
    return folder, record


def _put_back(shipped: Corpus, groups: Groups, record_id: str, folder: str) -> None:
    """Let the shipped record of an id stand again, where there is one."""
    del groups[folder][record_id]
    for name, group in groups.items():
        before = getattr(shipped, name).get(record_id)
        if before is not None:
            group[record_id] = before


def _corpus(shipped: Corpus, groups: Mapping[str, Mapping[str, AnyRecord]]) -> Corpus:
    known = {one.name: getattr(shipped, one.name) for one in fields(Corpus)}
    ordered = {name: dict(sorted(group.items())) for name, group in groups.items()}
    return Corpus(**{**known, **ordered})
