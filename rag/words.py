"""A text -> the words that say what it is about, and how many of them another text has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from Stemmer import Stemmer

# Without its cache it holds nothing between two calls, so threads may share it.
_ENGLISH = Stemmer("english", 0)
_STOPWORDS = frozenset(
    """
a about after again all also am an and any are as at be because been before being between both
but by can could did do does doing down during each few for from further had has have having he
her here hers herself him himself his how i if in into is it its itself just me more most my
myself no nor not now of off on once only or other our ours out over own said same say says she
should so some such tell than that the their theirs them themselves then there these they this
those through to too under until up very was we were what when where which while who whom whose
why will with would you your yours
""".split()
)


def terms(question: str) -> list[str]:
    """Return the question's words without those that every text has; all if none is left."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", question.lower())))
    return [w for w in words if telling(w)] or words


def telling(word: str) -> bool:
    """Whether a word, in lower case, says what a text is about."""
    return word.isdigit() or (len(word) > 1 and word not in _STOPWORDS)


def shared(words: Sequence[str], text: str) -> float:
    """Return which share of the words stand in the text, their endings aside."""
    said = {stem(word) for word in terms(text)}
    return sum(stem(word) in said for word in words) / max(1, len(words))


def stem(word: str) -> str:
    """Return what a lower-case word has in common with its other forms: "ferries", "ferry".

    English only (Porter 2001, "Snowball"); another language's words stay as they mostly are.
    """
    stemmed: str = _ENGLISH.stemWord(word)
    return stemmed
