"""A question that asks several things -> questions that ask one each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chain import Chain
from rag.compound import MOST, apart
from rag.similarity import Similarity
from rag.writer import Claim, Draft, Quoting
from tests.doubles import WordHashing, filled


def asked(question: str, *history: str) -> list[str]:
    return [part.alone for part in apart(question, history)]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How many ferries does Greave run, and where is its yard?",
            ["How many ferries does Greave run?", "where is its yard? (ferries Greave run)"],
        ),
        (
            "Who leads the Halden works and how many people were on the night shift?",
            [
                "Who leads the Halden works?",
                "how many people were on the night shift? (Halden)",
            ],
        ),
        (
            "When and where did the Anna sink?",
            ["When did the Anna sink?", "where did the Anna sink?"],
        ),
        (
            "How many men and which ships were lost off Quill?",
            ["How many men were lost off Quill?", "which ships were lost off Quill?"],
        ),
        (
            "Who sailed to Quill and who else sailed to Visk?",
            ["Who sailed to Quill?", "who else sailed to Visk?"],
        ),
        ("How many died? And who was to blame?", ["How many died?", "who was to blame? (died)"]),
        (
            "How far is Kelmar from Brannock and from Visk?",
            ["How far is Kelmar from Brannock?", "How far is Kelmar from Visk?"],
        ),
        (
            "How many fell according to Kelmar and according to the Old Port?",
            ["How many fell according to Kelmar?", "How many fell according to the Old Port?"],
        ),
        (
            "Who are the mayors of Kelmar and the Old Port?",
            ["Who are the mayors of Kelmar?", "Who are the mayors of the Old Port?"],
        ),
        (
            "How many died and how many houses fell in Cyclone Ada?",
            ["How many died? (Cyclone Ada)", "how many houses fell in Cyclone Ada?"],
        ),
        (
            "How many walked out according to the union and according to the company?",
            [
                "How many walked out according to the union?",
                "How many walked out according to the company?",
            ],
        ),
        (
            "How much is spent on health and on national defence?",
            ["How much is spent on health?", "How much is spent on national defence?"],
        ),
    ],
)
def test_what_asks_two_things_is_two_questions(question, parts):
    assert asked(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who sold bread and butter?",
        "Who won and by how much?",  # the same sentence tells it
        "Who was hurt, and when?",
        "Did he work by day and by night?",
        "What does he spend on bread and butter?",
        'Who wrote "What We Sold and What We Kept"?',
        "Who wrote What We Sold and What We Kept?",
        "Who runs the Bank of Kelmar and Visk?",
        "What lies between Kelmar and Visk?",
        "What did Procter and Gamble sell?",
        "Did anyone ask who paid and why?",
        "Did the general who resigned and who now lives abroad speak?",
        "What did the man who shot Ada Holm and who fled say?",
        "How did Kelmar and Visk answer?",
        "Ada Holm and which other skipper sailed to Quill?",
        "Ada Holm and who else sailed to Quill?",
        "Ada Holm and which two other skippers sailed to Quill?",
        "When did Ada Holm and who else sail to Quill?",
        "?",
        "and what",
    ],
)
def test_what_asks_one_thing_stays_as_it_is(question):
    (part,) = apart(question)
    assert part.typed == part.alone == question


def test_three_parts_at_most_and_the_last_keeps_the_rest():
    parts = asked("Who came; who left; what was said, and why did Ada Holm weep?")
    assert len(parts) == MOST
    assert parts[-1].startswith("what was said, and why did Ada Holm weep?")


def test_each_part_takes_from_the_conversation_what_it_leans_on():
    parts = asked("Who is the mayor there, and how old is he?", "What burned in the port of Teshk?")
    assert len(parts) == 2
    assert all("Teshk" in part for part in parts)


@given(st.text(max_size=500))
def test_no_text_breaks_it_and_something_is_always_asked(question):
    parts = apart(question)
    assert 1 <= len(parts) <= MOST
    if len(parts) == 1:
        assert parts[0].typed == question


def test_a_long_text_is_taken_whole_and_at_once():
    began = time.process_time()
    assert len(apart("In A and " * 20_000 + "who ran, and who fell?")) == 1
    assert len(apart("of A B C D E F G H I J " * 17 + "and of A")) <= MOST
    assert time.process_time() - began < 2


LANTERNS = "The harbour office bought 240 lanterns for the long pier."
FERRY = "The night ferry to Quill island carries 85 passengers."
LIT = "how many lanterns did the harbour office buy"
BOTH = "How many lanterns did the harbour office buy, and how many passengers does the ferry carry?"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("compound"), {"a.txt": LANTERNS, "b.txt": FERRY})


def chained(store, threshold=0.2, **writer):
    return Chain(store, WordHashing(), Similarity(WordHashing()), threshold=threshold, **writer)


def test_both_answers_are_shown_each_with_its_own_mark(store):
    answer = chained(store).ask(BOTH)
    assert {s.text for s in answer.sentences} == {LANTERNS, FERRY}
    assert [s.marks for s in answer.sentences] == [(1,), (2,)]
    assert [c.mark for c in answer.citations] == [1, 2]
    assert answer.notices == ()


def test_the_surer_answer_comes_first_whatever_was_asked_first(store):
    unsure = "how many people sail the ferry"
    for question in (f"{LIT}, and {unsure}?", f"{unsure}, and {LIT}?"):
        look = chained(store).look(question)
        assert len({one.confidence for one in look.found}) == 2
        answer = chained(store, 0.0).ask(question)
        assert [s.text for s in answer.sentences] == [LANTERNS, FERRY]
        assert answer.sentences[0].marks == (1,)


def test_a_part_that_is_not_found_is_told_beside_the_one_that_is(store):
    answer = chained(store, 0.3).ask(f"Who minted zinc tariffs, and {LIT}?")
    assert answer.status == "answered"
    assert [s.text for s in answer.sentences] == [LANTERNS]
    assert answer.notices == ("Not found in the articles: Who minted zinc tariffs?",)
    look = chained(store).look(BOTH)
    assert answer.confidence <= 1 and look.confidence == max(one.confidence for one in look.found)


class Split(Similarity):
    """Similarity that doubts all it says of the ferry."""

    doubt = 0.5

    def chances(self, question, evidence):
        return [0.4 if "ferry" in question else 0.8] * len(evidence)


def test_of_two_parts_the_one_that_is_unsure_is_told(store):
    chain = Chain(store, WordHashing(), Split(WordHashing()), threshold=0.3)
    answer = chain.ask(BOTH)
    assert [s.text for s in answer.sentences] == [LANTERNS, FERRY]
    told = "Not sure that this answers: how many passengers does the ferry carry?"
    assert answer.notices == (told,) and not answer.doubtful  # the other part is sure


def test_where_no_part_is_found_the_nearest_of_each_are_shown(store):
    answer = chained(store, 1.1).ask(BOTH)
    assert answer.status == "not_found" and answer.notices == ()
    assert {c.place.quote for c in answer.nearest} == {LANTERNS, FERRY}


def test_a_passage_is_found_once_however_many_parts_find_it(store):
    hits = chained(store).search(BOTH)
    assert sorted(hit.path for hit in hits) == ["a.txt", "b.txt"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


class Telling(Quoting):
    """Quoting that says its best sentence aloud first, as a chat model would."""

    def write(self, question, evidence, chances):
        yield from evidence[0].text.split()[:2]
        yield Draft((Claim(evidence[0].text, (0,)),), tuple(evidence), quoted=True)


def test_what_is_streamed_of_two_parts_does_not_run_together(store):
    pieces = list(chained(store, writer=Telling()).stream(BOTH))
    said = "".join(piece for piece in pieces if isinstance(piece, str))
    assert said.count(" ") == 1 and {said.split()[0], said.split()[1]} == {"Theharbour", "Thenight"}


def test_one_sentence_that_answers_both_parts_is_shown_once(store):
    answer = chained(store, 0.0).ask("Who bought lanterns and where are the lanterns of the pier?")
    assert len({s.text for s in answer.sentences}) == len(answer.sentences)
