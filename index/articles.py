"""Source -> the articles in it and the furniture around them.

A saved page may hold several articles: a lead and, after "Related Articles", cards of publisher,
age, headline and body. What a page says of itself (header lines, front matter, byline) becomes
title, publisher and date; it is never rewritten, only marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import dates
from index.bylines import Byline, byline, dateline
from index.facts import address, host
from index.furniture import begins
from index.headers import comment, header
from index.records import Article, Part, Source

Furniture = tuple[int, int, str]

_APPEAL = re.compile(r"(?i)\s*a message from (?P<publisher>[^:]{2,60}):?\s*")
_MARKDOWN = re.compile(r"^[#>\s]*|[*_`]+")
TITLE = "title"  # why a line is furniture that is none, but stands in every passage's header
LONGEST_TITLE = 160
_LONGEST_STOPPED = 100  # characters of a title that ends as a sentence does
_PARAGRAPH = 80  # characters of one at the least
_TOP = 4  # lines among which a byline stands


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
    found = _Found([], list(page.furniture), {start for start, _, _ in page.furniture})
    for part in page.parts or (whole,):
        found.lay(part, page.text, page.captured)
    if not found.articles:
        end = len(page.text.rstrip())
        found.articles.append(Article(1, 0, end, page.title, page.publisher, url=page.url))
        found.furniture.clear()
    once = {(start, end): why for start, end, why in reversed(found.furniture)}
    marks = tuple((start, end, why) for (start, end), why in sorted(once.items()))
    return Layout(tuple(found.articles), marks, appeals(page.text, marks))


def appeals(text: str, furniture: Sequence[Furniture]) -> tuple[int, ...]:
    """Return where each appeal of a publisher begins, among lines that are no furniture."""
    marked = {start for start, _, _ in furniture}
    lines = _lines(text, Part(0, len(text)))
    return tuple(ln.start for ln in lines if ln.start not in marked and _APPEAL.fullmatch(ln.text))


def is_title(line: str, title: str) -> bool:
    """Whether a line says a title and nothing else, whatever its markup."""
    return _plain(line) == _plain(title)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the parts of a text were found to hold; `marked` is where furniture begins."""

    articles: list[Article]
    furniture: list[Furniture]
    marked: set[int]

    def lay(self, part: Part, text: str, captured: str | None) -> None:
        """Add what one part holds."""
        lines = list(_lines(text, part))
        about, body = self._opened(lines)
        captured = captured or dates.moment(about.get("captured"))
        cards = list(_cards(lines, body))
        for number, card in enumerate(cards):
            last = cards[number + 1].first if number + 1 < len(cards) else len(lines)
            cards[number] = replace(card, last=last)
        lead = lines[body : cards[0].first if cards else len(lines)]
        self._mark(_plain_furniture(lines, body, cards))
        if own := self._own(lead):
            title = _headline(own, sure=_follows_a_title(own, lead))
            by = self._bylines(own, captured)
            own = self._own(lead) or own
            self._set_title_apart(own, lead, about.get("title") or part.title or title)
            number = len(self.articles) + 1
            about = {"title": title, **about} if title and part.title is None else about
            self.articles.append(_lead(number, own, part, about, by))
        for card in cards:
            if inside := self._own(lines[card.headline : card.last]):
                number = len(self.articles) + 1
                title = _title(inside[0].text) if len(inside) > 1 else None
                span = inside[0].start, inside[-1].end
                since = dates.ago(lines[card.first + 1].text, captured)
                self.articles.append(Article(number, *span, title, card.publisher, since))

    def _opened(self, lines: list[Line]) -> tuple[dict[str, str], int]:
        """Mark a text's own header; return what it says and the line where it ends."""
        texts = [line.text for line in lines]
        noted = comment(texts)
        start = noted[1] + 1 if noted else 0
        about, body = header(texts, start)
        if noted:
            self._mark([(ln.start, ln.end, "comment") for ln in lines[noted[0] : start] if ln.text])
        self._mark([(ln.start, ln.end, "header") for ln in lines[start:body] if ln.text.strip()])
        return about, body

    def _bylines(self, own: list[Line], captured: str | None) -> Byline:
        """Mark the bylines among the first lines, unless there is nothing else; return all told."""
        found = [(line, by) for line in own[:_TOP] if (by := byline(line.text, captured))]
        if len(found) < len(own):
            self._mark([(line.start, line.end, "byline") for line, _ in found])
        told = [by for _, by in found]
        return Byline(
            next((by.author for by in told if by.author), None),
            next((by.publisher for by in told if by.publisher), None),
            _finest(*(by.published for by in told)),
        )

    def _set_title_apart(self, own: list[Line], lead: list[Line], title: str | None) -> None:
        """Mark the title where furniture parts it from the story.

        Else it would be a passage of its own, which says nothing that each passage's header does
        not say, and is found before those that answer.
        """
        if len(own) < 2 or title is None or not is_title(own[0].text, title):
            return
        between = [line for line in lead if own[0].start < line.start < own[1].start]
        if any(line.start in self.marked for line in between):
            self._mark([(own[0].start, own[0].end, TITLE)])

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
        if not words or len(words) > 60 or not dates.AGE.fullmatch(lines[number + 1].text.strip()):
            continue
        again = re.fullmatch(r"[-–—•]\s*(.+)", lines[number + 2].text.strip())
        if again and again[1].strip().lower() == words.lower():
            yield Card(number, number + 3, 0, words)
        elif related and not again:
            yield Card(number, number + 2, 0, words)


def _follows_a_title(own: Sequence[Line], lead: Sequence[Line]) -> bool:
    """Whether a byline, or a blank line and a much longer one, follows the first line."""
    if len(own) < 2:
        return False
    if byline(own[1].text):
        return True
    after = next((ln for ln in lead if ln.start > own[0].start), own[1])
    return not after.text.strip() and len(own[1].text) > 3 * len(own[0].text)


def _plain_furniture(lines: list[Line], body: int, cards: list[Card]) -> list[Furniture]:
    found: list[Furniture] = []
    above = True
    for line in lines[body:]:
        above = above and len(line.text) < _PARAGRAPH
        if (at := begins(line.text, above=above)) is not None:
            found.append((line.start + at, line.end, "page furniture"))
    for card in cards:
        for line in lines[card.first : card.headline]:
            found.append((line.start, line.end, "card"))
    return found


def _lead(number: int, own: list[Line], part: Part, about: dict[str, str], by: Byline) -> Article:
    title = about.get("title") or part.title
    publisher = about.get("publisher") or part.publisher or by.publisher
    told_apart = title is not None and is_title(own[0].text, title)
    led = next((found for line in own[told_apart:][:2] if (found := dateline(line.text))), None)
    if publisher is None:
        appeals = (_APPEAL.fullmatch(line.text) for line in own)
        publisher = next((found["publisher"].strip() for found in appeals if found), None)
    url = address(about.get("url")) or part.url
    publisher = publisher or (led.publisher if led else None) or host(url)
    told = dates.published(about.get("published", "")), part.published, by.published
    published = _finest(*told, led.published if led else None, dates.in_address(url))
    return Article(number, own[0].start, own[-1].end, title, publisher, published, url)


def _finest(*told: str | None) -> str | None:
    """The first of the dates, or a later one that says the same more exactly."""
    known = [iso for iso in told if iso]
    return max((iso for iso in known if iso.startswith(known[0])), key=len, default=None)


def _headline(own: Sequence[Line], *, sure: bool) -> str | None:
    """The first line as the title; `sure` where what follows it follows a title."""
    if len(own) < 2:
        return None
    words = own[0].text.strip()
    stopped = words.endswith(".") and not words.endswith("..") and ". " not in words
    if stopped and sure and len(words) <= _LONGEST_STOPPED:
        return _title(words[:-1])
    return _title(words)


def _plain(line: str) -> str:
    return " ".join(_MARKDOWN.sub("", line).split()).rstrip(".").lower()


def _title(line: str) -> str | None:
    """The line as a title, or None where it reads like a sentence of the story."""
    words = _MARKDOWN.sub("", line).strip()
    heading = line.lstrip().startswith("#")
    if not words or len(words) > LONGEST_TITLE:
        return None
    if not heading and (words[-1] in ".,;:" or words.startswith(("-", "•", "By "))):
        return None
    return words
