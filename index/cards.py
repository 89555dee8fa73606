"""Lines -> the cards of related articles below a lead: publisher, age, headline and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import dates
from index.lines import Line


@dataclass(frozen=True, slots=True)
class Card:
    """A related article: the lines from `first` to before `last`, its words from `headline` on."""

    first: int
    headline: int
    last: int
    publisher: str


def cards(lines: Sequence[Line]) -> tuple[Card, ...]:
    """Return the cards among the lines, in order."""
    found = _begun(lines)
    ends = [*(card.first for card in found), len(lines)][1:]
    return tuple(replace(card, last=last) for card, last in zip(found, ends, strict=True))


def _begun(lines: Sequence[Line]) -> list[Card]:
    """Find publisher, age, "- publisher" on three lines, or publisher and age under a heading."""
    found = []
    related = False
    for number in range(len(lines) - 2):
        words = lines[number].text.strip()
        related = related or words.lower() in ("related articles", "related stories")
        if not words or len(words) > 60 or not dates.AGE.fullmatch(lines[number + 1].text.strip()):
            continue
        again = re.fullmatch(r"[-–—•]\s*(.+)", lines[number + 2].text.strip())
        if again and again[1].strip().lower() == words.lower():
            found.append(Card(number, number + 3, 0, words))
        elif related and not again:
            found.append(Card(number, number + 2, 0, words))
    return found
