"""What counts as the same word, and as a word that tells anything."""

import pytest

from rag.words import shared, stem, terms


@pytest.mark.parametrize(
    "forms",
    [
        ("ferry", "ferries"),
        ("price", "prices", "priced"),
        ("move", "moves", "moved", "moving"),
        ("run", "runs", "running"),
        ("deploy", "deployed", "deployment"),
    ],
)
def test_the_forms_of_one_word_are_one(forms):
    assert len({stem(word) for word in forms}) == 1


def test_unlike_words_stay_apart():
    assert len({stem(word) for word in ("drone", "drought", "news", "новости", "2025")}) == 5


def test_a_sentence_in_other_forms_shares_its_words():
    assert shared(terms("The ferries carry passengers"), "Each ferry carried 120 passengers.") == 1
