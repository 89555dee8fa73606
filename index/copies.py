"""Whether one text is a copy of another: the same words with small edits, whoever printed them.

Word 3-shingles (Broder 1997): most of the shorter text's stand in the longer. A text of any
length has a signature of 64 numbers, by which copies are looked for among very many texts.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np

CONTAINED = 0.6
WIDTH = 64  # numbers in a signature
_WORD = re.compile(r"\w+")


def shingles(text: str) -> np.ndarray:
    """Return the text's runs of three words as sorted hashes, uint64, each once.

    Case and punctuation do not count; a text of fewer words is one run. The same everywhere.
    """
    words = _WORD.findall(text.lower())
    padded = [*words, *[""] * (3 - len(words))]
    codes = np.fromiter(map(_code, padded), np.uint64, len(padded))
    runs = codes[:-2] * _FACTORS[0] + codes[1:-1] * _FACTORS[1] + codes[2:] * _FACTORS[2]
    runs ^= runs >> np.uint64(29)
    return np.unique(runs * _FACTORS[3])


def copied(one: np.ndarray, other: np.ndarray, least: float = CONTAINED) -> bool:
    """Whether at least that share of the shorter text stands in the longer."""
    return shared(one, other) >= least * min(len(one), len(other))


def shared(one: np.ndarray, other: np.ndarray) -> int:
    """Return how many shingles two texts have in common."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    if not len(few):
        return 0
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return int(np.count_nonzero(many[places] == few))


def signature(runs: np.ndarray) -> np.ndarray:
    """Return 64 minimal hashes of some shingles, uint32 (MinHash; Broder 1997).

    The share in which two signatures agree is about that of the shingles in common among all;
    the least of several texts' is that of them together.
    """
    mixed = runs[:, None] * _FACTORS[None, -WIDTH:]
    return np.asarray((mixed >> np.uint64(32)).min(axis=0), np.uint32)


@lru_cache(1 << 18)
def _code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


# Odd, so that no two hashes become one; drawn from a hash, so that they never change.
_FACTORS = np.array([_code(f"factor {n}") | 1 for n in range(4 + WIDTH)], np.uint64)
