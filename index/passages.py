"""Article -> passages of whole sentences within the encoder's budget, spans exact.

Lines are split first, then sentences within a line (Punkt; Kiss and Strunk 2006): on real pages
that was worth more than the choice of splitter. A table's row is one sentence, and its rows stay
together where they fit. A sentence too long for the budget is cut at blanks, so that every
character that is no furniture and no drawn line stands in some passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from index.articles import Layout
from index.records import Article, Passage, Source, Span
from index.rows import is_drawn, is_row
from index.titles import opening

Sized = tuple[Span, int]  # a sentence and its tokens
Count = Callable[[Sequence[str]], list[int]]

PASSAGE_TOKENS = 160
_AT_ONCE = 20_000  # characters given to the splitter
# English has 4 to 5 characters a token; what is one unknown word to a tokenizer may have thousands.
_PER_TOKEN = 8
_LONGEST_TITLE = 200  # characters of a title that are encoded before each passage
_ORDINAL = re.compile(r"\s*\(?\d{1,2}[.)]\s*")
_CLOSES = re.compile(r"""(?:["'”’»)\]]|\[\d+\])+""")  # glued to a sentence's end, it is part of it
_ABBREVIATIONS = """
mr mrs ms dr prof st jr sr rev hon gen lt col sgt capt cmdr maj adm brig gov sen rep pres sec
no nos vol vols fig figs eq art ch pp p ed eds est approx dept inc ltd co corp llc plc bros
vs etc e.g i.e cf al ca u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a jan feb mar apr jun jul aug sep
sept oct nov dec mon tue tues wed thu thur thurs fri sat sun mt ft ave blvd rd km kg cm mm min max
т.е т.д т.п г гг стр
""".split()


def passages(
    source: Source, layout: Layout, *, count: Count, budget: int, tokens: int = PASSAGE_TOKENS
) -> list[Passage]:
    """Return the passages of all articles of a source, in order, never overlapping.

    `count` gives a text's tokens as the encoder counts them, `budget` is what it reads of one
    text, header included; `tokens` is the size to aim for.
    """
    made: list[Passage] = []
    cuts = sorted([(s, e) for s, e, _ in layout.furniture] + [(a, a) for a in layout.appeals])
    for article in layout.articles:
        head = header(article, source.text)
        while (taken := count([head])[0]) > budget // 3 and head:
            head = head[: min(120, len(head) // 2)]
        room = budget - taken
        for stretch in _stretches(article, cuts):
            spans = _sentences(source.text, stretch)
            sized = _fitted(source.text, spans, count, room)
            size = min(tokens, room)
            for group in _groups(_units(source.text, sized, size), size):
                if said := tuple(span for span in group if not is_drawn(source.text[slice(*span)])):
                    made.append(Passage(article.number, said[0][0], said[-1][1], said, head))
    return made


def header(article: Article, text: str) -> str:
    """Return the line that is encoded before each passage: title, publisher, date where known.

    An article without a title is called by the first words of its text.
    """
    title = article.title or opening(text, article.start, article.end)
    title = title[:_LONGEST_TITLE]
    return ". ".join(filter(None, (title, article.publisher, article.published)))


def _stretches(article: Article, cuts: Sequence[Span]) -> Iterator[Span]:
    """The parts of an article between furniture, an appeal's beginning ending one too."""
    at = article.start
    first = bisect_left(cuts, (article.start,))
    for start, end in cuts[first : bisect_left(cuts, (article.end,), first)]:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < article.end:
        yield at, article.end


def _sentences(text: str, stretch: Span) -> list[Span]:
    found: list[Span] = []
    for line in re.compile(r"[^\n]+").finditer(text, *stretch):
        at = line.start()
        while at < line.end():
            end = min(at + _AT_ONCE, line.end())
            if end < line.end():
                end = text.rfind(" ", at, end) + 1 or end
            spans = [(at + s, at + e) for s, e in split(text[at:end])]
            if end < line.end() and len(spans) > 1 and 2 * (spans[-1][0] - at) > _AT_ONCE:
                end = spans.pop()[0]  # it may go on: the next part begins with it
            found += spans
            at = end
    return found


def split(line: str) -> list[Span]:
    """Return the sentences of one line: ordered spans that hold all but the blanks between them."""
    if is_row(line):
        return [(len(line) - len(line.lstrip()), len(line.rstrip()))]
    spans: list[Span] = []
    for start, end in _punkt().span_tokenize(line):
        if spans and spans[-1][1] == start and (closes := _CLOSES.match(line, start, end)):
            start = closes.end()
            spans[-1] = spans[-1][0], start
        for cut_start, cut_end in _unglued(line, start, end):
            if spans and _continues(line, spans[-1], cut_start):
                spans[-1] = spans[-1][0], cut_end
            else:
                spans.append((cut_start, cut_end))
    trimmed = []
    for start, end in spans:
        words = line[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if end > start:
            trimmed.append((start, end))
    return trimmed


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = PunktParameters()
    known.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(known)


def _unglued(line: str, start: int, end: int) -> Iterator[Span]:
    """Split where a quote or a reference mark hides the blank: `war."We`, `hit.[1] Next`."""
    for match in re.finditer(
        r"""(?<=[a-zа-я)][.!?])(?:["”’»]+(?=["“‘«]?[A-ZА-Я]\w)|\[\d+\](?=\s+[A-Z]))""",
        line[start:end],
    ):
        cut = start + match.end()
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _continues(line: str, before: Span, start: int) -> bool:
    """Whether the text from `start` on belongs to the sentence before it."""
    rest = line[start:].lstrip()
    said = line[before[0] : before[1]].rstrip()
    if not rest:
        return True
    if _ORDINAL.fullmatch(line, *before):
        return True  # "1. Sell the wheel."
    if rest[0].islower() and not rest.startswith(("http", "i")):
        return True  # "...!" he said
    if re.fullmatch(r"[\"”’'»)\]]+", rest[:1]) and len(rest) > 1 and not rest[1].isalnum():
        return True
    return bool(re.search(r"(?:^|\s)(?:[A-Z]\.|St\.|Gen\.|No\.)$", said)) and rest[0].isupper()


def _fitted(text: str, spans: list[Span], count: Count, room: int) -> list[Sized]:
    """Return each span with its tokens, one that exceeds `room` cut at blanks until all fit."""
    if not spans:
        return []
    sized: list[Sized] = []
    for span, size in zip(spans, count([text[s:e] for s, e in spans]), strict=True):
        size = max(size, (span[1] - span[0]) // _PER_TOKEN)
        if size <= room or span[1] - span[0] == 1:
            sized.append((span, size))
        else:
            sized += _fitted(text, _halves(text, span), count, room)
    return sized


def _halves(text: str, span: Span) -> list[Span]:
    middle = (span[0] + span[1]) // 2
    blanks = [m.start() + span[0] for m in re.finditer(r"\s+\S", text[span[0] : span[1]])]
    cut = min(blanks, key=lambda at: abs(at - middle)) if blanks else middle
    if not span[0] < cut < span[1]:
        cut = middle
    parts = []
    for start, end in ((span[0], cut), (cut, span[1])):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if end > start:
            parts.append((start, end))
    return parts


def _units(text: str, sized: list[Sized], tokens: int) -> Iterator[list[Sized]]:
    """Sentences one by one, but the rows of a table together where they fit into `tokens`."""
    for rows, run in groupby(sized, key=lambda each: is_row(text[slice(*each[0])])):
        unit = list(run)
        if rows and sum(size for _, size in unit) <= tokens:
            yield unit
        else:
            yield from ([each] for each in unit)


def _groups(units: Iterator[list[Sized]], tokens: int) -> Iterator[list[Span]]:
    """Pack sentences into passages of at most `tokens`, the sizes of one article's near equal.

    A short rest at the end would be a passage of one sentence without its context, so the
    number of passages is fixed first and each takes its share.
    """
    sized = [([span for span, _ in unit], sum(size for _, size in unit)) for unit in units]
    total = sum(size for _, size in sized)
    wanted = max(1, -(-total // tokens))
    share = total / wanted
    group: list[Span] = []
    held = 0
    for spans, size in sized:
        if group and (held + size > tokens or held + size / 2 > share):
            yield group
            group, held = [], 0
        group += spans
        held += size
    if group:
        yield group
