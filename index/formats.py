"""Which files are read, by the end of their names, and by which room of `parsing`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read: `room` parses them, or nobody, since they are plain text.

    `decoded` rooms take the text that `decoding` makes of the bytes, the others the bytes.
    """

    media_type: str
    room: str | None = None
    decoded: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_HTML = Format("text/html", "html", decoded=True)
_MHTML = Format("multipart/related", "mhtml")

FORMATS = {
    ".txt": Format("text/plain"),
    ".md": Format("text/markdown"),
    ".html": _HTML,
    ".htm": _HTML,
    ".mhtml": _MHTML,
    ".mht": _MHTML,
    ".pdf": Format("application/pdf", "pdf"),
    ".docx": Format(f"{_OFFICE}.wordprocessingml.document", "word"),
    ".epub": Format("application/epub+zip", "epub"),
    ".eml": Format("message/rfc822", "mail"),
    ".mbox": Format("application/mbox", "mail"),
    ".json": Format("application/json", "exports", decoded=True),
    ".jsonl": Format("application/jsonl", "exports", decoded=True),
}
ARCHIVES = (".zip", ".tar.gz", ".tgz")


def format_of(name: str) -> Format | None:
    """Return the format of a file by its name, or None where it is of no kind that we read."""
    ends = [end for end in FORMATS if _ends(name, end)]
    return FORMATS[ends[0]] if ends else None


def is_archive(name: str) -> bool:
    """Whether a file is a folder of others, by its name."""
    return any(_ends(name, end) for end in ARCHIVES)


def _ends(name: str, end: str) -> bool:
    return len(name) > len(end) and name.lower().endswith(end)


def kinds() -> str:
    """Return the ends of all names that are read, for a message."""
    return ", ".join((*FORMATS, *ARCHIVES))
