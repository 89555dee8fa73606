"""A question and its answer make one statement, where a rule can."""

from __future__ import annotations

import random

import pytest

from evals.claims import crossed, denied, of_articles, of_questions, reworded
from evals.reader_pool import Asked
from evals.statements import statement


@pytest.mark.parametrize(
    ("question", "answer", "before", "made"),
    [
        ("Who founded the abbey of Orr?", "Rollo", "", "Rollo founded the abbey of Orr."),
        ("What caused the flood?", "the storm", "", "The storm caused the flood."),
        ("When was the old pier built?", "1920", "", "The old pier was built in 1920."),
        ("When was Saltmere taken?", "3 May 1920", "", "Saltmere was taken on 3 May 1920."),
        ("Where was Ada Wren born?", "Quill", "was born at ", "Ada Wren was born at Quill."),
        ("When did Saltmere win the cup?", "in May", "", "Saltmere won the cup in May."),
        ("What did Marsh sell to the town?", "lamps", "", "Marsh sold lamps to the town."),
        ("How many lamps did Marsh buy?", "240", "", "Marsh bought 240 lamps."),
        ("How many people live in Orr?", "900", "", "900 people live in Orr."),
        ("What is the name of the ferry?", "Heron", "", "The name of the ferry is Heron."),
    ],
)
def test_question_and_answer_make_a_statement(question, answer, before, made):
    assert statement(question, answer, before) == made


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Why did the pier fall?", "rot"),  # no form for a cause
        ("Where was Ada Wren born?", "Quill"),  # nothing says whether "in" or "at"
        ("What was the lamp used for?", "fishing"),  # it hangs on its last word
        ("Who founded it?", " "),
        ("What did the keeper of the lamps on the pier sell?", "oil"),  # who ends where?
    ],
)
def test_where_no_rule_is_sure_nothing_is_made(question, answer):
    assert statement(question, answer) is None


def test_a_sentence_is_reworded_denied_and_crossed_with_another():
    rng = random.Random(1)
    assert reworded("But the pier wasn't sold.", rng) == "The pier was not sold."
    assert denied("The pier was sold.") == "The pier was not sold." and denied("It fell.") is None
    one, other = "The mayor opened the pier.", "Two ferries collided off the long mole."
    assert crossed(one, other) == "The mayor collided off the long mole."
    assert crossed(one, one) is None


def test_claims_of_an_article_are_held_against_it_or_what_lacks_them():
    pier = [f"The harbour office of Saltmere bought {n} lanterns in the spring." for n in range(9)]
    goats = [f"The {n} goats of Kelmar were counted by two patient herdsmen." for n in range(9)]
    made = list(of_articles([("pier", pier), ("goats", goats)], random.Random(3)))
    assert {m.kind for m in made} >= {"sentence", "reworded", "swapped", "left out"}
    for claim in made:
        lines = claim.text.split("\n")
        if claim.kind in ("sentence", "joined"):
            assert claim.true and claim.claim.split(". ")[0].rstrip(".") in claim.text
        if claim.kind in ("left out", "elsewhere"):
            assert not claim.true and claim.claim not in lines
    assert made == list(of_articles([("pier", pier), ("goats", goats)], random.Random(3)))


def test_claims_of_a_question_are_true_of_its_context_alone():
    towns = ("Saltmere", "Kelmar", "Torvia", "Orr")
    asked = []
    for town in towns:
        context = f"In {town} the lamps were lit. Ada Wren built the pier of {town} for 90 crowns."
        start = context.index("Ada")
        span = (start, start + len("Ada Wren"))
        asked.append(Asked("squad2", f"Who built the pier of {town}?", context, (span,)))
    made = list(of_questions(asked, 4, random.Random(2)))
    true = [m for m in made if m.true]
    assert {m.claim for m in true} == {f"Ada Wren built the pier of {town}." for town in towns}
    assert all(m.group in m.text for m in true)
    assert {"swapped", "left out"} & {m.kind for m in made if not m.true}
    assert all(m.claim not in m.text for m in made if not m.true)
