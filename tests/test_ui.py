"""The chat page, served for real and looked at through a real browser."""

from __future__ import annotations

import asyncio
import contextlib
import html
import http.client
import itertools
import json
import os
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ui
from index.records import Article
from index.store import Store
from index.sync import sync
from page import gate, markup, sources, turns
from rag.chain import Chain
from rag.chatting import Chatting
from rag.records import Answer, Citation, Place, Sentence, Words
from rag.writer import Quoting, Writer
from tests.doubles import Pointing, ScriptedModel, WordHashing

WAIT = 120_000  # milliseconds; a machine may be busy, and what passes passes at once
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

LANTERNS = "The harbour office bought 240 lanterns for the long pier in March."
FERRY = "The night ferry to Quill island carries 85 passengers and two goats."
ARTICLES = {
    "harbour/lanterns.txt": f"""Light for the long pier
The Pier Gazette
12 March 2024

The council met on Monday in the old net loft.

{LANTERNS} They are to be hung before the herring season.

Nobody spoke against the purchase.
""",
    "copies/lanterns-again.txt": f"""Pier gets its lanterns

{LANTERNS} They are to be hung before the herring season.

A reader sent this in.
""",
    "island/ferry.md": f"""# A crossing by night

{FERRY} The crossing takes forty minutes when the tide is kind.

The captain, Odile Marsh, has made it nine thousand times.
""",
}
ASK_LANTERNS = "How many lanterns were bought by the harbour office for the long pier?"
ASK_FERRY = "How many passengers does the night ferry to Quill island carry?"
ASK_NOTHING = "Which parliament ratified zinc tariffs?"

RUN = "window.attacked=true"
HOSTILE = (
    f"The <script>{RUN}</script> wyvern <img src=x onerror={RUN}> price was "
    "${window.attacked=true} 77 crowns ![pixel](http://evil.example/p.png) "
    "[click](javascript:alert(1)) </script><b>**bold**</b> `code` $$x^2$$ {{7*7}} "
    "&amp; &#60;i&#62;."
)
HOSTILE_NAME = "<img src=x onerror=window.attacked=true> ${7*7} **x** \n _y_.txt"
HOSTILE_TITLE = "<script>window.attacked=true</script> ![t](http://evil.example/t.png) **Wyvern**"
ASK_HOSTILE = "What was the wyvern script img src price in crowns?"


def written(folder: Path, articles: dict[str, str]) -> Path:
    for path, text in articles.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def indexed(folder: Path, store: Path) -> Store:
    made = Store(store)
    for _ in sync(folder, made, WordHashing()):
        pass
    return made


def chained(store: Store, writer: Writer | None = None, *words: str) -> Chain:
    encoder = WordHashing()
    return Chain(
        store=store,
        encoder=encoder,
        reader=Pointing(encoder, words or ("240 lanterns", "85 passengers")),
        writer=writer or Quoting(),
        threshold=0.2,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("page")
    return indexed(written(folder / "articles", ARTICLES), folder / "store")


@pytest.fixture(scope="module")
def served(store: Store) -> Iterator[ui.Served]:
    with contextlib.closing(ui.launch(chained(store))) as made:
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("FOOTNOTED_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium on the PATH, and FOOTNOTED_REQUIRE_BROWSER=1")
        pytest.skip("no chromium on the PATH: the page is not looked at")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=WAIT)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A browser whose every request and complaint is kept."""

    browser: Any
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def open(self, url: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(WAIT)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.goto(url)
        page.locator("#ask textarea").wait_for()
        return page

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    """Whatever a test does, nothing is asked of another machine and nothing is refused."""
    made = Watched(chromium)
    yield made
    for context in made.contexts:
        context.close()
    assert {urlsplit(url).hostname for url in made.asked if url.startswith("http")} == {"127.0.0.1"}
    assert made.complaints == []


def ask(page: Any, question: str, number: int = 1) -> Any:
    """Ask, and return the finished turn."""
    page.locator("#ask textarea").fill(question)
    page.locator("#ask textarea").press("Enter")
    page.locator("#talk .turn").nth(number - 1).wait_for()
    page.locator("#live .turn").wait_for(state="detached")
    return page.locator("#talk .turn").nth(number - 1)


def words(locator: Any) -> str:
    return " ".join(locator.text_content().split())


# What a reader sees and does.


def test_an_answer_is_the_articles_sentence_with_a_mark_and_its_source(served, watched):
    turn = ask(watched.open(served.url), ASK_LANTERNS)
    assert words(turn.locator(".q")) == ASK_LANTERNS
    assert words(turn.locator(".a").first).startswith(LANTERNS)
    assert turn.locator(".a b").first.text_content() == "240 lanterns"
    assert turn.locator(".a button.m").first.inner_text().endswith("1")
    listed = turn.locator(".src li").first
    assert {"harbour/lanterns.txt, line 7", "copies/lanterns-again.txt, line 3"} & {
        words(listed.locator("> span").last)
    }
    assert "also in 1 file" in words(listed)
    assert "every sentence found word for word" in words(turn.locator(".foot"))


def test_the_first_source_is_shown_with_its_sentence_and_its_answering_words_marked(
    served, watched
):
    page = watched.open(served.url)
    ask(page, ASK_LANTERNS)
    page.locator("#source mark").wait_for()
    assert page.locator("#source mark").text_content() == LANTERNS
    assert page.locator("#source mark b").text_content() == "240 lanterns"
    assert words(page.locator("#source .near")).endswith("before the herring season.")
    assert page.locator("#source .far").count() >= 1
    assert page.locator('#talk button.m.on[aria-pressed="true"]').count() == 2  # text and list


def test_a_mark_of_an_earlier_turn_shows_its_source_again(served, watched):
    page = watched.open(served.url)
    first = ask(page, ASK_LANTERNS)
    ask(page, ASK_FERRY, 2)
    page.locator("#source mark", has_text=FERRY).wait_for()
    assert words(page.locator("#source h2")) == "A crossing by night"
    first.locator(".src button.m").first.click()
    page.locator("#source mark", has_text=LANTERNS).wait_for()
    assert page.locator("#source mark").text_content() == LANTERNS
    assert first.locator(".a button.m").first.get_attribute("aria-pressed") == "true"


def test_the_other_file_with_the_same_words_can_be_shown(served, watched):
    page = watched.open(served.url)
    ask(page, ASK_LANTERNS)
    other = page.locator("#source button.other")
    path = other.locator("bdi").text_content()
    other.click()
    page.locator("#source .path", has_text=path).wait_for()
    assert page.locator("#source mark").text_content() == LANTERNS
    assert page.locator("#source mark b").text_content() == "240 lanterns"


def test_what_the_articles_do_not_say_is_said_calmly_with_the_nearest_passages(served, watched):
    page = watched.open(served.url)
    turn = ask(page, ASK_NOTHING)
    card = turn.locator(".none")
    assert words(card.locator("h3")) == "Not found in the articles."
    assert "Searched 3 articles in 3 files." in words(card)
    assert turn.locator(".a").count() == 0
    nearest = card.locator("li").first
    quote = nearest.locator("q").text_content()
    nearest.locator("button.m").click()
    page.locator("#source mark").wait_for()
    assert page.locator("#source mark").text_content() == quote


def test_the_header_says_what_is_held_and_that_nothing_leaves(served, watched):
    page = watched.open(served.url)
    said = words(page.locator("#head .head"))
    assert "3 articles in 3 files" in said
    assert "Nothing leaves this machine." in said


def test_marks_are_reached_and_pressed_by_keyboard(served, watched):
    page = watched.open(served.url)
    turn = ask(page, ASK_FERRY)
    page.locator("#source mark", has_text=FERRY).wait_for()
    mark = turn.locator(".src button.m").last
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert mark.evaluate("e => e === document.activeElement && e.matches(':focus-visible')")
    assert mark.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    number = words(mark)
    page.keyboard.press("Enter")
    page.locator(f"#source .pane#shown-{mark.get_attribute('value').replace('.', '-')}").wait_for()
    assert number.startswith("Show source")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("…?", "The question is empty."),
        ("word " * 200_000, "The question has 1,000,000 characters; at most 4,000 are read."),
    ],
    ids=["empty", "a megabyte"],
)
def test_a_question_that_cannot_be_asked_is_refused_in_the_page(served, watched, question, reason):
    page = watched.open(served.url)
    turn = ask(page, question)
    assert reason in words(turn.locator(".none"))
    assert len(words(turn)) < 1000
    assert words(ask(page, ASK_FERRY, 2).locator(".a").first).startswith(FERRY)


def test_a_store_that_is_gone_is_told_in_the_page(tmp_path, watched):
    store = indexed(written(tmp_path / "articles", ARTICLES), tmp_path / "store")
    with contextlib.closing(ui.launch(chained(store))) as served:
        page = watched.open(served.url)
        ask(page, ASK_LANTERNS)
        (store.folder / "footnoted.sqlite").rename(tmp_path / "elsewhere")
        turn = ask(page, ASK_FERRY, 2)
        assert str(store.folder) in words(turn.locator(".none"))


def test_a_file_indexed_anew_after_the_answer_is_said_so(tmp_path, watched):
    folder = written(tmp_path / "articles", {"ferry.md": ARTICLES["island/ferry.md"]})
    store = indexed(folder, tmp_path / "store")
    with contextlib.closing(ui.launch(chained(store))) as served:
        page = watched.open(served.url)
        turn = ask(page, ASK_FERRY)
        written(folder, {"ferry.md": "# A crossing by night\n\nIt was called off for good.\n"})
        indexed(folder, store.folder)
        turn.locator("button.m").first.click()
        page.locator("#source .cut").wait_for()
        assert "indexed anew" in words(page.locator("#source .cut"))
        assert page.locator("#source mark").text_content() == FERRY


# Streaming and several at once.


def test_a_models_draft_is_shown_as_it_comes_and_the_checked_answer_takes_its_place(store, watched):
    model = ScriptedModel("The night ferry <b>carries", " 85 passengers [1].")
    chain = chained(store, Chatting(model, "scripted:one"))
    with contextlib.closing(ui.launch(chain)) as served:
        page = watched.open(served.url)
        assert "scripted:one" in words(page.locator("#head"))
        page.locator("#ask textarea").fill(ASK_FERRY)
        page.locator("#ask textarea").press("Enter")
        page.locator("#live .draft").wait_for()
        assert page.locator("#live .draft").text_content() == "The night ferry <b>carries"
        assert "not checked" in words(page.locator("#live .foot"))
        assert not page.locator("#talk .welcome").is_visible()
        page.locator("#ask textarea").fill(ASK_LANTERNS)
        page.locator("#ask textarea").press("Enter")  # one at a time: it waits in the box
        assert page.locator("#ask textarea").input_value() == ASK_LANTERNS
        model.go_on.set()
        page.locator("#talk .turn").wait_for()
        page.locator("#live .turn").wait_for(state="detached")
        assert page.locator("#talk .turn").count() == 1
        assert page.locator("#talk .draft").count() == 0
        assert words(page.locator("#talk .q")) == ASK_FERRY
        page.locator("#source mark").wait_for()
        assert page.locator("#source mark").text_content() == FERRY


def test_two_tabs_hold_two_conversations(served, watched):
    one, two = watched.open(served.url), watched.open(served.url)
    ask(one, ASK_LANTERNS)
    ask(two, ASK_FERRY)
    ask(one, ASK_NOTHING, 2)
    assert [words(q) for q in one.locator("#talk .q").all()] == [ASK_LANTERNS, ASK_NOTHING]
    assert [words(q) for q in two.locator("#talk .q").all()] == [ASK_FERRY]
    assert two.locator("#source mark").text_content() == FERRY
    one.locator("#talk .src button.m").first.click()
    assert one.locator("#source mark").text_content() == LANTERNS


# How it looks.


def test_a_phone_needs_no_sideways_scrolling_and_shows_a_chosen_source(served, watched):
    page = watched.open(served.url, width=390, height=844)
    turn = ask(page, ASK_LANTERNS)
    page.locator("#source mark").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    turn.locator(".src button.m").first.click()
    page.locator("#source .back").click()
    box = page.locator("#talk button.m.on").first.bounding_box()
    assert 0 <= box["y"] < 844


@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 230, 255), ("dark", 0, 40)])
def test_the_page_is_as_light_or_dark_as_the_system(served, watched, scheme, low, high):
    page = watched.open(served.url, color_scheme=scheme)
    ask(page, ASK_LANTERNS)
    for part in ("body", "#right", "#ask .input-container"):
        colour = page.locator(part).evaluate("e => getComputedStyle(e).backgroundColor")
        assert all(low <= int(n) <= high for n in re.findall(r"\d+", colour)[:3]), (part, colour)
    ink = page.locator("#talk .a").first.evaluate("e => getComputedStyle(e).color")
    assert all((int(n) > 127) == (scheme == "dark") for n in re.findall(r"\d+", ink)[:3])


# What an article, a file name or a model cannot do.


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("hostile")
    text = f"{HOSTILE_TITLE}\n\n{HOSTILE}\n\nNothing else was sold.\n"
    return indexed(written(folder / "articles", {HOSTILE_NAME: text}), folder / "store")


def test_nothing_in_an_article_its_title_or_its_name_runs_or_loads(hostile, watched):
    chain = chained(hostile, None, "77 crowns ![pixel](http://evil.example/p.png)")
    with contextlib.closing(ui.launch(chain)) as served:
        page = watched.open(served.url)
        turn = ask(page, f"<img src=x onerror={RUN}> {ASK_HOSTILE}")
        page.locator("#source mark").wait_for()
        shown = page.locator("#source .pane").text_content()
        assert page.locator("#source mark").text_content() in HOSTILE
        for piece in ("<img src=x onerror=", "${window.attacked=true}", "**bold**", "$$x^2$$"):
            assert piece in shown
        assert "&amp; &#60;i&#62;" in shown
        name = HOSTILE_NAME.replace("\n", "\\n")
        assert page.locator("#source .path").text_content() == name
        assert f"<img src=x onerror={RUN}>" in words(turn.locator(".q"))
        for tag in ("img", "script", "a", "iframe", "svg", "style", "em", "strong", "code"):
            assert page.locator(f":is(#talk, #live, #source, #head) {tag}").count() == 0, tag
        assert page.evaluate("window.attacked") is None


def test_nothing_a_model_writes_runs_or_loads(store, watched):
    said = f"The ferry carries 85 passengers <img src=x onerror={RUN}> ![p](http://evil.example/) "
    model = ScriptedModel(said, "[1].")
    chain = chained(store, Chatting(model, "<b>model</b>"))
    with contextlib.closing(ui.launch(chain)) as served:
        page = watched.open(served.url)
        assert "<b>model</b>" in words(page.locator("#head"))
        page.locator("#ask textarea").fill(ASK_FERRY)
        page.locator("#ask textarea").press("Enter")
        page.locator("#live .draft").wait_for()
        assert page.locator("#live .draft").text_content() == said
        model.go_on.set()
        page.locator("#talk .turn").wait_for()
        assert page.locator(":is(#talk, #live, #source, #head) img").count() == 0
        assert page.evaluate("window.attacked") is None


def test_a_script_that_gets_into_the_page_all_the_same_is_not_run(served, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served.url)
    page.locator("#ask textarea").wait_for(timeout=WAIT)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.got = 1';"
        " document.body.append(s); const i = document.createElement('img');"
        " i.setAttribute('onerror', 'window.got = 2'); i.src = 'data:,'; document.body.append(i); }"
    )
    assert page.evaluate("window.got") is None
    context.close()


# What reaches the page.


def fetch(
    url: str, path: str = "/", method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=120)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"host": parts.netloc, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return response.status, found, response.read().decode("utf-8", "replace")


def test_the_page_is_served_under_the_names_of_this_machine_alone(served):
    port = served.port
    for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        assert fetch(served.url, host=f"{name}:{port}")[0] == 200
    for name in ("evil.example", "127.0.0.1.evil.example", "192.0.2.7", "", "localhost.evil"):
        assert fetch(served.url, host=f"{name}:{port}")[0] == 403


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/gradio_api/queue/join", "POST"),
        ("/gradio_api/queue/data?session_hash=a", "GET"),
    ],
)
def test_a_request_that_another_page_makes_is_refused(served, path, method):
    body = "{}" if method == "POST" else None
    for origin in (
        "http://evil.example",
        "null",
        f"http://localhost:{served.port}",
        "http://127.0.0.1",
    ):
        assert fetch(served.url, path, method, body, origin=origin)[0] == 403
    for site in ("cross-site", "same-site"):
        assert fetch(served.url, path, method, body, sec_fetch_site=site)[0] == 403


def test_a_link_on_another_page_may_open_the_page(served):
    assert fetch(served.url, sec_fetch_site="cross-site", sec_fetch_mode="navigate")[0] == 200


@pytest.mark.parametrize(
    "asked",
    """GET /gradio_api/file=/etc/passwd
GET /gradio_api/file=http://127.0.0.1:1/
GET /gradio_api/file/etc/passwd
GET /file=/etc/passwd
POST /gradio_api/upload
GET /gradio_api/upload_progress?upload_id=1
GET /gradio_api/proxy=https://x.hf.space/
GET /monitoring
GET /monitoring/summary
GET /config
GET /gradio_api/info
GET /gradio_api/openapi.json
GET /openapi.json
GET /docs
GET /gradio_api/runs
GET /gradio_api/deep_link?session_hash=a
POST /gradio_api/component_server
POST /gradio_api/call/ask
POST /gradio_api/api/ask
POST /gradio_api/run/ask
POST /gradio_api/cancel
POST /login
GET /footnoted/gate.py
GET /footnoted/..%2Fgate.py
GET /assets/..%2f..%2f..%2froutes.py
GET /static/..%2f..%2f..%2f..%2froutes.py
OPTIONS /
PUT /""".split("\n"),
)
def test_what_gradio_would_serve_beyond_the_page_is_not_there(served, asked):
    method, path = asked.split(" ")
    status, _, body = fetch(served.url, path, method, "{}" if method == "POST" else None)
    assert status == 404
    assert "root:" not in body and "import " not in body


def test_a_request_too_large_is_refused_before_it_is_read(served):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
    with contextlib.closing(connection):
        connection.putrequest("POST", "/gradio_api/queue/join")
        connection.putheader("content-length", str(gate.LARGEST + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_what_is_asked_as_a_stream_ends_waits_until_the_browser_knows(monkeypatch):
    clock = [100.0]
    sent: list[tuple[str, float]] = []

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    async def answers(scope: Any, receive: Any, send: Any) -> None:
        clock[0] += 0.01
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append((message["type"], round(clock[0], 2)))

    async def asked(method: str, path: str) -> None:
        headers = [(b"host", b"127.0.0.1"), (b"content-length", b"2")]
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        await behind(scope, None, send)  # type: ignore[arg-type]

    async def both() -> None:
        await asked("POST", "/gradio_api/queue/join")  # nothing has ended: at once
        await asked("GET", "/gradio_api/queue/data")  # ends at 100.02
        await asked("POST", "/gradio_api/queue/join")

    monkeypatch.setattr(gate, "sleep", sleep)
    monkeypatch.setattr(gate, "monotonic", lambda: clock[0])
    behind = gate.Gate(answers, named=lambda host: True, token=None, cookie="c")
    with ThreadPoolExecutor() as threads:  # this thread has the browser's own loop
        threads.submit(asyncio.run, both()).result()
    assert [at for _, at in sent] == [100.01, 100.02, round(100.02 + gate.SETTLED + 0.01, 2)]


def test_every_response_forbids_what_the_page_does_not_need(served):
    _, found, body = fetch(served.url)
    policy = dict(part.split(" ", 1) for part in found["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[\w+/=]{44}')+", policy["script-src"])
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == policy["font-src"] == policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert found["cache-control"] == "no-store"
    assert not re.search(r"<(?:script|link|img)\b[^>]*(?:src|href)=\"(?:https?:)?//", body)
    asset = re.search(r'src="\.(/assets/[^"]+)"', body)
    assert asset
    for path in ("/", asset[1], "/theme.css", "/footnoted/page.js", "/nothing"):
        found = fetch(served.url, path)[1]
        assert found["x-content-type-options"] == "nosniff"
        assert found["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in found["content-security-policy"]


def test_a_token_is_asked_for_once_and_kept_in_a_cookie_that_scripts_cannot_read(store):
    with contextlib.closing(ui.launch(chained(store), token="s p&ce/ы")) as served:
        for path in ("/", "/theme.css", "/?token=wrong", "/?token=", "/footnoted/page.js"):
            assert fetch(served.url, path)[0] == 401
        status, found, _ = fetch(served.url, "/?token=s%20p%26ce%2F%D1%8B")
        assert status == 200
        cookie = found["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert "s p&ce" not in cookie
        kept = found["set-cookie"].split(";")[0]
        assert fetch(served.url, cookie=kept)[0] == 200
        assert fetch(served.url, cookie=kept[:-1])[0] == 401


def test_with_its_token_the_page_works(store, watched):
    with contextlib.closing(ui.launch(chained(store), token="open-sesame")) as served:
        page = watched.open(f"{served.url}?token=open-sesame")
        assert page.url == served.url
        assert words(ask(page, ASK_FERRY).locator(".a").first).startswith(FERRY)


def test_an_address_that_others_can_reach_needs_a_token(store):
    for token in (None, ""):
        with pytest.raises(ui.PageError, match="--token"):
            ui.launch(chained(store), host="0.0.0.0", token=token)


def test_behind_its_token_any_address_will_do_but_no_foreign_name(store):
    with contextlib.closing(ui.launch(chained(store), host="0.0.0.0", token="t")) as served:
        for host, status in (
            ("192.0.2.7", 401),
            (socket.gethostname(), 401),
            ("evil.example", 403),
        ):
            assert fetch(served.url, host=f"{host}:{served.port}")[0] == status


def test_a_busy_port_is_told_in_one_line(store, served):
    with pytest.raises(ui.PageError) as told:
        ui.launch(chained(store), port=served.port)
    assert str(told.value) == (
        f"cannot listen on port {served.port} of 127.0.0.1: Address already in use; "
        "name another with --port"
    )


@pytest.mark.parametrize("host", ["no such host", "256.1.1.1", "a" * 300])
def test_a_host_that_is_none_is_told_in_one_line(store, host):
    with pytest.raises(ui.PageError, match="no address of this machine"):
        ui.launch(chained(store), host=host, token="t")


def test_serving_prints_the_address_once_and_ends_when_told(store, capfd, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    stop = threading.Event()
    stop.set()
    ui.serve(chained(store), port=0, browser=False, stop=stop)
    said = capfd.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"footnoted: the page is at http://127\.0\.0\.1:\d+/\n", said.err)


# The pieces.


@given(st.text())
def test_escaped_text_is_the_text_again_and_holds_nothing_but_words_and_numbers(value):
    made = markup.text(value)
    assert re.fullmatch(r"(?:[^\W_]|&#\d+;| (?! ))*", made)
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", value)
    assert html.unescape(made) == plain


@given(st.text(max_size=9), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_bold_words_are_the_text_again_whatever_the_spans(value, spans):
    made = markup.bold(value, spans)
    assert html.unescape(re.sub("<[^>]*>", "", made)) == html.unescape(markup.text(value))
    assert made.count("<b>") == made.count("</b>") <= len(spans)


def test_the_cells_of_a_row_are_set_apart_by_the_very_tab():
    made = markup.bold("Orr\t42", [(4, 6)])
    assert made == 'Orr<span class="cell">&#9;</span><b>42</b>'


def test_the_words_that_answer_two_parts_are_both_bold_in_the_talk_and_in_the_source(store):
    answer = chained(store).ask(ASK_LANTERNS)
    first = answer.sentences[0]
    at = first.text.index("in March")
    also = Words((at, at + len("in March")), first.marks)
    both = replace(first, words=(*first.words, also))
    turn = turns.answered(1, replace(answer, sentences=(both, *answer.sentences[1:])), {}, "")
    bold = "<b>240 lanterns</b> for the long pier <b>in March</b>"
    assert bold in turn.html
    shown = next(iter(turn.shown.values()))
    with store.snapshot() as snapshot:
        whole = snapshot.text(shown.place.path)
    assert bold in sources.pane("1.1", shown, Article(1, 0, len(whole)), whole)


def test_the_very_words_that_answer_are_marked_not_the_first_that_are_alike():
    said = "In 2015 it sold 5 lamps."
    at = said.index("5 lamps")
    place = Place("a.txt", 1, None, None, None, 0, len(said), said)
    sentence = Sentence(said, (1,), (Words((at, at + 1), (1,)),))
    answer = Answer("?", "answered", 0.9, (sentence,), (Citation(1, place),), ())
    assert turns.answered(1, answer, {}, "").shown["1.1"].answers == ((at, at + 1),)


@given(st.lists(st.sampled_from(["word", "a longer run of words", "\n", "\n\n", " ", "\t"])))
def test_paragraphs_leave_out_nothing_but_space(pieces):
    whole = "".join(pieces)
    spans = list(sources.paragraphs(whole, 0, len(whole)))
    rest = whole
    for start, end in reversed(spans):
        rest = rest[:start] + rest[end:]
    assert not rest.strip()
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_a_turn_is_one_line_whatever_is_in_it(store):
    answer = chained(store).ask(ASK_LANTERNS)
    answer = replace(answer, question="a\n\n# b\n\n```mermaid\nx\n```", notices=("c\n\nd",))
    assert "\n" not in turns.answered(1, answer, {}, "3 articles").html


def test_what_is_told_of_an_answer_stands_between_it_and_its_sources(store):
    answer = replace(chained(store).ask(ASK_LANTERNS), notices=("Not sure.",))
    html = turns.answered(1, answer, {}, "3 articles").html
    parts = ['<p class="a"', '<p class="notice"', '<ol class="src"']
    assert sorted(parts, key=html.index) == parts and html.count(parts[1]) == 1
    missing = replace(chained(store).ask(ASK_NOTHING), notices=("Not there.",))
    assert '<p class="notice"' in turns.answered(1, missing, {}, "3 articles").html


def test_the_talk_keeps_what_its_marks_show(store):
    answer = chained(store).ask(ASK_LANTERNS)
    turn = turns.answered(7, answer, {}, "3 articles")
    assert turn.first == "7.1"
    assert turn.shown["7.1"].place.quote == LANTERNS
    assert set(re.findall(r'value="([\d.]+)"', turn.html)) <= set(turn.shown)
    assert json.dumps(turn.html)
