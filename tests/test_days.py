"""A claim with another day or month than its source is not supported."""

from __future__ import annotations

import pytest

from rag.days import other_day


@pytest.mark.parametrize(
    ("claim", "held", "other"),
    [
        ("It sank in April.", "It sank in May.", True),
        ("It sank in May.", "It sank in April.", True),
        ("It sank on Sunday.", "On Monday it sank.", True),
        ("It sank on 3 May.", "It sank on Apr. 3.", True),
        ("It sank in May and June.", "It sank in May.", True),
        ("It sank in May.", "It sank in May, and in June it rose.", False),
        ("It sank on Sunday.", "It sank in May.", False),  # of another kind
        ("It sank.", "It sank in May.", False),
        ("It sank in May.", "It sank.", False),
        ("It sank in September.", "It sank in Sept.", False),
        ("It may sink in June.", "It may sink in June.", False),
        ("May Holm sank it in June.", "In June Ms Holm sank it.", False),
        ("The Marchers sank it.", "It sank in June.", False),
        ("Mary Holm and Jane sank it.", "Ms Holm sank it in June.", False),
        ("It sank at Mar-a-Lago.", "It sank in June.", False),
        ("April Jones sank it.", "It sank in June.", False),
        ("Jan Egeland sank it.", "It sank in June.", False),
        ("It sinks on Sundays.", "It sinks every Sunday.", False),
    ],
)
def test_days_and_months_are_compared_with_their_own_kind(claim, held, other):
    assert other_day(claim, held) == other
