"""Bytes -> text in the characters that were meant, with a note of what was guessed or replaced."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from index.errors import UnreadableSource
from index.facts import plain
from index.guessing import guess
from index.letters import beyond_ascii, likeness

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
_DECLARED = re.compile(
    rb"""(?:charset\s*=|<\?xml[^>]{0,99}\sencoding\s*=)\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_ESCAPED = re.compile(rb"\x1b\$[@B]|\x1b\(J")  # how Japanese mail turns from ASCII and back
_LOOKED_AT = 100_000  # characters
_UNLIKE, _SURER = 0.95, 0.12  # of likeness: a declaration is doubted, and another believed instead
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text: BOM dropped, line ends as \\n, each NUL as U+FFFD, nothing else changed."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, *, html: bool = False, declared: str | None = None) -> Decoded:
    """Return the text of `data`: by its BOM, as UTF-8, as declared, or as guessed; in that order.

    `declared` is what a mail's header says; a web page's own word is looked for. Raises
    UnreadableSource where the bytes are no text.
    """
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise UnreadableSource(f"not text: it is {kind}")
    name = _known(declared) or (_known(_declared(data)) if html else None)
    decoded = _marked(data) or _escaped(data) or _utf8(data, name)
    decoded = decoded or (_as_declared(data, name) if name else None)
    decoded = decoded or _wide(data) or _guessed(data, name)
    sure = decoded.note is None
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > len(decoded.text) * (0.2 if sure else 0.02):
        raise UnreadableSource("not text: it is binary data")
    return Decoded(plain(decoded.text), decoded.encoding, decoded.note)


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], name)
    return None


def _escaped(data: bytes) -> Decoded | None:
    """ISO-2022-JP, which is ASCII to whoever does not know its escapes."""
    if not _ESCAPED.search(data) or not data.isascii():
        return None
    try:
        return Decoded(data.decode("iso2022_jp_2"), "iso2022_jp")
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes, declared: str | None) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        loose = data.decode("utf-8", errors="replace")
        bad = loose.count("\ufffd")
        good = beyond_ascii(loose) - bad
        # Text in another encoding hardly ever holds a valid multi-byte sequence by chance: an
        # article's two curly quotes outvote one broken byte.
        return _replaced(data, "utf-8") if good > bad else None
    # UTF-16 without a mark may be valid UTF-8 too, every other byte a NUL or, in Cyrillic, a \x04.
    if len(_CONTROLS.findall(text)) > len(text) // 5:
        return None
    wrong = declared is not None and not text.isascii()
    return Decoded(text, "utf-8", f"says that it is {declared}, read as utf-8" if wrong else None)


def _replaced(data: bytes, name: str, note: str | None = None) -> Decoded:
    """Decode, each sequence that cannot be shown as U+FFFD, and count them in the note."""
    text = data.decode(name, errors="replace")
    bad = 0 if _strictly(data, name) else text.count("\ufffd")
    told = f"{bad} unreadable byte sequence{'s' * (bad != 1)} shown as U+FFFD" if bad else None
    return Decoded(text, name, "; ".join(filter(None, (note, told))) or None)


def _strictly(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """The name as Python has it, of an encoding that pages and mails are in; else None."""
    try:
        known = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    known = _READ_AS.get(known, known)
    return known if _PAGES_ARE_IN.fullmatch(known) else None


def _as_declared(data: bytes, name: str) -> Decoded | None:
    """The text as declared, unless it hardly looks like any language's."""
    decoded = _replaced(data, name)
    beyond = beyond_ascii(decoded.text)
    bad = 0 if decoded.note is None else decoded.text.count("\ufffd")
    if bad > 1 + beyond // 100:
        return None
    alike = likeness(decoded.text[:_LOOKED_AT])
    if alike < _UNLIKE and beyond > 3:
        found = guess(data)
        if found and found.likeness > alike + _SURER:
            return None
    return decoded


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte is 0 or, but for Chinese, one same value."""
    even = data[: len(data) // 2 * 2]
    for name, high in (("utf-16-le", even[1::2]), ("utf-16-be", even[0::2])):
        common = dict(Counter(high).most_common(2))
        if 0 in common and sum(common.values()) > len(high) * 0.8:
            decoded = _replaced(data, name, f"encoding guessed: {name}")
            if decoded.text.count("\ufffd") <= 1 + len(data) // 1000:
                return decoded
    return None


def _guessed(data: bytes, declared: str | None) -> Decoded:
    found = guess(data)
    if found is None:
        raise UnreadableSource("not text: no encoding fits its bytes")
    told = f"encoding guessed: {found.encoding}"
    if declared:
        told = f"says that it is {declared}, read as {found.encoding}"
    decoded = _replaced(data, found.encoding, told)
    if decoded.text.count("\ufffd") > 2 + len(data) // 500:
        raise UnreadableSource("not text: no encoding fits its bytes")
    return decoded
