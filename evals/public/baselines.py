"""What the reader and the judge have to beat: likeness, common words, common numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from evals.public import reading
from evals.public.support import Judge
from index.encoder import Encoder
from index.records import Span
from rag.spans import Reading
from rag.words import shared, stem, terms

K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009, section 3.5; as Lucene and SQLite have them
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


class Nearest:
    """Points like a reader, and takes the sentence most like the question for its answer."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return every sentence as a span, its cosine with the question as the score."""
        rows = self._encoder.encode([text[start:end] for start, end in sentences])
        cosines = rows @ self._encoder.encode([question])[0]
        return [Reading(c, s, c, c) for c, s in zip(cosines.tolist(), sentences, strict=True)]


class CommonWords:
    """The same by BM25, the text's sentences its collection; words without common endings."""

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return every sentence as a span, its BM25 for the question as the score."""
        bags = [Counter(map(stem, terms_of(text[start:end]))) for start, end in sentences]
        mean = sum(bag.total() for bag in bags) / max(1, len(bags))
        wanted = dict.fromkeys(map(stem, terms(question)))
        weights = {word: _rarity(sum(word in bag for bag in bags), len(bags)) for word in wanted}
        scores = [sum(weights[word] * _share(bag, word, mean) for word in wanted) for bag in bags]
        return [Reading(c, s, c, c) for c, s in zip(scores, sentences, strict=True)]


def terms_of(text: str) -> list[str]:
    """Return the words of a text, each as often as it stands there."""
    return re.findall(r"[^\W_]+", text.lower())


def _rarity(holding: int, of: int) -> float:
    return math.log(1 + (of - holding + 0.5) / (holding + 0.5))


def _share(bag: Counter[str], word: str, mean: float) -> float:
    often = bag[word]
    return often * (K1 + 1) / (often + K1 * (1 - B + B * bag.total() / max(mean, 1.0)))


def likeness(encoder: Encoder) -> Judge:
    """Return a judge: the claim's cosine with the most similar sentence, 0 where it is negative."""

    @lru_cache(maxsize=8)  # claims on one text come together
    def rows(evidence: str) -> np.ndarray:
        return encoder.encode([evidence[s:e] for s, e in reading.sentences(evidence)])

    def judge(claim: str, evidence: str) -> float:
        cosines = rows(evidence) @ encoder.encode([claim])[0]
        return float(np.clip(cosines.max(initial=0.0), 0.0, 1.0))

    return judge


def common_numbers(claim: str, evidence: str) -> float:
    """Return which share of the claim's numbers stand in the evidence; 1.0 where it has none."""
    wanted, held = _numbers(claim), _numbers(evidence)
    return len(wanted & held) / len(wanted) if wanted else 1.0


def common_words(claim: str, evidence: str) -> float:
    """Return which share of the claim's words stand in the evidence, common endings aside."""
    return shared(terms(claim), evidence)


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)}
