"""Training pairs: the answer stands where it is said to, and the other passage has none."""

from __future__ import annotations

import random
import zipfile

import pytest

from evals.reader_pool import (
    Asked,
    Example,
    Neighbours,
    news,
    pairs,
    swap,
    without_answer,
)

TOWNS = ("Quill", "Saltmere", "Torvia", "Kelmar", "Orlow", "Harrick")
CONTEXTS = [
    f"The harbour office of {town} bought {n} lanterns in the spring. "
    f"A ferry named after {town} sank off the long mole. Nobody was hurt by it."
    for n, town in enumerate(TOWNS, start=240)
]


def _asked(source="squad2"):
    return [
        Asked(source, f"How many lanterns did {town} buy?", text, ((at, at + 3),))
        for n, (town, text) in enumerate(zip(TOWNS, CONTEXTS, strict=True), start=240)
        for at in [text.index(str(n))]
    ]


def test_a_pair_has_its_answer_and_a_passage_without_one():
    made = list(pairs(_asked(), Neighbours(CONTEXTS), seed=1))
    assert len(made) == 2 * len(CONTEXTS)  # the source's weight
    for right, wrong in made:
        assert right.answer is not None and wrong.answer is None
        said = right.text[slice(*right.answer)]
        assert said in {str(n) for n in range(240, 246)}
        assert said not in wrong.text or wrong.question != right.question
    assert made == list(pairs(_asked(), Neighbours(CONTEXTS), seed=1))
    assert made != list(pairs(_asked(), Neighbours(CONTEXTS), seed=2))


def test_a_question_without_an_answer_has_two_passages_without_one():
    asked = [Asked("squad2", "Who sank it?", text, ()) for text in CONTEXTS]
    for right, wrong in pairs(asked, Neighbours(CONTEXTS), seed=1):
        assert right.answer is None and wrong.answer is None


def test_without_its_sentence_a_passage_does_not_answer():
    text = CONTEXTS[0]
    right = Example("How many?", text, (text.index("240"), text.index("240") + 3))
    less = without_answer(right)
    assert less is not None and less.answer is None
    assert less.text == text[text.index("A ferry") :]
    assert without_answer(Example("How many?", text[:60], (39, 42))) is None  # nothing is left
    twice = f"{text} It paid for all 240 of them at once, and more were to come later."
    assert without_answer(Example("How many?", twice, right.answer)) is None


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_question_asks_another_thing(seed):
    question = "How many lanterns did Quill buy before 1920?"
    made = swap(
        question, ["In 1850 Saltmere and Orlow bought painted barrels."], random.Random(seed)
    )
    assert made is None or (made != question and made.startswith("How many"))


def test_news_gives_its_paragraphs_once_without_headlines(tmp_path):
    line = "The keepers of the long mole were told to hang up their lamps before the storm."
    with zipfile.ZipFile(tmp_path / "bbc.zip", "w") as archive:
        archive.writestr(
            "tech/001.txt",
            f"Headline of some sixty characters, to be left out here\n\n{line}\nShort.",
        )
        archive.writestr("tech/002.txt", f"Headline\n\n{line}\n\xa3 stays".encode("latin-1"))
        archive.writestr("tech/notes.md", line.upper())
    assert news(tmp_path) == [line]
