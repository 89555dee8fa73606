"""A suite: a folder with `questions.jsonl`, `about.md`, and articles or a pointer to them.

Articles lie in `articles/` beside the questions, or where the one line of `articles.txt` says,
relative to the suite.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.errors import FootnotedError

KINDS = ("single", "passages", "articles", "conflict", "list", "followup", "unanswerable")
CHOOSING = ("samples", "hostile", "conversation", "conflict")
BUNDLED = (*CHOOSING, "plain")
_FIELDS = {"id", "question", "kind", "answers", "gold"}
_MORE = {"history", "never"}
_GOLD = {"path", "start", "end", "answer", "quote", "family", "publisher", "published"}


class SuiteError(FootnotedError):
    """A suite that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands: offsets, or its words where the text is made by a parser.

    A negative `start` without a quote means the file as a whole. Copies of one text share their
    `family`; `publisher` and `published` are what the article says of itself.
    """

    path: str
    start: int
    end: int
    answer: int
    quote: str | None = None
    family: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its distinct answers, each a tuple of accepted wordings.

    `history` are the earlier questions of its conversation, `never` wordings that no shown
    sentence may hold. Questions on one text share their `group`. `line` is where it was read.
    """

    id: str
    question: str
    kind: str
    answers: tuple[tuple[str, ...], ...]
    gold: tuple[Gold, ...]
    history: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    group: str | None = None
    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Suite:
    """A named list of questions over a folder of articles."""

    name: str
    articles: Path
    questions: tuple[Question, ...]
    folder: Path | None = None


def bundled() -> list[Path]:
    """Return the folders of the suites that ship with the program."""
    return [Path(str(files("evals"))) / "suites" / name for name in BUNDLED]


def choosing() -> list[Path]:
    """Return those of them that weights and thresholds are fitted on; the others only report."""
    return [folder for folder in bundled() if folder.name in CHOOSING]


def load(folder: Path, articles: Path | None = None) -> Suite:
    """Return the suite in a folder; `articles` overrides where its articles lie."""
    file = folder / "questions.jsonl"
    try:
        lines = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{folder} is not a suite: cannot read {file}") from error
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line), f"{file}, line {number}")
            if question.id in questions:
                raise ValueError(f"the id {question.id!r} occurs twice")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            missing = isinstance(error, KeyError)
            reason = f"missing field {error}" if missing else error
            raise SuiteError(f"{file}, line {number}: {reason}") from error
        questions[question.id] = question
    if not questions:
        raise SuiteError(f"{file} holds no questions")
    name = folder.resolve().name
    return Suite(name, articles or _articles(folder), tuple(questions.values()), folder)


def _articles(folder: Path) -> Path:
    pointer = folder / "articles.txt"
    place = folder / "articles"
    if pointer.is_file():
        place = folder / pointer.read_text("utf-8").strip()
    if not place.is_dir():
        raise SuiteError(f"{folder} has no articles; name their folder with --articles")
    return place


def _question(row: dict[str, Any], line: str) -> Question:
    if unknown := row.keys() - _FIELDS - _MORE:
        raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
    if missing := _FIELDS - row.keys():
        raise ValueError(f"missing field {sorted(missing)[0]!r}")
    for name in ("id", "question", "kind"):
        if not isinstance(row[name], str) or not row[name].strip():
            raise ValueError(f"{name} must be a text, not {row[name]!r}")
    answers = tuple(tuple(_wordings(wordings)) for wordings in row["answers"])
    gold = tuple(_gold(g) for g in row["gold"])
    if row["kind"] not in KINDS:
        raise ValueError(f"unknown kind {row['kind']!r}; one of {', '.join(KINDS)}")
    if bool(answers) == (row["kind"] == "unanswerable"):
        raise ValueError("answers and the kind unanswerable exclude each other")
    if any(not 0 <= g.answer < len(answers) for g in gold):
        raise ValueError("gold names an answer that is not there")
    history, never = (tuple(_texts(name, row.get(name, []))) for name in ("history", "never"))
    if (row["kind"] == "followup") > bool(history):
        raise ValueError("a followup needs its history")
    return Question(
        row["id"], row["question"], row["kind"], answers, gold, history, never, line=line
    )


def _wordings(wordings: Any) -> list[str]:
    good = isinstance(wordings, list) and all(isinstance(w, str) and w.strip() for w in wordings)
    if not good or not wordings:
        raise ValueError(f"an answer is a list of wordings, not {wordings!r}")
    return list(wordings)


def _texts(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValueError(f"{name} is a list of texts, not {value!r}")
    return value


def _gold(row: dict[str, Any]) -> Gold:
    if unknown := row.keys() - _GOLD:
        raise ValueError(f"unknown field {sorted(unknown)[0]!r} in gold")
    if missing := {"path", "answer"} - row.keys():
        raise ValueError(f"missing field {sorted(missing)[0]!r} in gold")
    gold = Gold(**{"start": -1, "end": -1, **row})
    if gold.quote is None and not 0 <= gold.start < gold.end:
        raise ValueError(f"gold in {gold.path!r} has neither offsets nor a quote")
    if gold.quote is not None and not gold.quote.split():
        raise ValueError(f"gold in {gold.path!r} has an empty quote")
    return gold


def placed(question: Question, text: Callable[[str], str]) -> Question:
    """Return the question with every gold as offsets; `text` gives a path's text."""
    try:
        return replace(question, gold=tuple(_placed(g, text(g.path)) for g in question.gold))
    except FootnotedError as error:
        raise SuiteError(f"{question.line or question.id}: {error}") from error


def _placed(gold: Gold, text: str) -> Gold:
    if gold.quote is None:
        if gold.end > len(text):
            raise SuiteError(f"{gold.path} ends at {len(text)}, before its gold at {gold.end}")
        return gold
    found = re.search(r"\s+".join(map(re.escape, gold.quote.split())), text)
    if found is None:
        raise SuiteError(f"{gold.path} does not hold the gold words {gold.quote[:60]!r}")
    return replace(gold, start=found.start(), end=found.end())
