"""Which lines between a page's headline and its story say who wrote it and when.

Whoever judges what the article is leaves them out, or one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.bylines import byline
from index.parsing.verdict import Block

_NEAR = 10  # blocks below a headline
_PROSE, _LEAD = 80, 200  # characters of a block of prose, and of one that is no standfirst


def bylines(
    blocks: Sequence[Block], whys: Sequence[str | None], heads: Sequence[int]
) -> Iterator[int]:
    """Yield the numbers of such blocks; `whys` is why each is furniture, `heads` the headlines."""
    if not heads:
        return
    kept = (n for n, why in enumerate(whys) if why is None and n not in heads)
    prose = [n for n in kept if blocks[n].size >= _PROSE]
    # What sticks to the top of a window has the headline a second time, and today's date.
    first = max((n for n in heads if prose and n < prose[0]), default=heads[0])
    below = [n for n in prose if n > first]
    led = bool(below) and blocks[below[0]].size >= _LEAD
    story = [*below, len(blocks), len(blocks)][0 if led else 1]
    for number in range(first + 1, min(first + 1 + _NEAR, story)):
        if not blocks[number].landmark and byline(blocks[number].words):
            yield number
