"""The chat page: a question, its answer with footnotes, and beside it the article cited.

Gradio carries it: a text box, three columns of HTML that we build ourselves from escaped pieces
(page/), and a generator that streams. The HTML goes through `gr.Markdown` with its sanitiser on
and nothing left in it that Markdown could read: `gr.HTML` compiles a template in the browser and
so needs a policy that allows eval; this page's forbids it.
"""

from __future__ import annotations

import os
import platform
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from index.errors import FootnotedError, StoreError
from page import markup, sources, turns
from page.server import PageError, Served, gradio
from page.turns import Turn
from rag.chain import Chain
from rag.chatting import Chatting
from rag.records import Answer, Place

if TYPE_CHECKING:
    from index.snapshot import Snapshot

__all__ = ["PageError", "Served", "build", "launch", "serve"]

MOST = 30  # turns that a conversation keeps
BEAT = 0.1  # seconds between two states of a draft
AT_ONCE = 4  # questions answered at a time


def serve(
    chain: Chain,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    browser: bool = True,
    token: str | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve the page until Ctrl-C or `stop`; raise PageError where it cannot be served."""
    served = launch(chain, host=host, port=port, token=token)
    address = served.url + (f"?token={quote(token, safe='')}" if token else "")
    try:
        seen = not browser or (_has_display() and webbrowser.open(address))
        shown = served.url + ("?token=... (with your token)" if token else "")
        note = "" if seen else "; there is no display to open it on, so open it in a browser"
        print(f"footnoted: the page is at {shown}{note}", file=sys.stderr, flush=True)
        (stop or threading.Event()).wait()
    except KeyboardInterrupt:
        pass
    finally:
        served.close()


def launch(
    chain: Chain, *, host: str = "127.0.0.1", port: int = 0, token: str | None = None
) -> Served:
    """Return the running page; port 0 takes a free one."""
    return Served(lambda: build(chain), host=host, port=port, token=token)


def build(chain: Chain) -> Any:
    """Return the page as Gradio blocks."""
    gr = gradio()
    html = {"latex_delimiters": [], "sanitize_html": True, "header_links": False}
    with gr.Blocks(title="Footnoted", analytics_enabled=False, fill_width=True) as blocks:
        talked = gr.State(())
        head = gr.Markdown(_head(chain), elem_id="head", **html)
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="left"):
                talk = gr.Markdown(turns.welcome(), elem_id="talk", **html)
                live = gr.Markdown("", elem_id="live", **html)
                asked = gr.Textbox(
                    elem_id="ask", label="Question", show_label=False, container=False,
                    placeholder="Ask your articles…", lines=1, max_lines=6, autofocus=True,
                    submit_btn="↵",
                )  # fmt: skip
            with gr.Column(elem_id="right"):
                source = gr.Markdown(sources.nothing(), elem_id="source", **html)
        wanted = gr.Textbox(elem_id="wanted", visible="hidden", label="Wanted source")

        def ask(question: str, before: tuple[Turn, ...]) -> Iterator[dict[Any, Any]]:
            yield {asked: "", live: turns.waiting(question)}
            for made in answering(chain, question, before[-1].number + 1 if before else 1):
                if isinstance(made, str):
                    yield {live: made}
                    continue
                after = (*before, made)[-MOST:]
                update = {talk: "\n\n".join(t.html for t in after), live: "", talked: after}
                if made.first:
                    update[source] = shown(chain, made.first, after)
                yield update

        def show(wish: str, before: tuple[Turn, ...]) -> str:
            return shown(chain, wish.split(" ")[0], before)

        quiet = {"api_visibility": "private", "show_progress": "hidden"}
        gr.on(
            [asked.submit], ask, [asked, talked], {asked, talk, live, source, talked},
            concurrency_limit=AT_ONCE, **quiet,
        )  # fmt: skip
        wanted.change(
            show, [wanted, talked], source,
            concurrency_limit=AT_ONCE, trigger_mode="always_last", **quiet,
        )  # fmt: skip
        blocks.load(lambda: _head(chain), None, head, **quiet)
    return blocks


def answering(chain: Chain, question: str, number: int) -> Iterator[str | Turn]:
    """Yield the waiting turn's HTML as a draft grows, then the Turn that takes its place."""
    draft, drawn = "", -BEAT
    try:
        for piece in chain.stream(question):
            if isinstance(piece, Answer):
                yield _turn(chain, number, piece)
                return
            draft += piece
            if time.monotonic() - drawn >= BEAT:
                drawn = time.monotonic()
                yield turns.waiting(question, draft)
    except FootnotedError as error:
        yield turns.refused(number, question, str(error))
    except Exception:
        yield turns.refused(number, question, "something went wrong; the terminal says what")
        raise


def shown(chain: Chain, key: str, talked: tuple[Turn, ...]) -> str:
    """Return the source column for a mark of the conversation."""
    item = next((t.shown[key] for t in talked if key in t.shown), None)
    if item is None:
        return sources.unreadable("This source is no longer part of the conversation.")
    try:
        with chain.store.snapshot() as snapshot:
            article, whole = snapshot.article(item.place.path, item.place.article)
    except StoreError as error:
        return sources.unreadable(str(error))
    return sources.pane(key, item, article, whole)


def _turn(chain: Chain, number: int, answer: Answer) -> Turn:
    with chain.store.snapshot() as snapshot:
        cited = [c.place for c in (*answer.citations, *answer.nearest)]
        lines = {place: line for place in cited if (line := _line(snapshot, place))}
        counts = snapshot.count()
    return turns.answered(number, answer, lines, _held(counts))


def _line(snapshot: Snapshot, place: Place) -> int | None:
    try:
        _, whole = snapshot.article(place.path, place.article)
    except StoreError:
        return None  # indexed anew since; the source column says so
    return whole.count("\n", 0, place.start) + 1


def _head(chain: Chain) -> str:
    try:
        with chain.store.snapshot() as snapshot:
            counts, years = snapshot.count(), snapshot.years()
    except StoreError as error:
        held = str(error)
    else:
        held = _held(counts)
        if counts["publishers"]:
            held += f", {markup.count(counts['publishers'], 'publisher')}"
        if years:
            held += f", {' to '.join(dict.fromkeys(years))}"
    where = "Nothing leaves this machine."
    if isinstance(chain.writer, Chatting):
        where = f"Questions and passages go to {chain.writer.name}."
    return (
        '<header class="head"><h1>Footnoted<sup>1</sup></h1>'
        f"<span>{markup.text(held)}. {markup.text(where)}</span></header>"
    )


def _held(counts: dict[str, int]) -> str:
    return (
        f"{markup.count(counts['articles'], 'article')} in {markup.count(counts['files'], 'file')}"
    )


def _has_display() -> bool:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) or platform.system() != "Linux"
