"""Two sentences -> whether they give one answer, and whether one is a source of it to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.likeness import numbers_and_words, same
from rag.records import Evidence
from rag.words import stem, terms

_CHANGED = re.compile(r"(?is)\bfrom\s+(?:(?!\bfrom\b|[.;]).)+?\s+to\s+(?P<last>(?:(?!\bto\b).)+)$")
_NEAR_BY = 12  # characters before an answer in which "from" may stand
SMALL = 100  # below it, two things may well have the same number


def agrees(item: Evidence, other: Evidence) -> bool:
    """Whether two sentences give one answer; two items of lists never do."""
    if item.listed and other.listed:
        return False
    ours, theirs = _at_last(item), _at_last(other)
    return bool(ours and theirs) and same(ours, theirs)


def _at_last(item: Evidence) -> str:
    """The words that answer; of "from spring to autumn", what it is now.

    Where only the first is pointed at, that is what it no longer is.
    """
    words = item.words
    before = item.text[: item.answer[0] - item.sentence[0]] if item.answer else ""
    changed = _CHANGED.search(f"{before[-_NEAR_BY:]}{words}")
    return changed["last"] if changed else words


def of_the_same(question: str, item: Evidence, other: Evidence) -> bool:
    """Whether two sentences with one answer speak of one thing.

    A number that is no small one hardly stands in two for different things; else they need a word
    in common beside the answer, and beside a name one that the question has.
    """
    numbers, _ = numbers_and_words(item.words)
    if any(number >= SMALL or number % 1 for number in numbers):
        return True
    ours, theirs = ({*_stems(e.text)} - {*_stems(e.words)} for e in (item, other))
    asked = {*_stems(question)}
    return bool(ours & theirs & (asked if asked and not numbers else ours))


def _stems(text: str) -> Iterator[str]:
    return map(stem, terms(text))
