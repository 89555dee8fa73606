"""A database file -> the SHA-256 of its bytes, kept beside it while nobody writes to it.

Row hashes see what is stored; a flipped bit where nothing is stored they do not. The file is gone
before the first byte of the database changes and back when the writer has ended well, so where it
is, it speaks of the database as it lies. In the form of sha256sum, which can check it too.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from index.runtime import sha256
from index.vectors import sync_folder

SUFFIX = ".sha256"


def drop(database: Path) -> None:
    """Let the imprint go, durably, since the database is about to change."""
    with suppress(FileNotFoundError):
        _beside(database).unlink()
        sync_folder(database.parent)


def take(database: Path) -> bool:
    """Write the imprint, unless there is one, or changes still wait in the database's log."""
    journal = database.with_name(database.name + "-wal")
    if _beside(database).exists() or (journal.exists() and journal.stat().st_size):
        return False
    aside = database.with_name(database.name + SUFFIX + ".new")
    with aside.open("wb") as out:
        out.write(_line(database))
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, _beside(database))
    sync_folder(database.parent)
    return True


def is_there(database: Path) -> bool:
    """Whether there is an imprint, and so once was a database."""
    return _beside(database).exists()


def matches(database: Path) -> bool | None:
    """Whether the database's bytes are those that were written; None where no imprint says so.

    A writer that begins meanwhile drops the imprint first: then, too, nothing can be said.
    """
    try:
        before = _beside(database).read_bytes()
        same = before == _line(database)
        return same if _beside(database).read_bytes() == before else None
    except FileNotFoundError:
        return None


def _beside(database: Path) -> Path:
    return database.with_name(database.name + SUFFIX)


def _line(database: Path) -> bytes:
    return f"{sha256(database)}  {database.name}\n".encode()
