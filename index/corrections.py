"""Lines -> the notes of what an earlier version of their article said, and no longer says.

What such a note quotes, the article no longer says. One that names the version is known wherever
it stands; "This article was amended on ..." may be about a law's, so it must stand before the story
or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lines import Line

_LONGEST = 800  # characters of a note
_MOST = 2  # times as much as the rest says: a brief has few words, a column of notes has no others
_PARAGRAPH = 80  # characters of one at the least
_MARKUP = re.compile(r"[\s*_#>(\[]*")
_WORK = r"(?:article|story|post|piece|page|interview|obituary|column|headline|caption|explainer)"
_LABEL = (
    r"(?:correction|clarification)s?(?:\s(?:appended|added))?(?:[\s,(]{1,2}[^:!?]{0,30}\d{4}\)?)?"
    r"\s*(?:[:.]|[–—])\s*"
)
_NOTE = rf"(?:{_LABEL}|(?:editor[’']?s?[’']?\snote|note|update)[^:.!?]{{0,30}}:\s*)?"
_VERSION = re.compile(
    rf"(?i){_NOTE}(?:an?|the|our)\s(?:earlier|previous|prior|original|initial|first)\s"
    rf"(?:version|edition)\sof\s(?:this|the|our)\s(?:{_WORK}|report|analysis|review)\b"
)
_LABELLED = re.compile(rf"(?i){_LABEL}\S")
_WRONG = re.compile(
    r"(?i)\b(?:earlier|previous|original)\sversion\b|\bmisstated|\bmis-?spell?(?:ed|t)"
    r"|\bmis(?:identified|attributed|reported|quoted)|\b(?:incorrect|wrong|erroneous|inaccurate)ly\b"
    r"|\bin\serror\b|\bhas\sbeen\s(?:corrected|updated|amended)\b"
)
_CHANGED = re.compile(
    rf"(?i){_NOTE}(?:this\s{_WORK}\s(?:was|has\sbeen)\s(?:\w+ly\s|since\s)?"
    r"(?:amended|corrected|updated|clarified|revised|edited|changed)(?!\s(?:in|by)\b)"
    rf"|this\s{_WORK}\s(?:originally|initially|previously|(?:incorrect|wrong|erroneous)ly)\s\w+"
    rf"|(?:because\sof|(?:owing|due)\sto)\san?\s(?:editing|production)\serror\b.{{0,40}}\b{_WORK})\b"
)
_HEAD = re.compile(
    r"(?i)(?:corrections?|clarifications?)(?:\s(?:appended|and\sclarifications?))?\W*"
)


def corrections(own: Sequence[Line]) -> list[Line]:
    """Return the notes among the lines that say something, unless they are most of it.

    A column of corrections is an article, of which they are the story.
    """
    first, last = _story(own)
    found: list[int] = []
    for n, line in enumerate(own):
        words = line.text[_end(line) :]
        edge = n < first or n > last
        goes_on = bool(found) and found[-1] == n - 1 and edge and _WRONG.search(words)
        if len(words) <= _LONGEST and (_is_note(words, edge=edge) or goes_on):
            if n and _HEAD.fullmatch(own[n - 1].text[_end(own[n - 1]) :]):
                found.append(n - 1)
            found.append(n)
    notes = [own[n] for n in found]
    noted = sum(len(note.text) for note in notes)
    rest = sum(len(line.text) for line in own[1:]) - noted
    return notes if noted <= _MOST * rest else []


def _is_note(words: str, *, edge: bool) -> bool:
    if _VERSION.match(words) or (_LABELLED.match(words) and _WRONG.search(words)):
        return True
    return edge and _CHANGED.match(words) is not None


def _story(own: Sequence[Line]) -> tuple[int, int]:
    """The first and the last paragraph that is no note."""
    long = [
        n
        for n, line in enumerate(own)
        if len(line.text) >= _PARAGRAPH and not _is_note(line.text[_end(line) :], edge=True)
    ]
    return (long[0], long[-1]) if long else (len(own), len(own))


def _end(line: Line) -> int:
    """Where the marks before a line's words end."""
    found = _MARKUP.match(line.text[:_PARAGRAPH])
    return found.end() if found else 0
