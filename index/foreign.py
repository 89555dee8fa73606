"""The name of a month in another language than English -> its number. Knows dateparser's tables.

The tables alone: asked for a date, dateparser tries one language after another, 25 ms for a word
that is no month, and takes "fire" for 4, as a Dane counts.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import import_module

_LANGUAGES = "fr de es it pt nl ru uk pl sv da nb fi cs tr ro hu el id bg sk".split()
_MONTHS = (
    "january february march april may june july august september october november december"
).split()


def month_of(word: str) -> int:
    """Return which month a word is, 0 where it is none."""
    return _table().get(_plain(word), 0)


@cache
def _table() -> dict[str, int]:
    """All names and their short forms; no two languages give one word to two months."""
    from dateparser.data import date_translation_data as tables

    return {
        _plain(word): number
        for language in _LANGUAGES
        for number, month in enumerate(_MONTHS, start=1)
        for word in import_module(f"{tables.__name__}.{language}").info[month]
    }


def _plain(word: str) -> str:
    """A word without case and accents: "Août" is written "aout" too."""
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in letters if unicodedata.category(c) != "Mn")
