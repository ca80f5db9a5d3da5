"""The one file of a backup: a zip whose last member lists all others with their digests."""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.errors import BadInputError, HomeUnavailableError
from advisor.messages import UserMessage
from advisor.stores.home import HOME_FULL, disk_errors

FORMAT = 1
MANIFEST = "manifest.json"
_BLOCK = 1 << 20
ARCHIVE_THERE = UserMessage(
    text="같은 이름의 파일이 이미 있습니다.", next_step="--out에 다른 이름을 적어 주세요."
)
ARCHIVE_MISSING = UserMessage(
    text="백업 파일을 찾지 못했습니다.", next_step="경로와 읽기 권한을 확인해 주세요."
)
ARCHIVE_FULL = UserMessage(
    text="저장 공간이 부족해 백업 파일을 만들지 못했습니다. 지금 자료는 그대로입니다.",
    next_step="--out에 공간이 넉넉한 디스크의 경로를 적어 주세요. 자료의 두 배쯤이면 됩니다.",
)
ARCHIVE_DAMAGED = UserMessage(
    text="백업 파일이 손상되었거나 이 프로그램의 백업이 아닙니다. 지금 자료는 그대로 두었습니다.",
    next_step="다른 백업 파일로 다시 해 주세요. `advisor backup --verify 파일`로 미리 확인할 수 있습니다.",
)
ARCHIVE_NEWER = UserMessage(
    text="더 새 버전의 프로그램이 만든 백업입니다. 지금 자료는 그대로 두었습니다.",
    next_step="프로그램을 새 버전으로 올린 뒤 다시 실행해 주세요.",
)


class Member(BaseModel):
    """One file in the archive; `rows` for a table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    size: int
    sha256: str
    rows: int | None = None


class Manifest(BaseModel):
    """What the archive holds and what made it; `key_check` tells a vault that fits it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    version: str
    revision: str
    engine: str
    made_at: str
    with_keys: bool
    key_check: str = ""
    members: tuple[Member, ...] = Field(default=())

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {
            one.name.removeprefix("tables/").removesuffix(".jsonl"): one.rows
            for one in self.members
            if one.rows is not None
        }


@dataclass
class ArchiveWriter:
    """Adds members to an archive that stands under its name only once it is whole."""

    _zip: zipfile.ZipFile
    members: list[Member] = field(default_factory=list)

    @contextmanager
    def member(self, name: str) -> Iterator["MemberWriter"]:
        """Give something to write one member to."""
        with self._zip.open(name, "w", force_zip64=True) as file:
            writer = MemberWriter(file)
            yield writer
        self.members.append(Member(name=name, **writer.told()))

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it is now; one that goes away meanwhile is left out."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file, self.member(name) as member:
            while block := file.read(_BLOCK):
                member.write(block)


@dataclass
class MemberWriter:
    """Writes and digests one member."""

    _file: IO[bytes]
    _digest: Any = field(default_factory=hashlib.sha256)
    _size: int = 0
    rows: int | None = None

    def write(self, block: bytes) -> None:
        """Add bytes."""
        self._file.write(block)
        self._digest.update(block)
        self._size += len(block)

    def told(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {"size": self._size, "sha256": self._digest.hexdigest(), "rows": self.rows}


@contextmanager
def new_archive(path: Path) -> Iterator[tuple[ArchiveWriter, dict[str, Any]]]:
    """Give a writer and the manifest's fields to fill; the file appears whole at the end, 0600.

    Raises:
        BadInputError: The name is taken.
        HomeUnavailableError: The disk is full or refuses.
    """
    if path.exists():
        raise BadInputError(ARCHIVE_THERE, detail="archive exists")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    fields: dict[str, Any] = {}
    with _own_words(), disk_errors():
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
                    writer = ArchiveWriter(packed)
                    yield writer, fields
                    manifest = Manifest(format=FORMAT, members=tuple(writer.members), **fields)
                    packed.writestr(MANIFEST, manifest.model_dump_json(indent=1))
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _own_words() -> Iterator[None]:
    """Say of a full disk that it is the archive's, which need not be the home's."""
    try:
        yield
    except HomeUnavailableError as error:
        if error.user_message is HOME_FULL:
            raise HomeUnavailableError(ARCHIVE_FULL, detail="no space for the archive") from error
        raise


@dataclass(frozen=True)
class Archive:
    """An archive that was read through and is whole."""

    path: Path
    manifest: Manifest

    def lines(self, name: str) -> Iterator[Any]:
        """Return the rows of a table."""
        with zipfile.ZipFile(self.path) as packed, packed.open(name) as file:
            for line in file:
                yield json.loads(line)

    def content(self, name: str) -> bytes:
        """Return a small member."""
        with zipfile.ZipFile(self.path) as packed:
            return packed.read(name)

    def extract(self, prefix: str, folder: Path) -> int:
        """Write the members below a prefix into a folder; return how many."""
        count = 0
        with zipfile.ZipFile(self.path) as packed, disk_errors():
            for one in self.manifest.members:
                if not one.name.startswith(prefix):
                    continue
                target = folder / one.name.removeprefix(prefix)
                # A name that leaves the folder was never written by us.
                if not target.resolve().is_relative_to(folder.resolve()):
                    raise BadInputError(ARCHIVE_DAMAGED, detail="a member leaves the folder")
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(one.name) as source, target.open("wb") as file:
                    while block := source.read(_BLOCK):
                        file.write(block)
                    os.fsync(file.fileno())
                count += 1
        return count


def read_archive(path: Path) -> Archive:
    """Read an archive through, every byte.

    Raises:
        BadInputError: It is not there, damaged, or made by a newer version.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            manifest = _checked(packed)
    except FileNotFoundError as error:
        raise BadInputError(ARCHIVE_MISSING, detail="no such file") from error
    except (PermissionError, IsADirectoryError) as error:
        raise BadInputError(ARCHIVE_MISSING, detail=repr(error)) from error
    except BadInputError:
        raise
    # What a torn zip raises is many things.
    except (
        zipfile.BadZipFile, zlib.error, struct.error, ValidationError, KeyError, ValueError,
        NotImplementedError, RuntimeError, OSError, EOFError,
    ) as error:  # fmt: skip
        raise BadInputError(ARCHIVE_DAMAGED, detail=repr(error)) from error
    return Archive(path, manifest)


def _checked(packed: zipfile.ZipFile) -> Manifest:
    raw = json.loads(packed.read(MANIFEST))
    if isinstance(raw, dict) and raw.get("format", 0) > FORMAT:
        raise BadInputError(ARCHIVE_NEWER, detail=f"format {raw['format']}")
    manifest = Manifest.model_validate(raw)
    names = [one.name for one in manifest.members]
    if sorted([*names, MANIFEST]) != sorted(packed.namelist()):
        raise BadInputError(ARCHIVE_DAMAGED, detail="members do not fit the manifest")
    for one in manifest.members:
        _check(packed, one)
    return manifest


def _check(packed: zipfile.ZipFile, member: Member) -> None:
    digest, size, rows = hashlib.sha256(), 0, 0
    with packed.open(member.name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            rows += block.count(b"\n")
    told = (size, digest.hexdigest(), rows if member.rows is not None else None)
    if told != (member.size, member.sha256, member.rows):
        raise BadInputError(ARCHIVE_DAMAGED, detail=f"member {member.name} differs")
