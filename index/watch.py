"""A folder -> when what lies in it has changed and come to rest; knows watchfiles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.errors import FolderError

REST = 500  # milliseconds without a change, so that a file that is being written is whole
LONGEST = 30_000  # milliseconds after which a folder that never rests is read all the same
TURN = 1_000  # milliseconds between two looks where nothing changes


def rests(folder: Path, *, leave: Path) -> Iterator[bool]:
    """Yield True when changes below `folder` have come to rest, False each second without any.

    The first is False, and nothing that changes after it is missed. `leave` (the store) and names
    that begin with a dot are passed over. Ctrl-C is raised as KeyboardInterrupt.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise FolderError("--watch needs watchfiles; run: pip install watchfiles") from error

    folder, leave = folder.resolve(), leave.resolve()

    def wanted(_: object, name: str) -> bool:
        path = Path(name)
        if path == leave or leave in path.parents or not path.is_relative_to(folder):
            return False
        return not any(part.startswith(".") for part in path.relative_to(folder).parts)

    try:
        for changes in watch(
            folder,
            watch_filter=wanted,
            debounce=LONGEST,
            step=REST,
            rust_timeout=TURN,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            yield bool(changes)
    except OSError as error:  # so many folders that the system would not watch them all, say
        raise FolderError(f"cannot watch {folder}: {error}") from error
