"""Whether what is cited carries a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.support import unsupported

CITED = "The harbour office of Saltmere bought 1,900 lanterns for 2.5 million crowns in March 2024."


@pytest.mark.parametrize(
    "sentence",
    [
        CITED,
        "Saltmere's harbour office bought 1900 lanterns.",
        "In March 2024 the office bought lanterns for 2.5 million crowns.",
        "Lanterns were bought by the harbour office, in Saltmere.",
        "“Lanterns bought by Saltmere’s harbour office.",
    ],
)
def test_a_sentence_that_keeps_numbers_names_and_words_is_carried(sentence):
    assert unsupported(sentence, CITED) is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The harbour office bought 190 lanterns.", "the number 190"),
        ("The harbour office bought 19 lanterns.", "the number 19"),
        ("The office bought 1,900 lanterns for 25 million crowns.", "the number 25"),
        ("The office bought lanterns in 2023.", "the number 2023"),
        ("The harbour office of Quill bought lanterns.", "Quill"),
        ("The harbour office bought lanterns in April.", "April"),
        ("The harbour office bought lanterns from Torvia’s mill.", "Torvia"),
        ("Nobody knows why rain falls on quiet fields.", "most of its words"),
    ],
)
def test_another_number_name_or_matter_is_not_carried(sentence, reason):
    why = unsupported(sentence, CITED)
    assert why is not None and reason in why


@given(st.lists(st.from_regex(r"[A-Z]?[a-z]{2,9}|[0-9]{1,5}", fullmatch=True), min_size=1))
def test_a_sentence_carries_itself(words):
    assert unsupported(" ".join(words), " ".join(words)) is None


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(sentence, cited):
    why = unsupported(sentence, cited)
    assert why is None or why.endswith("not in what it cites")
