"""A cited place in its article -> what the source column shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from index.records import Article, Span
from page import markup
from page.markup import button, quote, text
from page.turns import Shown

AROUND = 40_000  # characters shown on either side of the cited words
WRAPPED = range(40, 91)  # the usual length of a line in a text that was wrapped by hand


def nothing() -> str:
    """Return what stands where the source will be."""
    return (
        '<div class="pane empty"><p>The article appears here, with the cited sentence marked, '
        "when you choose a footnote.</p></div>"
    )


def unreadable(reason: str) -> str:
    """Return why a source cannot be shown."""
    return f'<div class="pane empty"><p>{text(reason)}</p></div>'


def pane(key: str, shown: Shown, article: Article, whole: str) -> str:
    """Return the article with the cited words marked; `whole` is the text of its file."""
    place = shown.place
    page = f", page {place.page}" if place.page else ""
    head = (
        f'<p class="path">{markup.name(place.path)}{page}</p>'
        f"<h2>{markup.name(place.called)}</h2>"
        f'<p class="by">{markup.about(place.publisher, place.published)}</p>'
    )
    if whole[place.start : place.end] == place.quote:
        body = _body(shown, article, whole)
    else:
        body = (
            '<p class="cut">This file was indexed anew after the answer was given. It said:</p>'
            f'<p class="near" dir="auto"><mark>{quote(place.quote)}</mark></p>'
        )
    others = "".join(
        f"<p><b>Also in</b> {button(k, 'Show the same words in', markup.name(p.path), 'other')} "
        f"{markup.about(p.publisher, p.published)}</p>"
        for k, p in shown.others
    )
    others = f'<div class="also">{others}</div>' if others else ""
    back = '<button type="button" class="back" value="back">Back to the answer</button>'
    return f'<div class="pane" id="shown-{key.replace(".", "-")}">{back}{head}{body}{others}</div>'


def _body(shown: Shown, article: Article, whole: str) -> str:
    cited = shown.place.start, shown.place.end
    start = max(article.start, cited[0] - AROUND)
    end = min(article.end, cited[1] + AROUND)
    before = _cut(start - article.start, "before this") if start > article.start else ""
    after = _cut(article.end - end, "after this") if end < article.end else ""
    spans = list(paragraphs(whole, start, end))
    if spans and _is_title(whole[slice(*spans[0])], shown) and spans[0][1] <= cited[0]:
        del spans[0]  # it stands above already
    made = (_paragraph(span, shown, whole) for span in spans)
    return before + "".join(made) + after


def _is_title(words: str, shown: Shown) -> bool:
    return words.strip("#=* \n").casefold() == (shown.place.title or "").casefold()


def _cut(characters: int, where: str) -> str:
    return f'<p class="cut">{markup.count(characters, "character")} {where} are not shown.</p>'


def paragraphs(whole: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs between two offsets: lines, or runs of lines that were wrapped."""
    part = whole[start:end]
    lengths = [len(line) for line in part.split("\n") if line.strip()]
    wrapped = "\n\n" in part and lengths and int(median(lengths)) in WRAPPED
    pattern = r"\S(?:.|\n(?!\s*\n))*" if wrapped else r"\S.*"
    for match in re.finditer(pattern, part):
        yield match.start() + start, match.end() + start


def _paragraph(span: Span, shown: Shown, whole: str) -> str:
    """A paragraph, its cited words in <mark>, the answering ones among them in <b>."""
    cited = _within(span, (shown.place.start, shown.place.end))
    if cited is None:
        return f'<p class="far" dir="auto">{quote(whole[slice(*span)])}</p>'
    offset = shown.place.start - cited[0]
    inside = (0, cited[1] - cited[0])
    answers = (_within(inside, (start + offset, end + offset)) for start, end in shown.answers)
    words = markup.bold(whole[slice(*cited)], filter(None, answers))
    return (
        f'<p class="near" dir="auto">{quote(whole[span[0] : cited[0]])}<mark>{words}</mark>'
        f"{quote(whole[cited[1] : span[1]])}</p>"
    )


def _within(outer: Span, inner: Span) -> Span | None:
    start, end = max(outer[0], inner[0]), min(outer[1], inner[1])
    return (start, end) if start < end else None
