"""Bytes -> text in the characters that were meant, with a note of what was guessed or replaced."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from index.errors import UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# A declared name is read as browsers read it, as its larger kin; and codecs that no page is in
# (unicode_escape, utf_7, idna) are not believed.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_PAGES_ARE_IN = re.compile(
    r"cp\d+|iso8859-\d+|koi8-\w|mac-\w+|gb18030|big5\w*|shift_jis\w+|euc_\w+|iso2022_jp|tis-620"
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
# What wins over a rarer encoding in which the same bytes look as much like text: a Spanish page
# would pass for cp1250, a Russian one for Macintosh.
_COMMON = ("cp1252", "cp1251", "cp1254", "koi8_r", "koi8_u")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text: BOM dropped, line ends as \\n, each NUL as U+FFFD, nothing else changed."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """Return the text of `data`: by its BOM, as UTF-8, as declared, or as guessed; in that order.

    Raises UnreadableSource where the bytes are no text.
    """
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise UnreadableSource(f"not text: it is {kind}")
    decoded = _marked(data) or _utf8(data) or (_declared(data) if html else None)
    decoded = decoded or _wide(data) or _guessed(data)
    sure = decoded.note is None
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > len(decoded.text) * (0.2 if sure else 0.02):
        raise UnreadableSource("not text: it is binary data")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return Decoded(text, decoded.encoding, decoded.note)


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(name), name)
            except UnicodeDecodeError:
                return _replaced(body, name)
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        loose = data.decode("utf-8", errors="replace")
        bad = loose.count("\ufffd")
        good = sum(1 for c in loose if c > "\x7f") - bad
        # Text in another encoding hardly ever holds a valid multi-byte sequence by chance: an
        # article's two curly quotes outvote one broken byte.
        return _replaced(data, "utf-8") if good > bad else None
    # UTF-16 without a mark may be valid UTF-8 too, every other byte a NUL or, in Cyrillic, a \x04.
    return None if len(_CONTROLS.findall(text)) > len(text) // 5 else Decoded(text, "utf-8")


def _replaced(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    bad = text.count("\ufffd")
    return Decoded(text, name, f"{bad} unreadable byte sequence{'s' * (bad != 1)} shown as U+FFFD")


def _declared(data: bytes) -> Decoded | None:
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        name = _READ_AS.get(name, name)
        return Decoded(data.decode(name), name) if _PAGES_ARE_IN.fullmatch(name) else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte is 0 or, but for Chinese, one same value."""
    if len(data) % 2:
        return None
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        common = dict(Counter(high).most_common(2))
        if 0 in common and sum(common.values()) > len(high) * 0.8:
            try:
                return Decoded(data.decode(name), name, f"encoding guessed: {name}")
            except UnicodeDecodeError:
                continue
    return None


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    fitting = list(from_bytes(data, cp_exclusion=["utf_7"]))
    if not fitting:
        raise UnreadableSource("not text: no encoding fits its bytes")
    alike = (m for m in fitting if m.chaos == fitting[0].chaos and m.encoding in _COMMON)
    best = next(alike, fitting[0])
    return Decoded(str(best), best.encoding, f"encoding guessed: {best.encoding}")
