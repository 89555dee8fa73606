"""The question asked, or a file of them -> questions with their filters."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.dates import bounds
from index.errors import QuestionError
from index.where import Where
from rag.search import check


def questions(asked: argparse.Namespace) -> list[tuple[dict[str, Any], Where | None]]:
    """Return the questions with their filters; all are checked before the first is asked."""
    flags = {name: getattr(asked, name) for name in ("file", "publisher", "since", "until")}
    if (asked.question is None) == (asked.batch is None):
        raise QuestionError("give one QUESTION, or --batch FILE")
    if asked.batch is None:
        check(asked.question)
        return [({"id": None, "question": asked.question}, _where(flags))]
    made = []
    for number, row in lines(asked.batch, "question"):
        try:
            for text in (row["question"], *_history(row)):
                check(text)
            made.append((row, _where({k: row.get(k) or v for k, v in flags.items()})))
        except QuestionError as error:
            raise QuestionError(f"{asked.batch}, line {number}: {error}") from error
    return made


def _history(row: dict[str, Any]) -> list[str]:
    """The questions asked before this one in its conversation."""
    history = row.get("history", [])
    if not isinstance(history, list) or not all(isinstance(text, str) for text in history):
        raise QuestionError(f"history must be a list of texts, not {history!r}")
    return history


def lines(file: Path, *texts: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line, object) of a file of objects with an id and the texts named.

    Raises QuestionError naming file and line where one is something else.
    """
    try:
        rows = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise QuestionError(f"cannot read {file}: {reason}") from error
    for number, line in enumerate(rows, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_constant=_not_json)
        except (ValueError, RecursionError) as error:
            raise QuestionError(f"{file}, line {number}: not JSON") from error
        good = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in texts)
        if not good or "id" not in row:
            wanted = " and ".join(f'"{name}"' for name in ("id", *texts))
            raise QuestionError(f"{file}, line {number}: not an object with {wanted}")
        yield number, row


def _not_json(name: str) -> None:
    raise ValueError(name)


def _where(flags: dict[str, Any]) -> Where | None:
    for name, value in flags.items():
        if value is not None and not isinstance(value, str):
            raise QuestionError(f"{name} must be a text, not {value!r}")
        if value and value.encode("utf-8", "ignore").decode() != value:
            raise QuestionError(f"{name} is not valid UTF-8")
    try:
        return Where(
            file=flags["file"],
            publisher=flags["publisher"],
            since=bounds(flags["since"])[0] if flags["since"] else None,
            until=bounds(flags["until"])[1] if flags["until"] else None,
        )
    except ValueError as error:
        raise QuestionError(str(error)) from error
