"""The verbs of the command line: parse, call one room, hand the result on."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from footnoted import __version__

if TYPE_CHECKING:
    from index.store import Store
    from rag.chain import Chain

DONE, SKIPPED, WRONG, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status: 0 done, 1 done with skipped files, 2 an error."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not hasattr(asked, "run"):
        parser.print_help(sys.stderr)
        return WRONG
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may lack letters that an article has.
        sys.stdout.reconfigure(errors="backslashreplace")
    logging.basicConfig(format="footnoted: %(message)s", stream=sys.stderr, level=logging.WARNING)
    from index.errors import FootnotedError

    try:
        status = int(asked.run(asked))
        sys.stdout.flush()
        return status
    except FootnotedError as error:
        print(f"footnoted: {_line(str(error))}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("footnoted: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; keep Python from complaining as it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        # A fault of ours. A script reads one line and the status; who mends it sets the variable.
        if os.environ.get("FOOTNOTED_DEBUG"):
            raise
        print(f"footnoted: {type(error).__name__}: {_line(str(error))}", file=sys.stderr)
        return WRONG


def _line(text: str) -> str:
    from footnoted.terminal import visible

    return visible(" ".join(text.split()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footnoted", description="Ask your articles; every sentence carries its footnote."
    )
    parser.add_argument("--version", action="version", version=f"footnoted {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")

    index = _verb(verbs, "index", _index, "read a folder of articles into the store")
    index.add_argument("folder", type=Path, metavar="FOLDER")
    index.add_argument("--rebuild", action="store_true", help="forget what the store held")
    index.add_argument("--json", action="store_true", help="print the report as JSON")
    index.add_argument(
        "--largest",
        type=_between(int, 1, 10**6),
        default=50,
        metavar="MB",
        help="larger files are skipped (50)",
    )

    search = _verb(verbs, "search", _search, "show the passages that a question finds")
    _question(search)
    search.add_argument(
        "-k", type=_between(int, 1, 1000), default=10, metavar="N", help="how many (10)"
    )
    _reading(search)

    ask = _verb(verbs, "ask", _ask, "answer a question from the articles")
    _question(ask)
    _answering(ask)

    check = _verb(verbs, "check", _check, "say what of a draft the articles support")
    check.add_argument("draft", nargs="?", type=Path, metavar="DRAFT")
    check.add_argument(
        "--batch", type=Path, metavar="FILE", help='one {"id", "claim", "text"} a line'
    )
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    _reading(check)

    read = _verb(verbs, "read", _read, "find the words that answer in texts of your own")
    read.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        required=True,
        help='one {"id", "question", "text"} a line',
    )
    _reading(read)

    status = _verb(verbs, "status", _status, "say what the store holds")
    status.add_argument("--json", action="store_true")

    chat = _verb(verbs, "chat", _chat, "open the chat page")
    _answering(chat)
    chat.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    chat.add_argument(
        "--port", type=_between(int, 0, 65535), default=7860, help="port to listen on (7860)"
    )
    chat.add_argument("--token", help="what a browser must show; needed for any other host")
    chat.add_argument("--no-browser", action="store_true", help="open no browser")

    evaluate = _verb(verbs, "eval", _eval, "measure retrieval and answers on suites of questions")
    evaluate.add_argument("suites", nargs="*", type=Path, metavar="SUITE")
    evaluate.add_argument("--articles", type=Path, help="the folder of a suite's articles")
    evaluate.add_argument("--json", action="store_true", help="print the scores as JSON")
    evaluate.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of public sets (FOOTNOTED_DATA)"
    )
    evaluate.add_argument(
        "--out", type=Path, metavar="DIR", help="where results and report go (eval-results)"
    )
    evaluate.add_argument(
        "--baselines", action="store_true", help="measure other systems on the same questions"
    )
    evaluate.add_argument("--gate", action="store_true", help="exit 1 where a floor breaks")
    evaluate.add_argument("--floors", type=Path, metavar="FILE", help="other floors than ours")
    evaluate.add_argument("--update-floors", action="store_true", help="raise the floors")
    evaluate.add_argument("--allow-regression", metavar="WHY", help="let floors sink, and say why")
    evaluate.add_argument(
        "--vary", action="append", metavar="NAME=A,B", help="measure with each, like reads=8,16"
    )
    _answering(evaluate)
    return parser


def _verb(verbs: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help.capitalize())
    verb.set_defaults(run=run)
    verb.add_argument("--store", type=Path, metavar="DIR", help="where the store lies")
    verb.add_argument(
        "--encoder", metavar="NAME_OR_PATH", help="any sentence-transformers model instead of ours"
    )
    return verb


def _question(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("question", nargs="?", metavar="QUESTION")
    verb.add_argument("--batch", type=Path, metavar="FILE", help='one {"id", "question"} a line')
    verb.add_argument("--json", action="store_true", help="one JSON object a line")
    verb.add_argument("--file", metavar="GLOB", help="only files whose path matches")
    verb.add_argument("--publisher", metavar="NAME")
    verb.add_argument("--since", metavar="DATE", help="published on or after: 2025, 2025-04, ...")
    verb.add_argument("--until", metavar="DATE", help="published on or before")


def _answering(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--model", metavar="PROVIDER:NAME", help="a chat model, like ollama:llama3.2")
    _reading(verb)
    verb.add_argument(
        "--threshold",
        type=_between(float, 0, 1),
        metavar="X",
        help="least confidence to answer; 0 = always",
    )


def _reading(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reader", metavar="NAME_OR_PATH", help='"none" goes by similarity alone')


def _between(kind: Callable[[str], float], low: int, high: int) -> Callable[[str], float]:
    def number(text: str) -> float:
        with suppress(ValueError):
            if low <= (value := kind(text)) <= high:
                return value
        raise argparse.ArgumentTypeError(f"a number from {low} to {high}, not {text!r}")

    return number


def _store(asked: argparse.Namespace) -> Store:
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
    from rag.reader import reader
    from rag.writer import Chatting, Quoting, Writer

    store = _store(asked)
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


def _index(asked: argparse.Namespace) -> int:
    from footnoted import terminal
    from index.encoder import encoder
    from index.sources import check_folder
    from index.sync import Report, sync

    check_folder(asked.folder)
    steps = sync(
        asked.folder,
        _store(asked),
        encoder(asked.encoder),
        rebuild=asked.rebuild,
        largest=asked.largest * 1_000_000,
    )
    report = terminal.progress(steps)
    assert isinstance(report, Report)
    terminal.print_report(report, as_json=asked.json)
    return SKIPPED if report.skipped else DONE


def _search(asked: argparse.Namespace) -> int:
    from footnoted import terminal
    from footnoted.questions import questions

    rows = questions(asked)
    chain = _chain(asked)
    for row, where in rows:
        hits = chain.search(row["question"], k=asked.k, where=where)
        terminal.print_hits(row, hits, as_json=asked.json or asked.batch is not None)
    return DONE


def _ask(asked: argparse.Namespace) -> int:
    from footnoted import terminal
    from footnoted.questions import questions

    rows = questions(asked)
    chain = _chain(asked)
    for row, where in rows:
        answer = chain.ask(row["question"], where=where, history=row.get("history", ()))
        terminal.print_answer(row.get("id"), answer, as_json=asked.json or asked.batch is not None)
    return DONE


def _check(asked: argparse.Namespace) -> int:
    from footnoted import batches

    return batches.check(asked, _store(asked))


def _read(asked: argparse.Namespace) -> int:
    from footnoted import batches

    return batches.read(asked)


def _status(asked: argparse.Namespace) -> int:
    from footnoted import terminal

    store = _store(asked)
    with store.snapshot() as snapshot:
        about = {
            "store": str(store.folder),
            "folder": snapshot.manifest["folder"],
            "generation": snapshot.generation,
            "encoder": snapshot.manifest["encoder_name"],
            "passage_tokens": int(snapshot.manifest["passage_tokens"]),
            **snapshot.count(),
        }
    terminal.print_status(about, as_json=asked.json)
    return DONE


def _chat(asked: argparse.Namespace) -> int:
    chain = _chain(asked)
    import ui

    ui.serve(
        chain, host=asked.host, port=asked.port, browser=not asked.no_browser, token=asked.token
    )
    return DONE


def _eval(asked: argparse.Namespace) -> int:
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
    adopt(_store(asked), asked.suites[1], say=lambda line: print(visible(line)))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
