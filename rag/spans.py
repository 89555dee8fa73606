"""A reader's marks for each token -> the best span of each sentence, and evidence made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.records import Hit, Span
from rag.records import Evidence

LONGEST_ANSWER = 30  # tokens
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ('"', '"'))
# "KELMAR (Eastern Wire) - Drones came": capitals at a sentence's head, a dash, and a sentence; not
# "NATO - the alliance - met" and "USA - 12 medals".
_SENT_FROM = re.compile(
    r"\W{0,4}[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{1,60}(?:,\s{0,3}[A-Z][\w. ]{1,30}|,[^-—–\n]{1,40}\d{4})?"
    r"\s{0,3}(?:\([^)]{1,30}\))?\s{0,3}[-—–]{1,3}\s{1,3}(?=[\"'“‘]?[A-ZÀ-Þ][^—–\n]*$)"
)
_WHOLE = re.compile(r"[£$€¥]?\d+(?:[.,]\d+)*(?:[^\W\d_]{1,3}\b|%)?|\w+")
_FAR = 40  # characters beside a span that may belong to its words
UNREAD = -30.0  # the score of a sentence that lies beyond the limit


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of a stretch of text and its score, as log odds against "no answer".

    `odds` are those of all spans of its passage together, `mass` those of all its own.
    """

    score: float
    span: Span
    odds: float
    mass: float


def best_spans(
    text: str, logits: np.ndarray, types: Sequence[int], offsets: Any, sentences: Sequence[Span]
) -> list[Reading]:
    """Return the best span of each sentence of a text that was read after its question.

    `logits` are a start and an end mark for each token read, shape (tokens, 2); `types` are 1 for
    the text's tokens, `offsets` their places in it. Its mark is less that of "no answer", which
    the first token has; so are the odds, of all spans of the text together. No word and no amount
    is cut: a token may be a part of one.
    """
    size = len(logits)
    first, last = logits[:, 0], logits[:, 1]
    nothing = float(first[0] + last[0])
    kinds = np.array(types[:size]) == 1
    places = np.array(offsets[:size])
    kinds &= places[:, 1] > places[:, 0]
    kinds[-1] = False  # the closing mark, also where the text was cut
    odds = UNREAD
    if kinds.any():
        odds = float(np.logaddexp.reduce(first[kinds]) + np.logaddexp.reduce(last[kinds])) - nothing
    found = []
    for start, end in sentences:
        inside = np.flatnonzero(kinds & (places[:, 0] >= start) & (places[:, 1] <= end))
        if not len(inside):
            found.append(Reading(UNREAD, (start, end), odds, UNREAD))
            continue
        table = first[inside][:, None] + last[inside][None, :]
        wide = np.arange(len(inside))[None, :] - np.arange(len(inside))[:, None]
        table = np.where((wide >= 0) & (wide < LONGEST_ANSWER), table, -np.inf)
        s, e = np.unravel_index(int(np.argmax(table)), table.shape)
        span = _uncut(text, (int(places[inside[s], 0]), int(places[inside[e], 1])), end)
        mass = float(np.logaddexp.reduce(table, axis=None)) - nothing
        found.append(Reading(float(table[s, e]) - nothing, span, odds, mass))
    return found


def _uncut(text: str, span: Span, end: int) -> Span:
    """The span with all of the words or amounts that it begins and ends in: "£14.2m"."""
    first, last = span
    at = max(0, first - _FAR, text.rfind(" ", 0, first) + 1)
    for found in _WHOLE.finditer(text, at, min(end, last + _FAR)):
        if found.start() < first < found.end():
            first = found.start()
        if found.start() < last < found.end():
            last = found.end()
    return first, last


def located(hit: Hit, readings: Sequence[Reading], scores: Sequence[float]) -> list[Evidence]:
    """Return the sentences of a hit as evidence, spans of the hit's text moved to its source's."""
    found = []
    for sentence, reading, score in zip(hit.sentences, readings, scores, strict=True):
        answer = None
        if reading.score != UNREAD:
            own = sentence[0] - hit.start, sentence[1] - hit.start
            first, last = closed(hit.quote, reading.span, own)
            answer = first + hit.start, last + hit.start
        found.append(Evidence(hit, sentence, answer, float(score), odds=reading.odds))
    return found


def closed(text: str, span: Span, within: Span) -> Span:
    """Return the span with no bracket or quotation mark that opens in it and closes outside.

    One that stands right beside it is taken in, as far as `within` allows; else the span ends
    before the bracket, or lets go of the one at its own end.
    """
    start, end = span
    for opens, closes in _PAIRS * 2:  # one may stand in another
        words = text[start:end]
        same = opens == closes
        opened = words.count(opens) % 2 if same else words.count(opens) - words.count(closes)
        if opened > 0 and text[end:].startswith(closes) and end < within[1]:
            end += 1
        elif opened and (same or opened < 0) and start > within[0] and text[start - 1] == opens:
            start -= 1
        elif opened > 0 and words.startswith(opens) and words.count(opens) == 1:
            start += 1
        elif opened and words.endswith(closes):
            end -= 1
        elif opened > 0:
            end = start + len(words[: words.rindex(opens)].rstrip())
    return (start, end) if start < end else span


def inside(hit: Hit) -> list[Span]:
    """Return the spans of a hit's sentences as offsets into its quote.

    Where a report was sent from is left out: it answers nothing that is asked of it.
    """
    own = [(start - hit.start, end - hit.start) for start, end in hit.sentences]
    sent = [_SENT_FROM.match(hit.quote[start:end]) for start, end in own]
    return [(at + s.end() if s else at, end) for s, (at, end) in zip(sent, own, strict=True)]
