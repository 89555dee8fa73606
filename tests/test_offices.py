"""Who is what in a text, and whether a claim has somebody be another thing."""

from __future__ import annotations

import pytest

from rag.offices import offices, other_office

TEXT = (
    "The mayor of Merrin, Ivo Castell, wept on Friday.",
    "Northmoor's chairman, Tove Lund, thanked a nurse, Lena Costa.",
    "Delcroft's chairman, Marcus Oye, did not.",
    "Energy minister Paul Ade met Rhona Sykes of the Farmers' Party.",
    "Her rival Dominic Vane, who leads the Liberals, stayed away.",
    "Felix Amadi, 54, a retired judge, sang.",
)


def test_who_is_what_is_told_before_a_name_and_behind_it():
    found = {(office.name[-1], office.head) for office in offices(TEXT)}
    assert found == {
        ("Castell", "mayor"),
        ("Lund", "leader"),
        ("Costa", "nurs"),
        ("Oye", "leader"),
        ("Ade", "minist"),
        ("Sykes", ""),
        ("Vane", "leader"),
        ("Amadi", "judg"),
    }


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("Ivo Castell is the mayor of Merrin.", False),
        ("Tove Lund is the mayor of Merrin.", True),
        ("Lena Costa is a nurse.", False),
        ("Lena Costa is a teacher.", True),
        ("Marcus Oye is the chairman of Delcroft.", False),
        ("Tove Lund is the chairman of Delcroft.", True),
        ("Tove Lund of Delcroft thanked a nurse.", True),
        ("Tove Lund of Northmoor thanked a nurse.", False),
        ("Paul Ade is the energy minister of Torvia.", False),
        ("Paul Ade is the water minister.", True),
        ("Dominic Vane leads the Liberals.", False),
        ("Dominic Vane leads the Farmers' Party.", True),
        ("Rhona Sykes leads the Liberals.", True),
        ("Rhona Sykes of the Liberals met the minister.", True),
        ("Felix Amadi was a judge.", False),
        ("Felix Amadi is a dentist.", True),
        ("Olga Pell is a dentist.", False),
    ],
)
def test_another_office_or_anothers_is_seen(claim, other):
    assert other_office(claim, TEXT) == other
