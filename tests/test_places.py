"""A citation knows its page, and the way back to the web."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chain import Chain
from rag.places import link
from tests.doubles import Sure, WordHashing, filled

PAGE = """<html><head><title>Pier</title>
<link rel="canonical" href="https://pier.example/lanterns?x=1#top"></head>
<body><article><h1>Pier</h1><p>The harbour office bought 240 lanterns for the long pier, and they
were hung before the storm by Captain Marsh.</p><p>More will follow in the spring, said the office
of the harbour, once the money for them has been found.</p></article></body></html>"""


def test_a_web_page_s_citation_leads_to_its_words(tmp_path):
    store = filled(tmp_path, {"a.html": PAGE, "b.txt": "Two goats crossed the pier on Sunday."})
    chain = Chain(store, WordHashing(), Sure(1.0))
    answer = chain.ask("How many lanterns did the harbour office buy?")
    place = answer.citations[0].place
    assert place.path == "a.html" and place.page is None and place.url is not None
    address, fragment = place.url.split("#:~:text=")
    assert address == "https://pier.example/lanterns?x=1"
    first, last = fragment.split(",")
    words = " ".join(place.quote.split())
    assert words.startswith(unquote(first)) and words.endswith(unquote(last))
    plain = chain.ask("Which goats crossed?").citations[0].place
    assert plain.path == "b.txt" and plain.url is None


def test_an_article_without_a_title_is_called_by_its_first_words(tmp_path):
    goats = "Two goats crossed the pier on Sunday, while the ferry waited for an hour or two."
    store = filled(tmp_path, {"a.html": PAGE, "b.txt": goats})
    chain = Chain(store, WordHashing(), Sure(1.0))
    untitled = chain.ask("Which goats crossed?").citations[0].place
    assert untitled.title is None
    assert untitled.opening == "Two goats crossed the pier on Sunday, while the ferry waited for"
    assert untitled.called == "“Two goats crossed the pier on Sunday, while the ferry waited for…”"
    titled = chain.ask("How many lanterns did the harbour office buy?").citations[0].place
    assert titled.opening is None and titled.called == titled.title == "Pier"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "a.html", "data:x"])
def test_what_is_no_web_address_is_no_link(url):
    assert link(url, "words") is None


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_fragment_holds_nothing_that_could_end_it(words):
    made = link("https://a.example/", words)
    assert made is not None
    fragment = made.split("#:~:text=")[1]
    assert not set(fragment) & set(" #&-<>\"'") and fragment.count(",") <= 1
