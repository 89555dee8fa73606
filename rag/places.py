"""Citations -> the same with what only the store knows: the page, and the way back to the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit

from index.snapshot import Snapshot
from index.titles import opening
from rag.records import Citation, Place

ENDS = 4  # words at either end that a link to a longer quote names


def located(citations: Sequence[Citation], snapshot: Snapshot) -> tuple[Citation, ...]:
    """Return the citations, their places with page, link and opening words where known."""
    return tuple(
        replace(c, place=_place(c.place, snapshot), also=tuple(_place(p, snapshot) for p in c.also))
        for c in citations
    )


def _place(place: Place, snapshot: Snapshot) -> Place:
    article, text = snapshot.article(place.path, place.article)
    return replace(
        place,
        page=snapshot.page_of(place.path, place.start),
        url=link(article.url, place.quote) if article.url else None,
        opening=None if article.title else opening(text, article.start, article.end),
    )


def link(url: str, words: str) -> str | None:
    """Return the address with a text fragment that leads to the words, None for no web address.

    A long quote is named by its first and last words (WICG, Text Fragments, section 3.3).

    >>> link("https://a.example/b", "Ten goats, crossed")
    'https://a.example/b#:~:text=Ten%20goats%2C%20crossed'
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    said = words.split()
    if len(said) <= 2 * ENDS:
        fragment = _encoded(said)
    else:
        fragment = f"{_encoded(said[:ENDS])},{_encoded(said[-ENDS:])}"
    return f"{url.split('#')[0]}#:~:text={fragment}"


def _encoded(words: Sequence[str]) -> str:
    # A dash parts what goes before or after the words, so it too is encoded.
    return quote(" ".join(words), safe="").replace("-", "%2D")
