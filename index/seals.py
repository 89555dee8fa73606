"""What a store holds -> hashes over it, by which damage is told from what was written.

A source's seal is over its rows in every table, the root over all seals, the manifest's over the
manifest, the root included. A vector has a seal of its own, since it outlives its source.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

# What reading a damaged database raises; its own messages can quote bytes that are no UTF-8.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
_OWNED = (
    "SELECT id, path, media_type, encoding, sha256, note, extractor, leaves, text "
    "FROM sources WHERE id = ?",
    'SELECT id, source, number, "start", "end", title, publisher, published, url, since, until '
    "FROM articles WHERE source = ? ORDER BY id",
    "SELECT article, lines, least FROM prints "
    "WHERE article IN (SELECT id FROM articles WHERE source = ?) ORDER BY article",
    'SELECT source, "start", "end", why FROM furniture WHERE source = ? '
    'ORDER BY "start", "end", why',
    'SELECT id, article, "start", "end", sentences, header, vector FROM passages '
    "WHERE article IN (SELECT id FROM articles WHERE source = ?) ORDER BY id",
)
# What is made of the rows above at every commit: where each word stands, what is copied where.
TERMS = ("passage_terms", "article_terms")
_DERIVED = (
    *(f"{index}_{part}" for index in TERMS for part in ("config", "data", "docsize", "idx")),
    *("signatures", "passage_families", "article_families", "kin"),
)


def source_seal(database: sqlite3.Connection, source: int) -> bytes:
    """Return the hash over all that is stored of a source but its vectors."""
    return _hashed(row for owned in _OWNED for row in _marked(database.execute(owned, (source,))))


def vector_seal(key: bytes, row: bytes) -> bytes:
    """Return the hash over a vector and its key; half a SHA-256, at a million vectors 16 MB."""
    return hashlib.sha256(key + row).digest()[:16]


def root_seal(database: sqlite3.Connection) -> str:
    """Return the hash over the seals of all sources: none is missing, none was added."""
    return _hashed(database.execute("SELECT source, seal FROM seals ORDER BY source")).hex()


def derived_seal(database: sqlite3.Connection) -> str:
    """Return the hash over the full-text indexes and the families as they lie."""
    tables = (database.execute(f"SELECT * FROM {table}") for table in _DERIVED)
    return _hashed(row for table in tables for row in _marked(table)).hex()


def manifest_seal(database: sqlite3.Connection) -> str:
    """Return the hash over the manifest, the tables' definitions and the ids that were used."""
    parts = (
        "SELECT key, value FROM manifest WHERE key <> 'seal' ORDER BY key",
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name",
        "SELECT name, seq FROM sqlite_sequence ORDER BY name",
    )
    return _hashed(row for part in parts for row in _marked(database.execute(part))).hex()


def is_whole(database: sqlite3.Connection, source: int) -> bool:
    """Whether a source's rows are those that were written."""
    try:
        seal = database.execute("SELECT seal FROM seals WHERE source = ?", (source,)).fetchone()
        return seal is not None and seal[0] == source_seal(database, source)
    except UNREADABLE:
        return False  # a page that cannot be read, or a text that is no UTF-8 any more


def _marked(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows, and after them one of nothing, so that none can pass from one table to the next."""
    yield from rows
    yield ()


def _hashed(rows: Iterable[Sequence[object]]) -> bytes:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(b"%d\n" % len(row))
        for value in row:
            data = value if isinstance(value, bytes) else str(value).encode()
            # The kind, since SQLite keeps 1 and '1' apart; the length, so that none run together.
            digest.update(b"%s %d\n" % (type(value).__name__.encode(), len(data)))
            digest.update(data)
    return digest.digest()
