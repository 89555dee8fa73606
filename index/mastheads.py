"""The first lines of a text -> the name above its headline, and which line that headline is.

A copied page often begins with the paper's name, its address, a section's name and the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.bylines import byline
from index.publishers import is_name, is_paper, is_section
from index.titles import title

REACH = 8  # lines that say something, among which all of this stands
_WORDS = 3  # of a headline, at least
_LONGEST = 40  # characters of what stands above one
_ABOVE = 4  # lines at the most
_BELOW = 2  # lines below a headline among which a byline stands
_PARAGRAPH = 80  # characters of one at the least
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who is named above a headline, None where it is no publisher, and the headline's line."""

    publisher: str | None
    headline: int


def masthead(own: Sequence[str]) -> Masthead | None:
    """Return what stands above the headline in the first lines that say something.

    The headline is known by a day above it and a byline below it; one of them is enough below the
    name of a newspaper, and the story alone below one that begins with "The". A first line of who
    published and when is above it too.
    """
    if len(own) < 3:
        return None
    if led := byline(own[0]):
        return Masthead(None, 1) if led.published and _is_headline(own[1]) else None
    if not (name := title(own[0])) or len(name) > _LONGEST:
        return None
    paper = is_paper(name)
    at, dated = _first_other(own, paper)
    if at >= len(own) or not _is_headline(own[at]):
        return None
    below = [byline(line) is not None for line in own[at + 1 : at + 1 + _BELOW]]
    known = (dated or any(below) or _is_told(own, at, name)) if paper else dated and any(below[:1])
    if known and (paper or _stands_above(name)):
        return Masthead(name if is_name(name) else None, at)
    return None


def _first_other(own: Sequence[str], paper: bool) -> tuple[int, bool]:
    """The first line below the name that may be a headline, and whether a day stands above it."""
    dated = False
    for at in range(1, min(1 + _ABOVE, len(own))):
        day = byline(own[at])
        if day and day.published and not (day.author or day.publisher):
            dated = True
        elif not paper or not (is_section(own[at]) or _ADDRESS.fullmatch(own[at].strip())):
            return at, dated
    return min(1 + _ABOVE, len(own)), dated


def _is_headline(line: str) -> bool:
    words = title(line)
    return words is not None and len(words.split()) >= _WORDS and byline(line) is None


def _stands_above(name: str) -> bool:
    """Whether a line can be a name or a section's, and no headline itself."""
    words = name.split()
    return name.isupper() or (is_name(name) and (len(words) == 1 or words[0] == "The"))


def _is_told(own: Sequence[str], at: int, name: str) -> bool:
    """Whether a paragraph stands below a headline that stands below "The Harbour Post"."""
    return name.startswith("The ") and any(len(line) >= _PARAGRAPH for line in own[at + 1 : at + 2])
