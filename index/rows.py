"""A table's rows: what makes a line one, and which cells make one line.

A row is a line of cells with tabs between, as in a browser's innerText (WHATWG HTML), or with
bars around them, as in Markdown. It is one sentence: a cell alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 600  # characters; what is longer is a page laid out in columns
_PARAGRAPH = 80  # characters, of a line that is none of several in a cell of figures
_BARS = re.compile(r"\|.*\|")
_FIGURE = re.compile(r"(?<!\w)(?!(?:19|20)\d\d\b)\d")  # but a year, and "H1"
_DRAWN = re.compile(r"[\s|:+=*_~-]+")
_MARK = re.compile(r"\(?\w{1,3}[.)]|[-–—•*·]")


def is_row(line: str) -> bool:
    """Whether a line is a row; "1.", a tab and an item's words are none."""
    words = line.strip()
    if len(words) > LONGEST:
        return False
    if _BARS.fullmatch(words):
        return True
    first, _, rest = words.partition("\t")
    return "\t" in rest or bool(rest and not _MARK.fullmatch(first.strip()))


def is_head(line: str, below: str = "") -> bool:
    """Whether a row names the columns of the one below it.

    Its first cell is empty, or it has three at least and no figure, above figures in all columns.
    """
    cells, others = _cells(line), _cells(below)
    if len(cells) > 1 and not cells[0] and any(cells):
        return True
    named = len(cells) > 2 and all(cells) and not any(map(_FIGURE.search, cells))
    return named and len(others) == len(cells) and all(map(_FIGURE.search, others[1:]))


def _cells(line: str) -> list[str]:
    words = line.strip(" \n")
    bars = _BARS.fullmatch(words)
    return [cell.strip() for cell in (words[1:-1].split("|") if bars else words.split("\t"))]


def is_drawn(line: str) -> bool:
    """Whether a line is a rule, as below a heading ("====") or a table's head ("|---|---|")."""
    return _DRAWN.fullmatch(line) is not None


def row(cells: Sequence[Sequence[str]]) -> str | None:
    """Return the row of cells, the lines of each given, or None where they hold paragraphs.

    Pages and letters are laid out in tables too: their cells are long, or have paragraphs among
    several lines. An empty cell keeps its place, but at the end.
    """
    filled = [lines for lines in cells if lines]
    longest = max((len(line) for lines in filled for line in lines), default=0)
    if longest >= _PARAGRAPH and max(map(len, filled)) > 1:
        return None
    whole = "\t".join(" ".join(" ".join(lines).split()) for lines in cells).rstrip("\t")
    return whole if len(filled) > 1 and len(whole) <= LONGEST else None
