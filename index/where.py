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
    if not where:
        return None
    asked = {
        "s.path GLOB ?": where.file,
        "known(a.publisher) = known(?)": where.publisher,
        "a.until >= ?": where.since,
        "a.since <= ?": where.until,
    }
    given = {condition: value for condition, value in asked.items() if value}
    database.create_function("known", 1, _known, deterministic=True)
    found = database.execute(
        "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article "
        f"JOIN sources s ON s.id = a.source WHERE {' AND '.join(given)}",
        tuple(given.values()),
    )
    return [row[0] for row in found]


def _known(publisher: str | None) -> str | None:
    """A publisher's name as it is compared: "The Northern Ledger" is "Northern Ledger"."""
    name = folded(publisher) or ""
    return name.removeprefix("the ") or None


def listed_ids(ids: Sequence[int]) -> str:
    """Return ids as the one value that `IDS` takes."""
    return json.dumps([int(i) for i in ids])
