"""The first lines of a text -> the name above its headline, and which line that headline is.

A copied page often begins with the paper's name, its address, a section's name, edition and day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import dates
from index.bylines import byline, dateline
from index.publishers import is_name, is_paper, is_section
from index.titles import title

REACH = 8  # lines that say something, among which all of this stands
_WORDS = 3  # of a headline, at least
_LONGEST = 40  # characters of what stands above one
_ABOVE = 4  # lines at the most
_BELOW = 2  # lines below a headline among which a byline stands
_EDGE = 60  # characters of the line that tells which edition it is
_EDITION = re.compile(
    r"(?i)\best(?:\.|d\.?|ablished)\s(?:in\s)?\d{4}|\bedition\b|\b(?:vol\.?|volume|issue|no\.)\s*\d"
)
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who is named above it, None where that is no publisher; the headline's line, and when."""

    publisher: str | None
    headline: int
    published: str | None


def masthead(own: Sequence[str]) -> Masthead | None:
    """Return what stands above the headline in the first lines that say something.

    The headline is known by a day above it and a byline below it. Below a newspaper's name one of
    them is enough, or a section, or the name in the dateline; below one that begins with "The" the
    story is. A first line of who published and when is above it too.
    """
    if len(own) < 3:
        return None
    if led := byline(own[0]):
        return Masthead(None, 1, led.published) if led.published and _is_headline(own[1]) else None
    if not (name := title(own[0])) or len(name) > _LONGEST:
        return None
    paper = is_paper(name)
    at, day = _first_other(own, paper)
    if at >= len(own) or not _is_headline(own[at]) or _is_heading(own[0]) > _is_heading(own[at]):
        return None
    below = [byline(line) is not None for line in own[at + 1 : at + 1 + _BELOW]]
    if paper:
        known = at > 1 or any(below) or _is_told(own[at + 1 : at + 2], name)
    else:
        known = day is not None and any(below[:1]) and _stands_above(name)
    if known:
        return Masthead(name if is_name(name) else None, at, day)
    return None


def _first_other(own: Sequence[str], paper: bool) -> tuple[int, str | None]:
    """The first line below the name that may be a headline, and the day that stands above it."""
    day = None
    for at in range(1, min(1 + _ABOVE, len(own))):
        told = byline(own[at])
        if told and told.published and not (told.author or told.publisher):
            day = day or told.published
        elif paper and len(own[at]) <= _EDGE and _EDITION.search(own[at]):
            day = day or dates.first_date(own[at])
        elif not paper or not (is_section(own[at]) or _ADDRESS.fullmatch(own[at].strip())):
            return at, day
    return min(1 + _ABOVE, len(own)), day


def _is_heading(line: str) -> bool:
    return line.lstrip().startswith("#")


def _is_headline(line: str) -> bool:
    words = title(line)
    return words is not None and len(words.split()) >= _WORDS and byline(line) is None


def _stands_above(name: str) -> bool:
    """Whether a line can be a name or a section's, and no headline itself."""
    words = name.split()
    return name.isupper() or (is_name(name) and (len(words) == 1 or words[0] == "The"))


def _is_told(below: Sequence[str], name: str) -> bool:
    """Whether a sentence stands below, of "The Harbour Post", or one that names it as agency."""
    led = dateline(below[0]) if below else None
    if led and led.publisher == name:
        return True
    return bool(below) and name.startswith("The ") and title(below[0]) is None
