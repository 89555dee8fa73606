"""Questions written by hand on news -> pairs of passages to train the reader on.

Half of them no article answers, though the one that they are about seems to; every pair's
misleading half comes, where it can, from the very article that answers. Only the questions and the
places of their answers are kept here; the articles are read from the folder of data.
"""

from __future__ import annotations

import hashlib
import random
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.public import rows
from evals.reader_pool import NEWS, Example, Neighbours, swap, without_answer
from evals.suites import SuiteError
from index.decoding import decode
from index.errors import UnreadableSource

QUESTIONS = Path(__file__).parent / "written.jsonl"
LONGEST = 1000  # characters of a passage, about what the reader has room for
SWAPPED, WITHOUT, ELSEWHERE = 0.15, 0.15, 0.2  # shares of the answered questions' pairs


@dataclass(frozen=True, slots=True)
class Written:
    """A question about an article, and every place (start, end) in its text that answers it.

    `line` is where it was read.
    """

    question: str
    file: str
    article: str
    answers: tuple[tuple[int, int], ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles, `texts` by their file name ("business/053.txt"), and the questions on them."""

    texts: Mapping[str, str]
    questions: tuple[Written, ...]


def load(folder: Path, questions: Path | None = None) -> tuple[Part, Part, Part]:
    """Return what to train on (six articles of eight), to choose by and to report (one each).

    Raises SuiteError where `folder` does not hold the articles that the questions are about.
    """
    articles = _texts(folder / NEWS)
    asked = []
    for row in rows.lines(questions or QUESTIONS):
        file, spans = row.text("file"), row.field("answers")
        text = articles.get(file, "")
        if any(not 0 <= start < end <= len(text) for start, end in spans) or not text:
            raise SuiteError(f"{folder / NEWS} has no article {file} as the questions know it")
        places = tuple((start, end) for start, end in spans)
        asked.append(Written(row.text("question"), file, text, places, row.place))
    learn, choose, report = (
        Part(
            {file: text for file, text in articles.items() if _part(file) == part},
            tuple(item for item in asked if _part(item.file) == part),
        )
        for part in range(3)
    )
    return learn, choose, report


def _part(file: str) -> int:
    drawn = hashlib.sha256(file.encode()).digest()[0] % 8
    return {0: 1, 4: 2}.get(drawn, 0)


def _texts(file: Path) -> dict[str, str]:
    """The news, newlines as the questions count them, a text that stands twice once."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".txt"))
            read = {"/".join(n.split("/")[-2:]): decode(archive.read(n)).text for n in names}
    except (OSError, zipfile.BadZipFile, zlib.error, UnreadableSource) as error:
        raise SuiteError(f"cannot read {file}: {error}") from error
    first = {text: name for name, text in reversed(read.items())}
    return {name: text for name, text in read.items() if first[text] == name}


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
