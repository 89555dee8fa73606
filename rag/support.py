"""Whether a text supports a sentence: what must be exact is compared exactly.

`unsupported` guards what a chat model wrote against what it cites. `Support` gives the chance
that a longer text states a claim: how much of the claim its nearest sentences say, whether the
claim's numbers and names stand there, whether one of the two denies, and what the reader makes of
it. The weights are fitted on claims made by rule from the bundled articles
(`python -m evals.fit_support`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.encoder import Encoder
from index.records import Span
from rag.likeness import numbers_and_words
from rag.reader import Points, sigmoid
from rag.words import shared, telling, terms

COVERED = 0.5  # the share of a sentence's words that must stand in what it cites

_NUMBERS = re.compile(r"\d[\d,.]*\d|\d")
_NAMES = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+")


def unsupported(sentence: str, cited: str) -> str | None:
    """Return why `cited` does not carry `sentence`, or None where it does.

    Numbers and capitalised names must occur in what is cited, and half of all other words.
    """
    numbers = {_number(n) for n in _NUMBERS.findall(cited)}
    for number in _NUMBERS.findall(sentence):
        if _number(number) not in numbers:
            return f"the number {number} is not in what it cites"
    said = set(re.findall(r"\w+", cited.lower()))
    body = sentence.lstrip("\"'“‘")
    for match in _NAMES.finditer(body):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        if match.start() > 0 and not set(re.findall(r"\w+", word)) <= said:
            return f"{match.group()} is not in what it cites"
    if shared(terms(sentence), cited) < COVERED:
        return "most of its words are not in what it cites"
    return None


def _number(text: str) -> str:
    return text.replace(",", "")


FITTED = Path(__file__).parent / "data" / "support.json"
NEAREST = 3  # sentences of the text that a claim is held against
FEATURES = ("cosine", "covered", "numbers", "names", "denial", "read")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|refus\w+"
    r"|fail(?:s|ed)?)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a claim was held against: the nearest sentences of a text, nearest first.

    `features` are numbers by name, each the higher the better it speaks for the claim.
    """

    sentences: tuple[Span, ...]
    features: dict[str, float]


class Support:
    """Gives the chance, 0 to 1, that a text states a claim."""

    def __init__(self, encoder: Encoder, reader: object, *, fitted: bool = True) -> None:
        self._encoder = encoder
        self._reader = reader if isinstance(reader, Points) else None
        about = json.loads(FITTED.read_text("utf-8")) if fitted else {}
        self._weights = np.array([about.get("weights", {}).get(name, 1.0) for name in FEATURES])
        self._bias = float(about.get("bias", 0.0))
        self._rows = lru_cache(maxsize=8)(self._encoded)  # claims on one text come together

    def chance(self, claim: str, text: str) -> float:
        """Return the chance that the text states the claim."""
        return self.of(self.ground(claim, text))

    def of(self, ground: Ground) -> float:
        """Return the chance that what was found states the claim."""
        row = np.array([ground.features[name] for name in FEATURES])
        return sigmoid(float(row @ self._weights) + self._bias)

    def ground(self, claim: str, text: str) -> Ground:
        """Return the text's sentences nearest to the claim, and what of it they hold."""
        spans, rows = self._rows(text)
        if not spans:
            return Ground((), dict.fromkeys(FEATURES, 0.0))
        cosines = rows @ self._encoder.encode([claim])[0]
        best = np.argsort(-cosines, kind="stable")[:NEAREST]
        near = tuple(spans[i] for i in best.tolist())
        held = " ".join(text[start:end] for start, end in sorted(near))
        first = text[slice(*near[0])]
        features = {"cosine": float(cosines[best[0]]), **exact(claim, held, first)}
        features["read"] = self._read(claim, held)
        return Ground(near, features)

    def _encoded(self, text: str) -> tuple[list[Span], np.ndarray]:
        from index.passages import split  # loads a sentence splitter

        spans = [
            (line.start() + start, line.start() + end)
            for line in re.finditer(r"[^\n]+", text)
            for start, end in split(line.group())
        ]
        return spans, self._encoder.encode([text[start:end] for start, end in spans])

    def _read(self, claim: str, held: str) -> float:
        """The reader's mark for the claim, read as a question, pressed into -1 to 1."""
        if self._reader is None:
            return 0.0
        readings = self._reader.spans(claim, held, [(0, len(held))])
        return float(np.tanh(readings[0].score / 10))


def exact(claim: str, held: str, first: str) -> dict[str, float]:
    """Return which shares of a claim's words, numbers and names stand in what is held against it.

    `denial` is 0 where claim and first sentence both deny or neither does, else -1.
    """
    numbers, _ = numbers_and_words(claim)
    there, _ = numbers_and_words(held)
    said = set(re.findall(r"\w+", held.lower()))
    names = [m.group().lower().removesuffix("'s").removesuffix("’s")
             for m in _NAMES.finditer(claim)]  # fmt: skip
    names = [name for name in names if telling(name)]
    known = [set(re.findall(r"\w+", name)) <= said for name in names]
    return {
        "covered": shared(terms(claim), held),
        "numbers": len(numbers & there) / len(numbers) if numbers else 1.0,
        "names": sum(known) / len(known) if known else 1.0,
        "denial": -float(bool(_DENIAL.search(claim)) != bool(_DENIAL.search(first))),
    }
