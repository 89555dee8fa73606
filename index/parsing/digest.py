"""Which stretches of a page are stories of their own, each with headline, byline and body.

Where each is in an element of its own, that is the story; where all lie flat beside each other, one
goes to the next headline. Comments, live blogs and what is a landmark of the page have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index import stories
from index.dates import published
from index.furniture import AROUND
from index.parsing.verdict import Block
from index.stories import Row

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_OWN = 1  # the rank of a headline that leads an <article> of its own
_LINKED = 700  # characters of a body whose headline leads elsewhere: a teaser is shorter
_TALK = re.compile(r"(?i)comment|repl(?:y|ies)\b|respond|live-?(?:blog|update|feed)|timeline")


@dataclass(frozen=True, slots=True)
class Story:
    """The blocks of a story, from `first` to before `last`, those of its headline and byline."""

    first: int
    last: int
    head: frozenset[int]
    title: str
    publisher: str | None
    published: str | None


def told(
    blocks: Sequence[Block], one: Sequence[str | None], captured: str | None
) -> tuple[Story, ...]:
    """Return the stories of a page in order, none where it is one article.

    `one` is why each block is furniture where it is.
    """
    seen = [number for number, block in enumerate(blocks) if _tells(block)]
    leads: set[Any] = set()
    rows = [_row(blocks[number], leads) for number in seen]
    found = stories.stories(rows, captured)
    headings = [_around(blocks[seen[story.first]]) for story in found]
    shared = Counter(id(element) for chain in headings for element in chain)
    made: list[Story] = []
    for n, story in enumerate(found):
        at = seen[story.first]
        limit = seen[found[n + 1].first] if n + 1 < len(found) else len(blocks)
        since = made[-1].last if made else 0
        first, last = _stretch(blocks, at, (since, limit), headings[n], shared)
        head = frozenset(seen[story.first : story.body])
        by = story.by
        when = by.published or _moment(blocks[first:last])
        made.append(Story(first, last, head, story.title, by.publisher, when))
    inside = {number for story in made for number in range(story.first, story.last)}
    left = [b for n, b in enumerate(blocks) if n not in inside and one[n] is None]
    size = sum(block.size for n, block in enumerate(blocks) if n in inside)
    return tuple(made) if sum(block.size for block in left) < size else ()


def lead(found: Sequence[Story], blocks: Sequence[Block], one: Sequence[str | None]) -> int:
    """Return where the story ends that stands before those found, 0 where none does."""
    end = found[0].first if found else 0
    before = [Row(blocks[number].words) for number in range(end) if one[number] is None]
    return end if stories.size(before) >= stories.LEAST else 0


def whys(
    found: Sequence[Story], blocks: Sequence[Block], one: Sequence[str | None]
) -> list[str | None]:
    """Return why each block is furniture on a page of these stories; `one` is why on one of one.

    Of a page of several the verdict often takes but one: it counts where it takes half of a story.
    """
    made: list[str | None] = [reason or AROUND for reason in one]
    end = lead(found, blocks, one)
    made[:end] = one[:end]
    for story in found:
        inside = range(story.first, story.last)
        open_ = [number for number in inside if not blocks[number].landmark]
        taken = sum(blocks[number].size for number in open_ if one[number] is None)
        believed = 2 * taken >= sum(blocks[number].size for number in open_)
        for number in open_:
            made[number] = one[number] if believed and number not in story.head else None
    return made


def _tells(block: Block) -> bool:
    """Whether a block can be part of a story; the headlines of others are links."""
    if not block.nodes or block.landmark:
        return False
    return block.linked <= 0.95 or block.size < stories.LINE or _level(block) > 0


def _level(block: Block) -> int:
    around = [name.split()[0] for name in block.plan[:3]]
    return next((_HEADINGS[tag] for tag in around if tag in _HEADINGS), 0)


def _row(block: Block, leads: set[Any]) -> Row:
    """A block as a line; the first heading of an <article> leads it."""
    level = _level(block)
    if not level or any(_TALK.search(name) for name in block.plan):
        return Row(block.words)
    articles = [element for element in _around(block) if element.tag == "article"]
    if len(articles) == 1 and articles[0] not in leads:
        leads.add(articles[0])
        level = _OWN
    return Row(block.words, level, _LINKED if block.linked > 0.95 else stories.LEAST)


def _around(block: Block) -> list[Any]:
    """The elements around a block's first text, the innermost first."""
    node = block.nodes[0]
    element = node.element if node.attribute == "text" else node.element.getparent()
    return [element, *element.iterancestors()]


def _stretch(
    blocks: Sequence[Block],
    at: int,
    limits: tuple[int, int],
    chain: Sequence[Any],
    shared: Counter[int],
) -> tuple[int, int]:
    """The blocks of the largest element that holds this headline and no other, if it has a body.

    Else those from the headline on, as far as the element goes that holds another headline too.
    """
    own = [element for element in chain if shared[id(element)] == 1]
    common = next((element for element in chain if shared[id(element)] > 1), None)
    if own:
        first = at - _length(reversed(blocks[limits[0] : at]), own[-1])
        last = at + _length(blocks[at : limits[1]], own[-1])
        if sum(block.size for block in blocks[at + 1 : last]) >= stories.LEAST:
            return first, last
    return at, at + _length(blocks[at : limits[1]], common)


def _length(blocks: Iterator[Block] | Sequence[Block], element: Any) -> int:
    """How many of the blocks, from the first on, stand in an element."""
    length = 0
    for number, block in enumerate(blocks, start=1):
        if block.nodes:
            if element not in _around(block):
                break
            length = number
    return length


def _moment(blocks: Sequence[Block]) -> str | None:
    """The first date that a <time> tells machines."""
    times = (e for b in blocks if b.nodes for n in b.nodes for e in (n.element,) if e.tag == "time")
    return next((day for e in times if (day := published((e.get("datetime") or "")[:100]))), None)
