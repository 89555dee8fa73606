"""A day is no date in an article without one, and that is said."""

from __future__ import annotations

import pytest

from rag.chain import Chain
from rag.records import Citation, Place, Sentence, Words
from rag.undated import undated
from tests.doubles import Pointing, WordHashing, filled


def told(text: str, words: str, *published: str | None) -> list[str]:
    marks = tuple(range(1, len(published) + 1))
    citations = [
        Citation(mark, Place("a.txt", 1, None, None, date, 0, len(text), text))
        for mark, date in zip(marks, published, strict=True)
    ]
    at = text.index(words)
    return undated([Sentence(text, marks, (Words((at, at + len(words)), marks),))], citations)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Tuesday", "on Tuesday"),
        ("Monday", "Monday"),
        ("late yesterday", "yesterday"),
        ("last week", "last week"),
        ("two years ago", "two years ago"),
    ],
)
def test_a_day_in_an_article_without_a_date_is_told(words, day):
    assert told(f"It sank {words}.", words, None) == [f'The article that says "{day}" has no date.']
    assert told(f"It sank {words}.", words, "2025-03-04") == []
    assert told(f"It sank {words}.", words, None, "2025-03") == []  # another source has one


@pytest.mark.parametrize(
    "words",
    [
        "in 2019",
        "Tuesday, 3 June",
        "Sunday, June 3",
        "40 people",
        "every week",
        "every Sunday",
        "66 million years ago",
        "thousands of years ago",
        "in USA Today",
        "on Sunday Times paper",
        "Monday to Friday",
        "Bloody Sunday",
    ],
)
def test_what_is_no_day_counted_from_the_article_is_not_told(words):
    assert told(f"It was {words}.", words, None) == []


def test_only_what_answers_counts():
    assert told("It sank on Tuesday with 40 people.", "40 people", None) == []
    assert undated([Sentence("It sank on Tuesday.", (1,))], []) == []


def test_an_answer_says_it(tmp_path):
    store = filled(tmp_path, {"a.txt": "The ferry to Quill sank off the long pier on Tuesday.\n"})
    encoder = WordHashing()
    chain = Chain(store, encoder, Pointing(encoder, ("on Tuesday",)), threshold=0.0)
    answer = chain.ask("When did the ferry to Quill sink?")
    assert answer.notices == ('The article that says "on Tuesday" has no date.',)
