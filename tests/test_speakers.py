"""A question for what somebody says is not answered by what somebody else says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from rag.chain import Chain
from rag.records import Evidence
from rag.speakers import NEAR, NOBODY, OTHER, others, speaks
from tests.doubles import Pointing, WordHashing, filled, hit


def asking(question: str) -> Callable[[Sequence[str], str], list[float]]:
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
        "How many lives did the earthquake claim in Arvenia?",
        "Why did the mayor of Quill call an election?",
        "How many tanks did Britain promise Norrland?",
        "When did Kiev confirm the strike?",
        "According to the saved articles, how old must voters be?",
        "According to the law, how old must voters be?",
        "What does the article say about prices?",
        "Do the articles say who won?",
        "Did anyone say why it sank?",
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
        ("How many did Otto claim that he had?", "Ada said nine.", OTHER),
        ("How many did Otto claim to have hit?", "Ada said nine.", OTHER),
        ("How many fell according to Otto in March?", "In March Ada said nine.", OTHER),
        ("According to Otto how many fell?", "Many fell, Otto said.", 0.0),
        # The name stands behind what one is.
        ("What did Ruiz say?", "“It is late,” said the flight director, Ana Ruiz.", 0.0),
        ("What did Ruiz say?", "“It is late,” said a grower, Otto Holm, on Monday.", OTHER),
        ("What did Otto say?", "“It is late,” said the mayor, adding that Otto knew.", OTHER),
        # As news speak of governments.
        ("What did Moscow say of the raid?", "The Russian ministry said that it failed.", 0.0),
        ("What did Moscow say of the raid?", "Kiev said that Moscow had lost it.", OTHER),
        ("What did the Kremlin deny?", "Moscow denied the raid.", 0.0),
        ("what did moscow say of the raid", "Russia said it failed.", 0.0),
        ("What did Tokyo say?", "Japan said that it was late.", 0.0),
        ("What did Japan say?", "The Japanese ministry said so.", 0.0),
        ("What did the US say?", "The United States said so.", 0.0),
        ("What did Washington say?", "The White House said so.", 0.0),
        ("What did Ukraine say?", "President Volodymyr Zelensky said so.", NOBODY),
        ("What did Ukraine say?", "Russian president Putin said so.", OTHER),
        # "The ministry" is not all of "the Norrland ministry".
        ("What did the Vessan ministry say?", "The Norrland ministry said so.", NOBODY),
        ("What does Ashgrove say it pays?", "Ashgrove pays one crown, the company said.", NEAR),
        ("What does Ashgrove say it pays?", "Ashgrove pays one crown, Ada Wren said.", OTHER),
    ],
)
def test_who_speaks_in_a_sentence(question, sentence, distance):
    assert asking(question)([sentence], "") == [distance]


def test_she_is_who_spoke_before():
    told = asking("What does Ada Wren say?")
    ada, otto, she = "Ada Wren said no.", "Otto said yes.", "She said that it was late."
    assert told([ada, she], "")[1] == 0.0
    assert told([otto, she], "")[1] == OTHER
    assert told([she], "")[0] == NOBODY


def test_an_adverb_is_no_speaker():
    told = asking("What does Ada Wren say?")
    for she in ("She later added that it was late.", "She firmly stated it.", "She again said so."):
        assert told(["Ada Wren said no.", she], "")[1] == 0.0, she
        assert told(["Otto Holm said no.", she], "")[1] == OTHER, she


def test_a_name_alone_is_whose_it_was_said_to_be():
    told = asking("How many were hurt, according to Turkey?")
    first = "Turkish coast guard commander Kemal Aydin came late."
    assert told([first, "Aydin said that nobody was hurt."], "")[1] == 0.0
    assert told(["Greek commander Kemal Aydin came.", "Aydin said that none was."], "")[1] == OTHER
    assert told(["Turkish ships met Kemal Aydin.", "Aydin said that none was."], "")[1] == NOBODY


def test_the_ministry_is_the_one_named_last():
    told = asking("According to Athens, how many were aboard?")
    greek, turkish = "The Greek Shipping Ministry came late.", "The Turkish Defence Ministry did."
    said = "According to the ministry, 27 were aboard."
    assert told([greek, said], "")[1] == 0.0
    assert told([turkish, greek, said], "")[2] == 0.0
    assert told([greek, turkish, said], "")[2] == OTHER
    assert told([said, greek], "")[0] == NOBODY


def test_a_name_in_what_is_said_does_not_make_it_theirs():
    told = asking("What did Athens say about the ambassador?")
    onder = "Foreign Ministry spokesman Onder Yilmaz came late."
    said = "Yilmaz said that Turkey will not recall its ambassador from Athens."
    assert told([onder, said], "")[1] == NOBODY
    assert told([f"Turkish {onder}", said], "")[1] == OTHER


def test_it_is_told_whose_words_were_asked_for_where_others_say_it():
    found = hit("It was late.", "Ada Wren said that it sank.", "Nobody came.")
    said = Evidence(found, found.sentences[1], None, 1.0)
    assert others("According to Otto Holm, did it sink?", said) == "Otto Holm"
    assert others("According to Ada Wren, did it sink?", said) is None
    assert others("Did it sink?", said) is None
    police = hit("Police said that it sank.", "Officials, however, said that it did not.")
    officials = Evidence(police, police.sentences[1], None, 1.0)
    assert others("According to Otto Holm, did it sink?", officials) == "Otto Holm"
    nobody = Evidence(found, found.sentences[2], None, 1.0)
    assert others("According to Otto Holm, who came?", nobody) is None


def test_what_goes_on_is_likely_of_who_spoke_or_of_whose_paper_it_is():
    told = asking("How many of its fighters does the Hill Front say fell?")
    front, others = "The Hill Front has left, its command said.", "The army said that it won."
    assert told([front, "Seven fell."], "")[1] == NEAR
    assert told([others, "Seven fell."], "")[1] == NOBODY
    assert told(["Seven fell."], "We left Hill Voice")[0] == NEAR
    assert told(["Seven fell."], "The Lantern")[0] == NOBODY


def test_an_answer_tells_that_others_say_it(tmp_path):
    text = "The ferry to Quill sank at noon, Ada Wren said.\nThe pier is closed.\n"
    store = filled(tmp_path, {"a.txt": text})
    encoder = WordHashing()
    chain = Chain(store, encoder, Pointing(encoder, ("at noon",)), threshold=0.0)
    notice = "As far as the articles show, others say this, not Otto Holm."
    assert notice in chain.ask("According to Otto Holm, when did the ferry to Quill sink?").notices
    assert notice not in chain.ask("When did the ferry to Quill sink?").notices
