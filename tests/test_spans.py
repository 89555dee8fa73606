"""The words in a sentence that are shown as its answer."""

from __future__ import annotations

import numpy as np
import pytest

from rag.spans import best_spans, closed, inside
from tests.doubles import hit

TEXT = 'It gave €90 billion ($102 billion) to “the front” and said "no more" of it (so far).'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("€90 billion", "€90 billion"),
        ("€90 billion ($102 billion", "€90 billion ($102 billion)"),
        ("€90 billion ($102", "€90 billion"),
        ("$102 billion)", "($102 billion)"),
        ("billion) to", "billion) to"),
        ("(so", "so"),
        ("the front”", "“the front”"),
        ("front”", "front"),
        ("“the", "the"),
        ('no more"', '"no more"'),
        ('said "no more', 'said "no more"'),
        ('more"', "more"),
        ("(", "("),
    ],
)
def test_no_bracket_or_quotation_is_cut(words, shown):
    start = TEXT.index(words)
    first, last = closed(TEXT, (start, start + len(words)), (0, len(TEXT)))
    assert TEXT[first:last] == shown


def test_blanks_without_end_are_gone_through_once():
    line = "THE FERRY" + " " * 300_000 + "- of Teshk."
    assert inside(hit(line)) == [(0, len(line))]
    assert inside(hit("KELMAR  (Wire)  -- Drones came.")) == [(19, 31)]


def test_a_mark_within_a_bracket_is_closed_with_it():
    text = 'They say (the "big one") now.'
    assert closed(text, (9, 18), (0, len(text))) == (10, 13)


def test_nothing_beyond_the_sentence_is_taken_in():
    text = "He left (at noon) by car."
    assert closed(text, (3, 16), (3, 16)) == (3, 7)


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("VANTOR - The guard has drones.", "The guard has drones."),
        ("VANTOR (Eastern Wire) — The guard has drones.", "The guard has drones."),
        ("PORT SABLE, Arvenia - The guard has drones.", "The guard has drones."),
        ("ANKARA, March 15, 2024 - Turkey has drones.", "Turkey has drones."),
        ("NATO — the alliance of 32 states — has drones.", None),
        ("USA - 12 medals.", None),
        ("IBM – long the leader – Sold it.", None),
        ("NATO makes drones - or buys them.", "NATO makes drones - or buys them."),
        ("Vantor - the guard has drones.", "Vantor - the guard has drones."),
        ("VANTOR -", "VANTOR -"),
    ],
)
def test_where_a_report_was_sent_from_is_never_pointed_at(sentence, read):
    found = hit("It rained.", sentence, "It rained again.")
    spans = inside(found)
    said = [found.quote[slice(*span)] for span in spans]
    assert said == ["It rained.", read or sentence, "It rained again."]


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("It cost £14.2m to build.", "2m", "£14.2m"),
        ("It cost £14.2m to build.", "£14", "£14.2m"),
        ("It cost 1,900 crowns.", "1", "1,900"),
        ("A run of 42km, at 3pm.", "42", "42km"),
        ("Some 5.5% of them left.", "5", "5.5%"),
        ("The F-35 came.", "35", "35"),
        ("Putin's drones came.", "Putin", "Putin"),
        ("The Lugansk plan failed.", "gansk", "Lugansk"),
        ("In 2021, five came.", "2021", "2021"),
        ("x" * 90 + " came", "x" * 90, "x" * 90),
    ],
)
def test_no_word_and_no_amount_is_cut(text, words, shown):
    start = text.index(words)
    logits = np.array([[0.0, 0.0], [5.0, 5.0], [0.0, 0.0]])
    offsets = [(0, 0), (start, start + len(words)), (0, 0)]
    (found,) = best_spans(text, logits, [0, 1, 1], offsets, [(0, len(text))])
    assert text[slice(*found.span)] == shown


def test_a_sentences_mass_is_that_of_all_its_spans_and_its_score_that_of_the_best():
    #            no answer  two tokens of one sentence  one of the next  closing mark
    logits = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [0.0, 0.0], [9.0, 9.0]])
    offsets = [(0, 0), (0, 1), (1, 2), (3, 4), (0, 0)]
    first, second = best_spans("ab c", logits, [0, 1, 1, 1, 1], offsets, [(0, 2), (3, 4)])
    assert (first.score, first.span) == (3.0, (0, 2))
    assert first.mass == pytest.approx(np.log(np.exp(1) + np.exp(3) + np.exp(2)))
    assert (second.score, second.mass) == (0.0, 0.0)
    assert first.odds == second.odds > first.mass
