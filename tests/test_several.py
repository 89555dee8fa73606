import pytest

from rag.chain import Chain
from rag.several import MANY, parts, single, wanted
from tests.doubles import Sure, WordHashing, filled


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


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("Which two newspapers did he speak to?", "Which newspaper did he speak to?"),
        ("In which years did Lowmoor burn?", "In which year did Lowmoor burn?"),
        ("What three new boxes came?", "What new box came?"),
        ("Which four people left?", "Which person left?"),
        ("Which 2 cities has it named?", "Which city has it named?"),
    ],
)
def test_a_question_for_several_things_is_put_for_one(several, one):
    assert single(several) == one


@pytest.mark.parametrize(
    "question",
    [
        "Which newspaper did he speak to?",
        "Where are the motors made?",
        "names of the car ferries",
        "Which boss did he see?",
        "Which virus has spread?",
        "Who were the two?",
        "",
    ],
)
def test_a_question_for_one_thing_stays_as_it_is(question):
    assert single(question) == question


class Doubting(Sure):
    """Sure of one thing, not of several; `elsewhere` turns what it reads for one about."""

    def __init__(self, *, elsewhere: bool) -> None:
        super().__init__(0.6)
        self._elsewhere = elsewhere

    def read(self, question, hits):
        """Return the evidence, the worst first for one thing where it is told so."""
        found = super().read(question, hits)
        return found[::-1] if self._elsewhere and "two" not in question else found

    def chances(self, question, evidence):
        """Return a third of what it would be for each question that names two."""
        sure = super().chances(question, evidence)
        return [chance / 3 if "two" in question else chance for chance in sure]


@pytest.mark.parametrize(("elsewhere", "confidence"), [(False, 0.6), (True, 0.2)])
def test_what_answers_for_one_of_two_is_surer_where_it_is_the_same(tmp_path, elsewhere, confidence):
    text = "He spoke to the Post, a newspaper. The crane fell. The Herald is a newspaper too."
    store = filled(tmp_path, {"a.txt": text})
    reader = Doubting(elsewhere=elsewhere)
    chain = Chain(store=store, encoder=WordHashing(), reader=reader, threshold=0)
    answer = chain.ask("Which two newspapers did he speak to?")
    assert answer.confidence == pytest.approx(confidence)
    assert answer.sentences[0].text == "He spoke to the Post, a newspaper."
