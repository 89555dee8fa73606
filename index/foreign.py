"""The name of a month in another language than English -> its number. Knows dateparser."""

from __future__ import annotations

from functools import cache

# Named, since of an unknown word dateparser would try 200 languages for 4 s.
_LANGUAGES = "fr de es it pt nl ru uk pl sv da nb fi cs tr ro hu el id bg sk".split()
_STRICT = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}


@cache
def month_of(word: str) -> int:
    """Return which month a word is, 0 where it is none."""
    import dateparser

    found = dateparser.parse(f"1 {word} 2000", languages=_LANGUAGES, settings=_STRICT)
    right = found is not None and (found.year, found.day) == (2000, 1)
    return found.month if right and found is not None else 0
