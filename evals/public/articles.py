"""Articles of a set <-> the files that the index will read, offsets counted as it counts them."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from evals.suites import SuiteError
from index.decoding import decode
from index.errors import UnreadableSource


def archive(file: Path) -> dict[str, str]:
    """Return the articles of a zip archive, by name.

    The texts are as the archive has them: `plain` gives what the index reads, `moved` a place
    in it.
    """
    texts: dict[str, str] = {}
    try:
        with zipfile.ZipFile(file) as opened:
            for name in sorted(opened.namelist()):
                place = f"{file}, {name}"
                if not name.endswith(".txt") or name.startswith(".") or set(name) & set("/\\:"):
                    raise SuiteError(f"{place}: not the plain name of a text file")
                texts[name] = _text(opened.read(name), place)
    except OSError as error:
        raise SuiteError(f"cannot read {file}: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SuiteError(f"{file} is damaged: {error}") from error
    if not texts:
        raise SuiteError(f"{file} holds no articles")
    return texts


def checked(text: str, place: str) -> str:
    """Return a text that the index will read as it is; `place` is where it was found."""
    return _text(text.encode(), place)


def _text(data: bytes, place: str) -> str:
    """What the index would pass over, or read as something else, is an error now, not later."""
    try:
        text = data.decode("utf-8")
        read = decode(data).text
    except (UnicodeDecodeError, UnreadableSource) as error:
        raise SuiteError(f"{place}: {error}") from error
    if read != plain(text) or not read.strip():
        raise SuiteError(f"{place}: not an article in UTF-8")
    return text


def named(text: str) -> str:
    """Return a file name made from a hash of the text.

    It does not say which document is the true one, its place among others favours none, and a
    text is one file however often it is given.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16] + ".txt"


def write(into: Path, texts: Mapping[str, str]) -> Path:
    """Write articles into a folder, each under its name; return the folder."""
    into.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (into / name).write_bytes(text.encode())
    return into


def plain(text: str) -> str:
    """Return a file's text as the index reads it: without BOM, line ends as \\n, NUL as U+FFFD."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd")


def moved(text: str, at: int) -> int:
    """Return where in `plain(text)` the character stands that is at `at` in the text."""
    return len(plain(text[:at]))
