"""A question -> the names in it that no article has."""

from __future__ import annotations

import pytest

from evals.run import indexed
from evals.suites import bundled, load
from index.snapshot import Snapshot
from rag import absent as room
from rag.absent import absent
from rag.chain import Chain
from rag.similarity import Similarity
from tests.doubles import WordHashing, filled

FERRY = "The ferry Sela Dawn, bound for Port Ellin, was bought by O'Hara & Sons of Kelmar."
TRIAL = "NATO's observers watched the F-16 trials at Kelmar. Jean-Luc Östrel stayed away."


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    texts = {"a.txt": FERRY, "b.txt": TRIAL, "c.txt": "Пьер уехал в Заречный Бор."}
    return filled(tmp_path_factory.mktemp("absent"), texts)


def told(store, question, hits=()):
    with store.snapshot() as snapshot:
        return absent(question, hits, snapshot)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who bought the Sela Dawn?", []),
        ("Who bought the Sela Dusk?", ["Sela Dusk"]),
        ("Who commands the fleet on the Moon or on Mars?", ["Moon", "Mars"]),
        ("How far is the Moon's edge from Kelmar's harbour?", ["Moon"]),
        ("Guernica was painted by whom?", []),
        ("Was it bought? Cheapest way to Kelmar", []),
        ("Did O'Hara or O'Brien buy it?", ["O'Brien"]),
        ("What did Jean-Luc see, what Jean-Paul?", ["Jean-Paul"]),
        ("Did the F-16 or the F-35 fly?", ["F-35"]),
        ("Did NATO and the EU watch? I ask for Östrel.", ["EU"]),
        ("What did UAE's Minister say?", ["UAE", "Minister"]),
        ("Was On The Waterfront shown In Kelmar?", ["Waterfront"]),
        ("Wo ist der Nordhafen, and the Nordhafen?", ["Nordhafen"]),
        ("who bought the moon", []),
        ("WHO BOUGHT THE SELA DAWN?", []),
        ("Кто уехал в Заречном Бору?", []),
        ("A B C?", []),
        ("", []),
    ],
)
def test_a_name_that_no_article_has_is_told(store, question, names):
    assert told(store, question) == names


def test_what_a_passage_at_hand_has_is_not_looked_up(store):
    class Blind(Snapshot):
        def __init__(self) -> None: ...

        def lexical(self, terms, k, where=None):
            raise AssertionError(terms)

    with store.snapshot() as snapshot:
        hits = snapshot.passages([1, 2])
    assert absent("Who bought the Sela Dawn of Port Ellin?", hits, Blind()) == []
    with pytest.raises(AssertionError):
        absent("Who bought the Sel of Port Ellin?", hits, Blind())


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
    assert answer.notices == ("No article mentions Vessany, Torvia or Maravel.",)
    assert chain.ask("Who bought the Sela Dawn for Kelmar?").notices == ()
    missing = Chain(store, WordHashing(), Similarity(WordHashing()), threshold=1.1)
    answer = missing.ask("Who bought the ferry for Vessany?")
    assert answer.status == "not_found" and answer.notices == ("No article mentions Vessany.",)
