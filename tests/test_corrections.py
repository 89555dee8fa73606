"""What an earlier version of an article said is no answer of the article as it stands."""

from __future__ import annotations

import pytest

from index.articles import layout
from index.records import Page, Source

STORY = "Growers in the valley lost half of the pear crop to a late frost, their union said.\n"
ANYWHERE = [
    "An earlier version of this article said that half of the plums were lost.",
    "Correction: An earlier version of this report misstated the crop.",
    "*Correction, 3 May 2025: The crop was wrongly given as plums.*",
    "Clarification: a previous version of the story left out the union.",
    "Editor's note: An earlier version of this article gave £52.",
]
AT_AN_EDGE = [
    "*This article was amended on 3 May 2025. An earlier version said that the fee was £52.*",
    "Editor's note: This story has been updated to say that pears were lost.",
    "Because of an editing error, an article on Monday misstated the crop.",
    "This article originally said that the fee was £52.",
]
NEWS = [
    "An earlier version of the bill would have taxed pears at £52.",
    "Because of an error at the plant, 40 people lost their work.",
    "Correction officers were wrongly paid - their union is glad.",
    "Correction: the market falls again",
    "This article was amended in 1992 to allow a third term.",
    "The correction: prices fell by 9% in a week.",
    "Update: Police said that he had died.",
]


def notes(text: str) -> list[str]:
    made = layout(Source("a.txt", "text/plain", "utf-8", "", Page(text)))
    return [text[start:end] for start, end, why in made.furniture if why == "correction"]


@pytest.mark.parametrize("note", [*ANYWHERE, *AT_AN_EDGE])
def test_a_note_before_or_behind_the_story_is_furniture(note: str) -> None:
    assert notes(f"Pears fail\n\n{note}\n\n{STORY}\n{STORY}") == [note]
    assert notes(f"Pears fail\n\n{STORY}\n{STORY}\n{note}\n\nThe Harbour Post\n") == [note]


def test_within_the_story_only_a_note_that_names_the_version_is_one() -> None:
    for note in (*ANYWHERE, *AT_AN_EDGE):
        within = f"Pears fail\n\n{STORY}\n{note}\n\n{STORY}"
        assert notes(within) == [note] * (note in ANYWHERE)


@pytest.mark.parametrize("news", NEWS)
def test_news_of_errors_and_corrections_is_news(news: str) -> None:
    assert notes(f"Pears fail\n\n{news}\n\n{STORY}\n{STORY}\n{news}\n") == []


def test_a_note_may_have_a_head_and_a_second_line() -> None:
    told = ["Correction", ANYWHERE[0]]
    assert notes(f"Pears fail\n\n{STORY}\n" + "\n".join(told)) == told
    told = ["This article was amended on 3 May.", "The earlier version said plums."]
    assert notes(f"Pears fail\n\n{STORY}\n" + "\n".join(told)) == told


def test_a_column_of_corrections_is_an_article() -> None:
    assert notes("Corrections and clarifications\n\n" + "\n\n".join(ANYWHERE)) == []


def test_a_line_without_end_is_no_note() -> None:
    assert notes(f"Pears fail\n\n{STORY}\n{'*' * 50_000}{ANYWHERE[0] * 50}\n") == []
