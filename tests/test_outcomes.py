"""Whether a claim says that something came out as it did not."""

from __future__ import annotations

import pytest

from rag.outcomes import otherwise_ended, so_too


@pytest.mark.parametrize(
    ("claim", "sentence", "other"),
    [
        ("Ada Wren was convicted of fraud.", "Jurors cleared Ada Wren, 40, of fraud.", True),
        ("Ada Wren was acquitted of fraud.", "Jurors cleared Ada Wren, 40, of fraud.", False),
        ("Ada Wren was not guilty of fraud.", "Jurors cleared Ada Wren, 40, of fraud.", False),
        ("Ada Wren was convicted of fraud.", "Ada Wren is accused of fraud.", True),
        ("Ada Wren is accused of fraud.", "Ada Wren was convicted of fraud.", False),
        ("Quill accepted the loan.", "Quill turned down the loan in May.", True),
        ("Quill rejected the loan.", "Quill turned down the loan in May.", False),
        ("Quill did not accept the loan.", "Quill turned down the loan in May.", False),
        ("Quill accepted the loan.", "Quill was offered the loan.", True),
        ("Quill took the loan.", "Quill was offered the loan.", False),
        ("Quill paid the gang 40 crowns.", "The gang demanded 40 crowns from Quill.", True),
        ("Quill paid 40 crowns for it.", "It was offered for 50, and cost Quill 40.", False),
        ("Orlow bought the ship.", "The ship is on loan to Orlow from Quill.", True),
        ("The court upheld the ban.", "The court overturned the ban.", True),
        ("The court rejected the appeal of Orlow.", "The court upheld the ban on Orlow.", False),
        ("All nine ferries failed the test.", "All nine ferries of Quill passed the test.", True),
        ("Wren voted for the pier.", "Wren spoke twice on the pier and voted against it.", True),
        (
            "Wren voted against the law and for the tax.",
            "Wren voted for the tax and against the law.",
            False,
        ),
        ("The pier burned.", "Ada Wren was cleared.", False),
    ],
)
def test_an_outcome_that_is_told_otherwise_is_seen(claim, sentence, other):
    assert otherwise_ended(claim, [sentence]) == other
    assert not otherwise_ended(claim, [sentence, claim])


def test_what_little_of_the_claim_came_out_so_does_not_spare_it():
    passed = "All nine ferries of Quill passed the test in May."
    claim = "All nine ferries of Quill failed the test in May."
    assert otherwise_ended(claim, [passed, "Two goats had failed it."])
    assert not otherwise_ended(claim, [passed, "In May nine ferries had failed it."])


@pytest.mark.parametrize(
    ("claim", "sentence", "same"),
    [
        ("The inn shut in May.", "In May the inn closed.", {"shut"}),
        ("Quill turned down a mill.", "Quill declined a mill.", {"reject"}),
        ("Quill turned down a mill.", "Quill did not accept a mill.", {"reject"}),
        ("The inn shut in May.", "In May the inn opened.", set()),
        (
            "Wren voted for it, her party opposed it.",
            "Wren opposed it, her party backed it.",
            set(),
        ),
    ],
)
def test_words_for_one_outcome_say_the_same(claim, sentence, same):
    assert so_too(claim, [sentence]) == same
