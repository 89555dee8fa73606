"""Ranked hits -> one for each text, however many files carry it, and those that say it otherwise.

A copy says nothing that was not read, so it stands beside the hit that is read. A copy in which a
number, a name or a denial was changed, or that has a sentence more, is a version: it is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from index.copies import copied, shingles
from index.kin import Kin
from index.records import Hit, Span
from rag.likeness import numbers_and_words

MOST = 3  # versions of one text that are read: twenty falsified copies leave room for others
NONE = Kin()
_NAMES = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]*\w")
_DENIALS = re.compile(r"(?i)\b(?:not|no|never|none|nobody|neither|nor|without|cannot)\b|n[’']t\b")


def different(hits: Iterable[Hit], families: Mapping[int, Kin], k: int) -> list[Hit]:
    """Return up to k of the hits, in their order, without those that repeat one before them."""
    chosen: list[Hit] = []
    for hit in hits:
        if len(chosen) == k:
            break
        own = families.get(hit.passage, NONE)
        before = [c for c in chosen if _carries(c, hit, families.get(c.passage, NONE), own)]
        if not before or (len(before) < MOST and not _repeats(hit, before)):
            chosen.append(hit)
    return chosen


def _carries(one: Hit, other: Hit, its: Kin, others: Kin) -> bool:
    """Whether two hits are copies, or of two articles that are and share a sentence."""
    if its.passage is not None and its.passage == others.passage:
        return True
    return its.article is not None and its.article == others.article and bool(same(one, other))


def same(hit: Hit, other: Hit) -> list[tuple[Span, Span]]:
    """Return the sentences that two hits share, word for word or nearly, as pairs of spans."""
    found = []
    for span in hit.sentences:
        words = _shingles(_said(hit, span))
        near = (s for s in other.sentences if copied(words, _shingles(_said(other, s))))
        if (first := next(near, None)) is not None:
            found.append((span, first))
    return found


def _repeats(hit: Hit, before: Sequence[Hit]) -> bool:
    """Whether all that a hit says was said; a headline says nothing."""
    said = [_said(other, span) for other in before for span in other.sentences]
    sentences = [_said(hit, span) for span in hit.sentences]
    return all(
        any(repeats(sentence, other) for other in said)
        for sentence in sentences
        if sentence.strip("#*_ ") != hit.title
    )


def repeats(sentence: str, other: str) -> bool:
    """Whether a sentence is a copy of the other, with no number, name or denial of its own."""
    if not copied(_shingles(sentence), _shingles(other)):
        return False
    if bool(_DENIALS.search(sentence)) != bool(_DENIALS.search(other)):
        return False
    words = set(re.findall(r"\w+", other.lower()))
    names = (name for found in _NAMES.findall(sentence) for name in re.findall(r"\w+", found))
    numbers, known = numbers_and_words(sentence)[0], numbers_and_words(other)[0]
    return numbers <= known and all(name.lower() in words for name in names)


def _said(hit: Hit, span: Span) -> str:
    return hit.quote[span[0] - hit.start : span[1] - hit.start]


@lru_cache(4096)
def _shingles(text: str) -> np.ndarray:
    return shingles(text)
