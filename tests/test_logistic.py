from __future__ import annotations

import numpy as np
import pytest

from evals.logistic import conditional_logit, platt


def test_weights_follow_the_feature_that_tells_the_right_row() -> None:
    rng = np.random.default_rng(3)
    rows = [rng.normal(size=(6, 2)) for _ in range(200)]
    right = [row[:, 0] == row[:, 0].max() for row in rows]

    weights = conditional_logit(rows, right)

    assert weights[0] > 1
    assert abs(weights[1]) < 0.1 * weights[0]


def test_a_question_without_a_right_row_changes_no_weight() -> None:
    rng = np.random.default_rng(4)
    rows = [rng.normal(size=(4, 2)) for _ in range(40)]
    right = [row[:, 1] == row[:, 1].max() for row in rows]
    # Rows of the same spread, or the scale of the features would differ.
    more = conditional_logit([*rows, *rows], [*right, *(np.zeros(4, bool) for _ in rows)])

    assert more == pytest.approx(conditional_logit(rows, right), abs=1e-3)


def test_chances_are_those_that_made_the_cases() -> None:
    rng = np.random.default_rng(5)
    scores = rng.normal(loc=4, scale=3, size=(20_000, 1))
    positive = rng.random(20_000) < 1 / (1 + np.exp(-(0.8 * scores[:, 0] - 2)))

    (slope,), intercept = platt(scores, positive)

    assert slope == pytest.approx(0.8, abs=0.05)
    assert intercept == pytest.approx(-2, abs=0.15)


def test_odds_known_beforehand_are_not_learnt_again() -> None:
    rng = np.random.default_rng(6)
    scores = rng.normal(size=(20_000, 1))
    known = np.where(rng.random(20_000) < 0.5, -2.0, 0.0)
    positive = rng.random(20_000) < 1 / (1 + np.exp(-(scores[:, 0] + 1 + known)))

    (slope,), intercept = platt(scores, positive, known)

    assert slope == pytest.approx(1, abs=0.05)
    assert intercept == pytest.approx(1, abs=0.05)


def test_few_cases_never_make_a_chance_certain() -> None:
    scores = np.array([[0.0], [1.0], [2.0], [3.0]])

    (slope,), intercept = platt(scores, scores[:, 0] > 1)

    assert 1 / (1 + np.exp(-(slope * 3 + intercept))) < 0.95
