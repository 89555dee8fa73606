"""What is known of a sentence beside the reader's mark."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from index.records import Hit
from rag.features import FEATURES, features
from rag.spans import Reading
from tests.doubles import hit


def row(question: str, read: Hit, pointed: str, number: int = 0) -> dict[str, float]:
    """The features of one sentence of a hit, its best span the words pointed at."""
    at = read.quote.index(pointed)
    readings = [Reading(1.5, (at, at + len(pointed)), 2.0, 1.7) for _ in read.sentences]
    found = features(question, read, readings)
    assert found.shape == (len(read.sentences), len(FEATURES))
    return dict(zip(FEATURES, found[number].tolist(), strict=True))


@pytest.mark.parametrize(
    ("question", "pointed", "other"),
    [
        ("How many drones were sent to Visk?", "forty", False),
        ("How many drones were sent to Visk?", "140", False),
        ("How many drones were sent to Visk?", "Torvia", True),
        ("how often do the drones come?", "once a week", False),
        ("What did the drones cost?", "by night", True),
        ("What is the price of a drone?", "12 crowns", False),
        ("When were they sent?", "in May", False),
        ("Which year were they sent?", "Torvia", True),
        ("In what month?", "decided", True),
        ("Who sent them?", "Torvia", False),
        ("Who sent them?", "by night", True),
        ("By whom were they sent?", "by night", True),
        ("Which country sent them?", "by night", True),
        ("Why were they sent?", "by night", False),
        ("What was sent?", "drones", False),
        ("Where is the town that sells whole-grain bread?", "by night", True),
        ("Where were they sent?", "in May", True),
        ("Where were they sent?", "Torvia sent 140", False),
        ("How often did they come?", "by night", False),
        ("How long did it take?", "in May", False),
        ("At what price?", "by night", True),
        ("In which city was it?", "by night", True),
        ("What was the price of one?", "12 crowns", False),
        ("What does one cost?", "Torvia", True),
        ("price of a drone", "Torvia", True),
        ("Who wrote The Age of Reason?", "Torvia", False),
        ("Who owns a large share of the price of a drone?", "Torvia", False),
        ("What did Holm say when they were sent?", "Torvia", False),
        ("What did Holm say about the cost?", "Torvia", False),
    ],
)
def test_words_of_another_kind_than_is_asked_for_are_marked(question, pointed, other):
    read = hit(
        "Torvia sent 140 or forty drones by night in May, once a week, for 12 crowns, it decided."
    )
    assert row(question, read, pointed)["other_kind"] == other


@pytest.mark.parametrize(
    ("question", "fits", "others"),
    [
        ("How long did it fly?", ["16 hours", "nine-metre", "until May"], ["1,850", "40 men"]),
        ("How far did it fly?", ["300 km", "nine-metre", "9 percent"], ["1,850", "40 men"]),
        ("How deep is the lake?", ["nine-metre"], ["16 hours", "2.5 million lodes"]),
        ("How high is it?", ["nine-metre", "40"], ["1,850 crowns", "16 hours", "310 kilograms"]),
        ("How high was the loss?", ["1,850 crowns", "2.5 million lodes"], []),
        ("What is the minimum wage?", ["1,850 crowns", "40"], ["9 May", "16 hours"]),
        ("How heavy is one?", ["310 kilograms"], ["16 hours", "40 men"]),
        ("How much does one weigh?", ["310 kilograms"], ["16 hours", "40 men"]),
        ("What share of them flew?", ["9 percent", "a third"], ["40 men", "16 hours"]),
        ("How many men flew?", ["40 men", "40", "9 percent"], ["16", "1,850", "310 kilograms"]),
        ("How many crowns is it?", ["1,850 crowns"], ["40 men"]),
        ("How many hours did it take?", ["16 hours", "16"], ["40", "1,850 crowns"]),
        ("How old is he?", ["16 hours", "40"], ["1,850 crowns", "nine-metre", "9 percent"]),
        ("How much does one cost?", ["1,850 crowns", "2.5 million lodes"], ["16", "9", "300 km"]),
        ("What did they pay?", ["1,850 crowns", "40 men"], ["16 hours", "9 percent"]),
        ("What is the price of one?", ["1,850 crowns"], ["16 hours"]),
        ("How much rain fell?", ["16 hours", "9 percent"], []),
        ("Who flew?", ["16 hours", "40 men"], []),
    ],
)
def test_a_number_of_another_unit_than_is_asked_for_is_marked(question, fits, others):
    read = hit(
        "It flew 16 hours and 300 km until May for 1,850 crowns a month or 2.5 million lodes, a "
        "third of it over the nine-metre lake, with 40 men, 9 percent of them 310 kilograms, on "
        "9 May."
    )
    marked = [row(question, read, words)["other_unit"] for words in (*fits, *others)]
    assert marked == [0.0] * len(fits) + [1.0] * len(others)


@pytest.mark.parametrize(
    ("question", "words", "other"),
    [
        ("How far is it?", "10km", False),
        ("How tall is it?", "1.83m", False),
        ("How tall is it?", "6 ft", False),
        ("How heavy is it?", "310kg", False),
        ("How long is it?", "24h", False),
        ("How long is it?", "two to three", False),
        ("How long is it?", "five or six", False),
        ("How many people came?", "2.5m", False),
        ("What share of them?", "nine in ten", False),
        ("What share of them?", "9 out of 10", False),
        ("How many second-hand cars are there?", "40", False),
        ("How many night trains are there?", "40", False),
        ("How many nights is it?", "40", True),
        ("It lasted how many weeks?", "two to three", False),
        ("How long is it?", "€14.2m", True),
    ],
)
def test_units_are_read_as_they_are_written(question, words, other):
    read = hit(
        "Of the 2.5m, nine in ten or 9 out of 10 saw 40 cars of 310kg, 10km off, 24h long, 1.83m or"
        " 6 ft high, for two to three weeks or five or six days, for €14.2m."
    )
    assert row(question, read, words)["other_unit"] == other


def test_a_row_of_a_table_answers_for_what_it_names_alone():
    for line in ("Greens\tAda Wren\t11\t13.5%", "| Greens | Ada Wren | 11 |"):
        read = hit("It was close.", line)
        named, other = (
            row(question, read, "Ada Wren", 1)["heading"]
            for question in ("Who leads the Greens?", "Who beat Otto Holm in Fernhill?")
        )
        assert (named, other) == (0.0, 1.0)


def test_the_row_that_names_a_tables_columns_is_no_answer():
    read = hit("| | Snacks 2025 | 2024 |", "| Snacks | £30m | £19m |")
    question = "What did snacks earn in 2025?"
    found = [row(question, read, words, n)["heading"] for n, words in enumerate(("2025", "£30m"))]
    assert found == [1.0, 0.0]


@pytest.mark.parametrize(
    ("pointed", "echo"),
    [("The ferry", True), ("ferries", True), ("The ferry sank", True), ("the mill", False)],
)
def test_words_that_the_question_said_itself_are_marked(pointed, echo):
    read = hit("The ferry sank beside the mill, as ferries do.")
    assert row("Which ferry sank?", read, pointed)["echo"] == echo


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Which town is bigger, Kelmar or Visk?", "Kelmar is a bigger town than Visk."),
        ("Was the ferry red?", "The ferry was red."),
        ("Did the ferry sink in 2023?", "The ferry sank in 2023."),
    ],
)
def test_a_question_that_says_the_answer_itself_has_no_echo(question, sentence):
    assert row(question, hit(sentence), sentence.rstrip("."))["echo"] == 0


def test_who_speaks_is_told_by_the_passage_its_title_and_publisher():
    read = hit("Otto Holm says that it was late.", "It was not.")
    question = "What did Ada Wren say of the ferry?"
    assert [row(question, read, "it", n)["other_speaker"] for n in range(2)] == [1.0, 0.5]
    read = replace(hit("It was late."), publisher="Wren's Own", title=None)
    assert row(question, read, "late")["other_speaker"] == 0.25
    assert row("Was it late?", read, "late")["other_speaker"] == 0.0


@pytest.mark.parametrize("words", ["Šimon", "the Łódź works", "习近平", "NATO"])
def test_a_name_of_any_script_is_a_name(words):
    assert row("Who came?", hit(f"There came {words}."), words)["other_kind"] == 0


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("The sides", 1),
        ("Whoever", 1),
        ("A second bidder", 1),
        ("The Hill Front", 0),
        ("Police", 0),
    ],
)
def test_the_capital_of_a_sentence_makes_no_name(words, other):
    assert row("Who came?", hit(f"{words} came."), words)["other_kind"] == other


def test_a_number_of_things_is_no_year():
    read = hit("In 2019 it closed.", "1500 workers left it.", "It stood from 1990 on.")
    question = "How many workers left the mill in 2019?"
    assert [row(question, read, "it", n)["other_date"] for n in range(3)] == [0.0, 0.0, 1.0]


def test_a_long_question_costs_no_more_than_its_length():
    began = time.process_time()
    row("what is " * 500 + "how many in 2019?", hit("One mill stood."), "One")
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("question", "published", "years"),
    [
        ("How many were sold in 2023?", None, [1.0, 0.0, 0.0]),
        ("How many were sold in 2022?", None, [0.0, 1.0, 0.0]),
        ("How many were sold in 1999?", "1999-03-01", [0.5, 0.5, 0.0]),
        ("How many were sold in 1999?", "2022-03-01", [1.0, 1.0, 0.5]),
        ("How many were sold between 1999 and 2022?", None, [0.0, 0.0, 0.0]),
        ("How many were sold before 2022?", None, [0.0, 0.0, 0.0]),
        ("How many of the 2,023 were sold?", None, [0.0, 0.0, 0.0]),
        ("How many were sold by the mayor in 2023?", None, [1.0, 0.0, 0.0]),
        ("How many were sold in May?", None, [0.5, 0.5, 0.5]),
        ("How many were sold in May?", "2023-05-01", [0.0, 0.0, 0.0]),
    ],
)
def test_a_sentence_of_another_date_is_marked_and_one_without_less(question, published, years):
    read = hit("Of these 5 were sold in 2022.", "In 2023 it was 8.", "The shop has 30 rooms.")
    read = replace(read, published=published)
    found = [row(question, read, "5", number)["other_date"] for number in range(3)]
    assert found == years


def test_a_sentence_of_another_month_is_marked():
    read = hit("In May 5 were sold.", "In June it was 8.", "The shop has 30 rooms.")
    for question, months in (
        ("How many were sold in June?", [1.0, 0.0, 0.0]),
        ("How many were sold in July?", [1.0, 1.0, 0.5]),
        ("How many were sold before July?", [0.0, 0.0, 0.0]),
        ("How many were sold from May to July?", [0.0, 0.0, 0.0]),
        ("How many may be sold?", [0.0, 0.0, 0.0]),
    ):
        found = [row(question, read, "5", number)["other_date"] for number in range(3)]
        assert found == months, question
    read = replace(read, published="2024-07-02")
    question = "How many were sold in July?"
    assert [row(question, read, "5", n)["other_date"] for n in range(3)] == [0.5, 0.5, 0.0]


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("Who sank the ferry?", True),
        ("## The ferry", True),
        ("By Ada Lovell", True),
        ("They said:", True),
        ("By noon the ferry sank.", False),
    ],
)
def test_a_heading_is_marked(sentence, heading):
    read = replace(hit(sentence, "It sank."), title="The ferry")
    assert row("What sank?", read, "sank")["heading"] == heading


def test_what_was_read_and_found_is_told_as_it_is():
    read = replace(hit("The ferry sank.", "The mill stood."), score=0.75, cosine=0.5)
    found = row("Did the ferry sink at the mill?", read, "sank", 1)
    assert (found["span"], found["fused"], found["cosine"]) == (1.7, 0.75, 0.5)
    assert found["passage_words"] == pytest.approx(2 / 3)
    assert found["sentence_words"] == pytest.approx(1 / 3)
    assert features("What?", replace(read, sentences=()), []).shape == (0, len(FEATURES))
    assert np.isfinite(list(found.values())).all()
