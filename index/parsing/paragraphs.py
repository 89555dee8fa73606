"""Lines as they were set -> paragraphs: which line goes on in the next, and how words rejoin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_ITEM = re.compile(r"[•◦▪‣·*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s")
_NARROWEST, _WIDEST = 50, 100  # characters at which somebody sets a margin
_ENDS = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_WORD = re.compile(r"\w+(?:-\w+)*")
# A word in two: pdfium has U+FFFE for a hyphen and the line's end after it.
_PARTED = re.compile(r"([\w-]*\w)[\ufffe\u00ad]\s*(\w+(?:-\w+)*)")
_HYPHEN = re.compile(r"([\w-]*\w)[-\u00ad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page: its words, the page's number, its place in points from the lower left.

    `edge` is whether it stands where headers and footers do.
    """

    words: str
    number: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    edge: bool


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, in order."""
    held: list[Line] = []
    for column in _columns(lines):
        rights = sorted(line.right for line in column)
        right = rights[-2 if len(rights) > 3 else -1]  # one byline may be longer than any column
        for place, line in enumerate(column):
            if held and not (
                _goes_on(held[-1], line, right) if place else _overleaf(held[-1], line)
            ):
                yield held
                held = []
            held.append(line)
    if held:
        yield held


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines of one size that follow one another down a page."""
    column: list[Line] = []
    for line in lines:
        if column:
            last = column[-1]
            alike = abs(line.size - last.size) < 0.15 * last.size
            below = line.number == last.number and line.top < last.top
            if not (alike and below and line.left < last.right and last.left < line.right):
                yield column
                column = []
        column.append(line)
    if column:
        yield column


def _goes_on(line: Line, after: Line, right: float) -> bool:
    if _ITEM.match(after.words) or line.bottom - after.top > 0.6 * line.size:
        return False
    # The last line of a paragraph has room for the first word of the next.
    word = after.words.split(" ")[0]
    if right - line.right > (len(word) + 1) * 0.45 * line.size:  # about a letter's width
        return False
    return not (_ENDS.search(line.words) and after.left > line.left + 0.8 * line.size)


def _overleaf(line: Line, after: Line) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page."""
    alike = abs(line.size - after.size) < 0.15 * line.size
    return alike and not _ENDS.search(line.words) and after.words[:1].islower()


def unwrapped(text: str) -> str:
    """Return text with the line ends taken out that a mail program put in at its margin.

    A line went on if it had no room for the first word of the next.
    """
    lines = text.split("\n")
    margin = max((len(ln.rstrip()) for ln in lines if len(ln) <= _WIDEST), default=0)
    if sum(len(line) > margin * 0.8 for line in lines) < 3 or margin < _NARROWEST:
        return text
    made = lines[:1]
    for before, line in pairwise(lines):
        word = line.split(" ")[0]
        own = before.strip() and word and not line.startswith((" ", "\t", ">", "|", "--"))
        full = margin < len(before.rstrip()) + 1 + len(word) and len(before) <= _WIDEST
        if own and full and not before.startswith(">") and not _ITEM.match(line):
            made[-1] = f"{made[-1].rstrip()} {line}"
        else:
            made.append(line)
    return "\n".join(made)


def rejoined(lines: Sequence[str]) -> Callable[[str, str], str]:
    """Return what adds a line to those before it, a word that was parted between them made whole.

    Its hyphen stays where the word has one elsewhere in `lines`, the whole document.
    """
    known = {word.lower() for line in lines for word in _WORD.findall(line)}

    def one(left: str, right: str) -> str:
        hyphened, joined = f"{left}-{right}", left + right
        for way in (hyphened, joined):
            if way.lower() in known:
                return way
        return hyphened if "-" in left or not right[:1].islower() else joined

    def add(before: str, words: str) -> str:
        words = "".join(_LIGATURES.get(letter, letter) for letter in words)
        words = _PARTED.sub(lambda found: one(found[1], found[2]), words)
        half, rest = _HYPHEN.search(before), re.match(r"\w+(?:-\w+)*", words)
        if half and rest and rest[0][:1].islower():
            return before[: half.start()] + one(half[1], rest[0]) + words[rest.end() :]
        return f"{before} {words}" if before else words

    return add
