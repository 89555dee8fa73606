"""A question for what somebody says is not answered by what somebody else says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from rag.records import Evidence
from rag.speakers import NEAR, NOBODY, OTHER, others, speaks
from tests.doubles import hit


def asking(question: str) -> Callable[[Sequence[str], int, str], float]:
    told = speaks(question)
    assert told is not None
    return told


def test_a_question_for_nobodys_words_has_no_speaker():
    for question in (
        "How many drones did Iran sell?",
        "According to the article, who won?",
        "How much did the state lose to smugglers?",
        "What does it say on the door?",
        "who said that the sun is cold",
    ):
        assert speaks(question) is None, question


@pytest.mark.parametrize(
    ("question", "sentence", "distance"),
    [
        ("What did Otto say of it?", "Otto said that it was late.", 0.0),
        ("What did Otto say of it?", "Ada said that Otto was late.", OTHER),
        ("What did Otto say of it?", "It was late.", NOBODY),
        ("How late was it, according to Otto?", "It was late, according to Ada Wren.", OTHER),
        ("According to Otto, how late was it?", "According to Otto Holm, it was late.", 0.0),
        ("How late is it in Otto's view?", "It was late, the pilot, Otto Holm, said.", 0.0),
        ("In the words of the mayor, was it late?", "It is, says the mayor, Ada Wren.", 0.0),
        ("By the police's count, how many came?", "The police spoke of 90, the union of 900.", 0.0),
        ("By the union's count, how many came?", "The police spoke of 90.", OTHER),
        ("What has the ministry denied?", "The ministry, which is new, denies the raid.", 0.0),
        ("What does Otto claim?", '"It is late," said Otto Holm.', 0.0),
        ("What does Otto claim?", "Otto is said to be late.", NOBODY),
        ("What did the US say?", "The United States sold drones to the states.", NOBODY),
        ("What did Otto say?", "Otto called on the states that bought it.", 0.0),
        ("What did Otto say of drones?", "In recent reports on drones Otto is late.", NOBODY),
        ("What did Otto say?", "Otto urged the states that bought it to wait.", 0.0),
        ("What did Otto say?", "Ada condemned the raid.", OTHER),
        ("What did Otto say?", "Ada dismissed the report, and Otto recalled another.", 0.0),
        # As news speak of governments.
        ("What did Moscow say of the raid?", "The Russian ministry said that it failed.", 0.0),
        ("What did Moscow say of the raid?", "Kiev said that Moscow had lost it.", OTHER),
        ("What did the Kremlin deny?", "Moscow denied the raid.", 0.0),
        ("what did moscow say of the raid", "Russia said it failed.", 0.0),
        # "The ministry" is not all of "the Norrland ministry".
        ("What did the Vessan ministry say?", "The Norrland ministry said so.", NOBODY),
        ("What does Ashgrove say it pays?", "Ashgrove pays one crown, the company said.", NEAR),
        ("What does Ashgrove say it pays?", "Ashgrove pays one crown, Ada Wren said.", OTHER),
    ],
)
def test_who_speaks_in_a_sentence(question, sentence, distance):
    assert asking(question)([sentence], 0, "") == distance


def test_she_is_who_spoke_before():
    told = asking("What does Ada Wren say?")
    ada, otto, she = "Ada Wren said no.", "Otto said yes.", "She said that it was late."
    assert told([ada, she], 1, "") == 0.0
    assert told([otto, she], 1, "") == OTHER
    assert told([she], 0, "") == NOBODY


def test_an_adverb_is_no_speaker():
    told = asking("What does Ada Wren say?")
    for she in ("She later added that it was late.", "She firmly stated it.", "She again said so."):
        assert told(["Ada Wren said no.", she], 1, "") == 0.0, she
        assert told(["Otto Holm said no.", she], 1, "") == OTHER, she


def test_a_name_alone_is_whose_it_was_said_to_be():
    told = asking("How many were hurt, according to Turkey?")
    first = "Turkish coast guard commander Kemal Aydin came late."
    assert told([first, "Aydin said that nobody was hurt."], 1, "") == 0.0
    assert told(["Greek commander Kemal Aydin came.", "Aydin said that none was."], 1, "") == OTHER
    assert told(["Turkish ships met Kemal Aydin.", "Aydin said that none was."], 1, "") == OTHER


def test_it_is_told_whose_words_were_asked_for_where_others_say_it():
    found = hit("It was late.", "Ada Wren said that it sank.", "Nobody came.")
    said = Evidence(found, found.sentences[1], None, 1.0)
    assert others("According to Otto Holm, did it sink?", said) == "Otto Holm"
    assert others("According to Ada Wren, did it sink?", said) is None
    assert others("Did it sink?", said) is None
    nobody = Evidence(found, found.sentences[2], None, 1.0)
    assert others("According to Otto Holm, who came?", nobody) is None


def test_what_goes_on_is_likely_of_who_spoke_or_of_whose_paper_it_is():
    told = asking("How many of its fighters does the Hill Front say fell?")
    front, others = "The Hill Front has left, its command said.", "The army said that it won."
    assert told([front, "Seven fell."], 1, "") == NEAR
    assert told([others, "Seven fell."], 1, "") == NOBODY
    assert told(["Seven fell."], 0, "We left Hill Voice") == NEAR
    assert told(["Seven fell."], 0, "The Lantern") == NOBODY
