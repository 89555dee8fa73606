"""A sentence -> its telling words, each with the part that it has in it.

There is no parser: behind which word and which preposition one stands, and in which voice, is told
from the words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile

from rag.agreement import root
from rag.words import telling

# What stands behind one of these has its part from it, wherever in the sentence both stand.
_MARKS = frozenset(
    """
about across after against along among around as at because before behind beside between by despite
during for from if in inside into near of on outside over since than through to toward towards
under until upon when where while with within without
""".split()
)
_BE = frozenset("am is are was were be been being get gets got".split())
WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+")
_LISTED = re.compile(r"(?:,|\band|\bor) (?:\w{1,3} )?$")
_LISTING = re.compile(r",| (?:and|or)\b")
BREAK = re.compile(r"[,;:.()\"“”—]")
_OWNER = re.compile(r"['’]s\b")
_BY = re.compile(r" by [^\d]")
OWNED = 4  # words of what is owned: "the union's deputy general secretary"


@dataclass(frozen=True, slots=True)
class Met:
    """A telling word in its sentence.

    `run` is the word that gives it its part and the telling words from there to it: "in", or "of"
    and what is owned; of an owner "of" and the words of what it owns. `behind` is the telling word
    that it stands behind. `listed` is "plums" in "figs, plums and pears".
    """

    place: int
    written: str
    run: tuple[str, ...]
    behind: str
    passive: bool
    listed: bool

    @property
    def mark(self) -> str:
        """The preposition right before it, "" where there is none."""
        return self.run[0] if len(self.run) == 1 else ""


def once(text: str) -> dict[str, Met]:
    """Return the telling words that occur once, by stem."""
    tokens = list(WORD.finditer(text))
    lower = [token.group().lower() for token in tokens]
    keys = [root(word) if word not in _MARKS and telling(word) else "" for word in lower]
    order = [key for key in keys if key]
    found: dict[str, Met] = {}
    run: tuple[str, ...] = ()
    at, end, passive = 0, 0, False
    for place, (token, word, key) in enumerate(zip(tokens, lower, keys, strict=True)):
        if BREAK.search(text[end : token.start()]):
            run, passive = (), False
        end = token.end()
        if not key:
            if word in _MARKS:
                run = (word, *order[at - 1 : at]) if word == "of" and at else (word,)
            passive = word in _BE or (passive and word == "not")
            continue
        found[key] = Met(
            place,
            token.group(),
            ("of", *_owned(text[token.end() :])) if _OWNER.match(text, end) else run,
            order[at - 1] if at else "",
            passive or (_BY.match(text, end) is not None and not key[0].isdigit()),
            _LISTED.search(text[: token.start()]) is not None
            and _LISTING.match(text, end) is not None,
        )
        run = (*run, key) if run else ()
        passive = passive and word.endswith("ly")
        at += 1
    return {key: met for key, met in found.items() if order.count(key) == 1}


def _owned(behind: str) -> list[str]:
    """The words behind an owner up to a break or a word that tells nothing: "mayor's tall son"."""
    written = WORD.findall(BREAK.split(_OWNER.sub("", behind, count=1), maxsplit=1)[0])
    said = takewhile(lambda word: telling(word) and word not in _MARKS, map(str.lower, written))
    return [root(word) for word in islice(said, OWNED)]
