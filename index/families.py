"""Many texts -> families: the texts that are copies of one another.

A family is its fullest text and those that are copies of that one, never copies of copies: a
chain of texts, each half the next, does not become one (star clustering; Aslam, Pelekhov and Rus
2004). Candidates come from signatures in bands (Indyk and Motwani 1998), so that no pass is
quadratic; shingles decide. What comes out depends on the texts alone, not on their order.

datasketch's tables took 15 CPU s and 200 MB for 20,000 signatures, and would at every commit;
sorting one band after the other takes 0.1 s and 10 MB.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.copies import WIDTH, copied, shared, shingles

LEAST = 0.5  # the share of a text's shingles, also of those outside quotations, that make a copy
SHORTEST = 1 / 3  # of the fuller text's length: a brief is no copy of the report that it opens
APART = 0.1  # two parts of a text that share less are two stories, and the text a digest of both
FEWEST = 10  # shingles; shorter texts are copies of their like only
_BANDS = WIDTH // 2
_ALIKE = 8  # of 64 numbers: texts with a fifth in common agree in as many in 0.96 of cases
_NEAR = 16  # neighbours looked at where very many texts share a band


_SPOKEN = re.compile(r"""["“„«][^"“”„«»\n]{20,1500}["”»]""")


class Text:
    """A text as its shingles, each kind worked out where it is needed."""

    def __init__(self, words: str) -> None:
        self._words = words

    @cached_property
    def whole(self) -> np.ndarray:
        """The shingles of all its words."""
        return shingles(self._words)

    @cached_property
    def told(self) -> np.ndarray:
        """Those of the words outside quotations, but for quotations of a word or two."""
        told = _SPOKEN.sub("\n", self._words)
        return self.whole if told == self._words else shingles(told)


Texts = Callable[[Sequence[int]], Mapping[int, Text]]  # rows -> what stands in them


def families(signatures: np.ndarray, texts: Texts) -> list[list[int]]:
    """Return the rows of each family of more than one text, the fullest first.

    `signatures` are uint32, shape (n, 64); `texts` is asked once, for the rows that may be copies.
    """
    pairs = candidates(signatures)
    return among(pairs, signatures, texts(np.unique(pairs).tolist()) if len(pairs) else {})


def among(pairs: np.ndarray, signatures: np.ndarray, known: Mapping[int, Text]) -> list[list[int]]:
    """Return the families among candidates, of which all texts are `known`."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs.tolist():
        if related(known[one], known[other]):
            near[one].append(other)
            near[other].append(one)
    order = sorted(near, key=lambda r: (-len(known[r].whole), signatures[r].tobytes()))
    return list(_stars(order, near, known))


def related(one: Text, other: Text) -> bool:
    """Whether two texts are copies: in all their words and in those outside quotations.

    Two stories that quote one statement share its words only.
    """
    few, many = sorted((one, other), key=lambda text: len(text.whole))
    if len(few.whole) < FEWEST:
        return len(few.whole) == len(many.whole) == shared(few.whole, many.whole)
    if len(few.whole) < SHORTEST * len(many.whole) or not copied(few.whole, many.whole, LEAST):
        return False
    told = min(len(few.told), len(many.told)) >= FEWEST
    return not told or copied(few.told, many.told, LEAST)


def candidates(signatures: np.ndarray) -> np.ndarray:
    """Return the pairs of rows that share a band and enough besides, int64 (n, 2), each once."""
    count = len(signatures)
    # Neighbours in a band are neighbours in this order: by content, wherever the rows come from.
    columns = [signatures[:, column] for column in range(8)]
    order: np.ndarray = np.lexsort(columns) if count else np.empty(0, np.int64)
    sorted_ = signatures[order]
    found = [np.empty((0, 2), np.int64)]
    for band in range(_BANDS):
        keys = sorted_[:, 2 * band].astype(np.uint64) << np.uint64(32)
        keys |= sorted_[:, 2 * band + 1]
        rows = np.argsort(keys, kind="stable")
        keys = keys[rows]
        for step in range(1, min(_NEAR, count - 1) + 1):
            at = np.flatnonzero(keys[:-step] == keys[step:])
            if not len(at):
                break
            one, other = rows[at], rows[at + step]
            alike = (sorted_[one] == sorted_[other]).sum(axis=1) >= _ALIKE
            found.append(np.stack((one[alike], other[alike]), axis=1))
    pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return np.asarray(order[pairs], np.int64)


def groups(pairs: np.ndarray) -> list[np.ndarray]:
    """Return the pairs in groups of those that hang together, from pair to pair.

    What is one family lies in one group, whatever there is in the others.
    """
    of: dict[int, int] = {}

    def first(row: int) -> int:
        while (up := of.setdefault(row, row)) != row:
            of[row] = of[up]
            row = up
        return row

    for one, other in pairs.tolist():
        one, other = sorted((first(one), first(other)))
        of[other] = one
    firsts = np.array([first(row) for row in pairs[:, 0].tolist()], np.int64)
    order = np.argsort(firsts, kind="stable")
    cuts = np.flatnonzero(np.diff(firsts[order])) + 1
    return [pairs[rows] for rows in np.split(order, cuts) if len(rows)]


def _stars(
    order: Sequence[int], near: Mapping[int, Sequence[int]], known: Mapping[int, Text]
) -> Iterator[list[int]]:
    """Yield families: each text not taken yet, the fullest first, with all its copies.

    Copies are found from neighbour to neighbour, each held against the fullest itself.
    """
    rank = {row: place for place, row in enumerate(order)}
    taken: set[int] = set()
    for centre in order:
        if centre in taken:
            continue
        family, seen, edge = [centre], {centre}, [centre]
        while edge:
            reached = {row for member in edge for row in near[member]} - seen - taken
            seen |= reached
            edge = []
            for row in sorted(reached, key=rank.__getitem__):
                if related(known[centre], known[row]) and not _digest(known, family, row):
                    family.append(row)
                    edge.append(row)
        taken.update(family)
        if len(family) > 1:
            yield family


def _digest(known: Mapping[int, Text], family: Sequence[int], row: int) -> bool:
    """Whether the family's fullest holds this text beside another one: a digest of two stories."""
    return any(
        shared(known[member].whole, known[row].whole)
        < APART * min(len(known[member].whole), len(known[row].whole))
        for member in family[1:9]
    )
