"""A question -> the same, slips of the finger mended."""

from __future__ import annotations

import pytest

from rag.chain import Chain
from rag.slips import mended
from tests.doubles import Sure, WordHashing, filled

FERRY = (
    "The foreign minister of Orlia opened the new ferry terminal. "
    "The government received 40 letters about the committee. Its dealers compete for the planners. "
    "The captain's career began in a harbour of Kelmar, where the terorism trial was. "
    "A plant stood by the paint."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    texts = {"a.txt": FERRY, "b.txt": "Der Hafen wurde gestern eröffnet."}
    return filled(tmp_path_factory.mktemp("slips"), texts)


def meant(store, question):
    with store.snapshot() as snapshot:
        return mended(question, snapshot)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("foriegn", "foreign"),
        ("minsiter", "minister"),
        ("goverment", "government"),
        ("comittee", "committee"),
        ("recieved", "received"),
        ("lettters", "letters"),
        ("capyain", "captain"),
        ("palnt", "plant"),  # not "paint": letters are swapped more often
        ("creer", "career"),  # no article says "cree"
        ("captian", "captain"),
    ],
)
def test_a_slip_of_the_finger_is_read_as_the_articles_word(store, slip, word):
    question, changed = meant(store, f"who was the {slip} there?")
    assert question == f"who was the {word} there?" and changed == {slip: word}


def test_the_first_word_keeps_its_capital_and_each_slip_is_mended(store):
    question, changed = meant(store, "Goverment letters: who recieved them?")
    assert question == "Government letters: who received them?"
    assert changed == {"Goverment": "Government", "recieved": "received"}


@pytest.mark.parametrize(
    "question",
    [
        "Who is dearer to the minister?",  # a word, though one slip from "dealer"
        "Who was the carer?",  # likewise "career"
        "What does the terorism trial cost?",  # the articles spell it so
        "Who leads the xovernment?",  # hardly anybody slips at the first letter
        "Who leads the parliment?",  # no article says "parliament"
        "Who is the Comittee?",  # a name
        "Who asked abuot it?",  # "about" finds nothing
        "Who is O'foriegn, xForiegn or foriegn-born?",
        "Mail to foriegn.minister@foriegn.or or see foriegn.or",
        "Wann wurde der Haffen eroffnet?",  # Hafen is no English word
        "wann wurde der hafen eroffnet",
        "who is he, the min?",
        "",
    ],
)
def test_what_is_a_word_or_a_name_or_stands_nowhere_is_left_alone(store, question):
    assert meant(store, question) == (question, {})


def test_what_was_mended_is_told(store):
    chain = Chain(store=store, encoder=WordHashing(), reader=Sure(0.9))
    answer = chain.ask("Who is the foriegn minister?")
    assert answer.notices[-1] == 'Read "foriegn" as "foreign".'
    assert answer.question == "Who is the foriegn minister?"
    assert chain.look("Who is the foriegn minister?").told == answer.notices[-1:]
    assert "Read" not in " ".join(chain.ask("Who is the foreign minister?").notices)


def test_of_a_pasted_page_only_the_first_few_unknown_words_are_looked_at(store):
    question, changed = meant(store, "qubaxz qubexz qubixz foriegn goverment comittee")
    assert question == "qubaxz qubexz qubixz foreign goverment comittee"
    assert changed == {"foriegn": "foreign"}
