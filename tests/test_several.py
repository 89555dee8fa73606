import pytest

from rag.several import MANY, parts, wanted


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Which two ports took the grain?", 2),
        ("What are the three pillars of the plan?", 3),
        ("In which 4 years did the mill burn?", 4),
        ("name several owners", MANY),
        ("What are the pillars of the plan?", MANY),
        ("Which ports have closed since May?", MANY),
        ("In which years did the mill burn?", MANY),
        ("Who were the people in the boat?", MANY),
        ("names of the car ferries", MANY),
        ("List the ferries.", MANY),
        ("Captains of the night ferry so far", MANY),
        ("Which port took the grain?", 1),
        ("How many ships were lost?", 1),
        ("What was lost?", 1),
        ("Who is the boss of the mill?", 1),
        ("Which virus is in the mill?", 1),
        ("In the two years since, who ran it?", 1),
        ("Which two years did it burn?", 2),
        ("", 1),
    ],
)
def test_a_question_tells_how_many_things_it_wants(question, number):
    assert wanted(question) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a whale", 1),
        ("a whale and a crate", 2),
        ("Visk, Lipova and Orm", 3),
        ("Visk, Lipova, and Orm,", 3),
        ("1,900 tonnes", 1),
        ("sand or gravel", 2),
        ("", 0),
    ],
)
def test_an_answer_tells_how_many_things_it_lists(words, number):
    assert parts(words) == number


def test_long_questions_are_matched_in_little_time():
    assert wanted("what " + "a " * 2000) == 1
    assert wanted("names " * 700) == 1
