"""An article's own lists and captions are read; a site's lists around them are not."""

from __future__ import annotations

import pytest

from index.parsing import html

STORY = (
    "The harbour board voted nine to two on Tuesday to dredge the eastern channel. "
    "Work begins in March and is to end before the autumn storms, the board said. "
)
BODY = "".join(f"<p>{STORY.replace('Tuesday', day)}</p>" for day in ("Monday", "Friday", "Sunday"))
FACTS = "<li>Length: 3 kilometres</li><li>Cost: 4.5 million crowns</li><li>Boats: nine</li>"


def marked(*parts: str) -> list[str]:
    """The furniture of a page with these parts."""
    page = html.page(f"<!doctype html><html><body>{''.join(parts)}</body></html>")
    return [page.text[start:end] for start, end, _ in page.furniture]


@pytest.mark.parametrize("around", ["article", "main", "div"])
@pytest.mark.parametrize("kind", ["ul", "ul class='facts'", "ol"])
def test_a_list_of_facts_that_closes_an_article_is_its_own(around: str, kind: str) -> None:
    page = f"<h1>Dredging</h1>{BODY}<{kind}>{FACTS}</{kind.split()[0]}>"
    links = "<ul><li><a href=a>Mayor resigns after the vote of Monday</a></li></ul>"
    furniture = marked(f"<{around}>{page}</{around}>", links, "<footer>The Post</footer>")
    assert furniture == ["Mayor resigns after the vote of Monday", "The Post"]


def test_a_list_that_stands_right_in_the_page_is_known_by_the_paragraph_before_it() -> None:
    menu = "<ul><li>News of 3 counties</li><li>Sport: today</li></ul>"
    furniture = marked(menu, f"<h1>Dredging</h1>{BODY}<ul>{FACTS}</ul><div>{menu}</div>")
    assert furniture == ["News of 3 counties", "Sport: today"] * 2


def test_a_list_keeps_the_heading_above_it() -> None:
    assert marked(f"<article>{BODY}<h3>In figures</h3><ul>{FACTS}</ul></article>") == []


@pytest.mark.parametrize(
    "after",
    [
        "<ul class='tags'><li>Dredging: 2024</li><li>The harbour board of Kelmar</li></ul>",
        "<ul><li>Dredging</li><li>Harbours</li><li>Kelmar</li></ul>",
        "<ul class='share-bar'><li>Share: Facebook</li><li>Share: Print</li></ul>",
        "<ul><li>Facebook</li><li>Share this story</li><li>Print: 2 pages</li></ul>",
        "<ul><li><a href=a>Mayor resigns after 9 years</a></li><li><a href=b>12 tips</a></li></ul>",
        "<h3>More stories</h3><ul><li>Mayor resigns after 9 years</li></ul>",
        "<h3>Related articles</h3><ul><li>Mayor resigns after 9 years</li></ul>",
        "<div><ul><li>Mayor resigns after 9 years</li></ul></div>",
    ],
)
def test_tags_places_to_share_and_other_stories_are_not(after: str) -> None:
    shown = html.page(after).text.splitlines()
    assert marked(f"<h1>Dredging</h1>{BODY}{after}<footer>The Post</footer>") == [
        *shown,
        "The Post",
    ]


CAPTION = "The lighthouse of Kelmar, which was founded in 1892. Photograph: Ann Orr"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<article><h1>Dredging</h1>{}", "</article>"),
        ("<article><header><h1>Dredging</h1>{}</header><div>", "</div></article>"),
        ("<main><h1>Dredging</h1>" + BODY + "<div>{}</div>", "</main>"),
        ("<div>" + BODY + "{}", "</div>"),
    ],
)
def test_the_caption_of_a_picture_in_an_article_is_its_own(before: str, after: str) -> None:
    figure = f"<figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure>"
    assert marked(before.format(figure), BODY, after) == []


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img><figcaption>Ann Orr/The Post</figcaption></figure>",
        f"<figure><video></video><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure><img><figcaption><a href=a>{CAPTION}</a></figcaption></figure>",
        f"<div class='related'><figure><img><figcaption>{CAPTION}</figcaption></figure></div>",
    ],
)
def test_a_credit_a_films_title_and_another_storys_picture_are_not(figure: str) -> None:
    shown = html.page(figure).text.splitlines()
    assert marked(f"<h1>Dredging</h1>{BODY}{figure}{BODY}<footer>The Post</footer>") == [
        *shown,
        "The Post",
    ]


def test_a_picture_outside_the_article_has_a_caption_of_its_own() -> None:
    figure = f"<figure><img><figcaption>{CAPTION}</figcaption></figure>"
    assert marked(f"<article>{BODY}</article><div>{figure}</div>") == [CAPTION]
