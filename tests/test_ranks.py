"""Whether a claim gives somebody another rank."""

from __future__ import annotations

import pytest

from rag.ranks import other_rank

TEXT = (
    "The assistant conductor, Ada Wren, led the choir while the conductor, Otto Brill, slept.",
    "Tove Lund joins from Orlow Glass, where she has been Deputy Finance Director since 2020.",
    "Quill's deputy harbour inspector, Ivo Castell, wept.",
    "The museum's former director, Lena Costa, sang.",
    "Paul Ade, the deputy prime minister, met the chairman, Marcus Oye.",
)


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("Ada Wren is the conductor of the choir.", True),
        ("Ada Wren is the assistant conductor of the choir.", False),
        ("Otto Brill is the conductor of the choir.", False),
        ("Otto Brill, the assistant conductor, slept.", True),
        ("Tove Lund was Finance Director of Orlow Glass before she left.", True),
        ("Tove Lund was Deputy Finance Director of Orlow Glass.", False),
        ("Ivo Castell is Quill's harbour inspector.", True),
        ("Lena Costa is the director of the museum.", True),
        ("Lena Costa was the director of the museum.", False),
        ("The former chairman, Marcus Oye, sang.", False),
        ("Paul Ade is a minister.", False),
        ("Rhona Sykes is the deputy conductor.", False),
    ],
)
def test_another_rank_of_the_same_office_is_seen(claim, other):
    assert other_rank(claim, TEXT) == other
