"""An article's lines -> those that stand around its story, by their words and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.corrections import corrections
from index.credits import pictured
from index.furniture import begins, is_trail
from index.lines import Line
from index.titles import title

FURNITURE, CORRECTION = "page furniture", "correction"  # why a line stands apart
_PARAGRAPH = 80  # characters of one at the least
_LABEL = re.compile(r"\W*[A-Z][\w’' ]{2,30}: \S")


def asides(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Yield where each begins and ends, and why."""
    own = [line for line in lines if line.text.strip()]
    told: list[Line] = []
    above = True  # the first paragraph
    for n, line in enumerate(own):
        if above and is_trail(line.text) and own[n + 1 :] and title(own[n + 1].text):
            yield line.start, line.end, FURNITURE
            continue
        above = above and len(line.text) < _PARAGRAPH
        at = begins(line.text, above=above)
        if at is None or (at == 0 and _is_of_a_list(own, n)):
            told.append(line)
        else:
            yield line.start + at, line.end, FURNITURE
            if at:
                told.append(line)
    for note in corrections(told):
        yield note.start, note.end, CORRECTION


def _is_of_a_list(own: Sequence[Line], number: int) -> bool:
    """Whether "Picture: Frost" stands in a list of such lines, which may be of prizes."""
    if not _LABEL.match(own[number].text) or pictured(own[number].text) != 0:
        return False
    beside = [own[n] for n in (number - 1, number + 1) if 0 <= n < len(own)]
    return any(_LABEL.match(line.text) and begins(line.text) is None for line in beside)
