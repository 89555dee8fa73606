"""What a text says of itself in its first lines: `Key: value` lines, front matter, a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):\s*(.*)")
_KEPT = {
    "title": "title",
    "headline": "title",
    "publisher": "publisher",
    "source": "publisher",
    "site": "publisher",
    "publication": "publisher",
    "newspaper": "publisher",
    "date": "published",
    "published": "published",
    "url": "url",
    "link": "url",
    "saved": "captured",
    "captured": "captured",
    "retrieved": "captured",
    "accessed": "captured",
    "author": "",
    "authors": "",
    "byline": "",
    "section": "",
    "tags": "",
    "language": "",
}
# Front matter holds fields, lists below them and blanks; else "---" is a rule between paragraphs.
_MATTER = re.compile(r"[\w .-]{1,40}:.*|[-#\]}].*|\s.*|")
_LONGEST = 40  # lines of front matter or of a comment


def comment(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last line of an HTML comment that a text begins with, or None."""
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not lines[first].lstrip().startswith("<!--"):
        return None
    for number in range(first, min(first + _LONGEST, len(lines))):
        if "-->" in lines[number]:
            return (first, number) if lines[number].rstrip().endswith("-->") else None
    return None


def header(lines: Sequence[str], start: int = 0) -> tuple[dict[str, str], int]:
    """Return what a block of fields at the top says, and the line where it ends."""
    about: dict[str, str] = {}
    first = next((i for i in range(start, len(lines)) if lines[i].strip()), len(lines))
    fenced = first < len(lines) and lines[first].strip() == "---"
    for number in range(first + fenced, len(lines)):
        words = lines[number].strip()
        if fenced and words == "---":
            return about, number + 1
        field = _FIELD.fullmatch(words)
        if field is not None and field[1].strip().lower() in _KEPT:
            name = _KEPT[field[1].strip().lower()]
            value = field[2].strip().strip("\"'")
            if name and value:
                about.setdefault(name, value)
        elif not fenced:
            return (about, number) if number - first >= 2 and about else ({}, start)
        elif number - first > _LONGEST or not _MATTER.fullmatch(lines[number]):
            break
    return {}, start
