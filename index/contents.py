"""A file -> the contents in it, its own or those of a packed folder; contents -> Source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from index.decoding import decode
from index.errors import UnreadableSource
from index.formats import format_of, is_archive
from index.records import Page, Source
from index.sources import LARGEST, Found, Ignored, Skipped, read_bytes


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, or of one in an archive, under the path that a citation shows."""

    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        """By which it is known whether they changed."""
        return hashlib.sha256(self.data).hexdigest()


def contents(found: Found, *, largest: int = LARGEST) -> Iterator[Content | Skipped | Ignored]:
    """Yield what is in a file, or raise UnreadableSource with the reason why nothing is.

    A file in an archive has the archive's path before its own. No other file can have that path:
    it would need a folder of the archive's name.
    """
    data = read_bytes(found, largest)
    if not is_archive(found.path):
        yield Content(found.path, data)
        return
    if not data:
        raise UnreadableSource("the file is empty")
    from index.parsing.child import unpack

    for path, member, reason, wanted in unpack(data, largest):
        whole = f"{found.path}/{path}".rstrip("/")
        if not wanted:
            yield Ignored(whole)
        else:
            yield Skipped(whole, reason) if reason else Content(whole, member)


def read(content: Content) -> Source:
    """Return the Source made of a content's bytes, or raise UnreadableSource with the reason."""
    kind = format_of(content.path)
    assert kind is not None, content.path
    if not content.data:
        raise UnreadableSource("the file is empty")
    encoding, note = "binary", None
    if kind.room and not kind.decoded:
        page = _parsed(kind.room, content.data)
    else:
        decoded = decode(content.data, html=kind.room == "html")
        encoding, note = decoded.encoding, decoded.note
        page = _parsed(kind.room, decoded.text) if kind.room else Page(decoded.text)
    if not page.text.strip():
        raise UnreadableSource("there is no text in it")
    notes = "; ".join(filter(None, (note, page.note))) or None
    return Source(content.path, kind.media_type, encoding, content.sha256, page, notes)


def _parsed(room: str, data: str | bytes) -> Page:
    from index.parsing.child import parse

    return parse(room, data)
