"""A text put together line by line, while the spans of what is in it are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from index.facts import whole
from index.records import Page, Part, Span


class Lines:
    """Takes lines and pages in the order of reading and makes one page of them."""

    def __init__(self) -> None:
        self.end = 0
        self.parts: list[Part] = []
        self.leaves: list[int] = []
        self._pieces: list[str] = []
        self._furniture: list[tuple[int, int, str]] = []

    def add(self, words: str, why: str | None = None) -> Span:
        """Add words as a line of their own, furniture where `why` says so; return their span."""
        words = whole(words).strip("\n")
        start = self.end
        if words.strip():
            self._take(words + "\n")
            if why:
                self._furniture.append((start, self.end - 1, why))
        return start, max(start, self.end - 1)

    def add_page(self, page: Page) -> Span:
        """Add another page's text with its furniture; return its span."""
        start = self.end
        self._furniture += [(start + s, start + e, why) for s, e, why in page.furniture]
        self.parts += [replace(p, start=start + p.start, end=start + p.end) for p in page.parts]
        self._take(page.text)
        return start, self.end

    def _take(self, text: str) -> None:
        self._pieces.append(text)
        self.end += len(text)

    def add_part(self, start: int, end: int, **about: str | None) -> None:
        """Set a stretch of the text apart as an article, should there be any."""
        if end > start:
            self.parts.append(Part(start, end, **about))

    def page(self, **about: Any) -> Page:
        """Return the page of all that was added; `about` as `Page` has it."""
        return Page(
            "".join(self._pieces),
            furniture=tuple(self._furniture),
            parts=tuple(self.parts),
            leaves=tuple(self.leaves),
            **about,
        )
