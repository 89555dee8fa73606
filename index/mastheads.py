"""The first lines of a text -> the name above its headline, and which line that headline is.

A copied page often begins with the paper's name, or a section's, and the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.bylines import byline
from index.publishers import is_name, is_paper
from index.titles import title

_WORDS = 3  # of a headline, at least
_LONGEST = 40  # characters of what stands above one


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who is named above a headline, None where it is no publisher, and the headline's line."""

    publisher: str | None
    headline: int


def masthead(own: Sequence[str]) -> Masthead | None:
    """Return what stands above the headline in the first lines that say something.

    The headline is known by a day above it and a byline below it; one of them is enough below the
    name of a newspaper.
    """
    if len(own) < 3 or not (name := title(own[0])) or len(name) > _LONGEST or byline(own[0]):
        return None
    day = byline(own[1])
    dated = bool(day and day.published and not (day.author or day.publisher))
    at = 1 + dated
    words = title(own[at])
    below = at + 1 < len(own) and byline(own[at + 1]) is not None
    if words is None or len(words.split()) < _WORDS or byline(own[at]):
        return None
    if (dated and below and _stands_above(name)) or ((dated or below) and is_paper(name)):
        return Masthead(name if is_name(name) else None, at)
    return None


def _stands_above(name: str) -> bool:
    """Whether a line can be a name or a section's, and no headline itself."""
    return name.isupper() or is_paper(name) or (len(name.split()) == 1 and is_name(name))
