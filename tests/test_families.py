"""Many texts -> families, whatever their order; a chain of copies is not one family."""

from __future__ import annotations

import random

import numpy as np
import pytest

from index.copies import copied, shingles, signature
from index.families import Text, candidates, families, related


def words(start: int, end: int) -> list[str]:
    return [f"w{n}" for n in range(start, end)]


def grouped(texts: list[str]) -> set[frozenset[str]]:
    signatures = np.stack([signature(shingles(text)) for text in texts])
    found = families(signatures, lambda rows: {row: Text(texts[row]) for row in rows})
    return {frozenset(texts[row] for row in family) for family in found}


def text(start: int, end: int) -> str:
    return " ".join(words(start, end))


def test_copies_with_edits_cuts_and_additions_are_one_family():
    story = words(0, 300)
    edited = " ".join("new" if n % 25 == 0 else word for n, word in enumerate(story))
    added = " ".join([*words(900, 960), *story])
    told = [" ".join(story), edited, added, text(0, 170), text(500, 800)]
    assert grouped(told) == {frozenset(told[:4])}


def test_a_chain_of_texts_each_half_the_next_is_not_one_family():
    told = [text(start, start + 300) for start in range(0, 900, 100)]
    found = grouped(told)
    assert found
    for family in found:
        starts = sorted(int(one.split()[0][1:]) for one in family)
        assert starts[-1] - starts[0] <= 200


def test_a_brief_is_no_copy_of_the_long_report_that_it_opens():
    assert grouped([text(0, 400), text(0, 100)]) == set()
    assert grouped([text(0, 400), text(0, 180)]) != set()


def test_two_stories_that_one_digest_holds_are_not_joined_by_it():
    one, other, digest = text(0, 200), text(500, 690), text(0, 200) + " " + text(500, 690)
    assert grouped([one, other, digest]) == {frozenset([one, digest])}


def test_two_stories_that_quote_one_statement_are_no_family():
    said = f'"{text(0, 150)}", he said.'
    one, other = f"{text(200, 290)} {said}", f"{said} {text(400, 490)}"
    assert copied(shingles(one), shingles(other))
    assert not related(Text(one), Text(other))
    assert grouped([one, other]) == set()
    assert grouped([one, f"{one} {text(700, 720)}"]) != set()


@pytest.mark.parametrize("edited", ["Two words", "he was born in Marl in 1961"])
def test_short_texts_are_copies_of_their_like_only(edited):
    short = "he was born in Orlow in 1950"
    assert grouped([short, edited, "three other words"]) == set()
    assert grouped([short, short.upper()]) == {frozenset([short, short.upper()])}


def test_what_comes_out_does_not_depend_on_the_order_of_the_texts():
    chance = random.Random(3)
    told = []
    for story in range(0, 20_000, 1000):
        kept = words(story, story + 150)
        for _ in range(4):
            told.append(" ".join("x" if chance.random() < 0.06 else word for word in kept))
    first = grouped(told)
    assert len(first) == 20
    for _ in range(3):
        chance.shuffle(told)
        assert grouped(told) == first


def test_a_thousand_falsified_copies_are_one_family_and_few_pairs_are_looked_at():
    story = words(0, 120)
    told = [" ".join([*story[:at], f"false{n}", *story[at + 1 :]])
            for n in range(1000) for at in [n % 120]]  # fmt: skip
    told += [text(n, n + 120) for n in range(10_000, 60_000, 200)]
    signatures = np.stack([signature(shingles(one)) for one in told])
    assert len(candidates(signatures)) < 300 * len(told)  # all would be 500 times as many
    assert grouped(told) == {frozenset(told[:1000])}


def test_no_text_is_no_family():
    assert families(np.empty((0, 64), np.uint32), lambda rows: {}) == []
