"""A claim and a text -> whether the claim says all, more or at least of what is some, less or most.

Words too short to tell a text apart, but a claim that has another of them says another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from rag.agreement import in_digits
from rag.exchanges import opposed
from rag.words import stem, telling

# How many are said to have done it -> what of the same many is another thing.
_MANY = {
    "all": "some most few none many",
    "most": "some few none all",
    "some": "all most none",
    "many": "all few none",
    "few": "all most many none",
    "none": "all most some many few",
}
_SAME_MANY = {"every": "all", "each": "all", "several": "some", "majority": "most", "no": "none"}
# "The most" and "at all" do not count; "a few" are not few, nor "nearly all" all.
_NO_COUNT = frozenset(
    "the most,at all,after all,above all,in all,not all,not many,not every".split(",")
)
_LESS = {"a few": "some", "nearly all": "most", "almost all": "most"}
_DEGREES = frozenset("more less fewer".split())
_BOUND = re.compile(
    r"(?:\b(?P<no>no|not) )?(?:\b(?P<least>at least|(?:more|greater|higher) than|over|above"
    r"|exceeding)|\b(?:at most|(?:fewer|less|lower) than|under|below|up to|nearly|almost))$"
)
_Said = Iterator[tuple[set[str], tuple[str, bool]]]  # of what, and what is said of it


def otherwise(claim: str, held: str) -> bool:
    """Whether the claim says more, all or at least where it is held less, some or at most.

    Compared is only what is said of the same: of the next words, of the number, or, behind a
    comparative, of what follows "than". Nor is it where both are said there.
    """
    ours, theirs = in_digits(claim), in_digits(held)
    for read, apart in ((_counts, _counted), (_bounds, _bounded), (_compared, _reversed)):
        there: dict[str, set[tuple[str, bool]]] = {}
        for about, said in read(theirs):
            for word in about:
                there.setdefault(word, set()).add(said)
        for about, said in read(ours):
            found = set[tuple[str, bool]]().union(*(there.get(word, ()) for word in about))
            if said not in found and any(apart(said, other) for other in found):
                return True
    return False


def _counts(tokens: Sequence[str]) -> _Said:
    for at, (before, word) in enumerate(pairwise(["", *tokens])):
        many = _LESS.get(f"{before} {word}", _SAME_MANY.get(word, word))
        number = word == "some" and tokens[at + 1 : at + 2] and tokens[at + 1][0].isdigit()
        if many in _MANY and not number and f"{before} {word}" not in _NO_COUNT:
            of = islice(filter(telling, tokens[at + 1 : at + 10]), 2)
            yield {stem(token) for token in of}, (many, True)


def _counted(said: tuple[str, bool], held: tuple[str, bool]) -> bool:
    return held[0] in _MANY[said[0]].split()


def _bounds(tokens: Sequence[str]) -> _Said:
    for at, token in enumerate(tokens):
        if token[0].isdigit() and (bound := _BOUND.search(" ".join(tokens[max(0, at - 3) : at]))):
            least = bound["least"] is not None
            yield {token}, ("least", least != (bound["no"] is not None))


def _bounded(said: tuple[str, bool], held: tuple[str, bool]) -> bool:
    return said != held


def _compared(tokens: Sequence[str]) -> _Said:
    for at, token in enumerate(tokens):
        if token not in _DEGREES and not token.endswith("er"):
            continue
        of = tokens[at + 1 : at + 5]
        if "than" in of:
            to = at + 1 + of.index("than")
            what = [stem(token) for token in tokens[to : to + 9] if telling(token)][:1]
            quality = stem(tokens[to - 1]) if token in _DEGREES and to - 1 > at else token
            quality = "more" if quality in _DEGREES else quality
            yield set(what), (quality, token not in ("less", "fewer"))


def _reversed(said: tuple[str, bool], held: tuple[str, bool]) -> bool:
    if said[0] == held[0]:
        return said[1] != held[1]
    return said[1] == held[1] and opposed(said[0], held[0])
