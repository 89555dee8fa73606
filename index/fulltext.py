"""Words -> the passages or articles that hold any of them, by BM25 (SQLite's FTS5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index.where import IDS, listed_ids


def ranked(
    database: sqlite3.Connection,
    table: str,
    terms: Sequence[str],
    k: int,
    among: Sequence[int] | None,
) -> list[tuple[int, float]]:
    """Return up to k (rowid, BM25) of a full-text table, best first, only those `among` if given.

    A higher score is better; equal ones go by rowid.
    """
    if not terms or k <= 0:
        return []
    query = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
    # The plus keeps SQLite from searching once for each id.
    limit = "" if among is None else f"AND +rowid IN {IDS}"
    ids = () if among is None else (listed_ids(among),)
    return [
        (row, -score)
        for row, score in database.execute(
            f"SELECT rowid, bm25({table}) FROM {table} WHERE {table} MATCH ? {limit} "
            f"ORDER BY bm25({table}), rowid LIMIT ?",
            (query, *ids, k),
        )
    ]


def holds(database: sqlite3.Connection, table: str, phrase: str) -> bool:
    """Return whether any row of a full-text table has a phrase, endings and marks aside."""
    query = '"' + phrase.replace('"', '""') + '"'
    found = database.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (query,))
    return found.fetchone() is not None
