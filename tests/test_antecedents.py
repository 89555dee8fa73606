"""Whom a pronoun, a short name or "the dam" stands for, and who says what is quoted."""

from __future__ import annotations

import pytest

from rag.antecedents import antecedent, as_there, meant, names, speaker

PAINTER = (
    "Liselotte Brandt, who painted piers, dies at 88",
    "Painter Liselotte Brandt died on Sunday in Ribe.",
    "In 1958 she married Henrik Falk, a photographer.",
    "She gave her last picture to a museum.",
    '"I never cared for faces," she told the Post.',
    '"A pier does not ask if it looks old."',
    "Brandt had three sons.",
)
PIER = (
    "The Merrin pier burned on Friday.",
    "The pier, which is 46 metres long, was built in 1871.",
    '"We will not rebuild it," said the town\'s engineer, Bridget Amory.',
    '"It was rotten. Nobody saw it.',
    'The sea did the rest," she said.',
)


def test_names_are_found_without_days_or_what_begins_a_sentence():
    found = [name.words for name in names("The mayor, Ada van Wren, left Ribe's fair on Sunday.")]
    assert found == [("Ada", "van", "Wren"), ("Ribe",)]
    assert [name.owns for name in names("Ada Wren met Otto Brill's son")] == [False, True]


@pytest.mark.parametrize(
    ("claim", "number", "there"),
    [
        ("Liselotte Brandt gave it away.", 3, "She gave it away."),
        ("Liselotte Brandt's last picture hangs here.", 3, "Her last picture hangs here."),
        ("Henrik Falk gave it away.", 3, "Henrik Falk gave it away."),
        ("Liselotte Brandt had three sons.", 6, "Brandt had three sons."),
        ("Jens Brandt had three sons.", 6, "Jens Brandt had three sons."),
        ("Liselotte Brandt said that a pier is old.", 5, "A pier is old."),
        ("Henrik Falk said that a pier is old.", 5, "Henrik Falk said that a pier is old."),
    ],
)
def test_a_claim_is_put_as_a_sentence_puts_it_only_where_that_is_meant(claim, number, there):
    assert as_there(claim, PAINTER, number) == there


def test_the_thing_stands_for_the_thing_that_was_named():
    assert as_there("The Merrin pier is long.", PIER, 1) == "The pier is long."
    assert as_there("The Ribe pier is long.", PIER, 1) == "The Ribe pier is long."


def test_a_pronoun_stands_for_whoever_was_named_last_as_a_subject():
    assert antecedent(PAINTER, 3, "She", 0) == ("Painter", "Liselotte", "Brandt")
    assert antecedent(PAINTER[:1], 0, "She", 0) == ("Liselotte", "Brandt")
    assert antecedent((), -1, "She", 0) == ()


def test_a_last_name_is_that_of_the_first_who_has_it():
    assert meant(("Brandt",), ("Liselotte", "Brandt"), PAINTER)
    assert not meant(("Brandt",), ("Jens", "Brandt"), PAINTER)
    assert meant(("Painter", "Liselotte", "Brandt"), ("Liselotte", "Brandt"), PAINTER)


def test_what_is_quoted_is_said_by_whoever_the_quote_names_before_or_behind_it():
    assert speaker(PAINTER, 5) == ("Painter", "Liselotte", "Brandt")
    assert speaker(PIER, 3) == ("Bridget", "Amory")
    assert speaker(PIER, 1) == ()
