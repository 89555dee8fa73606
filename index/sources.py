"""A folder -> its files, each to be read, ignored, or skipped for a named reason."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import FolderError, UnreadableSource
from index.formats import format_of, is_archive

LARGEST = 50_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Found:
    """A file that we want: where it is, and the path that a citation shows."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something wanted that could not be read, with the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a kind that we do not read."""

    path: str


def check_folder(folder: Path) -> Path:
    """Return the folder's resolved path, or raise FolderError."""
    try:
        whole = folder.resolve(strict=True)
        if not _speakable(str(whole)):
            raise FolderError(f"the name of the folder {folder} is not valid UTF-8; rename it")
        if not whole.is_dir():
            raise FolderError(f"{folder} is a file; name the folder that holds the articles")
        os.scandir(whole).close()
    except FileNotFoundError as error:
        raise FolderError(f"there is no folder {folder}") from error
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FolderError(f"cannot read the folder {folder}: {reason}") from error
    return whole


def walk(folder: Path, *, leave: Path | None = None) -> Iterator[Found | Skipped | Ignored]:
    """Yield what lies below `folder` in the order of its names, links not followed.

    `leave` (the store, should it lie inside) and names that begin with a dot are passed over.
    """
    waiting: list[Found | Skipped | Ignored | _Below] = [_Below(folder, "")]
    while waiting:  # no recursion: folders named by one letter nest deeper than Python's stack
        item = waiting.pop()
        if isinstance(item, _Below):
            waiting += reversed(_listing(item, leave))
        else:
            yield item


@dataclass(frozen=True, slots=True)
class _Below:
    """A folder still to look into; `path` leads the paths of what lies in it."""

    folder: Path
    path: str


def _listing(below: _Below, leave: Path | None) -> list[Found | Skipped | Ignored | _Below]:
    try:
        with os.scandir(below.folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        return [Skipped(below.path.rstrip("/"), f"cannot list the folder: {_reason(error)}")]
    seen = [e for e in entries if not e.name.startswith(".") and Path(e.path) != leave]
    return [_kind(entry, below.path + entry.name) for entry in seen]


def _kind(entry: os.DirEntry[str], path: str) -> Found | Skipped | Ignored | _Below:
    try:
        if entry.is_dir(follow_symlinks=False):
            return _Below(Path(entry.path), path + "/")
        return _file(entry, path)
    except OSError as error:
        return Skipped(path, _reason(error))


def _file(entry: os.DirEntry[str], path: str) -> Found | Skipped | Ignored:
    file = Path(entry.path)
    wanted = format_of(entry.name) is not None or is_archive(entry.name)
    if entry.is_symlink():
        if wanted or file.is_dir() or not file.exists():
            return Skipped(path, _link(file))
        return Ignored(path)
    if not wanted:
        return Ignored(path)
    if not _speakable(path):
        return Skipped(path, "its name is not valid UTF-8; rename it")
    if not entry.is_file(follow_symlinks=False):
        return Skipped(path, "not a regular file")
    return Found(path, file)


def _link(file: Path) -> str:
    try:
        target = file.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        # Python before 3.13 raises RuntimeError for a loop.
        looped = not isinstance(error, OSError) or error.errno == errno.ELOOP
        return f"a symbolic link that leads {'in a circle' if looped else 'to nothing'}"
    return f"a symbolic link (to {target}); links are not followed"


def _speakable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def read_bytes(found: Found, largest: int = LARGEST) -> bytes:
    """Return a file's bytes, at most `largest`, or raise UnreadableSource with the reason."""
    try:
        # Opened without waiting: a name may have become a FIFO since it was listed.
        handle = os.open(found.file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        with open(handle, "rb") as data:
            before = os.fstat(data.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableSource("not a regular file")
            if before.st_size > largest:
                raise UnreadableSource(f"{before.st_size:,} bytes; at most {largest:,} are read")
            read = data.read(largest + 1)
            after = os.fstat(data.fileno())
    except OSError as error:
        raise UnreadableSource(_reason(error)) from error
    # Half of one version and half of the next is neither; the next run reads it again.
    if len(read) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise UnreadableSource("it changed while it was read")
    return read
