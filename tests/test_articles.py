"""A file's text becomes articles, what they say of themselves, and the furniture around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Layout, layout
from index.records import Article, Page, Source


def laid(text: str, **about: str | None) -> Layout:
    return layout(Source("a.txt", "text/plain", "utf-8", "", Page(text, **about)))  # type: ignore[arg-type]


def only(text: str, **about: str | None) -> Article:
    (article,) = laid(text, **about).articles
    return article


def marked(text: str) -> dict[str, str]:
    return {text[start:end]: why for start, end, why in laid(text).furniture}


AGGREGATED = """\
Lead story about the harbour
The board voted to dredge the channel. Work begins in March.
Comments
No comments yet...
Related Articles
The Field Ledger
2 days ago
- The Field Ledger
Pears fail in the valley
Growers lost half of the crop. Rain is to blame.
Share
Eastern Wire
An hour ago
Toll bridge reopens
Traffic moved again on Monday.
"""


# Several articles in one file


def test_an_aggregator_page_splits_into_its_articles_with_titles_and_publishers() -> None:
    made = laid(AGGREGATED)
    assert [(a.number, a.title, a.publisher) for a in made.articles] == [
        (1, "Lead story about the harbour", None),
        (2, "Pears fail in the valley", "The Field Ledger"),
        (3, "Toll bridge reopens", "Eastern Wire"),
    ]
    assert [AGGREGATED[a.start : a.end].split("\n")[-1] for a in made.articles] == [
        "The board voted to dredge the channel. Work begins in March.",
        "Growers lost half of the crop. Rain is to blame.",
        "Traffic moved again on Monday.",
    ]


def test_the_furniture_of_an_aggregator_page_is_marked_with_its_reason() -> None:
    assert marked(AGGREGATED) == {
        "Comments": "page furniture",
        "No comments yet...": "page furniture",
        "Related Articles": "page furniture",
        "The Field Ledger": "card",
        "2 days ago": "card",
        "- The Field Ledger": "card",
        "Share": "page furniture",
        "Eastern Wire": "card",
        "An hour ago": "card",
    }


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Pears fail again",
        "RELATED: Plums, too",
        "Click here to subscribe to our newsletter",
        "Subscribe to the Ledger's weekly newsletter",
        "Get the day's news delivered to your inbox every morning.",
        "Follow the Ledger on Twitter and Facebook.",
        "© 2025 The Field Ledger",
        "This site uses cookies to remember you.",
        "To Read the Full Story",
        "Get our health newsletter: sign up here",
        "We will use the details you have shared to manage your registration.",
        "Share this: Twitter Facebook Print",
        "Share on Facebook | Tweet | E-mail | Copy link",
        "*Follow the Ledger on LinkedIn. Got a tip?*",
        "More obituaries: Ann Orr, weaver; Bo Lee, ferryman",
        "More from the Ledger: Plums fail, too",
        "Tagged: pears, frost, Orlow",
        "From our political staff",
        "By our own correspondent in New Kelmar",
        "(Reporting by Ann Orr in Kelmar; Editing by Bo Lee)",
        "Additional reporting by Ann Orr and Jan van Dam; writing and editing by the newsroom.",
        "(Reporting by "
        + ", ".join(f"Ann Orr and Bo Lee in Kelmar {n}" for n in "ABCDEFGHIJ")
        + ")",
        "Author: Ann Orr",
        "**Authors:** Ann Orr & Bo van der Lee",
    ],
)
def test_what_invites_to_other_things_is_furniture(line: str) -> None:
    assert marked(f"Pears fail\nGrowers lost half.\n{line}\nRain fell.\n") == {
        line: "page furniture"
    }


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to a theory, and you must test it.",
        "Follow the river on foot and you come to Orlow.",
        "Get the pears in before the rain, he said.",
        "Related diseases fell too.",
        "Readers sign up for a test with their email.",
        "We use cookie cutters of tin.",
        "Share this: the pears of Orlow are gone.",
        "Share prices on Facebook and Twitter fell.",
        "More obituaries: that is what the paper needs.",
        "More stories than ever were told of frost.",
        "Tagged: all of the 40 birds were set free.",
        "From our political staff came a letter of protest.",
        "From our house we saw the staff",
        "Reporting by the Ledger found that 12 officials took bribes.",
        "(Reporting by phone was forbidden.)",
        "Editing by hand takes nine days",
        "Author: nobody knows who wrote it.",
        "Author: No.",
        "Author Ann Orr: I wrote it.",
    ],
)
def test_news_that_begins_like_an_invitation_is_news(line: str) -> None:
    assert marked(f"Pears fail\nGrowers lost half.\n{line}\nRain fell.\n") == {}


def test_an_author_named_below_the_first_paragraph_may_be_of_a_book() -> None:
    story = (
        "Ann Orr of Kelmar has read the three books on frost that came out in the autumn of 2024."
    )
    text = f"Pears fail\n{story}\nTitle: Frost\nAuthor: Bo Lee\n"
    assert marked(text) == {}


def test_a_credit_at_the_end_of_a_sentences_line_is_furniture_and_the_sentence_is_not() -> None:
    credit = "(Reporting by Ann Orr in Kelmar; Editing by Bo Lee)"
    text = f"Pears fail\nGrowers lost half. {credit}\nRain fell (in May).\n"
    assert marked(text) == {credit: "page furniture"}


def test_publisher_and_age_alone_begin_a_card_only_below_related_articles() -> None:
    text = "A title\nThe Post\n2 days ago\nThe story goes on. It ends.\n"
    assert only(text).title == "A title"
    assert len(laid("Related Stories\n" + text).articles) == 2


def test_cards_without_a_lead_are_the_articles() -> None:
    text = "Related Articles\nThe Post\n1 day ago\n- The Post\nHeadline\nBody of it.\n"
    assert [(a.number, a.title) for a in laid(text).articles] == [(1, "Headline")]


# What an article says of itself


def test_a_header_block_names_title_publisher_and_date_and_is_furniture() -> None:
    text = (
        "Title: Pears fail\nSource: Field Ledger\nDate: 3 May 2025\nURL: x\n\nGrowers lost half.\n"
    )
    article = only(text)
    assert (article.title, article.publisher, article.published) == (
        "Pears fail",
        "Field Ledger",
        "2025-05-03",
    )
    assert text[article.start : article.end] == "Growers lost half."
    assert set(marked(text).values()) == {"header"}


@pytest.mark.parametrize(
    "text",
    [
        "Title: alone\n\nGrowers lost half.\n",  # one line is no block
        "Question: who?\nAnswer: nobody.\nGrowers lost half.\n",
        "Title: A\nDate: 2025\n",  # then there would be no article
    ],
)
def test_lines_with_a_colon_are_text_unless_they_are_a_header_block(text: str) -> None:
    assert marked(text) == {}
    assert only(text).start == 0


def test_front_matter_names_title_and_date_and_is_furniture() -> None:
    text = (
        '---\ntitle: "Pears: a failure"\ndate: 2025-05-03T10:00\ntags:\n- fruit\n  - rain\nx: 1\n\n'
        "---\n# Pears\nGrowers lost half.\n"
    )
    article = only(text)
    assert (article.title, article.published) == ("Pears: a failure", "2025-05-03")
    assert text[article.start : article.end] == "# Pears\nGrowers lost half."


def test_a_rule_between_paragraphs_is_no_front_matter() -> None:
    text = "---\nGrowers lost half of the crop this year.\n---\nRain is to blame.\n"
    assert marked(text) == {}
    assert only(text).start == 0 and only(text).end == len(text) - 1


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("By Mara Ellison, The Harbour Post, 22 April 2025", "The Harbour Post", "2025-04-22"),
        ("The Harbour Post | April 22, 2025", "The Harbour Post", "2025-04-22"),
        ("*By Mara Ellison — The Harbour Post*", "The Harbour Post", None),
        ("22 April 2025", None, "2025-04-22"),
        ("By Mara Ellison", None, None),
        ("The fire of 3 May 2024 destroyed the mill, the barn, and the house.", None, None),
    ],
)
def test_a_byline_names_publisher_and_date(
    line: str, publisher: str | None, published: str | None
) -> None:
    article = only(f"Pears fail in the valley\n{line}\nGrowers lost half.\nRain is to blame.\n")
    assert (article.publisher, article.published) == (publisher, published)
    assert article.title == "Pears fail in the valley"


def test_a_byline_is_furniture_and_its_article_ends_where_it_ended() -> None:
    text = "Pears fail\nBy Mara Ellison, The Post, 3 May 2025\nGrowers lost half.\nRain fell.\n"
    assert marked(text) == {
        "By Mara Ellison, The Post, 3 May 2025": "byline",
        "Pears fail": "title",  # alone it would be a passage without news
    }
    assert marked("Pears fail\nGrowers lost half.\nBy Mara Ellison\nRain fell.\n") == {
        "By Mara Ellison": "byline"
    }
    assert text[only(text).start : only(text).end] == text.strip()
    alone = "By Mara Ellison\n"
    assert marked(alone) == {} and only(alone).end == len(alone) - 1


def test_a_byline_may_stand_below_kicker_headline_standfirst_and_staff() -> None:
    top = (
        "ELECTION 2024\nPears fail in the valley\nA frost in May; ninety pickers are out of work\n"
    )
    text = (
        f"{top}From our political staff\nPosted Mon 7 Oct 2024 06:15 | Updated 11:30\nHalf fell.\n"
    )
    assert only(text, title="Pears fail in the valley").published == "2024-10-07"
    made = layout(Source("a", "text/plain", "utf-8", "", Page(text, "Pears fail in the valley")))
    assert {text[start:end]: why for start, end, why in made.furniture} == {
        "From our political staff": "page furniture",
        "Posted Mon 7 Oct 2024 06:15 | Updated 11:30": "byline",
    }


def test_the_more_exact_of_two_dates_that_agree_holds() -> None:
    text = "Pears fail\n3 May 2025\nGrowers lost half.\n"
    assert only(text, published="2025-05").published == "2025-05-03"
    assert only(text, published="2025-06").published == "2025-06"
    assert (
        only("Pears fail\nHalf.\n", url="https://p.example/2025/05/03/a").published == "2025-05-03"
    )


def test_where_nothing_names_the_publisher_the_address_or_the_dateline_does() -> None:
    text = "Pears fail\nGrowers lost half.\n"
    assert only(text, url="https://www.post.example/a").publisher == "post.example"
    assert only(text, url="https://www.post.example/a", publisher="Post").publisher == "Post"
    assert only("Pears fail\nORLOW (Eastern Wire) - Half.\n").publisher == "Eastern Wire"
    assert marked("Pears fail\nORLOW (Eastern Wire) - Half.\n") == {}
    assert only("Pears (Photos) - a report\nGrowers lost half.\n").publisher is None


BODY = "Growers in the valley lost half of the pear crop to a late frost, their union said.\n"


@pytest.mark.parametrize(
    ("top", "title", "publisher", "published"),
    [
        ("GOALMOUTH\nSaturday, 31 August 2024\n\nROVERS KEEP THEIR STRIKER\nby Mara Ellison\n",
         "ROVERS KEEP THEIR STRIKER", "GOALMOUTH", "2024-08-31"),
        ("The Harbour Post\n3 May 2025\n\nPears fail in the valley\n", "Pears fail in the valley",
         "The Harbour Post", "2025-05-03"),
        ("Meridian Times\n\nPears fail in the valley\nBy Mara Ellison\n",
         "Pears fail in the valley", "Meridian Times", None),
        ("The Harbour Post\nwww.post.example/pears\nCourts\n\nPears fail in the valley\n"
         "A frost in May\nBy Mara Ellison, Crown Court\n", "Pears fail in the valley",
         "The Harbour Post", None),
        ("The Harbour Post\nLocal News\nKelmar\n3 May 2025\n\nPears fail in the valley\n",
         "Pears fail in the valley", "The Harbour Post", "2025-05-03"),
        ("The Harbour Post\n\nPears fail in the valley\n", "Pears fail in the valley",
         "The Harbour Post", None),
        ("THE HARBOUR POST\nEst. 1871\nSaturday, 3 May 2025 | Late edition | 90p\n\n"
         "Pears fail in the valley\nBy Mara Ellison\n", "Pears fail in the valley",
         "THE HARBOUR POST", "2025-05-03"),
        ("Harbour Times\nOpinion\n\nPears fail in the valley\nMara Ellison\n",
         "Pears fail in the valley", "Harbour Times", None),
        ("Eastern Wire\nPears fail in the valley\n\nORLOW (Eastern Wire) - ",
         "Pears fail in the valley", "Eastern Wire", None),
        ("# The Last Post\n\n*A bugler puts down his horn*\n\n**Averby Weekly**, 3 May 2025\n",
         "The Last Post", "Averby Weekly", "2025-05-03"),
        ("The Harbour Post | 3 May 2025\n\nPears fail in the valley\n", "Pears fail in the valley",
         "The Harbour Post", "2025-05-03"),
        ("The Bellringer\n3 May 2025\n\nPears fail in the valley\nBy Mara Ellison\n",
         "Pears fail in the valley", "The Bellringer", "2025-05-03"),
        ("The Long Read\n3 May 2025\n\nPears fail in the valley\nBy Mara Ellison\n",
         "The Long Read", None, "2025-05-03"),
        # a section's name is above the headline too, and publishes nothing
        ("OPINION\n3 May 2025\n\nPears fail in the valley\nBy Mara Ellison\n",
         "Pears fail in the valley", None, "2025-05-03"),
        # headlines of few words, with what stands below headlines
        ("Pears fail\n3 May 2025\nNinety pickers stay at home\n", "Pears fail", None, "2025-05-03"),
        ("PEARS FAIL\n3 May 2025\n", "PEARS FAIL", None, "2025-05-03"),
        ("Pears fail\nNinety pickers stay at home\nBy Mara Ellison\n", "Pears fail", None, None),
        ("Good News\n", "Good News", None, None),
        ("Home is where the pears are\n3 May 2025\n", "Home is where the pears are", None,
         "2025-05-03"),
    ],
)  # fmt: skip
def test_a_name_above_the_headline_is_no_title(
    top: str, title: str, publisher: str | None, published: str | None
) -> None:
    article = only(f"{top}\n{BODY}")
    assert (article.title, article.publisher, article.published) == (title, publisher, published)


def test_a_masthead_is_furniture_before_its_article() -> None:
    text = f"GOALMOUTH\n31 August 2024\n\nROVERS KEEP THEIR STRIKER\nby Mara Ellison\n\n{BODY}"
    assert marked(text) == {
        "GOALMOUTH": "masthead",
        "31 August 2024": "byline",
        "ROVERS KEEP THEIR STRIKER": "title",
        "by Mara Ellison": "byline",
    }
    assert text[only(text).start : only(text).end].startswith("ROVERS")


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        ("Meridian Times\nMarch 15, 2024\n\nORLOW (Eastern Wire) - ", "Meridian Times"),
        ("By Mara Ellison\nThe Dairy Belt News\n\n", "The Dairy Belt News"),
        ("Published: 28 Apr 2024\nAuthor: Mara Ellison\nPublication: Running Weekly\n\n",
         "Running Weekly"),
        ("Published in The Harbour Post, 28 April 2024\n\n", "The Harbour Post"),
        ("The Bellringer\nSunday, 9 February 2025\n\n", "The Bellringer"),
        ("The Long Read\nSunday, 9 February 2025\n\n", None),
        ("The Last Frost\nBy Mara Ellison\n\n", None),  # it may be a standfirst
        ("By Mara Ellison, Crown Court\nFriday 14 March 2025\n\n", None),
        ("By Mara Ellison, High Court, The Harbour Post\n\n", "The Harbour Post"),
        ("By Mara Ellison\nA Fall of Frost and Mail\n\nORLOW (Eastern Wire) - ", "Eastern Wire"),
        ("By Mara Ellison\nHome News\n\n", None),
        ("The Dairy Belt News\n\n", None),  # it may be what the story is about
        ("Published by accident, 28 April 2024\n\n", None),
    ],
)  # fmt: skip
def test_the_paper_that_carries_an_article_is_its_publisher(
    lines: str, publisher: str | None
) -> None:
    assert only(f"Pears fail in the valley\n\n{lines}{BODY}").publisher == publisher


@pytest.mark.parametrize(
    "line",
    ["Mara Ellison, islands correspondent", "**Mara Ellison** | Courts reporter, Crown Court"],
)
def test_a_writer_beside_a_date_is_a_byline(line: str) -> None:
    day = "Published: 18 July 2025"
    told = marked(f"Pears fail in the valley\n\n{line}\n{day}\n\n{BODY}")
    assert told == {
        "Pears fail in the valley": "title",
        line: "byline",
        day: "byline",
    }
    assert line not in marked(f"Pears fail in the valley\n\n{line}\n\n{BODY}")


def test_a_header_may_name_the_publication() -> None:
    text = f"Title: Pears fail\nPublication: Running Weekly\nDate: 3 May 2025\n\n{BODY}"
    assert only(text).publisher == "Running Weekly"


def test_ages_are_dates_where_it_is_known_when_the_page_was_saved() -> None:
    made = laid(AGGREGATED, captured="2025-05-03T09:00:00+00:00")
    assert [a.published for a in made.articles] == [None, "2025-05-01", "2025-05-03"]
    assert [a.published for a in laid(AGGREGATED).articles] == [None, None, None]
    saved = laid(f"Title: Harbour\nSaved: 3 May 2025\n\n{AGGREGATED}")
    assert [a.published for a in saved.articles] == [None, "2025-05-01", None]  # at which hour?


@pytest.mark.parametrize(
    "comment", ["<!-- saved from url=(0022)https://a.example/ -->", "<!--\nold draft\n-->"]
)
def test_a_comment_at_the_top_is_no_title(comment: str) -> None:
    text = f"\n{comment}\nPears fail\nGrowers lost half.\n"
    assert only(text).title == "Pears fail"
    assert set(marked(text).values()) == {"comment"}
    kept = "<!-- begins and never ends\nGrowers lost half.\n"
    assert marked(kept) == {}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Pears fail again.\n\n{'Growers lost half of the crop. ' * 4}\n", "Pears fail again"),
        ("Pears fail again.\nBy Mara Ellison\nGrowers lost half.\n", "Pears fail again"),
        ("Pears fail again...\n\n" + "Growers lost half of the crop. " * 4, None),
        ("Pears fail again.\n\nGrowers lost half.\n", None),
        ("Pears fail. So do plums.\n\n" + "Growers lost half of the crop. " * 4, None),
    ],
)
def test_a_title_may_end_in_a_full_stop_where_the_text_sets_it_apart(
    text: str, title: str | None
) -> None:
    assert only(text).title == title


def test_an_appeal_names_the_publisher_and_its_place_is_known() -> None:
    text = "Pears fail\nGrowers lost half.\nA message from The Field Ledger:\nPlease give.\n"
    made = laid(text)
    assert made.articles[0].publisher == "The Field Ledger"
    assert [text[at:].split("\n")[0] for at in made.appeals] == ["A message from The Field Ledger:"]


def test_what_the_page_says_holds_unless_the_text_says_otherwise() -> None:
    text = "Pears fail\nGrowers lost half.\n"
    article = only(text, title="From the head", publisher="Ledger", published="2025-04")
    assert (article.title, article.publisher, article.published) == (
        "From the head",
        "Ledger",
        "2025-04",
    )
    assert only("Title: Its own\nDate: 2024\n" + text, title="From the head").title == "Its own"


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("# Pears fail", "Pears fail"),
        ("**Pears** fail", "Pears fail"),
        ("# Growers lost half.", "Growers lost half."),
        ("Growers lost half.", None),
        ("- a list", None),
        ("W" * 161, None),
        ("***", None),
    ],
)
def test_a_first_line_is_the_title_unless_it_reads_like_the_story(
    first: str, title: str | None
) -> None:
    assert only(f"{first}\nRain is to blame.\n").title == title


# Plain text


def test_a_plain_text_with_none_of_it_is_one_article_from_first_to_last_word() -> None:
    text = "\n\n  Growers lost half of the crop. Rain is to blame.\nThe end came early.  \n\n"
    made = laid(text)
    assert made == Layout((Article(1, 2, len(text) - 2),), (), ())


def test_a_text_of_nothing_but_furniture_is_the_article() -> None:
    text = "Comments\nShare\nRelated Articles\n"
    assert laid(text) == Layout((Article(1, 0, len(text) - 1),), (), ())


def test_a_long_line_that_begins_like_furniture_is_the_story() -> None:
    assert marked("More" + " " * 100_000 + "pears.\nThan ever.\n") == {}


def test_furniture_that_the_parser_marked_is_no_title_and_is_marked_once() -> None:
    page = Page(
        "News\nShare\nPears fail\nGrowers lost half.\n", furniture=((0, 4, "nav"), (5, 10, "x"))
    )
    made = layout(Source("a.html", "text/html", "utf-8", "", page))
    assert made.articles[0].title == "Pears fail"
    assert made.furniture == ((0, 4, "nav"), (5, 10, "x"))


LINES = st.sampled_from(
    ["", "---", "Title: A", "Publisher: The Post", "Date: 22 April 2025", "x: y", "# Head", "Share",
     "(a b (", "Yes. (Editing by Bo Lee)", "Author: Bo Lee",
     "Home > News > Frost", "PRESS RELEASE", "Rain. Picture: Bo Lee",
     "This article was amended on 3 May.",
     "Related Articles", "Post", "1 day ago", "- Post", "A message from Post:", "Comments", "***",
     "By X, Y, 2 May 2024", "He said no.", "\u200b", "\u00a0", "\x0b\x1c\x85", "word " * 40]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_any_text_has_articles_in_order_that_hold_all_but_blanks_and_furniture(text: str) -> None:
    made = laid(text)
    assert [a.number for a in made.articles] == list(range(1, len(made.articles) + 1))
    ends = [0]
    for article in made.articles:
        assert ends[-1] <= article.start <= article.end <= len(text)
        ends.append(article.end)
    inside = {i for a in made.articles for i in range(a.start, a.end)}
    for start, end, why in made.furniture:
        assert start < end and why
        inside |= set(range(start, end))
    assert all(i in inside for i, letter in enumerate(text) if not letter.isspace())
