"""A question in a conversation -> one that stands alone, and one that does already as it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnoted.__main__ import main
from rag.chain import Chain
from rag.followups import alone, leans
from rag.similarity import Similarity
from tests.doubles import WordHashing, filled

TORVIA = "How many drones did Torvia launch in March?"


@pytest.mark.parametrize(
    ("history", "question", "stands"),
    [
        ([TORVIA], "How many of them were shot down?", "(drones Torvia launch March)"),
        ([TORVIA], "And in April?", "How many drones did Torvia launch in April?"),
        ([TORVIA], "What about Kelmar?", "How many drones did launch in March Kelmar?"),
        ([TORVIA], "Why?", "Why? (drones Torvia launch March)"),
        (["What was Operation Web?"], "What did Kelmar say about it?", "(Operation Web)"),
        ([TORVIA], "And according to Kelmar?", "launch in March, according to Kelmar?"),
        (
            ["According to Visk, how many fell?", "And according to Kelmar?"],
            "According to the mayor?",
            "how many fell, According to the mayor?",
        ),
        (["According to Visk, how many fell?"], "And according to Kelmar?", "how many fell, acc"),
        (
            ["How many fell according to Visk in March 2022?"],
            "And according to Kelmar?",
            "How many fell in March 2022, according to Kelmar?",
        ),
        (
            ["What did Visk say of the raid?"],
            "And according to Kelmar?",
            "What did Kelmar say of the raid?",
        ),
        ([TORVIA], "For which port?", "For which port? (drones Torvia launch March)"),
        ([TORVIA, "And in April?"], "Who said so?", "(drones Torvia launch April)"),
        (["Who runs Halden?", "How old is she?"], "And her deputy?", "(runs Halden)"),
    ],
)
def test_a_question_that_leans_takes_what_it_needs(history, question, stands):
    assert stands in alone(question, history)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ruta Senn say about the Mistle tunnel?",
        "And when will the Mistle tunnel open?",
        "Did Torvia say that it had lost them?",
        "How long do patients wait for an operation?",
    ],
)
def test_a_question_that_stands_by_itself_takes_nothing(question):
    assert alone(question, [TORVIA, "Who said so?"]) == question and not leans(question)


def test_without_a_past_every_question_stays():
    assert alone("And in April?", []) == "And in April?"


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_any_conversation_gives_a_question_without_raising(history, question):
    found = alone(question, history)
    assert found.strip() or not question.strip()


ARTICLES = {
    "a.txt": "Title: Torvia\n\nTorvia bought forty lanterns. The mayor of Torvia is Ana Holt.\n",
    "b.txt": "Title: Kelmar\n\nKelmar sold nine ferries. The mayor of Kelmar is Lev Brand.\n",
}


def test_the_answer_to_a_follow_up_is_about_what_was_asked_before(tmp_path):
    store = filled(tmp_path, ARTICLES)
    chain = Chain(store, WordHashing(), Similarity(WordHashing()), threshold=0.0)
    for town, mayor in (("Torvia", "Ana Holt"), ("Kelmar", "Lev Brand")):
        answer = chain.ask("And its mayor?", history=[f"What did {town} trade?"])
        assert mayor in answer.sentences[0].text and answer.question == "And its mayor?"


def test_a_line_of_a_batch_carries_its_past(tmp_path, capsys):
    store = filled(tmp_path, ARTICLES).folder
    file = tmp_path / "batch.jsonl"
    file.write_text(json.dumps({"id": 1, "question": "Who?", "history": "What?"}))
    assert main(["ask", "--batch", str(file), "--store", str(store)]) == 2
    told = capsys.readouterr().err
    assert told == f"footnoted: {file}, line 1: history must be a list of texts, not 'What?'\n"
