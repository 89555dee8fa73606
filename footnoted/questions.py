"""The question asked, or a file of them -> questions with their filters."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from index.dates import bounds
from index.errors import QuestionError
from index.where import Where
from rag.search import check

T = TypeVar("T")


def questions(asked: argparse.Namespace) -> list[tuple[dict[str, Any], Where | None]]:
    """Return the questions with their filters; all are checked before the first is asked."""
    flags = {name: getattr(asked, name) for name in ("file", "publisher", "since", "until")}
    if (asked.question is None) == (asked.batch is None):
        raise QuestionError("give one QUESTION, or --batch FILE")
    if asked.batch is None:
        check(asked.question)
        return [({"id": None, "question": asked.question}, _where(flags))]

    def made(row: dict[str, Any]) -> tuple[dict[str, Any], Where | None]:
        for text in (row["question"], *_history(row)):
            check(text)
        return row, _where({k: v if row.get(k) is None else row[k] for k, v in flags.items()})

    return rows(asked.batch, made, "question")


def _history(row: dict[str, Any]) -> list[str]:
    """The questions asked before this one in its conversation."""
    history = row.get("history", [])
    if not isinstance(history, list) or not all(isinstance(text, str) for text in history):
        raise QuestionError(f"history must be a list of texts, not {history!r}")
    return history


def rows(file: Path, made: Callable[[dict[str, Any]], T], *texts: str) -> list[T]:
    """Return what is made of each line of a file: an object with an id and the texts named.

    All are made before one is returned. Raises QuestionError naming file and line where one is
    something else, or nothing can be made of it.
    """
    found = []
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            found.append(made(_object(line, texts)))
        except QuestionError as error:
            raise QuestionError(f"{file}, line {number}: {error}") from error
    return found


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise QuestionError(f"cannot read {file}: {reason}") from error


def _object(line: str, texts: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_not_json, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise QuestionError("not JSON") from error
    except OverflowError as error:
        raise QuestionError("a number is too large") from error
    good = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in texts)
    if not good or "id" not in row:
        wanted = " and ".join(f'"{name}"' for name in ("id", *texts))
        raise QuestionError(f"not an object with {wanted}")
    for name in texts:
        whole(f"the {name}", row[name])
    return dict(row)


def whole(name: str, text: str) -> None:
    """Raise QuestionError on half a character, as "\\ud800" writes and a bad byte leaves one."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QuestionError(f"{name} is not valid UTF-8") from error


def _not_json(name: str) -> None:
    raise ValueError(name)


def _finite(number: str) -> float:
    """The number; one too large would be given back as Infinity, which is not JSON."""
    if math.isinf(value := float(number)):
        raise OverflowError(number)
    return value


def check_filter(name: str, value: Any) -> None:
    """Raise QuestionError on a filter that is no text, or none that could let anything in."""
    if value is None:
        return
    if not isinstance(value, str):
        raise QuestionError(f"{name} must be a text, not {value!r}")
    if not value:
        raise QuestionError(f"{name} is empty; leave it out to have all")
    whole(name, value)


def _where(flags: dict[str, Any]) -> Where | None:
    for name, value in flags.items():
        check_filter(name, value)
    try:
        return Where(
            file=flags["file"],
            publisher=flags["publisher"],
            since=bounds(flags["since"])[0] if flags["since"] else None,
            until=bounds(flags["until"])[1] if flags["until"] else None,
        )
    except ValueError as error:
        raise QuestionError(str(error)) from error
