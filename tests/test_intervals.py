"""How sure a figure is: known cases, and that equal input gives equal ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.intervals import difference, of, of_mean

VALUES = st.lists(st.floats(0, 1), min_size=2, max_size=30).map(np.array)


@given(VALUES)
@settings(max_examples=20)
def test_the_interval_holds_the_mean_and_is_the_same_twice(values):
    score = of_mean(values)
    assert score.value == pytest.approx(values.mean()) and score.n == len(values)
    assert score.low - 1e-9 <= score.value <= score.high + 1e-9
    assert score == of_mean(values)


def test_the_interval_of_many_coins_is_the_binomial_one():
    score = of_mean(np.array([0.0, 1.0] * 200))
    wide = 1.96 * math.sqrt(0.25 / 400)
    assert score.low == pytest.approx(0.5 - wide, abs=0.01)
    assert score.high == pytest.approx(0.5 + wide, abs=0.01)


def test_ten_questions_on_one_text_are_not_ten_witnesses():
    values = np.repeat([0.0, 1.0], 50)
    alone, together = of_mean(values), of_mean(values, ["a"] * 50 + ["b"] * 50)
    assert (together.low, together.high) == (0.0, 1.0)
    assert alone.high - alone.low < 0.25


def test_a_difference_counts_only_where_nought_lies_outside():
    one = np.array([0.0, 1.0] * 50)
    gap, sure = difference(one, one)
    assert (gap.value, gap.low, gap.high, sure) == (0.0, 0.0, 0.0, False)
    gap, sure = difference(one, np.ones(100))
    assert gap.value == 0.5 and sure
    mixed = one.copy()
    mixed[:2] = mixed[1::-1]  # one won, one lost
    assert not difference(one, mixed)[1]


def test_nothing_has_no_figure():
    score = of_mean(np.array([]))
    assert math.isnan(score.value) and score.n == 0


def test_any_statistic_has_an_interval():
    rows = np.arange(20.0).reshape(10, 2)
    score = of(rows, lambda drawn: float(np.median(drawn[:, 1])))
    assert score.value == 10.0 and score.low < 10 < score.high
