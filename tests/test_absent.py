"""A question -> the names in it that no article has."""

from __future__ import annotations

import time

import pytest

from evals.run import indexed
from evals.suites import bundled, load
from index.snapshot import Snapshot
from rag import absent as room
from rag.absent import STRANGE, absent, strange
from rag.chain import Chain
from rag.similarity import Similarity
from tests.doubles import Sure, WordHashing, filled

FERRY = "The ferry Sela Dawn, bound for Port Ellin, was bought by O'Hara & Sons of Kelmar."
TRIAL = (
    "By Bea Morrow\n\nNATO's observers watched the F-16 trials at Kelmar, so did Russia. "
    "Jean-Luc Östrel stayed away from the U.S. jets of Müller. Zelensky had sold them."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    texts = {
        "a.txt": FERRY,
        "b.txt": TRIAL,
        "d.txt": "Author: Cara Nesbit\nDate: 2025-04-02\n\nThe mill at Visk was sold in Poland.",
        "c.txt": "Пьер уехал в Заречный Бор.",
    }
    return filled(tmp_path_factory.mktemp("absent"), texts)


def told(store, question, hits=()):
    with store.snapshot() as snapshot:
        return absent(question, hits, snapshot)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who bought the Sela Dawn?", []),
        ("Who bought the Sela Dusk?", ["Dusk"]),
        ("Who commands the fleet on the Moon or on Mars?", ["Moon", "Mars"]),
        ("How far is the Moon's edge from Kelmar's harbour?", ["Moon"]),
        ("what did Volodymyr Zelensky sell?", ["Volodymyr"]),
        ("Guernica was painted by whom?", []),
        ("Was it bought? Cheapest way to Kelmar", []),
        ("Did O'Hara, O’Hara or O'Brien buy it?", ["O'Brien"]),
        ("What did Jean-Luc see, what Jean-Paul?", ["Paul"]),
        ("When did the Russia-NATO war end?", []),
        ("Did the F-16 or the F-35 fly?", ["F-35"]),
        ("Did NATO's jets, NATO'S men and the EU watch? I ask for Östrel.", ["EU"]),
        ("How did the US and the UK answer?", ["UK"]),
        ("Did a Polish, a Korean or an Israeli watch?", ["Korean", "Israeli"]),
        ("Did the Turkish, the Saudi or the Russian Milan watch?", ["Turkish", "Saudi", "Milan"]),
        ("What happens if I'm late or I've lost it, and I'd pay?", []),
        ("What did Bea Morrow write on Tuesday, what in March?", []),
        ("What did Bea Marlow write?", ["Marlow"]),
        ("What did Cara Nesbit write of Dora Quist?", ["Dora", "Quist"]),
        ("What did Mr. Morrow say in St. Kelmar?", []),
        ("What did Mu\u0308ller sell to O\u0308strand?", ["Östrand"]),
        ("Tell me about the jets.\nDescribe the sale\n1) List the buyers 2) Explain it", []),
        ("How Many People Purchased Kelmar?", []),
        ("WHO PURCHASED THE SELA DUSK?", []),
        ("who bought the moon", []),
        ("Кто уехал в Заречном Бору?", []),
        ("A B C?", []),
        ('find "" AND* OR NEAR( Dusk', ["NEAR", "Dusk"]),
        ("What did Russia sell in 2031 and in 2025?", ["2031"]),
        ("Was it sold in 2024 or in 2026?", []),  # an article of 2025 may say "last year"
        ("Did 1500 workers strike?", []),
        ("", []),
    ],
)
def test_a_name_that_no_article_has_is_told(store, question, words):
    assert told(store, question) == words


@pytest.mark.parametrize(
    ("question", "is_strange"),
    [
        ("Who painted Guernica?", True),
        ("How far is the Moon from Kelmar?", True),
        ("Did Ana Quist or Zelensky sell them?", True),
        ("Who bought the Sela Dawn of Port Ellin?", False),
        ("Who bought the Sela Dusk?", False),  # Sela is known
        ("What did Volodymyr Zelensky sell?", False),
        ("What did Zelenskyy sell?", False),  # spelt otherwise
        ("What did Kelmer watch?", False),
        ("What does Observ watch?", False),  # the beginning of "observers"
        ("Who bought the moon?", False),
        ("Who bought the Sela Dawn in 2031?", True),
        ("Who bought the Sela Dawn in 2026?", False),
        ("", False),
    ],
)
def test_a_whole_name_that_no_article_has_makes_a_question_strange(store, question, is_strange):
    with store.snapshot() as snapshot:
        hits = snapshot.passages([1, 2, 3, 4])
        missing = absent(question, hits, snapshot)
        assert strange(question, missing, hits) is is_strange


def test_a_strange_question_is_the_less_likely_answered_the_less_it_was(store):
    ask = Chain(store, WordHashing(), Sure(0.9), threshold=0.3).ask
    known, strange_ = (ask(f"Who bought the ferry Sela Dawn of {x}?") for x in ("Kelmar", "Visby"))
    assert known.status == "answered" and known.confidence == 0.9
    assert strange_.status == "not_found"
    assert strange_.confidence == pytest.approx(9 / (9 + STRANGE))
    assert strange_.notices == ('No article has the word "Visby".',)


def test_what_a_passage_at_hand_has_is_not_looked_up(store):
    class Blind(Snapshot):
        def __init__(self) -> None: ...

        def says(self, phrase):
            raise AssertionError(phrase)

    with store.snapshot() as snapshot:
        hits = snapshot.passages([1, 2])
    assert absent("Who bought the Sela Dawn of Port Ellin?", hits, Blind()) == []
    with pytest.raises(AssertionError):
        absent("Who bought the Sel of Port Ellin?", hits, Blind())


def test_no_question_takes_long(store):
    began = time.process_time()
    for question in ("?" * 2000 + "x" + " Ab," * 490, "x " + "Ab " * 1300, "x" + "-A" * 1900):
        told(store, question[:4000])
    assert time.process_time() - began < 0.5


def test_a_page_of_names_is_looked_up_no_further_than_its_first(store):
    question = "Who met " + ", ".join(f"Nobody{n}" for n in range(500)) + "?"
    assert told(store, question) == [f"Nobody{n}" for n in range(room.MOST)]


def test_of_the_bundled_questions_only_unanswerable_ones_name_what_no_article_has():
    named = {True: 0, False: 0}
    for folder in bundled():
        suite = load(folder)
        with indexed(suite, WordHashing()) as held, held.snapshot() as snapshot:
            for question in suite.questions:
                named[bool(question.answers)] += bool(absent(question.question, [], snapshot))
    assert named[True] == 0 < named[False]


def test_the_answer_says_which_names_no_article_has(store):
    chain = Chain(store, WordHashing(), Similarity(WordHashing()), threshold=0.0)
    answer = chain.ask("Who bought the ferry Sela Dawn for Vessany, Torvia or Maravel?")
    assert answer.status == "answered"
    assert answer.notices == ('No article has the word "Vessany", "Torvia" or "Maravel".',)
    assert chain.ask("Who bought the Sela Dawn for Kelmar?").notices == ()
    missing = Chain(store, WordHashing(), Similarity(WordHashing()), threshold=1.1)
    answer = missing.ask("Who bought the ferry for Vessany?")
    assert answer.status == "not_found" and answer.notices == (
        'No article has the word "Vessany".',
    )
