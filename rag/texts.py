"""A question and a text of any length -> its best span, sentence and chance, without a store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.passages import Count, split
from index.records import Span
from rag.reader import Calibrated, Points, again_alone
from rag.spans import Reading

ROOM = 256  # tokens of a passage: no longer one reaches the reader from a store
LONGEST = 800  # characters of a sentence that is read whole


@dataclass(frozen=True, slots=True)
class Best:
    """Where a text answers best, as offsets into it, and the chance, 0 to 1, that it does."""

    score: float
    span: Span
    sentence: Span


def best(question: str, text: str, reader: Calibrated, count: Count) -> Best:
    """Return the best span of a text; raises ValueError where it has no words to point at."""
    spans = sentences(text)
    readings = in_passages(question, text, spans, reader, count)
    if not readings:
        raise ValueError("the text has no words")
    first = _best(readings)
    found = readings[first]
    return Best(reader.alone(found.odds), found.span, spans[first])


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text as the index finds them, one without end in pieces."""
    return tuple(
        piece
        for line in re.finditer(r"[^\n]+", text)
        for start, end in split(line.group())
        for piece in _pieces(text, line.start() + start, line.start() + end)
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        yield start, end


def in_passages(
    question: str,
    text: str,
    spans: Sequence[Span],
    reader: Points,
    count: Count,
    room: int = ROOM,
) -> list[Reading]:
    """Return the best span of each sentence, the text read in passages of near equal size.

    The log odds are the whole text's: the mean of its best passage's and of its best sentence's,
    read again alone. Of 600 pairs kept from training, one text of which answers, they told 0.923
    apart, the best passage's 0.919.
    """
    found: list[Reading] = []
    for group in _passages(text, spans, count, room):
        first, last = group[0][0], group[-1][1]
        inside = [(start - first, end - first) for start, end in group]
        for reading in reader.spans(question, text[first:last], inside):
            start, end = reading.span
            found.append(replace(reading, span=(start + first, end + first)))
    if not found:
        return found
    start, end = spans[_best(found)]
    again = again_alone(reader, question, text[start:end])
    odds = (max(reading.odds for reading in found) + again) / 2
    return [replace(reading, odds=odds) for reading in found]


def _best(readings: Sequence[Reading]) -> int:
    return max(range(len(readings)), key=lambda i: (readings[i].score, -i))


def _passages(text: str, spans: Sequence[Span], count: Count, room: int) -> Iterator[list[Span]]:
    sizes = count([text[start:end] for start, end in spans])
    share = sum(sizes) / max(1, -(-sum(sizes) // room))
    group: list[Span] = []
    held = 0
    for sentence, size in zip(spans, sizes, strict=True):
        if group and (held + size > room or held + size / 2 > share):
            yield group
            group, held = [], 0
        group.append(sentence)
        held += size
    if group:
        yield group
