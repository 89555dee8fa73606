"""A file of records -> rows, whatever is wrong with one a SuiteError that names its line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evals.suites import SuiteError


class Placed(Protocol):
    """What was made of a record."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def line(self) -> str:
        """Where it was read."""


T = TypeVar("T", bound=Placed)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: `place` is where it was read, `number` counts from 1.

    What is asked of it and is missing, or of another type, is a SuiteError that names the place.
    """

    value: Any
    place: str
    number: int = 1

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            raise self.wrong(f"{_short(self.value)} is no object")

    def wrong(self, reason: str) -> SuiteError:
        """Return the error that says what is wrong here."""
        return SuiteError(f"{self.place}: {reason}")

    def field(self, name: str) -> Any:
        """Return a field, whatever it holds."""
        if name not in self.value:
            raise self.wrong(f"missing field {name!r}")
        return self.value[name]

    def text(self, name: str) -> str:
        """Return a field that holds a text with something in it."""
        value = self.field(name)
        if not _is_text(value) or not value.strip():
            raise self.wrong(f"{name} must be a text, not {_short(value)}")
        return str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that holds a list of texts, empty ones among them."""
        value = self.field(name)
        if not isinstance(value, list) or not all(map(_is_text, value)):
            raise self.wrong(f"{name} must be a list of texts, not {_short(value)}")
        return tuple(value)

    def whole(self, name: str) -> int:
        """Return a field that holds a number, 0 or more."""
        value = self.field(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(f"{name} must be a number from 0 on, not {_short(value)}")
        return value

    def wholes(self, name: str) -> tuple[int, ...]:
        """Return a field that holds a list of such numbers."""
        value = self.field(name)
        if not isinstance(value, list):
            raise self.wrong(f"{name} must be a list, not {_short(value)}")
        return tuple(Row({name: item}, self.place).whole(name) for item in value)

    def flag(self, name: str) -> bool:
        """Return a field that holds true or false."""
        value = self.field(name)
        if not isinstance(value, bool):
            raise self.wrong(f"{name} must be true or false, not {_short(value)}")
        return value

    def row(self, name: str) -> Row:
        """Return a field that holds an object."""
        return Row(self.field(name), f"{self.place}, {name}")

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return a field that holds a list of objects."""
        value = self.field(name)
        if not isinstance(value, list):
            raise self.wrong(f"{name} must be a list, not {_short(value)}")
        return tuple(
            Row(item, f"{self.place}, {name} {number}", number)
            for number, item in enumerate(value, start=1)
        )


def _is_text(value: Any) -> bool:
    """Half of a surrogate pair can be written in JSON, but not in a file."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else said[:60] + "..."


def lines(file: Path) -> list[Row]:
    """Return the records of a file with one JSON object a line, in order."""
    found: list[Row] = []
    for number, line in enumerate(read_bytes(file).split(b"\n"), start=1):
        if line.strip():
            place = f"{file}, line {number}"
            found.append(Row(_parsed(line, file, number), place, len(found) + 1))
    if not found:
        raise SuiteError(f"{file} holds no records")
    return found


def once(things: Sequence[T]) -> tuple[T, ...]:
    """Return the things as they are, or raise SuiteError where an id occurs twice."""
    seen: set[str] = set()
    for thing in things:
        if thing.id in seen:
            raise SuiteError(f"{thing.line}: the id {thing.id!r} occurs twice")
        seen.add(thing.id)
    return tuple(things)


def whole(file: Path) -> Any:
    """Return the value of a file that is one piece of JSON."""
    return _parsed(read_bytes(file), file, 1)


def _parsed(data: bytes, file: Path, line: int) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise SuiteError(f"{file}, line {line + error.lineno - 1}: {error.msg}") from error
    except UnicodeDecodeError as error:
        line += data.count(b"\n", 0, error.start)
        raise SuiteError(f"{file}, line {line}: it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise SuiteError(f"{file}, line {line}: {error}") from error


def read_bytes(file: Path) -> bytes:
    """Return what a file holds."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise SuiteError(f"cannot read {file}: {(error.strerror or str(error)).lower()}") from error
