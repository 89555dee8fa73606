"""Text -> HTML in which nothing of the text has a meaning.

The page hands its HTML to Gradio's Markdown component, so a text must be inert three times: as
HTML, as an attribute's value, and as Markdown. Every character that could matter to any of them
is written as a number; letters, digits and single spaces alone stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from index import dates
from index.records import Span


def text(value: str) -> str:
    """Return words of an article, a question or a model as HTML on one line."""
    return re.sub(r"[^\w ]|_|  +", _numbers, value)


def quote(value: str) -> str:
    """Return words of an article as HTML, a tab between two cells as wide as it is."""
    return text(value).replace("&#9;", '<span class="cell">&#9;</span>')


def bold(value: str, spans: Iterable[Span]) -> str:
    """Return a quote as HTML, bold between the offsets; of two that overlap the first."""
    made, at = "", 0
    for start, end in sorted(spans):
        if at <= start < end:
            made += f"{quote(value[at:start])}<b>{quote(value[start:end])}</b>"
            at = end
    return made + quote(value[at:])


def name(value: str) -> str:
    """Return a path, title or other one-line name as HTML; what cannot be seen is spelled out."""
    seen = "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else ascii(c)[1:-1] for c in value
    )
    return f"<bdi>{text(seen)}</bdi>"


def about(publisher: str | None, published: str | None) -> str:
    """Return publisher and date as HTML, as far as they are known."""
    known = (publisher and name(publisher), published and text(dates.written(published)))
    return ", ".join(filter(None, known))


def count(number: int, noun: str) -> str:
    """Return "1 file" or "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def button(value: str, words: str, mark: str, kind: str = "m") -> str:
    """Return the button that shows a source; `words` and `mark` are HTML, `words` for the ear."""
    return (
        f'<button type="button" class="{kind}" value="{value}">'
        f'<span class="ear">{words} </span>{mark}</button>'
    )


def _numbers(match: re.Match[str]) -> str:
    return "".join(f"&#{0xFFFD if _unprintable(c) else ord(c)};" for c in match[0])


def _unprintable(c: str) -> bool:
    """A control character or half of a pair: HTML would drop it or take it for another."""
    return c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs")
