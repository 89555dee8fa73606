"""A pool of extractive questions -> training examples for the reader.

Each example is a pair of passages for one question: one that holds the answer and one that
only looks as if it did. The shared normalisation over both (Clark and Gardner 2018, section 3.3)
is what makes the reader's scores comparable across passages.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.exchanges import OPPOSITES

POOL = Path("reader") / "train.jsonl.gz"
NEWS = Path("bbc.zip")
DEV_SHARE = 40  # one context in forty is kept for choosing between runs
WEIGHTS = {"squad_dev_flan": 1.6, "squad2": 2.0, "nq_oracle": 1.5, "qamr": 0.35, "policyqa": 0.05}
SWAPPED, WITHOUT = 0.42, 0.18  # shares of the pairs; READER.md tells those of earlier runs


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a context; `answers` are (start, end) spans, none where it is unanswerable."""

    source: str
    question: str
    context: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage and the span (start, end) that answers it there, or None."""

    question: str
    text: str
    answer: tuple[int, int] | None


def load(folder: Path) -> tuple[list[Asked], list[Asked]]:
    """Return the pool's training and development questions, split by context."""
    train: list[Asked] = []
    dev: list[Asked] = []
    with gzip.open(folder / POOL, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = tuple(
                (a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]
            )
            asked = Asked(row["source"], row["question"], row["context"], spans)
            digest = hashlib.sha256(row["context"].encode()).digest()
            (dev if digest[0] % DEV_SHARE == 0 else train).append(asked)
    return train, dev


def news(folder: Path) -> list[str]:
    """Return paragraphs of news that no question is about: more that only looks like an answer."""
    with zipfile.ZipFile(folder / NEWS) as archive:
        names = [name for name in archive.namelist() if name.endswith(".txt")]
        texts = [archive.read(name).decode("utf-8", "replace") for name in names]
    lines = [line.strip() for text in texts for line in text.split("\n")[1:]]
    return [line for line in dict.fromkeys(lines) if 60 <= len(line) <= 700]


class Neighbours:
    """Contexts of one pool, and for a text those that share its rarer words, best first."""

    def __init__(self, contexts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.contexts = list(contexts)
        self._words = TfidfVectorizer(
            sublinear_tf=True, stop_words="english", ngram_range=(1, 1), dtype=np.float32
        )
        self._matrix = self._words.fit_transform(self.contexts)

    def near(self, texts: Sequence[str], k: int) -> np.ndarray:
        """Return int row numbers of the k nearest contexts, shape (len(texts), k), best first."""
        rows = []
        for first in range(0, len(texts), 512):
            scores = self._words.transform(texts[first : first + 512]) @ self._matrix.T
            rows.append(np.argsort(-scores.toarray(), axis=1, kind="stable")[:, :k])
        return np.concatenate(rows)


def pairs(
    asked: Sequence[Asked], neighbours: Neighbours, seed: int
) -> Iterator[tuple[Example, Example]]:
    """Yield (answering, misleading) examples, one pair a question drawn, in random order.

    A question without an answer gives two misleading ones. Of the pairs, `SWAPPED` have for their
    misleading half the answering passage itself under a question whose number, name or word was
    swapped for another of the same kind, or a word for its opposite (after Rajpurkar et al. 2018,
    section 3); `WITHOUT` have the passage without the sentence that answers.
    """
    rng = random.Random(seed)
    drawn = [a for a in asked for _ in range(_times(WEIGHTS[a.source], rng))]
    rng.shuffle(drawn)
    near = neighbours.near([a.question + " " + a.context for a in drawn], 40)
    near_question = neighbours.near([a.question for a in drawn], 30)
    for number, item in enumerate(drawn):
        around = [neighbours.contexts[i] for i in near[number]]
        lookalikes = [neighbours.contexts[i] for i in near_question[number]]
        right = _answering(item, around, rng)
        wrong = _misleading(item, lookalikes, rng)
        way = rng.random()
        if right.answer is not None and way < SWAPPED:
            swapped = swap(item.question, [right.text, *around], rng)
            if swapped is not None:
                wrong = replace(right, question=swapped, answer=None)
        elif right.answer is not None and way < SWAPPED + WITHOUT:
            wrong = without_answer(right) or wrong
        yield right, wrong


def _times(weight: float, rng: random.Random) -> int:
    whole = int(weight)
    return whole + (rng.random() < weight - whole)


def _answering(item: Asked, around: Sequence[str], rng: random.Random) -> Example:
    """The context, a single sentence among up to four neighbours, a long one cut at random."""
    text = item.context
    answer = rng.choice(item.answers) if item.answers else None
    if len(text) < 300 and rng.random() < 0.85:
        others = [c for c in around if c != text and len(c) < 300]
        taken = rng.sample(others, min(len(others), rng.randint(1, 3)))
        place = rng.randint(0, len(taken))
        before = "".join(t.strip() + " " for t in taken[:place])
        after = "".join(" " + t.strip() for t in taken[place:])
        text = before + text + after
        if answer is not None:
            answer = (answer[0] + len(before), answer[1] + len(before))
    elif len(text) > 700 or rng.random() < 0.3:
        text, answer = _cut(text, answer, rng)
    return Example(item.question, text, answer)


def _cut(
    text: str, answer: tuple[int, int] | None, rng: random.Random
) -> tuple[str, tuple[int, int] | None]:
    bounds = [0, *(m.end() for m in _ENDS.finditer(text))]
    bounds = sorted({b for b in bounds if b < len(text)})
    low = [b for b in bounds if answer is None or b <= answer[0]]
    start = rng.choice([b for b in low if answer is None or low[-1] - b < 500])
    high = [b for b in [*bounds, len(text)] if b > start and (answer is None or b >= answer[1])]
    end = rng.choice([b for b in high if b - start < 700] or high[:1])
    return text[start:end], None if answer is None else (answer[0] - start, answer[1] - start)


def _misleading(item: Asked, lookalikes: Sequence[str], rng: random.Random) -> Example:
    said = {_plain(item.context[s:e]) for s, e in item.answers}
    fit = [
        c for c in lookalikes if c != item.context and not any(a and a in _plain(c) for a in said)
    ]
    if not fit:
        fit = [c for c in lookalikes if c != item.context]
    first = fit[min(int(rng.expovariate(0.25)), len(fit) - 1)]
    if len(first) < 300:
        short = [c for c in fit[:12] if len(c) < 300]
        taken = rng.sample(short, min(len(short), rng.randint(1, 3)))
        first = " ".join(dict.fromkeys([first, *taken]))
    elif len(first) > 700:
        first, _ = _cut(first, None, rng)
    return Example(item.question, first, None)


def without_answer(right: Example) -> Example | None:
    """Return the passage less the sentence that answers, or None where the rest may answer too."""
    assert right.answer is not None
    start, end = right.answer
    bounds = [0, *(m.end() for m in _ENDS.finditer(right.text)), len(right.text)]
    first = max(b for b in bounds if b <= start)
    last = min((b for b in bounds if b >= end), default=len(right.text))
    rest = right.text[:first] + right.text[last:]
    if len(rest) < 60 or _plain(right.text[start:end]) in _plain(rest):
        return None
    return replace(right, text=rest, answer=None)


def swap(question: str, around: Sequence[str], rng: random.Random) -> str | None:
    """Return the question with a number, a name or a word changed to mean another thing, or None.

    A word becomes its opposite; a number, a name or a word becomes another of its kind (digits as
    many, or the same ending) from the texts `around`, from the first of them as often as not: what
    the passage itself names misleads most.
    """
    turned = list(_TURNED.finditer(question))
    if turned and rng.random() < 0.25:
        word = rng.choice(turned)
        return question[: word.start()] + OPPOSITES[word.group()] + question[word.end() :]
    found = [m for m in _KINDS.finditer(question) if m.start() > 0]
    if not found or rng.random() < 0.25:
        found = list(_WORDS.finditer(question)) or found
    if not found:
        return None
    old = rng.choice(found)
    texts = around[:1] if rng.random() < 0.5 else around[1:12]
    said = set(_plain(question).split())
    kind = _WORDS if old.group()[0].islower() else _KINDS
    others = [
        m.group()
        for text in texts
        for m in kind.finditer(text)
        if m.start() > 0 and _kind(m.group()) == _kind(old.group())
        if said.isdisjoint(_plain(m.group()).split())
    ]
    if not others:
        return None
    return question[: old.start()] + rng.choice(others) + question[old.end() :]


def _kind(word: str) -> str:
    if word[0].isdigit():
        return "0" * len(word)
    if word[0].isupper():
        return "A"
    return next(e for e in ("ing", "ed", "ly", "tion", "s", "") if word.endswith(e))


_TURNED = re.compile(r"\b(?:{})\b".format("|".join(map(re.escape, OPPOSITES))))
_ENDS = re.compile(r"[.!?][\"')\]]*\s+")
_WORDS = re.compile(
    r"\b(?!(?:which|where|there|their|these|those|would|could|should|being|does|"
    r"during|after|before|about|other)\b)[a-z]{5,}\b"
)
_KINDS = re.compile(r"(?<![.!?\"] )(?:\d[\d,.]*\d|\d|[A-Z][a-z]+(?: [A-Z][a-z]+)*)")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
