"""What is counted: pure functions, each with its source."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Hashable, Sequence

import numpy as np


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
    ranks = _ranks(np.concatenate([right, wrong]))
    n = len(right)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(wrong)))


def _ranks(values: np.ndarray) -> np.ndarray:
    """The place of each value in order from 1, equal ones their mean place."""
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    return np.asarray((last - (sizes - 1) / 2)[group])


def recall(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Return which share of the relevant ones stands among the first k (R@k).

    >>> recall(["a", "b", "c"], {"b", "c"}, 2)
    0.5
    """
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant)) if relevant else float("nan")


def rr(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int = 10) -> float:
    """Return 1 / the rank of the first relevant one, 0 where the first k hold none.

    Its mean over questions is the mean reciprocal rank (Voorhees 1999).

    >>> rr(["a", "b"], {"b"}), rr(["a", "b"], {"b"}, 1)
    (0.5, 0.0)
    """
    return next((1 / n for n, item in enumerate(ranked[:k], start=1) if item in relevant), 0.0)


def ap(ranked: Sequence[Hashable], relevant: Collection[Hashable]) -> float:
    """Return the mean precision at the ranks of the relevant ones, 0 for those not ranked (AP).

    Its mean over questions is the mean average precision (Buckley and Voorhees 2000, section 2).

    >>> ap(["a", "b", "c"], {"a", "c"}), ap(["a"], {"a", "c"})
    (0.8333333333333333, 0.5)
    """
    wanted = set(relevant)
    at = [n for n, item in enumerate(ranked, start=1) if item in wanted]
    precisions = [found / n for found, n in enumerate(at, start=1)]
    return sum(precisions) / len(wanted) if wanted else float("nan")


def ndcg(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int = 10) -> float:
    """Return the discounted gain of the first k over that of the best order (nDCG@k).

    Gains are 0 or 1, the discount log2(1 + rank) (Järvelin and Kekäläinen 2002, as TREC has it).

    >>> round(ndcg(["a", "b"], {"b"}), 4)
    0.6309
    """
    if not relevant:
        return float("nan")
    gains = [1 / math.log2(n + 1) for n in range(1, k + 1)]
    won = sum(g for g, item in zip(gains, ranked, strict=False) if item in relevant)
    return won / sum(gains[: len(set(relevant))])


def exact_match(said: str, wordings: Sequence[str]) -> float:
    """Return 1.0 where the answer is one of the wordings, normalised, else 0.0.

    SQuAD 2.0 (Rajpurkar et al. 2018, its evaluation script): no answer is the empty text.

    >>> exact_match("The Swarm", ["swarm", "drones"]), exact_match("swarms", ["swarm"])
    (1.0, 0.0)
    """
    return float(normalised(said) in {normalised(w) for w in wordings or ("",)})


def token_f1(said: str, wordings: Sequence[str]) -> float:
    """Return the best harmonic mean of the shares of words in common with one wording.

    SQuAD 2.0, as above: where either side has no word, 1.0 if both have none, else 0.0.

    >>> token_f1("about 2,000 drones", ["2,000 drones", "two"])
    0.8
    """
    return max(_token_f1(said, wording) for wording in wordings or ("",))


def _token_f1(said: str, true: str) -> float:
    one, other = Counter(normalised(said).split()), Counter(normalised(true).split())
    if not one or not other:
        return float(one == other)
    common = (one & other).total()
    return 2 * common / (one.total() + other.total())


def coverage_risk(confidence: Sequence[float], right: Sequence[float]) -> list[tuple[float, float]]:
    """Return (coverage, risk) where the n most confident are answered, n = 1 to all.

    Risk is the share of wrong ones among them (El-Yaniv and Wiener 2010). Among equals each
    counts as the mean of its group, so that no order of theirs is better than another.

    >>> coverage_risk([0.9, 0.5], [1, 0])
    [(0.5, 0.0), (1.0, 0.5)]
    """
    sure, good = np.asarray(confidence, float), np.asarray(right, float)
    if not len(sure):
        return []
    levels, group = np.unique(-sure, return_inverse=True)
    sizes = np.bincount(group, minlength=len(levels))
    shares = np.bincount(group, weights=good, minlength=len(levels)) / sizes
    won = np.cumsum(np.repeat(shares, sizes))
    n = np.arange(1, len(sure) + 1)
    return list(zip((n / len(n)).tolist(), (1 - won / n).tolist(), strict=True))


def aurc(confidence: Sequence[float], right: Sequence[float]) -> float:
    """Return the area under the risk-coverage curve, lower is better (Geifman et al. 2019).

    >>> aurc([0.9, 0.5], [1, 0])
    0.25
    """
    curve = coverage_risk(confidence, right)
    return sum(risk for _, risk in curve) / len(curve) if curve else float("nan")


def reliability(
    confidence: Sequence[float], right: Sequence[float], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share right, count) of each filled bin of equal width.

    >>> reliability([0.95, 0.85, 0.12], [1, 0, 0])
    [(0.12, 0.0, 1), (0.85, 0.0, 1), (0.95, 1.0, 1)]
    """
    sure, good = np.asarray(confidence, float), np.asarray(right, float)
    at = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        (float(sure[at == b].mean()), float(good[at == b].mean()), int((at == b).sum()))
        for b in range(bins)
        if (at == b).any()
    ]


def calibration_error(confidence: Sequence[float], right: Sequence[float]) -> float:
    """Return how far confidence and share right lie apart, bins weighed by size (ECE).

    Expected calibration error with ten bins (Guo et al. 2017, section 2).

    >>> round(calibration_error([0.9, 0.9], [1, 0]), 4)
    0.4
    """
    if not len(confidence):
        return float("nan")
    table = reliability(confidence, right)
    return sum(n * abs(sure - share) for sure, share, n in table) / len(confidence)


def balanced_accuracy(said: Sequence[bool], true: Sequence[bool]) -> float:
    """Return the mean of the shares found right of either class (Brodersen et al. 2010).

    >>> balanced_accuracy([True, True, False], [True, False, False])
    0.75
    """
    sides = [
        [s == t for s, t in zip(said, true, strict=True) if t is side] for side in (True, False)
    ]
    if not all(sides):
        return float("nan")
    return sum(sum(side) / len(side) for side in sides) / 2
