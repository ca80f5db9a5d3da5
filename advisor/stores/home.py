"""ADVISOR_HOME: its folders, the lock on its index, and what can go wrong on a disk."""

import errno
import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from advisor.errors import HomeUnavailableError, IndexUnavailableError
from advisor.messages import UserMessage

logger = logging.getLogger(__name__)

HOME_FULL = UserMessage(
    text="저장 공간이 부족해 작업을 마치지 못했습니다. 이전 자료는 그대로 남아 있습니다.",
    next_step="ADVISOR_HOME이 있는 디스크의 공간을 비운 뒤 다시 실행해 주세요.",
)
HOME_READ_ONLY = UserMessage(
    text="데이터 폴더(ADVISOR_HOME)에 쓸 수 없습니다.",
    next_step="폴더의 쓰기 권한을 확인하거나 ADVISOR_HOME을 쓸 수 있는 폴더로 바꿔 주세요.",
)
HOME_BROKEN = UserMessage(
    text="데이터 폴더(ADVISOR_HOME)를 읽거나 쓰는 중에 문제가 생겼습니다.",
    next_step="디스크 상태와 폴더 경로를 확인한 뒤 다시 실행해 주세요.",
)
HOME_IN_USE = UserMessage(
    text="다른 프로세스가 같은 데이터 폴더(ADVISOR_HOME)의 색인을 사용하고 있습니다.",
    next_step="실행 중인 advisor serve 또는 advisor index를 마친 뒤 다시 실행하거나, 다른 ADVISOR_HOME을 지정해 주세요.",
)
LOCK_FILE = "index.lock"


class Home:
    """The folder that holds everything the product writes.

    models/   weights made ready for the runtime, once
    index/    generations of the vector index and the manifest that points at one of them
    *.sqlite  the database, where no other is configured
    """

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser()
        self.models = self.root / "models"
        self.index = self.root / "index"
        self.database = self.root / "advisor.sqlite3"

    def create(self) -> None:
        """Make the folders.

        Raises:
            HomeUnavailableError: They cannot be made or written.
        """
        with disk_errors():
            for folder in (self.root, self.models, self.index):
                folder.mkdir(parents=True, exist_ok=True)
            # A folder can exist and still take no file.
            probe = self.root / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Own the index of this home while the block runs.

        Two processes on one Chroma folder lose vectors in silence, and Chroma takes no lock
        itself; this one is dropped by the system when the process ends, however it ends.

        Raises:
            IndexUnavailableError: Another process owns it.
            HomeUnavailableError: The lock file cannot be written.
        """
        file = self.acquire_lock()
        try:
            yield
        finally:
            file.close()

    def acquire_lock(self) -> IO[str]:
        """Own the index of this home until the returned file is closed; raises as `lock`."""
        self.create()
        with disk_errors():
            file = (self.index / LOCK_FILE).open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise IndexUnavailableError(HOME_IN_USE, detail="index lock is taken") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn a full, read-only or failing disk into a sentence with the next step.

    Raises:
        HomeUnavailableError: In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise HomeUnavailableError(message_for(error), detail=repr(error)) from error


def message_for(error: OSError) -> UserMessage:
    """Return the sentence for a disk error.

    >>> message_for(OSError(28, "No space left on device")) is HOME_FULL
    True
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return HOME_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return HOME_READ_ONLY
    return HOME_BROKEN


def write_atomically(path: Path, text: str) -> None:
    """Replace a file in one step: a reader sees the old text or the new, never a part."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with disk_errors():
        try:
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove a folder that nothing points at; what cannot be removed stays and is logged."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        logger.warning("folder not removed name=%s error=%r", folder.name, error)
