"""A day is no date in an article without one, and that is said."""

from __future__ import annotations

import pytest

from rag.chain import Chain
from rag.records import Citation, Place, Sentence, Words
from rag.when import reckoned
from tests.doubles import Pointing, WordHashing, filled


def told(text: str, words: str, *published: str | None) -> list[str]:
    marks = tuple(range(1, len(published) + 1))
    citations = [
        Citation(mark, Place("a.txt", 1, None, None, date, 0, len(text), text))
        for mark, date in zip(marks, published, strict=True)
    ]
    at = text.index(words)
    return reckoned([Sentence(text, marks, (Words((at, at + len(words)), marks),))], citations)


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
    assert told(f"It sank {words}.", words, "2025-03") == []  # of some day in March
    assert told(f"It sank {words}.", words, None, "2025-03") == []  # another source has one


@pytest.mark.parametrize(
    ("said", "day", "on"),
    [
        ("It sank yesterday.", "yesterday", "11 March 2024"),
        ("It sank last night.", "last night", "11 March 2024"),
        ("It sails today.", "today", "12 March 2024"),
        ("It sails tomorrow.", "tomorrow", "13 March 2024"),
        ("It sank nine days ago.", "nine days ago", "3 March 2024"),
        ("It sank 20 days ago.", "20 days ago", "21 February 2024"),
        ("It sank a month ago.", "a month ago", "February 2024"),
        ("It sank two years ago.", "two years ago", "2022"),
        ("It sank last year.", "last year", "2023"),
        ("It sails next year.", "next year", "2025"),
        ("It sank on Tuesday.", "on Tuesday", "probably 12 March 2024"),
        ("It sank late Monday.", "late Monday", "probably 11 March 2024"),
        ("It sank on Friday.", "on Friday", "probably 8 March 2024"),
        ("It sank last Tuesday.", "last Tuesday", "probably 5 March 2024"),
        ("It will sail on Friday.", "on Friday", "probably 15 March 2024"),
        ("It will sail on Tuesday.", "on Tuesday", "probably 12 March 2024"),
        ("Its next crossing is on Friday.", "on Friday", "probably 15 March 2024"),
        ("It sails next Tuesday.", "next Tuesday", "probably 19 March 2024"),
        ("Monday saw it sink.", "Monday", "probably 11 March 2024"),
    ],
)
def test_a_day_is_told_by_the_date_of_its_article(said, day, on):
    assert told(said, day, "2024-03-12") == [f'By the date of its article, "{day}" is {on}.']


@pytest.mark.parametrize("vague", ["several days ago", "last spring", "since Monday", "this week"])
def test_what_is_too_vague_is_not_told(vague):
    assert told(f"It sank {vague}.", vague, "2024-03-12") == []


def test_a_year_needs_no_day():
    assert told("It sank last year.", "last year", "2024") == [
        'By the date of its article, "last year" is 2023.'
    ]
    assert told("It sank on Monday.", "on Monday", "2024-13-99") == []


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
    assert reckoned([Sentence("It sank on Tuesday.", (1,))], []) == []


def test_an_answer_says_it(tmp_path):
    store = filled(tmp_path, {"a.txt": "The ferry to Quill sank off the long pier on Tuesday.\n"})
    encoder = WordHashing()
    chain = Chain(store, encoder, Pointing(encoder, ("on Tuesday",)), threshold=0.0)
    answer = chain.ask("When did the ferry to Quill sink?")
    assert answer.notices == ('The article that says "on Tuesday" has no date.',)
