"""All, some and none; at least and at most; more and less."""

from __future__ import annotations

import time

import pytest

from rag.quantities import otherwise


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Quill closed all of its mills", "Quill closed some of its mills"),
        ("Few of the walkers came from Orlow", "Most came from Orlow"),
        ("None of the goats swam", "Every goat swam"),
        ("It cost at least 50 crowns", "It cost no more than fifty crowns"),
        ("Over 1,000 goats swam", "Up to 1,000 goats swam"),
        ("It rose more than last year", "It rose less than last year"),
        ("Wages grew faster than prices", "Wages grew more slowly than prices"),
        ("Quill is larger than Tarn", "Quill is larger than Orlow but smaller than Tarn"),
        ("Quill has more goats than Tarn", "Quill has fewer goats than Tarn"),
    ],
)
def test_how_many_and_how_much_are_compared_of_the_same(claim, sentence):
    assert otherwise(claim, sentence) and otherwise(sentence, claim)
    assert not otherwise(claim, claim) and not otherwise(claim, f"{claim}. {sentence}.")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Quill closed all of its mills", "Some of the goats swam"),
        ("Some 70 goats swam", "All 70 goats swam"),
        ("Most of the goats swam", "Nearly all of the goats swam"),
        ("Some goats swam", "A few goats swam"),
        ("Most expensive goats swim", "The most expensive goats swim"),
        ("At least 50 goats swam", "No fewer than fifty goats swam"),
        ("More than 50 goats swam", "Fewer than 60 goats swam"),
        ("Quill is larger than Tarn", "Tarn is smaller than Quill"),
        ("Prices grew faster than wages", "Wages grew more slowly than prices"),
    ],
)
def test_how_many_and_how_much_of_another_is_no_other_thing(claim, sentence):
    assert not otherwise(claim, sentence) and not otherwise(sentence, claim)


def test_a_text_without_end_takes_no_time_without_end():
    long = "all some at least 50 more than goats " * 3000
    began = time.process_time()
    otherwise(long[:4000], long)
    assert time.process_time() - began < 5
