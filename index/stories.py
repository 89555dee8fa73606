"""Lines -> the stories among them: headlines that have a byline of their own, and a body.

A digest sets its stories apart by headings, by rules ("---"), or by a blank line and a byline that
says both who and when. A subheading has no byline, a teaser has no body, and what stands under a
headline that has both is a section or a box of that story. Dated sections of one story, and the
entries of a live blog, which tell the hour, are no stories either.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.bylines import Byline, byline
from index.lines import Line
from index.titles import title

LEAST = 250  # characters of a story's body; teasers have one sentence or two
LINE = 40  # characters of a line that tells something
_WORDS = 3  # of a headline; of a commentator's name there are fewer
_BETWEEN = 2  # lines between a headline and its byline, as a standfirst and a place are
_STANDFIRST = 200  # characters
_BYLINES = 3
_UNMARKED = 7  # the rank of a headline that a rule or blanks set apart
_MOST = 10_000  # headings of a text that are looked into
_HEADING = re.compile(r"(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"={3,}\s*|-{3,}\s*")
_DATED = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A line that says something; `rank` is 1 for the highest heading, 0 for none.

    `least` is how many characters must follow a heading for it to be a story's headline; a `bare`
    one has nothing but blanks before it.
    """

    words: str
    rank: int = 0
    least: int = LEAST
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A story from row `first` on, its words from `body` on, and what headline and byline say."""

    first: int
    body: int
    title: str
    by: Byline


@dataclass(frozen=True, slots=True)
class _Told:
    story: Story
    row: Row
    clocked: bool


def stories(rows: Sequence[Row], captured: str | None = None) -> tuple[Story, ...]:
    """Return the stories, two at least, or none where the rows are one story."""
    heads = [number for number, row in enumerate(rows) if row.rank]
    if len(heads) > _MOST:
        return ()
    found = _headlines(told for number in heads if (told := _told(rows, number, captured)))
    for rank in sorted({told.row.rank for told in found}):
        group = [told for told in found if told.row.rank == rank]
        sizes = _sizes(rows, group, found)
        whole = [size >= told.row.least for told, size in zip(group, sizes, strict=True)]
        if len(group) > 1 and sum(whole) > 1 and not _is_one(rows, group):
            return tuple(told.story for told, size in zip(group, sizes, strict=True) if size)
        if any(whole):
            return ()
    return ()


def in_lines(lines: Sequence[Line], captured: str | None = None) -> tuple[tuple[int, Story], ...]:
    """Return the stories of plain text or Markdown, each with the line of its headline."""
    numbers = [n for n, line in enumerate(lines) if any(map(str.isalnum, line.text))]
    rows = list(_rows(lines, numbers))
    return tuple((numbers[story.first], story) for story in stories(rows, captured))


def size(rows: Sequence[Row]) -> int:
    """Return how many characters tell something."""
    return sum(len(row.words) for row in rows if len(row.words) >= LINE)


def _rows(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Row]:
    for at, number in enumerate(numbers):
        words = lines[number].text.strip()
        if found := _HEADING.match(words):
            yield Row(words, len(found[1]))
        elif title(words) is None:
            yield Row(words)
        elif _UNDERLINE.fullmatch(after := _text(lines, number + 1)):
            yield Row(words, 1 if after.startswith("=") else 2)
        elif at == 0 or _ruled(lines[numbers[at - 1] + 1 : number]):
            yield Row(words, _UNMARKED)
        else:
            below = lines[numbers[at + 1]].text if at + 1 < len(numbers) else ""
            bare = number - numbers[at - 1] > 1 and bool(_DATED.search(below[:_STANDFIRST]))
            yield Row(words, _UNMARKED if bare else 0, bare=bare)


def _text(lines: Sequence[Line], number: int) -> str:
    return lines[number].text if number < len(lines) else ""


def _ruled(between: Sequence[Line]) -> bool:
    """Whether a rule stands between two lines; right below the first it may be its underline."""
    return any(
        line.text.strip() and (number or not _UNDERLINE.fullmatch(line.text))
        for number, line in enumerate(between)
    )


def _told(rows: Sequence[Row], number: int, captured: str | None) -> _Told | None:
    """The story of which a row is the headline, if it is one."""
    row = rows[number]
    words = title(row.words)
    if words is None or len(words.split()) < _WORDS or byline(row.words, captured):
        return None
    near = 1 + (0 if row.bare else _BETWEEN)
    for at in range(number + 1, min(number + 1 + near, len(rows))):
        if len(rows[at].words) > _STANDFIRST or 0 < rows[at].rank < _UNMARKED:
            return None
        if told := _bylines(rows[at : at + _BYLINES], captured):
            by = merged(told)
            if row.bare and not (by.published and (by.author or by.publisher)):
                return None
            under = at + len(told)
            clocked = any(_CLOCK.search(each.words) for each in rows[at:under])
            return _Told(Story(number, under, words, by), row, clocked)
    return None


def _bylines(rows: Sequence[Row], captured: str | None) -> list[Byline]:
    """The bylines that the rows begin with."""
    found: list[Byline] = []
    for row in rows:
        told = byline(row.words, captured)
        if told is None or not (told.author or told.publisher or told.published or found):
            break
        found.append(told)
    return found


def merged(told: Sequence[Byline]) -> Byline:
    """Return what several bylines of one story say, the first of each."""
    return Byline(
        next((by.author for by in told if by.author), None),
        next((by.publisher for by in told if by.publisher), None),
        next((by.published for by in told if by.published), None),
    )


def _headlines(told: Iterable[_Told]) -> list[_Told]:
    """Of lines above one byline the heading, or else the nearest."""
    found: dict[int, _Told] = {}
    for each in told:
        before = found.get(each.story.body, each)
        if each.row.rank < _UNMARKED or before.row.rank >= _UNMARKED:
            found[each.story.body] = each
    return list(found.values())


def _sizes(rows: Sequence[Row], group: Sequence[_Told], found: Sequence[_Told]) -> list[int]:
    """How much stands below each byline, to the next headline or a higher heading."""
    higher = (n for n, row in enumerate(rows) if 0 < row.rank < min(group[0].row.rank, _UNMARKED))
    ends = sorted([*(told.story.first for told in found), *higher, len(rows)])
    return [
        size(rows[at : ends[bisect_left(ends, at)]]) for at in (told.story.body for told in group)
    ]


def _is_one(rows: Sequence[Row], group: Sequence[_Told]) -> bool:
    """Whether what looks like stories is one: its headline twice, dated sections, a live blog."""
    if 2 * len({told.story.title.casefold() for told in group}) <= len(group):
        return True
    bys = [told.story.by for told in group]
    publishers = {by.publisher for by in bys if by.publisher}
    days = {by.published for by in bys}
    if all(told.clocked for told in group) and len(days) < len(group) and len(publishers) < 2:
        return True
    named = any(by.author or by.publisher for by in bys)
    return not named and size(rows[: group[0].story.first]) >= LEAST
