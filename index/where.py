"""Which passages to look among, and lists of ids as SQLite takes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts import folded

# Lists of ids travel as one JSON value: SQLite takes 32,766 variables in some builds.
IDS = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Where:
    """Which passages to look among; an article of unknown date lies outside every range.

    `file` is a glob over paths, `publisher` a name in any case and with or without "The", `since`
    and `until` ISO days, both included.
    """

    file: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None

    def __bool__(self) -> bool:
        return any((self.file, self.publisher, self.since, self.until))


def among(database: sqlite3.Connection, where: Where | None) -> list[int] | None:
    """Return the ids of the passages that `where` lets in, None where it lets in all."""
    return [row[0] for row in _found(database, where)] if where else None


def unmet(database: sqlite3.Connection, where: Where | None) -> tuple[str, ...]:
    """Return what is told of filters that let in no passage, nothing where they let in any."""
    if not where or _any(database, where):
        return ()
    told = {
        f'No file matches "{where.file}".': Where(file=where.file),
        f'No article is by "{where.publisher}".': Where(publisher=where.publisher),
        f"No article is of {where.since} or later.": Where(since=where.since),
        f"No article is of {where.until} or earlier.": Where(until=where.until),
    }
    lacking = [words for words, each in told.items() if each and not _any(database, each)]
    return tuple(lacking) or ("No article meets all of the filters.",)


def _any(database: sqlite3.Connection, where: Where) -> bool:
    return _found(database, where).fetchone() is not None


def _found(database: sqlite3.Connection, where: Where) -> sqlite3.Cursor:
    asked = {
        "s.path GLOB ?": where.file,
        "known(a.publisher) = known(?)": where.publisher,
        "a.until >= ?": where.since,
        "a.since <= ?": where.until,
    }
    given = {condition: value for condition, value in asked.items() if value}
    database.create_function("known", 1, _known, deterministic=True)
    return database.execute(
        "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article "
        f"JOIN sources s ON s.id = a.source WHERE {' AND '.join(given)}",
        tuple(given.values()),
    )


def _known(publisher: str | None) -> str | None:
    """A publisher's name as it is compared: "The Northern Ledger" is "Northern Ledger"."""
    name = folded(publisher) or ""
    return name.removeprefix("the ") or None


def listed_ids(ids: Sequence[int]) -> str:
    """Return ids as the one value that `IDS` takes."""
    return json.dumps([int(i) for i in ids])
