"""Dates as far as they are known, and never further."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import ago, bounds, first_date, in_address, moment, precision, published, written


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("22 April 2025", "2025-04-22"),
        ("on the 3rd of May, 2024,", "2024-05-03"),
        ("April 22nd, 2025", "2025-04-22"),
        ("Sept. 9 2021", "2021-09-09"),
        ("22\u00a0Apr\u00a02025", "2025-04-22"),
        ("2025-04-22T10:00:00Z", "2025-04-22"),
        ("2025/4/2", "2025-04-02"),
        ("2025.04.22", "2025-04-22"),
        ("April 2025", "2025-04"),
        ("2025-04", "2025-04"),
        ("29 February 2024", "2024-02-29"),
        ("31 February 2025", "2025-02"),
        ("22.04.2025", "2025-04-22"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("22. April 2025", "2025-04-22"),
        ("3. März 2024", "2024-03-03"),
        ("1er janvier 2021", "2021-01-01"),
        ("12 de mayo de 2023", "2023-05-12"),
        ("22 апреля 2025 г.", "2025-04-22"),
        ("2025年4月22日", "2025-04-22"),
        ("2025년 4월 22일", "2025-04-22"),
    ],
)
def test_a_written_date_is_read(words: str, iso: str) -> None:
    assert first_date(words) == iso


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "05/03/2021",  # May on one shore, March on the other
        "2025",
        "2025-13-01",
        "2025-04-221",
        "12025-04-22",
        "20٢٥-٠٤-٢٢",  # the digits of another script
        "22 Aprıl 2025",
        "12 people 2021",
        "10 Downing 2019",
        "4 fire 2021",  # a Dane's four, and no month
        "2 six 2021",
    ],
)
def test_what_is_no_certain_date_is_left_alone(words: str) -> None:
    assert first_date(words) is None


@pytest.mark.parametrize(
    "march",
    "mars März marzo março maart марта березня marca marts maaliskuuta března Mart martie "
    "március Μαρτίου Maret март MARZ".split(),
)
def test_a_month_is_known_in_twenty_languages_with_and_without_accents(march: str) -> None:
    assert first_date(f"2 {march} 2021") == "2021-03-02"


def test_the_first_whole_date_is_preferred_to_an_earlier_month() -> None:
    assert first_date("In March 2024 they met; on 2 May 2025 they signed.") == "2025-05-02"


def test_a_field_made_for_a_date_may_hold_a_year_alone() -> None:
    assert published(" 2025 ") == "2025"
    assert published("in 2025") is None
    assert published("05/03/2021") == "2021"  # the day is read differently on two shores
    assert published("03/2021") == "2021"
    assert published("22 April 2025") == "2025-04-22"


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2025-04-22", "2025-04-22", "2025-04-22"),
    ],
)
def test_bounds_are_the_first_and_last_day_that_a_date_may_stand_for(
    iso: str, first: str, last: str
) -> None:
    assert bounds(iso) == (first, last)


@pytest.mark.parametrize(
    "wrong", ["", "25", "2025-4", "2025-13", "2025-02-30", "0000", "2025-04-22-01", "٢٠٢٥", "2025 "]
)
def test_bounds_of_no_date_name_the_value_and_the_forms(wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(wrong)) + ".*write 2025, 2025-04 or"):
        bounds(wrong)


@given(st.text(st.sampled_from("0123456789 -/.,ſaprilmyjunethdo²٣ı")))
def test_every_date_found_has_bounds(text: str) -> None:
    for found in (first_date(text), published(text)):
        assert found is None or bounds(found)[0].startswith(found)


@pytest.mark.parametrize(
    ("age", "iso"),
    [
        ("3 hours ago", "2025-04-01"),
        ("An hour ago", "2025-04-02"),
        ("5 min ago", "2025-04-02"),
        ("2 days ago", "2025-03-31"),
        ("1 week ago", "2025-03"),
        ("3 months ago", "2025-01"),
        ("4 months ago", "2024-12"),
        ("2 years ago", "2023"),
        ("900 years ago", None),
        ("long ago", None),
    ],
)
def test_an_age_counts_from_when_the_page_was_saved_and_is_no_exacter_than_its_unit(
    age: str, iso: str | None
) -> None:
    assert ago(age, "2025-04-02T02:30:00+02:00") == iso
    assert ago(age, None) is None


def test_when_a_page_was_saved_may_be_a_time_or_a_day() -> None:
    assert moment("2025-04-22T10:00:00+00:00") == "2025-04-22T10:00:00+00:00"
    assert ago("2 days ago", moment("22 April 2025")) == "2025-04-20"
    assert moment("today") is moment(None) is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://post.example/2025/04/22/channel.html", "2025-04-22"),
        ("https://post.example/world/2025/apr/22/channel", "2025-04-22"),
        ("https://post.example/a-2025-04-22-b", None),
        ("https://post.example/2025-04-22-b", "2025-04-22"),
        ("https://post.example/2025/04/channel", "2025-04"),
        ("https://post.example/2025/04", "2025-04"),
        ("https://post.example/2025/04/31/a", "2025-04"),
        ("https://post.example/2025/channel", None),
        ("https://post.example/2025/13/22", None),
        ("https://post.example/2025/0422", None),
        (None, None),
    ],
)
def test_an_address_may_hold_a_date(url: str | None, iso: str | None) -> None:
    assert in_address(url) == iso


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2025-04-22", "22 April 2025"),
        ("2025-05-01", "1 May 2025"),
        ("2025-04", "April 2025"),
        ("2025", "2025"),
        ("some day", "some day"),
    ],
)
def test_a_date_is_written_as_people_write_it(iso: str, shown: str) -> None:
    assert written(iso) == shown


def test_the_precision_of_a_date_is_told_by_its_length() -> None:
    told = [precision(iso) for iso in ("2025-04-22", "2025-04", "2025", None)]
    assert told == ["day", "month", "year", "unknown"]
