"""A question -> the same, slips of the finger mended with the articles' words.

Only what no English dictionary knows and no article says is a slip, and only an English word of the
articles one slip away is read for it (Damerau 1964): a letter too few or too many, another, or two
swapped. Of several the likeliest is taken, by how common it is and how such slips are made (the
noisy channel of Kernighan, Church and Gale 1990, with the shares of Peterson 1986). Names, with
their capitals, are left alone (rag/absent.py).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index import runtime
from index.snapshot import Snapshot
from rag.words import telling

if TYPE_CHECKING:
    from spellchecker import SpellChecker

MOST = 4  # words that are looked at; a question may be a pasted page
# Not beside an apostrophe, a hyphen or a dot, nor a capital within: a name, an address.
_WORD = re.compile(r"(?<![\w’'.@/-])[a-z]{4,20}(?![\w’'@/-]|\.\w)")
_FIRST = re.compile(r"\A\W*([A-Z][a-z]{3,19})(?![\w’'-])")


def mended(question: str, snapshot: Snapshot) -> tuple[str, dict[str, str]]:
    """Return the question as it was meant, and each word that was mended with its mending."""
    changed: dict[str, str] = {}
    for word in _strange(question, snapshot):
        if meant := _meant(word.lower(), snapshot):
            changed[word] = meant.capitalize() if word[0].isupper() else meant
    for word, meant in changed.items():
        question = re.sub(rf"\b{word}\b", meant, question)
    return question, changed


def _strange(question: str, snapshot: Snapshot) -> list[str]:
    """The first few words that neither the encoder's vocabulary nor the articles have."""
    words = [*_FIRST.findall(question), *_WORD.findall(question)]
    unknown = [word for word in dict.fromkeys(words) if word.lower() not in _vocabulary()]
    return [word for word in unknown[:MOST] if not snapshot.says(word)]


def _meant(word: str, snapshot: Snapshot) -> str | None:
    """The likeliest word of the articles that one slip makes it of, the first letter kept."""
    known = _dictionary()
    if word in known:
        return None
    chances = {}
    for other in known.known(known.edit_distance_1(word)):
        if other[0] == word[0] and other.isalpha() and snapshot.says(other):
            chances[other] = known.word_usage_frequency(other) * _slipped(word, other)
    best = max(chances, key=lambda other: (chances[other], other), default="")
    return best if telling(best) else None  # "abuot" says nothing that is looked for


def _slipped(word: str, other: str) -> float:
    """The chance that `other`, once slipped, becomes `word`: of its kind, shared by all alike."""
    at = next(
        (n for n, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), -1
    )
    if len(word) > len(other):
        return 0.20 / len(word)
    if len(word) < len(other):
        twice = other[at] == other[at - 1]
        return 0.34 / len(word) * (0.5 if twice else 0.5 / 26)
    if sorted(word) == sorted(other):
        return 0.13 / len(word)
    vowels = {word[at], other[at]} <= set("aeiou")
    return 0.27 / len(word) * (0.5 / 4 if vowels else 0.5 / 20)


@cache
def _vocabulary() -> frozenset[str]:
    """The encoder's word pieces, the common words whole among them: read in no time."""
    return frozenset((runtime.minilm() / "vocab.txt").read_text("utf-8").split())


@cache
def _dictionary() -> SpellChecker:
    from spellchecker import SpellChecker

    return SpellChecker("en", distance=1)
