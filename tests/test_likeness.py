"""Whether two short answers say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.likeness import numbers_and_words, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about 2,000 drones", "two thousand"),
        ("1.5 million", "1,500,000"),
        ("forty-two", "42 people"),
        ("more than 1,900", "1900 drones"),
        ("on 12 March", "March 12, 2024"),
        ("Joren Pike", "plant manager Joren Pike"),
        ("$3bn", "3 billion dollars"),
    ],
)
def test_answers_that_say_the_same_are_known(one, other):
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2,000", "12,000"),
        ("2,000", "1.5 million"),
        ("2,000 drones", "2,000 soldiers"),
        ("four territories", "Luhansk and Donetsk"),
        ("Joren Pike", "Mina Pike"),
        ("", "anything"),
        ("the", "a"),
    ],
)
def test_answers_that_differ_are_told_apart(one, other):
    assert not same(one, other) and not same(other, one)


def test_numbers_are_read_by_value():
    assert numbers_and_words("1.5 million, forty-two and 3bn")[0] == {1.5e6, 42.0, 3e9}
    assert numbers_and_words("no one of them")[0] == frozenset()


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_knows_no_order_and_never_raises(one, other):
    assert same(one, other) == same(other, one)
