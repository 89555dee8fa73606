"""Draft + evidence -> Answer: marks resolve, and what is cited says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import Store
from rag.chain import Chain
from rag.chatting import Chatting
from rag.citations import nearest, resolve
from rag.prompt import NOT_FOUND
from rag.records import Answer, Evidence, Sentence
from rag.writer import Claim, Draft, Quoting, Writer
from tests.doubles import Piece, Sure, WordHashing, filled, hit

LANTERNS = "The harbour office bought 240 lanterns for the long pier."
SEASON = "They are to be hung before the herring season."
FERRY = "The night ferry to Quill island carries 85 passengers."
BARLEY = "The mill at Orlow stores 1,900 tonnes [3] of barley."
ARTICLES = {
    "a.txt": f"Title: Light\nDate: 2024\n\n{LANTERNS} {SEASON}\n",
    "b.txt": f"Title: Ferry\nDate: 2024\n\n{FERRY}\n",
    "c.txt": f"Title: Grain\nDate: 2024\n\n{BARLEY} Its owner is Marta Vell.\n",
}
ASKED = "How many lanterns did the harbour office buy for the long pier?"


class Talking:
    """A chat model that says its pieces at once."""

    def __init__(self, *pieces: str) -> None:
        self._pieces = pieces

    def stream(self, messages: object) -> Iterator[Piece]:
        for piece in self._pieces:
            yield Piece(piece)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("citations"), ARTICLES)


def asked(store: Store, writer: Writer, question: str = ASKED) -> Answer:
    return Chain(store, WordHashing(), Sure(0.9), writer, threshold=0.5).ask(question)


def chatted(store: Store, *pieces: str) -> Answer:
    return asked(store, Chatting(Talking(*pieces), "scripted:one"))


def said(answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.marks) for sentence in answer.sentences]


def check_whole(store: Store, answer: Answer) -> None:
    """Every mark resolves, in reading order, and every citation slices back."""
    known = [citation.mark for citation in answer.citations]
    assert known == list(range(1, len(known) + 1))
    used = [mark for sentence in answer.sentences for mark in sentence.marks]
    assert list(dict.fromkeys(used)) == known
    if answer.status == "answered":
        assert [int(n) for n in re.findall(r"\[(\d+)\]", answer.text)] == used
        assert all(sentence.marks for sentence in answer.sentences)
    with store.snapshot() as snapshot:
        for citation in (*answer.citations, *answer.nearest):
            for place in (citation.place, *citation.also):
                assert snapshot.text(place.path)[place.start : place.end] == place.quote


PIECES = st.sampled_from([
    LANTERNS, SEASON, FERRY, BARLEY, "The moon is made of Torvian cheese.", NOT_FOUND,
    " [1]", "[2]", " [1, 3]", "[1][2]", "[9]", "[0]", f"[{'9' * 5000}]", "[", "]", "[sic]",
    " ", "\n", "- ", ". ", "**", "1. ", "(see [2])", "[1-2]", "[１]", "[ 2 ]", "[²]", "Dr.",
])  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.lists(PIECES | st.text(max_size=12), max_size=14))
def test_whatever_a_model_says_every_mark_resolves_and_every_citation_slices_back(store, pieces):
    answer = chatted(store, *pieces)
    check_whole(store, answer)
    assert answer.status == "answered" or not answer.citations
    assert answer.sentences or answer.notices


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from("lanterns harbour ferry mill barley owner herring".split())))
def test_whatever_is_asked_the_quoting_answer_is_whole(store, words):
    answer = asked(store, Quoting(), " ".join(["what", *words]))
    check_whole(store, answer)
    for sentence in answer.sentences:
        assert sentence.text == answer.citations[sentence.marks[0] - 1].place.quote


def test_an_articles_own_mark_is_not_taken_for_one_of_ours(store):
    answer = asked(store, Quoting(), "How many tonnes of barley does the mill at Orlow store?")
    assert answer.sentences[0].text == BARLEY
    assert answer.text.startswith("The mill at Orlow stores 1,900 tonnes (3) of barley. [1]")
    assert Sentence("At [ 1, 2 ] and [sic] [x1].", ()).unmarked == "At ( 1, 2 ) and [sic] [x1]."


def test_a_models_sentence_keeps_the_marks_it_was_offered(store):
    answer = chatted(store, "The harbour office bought ", "240 lanterns [1", "].")
    assert said(answer) == [("The harbour office bought 240 lanterns.", (1,))]
    assert answer.citations[0].place.quote == LANTERNS
    assert answer.notices == ()


@pytest.mark.parametrize(
    "text",
    [
        "The office bought 240 lanterns. [1]",
        "The office bought 240 lanterns.[1]",
        "The office bought 240 lanterns [1].",
        "- The office bought 240 lanterns [1]\n",
        "1. The office bought **240 lanterns** [1]",
        "The office bought 240 lanterns.\n[1]\n",
        "[1] The office bought 240 lanterns.",
        "The office [1] bought 240 lanterns.",
    ],
)
def test_a_mark_belongs_to_the_sentence_it_stands_at(store, text):
    assert said(chatted(store, text)) == [("The office bought 240 lanterns.", (1,))]


def test_marks_that_were_not_offered_are_dropped(store):
    answer = chatted(store, "The office bought 240 lanterns [1][7, 99].")
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]


def test_marks_are_numbered_as_they_are_read(store):
    with store.snapshot() as snapshot:
        count = snapshot.count()["passages"]
    offered = "".join(f"[{n}]" for n in range(1, count + 1))
    answer = chatted(
        store,
        f"The mill stores 1,900 tonnes of barley {offered}. The office bought 240 lanterns [1].",
    )
    check_whole(store, answer)
    assert len(answer.sentences) == 2


def test_a_sentence_that_its_citation_does_not_say_is_withheld_with_a_notice(store):
    answer = chatted(store, "The office bought 240 lanterns [1]. The office bought 250 lamps [1].")
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    assert answer.notices == ("1 sentence was withheld: what they cite does not say it.",)


def test_an_unmarked_sentence_stands_only_where_the_mark_after_it_carries_it(store):
    answer = chatted(
        store, "Torvia is rich and cheese is moon. The office bought 240 lanterns [1]."
    )
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    answer = chatted(store, "The office bought 240 lanterns. They are for the long pier [1].")
    assert [marks for _, marks in said(answer)] == [(1,), (1,)]
    answer = chatted(store, "The office bought 240 lanterns [9]. They are for the long pier [1].")
    assert said(answer) == [("They are for the long pier.", (1,))]


def test_a_sentence_that_takes_more_than_one_sentence_cites_the_passage_whole(store):
    answer = chatted(store, "240 lanterns are to be hung before the herring season [1].")
    assert answer.citations[0].place.quote == f"{LANTERNS} {SEASON}"


def test_words_in_brackets_stay_in_the_sentence(store):
    answer = chatted(store, "The office [sic] bought 240 lanterns [1].")
    assert said(answer) == [("The office [sic] bought 240 lanterns.", (1,))]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "gave no sentence with a valid citation"),
        ("The office bought 240 lanterns.", "gave no sentence with a valid citation"),
        ("The office bought 240 lanterns [8].", "gave no sentence with a valid citation"),
        ("[1][2]", "gave no sentence with a valid citation"),
        ("The office bought 999 lanterns [1].", "1 sentence was withheld"),
    ],
)
def test_where_nothing_a_model_says_can_be_shown_the_articles_own_sentences_are(store, text, why):
    answer = chatted(store, text)
    assert answer.status == "answered"
    assert said(answer)[0] == (LANTERNS, (1,))
    assert why in answer.notices[0]
    assert "These are the articles' own sentences." in " ".join(answer.notices)


@pytest.mark.parametrize(
    "text", [NOT_FOUND, f"{NOT_FOUND}.", "Not found in the articles.", f"{NOT_FOUND} [1]."]
)
def test_a_model_that_finds_no_answer_is_believed(store, text):
    answer = chatted(store, text)
    assert answer.status == "not_found"
    assert answer.text == "Not found in the articles."
    assert answer.sentences == () and answer.citations == ()
    assert answer.nearest[0].place.quote == LANTERNS
    assert answer.notices == ("The model scripted:one found no answer in the passages.",)
    assert answer.confidence == 0.9


def test_a_refusal_beside_a_cited_sentence_leaves_the_sentence(store):
    answer = chatted(store, f"The office bought 240 lanterns [1]. {NOT_FOUND}")
    assert said(answer) == [("The office bought 240 lanterns.", (1,))]
    assert answer.notices == ()


def test_the_same_place_has_one_mark_however_often_it_is_cited():
    found = hit(LANTERNS, SEASON, start=4)
    evidence = (Evidence(found, found.sentences[0], (30, 33), 1.0),)
    claims = (Claim("The office bought lanterns.", (0, 0)), Claim("It bought 240 lanterns.", (0,)))
    sentences, citations, _ = resolve(Draft(claims, evidence, quoted=False))
    assert [s.marks for s in sentences] == [(1,), (1,)]
    assert len(citations) == 1


def test_the_nearest_are_different_sentences_best_first():
    one, two = hit(LANTERNS, SEASON), hit(LANTERNS, path="b.txt", passage=2)
    items = [Evidence(one, span, None, 0.1) for span in one.sentences]
    found = nearest([items[0], Evidence(two, two.sentences[0], None, 0.1), items[1]])
    assert [(c.mark, c.place.quote) for c in found] == [(1, LANTERNS), (2, SEASON)]
