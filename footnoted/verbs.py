"""The verbs that ask: each calls one room and hands the result on."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.store import Store
    from rag.chain import Chain

DONE = 0


def store_of(asked: argparse.Namespace) -> Store:
    """Return the store that --store or FOOTNOTED_STORE names, else the user's own."""
    from index.store import Store

    if asked.store:
        return Store(asked.store)
    if named := os.environ.get("FOOTNOTED_STORE"):
        return Store(Path(named))
    from platformdirs import user_data_path

    return Store(user_data_path("footnoted", appauthor=False) / "store")


def _chain(asked: argparse.Namespace) -> Chain:
    from index.encoder import encoder
    from rag.chain import Chain
    from rag.chatting import Chatting
    from rag.reader import reader
    from rag.writer import Quoting, Writer

    store = store_of(asked)
    with store.snapshot():
        pass  # a missing store is told before anything slow is loaded
    named = encoder(asked.encoder)
    writer: Writer = Quoting()
    if getattr(asked, "model", None):
        from rag.models import chat_model

        writer = Chatting(chat_model(asked.model), asked.model)
    return Chain(
        store=store,
        encoder=named,
        reader=reader(asked.reader, named),
        writer=writer,
        threshold=getattr(asked, "threshold", None),
    )


def search(asked: argparse.Namespace) -> int:
    """Print the passages that each question finds."""
    from footnoted import terminal
    from footnoted.questions import questions

    rows = questions(asked)
    chain = _chain(asked)
    for row, where in rows:
        look = chain.look(row["question"], k=asked.k, where=where)
        hits = look.hits[: asked.k]
        terminal.print_hits(row, hits, as_json=asked.json or asked.batch is not None)
        terminal.print_notices(look.told)
    return DONE


def ask(asked: argparse.Namespace) -> int:
    """Answer each question."""
    from footnoted import terminal
    from footnoted.questions import questions

    rows = questions(asked)
    chain = _chain(asked)
    for row, where in rows:
        answer = chain.ask(row["question"], where=where, history=row.get("history", ()))
        terminal.print_answer(row.get("id"), answer, as_json=asked.json or asked.batch is not None)
    return DONE


def check(asked: argparse.Namespace) -> int:
    """Say what of a draft, or of a batch of claims, the articles support."""
    from footnoted import batches

    return batches.check(asked, store_of(asked))


def read(asked: argparse.Namespace) -> int:
    """Point at the words that answer in a batch of texts."""
    from footnoted import batches

    return batches.read(asked)


def chat(asked: argparse.Namespace) -> int:
    """Serve the chat page until interrupted."""
    chain = _chain(asked)
    import ui

    ui.serve(
        chain, host=asked.host, port=asked.port, browser=not asked.no_browser, token=asked.token
    )
    return DONE


def evaluate(asked: argparse.Namespace) -> int:
    """Measure suites, compare results, or adopt cases."""
    if [str(word) for word in asked.suites[:1]] == ["adopt"]:
        return _adopt(asked)
    from evals import command

    return command.command(asked)


def _adopt(asked: argparse.Namespace) -> int:
    from evals.adopt import adopt
    from evals.suites import SuiteError
    from footnoted.terminal import visible

    if len(asked.suites) != 2:
        raise SuiteError("adopt takes the suite to add to: footnoted eval adopt SUITE")
    adopt(store_of(asked), asked.suites[1], say=lambda line: print(visible(line)))
    return DONE
