"""A text -> its lines, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, its end before the newline."""

    start: int
    end: int
    text: str


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of a stretch of a text, the last one too where no newline ends it."""
    at = start
    for words in text[start:end].split("\n"):
        yield Line(at, at + len(words), words)
        at += len(words) + 1
