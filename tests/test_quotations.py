"""A sentence out of a quotation is shown with the others of it."""

from __future__ import annotations

import pytest

from rag.quotations import quotation
from rag.records import Evidence
from rag.writer import LONGEST, Draft, Quoting
from tests.doubles import hit

BEFORE, AFTER = "The crop was lost.", "Nobody replanted it."


def shown(*sentences: str, of: int) -> str:
    """What is shown of a passage's sentence of that number."""
    found = hit(BEFORE, *sentences, AFTER, start=7)
    start, end = quotation(found, found.sentences[of + 1], LONGEST)
    return found.quote[start - found.start : end - found.start]


@pytest.mark.parametrize(
    "sentences",
    [
        ("“A vine needs three years.", "I am seventy-one,” said Ada Wren."),
        ('"A vine needs three years.', 'I am seventy-one," said Ada Wren.'),
        ("Ada Wren said: “A vine needs three years.", "I am old.", "I am tired.”"),
    ],
)
def test_a_quotation_of_several_sentences_is_shown_whole(sentences):
    for number in range(len(sentences)):
        assert shown(*sentences, of=number) == " ".join(sentences)


@pytest.mark.parametrize(
    "sentences",
    [
        ("“A vine needs three years,” said Ada Wren.", "“I am old.”"),
        ("Ada Wren wasn’t there.", "She’s late."),
        ("“A vine needs three years.", "It never ends, said Ada Wren."),
        ('A vine of 6" needs three years.', "I am old, she said."),
        ("„A vine needs three years.", "I am seventy-one“, said Ada Wren."),
        ("“One.", "Two.", "Three.", "Four.", "Five.”"),
        ("“A vine " + "needs " * 60 + "years.", "I am " + "very " * 20 + "old.”"),
        ("“A vine needs three years.\n", "I am old.”"),
    ],
)
def test_what_is_no_short_whole_quotation_stays_a_sentence(sentences):
    for number, sentence in enumerate(sentences):
        assert shown(*sentences, of=number) == sentence


def test_the_answer_quotes_it_once_with_the_words_that_answer():
    said = "“A vine needs three years.", "I am seventy-one,” said Ada Wren."
    found = hit(BEFORE, *said, AFTER, start=7)
    evidence = []
    for number, words in ((2, "seventy-one"), (1, "three years")):
        at = found.start + found.quote.index(words)
        span = found.sentences[number]
        evidence.append(Evidence(found, span, (at, at + len(words)), 1.0))
    (draft,) = Quoting().write("How old is she?", evidence, [0.8, 0.7])
    assert isinstance(draft, Draft)
    assert [claim.text for claim in draft.claims] == [" ".join(said)]
    assert draft.evidence[0].words == "seventy-one"
