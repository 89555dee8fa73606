"""A sentence that counts what is asked for gives way to the one near it that names it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.chain import Chain
from rag.counted import named, whole
from rag.records import Evidence
from rag.similarity import Similarity
from tests.doubles import WordHashing, filled, hit

TEXT = """The valleys of the north

Hesk and Dorn, which had been republics, as well as Lower Vane and Marrow, voted in March.
The vote was a play, Norrland says, with soldiers in it, and nobody else has seen it at all.
Parliament admitted the four valleys on Monday.
It promised three things.
They are a railway, a hospital and a clock.
It has named two judges and a bishop.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("counted"), {"valleys.txt": TEXT})


def evidence(store, sentence):
    """All sentences as evidence, the one that begins so first."""
    with store.snapshot() as snapshot:
        hits = snapshot.passages_of("valleys.txt")
    items = [Evidence(hit, span, None, 0.0) for hit in hits for span in hit.sentences]
    return sorted(items, key=lambda item: not item.text.startswith(sentence))


def first(store, question, sentence):
    items = evidence(store, sentence)
    chances = [0.9 - n / 100 for n in range(len(items))]
    with store.snapshot() as snapshot:
        found, likely = named(question, items, chances, snapshot)
    assert len(found) == len(likely) and likely == sorted(likely, reverse=True)
    assert likely[0] == chances[0]
    assert {item.sentence for item in found} == {item.sentence for item in items}
    return found[0]


def test_the_sentence_that_names_as_many_comes_first_with_its_names_as_answer(store):
    best = first(store, "Which four valleys were admitted?", "Parliament")
    assert best.text.startswith("Hesk and Dorn")
    assert best.words == "Hesk and Dorn, which had been republics, as well as Lower Vane and Marrow"
    assert TEXT[slice(*best.answer)] == best.words


def test_things_that_are_no_names_are_told_by_their_commas(store):
    best = first(store, "What three things did parliament promise?", "It promised")
    assert best.text.startswith("They are") and best.words == "a railway, a hospital and a clock"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Which valleys were admitted?", "Parliament"),  # asks for no number
        ("Which three valleys were admitted?", "Parliament"),  # another number
        ("Which four valleys voted?", "Hesk and Dorn"),  # names them itself
        ("Which four valleys were admitted?", "The vote"),  # does not count them
        ("Which two judges were named?", "It has named"),  # nobody names two
    ],
)
def test_all_else_stays_as_it_was(store, question, sentence):
    assert first(store, question, sentence).text.startswith(sentence)


@pytest.mark.parametrize(
    ("question", "text", "pointed", "answer"),
    [
        (
            "Which three places will it use?",
            "It plans to turn old garages, metro tunnels and public basements into shelters.",
            "metro tunnels",
            "old garages, metro tunnels and public basements",
        ),
        (
            "Which two bombers were hit?",
            "It hit Tu-95 and Tu-22 bombers at the base.",
            "Tu-22",
            "Tu-95 and Tu-22",
        ),
        (
            "Which four regions voted?",
            "The Hesk (HPR) and Dorn Republics, called Vale, as well as Ulm and Marrow voted.",
            "Ulm and Marrow",
            "The Hesk (HPR) and Dorn Republics, called Vale, as well as Ulm and Marrow",
        ),
        (
            "Which loaves were sold?",
            "They sold rye, oats and spelt.",
            "spelt",
            "rye, oats and spelt",
        ),
        ("Which loaf was sold?", "They sold rye, oats and spelt.", "spelt", "spelt"),
        (
            "Which two countries sold bread?",
            "On Monday, Germany and Poland sold bread.",
            "Poland",
            "Germany and Poland",
        ),
        (
            "Which three cities were hit?",
            "Kiev, Odessa and Lviv, Ukraine said, were hit.",
            "Lviv",
            "Kiev, Odessa and Lviv",
        ),
        ("Which two were hit?", "In Geneva, Ada Wren was hit.", "Ada Wren", "Ada Wren"),
        (
            "Which two were hit?",
            "Kelmar was hit, then Visk, and the mayor of Brannock fled.",
            "Visk",
            "Visk",
        ),
        (
            "Which three places will it use?",
            "It will turn old   garages, metro tunnels and public basements into shelters.",
            "metro tunnels",
            "old   garages, metro tunnels and public basements",
        ),
        ("Which two loaves were sold?", "Ada and Otto sold rye.", "rye", "rye"),
        ("Which two loaves were sold?", "They sold loaves.", "loaves", "loaves"),
    ],
)
def test_of_a_list_the_whole_answers(question, text, pointed, answer):
    found = hit(text)
    at = found.start + found.quote.index(pointed)
    item = Evidence(found, found.sentences[0], (at, at + len(pointed)), 0.0)
    assert whole(question, item).words == answer
    assert whole(question, replace(item, answer=None)).answer is None


def test_a_sentence_that_leads_is_no_name(tmp_path):
    text = "The two bridges that fell are at the mill and the port.\nHowever, Norrland refused.\n"
    with filled(tmp_path, {"a.txt": text}).snapshot() as snapshot:
        (found,) = snapshot.passages_of("a.txt")
        items = [Evidence(found, span, None, 0.0) for span in found.sentences]
        best, _ = named("Which two bridges fell?", items, [0.9, 0.8], snapshot)
    assert best[0].text.startswith("The two bridges")


def test_an_item_of_a_list_that_counts_is_left_alone(tmp_path):
    text = "Three measures:\n\n- three new dams\n- two walls\n- a gate\n"
    with filled(tmp_path, {"a.txt": text}).snapshot() as snapshot:
        found = snapshot.passages_of("a.txt")[0]
        start = text.index("three new")
        item = Evidence(found, (start, start + 14), None, 0.0)
        for listed in (True, False):
            items = [replace(item, listed=listed)]
            assert named("Which three measures?", items, [0.9], snapshot) == (items, [0.9])


def test_none_found_stays_none(store):
    with store.snapshot() as snapshot:
        assert named("Which four valleys?", [], [], snapshot) == ([], [])


def test_a_file_that_was_indexed_anew_since_stays_as_it_was_read(store):
    items = evidence(store, "Parliament")
    hit = replace(items[0].hit, quote=items[0].hit.quote.replace("Parliament", "parliament"))
    with store.snapshot() as snapshot:
        found, _ = named("Which four valleys?", [replace(items[0], hit=hit)], [0.9], snapshot)
    assert len(found) == 1


def test_an_answer_shows_it(store):
    chain = Chain(store, WordHashing(), Similarity(WordHashing()), threshold=0.0)
    answer = chain.ask("Which four valleys did parliament admit on Monday?")
    first = answer.sentences[0]
    assert first.text.startswith("Hesk and Dorn") and first.answer
    assert first.text[slice(*first.answer)].endswith("as well as Lower Vane and Marrow")
    place = answer.citations[0].place
    assert TEXT[place.start : place.end] == place.quote
