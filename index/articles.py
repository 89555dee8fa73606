"""Source -> the articles in it and the furniture around them.

A file may hold several articles: stories that each have a byline of their own, or a lead and, after
"Related Articles", cards of publisher, age, headline and body. What a page says of itself (header
lines, front matter, byline) becomes title, publisher and date; it is never rewritten, only marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import dates, stories
from index.asides import asides
from index.bylines import Byline, byline, dateline, is_writer
from index.cards import Card, cards
from index.facts import address, host
from index.furniture import AROUND
from index.headers import comment, header
from index.lines import Line, lines
from index.mastheads import REACH, masthead
from index.publishers import is_carrier, is_paper
from index.records import Article, Part, Source
from index.stories import Story
from index.titles import is_title, title

Furniture = tuple[int, int, str]

_APPEAL = re.compile(r"(?i)\s*a message from (?P<publisher>[^:]{2,60}):?\s*")
TITLE = "title"  # why a line is furniture that is none, but stands in every passage's header
_TOP = 4  # lines below a headline among which a byline stands
_ABOVE = 2  # lines that may stand above it: a section, a kicker


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
    found = lines(text, 0, len(text))
    return tuple(ln.start for ln in found if ln.start not in marked and _APPEAL.fullmatch(ln.text))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the parts of a text were found to hold; `marked` is where furniture begins."""

    articles: list[Article]
    furniture: list[Furniture]
    marked: set[int]

    def lay(self, part: Part, text: str, captured: str | None) -> None:
        """Add what one part holds."""
        all_lines = list(lines(text, part.start, part.end))
        about, body = self._opened(all_lines)
        captured = captured or dates.moment(about.get("captured"))
        own = self._own(all_lines[body:])
        begun = stories.in_lines(all_lines[body:], captured) if own else ()
        starts = [body + number for number, _ in begun]
        first = starts[0] if starts else len(all_lines)
        before = self._own(all_lines[body:first])
        if begun and sum(len(line.text) for line in before) < stories.LEAST:
            self._mark([(line.start, line.end, AROUND) for line in before])
        else:
            self._lay(all_lines[body:first], part, about, captured)
        ends = [*starts, len(all_lines)][1:]
        for (_, story), start, end in zip(begun, starts, ends, strict=True):
            self._lay_story(all_lines[start:end], story, part, about, captured)

    def _lay_story(
        self,
        lines: list[Line],
        story: Story,
        part: Part,
        about: dict[str, str],
        captured: str | None,
    ) -> None:
        """Add one story of several, and mark the rule below it."""
        while lines and not any(map(str.isalnum, lines[-1].text)):
            line = lines.pop()
            if line.text.strip():
                self._mark([(line.start, line.end, AROUND)])
        publisher = story.by.publisher or about.get("publisher") or part.publisher
        told = Part(lines[0].start, lines[-1].end, story.title, publisher, story.by.published)
        self._lay(lines, replace(told, url=address(about.get("url")) or part.url), {}, captured)

    def _lay(
        self, lines: list[Line], part: Part, about: dict[str, str], captured: str | None
    ) -> None:
        """Add the article that lines begin with, and those on the cards below it."""
        below = cards(lines)
        lead = lines[: below[0].first if below else len(lines)]
        self._mark(_plain_furniture(lines, below))
        if own := self._own(lead):
            headline = _headline(own, lead)
            named = about.get("title") or part.title
            if named is None and (above := masthead([line.text for line in own[:REACH]])):
                over = [line for line in own[: above.headline] if not byline(line.text)]
                self._mark([(line.start, line.end, "masthead") for line in over])
                headline = title(own[above.headline].text)
                publisher = part.publisher or above.publisher
                published = part.published or above.published
                part = replace(part, publisher=publisher, published=published)
            named = named or headline
            by = self._bylines(own, named, captured)
            own = self._own(lead) or own
            self._set_title_apart(own, lead, named)
            number = len(self.articles) + 1
            about = {"title": headline, **about} if headline and part.title is None else about
            self.articles.append(_lead(number, own, part, about, by))
        for card in below:
            if inside := self._own(lines[card.headline : card.last]):
                number = len(self.articles) + 1
                headline = title(inside[0].text) if len(inside) > 1 else None
                span = inside[0].start, inside[-1].end
                since = dates.ago(lines[card.first + 1].text, captured)
                self.articles.append(Article(number, *span, headline, card.publisher, since))

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

    def _bylines(self, own: list[Line], headline: str | None, captured: str | None) -> Byline:
        """Mark the bylines among the first lines, unless there is nothing else; return all told."""
        above = [is_title(line.text, headline or "") for line in own[: _ABOVE + 1]]
        first = above.index(True) + 1 if any(above) else 1
        top = own[: first + _TOP]
        told = [byline(line.text, captured) for line in top]
        for n in range(first, len(top)):  # a paper's or a writer's name, beside who wrote or when
            name = top[n].text.strip("*_ ")
            beside = [by for by in told[n - 1 : n + 2] if by]
            dated = any(by.published for by in beside)
            if told[n] is None and ((beside and is_paper(name)) or (dated and is_carrier(name))):
                told[n] = Byline(None, name, None)
            elif told[n] is None and dated and is_writer(name):
                told[n] = Byline(name, None, None)
        found = [(line, by) for line, by in zip(top, told, strict=True) if by]
        if len(found) < len(own):
            self._mark([(line.start, line.end, "byline") for line, _ in found])
        published = _finest(*(by.published for _, by in found))
        return replace(stories.merged([by for _, by in found]), published=published)

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


def _follows_a_title(own: Sequence[Line], lead: Sequence[Line]) -> bool:
    """Whether a byline, or a blank line and a much longer one, follows the first line."""
    if len(own) < 2:
        return False
    if byline(own[1].text):
        return True
    after = next((ln for ln in lead if ln.start > own[0].start), own[1])
    return not after.text.strip() and len(own[1].text) > 3 * len(own[0].text)


def _plain_furniture(lines: list[Line], cards: Sequence[Card]) -> list[Furniture]:
    found = list(asides(lines))
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


def _headline(own: Sequence[Line], lead: Sequence[Line]) -> str | None:
    """The first line as the title, unless it is all there is."""
    return title(own[0].text, sure=_follows_a_title(own, lead)) if len(own) > 1 else None
