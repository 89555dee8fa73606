"""Lines around a story are known by their words and by where they stand."""

from __future__ import annotations

import pytest

from index.articles import layout
from index.records import Article, Page, Source

STORY = "Growers in the valley lost half of the pear crop to a late frost, their union said.\n"


def laid(text: str) -> tuple[Article, dict[str, str]]:
    """The article of a text, and its furniture with why each is."""
    made = layout(Source("a.txt", "text/plain", "utf-8", "", Page(text)))
    (article,) = made.articles
    return article, {text[start:end]: why for start, end, why in made.furniture}


# Where on a site a page stands


@pytest.mark.parametrize(
    "trail",
    [
        "Home > Science & Environment > Energy",
        "Home » Pears",
        "News › Valley › Pears",
        "Home / News / Valley",
        "[Home](/) > [News](/news)",
        "You are here: Home > News",
        "Home > News > Pears fail in the valley, and ninety pickers are out of work, says a union",
        "https://post.example/2025/pears",
        "www.post.example",
    ],
)
def test_a_trail_above_the_headline_is_furniture_and_no_title(trail: str) -> None:
    article, furniture = laid(f"{trail}\n\nPears fail in the valley\n\n{STORY}")
    assert article.title == "Pears fail in the valley"
    assert furniture == {trail: "page furniture"}
    assert laid(f"Pears fail\n\n{STORY}{trail}\n")[1] == {}


@pytest.mark.parametrize(
    "headline",
    [
        "Home is where the pears are",
        "Home",
        "Home / Away",
        "Kelmar > Orlow",
        "Gold | Silver | Bronze",
        "Home > News > Pears",  # there is no other
    ],
)
def test_a_headline_that_looks_like_a_trail_is_one(headline: str) -> None:
    article, furniture = laid(f"{headline}\n\n{STORY}")
    assert (article.title, furniture) == (headline, {})
