"""A claim and the sentences nearest to it -> in what they agree, compared word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.likeness import numbers_and_words
from rag.words import stem, telling

NAMES = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+")
_KEYS = re.compile(r"(?<!\w)(?:\d[\d,.]*\d|\d|[A-ZÀ-ÞА-Я][\w’'-]*(?: [A-ZÀ-ÞА-Я][\w’'-]*)*)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|refus\w+"
    r"|fail(?:s|ed)?)\b|n[’']t\b",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """Return the telling words of a text in order, their endings aside."""
    return [stem(word) for word in re.findall(r"[^\W_]+", text.lower()) if telling(word)]


def exact(claim: str, held: str, first: str) -> dict[str, float]:
    """Return whether a claim's numbers, names and denials are those of what it is held against.

    `numbers` is 1 where all of them stand there, else 0; `names` is the share of them that do.
    `denial` is 0 where claim and first sentence both deny or neither does, else -1.
    """
    numbers, _ = numbers_and_words(claim)
    there, _ = numbers_and_words(held)
    said = set(map(stem, re.findall(r"\w+", held.lower())))
    names = [m.group().lower().removesuffix("'s").removesuffix("’s")
             for m in NAMES.finditer(claim)]  # fmt: skip
    names = [name for name in names if telling(name)]
    known = [set(map(stem, re.findall(r"\w+", name))) <= said for name in names]
    return {
        "numbers": float(numbers <= there),
        "names": sum(known) / len(known) if known else 1.0,
        "denial": -float(bool(_DENIAL.search(claim)) != bool(_DENIAL.search(first))),
    }


def covered(claim: Sequence[str], sentences: Sequence[Sequence[str]]) -> float:
    """Return the largest share of a claim's words that two neighbouring sentences have."""
    wanted = set(claim)
    sets = [wanted.intersection(sentence) for sentence in sentences]
    most = max((len(one | next_) for one, next_ in pairwise([*sets, set()])), default=0)
    return most / max(1, len(wanted))


def asked(claim: str) -> list[tuple[str, str]]:
    """Return up to two questions to which the claim gives an answer, each with that answer.

    Its first number, its last name and its first are asked for, two of these, in the claim's own
    words: "Rollo built it in what year?" (after Wang et al. 2020, "QAGS").
    """
    keys = [m for m in _KEYS.finditer(claim) if words(m.group())]
    numbers = [m for m in keys if m.group()[0].isdigit()]
    made = []
    for key in list(dict.fromkeys([*numbers[:1], *keys[-1:], *keys[:1]]))[:2]:
        if key.group()[0].isdigit():
            asks = "what year" if _YEAR.fullmatch(key.group()) else "how many"
        else:
            asks = "what" if key.start() else "who"
        question = f"{claim[: key.start()]}{asks}{claim[key.end() :]}".rstrip(" .") + "?"
        made.append((question, key.group()))
    return made


def answers(said: str, wanted: str) -> float:
    """Return which share of the wanted answer's words stand in what was said."""
    needed = set(words(wanted))
    return len(needed.intersection(words(said))) / max(1, len(needed))
