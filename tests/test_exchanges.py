"""What a claim that mostly copies a sentence puts for its words."""

from __future__ import annotations

import pytest

from rag.agreement import words
from rag.exchanges import (
    adds,
    exchanged,
    opposed,
    other_number,
    other_things,
    puts_another,
    spelling,
)


def test_a_word_put_for_another_in_a_copied_sentence_is_seen():
    line = "The harbour office of Quill bought lanterns for the long pier."
    page = [words(line), words("The lamps were made by Orlow Glass.")]
    assert exchanged(words(line.replace("Quill", "Orlow")), page)
    assert exchanged(words(line.replace("lanterns", "engines")), page)
    assert not exchanged(words(line), page)
    assert not exchanged(words("Lanterns for the pier were bought by the harbour office."), page)
    assert not exchanged(words("Quill paid for new lights on its jetty."), page)  # in other words
    assert not exchanged(words("Quill"), [])
    (change,) = exchanged(words(line.replace("Quill", "Orlow")), page)
    assert change == ("orlow", "quill")


def test_texts_without_end_are_not_compared_word_by_word():
    long = ["drone", "sold", "iran"] * 2000
    assert exchanged(long, [long[1:]]) == [] and exchanged(["iran", "sold"], [long]) == []


def test_a_number_put_for_another_is_another_number():
    assert other_number("85", "240") and other_number("85 crew", "240 crew")
    assert not other_number("2", "two") and not other_number("crew", "240")


def _other(claim, sentence, cosine):
    changes = exchanged(words(claim), [words(sentence)])
    assert changes
    return other_things(changes, spelling(claim), spelling(sentence), lambda *pair: cosine)


def test_a_plain_word_is_another_thing_where_its_vector_is_far():
    line = "The harbour office of Quill bought lanterns for the long pier."
    assert not _other(line.replace("bought", "purchased"), line, cosine=0.9)
    assert _other(line.replace("bought", "painted"), line, cosine=0.3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Quill", "Orlow"),
        ("bought", "sold"),
        ("240", "85"),
        ("red", "blue"),
        ("long", "two"),
        ("long", "short"),
    ],
)
def test_names_numbers_and_known_opposites_are_other_things_however_near(old, new):
    line = "The harbour office of Quill bought 240 red lanterns for the long pier."
    assert _other(line.replace(old, new), line, cosine=0.99)


@pytest.mark.parametrize(
    ("claim", "added"),
    [
        ("Ada Marsh becomes mayor of Quill", True),
        ("Ada Marsh, a nurse, becomes mayor today", True),
        ("Ada Marsh becomes mayor in rain", False),
        ("Ada Marsh becomes mayor at 40", False),
        ("Ada Quist, 54, becomes mayor today", False),
    ],
)
def test_a_name_where_a_sentence_has_none_is_put_for_nothing(claim, added):
    line = "Ada Marsh, 54, becomes mayor today."
    changes = exchanged(words(claim), [words(line)])
    assert changes
    spelt = spelling(claim), spelling(f"The nurse was there. {line}")
    assert all(adds(*change, *spelt) for change in changes) == added
    assert any(
        puts_another(*change, *spelt) for change in changes if not adds(*change, *spelt)
    ) == (not added)


def test_a_spelling_is_lower_case_where_the_word_ever_is():
    assert spelling("Lanterns burned. Orlow sold lanterns to Quill.") == {
        "lantern": "lanterns", "burn": "burned", "orlow": "Orlow", "sold": "sold", "to": "to",
        "quill": "Quill",
    }  # fmt: skip


@pytest.mark.parametrize(
    "pair",
    [
        *("won lost", "bought sold", "north southern", "stayed left", "built destroyed"),
        *("faster slowly", "largest smaller", "higher lowest", "later earliest", "bigger small"),
    ],
)
def test_opposites_are_known_in_every_form(pair):
    new, old = words(pair)
    assert opposed(new, old) and opposed(old, new)


@pytest.mark.parametrize(
    "pair", ["north northern", "man men", "bought acquired", "leave left", "biggest large"]
)
def test_forms_of_one_word_are_no_opposites(pair):
    new, old = words(pair)
    assert not opposed(new, old)
