"""Whether one text is a copy of another: the same words with small edits, whoever printed them.

Word 3-shingles (Broder 1997): most of the shorter text's stand in the longer. Meant for the few
dozen texts of one question, not for a whole archive.
"""

from __future__ import annotations

import re

CONTAINED = 0.6


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the text's runs of three words, case and punctuation aside; of fewer, all it has."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def copied(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether most of the shorter text stands in the longer."""
    return len(one & other) >= CONTAINED * min(len(one), len(other))
