"""A question -> the names and years in it that no article has, and what follows from that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from index.records import Hit
from index.snapshot import Snapshot
from rag.days import years
from rag.nations import country
from rag.words import telling

ALIKE = 0.75  # of two spellings of a name, as difflib has it: "Kyiv" and "Kiev"
# How many times likelier a question is strange where no article answers it: 2 of the bundled
# suites' 89 such questions are, none of their 449 others, 2 of NewsQA's 2,096.
STRANGE = 25
MOST = 5  # words that are looked up; a question may be a pasted page
# Latin letters alone: in Russian or Ukrainian the same name ends otherwise in every case.
_NAME = re.compile(r"[A-ZÀ-Þ](?:[-’'ʼ]?[A-Za-z0-9À-ɏ])+")
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'ʼ]*(?:[ -][A-ZÀ-Þ][\w’'ʼ]*)*")
_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")
_ENDING = re.compile(r"[’'ʼ](?:s|m|ve|d|ll|re|t)$", re.IGNORECASE)
_BEGINS = frozenset(".?!:;)\n")  # a sentence, or a point of a list
# The day of an article is kept as a number.
_DAYS = frozenset(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday".split()
)


def absent(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[str]:
    """Return the words with a capital and the years that stand nowhere in the articles.

    A word that begins a sentence is no name: there every word has a capital. So it is in a question
    that has capitals throughout. An article names the year in which it came out, and those beside
    it, without a word. `hits` are passages found for the question, whose words need no looking up.
    """
    said = _said(hits)
    named = [*_names(unicodedata.normalize("NFC", question)), *sorted(years(question))]
    words = islice(dict.fromkeys(named), MOST)
    missing = [word for word in words if word.lower() not in said and not _stands(word, snapshot)]
    spelt = snapshot.spelt(missing)
    return [word for word in missing if word not in spelt]


def strange(question: str, missing: Sequence[str], hits: Sequence[Hit]) -> bool:
    """Whether the question names somebody, a thing or a year of which the articles have no word.

    `missing` are the words that `absent` gives. "Ana Ruiz" is known where the articles have Ruiz,
    "Zelenskyy" where the hits have Zelensky, "Congress" where they have a congressman.
    """
    if not missing:
        return False
    if any(word.isdecimal() for word in missing):
        return True
    held = _said(hits)
    gone = {word for word in missing if not _alike(word.lower(), held)}
    for run in _RUN.findall(unicodedata.normalize("NFC", question)):
        words = {_ENDING.sub("", word) for word in re.split(r"[ -]", run)}
        words = {word for word in words if telling(word.lower())}
        if words and words <= gone:
            return True
    return False


def lessened(chances: Sequence[float], times: float) -> list[float]:
    """Return chances, the best first, where something speaks against any answer.

    The odds of the best are divided, as Bayes' rule has it, the others' chances less in proportion.
    """
    if not chances or not chances[0]:
        return list(chances)
    best = chances[0]
    less = 1 / (best + times * (1 - best))
    return [chance * less for chance in chances]


def _said(hits: Sequence[Hit]) -> set[str]:
    return {w for hit in hits for w in re.findall(r"\w+", f"{hit.title} {hit.quote}".lower())}


def _alike(word: str, held: set[str]) -> bool:
    longer = len(word) > 4 and any(other.startswith(word) for other in held)
    return longer or bool(get_close_matches(word, held, 1, ALIKE))


def _stands(word: str, snapshot: Snapshot) -> bool:
    """Whether a name stands in an article, also as "U.S." for "US", "Korea" for "Korean"."""
    if word.isdecimal() and snapshot.dated(int(word) - 1, int(word) + 1):
        return True
    spelt = " ".join(word) if word.isupper() and len(word) <= 5 else ""
    forms = (word, spelt, country(word.lower()))
    return any(snapshot.says(form) for form in forms if form)


def _names(question: str) -> Iterator[str]:
    told = [found for found in _WORD.finditer(question) if telling(found.group().lower())]
    if all(not found.group()[0].islower() for found in told):
        return
    end = None
    for found in _WORD.finditer(question):
        begins = end is None or not _BEGINS.isdisjoint(question[end : found.start()])
        end = found.end()
        short = question[end : end + 1] == "." and len(found.group()) < 4  # "Mr.", "St.", "Co."
        if begins or short:
            continue
        word = _ENDING.sub("", found.group())
        parts = word.split("-")
        # "Russia-Ukraine" is two names, "F-35" is one.
        for part in parts if all(len(p) > 1 and p.isalpha() for p in parts) else [word]:
            if _NAME.fullmatch(part) and telling(part.lower()) and part.lower() not in _DAYS:
                yield part
