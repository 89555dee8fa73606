"""The nouns of this home. Offsets count code points of a source's text; ends are exclusive."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file's text that the file itself sets apart: a message, a chapter, a record.

    A page that has no parts is one stretch, of which the same may be known.
    """

    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a format's parser made of a file: its text, what it says of itself, its furniture.

    `leaves` are the offsets at which the pages of a printed document begin, `note` what a reader
    should know of how it was read; `captured` is when the page was saved, an ISO time.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    furniture: tuple[tuple[int, int, str], ...] = ()
    url: str | None = None
    parts: tuple[Part, ...] = ()
    leaves: tuple[int, ...] = ()
    extractor: str | None = None
    note: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file: `path` relative to the folder with forward slashes, `text` all that we cite."""

    path: str
    media_type: str
    encoding: str
    sha256: str
    page: Page
    note: str | None = None

    @property
    def text(self) -> str:
        """The text that every offset counts in."""
        return self.page.text


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a file; `number` counts from 1, `published` is an ISO date, maybe in part."""

    number: int
    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, `sentences` their spans in the source's text."""

    article: int
    start: int
    end: int
    sentences: tuple[Span, ...]
    header: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored passage with the article it stands in; a higher score is better.

    `score` compares within one question; `cosine`, the question's with the passage, across.
    `family` is its article's, where that has copies; `copies` are the passages of other articles
    that say the same and are not among the hits.
    """

    passage: int
    path: str
    article: int
    title: str | None
    publisher: str | None
    published: str | None
    start: int
    end: int
    quote: str
    sentences: tuple[Span, ...]
    score: float = 0.0
    cosine: float = 0.0
    family: int | None = None
    copies: tuple[Hit, ...] = ()
