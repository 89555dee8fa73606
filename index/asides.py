"""An article's lines -> those that stand around its story, by their words and their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.furniture import begins, is_trail
from index.lines import Line
from index.titles import title

FURNITURE = "page furniture"  # why a line stands apart
_PARAGRAPH = 80  # characters of one at the least


def asides(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Yield where each begins and ends, and why."""
    own = [line for line in lines if line.text.strip()]
    above = True  # the first paragraph
    for n, line in enumerate(own):
        if above and is_trail(line.text) and own[n + 1 :] and title(own[n + 1].text):
            yield line.start, line.end, FURNITURE
            continue
        above = above and len(line.text) < _PARAGRAPH
        at = begins(line.text, above=above)
        if at is not None:
            yield line.start + at, line.end, FURNITURE
