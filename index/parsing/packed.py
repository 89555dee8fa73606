"""A zip file's members, never more of them than an honest file holds."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from index.errors import UnreadableSource

RATIO = 100  # of what is in it to what it takes; text packs to a fifth, markup to a twentieth
UNPACKED = 200_000_000  # bytes
_SMALL = 1_000_000  # bytes that no ratio makes a bomb


class Packed:
    """A zip file, bombs refused before they burst; `kind` names it in reasons."""

    def __init__(self, data: bytes, kind: str) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableSource(f"not readable as {kind}: it is damaged") from error
        self._kind = kind
        self.members = self._zip.infolist()
        check(sum(member.file_size for member in self.members), len(data))
        self.names = {member.filename for member in self.members}

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """Return a member's bytes, or raise UnreadableSource with the reason."""
        member = name if isinstance(name, zipfile.ZipInfo) else self._member(name)
        if member.flag_bits & 1:
            raise UnreadableSource("it is encrypted; unpack it with its password")
        try:
            # No more than was told: what is longer is a lie, found by its checksum.
            with self._zip.open(member) as packed:
                return packed.read(member.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableSource(f"not readable as {self._kind}: it is damaged") from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableSource(f"packed in a way that is not read: {error}") from error

    def _member(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._zip.getinfo(name)
        except KeyError as error:
            raise UnreadableSource(f"not readable as {self._kind}: it has no {name}") from error

    def tree(self, name: str) -> etree._Element:
        """Return a member's XML, its entities left alone, or raise UnreadableSource."""
        return xml(self.read(name), self._kind)


def check(unpacked: int, packed: int) -> None:
    """Raise UnreadableSource where so many bytes out of so few are no honest archive."""
    if unpacked > UNPACKED:
        raise UnreadableSource(f"unpacks to more than {UNPACKED:,} bytes; at most so many are read")
    if unpacked > max(_SMALL, RATIO * packed):
        raise UnreadableSource(f"unpacks to more than {RATIO} times its size: a bomb, not read")


def xml(data: bytes, kind: str) -> etree._Element:
    """Return the tree of an XML text; nothing it names is loaded and no entity resolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(f"not readable as {kind}: its XML is damaged") from error
