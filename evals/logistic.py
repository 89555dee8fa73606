"""Rows of features, some of them right -> the weights that tell the right ones."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize


def conditional_logit(rows: list[np.ndarray], right: list[np.ndarray]) -> np.ndarray:
    """Return the weights that make the right rows of each question likeliest among all.

    Each of `rows` is one question's, shape (sentences, features), each of `right` says which of
    them are right; a question without one is passed over (McFadden 1974).
    """
    pairs = [(r, g) for r, g in zip(rows, right, strict=True) if g.any()]
    scale = np.concatenate(rows).std(axis=0) + 1e-9

    def cost(weights: np.ndarray) -> float:
        total = 0.0
        for row, good in pairs:
            scores = (row / scale) @ weights
            total += np.logaddexp.reduce(scores) - np.logaddexp.reduce(scores[good])
        return float(total / len(pairs) + 0.01 * (weights**2).sum())

    return np.asarray(minimize(cost, np.ones(rows[0].shape[1])).x / scale)


def platt(
    rows: np.ndarray, positive: np.ndarray, known: np.ndarray | float = 0.0
) -> tuple[list[float], float]:
    """Return weights and intercept of the sigmoid that gives the chance of a positive.

    `rows` has shape (cases, scores); `known` are log odds to be added to each case's, shape
    (cases,). Targets are smoothed as Platt (1999) has it, so that no chance becomes 0 or 1.
    """
    yes, no = positive.sum(), (~positive).sum()
    target = np.where(positive, (yes + 1) / (yes + 2), 1 / (no + 2))
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    at = (rows - middle) / spread

    def cost(line: np.ndarray) -> float:
        z = at @ line[:-1] + line[-1] + known
        return float((np.logaddexp(0, z) - target * z).mean())

    line = minimize(cost, np.append(np.ones(rows.shape[1]), 0.0)).x
    weights = line[:-1] / spread
    return weights.tolist(), float(line[-1] - weights @ middle)
