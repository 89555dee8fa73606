"""Whether sentences say of another, or in another number, what a claim says."""

from __future__ import annotations

import pytest

from rag.conflicts import done_by_another, miscounted, told_elsewhere

LINES = (
    "Marine biologist Soraya Haddad said that its skin was burned.",
    '"It has eaten nothing in a week."',
    "The harbour master, Colin Tate, closed the bay to yachts until Sunday.",
    "He will open it again.",
)


@pytest.mark.parametrize(
    ("claim", "elsewhere"),
    [
        ("Soraya Haddad said that it has eaten nothing in a week.", False),
        ("Colin Tate said that it has eaten nothing in a week.", True),
        ("The office said that it has eaten nothing in a week.", False),
        ("The harbour master said that it has eaten nothing in a week.", True),
        ("The marine biologist said that it has eaten nothing in a week.", False),
        ("The minister said that it has eaten nothing in a week.", False),
        ("It has eaten nothing in a week.", False),
    ],
)
def test_words_that_the_sentence_before_gives_to_another_are_seen(claim, elsewhere):
    lines = (LINES[0], f'"It is bad," Haddad said. {LINES[1]}', *LINES[2:])
    assert told_elsewhere(claim, lines, [1]) == elsewhere


@pytest.mark.parametrize(
    ("claim", "another"),
    [
        ("Colin Tate closed the bay to yachts.", False),
        ("Soraya Haddad closed the bay to yachts.", True),
        ("Tate closed the bay to yachts.", False),
        ("Soraya Haddad opened the bay to boats.", False),
    ],
)
def test_what_only_another_does_is_seen(claim, another):
    assert done_by_another(claim, LINES, [2, 3]) == another


@pytest.mark.parametrize(
    ("claim", "held", "wrong"),
    [
        ("Four panels were stolen.", "Three painted panels were stolen in four minutes.", True),
        ("Three panels were stolen.", "Three painted panels were stolen in four minutes.", False),
        ("The council wanted twenty buses.", "It had nine buses; the council wanted 20.", False),
        ("All nine lines were shut.", "Seven of the city's nine lines were shut.", True),
        ("The city has nine lines.", "Seven of the city's nine lines were shut.", False),
        ("It won 47 seats.", "It takes 47 of 101 seats.", False),
        ("It paid $190 million.", "It paid $140 million for 190 mills.", True),
        ("It opened in 1871.", "It opened in 1817.", True),
        ("It was put off from 5 May.", "It was put off from 5 to 12 May.", False),
        ("It has 31 pupils.", "It has 54 pupils and won by 31 to 22.", True),
    ],
)
def test_a_number_of_one_thing_is_not_taken_for_that_of_another(claim, held, wrong):
    assert miscounted(claim, held) == wrong
