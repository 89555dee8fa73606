"""The nouns of this home. Offsets count code points of a source's text; ends are exclusive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from index.records import Hit, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit, the words in it that answer, and how well they do.

    `sentence` and `answer` are spans in the source's text; `score` is the reader's, comparable
    across passages and questions; `odds` are its log odds that the passage answers at all;
    `listed` is whether it is an item of a list, unlike all other items.
    """

    hit: Hit
    sentence: Span
    answer: Span | None
    score: float
    copies: tuple[Hit, ...] = ()
    odds: float = 0.0
    listed: bool = False

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        start = self.hit.start
        return self.hit.quote[self.sentence[0] - start : self.sentence[1] - start]

    @property
    def words(self) -> str:
        """The words in the sentence that answer, "" where none are known."""
        first, last = self.answer or (0, 0)
        return self.hit.quote[first - self.hit.start : last - self.hit.start] if last else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: `quote` is exactly the source's text from `start` to `end`.

    `page` counts a printed document's from 1; `url` leads to the words on the web where the
    article gave its address; `opening` are the first words of an article without a title.
    """

    path: str
    article: int
    title: str | None
    publisher: str | None
    published: str | None
    start: int
    end: int
    quote: str
    page: int | None = None
    url: str | None = None
    opening: str | None = None

    @property
    def called(self) -> str:
        """The article's title, or the words that it begins with in quotation marks."""
        return self.title or (f"“{self.opening}…”" if self.opening else "")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place under the mark that the answer shows, and the other files that carry its words."""

    mark: int
    place: Place
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Words that answer, as a span in their sentence, and the marks of what says so."""

    span: Span
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer: bare words, its marks, and the words in it that answer.

    There are several of those where it answers several parts of a question, the best part's first.
    """

    text: str
    marks: tuple[int, ...]
    words: tuple[Words, ...] = ()

    @property
    def answer(self) -> Span | None:
        """Where its best words stand, None where none are known."""
        return self.words[0].span if self.words else None

    @property
    def unmarked(self) -> str:
        """The text with an article's own [7] as (7), which nobody takes for a mark of ours."""
        return re.sub(r"\[(\s*\d[\d\s,;]*)\]", r"(\1)", self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """One of the answers: its words, the sentence that gives it, and who says so.

    `sources` counts independent texts, `files` all that carry them; `sentence` is a position in
    the answer's sentences.
    """

    answer: str
    sentence: int
    marks: tuple[int, ...]
    sources: int
    files: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question. `confidence` is the chance that the articles answer it.

    A `doubtful` answer is shown although it is likelier wrong than right.
    """

    question: str
    status: Literal["answered", "not_found"]
    confidence: float
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    notices: tuple[str, ...] = ()
    doubtful: bool = False
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The different answers, for sentences whose answering words are known."""
        by_mark = {citation.mark: citation for citation in self.citations}
        found = []
        for number, sentence in enumerate(self.sentences):
            for words in sentence.words:
                cited = [by_mark[mark] for mark in words.marks]
                files = {p.path for c in cited for p in (c.place, *c.also)}
                said = sentence.text[slice(*words.span)]
                found.append(Group(said, number, words.marks, len(cited), len(files)))
        return tuple(found)

    @property
    def text(self) -> str:
        """The answer as one text, each sentence followed by its marks."""
        if self.status == "not_found":
            return "Not found in the articles."
        return " ".join(
            f"{s.unmarked} " + "".join(f"[{mark}]" for mark in s.marks) for s in self.sentences
        )


def place(hit: Hit, span: Span) -> Place:
    """Return the place of a span within a hit."""
    return Place(
        hit.path,
        hit.article,
        hit.title,
        hit.publisher,
        hit.published,
        *span,
        hit.quote[span[0] - hit.start : span[1] - hit.start],
    )
