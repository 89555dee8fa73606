"""A credit says who made a report or a picture, and nothing else."""

from __future__ import annotations

import pytest

from index.credits import credit


@pytest.mark.parametrize(
    "line",
    [
        "Picture: Kelmar Coastguard",
        "*Photo: Ann Orr*",
        "Photo by Ann Orr/Getty Images",
        "Photograph: Orr family",
        "Photo: Supplied",
        "Picture: supplied by the family",
        "Image: Orr & Lee Architects",
        "Photo credit: Ann Orr / Eastern Wire",
        "Main image credit: Eastern",
        "Illustration: Bo van der Lee",
        "(AP Photo/Ann Orr, File)",
        "File photo",
    ],
)
def test_a_pictures_credit_is_one_alone_and_behind_its_caption(line: str) -> None:
    assert credit(line) == 0
    caption = "The ferry on the rocks on Monday. "
    assert credit(caption + line) in (len(caption), len(caption) - 1)


@pytest.mark.parametrize(
    "line",
    [
        "Picture: two men walk by the river",
        "Photo: Two men walk by the river.",
        "Picture the scene: Ann Orr walks in.",
        "Best Picture: Frost",
        "Image: everything",
        "Photo finish: Ann Orr wins",
        "Credit Kelmar: Bank Fails",
        "Credit: the bank lends at 3%",
        "Photos of Ann Orr were sold.",
        "Picture: Ann Orr. The ferry sank.",
        "Picture: " + "Ann Orr " * 100,
    ],
)
def test_news_of_pictures_and_of_credit_is_none(line: str) -> None:
    assert credit(line) is None
    assert credit(f"The ferry sank. {line}") is None
