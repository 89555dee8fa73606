"""Web pages: visible text kept, furniture marked, nothing run, every failure a named reason."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import layout
from index.errors import UnreadableSource
from index.parsing import frames, html
from index.parsing.child import _page, _worker, parse
from index.records import Page, Source

STORY = (
    "The harbour board voted nine to two on Tuesday to dredge the eastern channel. "
    "Work begins in March and is to end before the autumn storms, the board said. "
    "Fishing boats will use the western channel until then. "
)
PAGE = f"""<!doctype html><html><head><title>Channel to be dredged | The Post</title>
<script>document.write("<p>written by a script</p>")</script>
<style>p {{ color: red }}</style></head><body>
<header><a href="/">The Post</a></header>
<nav><ul><li>News</li><li>Sport</li></ul></nav>
<main><h1>Channel to be dredged</h1>
<p>{STORY}</p><p>{STORY.replace("Tuesday", "Wednesday")}</p>
<div class="share-buttons">Share on all networks</div>
<p>{STORY.replace("Tuesday", "Thursday")}</p></main>
<aside>Tide tables for the week</aside><footer>© The Post</footer></body></html>"""


def marked(page: Page) -> dict[str, str]:
    return {page.text[start:end]: why for start, end, why in page.furniture}


def visible(body: str) -> str:
    return html.page(f"<html><body>{body}</body></html>").text


# Text and furniture


def test_navigation_is_marked_as_furniture_and_kept_in_the_text() -> None:
    page = html.page(PAGE)
    furniture = marked(page)
    assert furniture["The Post"] == "header"
    assert furniture["News"] == furniture["Sport"] == "nav"
    assert furniture["Share on all networks"] == "share-buttons"[:5]
    assert furniture["Tide tables for the week"] == "aside"
    assert furniture["© The Post"] == "footer"
    assert not any(STORY[:30] in words for words in furniture)


def test_each_block_is_a_line_in_the_order_of_the_page() -> None:
    lines = html.page(PAGE).text.split("\n")
    assert lines[:5] == ["The Post", "News", "Sport", "Channel to be dredged", STORY.strip()]
    assert lines[-2:] == ["© The Post", ""]


def test_blanks_collapse_and_inline_elements_do_not_break_a_line() -> None:
    assert (
        visible("<p>One\n  <b>bold</b>\tword,<i>no</i>gap.<br>Two") == "One bold word,nogap.\nTwo\n"
    )


def test_a_link_with_a_telling_name_stays_in_its_sentence() -> None:
    page = html.page(f'<p>{STORY}See <a class="social-link">the map</a> of the channel.</p>')
    assert page.text == STORY + "See the map of the channel.\n"
    assert page.furniture == ()


def test_a_wrapper_named_for_its_sidebar_is_not_all_furniture() -> None:
    body = f"<h1>Dredging</h1><p>{STORY}</p><p>{STORY}</p>"
    for name in ("has-sidebar", "layout sidebar", "shareholders", "socialist-news"):
        page = html.page(f'<body><div class="{name}">{body}</div>')
        assert STORY.strip() not in marked(page), name


def test_what_no_page_shows_is_dropped_and_what_follows_it_stays() -> None:
    unseen = "".join(
        f"<{tag}>secret</{tag}> shown"
        for tag in (
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "iframe",
            "textarea",
            "select",
        )
    )
    assert "secret" not in visible(unseen)
    assert visible(unseen).count("shown") == 8


@pytest.mark.parametrize(
    "element",
    [
        "p hidden",
        'p style="color:red; DISPLAY :\tnone"',
        "p style='visibility:hidden'",
        "p style='opacity: 0.0 !important'",
        "p style='font-size:0px'",
        "p style='color:#fff; background:#FFFFFF'",
        "p style='color:white'",
        "p style='color:rgb(255, 255, 255)'",
        "p style='color: rgba(0,0,0,0)'",
        "div style='position:absolute; left:-9999px'",
        "p style='text-indent:-9999px'",
        "font color=white",
        "div style='background:black; color:#000'",
    ],
)
def test_what_is_hidden_from_the_reader_is_kept_and_marked(element: str) -> None:
    page = html.page(f"<p>{STORY}</p><{element}>Pay <b>at</b> once.</{element.split()[0]}><p>End.")
    assert marked(page).get("Pay at once.") == "hidden"
    assert page.text.startswith(STORY.strip() + "\n") and page.text.endswith("End.\n")


@pytest.mark.parametrize(
    "element",
    [
        "div style='opacity: 0.5'",
        "div style='font-size:0.9em'",
        "div style='color:#fff; background:#003366'",
        "div class=dark style='color:#fff'",
        "div style='color:#fff; background:url(x.png)'",
        "div style='position:absolute; left:-5px'",
    ],
)
def test_what_only_looks_unusual_is_no_hidden_text(element: str) -> None:
    page = html.page(f"<p>{STORY}</p><{element}>Boats moor here.</{element.split()[0]}>")
    assert "Boats moor here." in page.text and "hidden" not in marked(page).values()


def test_letters_that_have_a_size_again_are_seen() -> None:
    page = html.page(f"<div style='font-size:0'><p style='font-size:14px'>{STORY}</p></div>")
    assert marked(page) == {}


def test_a_hidden_word_does_not_break_the_sentence_that_it_stands_in() -> None:
    page = html.page(f"<p>{STORY}The toll <i style='display:none'>of 90</i> is 12 crowns.</p>")
    assert page.text == f"{STORY}The toll is 12 crowns.\nof 90\n"
    assert marked(page) == {"of 90": "hidden"}


def test_a_page_that_scripts_would_reveal_is_read() -> None:
    page = html.page(f"<body style='opacity:0'><p>{STORY}</p><footer>The Post</footer>")
    assert page.text.startswith(STORY.strip()) and page.furniture == ()


def test_entities_and_odd_characters_become_themselves() -> None:
    words = visible("<p>a&nbsp;b &amp;lt; &euro; &#x1F600; &bogus; &#0;|&#xD800;|&#128;\u200b.")
    assert words == "a\u00a0b &lt; € 😀 &bogus; \ufffd|\ufffd|€\u200b.\n"
    words.encode()


def test_scripts_never_run_and_nothing_is_fetched(tmp_path: Path) -> None:
    entity = tmp_path / "secret.txt"
    entity.write_text("the secret")
    text = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{entity}">]>'
        f'<body onload="alert(1)"><p>Words &x; stay.</p><img src="http://127.0.0.1:9/a.png">'
        f'<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><object data="{entity}">o</object>'
        f'<iframe src="file://{entity}"></iframe><?php echo 1 ?></body>'
    )
    page = parse("html", text)
    assert "Words" in page.text and "secret" not in page.text and "alert" not in page.text


@pytest.mark.parametrize("depth", [300, 1500])
def test_what_is_nested_deeply_is_read_to_the_end(depth: int) -> None:
    page = html.page("<p>Before.</p>" + "<div>" * depth + "Inside." + "</div>" * depth + "After.")
    assert page.text == "Before.\nInside.\nAfter.\n"
    assert page.furniture == ()


def test_what_is_nested_too_deeply_is_refused_instead_of_cut_short() -> None:
    with pytest.raises(UnreadableSource, match=r"^not readable as HTML: excessive depth"):
        parse("html", "<p>Before.</p>" + "<div>" * 5000 + "Inside." + "</div>" * 5000 + "After.")


def test_a_text_of_more_than_ten_megabytes_is_read_to_the_end() -> None:
    assert html.page(f"<p>{'word ' * 2_100_000}</p><p>The end.").text.endswith("word\nThe end.\n")


@pytest.mark.parametrize("text", ["<!-- only -->", "<?xml version='1.0'?>", "\ufeff"])
def test_a_page_without_elements_has_a_reason_or_no_text(text: str) -> None:
    try:
        assert html.page(text).text.strip("\ufeff\n") == ""
    except UnreadableSource as error:
        assert str(error) == "not readable as HTML: Document is empty"


# The verdict on what is the article


def long_page(*parts: str) -> Page:
    return html.page(f"<!doctype html><html><body>{''.join(parts)}</body></html>")


BODY = "".join(f"<p>{STORY.replace('Tuesday', day)}</p>" for day in ("Monday", "Friday", "Sunday"))


def test_every_container_of_a_body_is_the_article_and_what_stands_between_is_not() -> None:
    part = f'<div class="row"><div class="col"><div class="body">{BODY}</div></div></div>'
    advert = '<div class="row"><span>Our spring catalogue is here</span></div>'
    page = long_page(
        f"<article><div class='grid'>{part}{advert}{part.replace('Monday', 'May')}</div></article>"
    )
    assert page.text.count("The harbour board") == 6
    assert not any("harbour" in words for words in marked(page))


def test_a_line_that_is_nothing_but_a_link_is_no_part_of_the_article() -> None:
    link = '<p><a href="/x">MORE ON THE WESTERN CHANNEL AND ITS BOATS</a></p>'
    page = long_page(f"<article>{BODY}{link}{BODY}</article>")
    assert marked(page) == {"MORE ON THE WESTERN CHANNEL AND ITS BOATS": "around the article"}


def test_a_page_of_links_keeps_them() -> None:
    links = "".join(f'<p><a href="/{n}">{STORY} No. {n}</a></p>' for n in range(9))
    assert marked(long_page(f"<article><h1>All stories</h1>{links}</article>")) == {}


def test_the_headline_is_the_articles_wherever_it_stands() -> None:
    page = long_page(
        "<header><nav>News</nav><div><h1>Channel to be dredged</h1></div></header>",
        f"<div><ul><li><a>Sport</a></li></ul></div><article>{BODY}</article>",
    )
    assert page.title == "Channel to be dredged"
    assert "Channel to be dredged" not in marked(page) and "News" in marked(page)


@pytest.mark.parametrize(
    "meta",
    [
        "<div>18 April 2023</div>",
        '<div class="entry-meta">Posted on <span>18 April 2023</span> by <b>Mara Ellison</b></div>',
        "<div><time>18th April 2023</time></div>",
        "<div><span>Mara Ellison</span><span>April 18, 2023</span></div>",
        "<h2>What the board wants to do with the mud</h2><p>Posted on April 18, 2023</p>",
        '<div class="byline">By Mara Ellison, 18 April 2023</div><figure><img src=x>'
        "<figcaption>The channel. Photograph: Noor Jansen</figcaption></figure>",
        "<p>From our harbour staff<br>Posted Tue 18 Apr 2023 06:15 | Updated 11:30</p>",
    ],
)
def test_between_headline_and_story_a_page_says_who_wrote_it_and_when(meta: str) -> None:
    page = html.page(PAGE.replace("<p>The harbour", f"{meta}<p>The harbour", 1))
    made = layout(Source("a.html", "text/html", "utf-8", "", page))
    assert [a.published for a in made.articles] == ["2023-04-18"]
    whys = {page.text[start:end]: why for start, end, why in made.furniture}
    assert [words for words, why in whys.items() if why == "byline" and "18" in words] != []


@pytest.mark.parametrize(
    "where",
    [
        "<header><a href='/'>The Post</a> 18 April 2023</header>",
        "<aside>18 April 2023</aside>",
        "<p>Updated 18 April 2023</p>",
    ],
)
def test_a_date_of_something_else_on_the_page_is_not_the_storys(where: str) -> None:
    page = html.page(PAGE.replace("<main>", f"{where}<main>"))
    made = layout(Source("a.html", "text/html", "utf-8", "", page))
    assert [a.published for a in made.articles] == [None]
    below = html.page(PAGE.replace("</main>", f"</main><h3>Tides</h3>{where}"))
    made = layout(Source("a.html", "text/html", "utf-8", "", below))
    assert [a.published for a in made.articles] == [None]


def test_a_story_of_short_paragraphs_is_dated_too() -> None:
    paragraphs = "".join(f"<p>{line.strip()}.</p>" for line in STORY.split(".") if line.strip())
    body = f"<h1>Channel to be dredged</h1><div>18 April 2023</div>{paragraphs}"
    page = html.page(f"<title>Channel to be dredged</title><nav>News</nav>{body}{paragraphs}")
    made = layout(Source("a.html", "text/html", "utf-8", "", page))
    assert [a.published for a in made.articles] == ["2023-04-18"]


def test_of_a_headline_that_stands_twice_the_lower_has_the_storys_date() -> None:
    sticky = "<div><h1>Channel to be dredged</h1><div>22 April 2023</div></div><main>"
    text = PAGE.replace("<main>", sticky).replace("<p>The", "<div>18 April 2023</div><p>The", 1)
    made = layout(Source("a.html", "text/html", "utf-8", "", html.page(text)))
    assert [a.published for a in made.articles] == ["2023-04-18"]


def test_variation_selectors_of_the_page_itself_change_nothing() -> None:
    page = long_page(f"<nav>葛\U000e0100</nav><article>{BODY.replace('board', '葛󠄀')}</article>")
    assert page.text.count("葛\U000e0100") == 7
    assert list(marked(page)) == ["葛\U000e0100"]


def test_a_page_that_one_does_not_judge_has_only_landmarks_as_furniture() -> None:
    text = f"<nav>News</nav><ul><li><a href=x>Sport</a></ul>{BODY}"
    assert marked(html.page(text, judged=False)) == {"News": "nav"}


# What a page says of itself


def ld(**about: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(about)}</script>'


@pytest.mark.parametrize(
    ("head", "about"),
    [
        (
            ld(
                **{"@type": "NewsArticle"},
                headline="Channel",
                publisher={"name": "The Post"},
                datePublished="2025-04-22T10:00:00Z",
            ),
            ("Channel", "The Post", "2025-04-22"),
        ),
        (
            ld(**{"@graph": [{"@type": "WebPage"}, {"headline": "In a graph"}]}),
            ("In a graph", None, None),
        ),
        (ld(headline="A", publisher=[{"name": "First"}, "Second"]), ("A", "First", None)),
        (ld(headline="A", publisher="The Post | news and sport"), ("A", "The Post", None)),
        (
            '<meta property="og:title" content="From &amp; meta"><meta name="date" '
            'content="2025-04"><meta property="og:site_name" content="The Post">',
            ("From & meta", "The Post", "2025-04"),
        ),
        ("<title> The\n title </title>", ("The title", None, None)),
        ('<title>T</title><time datetime="2024-01-02">then</time>', ("T", None, "2024-01-02")),
        ("", (None, None, None)),
    ],
)
def test_title_publisher_and_date_are_what_the_page_says(
    head: str, about: tuple[str | None, str | None, str | None]
) -> None:
    page = html.page(f"<html><head>{head}</head><body><p>{STORY}</body></html>")
    assert (page.title, page.publisher, page.published) == about


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld(headline="Board sacked"), "<h1>Channel to be dredged</h1>", "Channel to be dredged"),
        (
            ld(headline="Board sacked") + "<title>Channel to be dredged | The Post</title>",
            "<h1>The Post</h1><h1>Channel to be dredged</h1>",
            "Channel to be dredged",
        ),
        (
            ld(headline="Channel to be dredged") + "<title>Channel to be dredged - Post</title>",
            "<h1>Games</h1>",
            "Channel to be dredged",
        ),
        (
            ld(headline="Channel: dredging at last")
            + "<title>Channel: dredging at last | Kelmar Post</title>",
            "<h1>Kelmar Post</h1>",
            "Channel: dredging at last",
        ),
        (ld(headline="Dredging of channel"), "<h1>Channel: dredging</h1>", "Channel: dredging"),
        (
            ld(headline="Board sacked") + "<title>Channel to be dredged at last</title>",
            "",
            "Channel to be dredged at last",
        ),
        (ld(headline="Dredging begins") + "<title>The Post</title>", "", "Dredging begins"),
        (ld(headline="True"), "<h1 style='display:none'>False</h1>", "True"),
        ("<title>Channel &#8211; what now? | The Post</title>", "", None),
        (ld(headline="Channel &#8217;s end"), "", "Channel ’s end"),
    ],
)  # fmt: skip
def test_the_headline_that_the_reader_sees_goes_before_what_a_machine_is_told(
    head: str, body: str, title: str | None
) -> None:
    page = html.page(f"<html><head>{head}</head><body>{body}<p>{STORY}</body></html>")
    assert page.title == (title or "Channel – what now? | The Post")


@pytest.mark.parametrize(
    ("tab", "publisher"),
    [
        ("Channel to be dredged | The Aldermoor Gazette", "The Aldermoor Gazette"),
        ("Calder Standard — Channel to be dredged", "Calder Standard"),
        ("Channel to be dredged - OrbitDesk", "OrbitDesk"),
        ("Channel to be dredged | Sport", None),  # a section
        ("Channel to be dredged | World News", None),
        ("Channel to be dredged - Mara Ellison", None),  # who wrote it, it may be
        ("Channel to be dredged | Harbour | The Gazette", None),
        ("Channel to be dredged again | The Gazette", None),  # another title than the reader sees
        ("Channel to be dredged", None),
    ],
)
def test_a_name_beside_the_headline_in_the_tab_is_the_publisher(
    tab: str, publisher: str | None
) -> None:
    text = f"<title>{tab}</title><h1>Channel to be dredged</h1><p>{STORY}</p>"
    page = html.page(text)
    assert (page.title, page.publisher) == ("Channel to be dredged", publisher)
    # With an address there is something to try the name by.
    there = '<link rel="canonical" href="https://www.elsewhere.example/a">'
    assert html.page(there + text).publisher is None


def test_the_publisher_at_the_end_of_a_title_is_no_part_of_it() -> None:
    url = '<link rel="canonical" href="https://www.kelmarpost.example.com/a">'
    name = '<meta property="og:site_name" content="The Post">'
    tab = "<title>Channel to be dredged | The Post</title>"
    page = html.page(f"<html><head>{name}{tab}</head><body><p>{STORY}</body></html>")
    assert (page.title, page.publisher) == ("Channel to be dredged", "The Post")
    tab = "<title>Channel to be dredged - Kelmar Post</title>"
    heading = "<h1>Channel to be dredged</h1>"
    url = url.replace(".example", "")
    page = html.page(f"<html><head>{url}{tab}</head><body>{heading}<p>{STORY}</body></html>")
    assert (page.title, page.publisher) == ("Channel to be dredged", "Kelmar Post")
    tab = "<title>Channel to be dredged - what now</title>"
    page = html.page(f"<html><head>{url}{tab}</head><body>{heading}<p>{STORY}</body></html>")
    assert page.publisher is None


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta itemprop="datePublished dateCreated" content="2025-04-22T10:00Z">', "2025-04-22"),
        ('<meta name="parsely-pub-date" content="2025-04-22">', "2025-04-22"),
        ('<meta property="article:modified_time" content="2025-04-22">', None),
        (ld(**{"@type": "WebPage"}, dateModified="2025-04-22"), None),
        (ld(**{"@type": "WebPage"}, datePublished="2025-04-22"), "2025-04-22"),
        (ld(**{"@type": "VideoObject"}, datePublished="2025-04-22"), None),
        ('<meta name="date" content="04/05/2025">', "2025"),
        ('<link rel="canonical" href="https://post.example/2025/04/22/channel">', "2025-04-22"),
        ('<link rel="canonical" href="https://post.example/2025/04/channel">', "2025-04"),
        ("<time class='updated' datetime='2025-04-22'>then</time>", None),
        ("<time class='published updated' datetime='2025-04-22'>then</time>", "2025-04-22"),
        (
            '<link rel="canonical" href="https://post.example/2025/04/22/channel">'
            "<time datetime='2024-01-01'>Another story</time>",
            "2025-04-22",
        ),
    ],
)
def test_a_date_is_that_of_publication_as_exact_as_it_is_told(head: str, date: str | None) -> None:
    assert html.page(f"<html><head>{head}</head><body><p>{STORY}</body></html>").published == date


@pytest.mark.parametrize(
    ("text", "captured"),
    [
        (
            "<!--\n Page saved with SingleFile \n url: https://post.example/a \n saved date: "
            "Tue Apr 22 2025 01:30:00 GMT+0200 (Mitteleuropäische Zeit)\n-->",
            "2025-04-22T01:30:00+02:00",
        ),
        (
            "<!-- saved from url=(0060)https://web.archive.org/web/20250422103000/"
            "https://post.example/a -->",
            "2025-04-22T10:30:00+00:00",
        ),
        ("<!-- saved from url=(0024)https://post.example/a -->", None),
    ],
)
def test_a_saved_page_says_when_it_was_saved(text: str, captured: str | None) -> None:
    page = html.page(f"{text}<html><body><p>{STORY}</body></html>")
    assert (page.captured, page.url) == (captured, "https://post.example/a")


@pytest.mark.parametrize(
    "script",
    [
        "{not json",
        "[" * 100_000,
        '{"headline": 7, "publisher": {"name": ["x"]}, "datePublished": null}',
        '{"@type": {"a": 1}, "@graph": "x"}',
        "9" * 10_000,
        "null",
    ],
)
def test_a_broken_description_says_nothing(script: str) -> None:
    page = html.page(f"<script type='application/ld+json'>{script}</script><p>{STORY}")
    assert (page.text, page.title, page.published) == (STORY.strip() + "\n", None, None)


def test_a_title_is_one_line_of_whole_characters() -> None:
    script = '{"headline": "a\\ud800b\\u0000c\\nd' + "x" * 10_000 + '"}'
    title = html.page(f"<script type='application/ld+json'>{script}</script><p>{STORY}").title
    assert title is not None and title.startswith("a b c dx") and len(title) <= 500


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=share>", "</div>", "<b>", "</b>", "<br>", "<nav>", "</nav>",
             "<table><td>", "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<header>", "<h1>",
             "word", " ", "\u200b", "\x0b", "&#1;", "&lt;", "<", "<svg><p>", "<body hidden>"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
@settings(deadline=None)
def test_any_page_gives_lines_whose_furniture_lies_within(text: str) -> None:
    try:
        page = html.page(text)
    except UnreadableSource:
        return
    ends = [0]
    for start, end, why in page.furniture:
        assert ends[-1] <= start < end <= len(page.text) and why
        assert page.text[start:end] == page.text[start:end].strip("\n ") and page.text[end] == "\n"
        ends.append(end)


# The walls


def test_a_page_parsed_in_the_child_is_the_same_page() -> None:
    assert parse("html", PAGE) == html.page(PAGE)


def test_a_killed_worker_is_started_again() -> None:
    parse("html", PAGE)
    before = _worker()
    os.kill(before.pid, signal.SIGKILL)
    assert parse("html", PAGE) == html.page(PAGE)
    assert _worker().pid != before.pid
    assert before.returncode == -signal.SIGKILL


def test_a_worker_killed_while_it_parses_is_started_again() -> None:
    parse("html", PAGE)
    before = _worker()
    slow = "<ul>" + "<li><a href=x>one two three</a></li>" * 3000 + "</ul>"
    os.kill(before.pid, signal.SIGSTOP)  # so that it dies with the request in its hands
    threading.Timer(0.1, os.kill, (before.pid, signal.SIGKILL)).start()
    assert parse("html", slow).text == "one two three\n" * 3000
    assert _worker().pid != before.pid


def test_a_worker_interrupted_in_between_does_not_answer_the_next_question() -> None:
    parse("html", PAGE)
    before = _worker()
    os.kill(before.pid, signal.SIGSTOP)
    main = threading.main_thread().ident
    assert main is not None
    # Where the tests run in the background, Ctrl-C is ignored from the start.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            threading.Timer(0.1, signal.pthread_kill, (main, signal.SIGINT)).start()
            parse("html", PAGE)
    finally:
        signal.signal(signal.SIGINT, usual)
    assert parse("html", "<p>Another page.</p>").text == "Another page.\n"


def test_a_memory_bomb_is_a_named_reason_and_the_next_file_is_read() -> None:
    bomb = "<p>" + "a b <b>c</b><p>" * 100_000
    with pytest.raises(UnreadableSource, match=r"^reading it took more than 80 MB of memory$"):
        parse("html", bomb, memory=80 << 20)
    assert parse("html", "<p>Next.</p>").text == "Next.\n"


def test_an_endless_parse_is_a_named_reason_and_the_next_file_is_read() -> None:
    with pytest.raises(UnreadableSource, match=r"^reading it took more than 1 seconds$"):
        parse("html", "<p>" * 1_500_000, seconds=1)
    assert parse("html", "<p>Next.</p>").text == "Next.\n"


def test_a_message_that_was_cut_short_is_none_and_one_too_large_is_not_read() -> None:
    told = io.BytesIO()
    frames.write(told, {"a": 1}, b"body")
    whole = told.getvalue()
    assert frames.read(io.BytesIO(whole)) == ({"a": 1}, b"body")
    assert all(frames.read(io.BytesIO(whole[:end])) is None for end in range(len(whole)))
    with pytest.raises(OverflowError):
        frames.read(io.BytesIO(whole), largest=3)


@pytest.mark.parametrize(
    "about",
    [{"furniture": [[0, 9, "x"]]}, {"furniture": [[2, 1, "x"]]}, {"leaves": [-1]}, {"other": 1}],
)
def test_an_answer_with_spans_outside_its_text_is_not_believed(about: dict[str, object]) -> None:
    sound: dict[str, object] = {"furniture": [], "parts": [], "leaves": []}
    assert _page(dict(sound), "abc") == Page("abc")
    with pytest.raises((ValueError, TypeError)):
        _page({**sound, **about}, "abc")


def test_parsing_leaves_nothing_on_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    for text in (PAGE, "<p>", "<html", "\x01\x02 <p>words"):
        try:
            parse("html", text)
        except UnreadableSource:
            continue
    assert capfd.readouterr() == ("", "")
