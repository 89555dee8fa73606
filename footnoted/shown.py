"""How articles and whole files look in a terminal, and as JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from footnoted.terminal import visible
from index.articles import TITLE
from index.catalogue import Listed, Stored
from index.dates import precision

_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"


def print_article(listed: Listed, *, as_json: bool) -> None:
    """Print where an article stands and what is known of it."""
    if as_json:
        print(json.dumps(_article(listed)))
        return
    article = listed.article
    number = f"{listed.passages} passage{'s' * (listed.passages != 1)}"
    where = f"characters {article.start} to {article.end}, {number}"
    print(visible(f"{listed.path} {article.number}: {_about(listed)} ({where})"))


def print_file(stored: Stored, *, as_json: bool) -> None:
    """Print a file's text with each article's head before it, furniture dimmed."""
    if as_json:
        print(json.dumps(_file(stored)))
        return
    styled = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    read = f"{stored.media_type}, {stored.encoding}"
    print(visible(": ".join(filter(None, (stored.path, read, stored.note)))))
    for words, style in _pieces(stored):
        if styled and style and words.strip():
            print(f"{style}{_seen(words)}{_PLAIN}", end="")
        else:
            print(_seen(words), end="")
    print()


def _pieces(stored: Stored) -> Iterator[tuple[str, str]]:
    """Yield the text in order, each piece with its style, and the heads of articles between."""
    heads = {listed.article.start: listed for listed in stored.articles}
    furniture = [(start, end) for start, end, why in stored.furniture if why != TITLE]
    cuts = {0, len(stored.text), *heads, *(at for span in furniture for at in span)}
    places = sorted(cuts)
    dimmed = {start: end for start, end in furniture}
    until = 0  # where the furniture that was begun ends
    for start, end in zip(places, [*places[1:], len(stored.text)], strict=True):
        if start in heads:
            yield f"\n{heads[start].article.number}. {_about(heads[start])}\n", _BOLD
        until = max(until, dimmed.get(start, 0))
        yield stored.text[start:end], _DIM if start < until else ""


def _seen(text: str) -> str:
    """The text with its line ends, blanks as blanks, and all else that is not seen named."""
    lines = text.replace("\t", "   ").split("\n")
    return "\n".join(visible(re.sub(r"\s", " ", line)) for line in lines)


def _about(listed: Listed) -> str:
    """Title, publisher and date, each named where it is unknown."""
    article = listed.article
    date = "date unknown"
    if article.published:
        exact = precision(article.published)
        date = article.published + (f" (the {exact})" if exact != "day" else "")
    known = (article.title or "no title", article.publisher or "publisher unknown", date)
    return " | ".join(" ".join(words.split()) for words in known)


def _file(stored: Stored) -> dict[str, Any]:
    return {
        "path": stored.path,
        "media_type": stored.media_type,
        "encoding": stored.encoding,
        "sha256": stored.sha256,
        "note": stored.note,
        "extractor": stored.extractor,
        "text": stored.text,
        "articles": [_article(listed) for listed in stored.articles],
        "furniture": [list(marked) for marked in stored.furniture],
        "passages": [list(span) for span in stored.passages],
    }


def _article(listed: Listed) -> dict[str, Any]:
    article = listed.article
    return {
        "path": listed.path,
        "article": article.number,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "precision": precision(article.published),
        "url": article.url,
        "start": article.start,
        "end": article.end,
        "passages": listed.passages,
        "family": listed.family,
        "copies": list(listed.copies),
    }
