"""A name is a newspaper's, a person's or a section's, or nobody says."""

from __future__ import annotations

import pytest

from index.publishers import is_beat, is_carrier, is_name, is_paper, is_person, is_section


@pytest.mark.parametrize(
    ("line", "paper", "person"),
    [
        ("The Harbour Post", True, False),
        ("Running Weekly", True, False),
        ("Brannock Evening Post", True, False),
        ("Mara Ellison", False, True),
        ("Mara van den Berg", False, True),
        ("The Bellringer", False, False),
        ("OrbitDesk", False, False),
        ("Post", False, False),
        ("Sport", False, False),
        ("Latest News", False, False),
        ("the harbour post", False, False),
        ("A frost that nobody saw in the Post", False, False),
        ("", False, False),
    ],
)
def test_a_name_is_known_by_its_words(line: str, paper: bool, person: bool) -> None:
    assert (is_paper(line), is_person(line)) == (paper, person)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("GOALMOUTH", True),
        ("Goalmouth & Sons", True),
        ("The Journal of the Valley", True),
        ("OPINION", False),
        ("ELECTION 2024", False),
        ("Pears fail in the valley", False),
        ("Pears: a loss", False),
        ("A" * 41, False),
    ],
)
def test_a_publishers_name_is_a_few_words_with_capitals(line: str, name: bool) -> None:
    assert is_name(line) == name


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Courts", True),
        ("**Science & Environment**", True),
        ("LOCAL NEWS", True),
        ("Pears fail", False),
        ("Pears Fail", False),
        ("Election 2024", False),
        ("World News of the Far North", False),
        ("&", False),
    ],
)
def test_a_section_is_one_word_or_has_a_sections_word(line: str, section: bool) -> None:
    assert is_section(line) == section


def test_beside_a_day_a_name_with_an_article_publishes() -> None:
    named = ("The Harbour Post", "Running Weekly", "The Bellringer", "The Long Read", "Ann Orr")
    assert [is_carrier(name) for name in named] == [True, True, True, False, False]


def test_where_a_reporter_sits_is_no_publisher() -> None:
    assert [is_beat(name) for name in ("Crown Court", "City Hall", "Court Circular")] == [
        True,
        True,
        False,
    ]
