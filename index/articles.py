"""Source -> the articles in it and the furniture around them.

A saved page may hold several articles: a lead and, after "Related Articles", cards of publisher,
age, headline and body. What a page says of itself (header lines, front matter, byline) becomes
title, publisher and date; it is never rewritten, only marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import dates
from index.records import Article, Source

Furniture = tuple[int, int, str]

_FURNITURE = re.compile(
    r"""(?ix) \s* (?: comments | hashtags | no\ comments\ yet\W* | related\ (articles|stories)
      | remind\ me\ later\W* | try\ our\ .{1,30} | explore\ what\ .{1,40}\ can\ do\ for\ you\W*
      | see\ what\ .{1,40}\ can\ do\ for\ (you|your\ day)\W* | share(\ this)?(\ article)?\W*
      | advertisement | read\ (more|next)\W* | sign\ up\W* | subscribe\W* | log\ in\W*
      | (more|you\ may\ also\ like)\W* ) \s*"""
)
_AGE = re.compile(r"(?i)\s*(an?|\d+)\s+(second|minute|min|hour|day|week|month|year)s?\s+ago\s*")
_FIELD = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):\s*(.*)")
_APPEAL = re.compile(r"(?i)\s*a message from (?P<publisher>[^:]{2,60}):?\s*")
_MARKDOWN = re.compile(r"^[#>\s]*|[*_`]+")
_KEPT = {
    "title": "title",
    "headline": "title",
    "publisher": "publisher",
    "source": "publisher",
    "site": "publisher",
    "date": "published",
    "published": "published",
    "url": "",
    "link": "",
    "author": "",
    "authors": "",
    "byline": "",
    "section": "",
    "tags": "",
    "language": "",
}
# Front matter holds fields, lists below them and blanks; else "---" is a rule between paragraphs.
_MATTER = re.compile(r"[\w .-]{1,40}:.*|[-#\]}].*|\s.*|")
LONGEST_TITLE = 160
LONGEST_FURNITURE = 200  # characters; patterns with \W* take the square of a longer line's time


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, its end before the newline."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A source's articles in order, its furniture, and where an appeal begins within an article."""

    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...]
    appeals: tuple[int, ...]


def layout(source: Source) -> Layout:
    """Return the articles of a source; there is always at least one."""
    page = source.page
    lines = list(_lines(page.text))
    furniture = list(page.furniture)
    about, body = _header(lines)
    furniture += [(ln.start, ln.end, "header") for ln in lines[:body] if ln.text.strip()]
    cards = list(_cards(lines, body))
    for number, card in enumerate(cards):
        last = cards[number + 1].first if number + 1 < len(cards) else len(lines)
        cards[number] = Card(card.first, card.headline, last, card.publisher)
    lead_end = cards[0].first if cards else len(lines)
    furniture += _plain_furniture(lines, body, cards)
    # Lines that the parser has marked as furniture say nothing of title or date.
    marked = {start for start, _, _ in furniture}
    own = [ln for ln in lines[body:lead_end] if ln.text.strip() and ln.start not in marked]
    articles = []
    if own:
        articles.append(_lead(own, page.title, page.publisher, page.published, about))
    for card in cards:
        inside = [ln for ln in lines[card.headline : card.last] if ln.text.strip()]
        inside = [ln for ln in inside if ln.start not in marked]
        if inside:
            title = _title(inside[0].text) if len(inside) > 1 else None
            found = Article(
                len(articles) + 1, inside[0].start, inside[-1].end, title, card.publisher
            )
            articles.append(found)
    if not articles:
        articles.append(Article(1, 0, len(page.text.rstrip()), page.title, page.publisher))
        furniture = []
    appeals = tuple(
        ln.start for ln in lines if _APPEAL.fullmatch(ln.text) and ln.start not in marked
    )
    once = {(start, end): why for start, end, why in reversed(furniture)}
    marks = tuple((start, end, why) for (start, end), why in sorted(once.items()))
    return Layout(tuple(articles), marks, appeals)


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for words in text.split("\n"):
        yield Line(at, at + len(words), words)
        at += len(words) + 1


def _header(lines: list[Line]) -> tuple[dict[str, str], int]:
    """Return what a block of `Key: value` lines at the top says, and the line where it ends."""
    about: dict[str, str] = {}
    first = next((i for i, ln in enumerate(lines) if ln.text.strip()), len(lines))
    fenced = first < len(lines) and lines[first].text.strip() == "---"
    for number in range(first + fenced, len(lines)):
        words = lines[number].text.strip()
        if fenced and words == "---":
            return about, number + 1
        field = _FIELD.fullmatch(words)
        known = field is not None and field[1].strip().lower() in _KEPT
        if known and field is not None:
            name = _KEPT[field[1].strip().lower()]
            value = field[2].strip().strip("\"'")
            if name and value:
                about.setdefault(name, value)
        elif not fenced:
            return (about, number) if number - first >= 2 and about else ({}, 0)
        elif number - first > 40 or not _MATTER.fullmatch(lines[number].text):
            break
    return {}, 0


@dataclass(frozen=True, slots=True)
class Card:
    """A related article: the lines from `first` to before `last`, its words from `headline` on."""

    first: int
    headline: int
    last: int
    publisher: str


def _cards(lines: list[Line], body: int) -> Iterator[Card]:
    """Find publisher, age, "- publisher" on three lines, or publisher and age under a heading."""
    related = False
    for number in range(body, len(lines) - 2):
        words = lines[number].text.strip()
        related = related or words.lower() in ("related articles", "related stories")
        if not words or len(words) > 60 or not _AGE.fullmatch(lines[number + 1].text):
            continue
        again = re.fullmatch(r"[-–—•]\s*(.+)", lines[number + 2].text.strip())
        if again and again[1].strip().lower() == words.lower():
            yield Card(number, number + 3, 0, words)
        elif related and not again:
            yield Card(number, number + 2, 0, words)


def _plain_furniture(lines: list[Line], body: int, cards: list[Card]) -> list[Furniture]:
    found: list[Furniture] = []
    for line in lines[body:]:
        if len(line.text) <= LONGEST_FURNITURE and _FURNITURE.fullmatch(line.text):
            found.append((line.start, line.end, "page furniture"))
    for card in cards:
        for line in lines[card.first : card.headline]:
            found.append((line.start, line.end, "card"))
    return found


def _lead(
    own: list[Line],
    title: str | None,
    publisher: str | None,
    published: str | None,
    about: dict[str, str],
) -> Article:
    title = about.get("title") or title
    if title is None and len(own) > 1:
        title = _title(own[0].text)
    publisher = about.get("publisher") or publisher
    published = dates.published(about.get("published", "")) or published
    for line in own[:4]:
        by, on = _byline(line.text)
        publisher, published = publisher or by, published or on
    if publisher is None:
        appeals = (_APPEAL.fullmatch(line.text) for line in own)
        publisher = next((found["publisher"].strip() for found in appeals if found), None)
    return Article(1, own[0].start, own[-1].end, title, publisher, published)


def _title(line: str) -> str | None:
    """The line as a title, or None where it reads like a sentence of the story."""
    words = _MARKDOWN.sub("", line).strip()
    heading = line.lstrip().startswith("#")
    if not words or len(words) > LONGEST_TITLE:
        return None
    if not heading and (words[-1] in ".,;:" or words.startswith(("-", "•", "By "))):
        return None
    return words


def _byline(line: str) -> tuple[str | None, str | None]:
    """Return (publisher, date) of a line such as "By Mara Ellison, The Post, 22 April 2025"."""
    words = _MARKDOWN.sub("", line).strip()
    if not words or len(words) > 120:
        return None, None
    date = dates.first_date(words)
    by = re.match(r"(?i)by\s", words)
    if date is None and not by:
        return None, None
    owners = []
    for part in re.split(r"\s*[,|·•]\s*|\.\s+|\s+[—–-]\s+", words.rstrip(".")):
        if re.match(r"(?i)by\s", part) or not part or re.search(r"\d", part):
            continue
        if re.fullmatch(r"(?i)[a-z]{3,9}", part) and dates.first_date(f"1 {part} 2000"):
            continue
        owners.append(part)
    owner = owners[0] if owners and len(owners[0].split()) <= 6 else None
    if owner is not None and re.search(r"(?i)\b(with|and)\b", owner):
        owner = re.split(r"(?i)\s+(?:with|and)\s+", owner)[0]
    # A sentence that merely holds a date is not a byline.
    if not by and words[-1] == "." and len(owners) > 1:
        return None, None
    return owner, date
