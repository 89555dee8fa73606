"""A packed folder -> the files in it that we read, and why the others are not.

Nothing is written to disk, so nothing can be put outside a folder; a name that tries to is
refused all the same, since a citation would show it.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import UnreadableSource
from index.formats import format_of, is_archive
from index.parsing.packed import UNPACKED, Packed, check

_MOST = 100_000  # members
_PACKED_TOO = re.compile(r"(?i)\.(zip|tar|tgz|gz|bz2|xz|zst|7z|rar)$")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its bytes, or why they were not taken; neither of a kind not read."""

    path: str
    data: bytes = b""
    reason: str | None = None
    wanted: bool = True


def members(data: bytes, largest: int) -> Iterator[Member]:
    """Yield the members of a .zip or .tar.gz, whichever it is, in the order of the archive."""
    seen: set[str] = set()
    listed = _tarred(data, largest) if data.startswith(b"\x1f\x8b") else _zipped(data, largest)
    for member in listed:
        if member.reason is None and member.path in seen:
            member = Member(member.path, reason="the archive holds another file of this name")
        seen.add(member.path)
        yield member


def _zipped(data: bytes, largest: int) -> Iterator[Member]:
    archive = Packed(data, "zip archive")
    _count(len(archive.members))
    for item in archive.members:
        if item.is_dir():
            continue
        kind = stat.S_IFMT(item.external_attr >> 16)
        special = kind not in (0, stat.S_IFREG)
        path = _path(_unmangled(item))
        found = _judged(path, item.file_size, largest, special, stat.S_ISLNK(kind))
        if found is None:
            try:
                found = Member(path, archive.read(item))
            except UnreadableSource as error:
                found = Member(path, reason=str(error))
        if not _passed_over(path):
            yield found


def _unmangled(item: zipfile.ZipInfo) -> str:
    """The name, where a packer that did not say so wrote it as UTF-8."""
    if item.flag_bits & 0x800:
        return item.filename
    try:
        return item.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return item.filename


def _tarred(data: bytes, largest: int) -> Iterator[Member]:
    told = read = 0
    try:
        with tarfile.open(fileobj=_Counted(data), mode="r|") as archive:
            for item in archive:
                _count(told := told + 1)
                if item.isdir():
                    continue
                path = _path(item.name)
                link = item.issym() or item.islnk()
                found = _judged(path, item.size, largest, not item.isreg(), link)
                if found is None:
                    taken = archive.extractfile(item)
                    found = Member(path, taken.read() if taken else b"")
                    read += 1
                if not _passed_over(path):
                    yield found
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        if not read:
            raise UnreadableSource("not readable as tar archive: it is damaged") from error
        yield Member("", reason=f"it is damaged; {read} files before the damage were read")


class _Counted(io.RawIOBase):
    """What a gzip file unpacks to, up to where that is no honest archive."""

    def __init__(self, data: bytes) -> None:
        self._packed = len(data)
        self._stream = gzip.GzipFile(fileobj=io.BytesIO(data))
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as a file does."""
        data = self._stream.read(min(size, UNPACKED) if size >= 0 else UNPACKED)
        self._read += len(data)
        check(self._read, self._packed)
        return data


def _count(members: int) -> None:
    if members > _MOST:
        raise UnreadableSource(f"holds more than {_MOST:,} files; at most so many are read")


def _path(name: str) -> str:
    """The name with forward slashes, as it was otherwise where it leads out of the archive."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return path if _escapes(path) else "/".join(parts)


def _escapes(path: str) -> bool:
    return path.startswith("/") or bool(re.match("[A-Za-z]:", path)) or ".." in path.split("/")


def _passed_over(path: str) -> bool:
    """Whether a folder would not show it: names with a dot in front, what a Mac adds."""
    parts = path.split("/")
    return not _escapes(path) and any(p.startswith(".") or p == "__MACOSX" for p in parts)


def _judged(path: str, size: int, largest: int, special: bool, link: bool) -> Member | None:
    """Why a member is not taken, or None where it is to be."""
    reason = None
    if _escapes(path):
        reason = "its name leads out of the archive"
    elif is_archive(path) or _PACKED_TOO.search(path):
        reason = "an archive within an archive; unpack it first"
    elif format_of(path) is None:
        return Member(path, wanted=False)
    elif special:
        reason = "a link; links are not followed" if link else "not a regular file"
    elif re.search("[\ud800-\udfff]", path):
        reason = "its name is not valid UTF-8; rename it"
    elif size > largest:
        reason = f"{size:,} bytes; at most {largest:,} are read"
    return Member(path, reason=reason) if reason else None
