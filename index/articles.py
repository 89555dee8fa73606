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
from index.facts import address
from index.records import Article, Part, Source

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
    "url": "url",
    "link": "url",
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
    whole = Part(0, len(page.text), page.title, page.publisher, page.published, page.url)
    found = _Found([], list(page.furniture), {start for start, _, _ in page.furniture}, [])
    for part in page.parts or (whole,):
        found.lay(part, page.text)
    if not found.articles:
        end = len(page.text.rstrip())
        found.articles.append(Article(1, 0, end, page.title, page.publisher, url=page.url))
        found.furniture.clear()
    once = {(start, end): why for start, end, why in reversed(found.furniture)}
    marks = tuple((start, end, why) for (start, end), why in sorted(once.items()))
    return Layout(tuple(found.articles), marks, tuple(found.appeals))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the parts of a text were found to hold; `marked` is where furniture begins."""

    articles: list[Article]
    furniture: list[Furniture]
    marked: set[int]
    appeals: list[int]

    def lay(self, part: Part, text: str) -> None:
        """Add what one part holds."""
        lines = list(_lines(text, part))
        about, body = _header(lines)
        self._mark([(ln.start, ln.end, "header") for ln in lines[:body] if ln.text.strip()])
        cards = list(_cards(lines, body))
        for number, card in enumerate(cards):
            last = cards[number + 1].first if number + 1 < len(cards) else len(lines)
            cards[number] = Card(card.first, card.headline, last, card.publisher)
        lead_end = cards[0].first if cards else len(lines)
        self._mark(_plain_furniture(lines, body, cards))
        number = len(self.articles) + 1
        if own := self._own(lines[body:lead_end]):
            self.articles.append(_lead(number, own, part, about))
        for card in cards:
            if inside := self._own(lines[card.headline : card.last]):
                number = len(self.articles) + 1
                title = _title(inside[0].text) if len(inside) > 1 else None
                span = inside[0].start, inside[-1].end
                self.articles.append(Article(number, *span, title, card.publisher))
        for line in lines:
            if line.start not in self.marked and _APPEAL.fullmatch(line.text):
                self.appeals.append(line.start)

    def _mark(self, furniture: list[Furniture]) -> None:
        self.furniture.extend(furniture)
        self.marked.update(start for start, _, _ in furniture)

    def _own(self, lines: list[Line]) -> list[Line]:
        """The lines that say something; furniture says nothing of title or date."""
        return [ln for ln in lines if ln.text.strip() and ln.start not in self.marked]


def _lines(text: str, part: Part) -> Iterator[Line]:
    at = part.start
    for words in text[part.start : part.end].split("\n"):
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


def _lead(number: int, own: list[Line], part: Part, about: dict[str, str]) -> Article:
    title = about.get("title") or part.title
    if title is None and len(own) > 1:
        title = _title(own[0].text)
    publisher = about.get("publisher") or part.publisher
    published = dates.published(about.get("published", "")) or part.published
    for line in own[:4]:
        by, on = _byline(line.text)
        publisher, published = publisher or by, published or on
    if publisher is None:
        appeals = (_APPEAL.fullmatch(line.text) for line in own)
        publisher = next((found["publisher"].strip() for found in appeals if found), None)
    url = address(about.get("url")) or part.url
    return Article(number, own[0].start, own[-1].end, title, publisher, published, url)


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
