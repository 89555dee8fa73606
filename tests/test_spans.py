"""The words in a sentence that are shown as its answer."""

from __future__ import annotations

import pytest

from rag.spans import closed

TEXT = 'It gave €90 billion ($102 billion) to “the front” and said "no more" of it (so far).'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("€90 billion", "€90 billion"),
        ("€90 billion ($102 billion", "€90 billion ($102 billion)"),
        ("€90 billion ($102", "€90 billion"),
        ("$102 billion)", "($102 billion)"),
        ("billion) to", "billion) to"),
        ("(so", "so"),
        ("the front”", "“the front”"),
        ("front”", "front"),
        ("“the", "the"),
        ('no more"', '"no more"'),
        ('said "no more', 'said "no more"'),
        ('more"', "more"),
        ("(", "("),
    ],
)
def test_no_bracket_or_quotation_is_cut(words, shown):
    start = TEXT.index(words)
    first, last = closed(TEXT, (start, start + len(words)), (0, len(TEXT)))
    assert TEXT[first:last] == shown


def test_a_mark_within_a_bracket_is_closed_with_it():
    text = 'They say (the "big one") now.'
    assert closed(text, (9, 18), (0, len(text))) == (10, 13)


def test_nothing_beyond_the_sentence_is_taken_in():
    text = "He left (at noon) by car."
    assert closed(text, (3, 16), (3, 16)) == (3, 7)
