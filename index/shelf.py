"""The rows of one source in every table of a store: put in, laid anew, taken out, read again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from index import catalogue, dates
from index.articles import Layout, appeals
from index.copies import WIDTH
from index.errors import StoreDamaged, StoreError
from index.facts import folded
from index.records import Page, Passage, Source
from index.repeated import Print, unmarked

# What each full-text index holds of a source: id, header, start, end. The words are cut out here:
# SQLite's substr reads a text from its start for each of them, 40 s for a file of 5 MB.
_SPANS = {
    "passage_terms": 'SELECT p.id, p.header, p."start", p."end" FROM passages p '
    "JOIN articles a ON a.id = p.article WHERE a.source = ?",
    "article_terms": 'SELECT id, title, "start", "end" FROM articles WHERE source = ?',
}
_PASSAGES = ("passage_terms",)
_ALL = tuple(_SPANS)
_ARTICLES = "(SELECT id FROM articles WHERE source = ?)"
_PRINTS = """
SELECT s.path, a.number, p.lines, p.least FROM prints p
JOIN articles a ON a.id = p.article JOIN sources s ON s.id = a.source
WHERE a.publisher IN (SELECT value FROM json_each(?))
"""


def insert(
    database: sqlite3.Connection,
    source: Source,
    layout: Layout,
    passages: Sequence[Passage],
    keys: Sequence[bytes],
    prints: Sequence[Print],
) -> int:
    """Put a source in, and return its id; `keys` name its passages' vectors."""
    s = source
    number = database.execute(
        "INSERT INTO sources "
        "(path, media_type, encoding, sha256, note, extractor, leaves, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(s.path, s.media_type, s.encoding, s.sha256, s.note, s.page.extractor),
            *(json.dumps(s.page.leaves) if s.page.leaves else None, s.text),
        ),
    ).lastrowid
    assert number is not None
    articles: dict[int, int] = {}
    for a in layout.articles:
        since, until = dates.bounds(a.published) if a.published else (None, None)
        row = database.execute(
            'INSERT INTO articles (source, number, "start", "end", title, publisher, '
            "published, url, since, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, a.number, a.start, a.end, a.title, a.publisher, a.published),
                *(a.url, since, until),
            ),
        ).lastrowid
        assert row is not None
        articles[a.number] = row
    database.executemany(
        "INSERT INTO prints VALUES (?, ?, ?)",
        [
            (articles[p.article], p.lines.astype("<u8").tobytes(), p.least.astype("<u4").tobytes())
            for p in prints
        ],
    )
    _lay(database, number, articles, layout, passages, keys)
    put_terms(database, number)
    return number


def lay_again(
    database: sqlite3.Connection,
    path: str,
    layout: Layout,
    passages: Sequence[Passage],
    keys: Sequence[bytes],
) -> int:
    """Give a source other furniture and passages, the same articles; return its id."""
    source, text = _found(database, path)
    _forget_terms(database, source, text, _PASSAGES)
    database.execute(f"DELETE FROM passages WHERE article IN {_ARTICLES}", (source,))
    database.execute("DELETE FROM furniture WHERE source = ?", (source,))
    ids = database.execute("SELECT number, id FROM articles WHERE source = ?", (source,))
    _lay(database, source, dict(ids), layout, passages, keys)
    put_terms(database, source, _PASSAGES)
    return source


def delete(database: sqlite3.Connection, path: str) -> None:
    """Take a source out; its terms first, since FTS5 needs the old words to forget them."""
    source, text = _found(database, path)
    _forget_terms(database, source, text, _ALL)
    database.execute("DELETE FROM sources WHERE id = ?", (source,))


def rename(database: sqlite3.Connection, old: str, new: str) -> int:
    """Give a source another path, and return its id."""
    source, _ = _found(database, old)
    database.execute("UPDATE sources SET path = ? WHERE id = ?", (new, source))
    return source


def read_again(database: sqlite3.Connection, path: str) -> tuple[Source, Layout]:
    """Return a source from its rows, and its layout without repeated lines.

    Raises StoreDamaged where they are not what was written: laid anew, they would be sealed anew.
    """
    catalogue.check(database, path)
    s = catalogue.stored(database, path)
    marks = unmarked(s.furniture)
    articles = tuple(listed.article for listed in s.articles)
    source = Source(path, s.media_type, s.encoding, s.sha256, Page(s.text), s.note)
    return source, Layout(articles, marks, appeals(s.text, marks))


class Prints:
    """The prints of all articles in a store, by publisher as folded."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._names: dict[str, list[str]] = {}
        for (name,) in database.execute("SELECT DISTINCT publisher FROM articles"):
            self._names.setdefault(folded(name) or "", []).append(name)
        self.of = cache(self._of)

    def publishers(self, paths: Sequence[str]) -> set[str]:
        """Return the publishers of the articles in some files."""
        found = self._database.execute(
            "SELECT DISTINCT a.publisher FROM articles a JOIN sources s ON s.id = a.source "
            "WHERE s.path IN (SELECT value FROM json_each(?))",
            (json.dumps(paths),),
        )
        return {name for row in found if (name := folded(row[0]))}

    def _of(self, publisher: str) -> tuple[Print, ...]:
        rows = self._database.execute(_PRINTS, (json.dumps(self._names.get(publisher, [])),))
        try:
            return tuple(
                Print(path, number, publisher, np.frombuffer(lines, "<u8"), _signature(least))
                for path, number, lines, least in rows
            )
        except (TypeError, ValueError) as error:  # of another kind or size than was written
            raise StoreDamaged(
                f"the store is damaged where it keeps the lines of {publisher!r}; "
                "run: footnoted repair"
            ) from error


def _signature(least: bytes) -> np.ndarray:
    return np.frombuffer(least, "<u4", WIDTH).astype(np.uint32)


def _found(database: sqlite3.Connection, path: str) -> tuple[int, str]:
    row = database.execute("SELECT id, text FROM sources WHERE path = ?", (path,)).fetchone()
    if row is None:
        raise StoreError(f"{path} is not in the store")
    return int(row[0]), str(row[1])


def _lay(
    database: sqlite3.Connection,
    source: int,
    articles: dict[int, int],
    layout: Layout,
    passages: Sequence[Passage],
    keys: Sequence[bytes],
) -> None:
    database.executemany(
        "INSERT INTO furniture VALUES (?, ?, ?, ?)", [(source, *f) for f in layout.furniture]
    )
    database.executemany(
        'INSERT INTO passages (article, "start", "end", sentences, header, vector) '
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (articles[p.article], p.start, p.end, json.dumps(p.sentences), p.header, key)
            for p, key in zip(passages, keys, strict=True)
        ],
    )


def put_terms(database: sqlite3.Connection, source: int, tables: Sequence[str] = _ALL) -> None:
    """Put the words of a source into the full-text indexes."""
    (text,) = database.execute("SELECT text FROM sources WHERE id = ?", (source,)).fetchone()
    for table in tables:
        database.executemany(
            f"INSERT INTO {table} (rowid, header, body) VALUES (?, ?, ?)",
            _terms(database, source, text, table),
        )


def _forget_terms(
    database: sqlite3.Connection, source: int, text: str, tables: Sequence[str]
) -> None:
    for table in tables:
        database.executemany(
            f"INSERT INTO {table} ({table}, rowid, header, body) VALUES ('delete', ?, ?, ?)",
            list(_terms(database, source, text, table)),
        )


def _terms(
    database: sqlite3.Connection, source: int, text: str, table: str
) -> Iterator[tuple[int, str, str]]:
    for number, header, start, end in database.execute(_SPANS[table], (source,)).fetchall():
        yield number, header, text[start:end]
