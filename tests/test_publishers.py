"""A name is a newspaper's, a person's or a section's, or nobody says."""

from __future__ import annotations

import pytest

from index.publishers import is_name, is_paper, is_person


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
