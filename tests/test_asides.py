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


# Press releases


@pytest.mark.parametrize(
    "above",
    [
        "PRESS RELEASE\nFOR IMMEDIATE RELEASE",
        "Media Release - for immediate release",
        "**News release**",
        "STRICTLY EMBARGOED UNTIL 00:01 on Monday",
    ],
)
def test_what_stands_above_a_press_releases_headline_is_furniture(above: str) -> None:
    text = f"{above}\n\nPears fail in the valley\n\nKelmar, 3 May 2025 – {STORY}"
    article, furniture = laid(text)
    assert (article.title, article.published) == ("Pears fail in the valley", "2025-05-03")
    assert furniture == dict.fromkeys(above.split("\n"), "page furniture")


def test_a_press_release_may_be_dated_where_it_is_called_one() -> None:
    article, _ = laid(f"PRESS RELEASE, 3 May 2025\n\nPears fail in the valley\n\n{STORY}")
    assert (article.title, article.publisher) == ("Pears fail in the valley", None)
    assert article.published == "2025-05-03"


def test_what_stands_below_a_press_release_is_furniture_but_for_what_its_notes_say() -> None:
    notes = "Notes to editors\n\nOrr plc was founded in 1927.\n\n"
    _, furniture = laid(f"Pears fail\n\n{STORY}\n{notes}ENDS\n")
    assert furniture == {"Notes to editors": "page furniture", "ENDS": "page furniture"}


def test_a_story_about_press_releases_is_a_story() -> None:
    text = f"Press releases fall silent\n\n{STORY}The embargo ends.\nA press release is no news.\n"
    article, furniture = laid(text)
    assert (article.title, furniture) == ("Press releases fall silent", {})


# Pictures


def test_a_caption_stays_where_its_credit_is_furniture() -> None:
    caption = "The frost in Kelmar on Monday. Picture: Ann Orr"
    assert laid(f"Pears fail\n\n{caption}\n\n{STORY}")[1] == {"Picture: Ann Orr": "page furniture"}


def test_a_picture_in_a_list_of_prizes_is_news() -> None:
    prizes = "Director: Ann Orr\nPicture: Frost\nActor: Bo Lee\n"
    assert laid(f"Prizes for frost\n\n{STORY}\n{prizes}")[1] == {}


def test_what_leads_elsewhere_does_so_beside_a_label_too() -> None:
    follow = "Follow Ann Orr on Twitter: @annorr"
    assert laid(f"Pears fail\n\n{STORY}\nContributing: Bo Lee\n{follow}\n")[1] == {
        follow: "page furniture"
    }
