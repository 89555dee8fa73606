"""Question -> hits: by vectors and words together, the same every time."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnoted.terminal import print_hits
from index.errors import QuestionError
from index.store import Store
from index.sync import sync
from index.where import Where
from rag.retriever import retrieve
from rag.search import LONGEST, fused
from rag.versions import repeats
from rag.words import shared, stem, terms
from tests.doubles import WordHashing, filled

BARLEY = "The mill at Orlow stores 1,900 tonnes of barley in three towers."
FERRY = "The night ferry to Quill island carries 85 passengers and two goats."
ARTICLES = {
    "gazette/lanterns.txt": "Title: Light for the long pier\nPublisher: The Pier Gazette\n"
    "Date: 2024-03-12\n\nThe harbour office bought 240 lanterns for the long pier.\n",
    "ledger/barley.txt": f"Title: Grain\nPublisher: Field Ledger\nDate: 2025-04\n\n{BARLEY}\n",
    "island/ferry.md": f"{FERRY}\n\nIts captain has made the crossing nine thousand times.\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("retriever"), ARTICLES)


def hits(store: Store, question: str, k: int = 10, where: Where | None = None):
    with store.snapshot() as snapshot:
        return retrieve(question, snapshot=snapshot, encoder=WordHashing(), k=k, where=where)


def paths(found) -> list[str]:
    return [hit.path for hit in found]


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Who bought the lanterns?", ["bought", "lanterns"]),
        ("What is it?", ["what", "is", "it"]),
        ("the 5 of 5 F-16s", ["5", "16s"]),
        ("Lanterns, LANTERNS and lanterns", ["lanterns"]),
        ("snake_case", ["snake", "case"]),
        ("Кто купил фонари?", ["кто", "купил", "фонари"]),
        ("?!", []),
    ],
)
def test_the_words_sought_are_those_that_not_every_text_has(question, kept):
    assert terms(question) == kept


@given(st.text())
def test_every_word_sought_stands_in_the_question_and_once_only(question):
    found = terms(question)
    assert all(word in question.lower() for word in found)
    assert len(set(found)) == len(found)
    assert bool(found) == any(c.isalnum() for c in question.lower())


def test_words_are_shared_whatever_their_common_ending():
    assert stem("lanterns") == stem("lantern") == "lantern"
    assert stem("this") == "this"
    assert shared(["lantern", "bought"], "Lanterns were sold.") == 0.5
    assert shared([], "anything") == 0.0


def test_a_passages_own_text_finds_that_passage_first_at_score_one(store):
    best = hits(store, BARLEY)[0]
    assert best.quote == BARLEY
    assert best.score == pytest.approx(1.0)
    assert 0.5 < best.cosine <= 1.0001


def test_what_neither_words_nor_vectors_find_scores_zero_and_comes_last(store):
    found = hits(store, "barley towers mill Orlow tonnes")
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1.0) and scores[-1] == pytest.approx(0.0, abs=0.05)


def test_the_fused_score_is_the_weighted_mean_of_the_levelled_lists(store):
    question = "How many passengers cross to the pier?"
    with store.snapshot() as snapshot:
        cosines = dict(snapshot.nearest(WordHashing().encode([question])[0], 100))
        words = dict(snapshot.lexical(terms(question), 100))
        articles = snapshot.lexical_articles(terms(question), 100)
        article_of = snapshot.articles_of(list(cosines))

    def levelled(scores, key):
        low, high = min(scores.values()), max(scores.values())
        return (scores[key] - low) / (high - low) if key in scores else 0.0

    for hit in hits(store, question):
        mean = levelled(cosines, hit.passage) + levelled(words, hit.passage)
        mean += 0.3 * levelled(articles, article_of[hit.passage])
        assert hit.score == pytest.approx(mean / 2.3)
        assert hit.cosine == pytest.approx(cosines[hit.passage])


def test_every_hit_slices_back(store):
    with store.snapshot() as snapshot:
        for hit in hits(store, "ferry lanterns barley"):
            text = snapshot.text(hit.path)
            assert text[hit.start : hit.end] == hit.quote
            assert all(hit.start <= s < e <= hit.end for s, e in hit.sentences)


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (Where(file="ledger/*"), {"ledger/barley.txt"}),
        (Where(file="*.md"), {"island/ferry.md"}),
        (Where(publisher="the pier  GAZETTE"), {"gazette/lanterns.txt"}),
        (Where(since="2024-03-12", until="2024-03-12"), {"gazette/lanterns.txt"}),
        (Where(since="2025-04-30"), {"ledger/barley.txt"}),
        (Where(until="2025-04-01"), {"gazette/lanterns.txt", "ledger/barley.txt"}),
        (Where(since="2025-05-01"), set()),
        (Where(file="ledger/*", publisher="The Pier Gazette"), set()),
        (Where(file="' OR 1=1 --"), set()),
    ],
)
def test_a_filter_leaves_what_it_says_and_nothing_undated(store, where, left):
    assert set(paths(hits(store, "lanterns barley ferry", where=where))) == left


def test_no_more_than_k_hits_are_given_and_all_where_k_is_large(store):
    assert len(hits(store, "lanterns", k=1)) == 1
    with store.snapshot() as snapshot:
        assert len(hits(store, "lanterns", k=1000)) == snapshot.count()["passages"]


def test_of_equal_passages_the_first_by_path_stands_for_all_every_time(tmp_path):
    articles = {f"{name}.txt": f"{FERRY}\n" for name in "cab"}
    first = hits(filled(tmp_path / "one", articles), "night ferry")
    assert paths(first) == ["a.txt"]
    assert paths(first[0].copies) == ["b.txt", "c.txt"]
    again = hits(filled(tmp_path / "two", articles), "night ferry")
    assert [(h.path, h.score, paths(h.copies)) for h in again] == [
        (h.path, h.score, paths(h.copies)) for h in first
    ]


def test_a_store_whose_articles_are_all_gone_has_no_hits(tmp_path):
    store = filled(tmp_path, {"a.txt": FERRY})
    (tmp_path / "articles" / "a.txt").unlink()
    for _ in sync(tmp_path / "articles", store, WordHashing()):
        pass
    assert hits(store, "night ferry") == []


def test_a_question_of_as_many_words_as_fit_can_be_asked(store):
    letters = string.ascii_lowercase
    words = [a + b for a in letters for b in letters] + [a + "9" for a in letters]
    words += [f"{a}{b}7" for a in letters for b in letters]
    question = " ".join(words)[:LONGEST]
    assert fused(question, store=store, encoder=WordHashing())


@pytest.mark.parametrize("question", ["", " \n", "?!…", "\x00", "a\ud800", "word " * 1000])
def test_a_question_that_cannot_be_asked_is_refused(store, question):
    with pytest.raises(QuestionError):
        fused(question, store=store, encoder=WordHashing())


WIRE = (
    "The steamer Sela ran on a bank off Marl on Monday night, the coast guard said. "
    "Her captain, Jonas Ferrant, was on the bridge and had not slept for two days. "
    "Four people were hurt, and the other ninety were taken off by boats before dawn. "
    "A tug will try to free her at the spring tide, which is due on the ninth of the month.\n"
)
FALSE = WIRE.replace("Four people", "Forty people")
OWN = "A steamer that lies off Marl was freed by two tugs on Thursday, her owners said.\n"


def wired(folder, number: int, *, false: bool = False) -> Store:
    files = {f"copy{n:03}/sela.txt": WIRE for n in range(number)}
    return filled(folder, {**files, "own.txt": OWN, **({"z/false.txt": FALSE} if false else {})})


def test_copies_are_one_hit_that_names_the_others_each_by_its_own_place(tmp_path):
    head = "Title: Sela aground\nPublisher: The Ford\nDate: {}\n\n"
    files = {"a.txt": head.format("2025-10-07") + WIRE, "b.txt": head.format("2025-10-06") + WIRE}
    store = filled(
        tmp_path, {**files, "c.txt": "An editor's line of its own.\n" + WIRE, "d.txt": OWN}
    )
    found = hits(store, "Who was hurt on the steamer Sela?")
    assert sorted(paths([*found, *found[0].copies])) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert found[0].family is not None
    with store.snapshot() as snapshot:
        for copy in found[0].copies:
            assert snapshot.text(copy.path)[copy.start : copy.end] == copy.quote


def test_search_names_the_copies_of_a_hit(tmp_path, capsys):
    found = hits(wired(tmp_path, 3), "Who was hurt on the steamer Sela?")
    print_hits({"question": "?"}, found, as_json=True)
    row = json.loads(capsys.readouterr().out)["hits"][0]
    assert [(row["path"], *(c["path"] for c in row["also"]))] == [
        ("copy000/sela.txt", "copy001/sela.txt", "copy002/sela.txt")
    ]
    print_hits({"question": "?"}, found, as_json=False)
    assert "also in copy002/sela.txt" in capsys.readouterr().out


def test_a_copy_in_which_a_figure_was_changed_is_a_hit_too(tmp_path):
    found = hits(wired(tmp_path, 3, false=True), "How many people were hurt on the Sela?")
    assert sorted(paths(found)) == ["copy000/sela.txt", "own.txt", "z/false.txt"]


def test_copies_that_fill_the_lists_leave_room_for_what_else_there_is(tmp_path):
    found = hits(wired(tmp_path, 120), "steamer Sela Ferrant bridge hurt people boats tide", k=2)
    assert paths(found) == ["copy000/sela.txt", "own.txt"]


def test_twenty_falsified_copies_take_three_places_at_most(tmp_path):
    files = {f"{n:02}.txt": WIRE.replace("Four", str(20 + n)) for n in range(20)}
    found = hits(filled(tmp_path, {**files, "own.txt": OWN}), "Who was hurt on the steamer Sela?")
    assert len(found) == 4 and "own.txt" in paths(found)


def test_copies_outside_a_filter_are_not_named(tmp_path):
    found = hits(wired(tmp_path, 3), "steamer Sela", where=Where(file="copy00[12]/*"))
    assert paths(found) == ["copy001/sela.txt"]
    assert paths(found[0].copies) == ["copy002/sela.txt"]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Four people were hurt when the ferry struck the pier at Marl.", True),
        ("Four people were hurt when the ferry hit the pier at Marl.", True),
        ("Forty people were hurt when the ferry struck the pier at Marl.", False),
        ("Four people were hurt when the ferry struck the pier at Dorn.", False),
        ("Four people were not hurt when the ferry struck the pier at Marl.", False),
        ("Pears are dear.", False),
    ],
)
def test_a_sentence_repeats_another_where_no_number_name_or_denial_is_its_own(other, same):
    sentence = "Four people were hurt when the ferry struck the pier at Marl."
    assert repeats(other, sentence) == same
