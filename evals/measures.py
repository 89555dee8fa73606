"""What is counted: pure functions, each with its source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def normalised(text: str) -> str:
    """Return text as answers are compared: lower case, no punctuation, articles or extra blanks.

    SQuAD's rule (Rajpurkar et al. 2016, section 6.1), typographic signs folded first.

    >>> normalised("The  “Swarm”, of 1,900")
    'swarm of 1900'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = re.sub(r"(?<=\d),(?=\d)", "", folded)
    words = re.findall(r"\w+(?:\.\d\w*)*", folded)
    return " ".join(w for w in words if w not in ("a", "an", "the"))


def holds(text: str, answers: Sequence[Sequence[str]]) -> bool:
    """Whether one accepted wording of any answer stands in the text as whole words.

    >>> holds("More than 2,000 drones", [["2,000"]]), holds("12,000 drones", [["2,000"]])
    (True, False)
    """
    padded = f" {normalised(text)} "
    wanted = {normalised(wording) for wordings in answers for wording in wordings}
    return any(f" {wording} " in padded for wording in wanted - {""})


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return which share of the second span the first covers.

    >>> overlap((0, 10), (5, 15))
    0.5
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(1, other[1] - other[0])


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """Return the chance that a score of the first kind exceeds one of the second; ties count half.

    The Mann-Whitney form of the area under the ROC curve (Hanley and McNeil 1982).

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    if not right or not wrong:
        return float("nan")
    wins = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong)
    return wins / (len(right) * len(wrong))


def reciprocal_rank(ranks: Sequence[bool]) -> float:
    """Return 1 / the place of the first right one, 0 where there is none.

    >>> reciprocal_rank([False, True])
    0.5
    """
    return next((1 / n for n, right in enumerate(ranks, start=1) if right), 0.0)
