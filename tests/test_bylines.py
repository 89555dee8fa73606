"""A byline says who wrote, who published and when; a line that says anything else is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bylines import byline, dateline, is_writer

CAPTURED = "2025-04-22T10:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "author", "publisher", "published"),
    [
        ("By Mara Ellison", "Mara Ellison", None, None),
        ("*By Mara Ellison. 3 October 2021*", "Mara Ellison", None, "2021-10-03"),
        ("EXCLUSIVE by Mara Ellison and Bo Lee", "Mara Ellison and Bo Lee", None, None),
        ("Interview by Mara Ellison", "Mara Ellison", None, None),
        ("Saturday 7 June 2025. Updates by Mara Ellison", "Mara Ellison", None, "2025-06-07"),
        ("By Mara Ellison, The Harbour Post, 22 April 2025", "Mara Ellison", "The Harbour Post",
         "2025-04-22"),
        ("*By Mara Ellison — The Harbour Post*", "Mara Ellison", "The Harbour Post", None),
        ("By MARA ELLISON | Tuesday, March 4, 2025 at 4:15 PM ET", "MARA ELLISON", None,
         "2025-03-04"),
        ("By Mara Ellison for The Harbour Post", "Mara Ellison", "The Harbour Post", None),
        ("Mara Ellison for the Harbour Post, 22 April 2025", "Mara Ellison", "Harbour Post",
         "2025-04-22"),
        ("Mara Ellison, Harbour Post, 22 April 2025", "Mara Ellison", "Harbour Post",
         "2025-04-22"),
        ("Field Ledger, 30 May 2025. By Ewan Castell and Noor Jansen.",
         "Ewan Castell and Noor Jansen", "Field Ledger", "2025-05-30"),
        ("By Eastern Wire staff, 26 June 2025", None, "Eastern Wire", "2025-06-26"),
        ("The Harbour Post | April 22, 2025", None, "The Harbour Post", "2025-04-22"),
        ("Meridian Daily with Eastern Wire | 27 June 2025", None, "Meridian Daily", "2025-06-27"),
        ("22 April 2025", None, None, "2025-04-22"),
        ("2025-04-22T10:00:00Z", None, None, "2025-04-22"),
        ("Published 12:38 GMT, 4 May 2025", None, None, "2025-05-04"),
        ("Published 3 hours ago", None, None, "2025-04-22"),
        ("Par Jean Dupont, 3 mars 2024", "Jean Dupont", None, "2024-03-03"),
        ("Published: 3 May 2024, updated 5 May 2024", None, None, "2024-05-03"),
        ("Updated 5 May 2024, first published 3 May 2024", None, None, "2024-05-03"),
        ("Updated 5 May 2024", None, None, None),
        ("Posted on 18 April 2023 by Mara Ellison", "Mara Ellison", None, "2023-04-18"),
        ("Posted on April 18th, 2023 by Mara Ellison", "Mara Ellison", None, "2023-04-18"),
        ("Posted Mon 7 Oct 2024 06:15 | Updated 11:30", None, None, "2024-10-07"),
        ("Date: 2023-04-18 | Author: Mara Ellison", "Mara Ellison", None, "2023-04-18"),
        ("_The Harbour Post — Wednesday, 6 November 2024 — Mara Ellison, Economics editor_",
         "Mara Ellison", "The Harbour Post", "2024-11-06"),
        ("**By Mara Ellison, science reporter**", "Mara Ellison", None, None),
        ("Hill Voice, 18 April 2023", None, "Hill Voice", "2023-04-18"),
        ("Mara Ellison · 18 April 2023", "Mara Ellison", None, "2023-04-18"),
        ("Mara EllisonApril 18, 2023", "Mara Ellison", None, "2023-04-18"),
        ("Mara Ellison18 April 2023", "Mara Ellison", None, "2023-04-18"),
        ("Mara Ellison Courts correspondent Published: 8 Nov 2023, 15:40 GMT 3 min read",
         None, None, "2023-11-08"),
        ("Pacific Monitor · 29 January 2024 · Mara Ellison", "Mara Ellison", "Pacific Monitor",
         "2024-01-29"),
    ],
)  # fmt: skip
def test_a_byline_says_who_and_when(
    line: str, author: str | None, publisher: str | None, published: str | None
) -> None:
    found = byline(line, CAPTURED)
    assert found is not None
    assert (found.author, found.publisher, found.published) == (author, publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The Harbour Post",
        "The fire of 3 May 2024 destroyed the mill, the barn, and the house.",
        "Election Day 5 November 2024",  # a headline
        "Budget of 3 May 2024 fails",
        "2 May 2024: the harbour board met.",
        "Review by a court is the law",
        "Exclusive by nature, the club has few members",
        "Posted by mistake",
        "By Monday the river had risen.",
        "By 2030, the port will be closed",
        "In March 2024 they met",
        "Posted on 18 April 2023 by mistake",
        "Report published 3 May 2024 by the board",
        "From our house you see the staff of the pier",
        "The editor, 3 May 2024: we were wrong",
        "A, B, C, D, E, F, 22 April 2025",
        f"By {'Mara ' * 40}",
    ],
)
def test_a_sentence_or_a_headline_is_no_byline(line: str) -> None:
    assert byline(line, CAPTURED) is None


def test_a_writer_is_a_persons_name_with_what_they_do() -> None:
    lines = ("Ann Orr, courts reporter", "Ann Orr, Crown Court", "Ann Orr", "Ann Orr, baker", ", ,")
    assert [is_writer(line) for line in lines] == [True, True, False, False, False]


def test_an_age_says_nothing_where_nobody_knows_when_the_page_was_saved() -> None:
    found = byline("Published 3 hours ago")
    assert found is not None and found.published is None


PIECES = ["By ", "by", "Mara", " Ellison", ", ", " | ", "2 May 2024", "3 hours ago", "Updated ",
          "\0", "for the ", "12:30", ".", " - ", "staff", "é", "\u202e", " "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_any_line_can_be_asked(line: str) -> None:
    found = byline(line, CAPTURED)
    assert found is None or all(name is None or name.strip() for name in (found.author,))


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("KELMAR (Eastern Wire) - The mayor resigned.", "Eastern Wire", None),
        ("KELMAR, April 22 (Eastern Wire) -- The mayor resigned.", "Eastern Wire", None),
        ("Kelmar, 22 April 2025 (Wire) — The mayor resigned.", "Wire", "2025-04-22"),
        ("KELMAR, Torvia, 22 April 2025 – The mayor resigned.", None, "2025-04-22"),
        ("(Eastern Wire) -- The mayor resigned.", "Eastern Wire", None),
    ],
)
def test_a_sentence_may_be_led_by_where_when_and_by_whom(
    line: str, publisher: str | None, published: str | None
) -> None:
    found = dateline(line)
    assert found is not None
    assert (found.publisher, found.published) == (publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "KELMAR - The mayor resigned.",
        "The mayor resigned (again) - and so did the clerk.",
        "The mayor (Eastern) - who resigned on 22 April 2025 - is gone.",
        "On 22 April 2025 - a Tuesday - the mayor resigned.",
        "A well-known (Old) harbour-master left.",
        "",
        pytest.param(" " * 300_000 + "x", id="blanks"),  # hours, were all ways to part them tried
        pytest.param("KELMAR" + " " * 300_000 + "- The mayor resigned.", id="blanks within"),
    ],
)
def test_a_dash_makes_no_dateline(line: str) -> None:
    assert dateline(line) is None
