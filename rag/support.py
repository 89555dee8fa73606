"""Whether a text supports a sentence: what must be exact is compared exactly.

`unsupported` guards what a chat model wrote against what it cites. `Support` gives the chance
that a longer text states a claim: how near its nearest sentences are, how much of the claim they
say, whether its numbers, names and denials are theirs, whether it is one of them with a word put
for another, and what the reader makes of it: the claim read as a question, and questions to which
it gives the answer. The weights are fitted on claims made by rule (`python -m evals.fit_support`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.encoder import Encoder
from index.records import Span
from rag.agreement import NAMES, answers, asked, covered, exact, told_by_another, words
from rag.antecedents import as_there
from rag.conflicts import conflicting
from rag.days import other_day
from rag.denials import disagrees, undone
from rag.exchanges import (
    COPIED,
    adds,
    exchanged,
    opposed,
    other_number,
    other_things,
    puts_another,
    spelling,
)
from rag.likeness import numbers_and_words
from rag.offices import other_office
from rag.outcomes import otherwise_ended, so_too
from rag.quantities import otherwise
from rag.ranks import other_rank
from rag.reader import Points, sigmoid
from rag.roles import turned
from rag.words import shared, terms

COVERED = 0.5  # the share of a sentence's words that must stand in what it cites

_NUMBERS = re.compile(r"\d[\d,.]*\d|\d")


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
    for match in NAMES.finditer(body):
        word = match.group().lower().removesuffix("'s").removesuffix("’s")
        if match.start() > 0 and not set(re.findall(r"\w+", word)) <= said:
            return f"{match.group()} is not in what it cites"
    if shared(terms(sentence), cited) < COVERED:
        return "most of its words are not in what it cites"
    return None


def _number(text: str) -> str:
    return text.replace(",", "")


FITTED = Path(__file__).parent / "data" / "support.json"
COPY = 0.9  # the share of a claim's telling words that makes it a copy, a denial aside
NEAREST = 3  # sentences of the text that a claim is held against
FEATURES = ("cosine", "covered", "numbers", "names", "denial", "exchanged", "read", "asked")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a claim was held against: the nearest sentences of a text, nearest first.

    `features` are numbers by name, each the higher the better it speaks for the claim. `stands` is
    whether all numbers of the claim stand in the text, none where a sentence has another, and it
    is no sentence's words but for a denial, an opposite, or turned round; `turned` is whether it
    is that, or says all, more or undone of what is some, less or done, or has another say or do
    it, or another day or number; `other` is whether it gives somebody another's office; `put`
    whether it puts another number, name or word for one of a sentence, which the text has nowhere.
    """

    sentences: tuple[Span, ...]
    features: dict[str, float]
    stands: bool = True
    turned: bool = False
    other: bool = False
    put: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's sentences, their rows and words; the rows of neighbours together after them."""

    spans: list[Span]
    rows: np.ndarray
    words: list[list[str]]
    numbers: frozenset[float]
    spelling: dict[str, str]

    def nearest(self, cosines: np.ndarray) -> list[int]:
        """Return the numbers of the sentences that a claim is held against, nearest first."""
        order = np.argsort(-cosines[: len(self.spans)], kind="stable")
        return [int(number) for number in order[:NEAREST]]


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
        """Return the chance that what was found states the claim.

        Halved where a number of the claim stands nowhere, or in the place of another: of claims
        made by rule nine in ten of those are false, and no likeness makes up for a wrong number.
        Halved too where the claim's words stand there, and only one of the two denies, one is put
        for its opposite, or they are said of each other.
        """
        row = np.array([ground.features[name] for name in FEATURES])
        chance = sigmoid(float(row @ self._weights) + self._bias)
        return chance if ground.stands else chance / 2

    def ground(self, claim: str, text: str, before: str = "") -> Ground:
        """Return the text's sentences nearest to the claim, and what of it they hold.

        Where a name of the claim is told by those before, or by `before`, what stands in front of
        the text, the claim counts as the sentence puts it: "she", "the dam".
        """
        known = self._rows(text)
        if not known.spans:
            return Ground((), dict.fromkeys(FEATURES, 0.0))
        cosines = known.rows @ self._encoder.encode([claim])[0]
        front = [before[start:end] for start, end in _split(before)]
        lines = front + [text[start:end] for start, end in known.spans]
        near = [len(front) + number for number in known.nearest(cosines)]
        said = {*words(claim)}
        fullest = sorted(near, key=lambda number: -len(said & {*words(lines[number])}))
        grounds = [self._ground(claim, text, known, cosines)]
        if (short := as_there(claim, lines, fullest[0])) != claim:
            cosines = known.rows @ self._encoder.encode([short])[0]
            grounds.append(self._ground(short, text, known, cosines))
        found = max(grounds, key=lambda ground: (ground.features["covered"], self.of(ground)))
        if found.features["covered"] >= COPIED and conflicting(claim, lines, fullest):
            spans = tuple(known.spans[number - len(front)] for number in fullest)
            found = replace(found, sentences=spans, stands=False, turned=True)
        other = other_office(claim, lines) or other_rank(claim, lines)
        return replace(found, stands=False, other=True) if other else found

    def _ground(self, claim: str, text: str, known: _Text, cosines: np.ndarray) -> Ground:
        near = tuple(known.spans[number] for number in known.nearest(cosines))
        held = " ".join(text[start:end] for start, end in sorted(near))
        lines = [text[start:end] for start, end in near]
        said = words(claim)
        changes = exchanged(said, known.words)
        spelt = (spelling(claim), known.spelling)
        put = other_things(changes, *spelt, self._cosine)
        others = [change for change in put if not adds(*change, *spelt, so_too(claim, lines))]
        features = {
            "cosine": float(cosines.max()),
            "covered": covered(said, known.words),
            **exact(claim, held),
            "denial": -float(disagrees(claim, lines)),
            "exchanged": -float(bool(others)),
            "read": self._mark(claim, held)[0],
            "asked": self._asked(claim, held),
        }
        copy = features["covered"] >= COPY
        denied = copy and features["denial"] < 0
        fullest = max(lines, key=lambda line: len({*said} & {*words(line)}))
        round_ = copy and any(turned(claim, line) for line in {lines[0], fullest})
        if features["covered"] >= COPIED:
            round_ = round_ or undone(claim, held) or otherwise(claim, held)
            round_ = round_ or otherwise_ended(claim, lines)
            round_ = round_ or other_day(claim, held)
            round_ = round_ or told_by_another(claim, lines)
        stands = _stands(claim, known, changes) and not denied and not round_
        stands = stands and not any(opposed(new, old) for new, old in changes)
        contradicts = any(puts_another(*change, *spelt) for change in others)
        return Ground(near, features, stands, round_, put=contradicts)

    def _cosine(self, one: str, other: str) -> float:
        rows = self._encoder.encode([one, other])
        return float(rows[0] @ rows[1])

    def _encoded(self, text: str) -> _Text:
        spans = _split(text)
        rows = self._encoder.encode([text[start:end] for start, end in spans])
        pairs = rows[:-1] + rows[1:]  # the mean of two sentences stands for both
        pairs /= np.maximum(np.linalg.norm(pairs, axis=1, keepdims=True), 1e-9)
        said = [words(text[start:end]) for start, end in spans]
        numbers, _ = numbers_and_words(text)
        return _Text(spans, np.concatenate([rows, pairs]), said, numbers, spelling(text))

    def _asked(self, claim: str, held: str) -> float:
        """How far the reader gives the claim's own answers, and surely: -1 to 1, 0 without any."""
        marks = []
        for question, wanted in asked(claim):
            mark, said = self._mark(question, held)
            marks.append((2 * answers(said, wanted) - 1) * (1 + mark) / 2)
        return sum(marks) / len(marks) if marks and self._reader is not None else 0.0

    def _mark(self, question: str, held: str) -> tuple[float, str]:
        """The reader's mark, pressed into -1 to 1, and the words that it points at."""
        if self._reader is None:
            return 0.0, ""
        reading = self._reader.spans(question, held, [(0, len(held))])[0]
        return float(np.tanh(reading.score / 10)), held[slice(*reading.span)]


def _split(text: str) -> list[Span]:
    from index.passages import split  # loads a sentence splitter

    return [
        (line.start() + start, line.start() + end)
        for line in re.finditer(r"[^\n]+", text)
        for start, end in split(line.group())
    ]


def _stands(claim: str, text: _Text, changes: list[tuple[str, str]]) -> bool:
    numbers, _ = numbers_and_words(claim)
    if not numbers <= text.numbers:
        return False
    if numbers:  # in hard-wrapped text a sentence may stand on two lines
        changes = changes + exchanged(words(claim), [a + b for a, b in pairwise(text.words)])
    return not any(other_number(said, held) for said, held in changes)
