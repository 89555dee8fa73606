"""A question -> a word of it that an article which answers it would have.

"Who was the referee?" is hardly answered by an article without a referee, while many an answer
says nothing of "begin" or "get". Which words are of the second kind was counted over questions
whose answers are known (`python -m evals.fit_words`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from index.records import Hit
from index.snapshot import Snapshot
from rag.words import shared, stem, telling, terms

FILE = Path(__file__).parent / "data" / "loose.txt"
# How many times likelier an article lacks such a word where none answers: 1.8 on the suites that
# choose, 4 and 8 for questions in the articles' own words (data/READER.md).
LACKING = 2
_LITERAL = 0.5  # the share of a question's words that a passage has, so that it lacks one at all
_LONGEST = 1_000  # characters of a question
_ENOUGH = 5  # letters: "govern" and "government" are one word
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[a-z]{3,}|(?:19|20)\d\d")


class Said:
    """The words of a text, their endings aside."""

    def __init__(self, text: str) -> None:
        self._stems = {stem(word) for word in set(_WORD.findall(text.lower()))}
        self._begun = {word[:_ENOUGH] for word in self._stems}

    def __contains__(self, stemmed: str) -> bool:
        long = len(stemmed) >= _ENOUGH
        return stemmed in self._stems or (long and stemmed[:_ENOUGH] in self._begun)


def lacking(question: str, hit: Hit, snapshot: Snapshot) -> str | None:
    """Return the first word of an English question that the article of a hit ought to have.

    None where it has them all, their endings aside, or is of the year that is named; and where the
    hit has less than half of them: then the question is put in other words.
    """
    words: list[str] = _WORD.findall(question[:_LONGEST])
    if all(telling(word.lower()) for word in words):
        return None
    if shared(terms(question), f"{hit.title or ''} {hit.quote}") < _LITERAL:
        return None
    article, text = snapshot.article(hit.path, hit.article)
    about = (article.title, article.publisher, article.published)
    said = Said(" ".join((*filter(None, about), text[article.start : article.end])))
    for word in words:
        plain = word.lower()
        if _PLAIN.fullmatch(plain) and telling(plain) and not _found(stem(plain), said):
            return word
    return None


def _found(stemmed: str, said: Said) -> bool:
    return stemmed in _loose() or stemmed in said


@cache
def _loose() -> frozenset[str]:
    return frozenset(FILE.read_text("utf-8").split())
