"""Our own questions on news -> pairs of passages to train the reader on.

The misleading half of a pair comes, where it can, from the very article that answers: what names
everything that the question names misleads most.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from evals.reader_pool import Example, Neighbours, swap, without_answer
from evals.written import Written

LONGEST = 1000  # characters of a passage, about what the reader has room for
SWAPPED, WITHOUT, ELSEWHERE = 0.15, 0.15, 0.2  # shares of the answered questions' pairs


def written_pairs(
    asked: Sequence[Written], around: Neighbours, seed: int
) -> Iterator[tuple[Example, Example]]:
    """Yield one (answering, misleading) pair a question, in random order, as `pairs` does."""
    rng = random.Random(seed)
    drawn = list(asked)
    rng.shuffle(drawn)
    near = around.near([item.question for item in drawn], 8)
    for item, likest in zip(drawn, near, strict=True):
        others = [around.contexts[row] for row in likest]
        others = [text for text in others if text not in item.article]
        if not item.answers:
            yield _unanswered(item, others, rng)
            continue
        right = passage(item.article, rng.choice(item.answers), rng)
        yield Example(item.question, *right), _misleading(item, right, others, rng)


def _unanswered(
    item: Written, others: Sequence[str], rng: random.Random
) -> tuple[Example, Example]:
    """Two stretches of the article, or one of them and what another says that is like it."""
    first = _likest(item, rng)
    if rng.random() < 0.3 and others:
        return Example(item.question, first, None), Example(item.question, others[0], None)
    return Example(item.question, first, None), Example(item.question, _likest(item, rng), None)


def _misleading(
    item: Written,
    right: tuple[str, tuple[int, int]],
    others: Sequence[str],
    rng: random.Random,
) -> Example:
    text, span = right
    way = rng.random()
    if way < SWAPPED:
        turned = swap(item.question, [text, item.article, *others], rng)
        if turned is not None:
            return Example(turned, text, None)
    elif way < SWAPPED + WITHOUT and len(item.answers) == 1:
        less = without_answer(Example(item.question, text, span))
        if less is not None:
            return less
    elif way < SWAPPED + WITHOUT + ELSEWHERE and others:
        return Example(item.question, rng.choice(others[:4]), None)
    rest = _likest(item, rng)
    return Example(item.question, rest or rng.choice(others[:4]), None)


def passage(article: str, span: tuple[int, int], rng: random.Random) -> tuple[str, tuple[int, int]]:
    """Return a stretch of whole sentences around a span, and the span within it."""
    bounds = _bounds(article)
    room = rng.randint(250, LONGEST)
    low = [b for b in bounds if b <= span[0] and span[1] - b <= room] or [
        max(b for b in bounds if b <= span[0])
    ]
    start = rng.choice(low)
    high = [b for b in bounds if b >= span[1] and b - start <= room] or [
        min((b for b in bounds if b >= span[1]), default=len(article))
    ]
    return article[start : high[-1]], (span[0] - start, span[1] - start)


def _likest(item: Written, rng: random.Random) -> str:
    """One of the three stretches that share most words with the question and do not answer it."""
    bounds = _bounds(item.article)
    room = rng.randint(250, LONGEST)
    asked = set(re.findall(r"\w{4,}", item.question.lower()))
    found = []
    for start in bounds[:-1]:
        fit = [b for b in bounds if start < b <= start + room] or [bounds[-1]]
        if any(start < e and s < fit[-1] for s, e in item.answers):
            # As far as the answer, or nothing.
            fit = [b for b in fit if not any(start < e and s < b for s, e in item.answers)]
        if fit and fit[-1] - start >= 60:
            text = item.article[start : fit[-1]]
            shared = len(asked & set(re.findall(r"\w{4,}", text.lower())))
            found.append((shared + rng.random(), text))
    if not found:
        return ""
    found.sort(reverse=True)
    return rng.choice(found[:3])[1]


def _bounds(article: str) -> list[int]:
    ends = [m.end() for m in re.finditer(r"[.!?][\"')\]]*\s+|\n+", article)]
    return sorted({0, *ends, len(article)})
