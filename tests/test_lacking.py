"""A word of the question that the article of its answer ought to have."""

from __future__ import annotations

import pytest

from evals.fit_words import loose
from evals.reader_pool import Asked
from rag.absent import lessened
from rag.chain import Chain
from rag.lacking import FILE, LACKING, lacking
from tests.doubles import Sure, WordHashing, filled

FERRY = (
    "Title: The ferry is back\nDate: 3 May 2024\n\n"
    "The ferry Sela Dawn of Kelmar was built in Tarn for nine million crowns. Ada Wren, its"
    " captain, said that 120 passengers had paid for the first crossing. The harbour governs it."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    other = "The referee of the match in Tarn gave nobody a card, and the players went home."
    return filled(tmp_path_factory.mktemp("lacking"), {"a.txt": FERRY, "b.txt": other})


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who is the captain of the ferry?", None),
        ("Who are the captains of the ferries?", None),
        ("Who was the referee on the ferry?", "referee"),
        ("What is the Weight of the ferry?", "Weight"),
        ("When did the crossing begin?", None),  # people say so whatever the article says
        ("What did the government of the harbour say?", None),  # it has "governs"
        ("Who was captain in 2024?", None),  # its date
        ("Who was captain in 2019?", "2019"),
        ("Кто капитан парома?", None),
        ("ferry referee", None),  # key words: of which language?
        ("Who was the referee on a boat at sea?", None),  # other words throughout
    ],
)
def test_a_word_that_an_answering_article_would_have_is_missed(store, question, word):
    with store.snapshot() as snapshot:
        (hit,) = snapshot.passages_of("a.txt")
        assert lacking(question, hit, snapshot) == word


def test_an_answer_is_the_less_sure_where_its_article_lacks_a_word(store):
    chain = Chain(store, WordHashing(), Sure(0.6))
    known = chain.ask("Who is the captain of the ferry Sela Dawn of Kelmar?")
    assert known.confidence == 0.6 and not known.notices
    asked = "Who was the architect of the ferry Sela Dawn of Kelmar?"
    lacks = chain.ask(asked)
    assert lacks.citations[0].place.path == "a.txt"
    assert [lacks.confidence] == lessened([0.6], LACKING) and lacks.doubtful
    told = 'Not sure that this answers the question: its article has no word "architect".'
    assert lacks.notices == (told,)
    sure = Chain(store, WordHashing(), Sure(0.9)).ask(asked)
    assert not sure.doubtful and not sure.notices


def test_of_two_questions_the_one_that_lacks_a_word_is_named(store):
    asked = "When was the ferry Sela Dawn built, and who was the architect of the ferry Sela Dawn?"
    answer = Chain(store, WordHashing(), Sure(0.6)).ask(asked)
    told = "Not sure that this answers: who was the architect of the ferry Sela Dawn?"
    assert answer.notices == (f'{told} Its article has no word "architect".',)
    assert answer.confidence == 0.6 and not answer.doubtful  # one of the two is answered


def test_odds_are_divided():
    assert lessened([], 3) == [] and lessened([0.0, 0.0], 3) == [0.0, 0.0]
    assert lessened([1.0, 0.5], 3) == [1.0, 0.5]
    assert lessened([0.9, 0.3], 3) == pytest.approx([9 / (9 + 3), 3 / (9 + 3)])


def test_words_that_answering_passages_lack_are_loose():
    def asked(question, context):
        return Asked("squad2", question, context, ((0, 3),))

    pool = [asked("When did the ferry begin?", "The ferry sailed at nine.")] * 3
    pool += [asked("When did the ferries sail?", "The ferry sailed at nine.")] * 30
    assert loose(pool) == ["begin"]
    assert loose([Asked("squad2", "When did it begin?", "It sailed.", ())] * 3) == []


def test_the_words_that_ship_are_in_order_and_each_once():
    words = FILE.read_text("utf-8").split()
    assert words == sorted(set(words)) and 1_000 < len(words) < 5_000
    assert {"begin", "get", "win"} <= set(words) and not {"captain", "salari"} & set(words)
