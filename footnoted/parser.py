"""What can be typed: the verbs and their options. Imports nothing slow, so that --help is quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from footnoted import __version__, keeping, looking, verbs


def commands() -> argparse.ArgumentParser:
    """Return the parser; what it makes holds `run`, the function of the verb asked for."""
    parser = _Parser(
        prog="footnoted", description="Ask your articles; every sentence carries its footnote."
    )
    parser.add_argument("--version", action="version", version=f"footnoted {__version__}")
    table = parser.add_subparsers(title="verbs", metavar="VERB")

    index = _verb(table, "index", keeping.index, "read a folder of articles into the store")
    index.add_argument("folder", type=_folder, metavar="FOLDER")
    index.add_argument("--rebuild", action="store_true", help="forget what the store held")
    once = index.add_mutually_exclusive_group()
    once.add_argument("--plan", action="store_true", help="only say what would change")
    once.add_argument("--watch", action="store_true", help="go on after every change until Ctrl-C")
    index.add_argument("--json", action="store_true", help="print the report as JSON")
    index.add_argument(
        "--largest",
        type=_between(int, 1, 10**6),
        default=50,
        metavar="MB",
        help="larger files are skipped (50)",
    )

    search = _verb(table, "search", verbs.search, "show the passages that a question finds")
    _question(search)
    search.add_argument(
        "-k", type=_between(int, 1, 1000), default=10, metavar="N", help="how many (10)"
    )
    _reading(search)

    ask = _verb(table, "ask", verbs.ask, "answer a question from the articles")
    _question(ask)
    _answering(ask)

    check = _verb(table, "check", verbs.check, "say what of a draft the articles support")
    check.add_argument("draft", nargs="?", type=Path, metavar="DRAFT")
    check.add_argument(
        "--batch", type=Path, metavar="FILE", help='one {"id", "claim", "text"} a line'
    )
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    _reading(check)

    read = _verb(table, "read", verbs.read, "find the words that answer in texts of your own")
    read.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        required=True,
        help='one {"id", "question", "text"} a line',
    )
    _reading(read)

    status = _verb(table, "status", looking.status, "say what the store holds")
    status.add_argument("--json", action="store_true")

    articles = _verb(table, "articles", looking.articles, "list the articles that the store holds")
    articles.add_argument("--json", action="store_true", help="one JSON object a line")
    articles.add_argument("--file", metavar="GLOB", help="only files whose path matches")

    show = _verb(table, "show", looking.show, "show a file as it was read, furniture dimmed")
    show.add_argument("path", metavar="PATH", help="as citations show it")
    show.add_argument("--json", action="store_true", help="print one JSON object")

    verify = _verb(table, "verify", keeping.verify, "find what of the store is damaged")
    verify.add_argument("--json", action="store_true")

    repair = _verb(table, "repair", keeping.repair, "mend the store without the articles")
    repair.add_argument("--json", action="store_true")

    chat = _verb(table, "chat", verbs.chat, "open the chat page")
    _answering(chat)
    chat.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    chat.add_argument(
        "--port", type=_between(int, 0, 65535), default=7860, help="port to listen on (7860)"
    )
    chat.add_argument(
        "--token", type=_name, help="what a browser must show; needed for any other host"
    )
    chat.add_argument("--no-browser", action="store_true", help="open no browser")

    evaluate = _verb(
        table, "eval", verbs.evaluate, "measure retrieval and answers on suites of questions"
    )
    evaluate.add_argument("suites", nargs="*", type=_folder, metavar="SUITE")
    evaluate.add_argument("--articles", type=_folder, help="the folder of a suite's articles")
    evaluate.add_argument("--json", action="store_true", help="print the scores as JSON")
    evaluate.add_argument(
        "--data", type=_folder, metavar="DIR", help="folder of public sets (FOOTNOTED_DATA)"
    )
    evaluate.add_argument(
        "--out", type=_folder, metavar="DIR", help="where results and report go (eval-results)"
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


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage as all else that goes wrong is told: in one line, with status 2."""

    def error(self, message: str) -> NoReturn:
        """Tell it and exit."""
        from footnoted.terminal import line

        self.exit(2, f"{self.prog}: {line(message)} (see {self.prog} --help)\n")


def _verb(table: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = table.add_parser(name, help=help, description=help.capitalize())
    verb.set_defaults(run=run)
    verb.add_argument("--store", type=_folder, metavar="DIR", help="where the store lies")
    verb.add_argument(
        "--encoder",
        type=_name,
        metavar="NAME_OR_PATH",
        help="any sentence-transformers model instead of ours",
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
    verb.add_argument(
        "--model", type=_name, metavar="PROVIDER:NAME", help="a chat model, like ollama:llama3.2"
    )
    _reading(verb)
    verb.add_argument(
        "--threshold",
        type=_between(float, 0, 1),
        metavar="X",
        help="least confidence to answer; 0 = always",
    )


def _reading(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--reader", type=_name, metavar="NAME_OR_PATH", help='"none" goes by similarity alone'
    )


def _folder(name: str) -> Path:
    """The folder of a name; "" would be the one that a script stands in."""
    if not name:
        raise argparse.ArgumentTypeError("a folder has a name")
    return Path(name)


def _name(text: str) -> str:
    """What was typed; a script whose variable is not set types ""."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; leave it out, or give one")
    return text


def _between(kind: Callable[[str], float], low: int, high: int) -> Callable[[str], float]:
    def number(text: str) -> float:
        with suppress(ValueError):
            if low <= (value := kind(text)) <= high:
                return value
        raise argparse.ArgumentTypeError(f"a number from {low} to {high}, not {text!r}")

    return number
