"""A line -> the title that it is, without its markup."""

from __future__ import annotations

import re

LONGEST = 160  # characters
_LONGEST_STOPPED = 100  # characters of a title that ends as a sentence does
_OPENING = 12  # words
_MARKDOWN = re.compile(r"^[#>\s]*|[*_`]+")


def title(line: str, *, sure: bool = False) -> str | None:
    """Return the line as a title, or None where it reads like a sentence of the story.

    With a full stop at its end it may be one where it is `sure` that what follows it follows a
    title.
    """
    words = line.strip()
    stopped = words.endswith(".") and not words.endswith("..") and ". " not in words
    if stopped and sure and len(words) <= _LONGEST_STOPPED:
        line = words[:-1]
    words = _MARKDOWN.sub("", line).strip()
    heading = line.lstrip().startswith("#")
    if not words or len(words) > LONGEST:
        return None
    if not heading and (words[-1] in ".,;:" or words.startswith(("-", "•", "By "))):
        return None
    return words


def opening(text: str, start: int, end: int) -> str:
    """Return the first words of an article without a title, which it is known by."""
    words = text[start : min(end, start + 200)].split()
    return " ".join(words[:_OPENING])


def is_title(line: str, title: str) -> bool:
    """Whether a line says a title and nothing else, whatever its markup."""
    return _plain(line) == _plain(title)


def _plain(line: str) -> str:
    return " ".join(_MARKDOWN.sub("", line).split()).rstrip(".").lower()
