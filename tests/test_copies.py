"""A copy of a text is known for one, whoever printed it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.copies import WIDTH, copied, shared, shingles, signature

WIRE = (
    "The Lumen aircraft crossed the strait on Tuesday and landed at Korrin without its pilot, "
    "the ministry said. It carried blood for two hospitals and came back empty before noon. "
    "Three more flights are planned for the week, weather permitting."
)
EDITED = WIRE.replace("the ministry said", "officials told the Post").replace("Three", "Four")
SHORTENED = WIRE[: WIRE.index("Three")]
OTHER = (
    "Growers in the valley lost half of the pear crop to blight this spring, and the rain that "
    "fell in May is to blame, said the growers' union in its yearly report on Tuesday."
)


def alike(one: str, other: str) -> bool:
    forth, back = copied(shingles(one), shingles(other)), copied(shingles(other), shingles(one))
    assert forth == back
    return forth


@pytest.mark.parametrize("copy", [EDITED, SHORTENED, WIRE.upper()])
def test_a_wire_story_with_small_edits_is_a_copy(copy: str) -> None:
    assert alike(WIRE, copy)


def test_texts_about_the_same_thing_in_other_words_are_none() -> None:
    other_words = (
        "A pilotless Lumen flew blood over the strait to Korrin on Tuesday, officials say."
    )
    assert not alike(WIRE, other_words)
    assert not alike(WIRE, OTHER)


def test_case_blanks_and_punctuation_do_not_count() -> None:
    assert list(shingles("One, two -- THREE!")) == list(shingles("one two\nthree"))
    assert len(shingles("one two three four")) == 2
    assert shared(shingles("one two three four"), shingles("two, three, four!")) == 1


@pytest.mark.parametrize("short", ["", "...", "Yes.", "Two words"])
def test_texts_of_fewer_than_three_words_are_copies_of_their_like_only(short: str) -> None:
    assert alike(short, short)
    assert not alike(short, WIRE) and not alike(short, OTHER)


@given(st.text(max_size=200))
def test_every_text_is_a_copy_of_itself(text: str) -> None:
    assert alike(text, text)


def test_shingles_and_signatures_are_the_same_on_every_machine() -> None:
    assert shingles("Ten goats crossed the river.").tolist() == [
        5644642267123741930,
        10869687999442354893,
        12123484618818194657,
    ]
    assert signature(shingles("Ten goats crossed the river."))[:3].tolist() == [
        1892061087,
        1594166898,
        151982823,
    ]


def test_signatures_agree_in_about_the_share_of_shingles_in_common() -> None:
    words = [f"w{n}" for n in range(3000)]
    one, other = shingles(" ".join(words[:2000])), shingles(" ".join(words[1000:]))
    agree = (signature(one) == signature(other)).mean()
    assert abs(agree - 1 / 3) < 0.2
    assert len(signature(one)) == WIDTH


def test_the_least_of_two_signatures_is_that_of_both_texts_together() -> None:
    one, other = shingles(WIRE), shingles(OTHER)
    both = signature(np.unique(np.concatenate([one, other])))
    assert np.array_equal(both, np.minimum(signature(one), signature(other)))
