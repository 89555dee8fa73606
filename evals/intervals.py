"""How sure a figure is: bootstrap intervals, and the difference of two runs on the same questions.

Percentile bootstrap over questions (Efron 1979); where questions share a text, over the texts, so
that ten questions on one paragraph do not count as ten witnesses (Field and Welsh 2007). Seeded:
the same outcomes give the same interval to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 1000
SEED = 20251
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """A figure over `n` questions with the ends of its 95% interval."""

    value: float
    low: float
    high: float
    n: int


def of_mean(values: np.ndarray, groups: Sequence[str] | None = None) -> Score:
    """Return the mean of values, float (n,), with its interval; nan where there are none."""
    return of(values[:, None], lambda rows: float(rows[:, 0].mean()), groups)


def of(
    rows: np.ndarray,
    statistic: Callable[[np.ndarray], float],
    groups: Sequence[str] | None = None,
) -> Score:
    """Return a statistic of the rows, shape (n, columns), with its interval.

    `groups` names for each row the text that it shares with others; a draw takes whole groups.
    """
    if not len(rows):
        return Score(float("nan"), float("nan"), float("nan"), 0)
    drawn = np.array([statistic(rows[at]) for at in _draws(len(rows), groups)])
    low, high = _ends(drawn)
    return Score(statistic(rows), low, high, len(rows))


def difference(
    one: np.ndarray, other: np.ndarray, groups: Sequence[str] | None = None
) -> tuple[Score, bool]:
    """Return the mean of other - one, question by question, and whether 0 lies outside.

    The paired bootstrap (Berg-Kirkpatrick et al. 2012); both have shape (n,).
    """
    gap = of_mean(other - one, groups)
    return gap, gap.low > 0 or gap.high < 0


def _draws(n: int, groups: Sequence[str] | None) -> list[np.ndarray]:
    random = np.random.default_rng(SEED)
    if groups is None or len(set(groups)) == n:
        return list(random.integers(0, n, (DRAWS, n)))
    _, names = np.unique(np.asarray(groups), return_inverse=True)
    order = np.argsort(names, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(names))[:-1])
    picks = random.integers(0, len(members), (DRAWS, len(members)))
    return [np.concatenate([members[i] for i in pick]) for pick in picks]


def _ends(drawn: np.ndarray) -> tuple[float, float]:
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return float("nan"), float("nan")
    rest = (1 - LEVEL) / 2
    low, high = np.quantile(known, [rest, 1 - rest])
    return float(low), float(high)
