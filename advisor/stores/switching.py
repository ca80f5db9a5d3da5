"""Files of a home put in place of others as one step that a power cut cannot leave half done."""

import fcntl
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from advisor.stores.home import disk_errors, sync_folder, write_atomically

logger = logging.getLogger(__name__)

JOURNAL = "restore.switch"
LOCK = "restore.lock"


def switch(home: Path, fresh: Path, old: Path, going: Sequence[str]) -> None:
    """Move things out of a home and new ones in.

    Args:
        home: The home.
        fresh: A folder in it whose content moves up into the home.
        old: A folder in it that takes what stood there.
        going: Names in the home that go even where nothing takes their place.
    """
    plan = {
        "fresh": fresh.name,
        "old": old.name,
        "out": sorted({*going, *(one.name for one in fresh.iterdir())}),
        "in": sorted(one.name for one in fresh.iterdir()),
    }
    with disk_errors():
        old.mkdir(mode=0o700, exist_ok=True)
    write_atomically(home / JOURNAL, json.dumps(plan))
    finish_switch(home)


def finish_switch(home: Path) -> None:
    """Carry out what a journal says, from wherever it was left; nothing where there is none."""
    journal = home / JOURNAL
    if not journal.is_file():
        return
    with disk_errors(), (home / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes that start find one journal
        if not journal.is_file():
            return
        plan = json.loads(journal.read_text(encoding="utf-8"))
        fresh, old = home / plan["fresh"], home / plan["old"]
        for name in plan["out"]:
            # Once the old one has gone, what stands at its place is the new one.
            if (home / name).exists() and not (old / name).exists():
                if name in plan["in"] and not (fresh / name).exists():
                    continue
                (home / name).rename(old / name)
        for name in plan["in"]:
            if (fresh / name).exists():
                (fresh / name).rename(home / name)
        sync_folder(home)
        if fresh.exists():
            fresh.rmdir()
        journal.unlink()
    logger.info("home switched things=%d", len(plan["in"]))
