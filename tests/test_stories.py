"""A file of several stories becomes several articles; one story in parts stays one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Layout, layout
from index.errors import UnreadableSource
from index.parsing import html
from index.records import Article, Page, Source

PEARS = (
    "Growers in the valley lost half of the pear crop to a late frost, the growers' union said. "
    "The packing house at Orlow will open for two weeks in place of six, and ninety pickers were "
    "told to stay at home.\n\nThe frost came on the night of 4 May. Those who had lit fires "
    "between the rows saved most of their fruit, said the union's secretary, Ana Brand."
)
BRIDGE = (
    "The toll bridge at Kelmar carries cars again after nine months of work on its southern arch. "
    "The first to cross it was a baker, who had driven round by Torvia every night since August."
    "\n\nThe repair cost 3.1 million crowns, a third more than planned, the roads office said. "
    "The toll will rise by ten cents in July to pay for it."
)
FERRY = (
    "A ferry with sixty people on board ran onto a bank of sand off Orlow and came free with the "
    "tide. Nobody was hurt, and the ferry went on to Kelmar under its own power.\n\n"
    "The buoy that marks the bank had drifted by the length of a football field, the harbour "
    "office said, and a boat was sent out to bring it back."
)
HEADLINES = (
    "Frost takes half of the pears",
    "Toll bridge opens again",
    "Ferry frees itself at Orlow",
)
BODIES = (PEARS, BRIDGE, FERRY)
BYLINES = (
    "By Mara Ellison, The Field Ledger, 5 May 2024",
    "Kelmar Courier · May 6, 2024 · Noor Jansen",
    "Ewan Castell, Harbour Post, 7 May 2024",
)
TOLD = [
    ("Frost takes half of the pears", "The Field Ledger", "2024-05-05"),
    ("Toll bridge opens again", "Kelmar Courier", "2024-05-06"),
    ("Ferry frees itself at Orlow", "Harbour Post", "2024-05-07"),
]


def laid(page: Page) -> Layout:
    return layout(Source("a", "text/plain", "utf-8", "", page))


def facts(articles: tuple[Article, ...]) -> list[tuple[str | None, str | None, str | None]]:
    return [(a.title, a.publisher, a.published) for a in articles]


def said(page: Page, made: Layout) -> list[str]:
    """What each article says, without its furniture."""
    marked = {at for start, end, _ in made.furniture for at in range(start, end)}
    return [
        "".join(page.text[at] for at in range(a.start, a.end) if at not in marked).strip()
        for a in made.articles
    ]


def plain(joined: str, shape: str) -> Page:
    parts = zip(HEADLINES, BYLINES, BODIES, strict=True)
    return Page(joined.join(shape.format(h=h, by=by, body=body) for h, by, body in parts))


def web(shape: str, *, before: str = "", after: str = "", head: str = "") -> Page:
    told = zip(HEADLINES, BYLINES, BODIES, strict=True)
    inside = "".join(
        shape.format(h=h, by=by, body="<p>" + body.replace("\n\n", "</p><p>") + "</p>")
        for h, by, body in told
    )
    return html.page(f"<html><head>{head}</head><body>{before}{inside}{after}</body></html>")


# Several


@pytest.mark.parametrize(
    ("joined", "shape"),
    [
        ("\n\n---\n\n", "{h}\n{by}\n\n{body}"),
        ("\n\n***\n\n", "{h}\n\n{by}\n\n{body}"),
        ("\n* * *\n", "{h}\n{by}\n{body}"),
        ("\n\n", "# {h}\n*{by}*\n\n{body}"),
        ("\n\n", "## {h}\n\n{by}\n\n{body}"),
        ("\n\n", "{h}\n======\n\n_{by}_\n\n{body}"),
        ("\n\n---\n\n", "## {h}\n\nA line that tells a little more\n\n{by}\n\n{body}"),
        ("\n\n\n", "{h}\n{by}\n\n{body}"),
        ("\n\n", "{h}\n\n{by}\n\n{body}"),
    ],
)
def test_stories_set_apart_in_a_text_are_articles(joined: str, shape: str) -> None:
    page = plain(joined, shape)
    made = laid(page)
    assert facts(made.articles) == TOLD
    for words, body in zip(said(page, made), BODIES, strict=True):
        assert words.endswith(body)
        assert not any(by in words for by in BYLINES)
    spans = [page.text[a.start : a.end] for a in made.articles]
    assert all(head in span for head, span in zip(HEADLINES, spans, strict=True))


@pytest.mark.parametrize(
    "shape",
    [
        "<article><h2>{h}</h2><p>{by}</p>{body}</article>",
        "<article><h1>{h}</h1><div class=meta>{by}</div>{body}</article>",
        "<article><header><p>{by}</p></header><h2>{h}</h2><p>{by}</p>{body}</article>",
        "<div class=story><h2>{h}</h2><p>{by}</p>{body}</div>",
        "<h2>{h}</h2><p>{by}</p>{body}",
        "<section><h3><span>{h}</span></h3><p>A line more.</p><p>{by}</p>{body}</section>",
    ],
)
def test_stories_set_apart_on_a_page_are_articles(shape: str) -> None:
    page = web(shape, before="<nav>News</nav><h1>The week in the valley</h1>")
    made = laid(page)
    assert facts(made.articles) == TOLD
    for words, body in zip(said(page, made), BODIES, strict=True):
        assert words.endswith(body.replace("\n\n", "\n"))
        assert not any(by in words for by in BYLINES)
    whys = {page.text[start:end]: why for start, end, why in made.furniture}
    assert whys["The week in the valley"] == "around the article"
    # It stands in each passage's header, and else where a line goes on from it.
    assert whys.get(HEADLINES[1], "title") == "title"


def test_of_a_story_that_names_none_the_publisher_is_the_pages_and_the_date_its_own() -> None:
    site = '<meta property="og:site_name" content="The Week"><meta name=date content=2024-05-09>'
    shape = "<article><h2>{h}</h2><p>By Mara Ellison</p>{body}</article>"
    assert facts(laid(web(shape, head=site)).articles) == [
        (headline, "The Week", None) for headline in HEADLINES
    ]
    shape = shape.replace("</p>", '</p><time datetime="2024-05-04">last week</time>')
    assert {a.published for a in laid(web(shape, head=site)).articles} == {"2024-05-04"}


def test_what_a_texts_own_header_says_of_the_publisher_holds_for_stories_that_name_none() -> None:
    head = "Title: The week\nSource: The Week\nDate: 9 May 2024\n\n"
    story = "## {h}\n\nBy Mara Ellison\n\n{body}"
    page = Page(head + plain("\n\n", story).text)
    assert facts(laid(page).articles) == [(headline, "The Week", None) for headline in HEADLINES]


def test_what_stands_before_the_first_story_is_an_article_where_it_is_one() -> None:
    words = "The editors found three stories this week that nobody else had told. " * 5
    made = laid(Page(f"# The week\n\n{words}\n\n" + plain("\n\n", "## {h}\n\n{by}\n\n{body}").text))
    assert facts(made.articles) == [("The week", None, None), *TOLD]
    page = web("<article><h2>{h}</h2><p>{by}</p>{body}</article>", before=f"<p>{words}</p>")
    assert facts(laid(page).articles)[1:] == TOLD


def test_a_dated_digest_is_no_story_above_its_own() -> None:
    text = (
        "# The week in the valley\n\n9 May 2024\n\n" + plain("\n\n", "## {h}\n{by}\n\n{body}").text
    )
    assert facts(laid(Page(text)).articles) == TOLD


# One


def paragraphs(*bodies: str) -> str:
    return "".join(f"<p>{p}</p>" for body in bodies for p in body.split("\n\n"))


MAIN = "<h1>Frost takes half of the pears</h1><p>By Mara Ellison, 5 May 2024</p>"
CARD = (
    "<h3>{h}</h3><p>{by}</p><p>The tide was high and the night was dark, and yet she came free.</p>"
)


@pytest.mark.parametrize(
    "text",
    [
        f"# {HEADLINES[0]}\n\n{BYLINES[0]}\n\n{PEARS}\n\n## {HEADLINES[1]}\n\n{BRIDGE}\n\n"
        f"## {HEADLINES[2]}\n\n{FERRY}",
        # a box by another hand, in the story that it explains
        f"# {HEADLINES[0]}\n\n{BYLINES[0]}\n\n{PEARS}\n\n## How frost kills a flower\n\n"
        f"By Noor Jansen\n\n{BRIDGE}\n\n## What the growers want now\n\nBy Ewan Castell\n\n{FERRY}",
        # days that are told of, not days of publication
        f"# {HEADLINES[0]}\n\n{PEARS}\n\n## The frost comes in\n\n4 May 2024\n\n{BRIDGE}\n\n"
        f"## The growers count losses\n\n6 May 2024\n\n{FERRY}",
        f"{HEADLINES[0]}\n{BYLINES[0]}\n\n{PEARS}\n\n---\n\n{BRIDGE}\n\n---\n\n{FERRY}",
        f"{HEADLINES[0]}\n{BYLINES[0]}\n\n{PEARS}\n\nMore from the valley\n\n{HEADLINES[1]}\n"
        f"{BYLINES[1]}\n\n{HEADLINES[2]}\n{BYLINES[2]}\n",
        f"# {HEADLINES[0]}\n\n{PEARS}\n\n# {HEADLINES[0]}\n\n5 May 2024\n\n{BRIDGE}",
        # who commented
        f"# {HEADLINES[0]}\n\n{PEARS}\n\n## Karin Dalen\n\n6 May 2024\n\n{BRIDGE}\n\n"
        f"## Piet Maas\n\n7 May 2024\n\n{FERRY}",
    ],
)
def test_one_story_in_several_parts_is_one_article(text: str) -> None:
    made = laid(Page(text))
    assert [a.title for a in made.articles] == [HEADLINES[0]]
    assert (made.articles[0].start, made.articles[0].end) == (0, len(text.rstrip()))


@pytest.mark.parametrize(
    "body",
    [
        f"{MAIN}{paragraphs(PEARS)}<h2>{HEADLINES[1]}</h2>{paragraphs(BRIDGE)}"
        f"<h2>{HEADLINES[2]}</h2>{paragraphs(FERRY)}",
        f"<article>{MAIN}{paragraphs(PEARS, BRIDGE)}</article>"
        + "".join(
            CARD.format(h=h, by=by) for h, by in zip(HEADLINES[1:], BYLINES[1:], strict=True)
        ),
        f"<article>{MAIN}{paragraphs(PEARS, BRIDGE)}</article>"
        + "".join(
            f"<article>{CARD.format(h=f'<a href=x>{h}</a>', by=by)}</article>"
            for h, by in zip(HEADLINES[1:], BYLINES[1:], strict=True)
        ),
        f"<article>{MAIN}{paragraphs(PEARS)}<div class=comments>"
        f"<article><h3>Karin van Dalen</h3><p>6 May 2024</p>{paragraphs(BRIDGE)}</article>"
        f"<article><h3>Piet van Maas</h3><p>7 May 2024</p>{paragraphs(FERRY)}</article>"
        "</div></article>",
        f"<article>{MAIN}{paragraphs(PEARS)}<h3>How frost kills a flower</h3><p>By Noor Jansen</p>"
        f"{paragraphs(BRIDGE)}<h3>What the growers want now</h3><p>By Ewan Castell</p>"
        f"{paragraphs(FERRY)}</article>",
    ],
)
def test_one_story_with_what_surrounds_it_is_one_article(body: str) -> None:
    page = html.page(f"<html><body>{body}</body></html>")
    assert page.parts == ()
    assert facts(laid(page).articles) == [(HEADLINES[0], None, "2024-05-05")]


@pytest.mark.parametrize(
    ("head", "shape"),
    [
        ("", "<article><h2>{h}</h2><time>14:32</time>{body}</article>"),
        ("", "<article><h2>{h}</h2><p>By Mara Ellison, 5 May 2024, 14:32</p>{body}</article>"),
        ("", "<div class=live-blog><h2>{h}</h2><p>{by}</p>{body}</div>"),
        ('<script type="application/ld+json">{"@type":"LiveBlogPosting"}</script>',
         "<article><h2>{h}</h2><p>{by}</p>{body}</article>"),
    ],
)  # fmt: skip
def test_a_live_blog_is_one_article(head: str, shape: str) -> None:
    page = web(shape, before="<h1>Frost in the valley: live</h1>", head=head)
    assert page.parts == ()
    assert len(laid(page).articles) == 1


# Any


PIECES = st.sampled_from(
    ["", "---", "***", "===", "# A headline of words", "A headline of words", "By Mara Ellison",
     "By Mara Ellison, The Post, 5 May 2024", "5 May 2024", "Title: A", "Source: The Post", PEARS,
     BRIDGE, "Related Articles", "The Post", "2 days ago", "Share", "\u200b"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("\n".join))
def test_any_order_of_lines_leaves_nothing_out(text: str) -> None:
    made = laid(Page(text))
    ends = [0]
    for article in made.articles:
        assert ends[-1] <= article.start <= article.end <= len(text)
        ends.append(article.end)
    inside = {at for a in made.articles for at in range(a.start, a.end)}
    inside |= {at for start, end, _ in made.furniture for at in range(start, end)}
    assert all(at in inside for at, letter in enumerate(text) if not letter.isspace())


BLOCKS = st.sampled_from(
    ["<article>", "</article>", "<div>", "</div>", "<h1>A headline of words</h1>",
     "<nav>More</nav>",
     "<h2>Another headline of words</h2>", "<h2>A third headline here</h2>", "<p>5 May 2024</p>",
     "<p>By Mara Ellison</p>", f"<p>{PEARS}</p>", f"<p>{BRIDGE}</p>", "<p hidden>Ferry</p>", "x"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=24).map("".join))
def test_any_page_is_articles_in_order_and_furniture(markup: str) -> None:
    try:
        page = html.page(f"<html><body>{markup}y</body></html>")
    except UnreadableSource:
        return
    made = laid(page)
    inside = {at for a in made.articles for at in range(a.start, a.end)}
    inside |= {at for start, end, _ in made.furniture for at in range(start, end)}
    assert all(at in inside for at, letter in enumerate(page.text) if not letter.isspace())
    spans = [(a.start, a.end) for a in made.articles]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
