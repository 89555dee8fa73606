"""Texts -> families of copies: the same words with small edits, wherever they were printed.

Word 3-shingles (Broder 1997): two texts are one family where most shingles of the shorter stand
in the longer. Meant for the few dozen texts of one question, not for a whole archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CONTAINED = 0.6


def families(texts: Sequence[str]) -> list[int]:
    """Return for each text the number of the first text that it is a copy of, its own if none."""
    shingled = [shingles(text) for text in texts]
    first = list(range(len(texts)))
    for later in range(len(texts)):
        for earlier in range(later):
            if first[earlier] == earlier and copied(shingled[later], shingled[earlier]):
                first[later] = earlier
                break
    return first


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the text's runs of three words, case and punctuation aside; of fewer, all it has."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def copied(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether most of the shorter text stands in the longer."""
    return len(one & other) >= CONTAINED * min(len(one), len(other))
