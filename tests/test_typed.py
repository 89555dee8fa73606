"""Questions of the pool as people type them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.reader_pool import Asked, Example
from evals.typed import key_words, slipped, typed

LANTERNS = "How many lanterns did the harbour office of Quill buy?"
FERRY = "Who sank the ferry off the long mole?"
TEXT = "The harbour office of Quill bought 240 lanterns. Ada Holm sank the ferry off the mole."
ASKED = [
    Asked("squad2", LANTERNS, TEXT, ((TEXT.index("240"), TEXT.index("240") + 3),)),
    Asked("squad2", FERRY, TEXT, ((TEXT.index("Ada"), TEXT.index(" sank")),)),
]


@pytest.mark.parametrize("seed", range(20))
def test_key_words_keep_what_the_question_is_about_and_drop_the_rest(seed):
    words = key_words(LANTERNS, random.Random(seed)).split()
    about = ["lanterns", "harbour", "office", "Quill", "buy"]
    assert [word for word in words if word in about] == about
    assert not {"did", "the", "of", "buy?"} & set(words) - {"of"}
    assert set(words) - set(about) <= {"number", "of", "how", "many"}


def test_a_question_of_one_word_is_not_cut_down():
    assert key_words("Who was it?", random.Random(1)) == ""
    assert key_words("Why did it burn?", random.Random(1)) == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who did not sign the treaty of Quill?", {"not", "sign", "treaty", "Quill"}),
        ("Who ruled Kelmar before Ada Holm?", {"ruled", "Kelmar", "before", "Ada", "Holm"}),
        ("What did the man who shot Ada say?", {"man", "shot", "Ada"}),
        ("What happened when the ferry sank?", {"happened", "ferry", "sank"}),
    ],
)
def test_key_words_ask_what_was_asked(question, said):
    for seed in range(20):
        words = set(key_words(question, random.Random(seed)).split())
        assert said <= words <= said | {"name", "who", "when"}


def test_the_talk_is_alike_in_both_halves_and_says_nothing_that_either_says():
    swapped = LANTERNS.replace("Quill", "Visk")
    beside = [*ASKED, Asked("squad2", "Which ferries does Quill paint, and Visk?", TEXT, ())]
    pairs = [(Example(LANTERNS, TEXT, (0, 3)), Example(swapped, TEXT, None))] * 400
    talks = [
        tuple(half.question.partition("? ")[2] for half in pair)
        for pair in typed(pairs, beside, 3)
        if pair[0].question.endswith(")")
    ]
    assert set(talks) == {("(sank ferry mole)",) * 2, ("(ferries paint)",) * 2}


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_is_one_letter_lost_or_two_exchanged(seed):
    slip = slipped(FERRY, random.Random(seed))
    lost = [FERRY[:at] + FERRY[at + 1 :] for at in range(len(FERRY))]
    turned = [
        FERRY[:at] + FERRY[at + 1] + FERRY[at] + FERRY[at + 2 :] for at in range(len(FERRY) - 1)
    ]
    assert slip in [*lost, *turned] and slip != FERRY
    assert slipped("Who is it?", random.Random(seed)) == ""


def test_both_halves_of_a_pair_are_typed_in_one_way_and_most_stay():
    swapped = LANTERNS.replace("Quill", "Visk")
    pairs = [(Example(LANTERNS, TEXT, (0, 3)), Example(swapped, TEXT, None))] * 400
    made = list(typed(pairs, ASKED, 3))
    assert len(made) == 400
    alike = [wrong.question.replace("Visk", "Quill") == right.question for right, wrong in made]
    assert 370 <= sum(alike) < 400  # a slip may lie in the name
    for right, wrong in made:
        assert (right.text, right.answer, wrong.answer) == (TEXT, (0, 3), None)
    left = sum(right.question == LANTERNS for right, _ in made)
    talk = sum(right.question.startswith(LANTERNS + " (") for right, _ in made)
    keys = sum("?" not in right.question for right, _ in made)
    assert 260 <= left <= 330 and 20 <= talk <= 60 and 35 <= keys <= 80
    assert made == list(typed(pairs, ASKED, 3))


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 50))
def test_no_question_breaks_it(question, before, seed):
    asked = [Asked("squad2", q, "c", ()) for q in (question, before)]
    example = Example(question, "c", None)
    assert len(list(typed([(example, example)] * 5, asked, seed))) == 5
