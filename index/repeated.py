"""Which lines a publisher prints again and again, and where they are furniture.

A line counts once for each text in which it stands, copies of one text being one. It is furniture
where it stands in `FEWEST` texts, in as many files, and in half of all texts of its publisher.
Some 1,700 folders of 5 to 20 news articles on one subject decided the rest: of lines that stood in
three texts some were news, of those in five none was a sentence of news; but headings that are
told apart by nothing else ("Delaware", "Incumbent: ...") were among them wherever they stand.
So a line that is no sentence is furniture only at the edge of its article, and a line with a
figure or a quotation in it, or one that leads to the next, is none.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from index.articles import Furniture, Layout
from index.bylines import byline
from index.copies import shingles, signature
from index.facts import folded
from index.families import candidates, groups
from index.furniture import LONGEST
from index.records import Article
from index.titles import is_title

REPEATED = "repeated"  # why such a line is furniture
FEWEST = 5
MOST = 0.25  # of an article's own text: where more would be marked, none is
_WORDS = 5  # a sentence has
_ALIKE = 20  # of 64 numbers: a text has a third of its shingles in common with one half as long
_SAYS = re.compile(r"[\d\"“”„«»]|:$")
_NAMED = re.compile(r"(?:[^\W\d_].*){3}")  # "* * *" says nothing, "No" may be an answer


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of an article so that its publisher's lines can be counted.

    `lines` are hashes, uint64, each once; `least` is the signature of all its own words.
    """

    path: str
    article: int
    publisher: str
    lines: np.ndarray
    least: np.ndarray


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


Repeated = Callable[[str], frozenset[int]]  # publisher -> hashes of its repeated lines


def prints(path: str, text: str, layout: Layout) -> tuple[Print, ...]:
    """Return a print of each article of a known publisher; `layout` has no repeated lines yet."""
    made = []
    body = _Body(text, layout)
    for article in layout.articles:
        if name := folded(article.publisher):
            own = body.own(article)
            lines = np.unique(np.array([_hash(ln) for ln in own if _may_be(ln, article)], "<u8"))
            least = signature(shingles("\n".join(line.words for line in own)))
            made.append(Print(path, article.number, name, lines, least))
    return tuple(made)


def repeated(prints: Sequence[Print]) -> frozenset[int]:
    """Return the hashes of the lines that one publisher repeats; `prints` are all of its."""
    files = {path: number for number, path in enumerate({p.path for p in prints})}
    if len(files) < FEWEST:
        return frozenset()
    sizes = [len(p.lines) for p in prints]
    lines, at = np.unique(np.concatenate([p.lines for p in prints]), return_inverse=True)
    often = np.repeat([files[p.path] for p in prints], sizes)
    often = _counts(at, often, len(lines)) >= FEWEST
    if not often.any():
        return frozenset()
    texts = _texts(np.stack([p.least for p in prints]))
    counts = _counts(at, np.repeat(texts, sizes), len(lines))
    often &= (counts >= FEWEST) & (2 * counts >= len(set(texts)))
    return frozenset(lines[often].tolist())


def marked(text: str, layout: Layout, lines: Repeated) -> Layout:
    """Return a layout with the repeated lines of its publishers among its furniture."""
    found: list[Furniture] = []
    body = _Body(text, layout)
    for article in layout.articles:
        name = folded(article.publisher)
        if name and (known := lines(name)):
            found += _found(body.own(article), article, known)
    if not found:
        return layout
    return replace(layout, furniture=tuple(sorted([*layout.furniture, *found])))


def unmarked(furniture: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """Return furniture without the repeated lines in it."""
    return tuple(found for found in furniture if found[2] != REPEATED)


def _found(own: Sequence[_Line], article: Article, known: frozenset[int]) -> Iterator[Furniture]:
    hit = [_may_be(ln, article) and _hash(ln) in known and not byline(ln.words) for ln in own]
    first = next((n for n, line in enumerate(own) if not (hit[n] or _titles(line, article))), 0)
    last = next((n for n in reversed(range(len(own))) if not hit[n]), 0)
    chosen = [
        line
        for n, line in enumerate(own)
        if hit[n] and (not first <= n <= last or _is_sentence(line.words))
    ]
    size = sum(len(line.words) for line in own)
    if sum(len(line.words) for line in chosen) <= MOST * size:
        for line in chosen:
            yield line.start, line.end, REPEATED


class _Body:
    """A text with its furniture and appeals in order: a file may hold thousands of articles."""

    def __init__(self, text: str, layout: Layout) -> None:
        marks = sorted((start, end) for start, end, _ in layout.furniture)
        self._text = text
        self._starts = [start for start, _ in marks]
        self._ends = list(accumulate((end for _, end in marks), max))  # of each and those before
        self._appeals = sorted(layout.appeals)

    def own(self, article: Article) -> list[_Line]:
        """Return the lines of an article that are no furniture, to where an appeal begins."""
        appeal = bisect_left(self._appeals, article.start)
        end = min([article.end, *self._appeals[appeal : appeal + 1]])
        own = []
        at = article.start
        for words in self._text[at:end].split("\n"):
            start, at = at, at + len(words) + 1
            if words.strip() and not self._is_furniture(start):
                own.append(_Line(start, start + len(words), " ".join(words.split())))
        return own

    def _is_furniture(self, at: int) -> bool:
        before = bisect_right(self._starts, at)
        return before > 0 and self._ends[before - 1] > at


def _may_be(line: _Line, article: Article) -> bool:
    """Whether a line's words let it be furniture, were they repeated."""
    short = len(line.words) <= LONGEST and _NAMED.search(line.words)
    return bool(short) and not _SAYS.search(line.words) and not _titles(line, article)


def _titles(line: _Line, article: Article) -> bool:
    return article.title is not None and is_title(line.words, article.title)


def _is_sentence(words: str) -> bool:
    return words[-1] in ".!?。！？" and len(words.split()) >= _WORDS


def _hash(line: _Line) -> int:
    return int.from_bytes(hashlib.blake2b(line.words.encode(), digest_size=8).digest(), "little")


def _counts(lines: np.ndarray, among: np.ndarray, size: int) -> np.ndarray:
    """In how many different ones each line stands."""
    pairs = np.unique(np.stack((lines.reshape(-1), among), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=size)


def _texts(signatures: np.ndarray) -> list[int]:
    """A number for each signature, the same for those of copies, and of copies of these."""
    texts = list(range(len(signatures)))
    pairs = candidates(signatures)
    alike = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).sum(axis=1) >= _ALIKE
    for group in groups(pairs[alike]):
        for row in np.unique(group).tolist():
            texts[row] = int(group[0, 0])
    return texts
