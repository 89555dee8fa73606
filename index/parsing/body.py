"""What of an article the verdict leaves out: its lists of facts, the captions of its pictures.

It takes them for a site's own. Those of the article stand where its paragraphs stand, link to
nothing and say something, and a list follows what is the article's. On 181 news pages it adds the
captions of 24, each of the article's own pictures; the truth there has none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from index.furniture import is_furniture
from index.parsing.verdict import Block

_LISTS = ("ul", "ol", "dl")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BODIES = ("article", "main")
_PLAYED = ("video", "audio", "iframe")
_NEVER = re.compile(
    r"(?i)(?<![a-z])(?:tags?|topics?|keywords?|categor\w+|meta\w*|nav\w*|menu|links?|authors?|bio"
    r"|comments?|shar\w+|social|toc|pag(?:er|ination)|trending|popular|more|gallery|slide\w*|tools"
    r"|toolbar|actions|icons|credits?)(?![a-z])"
)
_PARAGRAPH = 80  # characters
_LINKED = 0.3  # of the letters
_ITEM, _CAPTION = 4, 8  # words that say something; beside a figure or a colon fewer do
_ABOVE = 4  # elements from a line's own to its list or figure


def whole(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Return for each block whether it is the article's, its lists and captions among them."""
    stand = Counter(
        block.element.getparent() if block.element.tag == "p" else block.element
        for block, own in zip(blocks, kept, strict=True)
        if own and block.size >= _PARAGRAPH
    )
    beds = {element for element, paragraphs in stand.items() if paragraphs > 1}
    bodies = {e for bed in beds for e in bed.iterancestors(*_BODIES)} | beds
    made = list(kept)
    end = 0
    for around, run in groupby(blocks, key=_around):
        each = list(run)
        start, end = end, end + len(each)
        if around is None or any(made[start:end]) or any(map(_is_other, each)):
            continue
        if around.tag != "figure":
            head = start - (start > 1 and not made[start - 1] and _heads(blocks[start - 1], beds))
            if head and made[head - 1] and around.getparent() in beds and _says(each):
                made[head:end] = [True] * (end - head)
        elif _is_in(around, bodies):
            made[start:end] = map(_is_caption, each)
    return made


def _around(block: Block) -> Any:
    """The list or the figure around a block, of lists in one another the first."""
    found = None
    element = block.element
    for _ in range(_ABOVE):
        if element is None:
            break
        if element.tag in _LISTS or element.tag == "figure":
            found = element
        element = element.getparent()
    return found


def _is_other(block: Block) -> bool:
    return bool(block.landmark) or block.linked > _LINKED or is_furniture(block.words)


def _heads(block: Block, beds: Collection[Any]) -> bool:
    """Whether a line is a heading among an article's paragraphs."""
    element = block.element
    if element is None or element.tag not in _HEADINGS or element.getparent() not in beds:
        return False
    return not _is_other(block) and not _NEVER.search(block.words)


def _is_in(figure: Any, bodies: Collection[Any]) -> bool:
    """Whether a picture stands among an article's paragraphs, or elsewhere in its element."""
    if next(figure.iter(*_PLAYED), None) is not None:
        return False
    for around in figure.iterancestors():
        if around in bodies or around.tag in _BODIES:
            return around in bodies
        if around.tag in ("li", "a") or _NEVER.search(around.get("class") or ""):
            return False
    return False


def _says(items: Sequence[Block]) -> bool:
    """Whether a list says something: a list of tags, or of places to share, has single words."""
    about = {name for block in items for name in block.plan[: _ABOVE - 2]}
    if any(_NEVER.search(name) for name in about):
        return False
    words = [block.words for block in items]
    told = [len(w.split()) >= _ITEM or re.search(r"\d|\w: ", w) is not None for w in words]
    return 2 * sum(told) >= len(told)


def _is_caption(block: Block) -> bool:
    return "figcaption" in {name.split(" ")[0] for name in block.plan[:_ABOVE]} and (
        len(block.words.split()) >= _CAPTION
    )
