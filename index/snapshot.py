"""One generation of a store, as a reader sees it: pinned, unchanging."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index import catalogue, fulltext, kin
from index.errors import StoreDamaged, StoreError
from index.records import Article, Hit
from index.seals import vector_seal
from index.vectors import Vectors
from index.where import IDS, Where, among, listed_ids, unmet

_HITS = f"""
SELECT p.id, s.path, a.number, a.title, a.publisher, a.published, p."start", p."end", p.sentences
FROM passages p JOIN articles a ON a.id = p.article JOIN sources s ON s.id = a.source
WHERE p.id IN {IDS}
"""


class Snapshot:
    """What a reader asks of a store; opened by `Store.snapshot`, closed by it."""

    def __init__(
        self, database: sqlite3.Connection, vectors: Callable[[Snapshot], Vectors]
    ) -> None:
        self._database = database
        self._open_vectors = vectors
        self.manifest = manifest(database)
        if "generation" not in self.manifest:
            raise StoreError("nothing is indexed yet; run: footnoted index FOLDER")
        self._whole: set[str] = set()

    @property
    def generation(self) -> int:
        """Which state of the store this is, counting from 1."""
        return int(self.manifest["generation"])

    @cached_property
    def vectors(self) -> Vectors:
        """The index of all passages' vectors."""
        return self._open_vectors(self)

    def nearest(
        self, vector: np.ndarray, k: int, where: Where | None = None
    ) -> list[tuple[int, float]]:
        """Return up to k (passage, cosine), best first."""
        if self.count()["passages"] == 0:
            return []
        return self.vectors.nearest(vector, k, among(self._database, where))

    def lexical(
        self, terms: Sequence[str], k: int, where: Where | None = None
    ) -> list[tuple[int, float]]:
        """Return up to k (passage, BM25) of those with any of the terms, best first."""
        return fulltext.ranked(
            self._database, "passage_terms", terms, k, among(self._database, where)
        )

    def lexical_articles(self, terms: Sequence[str], k: int) -> dict[int, float]:
        """Return the BM25 of up to k articles by the ids that `articles_of` gives."""
        return dict(fulltext.ranked(self._database, "article_terms", terms, k, None))

    def unmet(self, where: Where | None) -> tuple[str, ...]:
        """Return what is told of filters that let in nothing."""
        return unmet(self._database, where)

    def says(self, phrase: str) -> bool:
        """Return whether a passage or an article has a phrase, endings and marks aside."""
        tables = ("passage_terms", "article_terms")
        return any(fulltext.holds(self._database, table, phrase) for table in tables)

    def dated(self, first: int, last: int) -> bool:
        """Return whether an article came out in one of the years from `first` to `last`."""
        query = "SELECT 1 FROM articles WHERE substr(published, 1, 4) BETWEEN ? AND ? LIMIT 1"
        return self._database.execute(query, (f"{first:04}", f"{last:04}")).fetchone() is not None

    def spelt(self, words: Sequence[str]) -> list[str]:
        """Return those of a few words that any text has as they are spelt, all texts gone through.

        What belongs to no article, such as the lines above it, has no words in the index.
        """
        if not words:
            return []
        columns = ", ".join("max(instr(text, ?) > 0)" for _ in words)
        (found,) = self._database.execute(f"SELECT {columns} FROM sources", tuple(words))
        return [word for word, has in zip(words, found, strict=True) if has]

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return each passage's article, by id."""
        return dict(
            self._database.execute(
                f"SELECT id, article FROM passages WHERE id IN {IDS}", (listed_ids(passages),)
            )
        )

    def check(self, path: str) -> None:
        """Raise StoreDamaged where what is stored of a source is not what was written."""
        if path in self._whole:
            return
        catalogue.check(self._database, path)
        self._whole.add(path)

    def passages(self, ids: Sequence[int]) -> list[Hit]:
        """Return the passages of these ids, in their order."""
        rows = list(self._database.execute(_HITS, (listed_ids(ids),)))
        # Each text once: SQLite's substr would load it anew, from its start, for each passage.
        texts = {path: self.text(path) for path in {str(row[1]) for row in rows}}
        found = {row[0]: _hit(row, texts[row[1]]) for row in rows}
        return [found[i] for i in ids if i in found]

    def passages_of(self, path: str) -> list[Hit]:
        """Return all passages of a source in the order of its text."""
        rows = self._database.execute(
            "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article "
            'JOIN sources s ON s.id = a.source WHERE s.path = ? ORDER BY p."start"',
            (path,),
        )
        return self.passages([row[0] for row in rows])

    def text(self, path: str) -> str:
        """Return the whole text of a source, which every offset counts in."""
        self.check(path)
        row = self._database.execute("SELECT text FROM sources WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise StoreError(f"{path} is not in the store")
        return str(row[0])

    def article(self, path: str, number: int) -> tuple[Article, str]:
        """Return an article and its source's whole text."""
        self.check(path)
        row = self._database.execute(
            'SELECT a.number, a."start", a."end", a.title, a.publisher, a.published, a.url, s.text '
            "FROM articles a JOIN sources s ON s.id = a.source WHERE s.path = ? AND a.number = ?",
            (path, number),
        ).fetchone()
        if row is None:
            raise StoreError(f"article {number} of {path} is not in the store")
        return Article(*row[:7]), str(row[7])

    def page_of(self, path: str, start: int) -> int | None:
        """Return on which page of a printed document an offset stands, counting from 1, or None."""
        self.check(path)
        row = self._database.execute(
            "SELECT leaves FROM sources WHERE path = ?", (path,)
        ).fetchone()
        return bisect_right(json.loads(row[0]), start) if row and row[0] else None

    def listed(self, file: str | None = None) -> Iterator[catalogue.Listed]:
        """Yield all articles by path and number; `file` is a glob over paths."""
        return catalogue.listed(self._database, file=file)

    def stored(self, path: str) -> catalogue.Stored:
        """Return a file as it was read; raises StoreError where there is none of that path."""
        self.check(path)
        return catalogue.stored(self._database, path)

    def coverage(self) -> dict[str, int]:
        """Return how many articles have a title, a publisher, and a date of which precision."""
        return catalogue.coverage(self._database)

    def families_of(self, passages: Sequence[int]) -> dict[int, kin.Kin]:
        """Return the families of those of the passages that have copies."""
        return kin.kin(self._database, passages)

    def relatives(self, of: kin.Kin, most: int, where: Where | None = None) -> list[Hit]:
        """Return up to `most` passages of a family's words or of its articles, by path."""
        found = kin.relatives(self._database, of, most, among(self._database, where))
        return self.passages(found)

    def family_of(self, article: int) -> int | None:
        """Return the number of an article's family by the article's id, None without copies."""
        return kin.family_of(self._database, article)

    def copies_of(self, article: int) -> tuple[str, ...]:
        """Return the paths in which an article's copies stand, by the article's id, sorted."""
        return kin.copies_of(self._database, article)

    def families(self) -> int:
        """Return how many families of more than one article there are."""
        return kin.count(self._database)

    def last(self) -> dict[str, Any]:
        """Return what the last index run did, by the names of its report."""
        return dict(json.loads(self.manifest.get("last", "{}")))

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each source's bytes, by path."""
        return dict(self._database.execute("SELECT path, sha256 FROM sources"))

    def paths(self) -> list[str]:
        """Return the paths of all sources, sorted."""
        return [row[0] for row in self._database.execute("SELECT path FROM sources ORDER BY path")]

    def count(self) -> dict[str, int]:
        """Return how many files, articles, passages and publishers there are."""
        row = self._database.execute(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM articles), "
            "(SELECT count(*) FROM passages), (SELECT count(DISTINCT publisher) FROM articles), "
            "(SELECT count(*) FROM articles WHERE published IS NOT NULL)"
        ).fetchone()
        names = ("files", "articles", "passages", "publishers", "dated_articles")
        return dict(zip(names, row, strict=True))

    def years(self) -> tuple[str, str] | None:
        """Return the first and last year of the dated articles, or None."""
        row = self._database.execute(
            "SELECT min(substr(published, 1, 4)), max(substr(published, 1, 4)) FROM articles"
        ).fetchone()
        return (row[0], row[1]) if row[0] else None

    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """Return all passages' ids, int64 (n,), and vectors, float32 (n, dim)."""
        return rows(self._database, int(self.manifest["dim"]))


def _hit(row: tuple[Any, ...], text: str) -> Hit:
    number, path, article, title, publisher, published, start, end, sentences = row
    spans = tuple((s, e) for s, e in json.loads(sentences))
    about = title, publisher, published
    return Hit(number, path, article, *about, start, end, text[start:end], spans)


def manifest(database: sqlite3.Connection) -> dict[str, str]:
    """Return what the store says of itself; nothing where nothing was written yet."""
    if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
        return {}
    return dict(database.execute("SELECT key, value FROM manifest"))


def rows(database: sqlite3.Connection, dim: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all passages' ids, int64 (n,), and vectors, float32 (n, dim), by id.

    Raises StoreDamaged where a passage's vector is missing or not what was written.
    """
    ids, blobs = [], []
    for row, key, blob, seal in database.execute(
        "SELECT p.id, v.key, v.row, v.seal "
        "FROM passages p LEFT JOIN vectors v ON v.key = p.vector ORDER BY p.id"
    ):
        if key is None or seal != vector_seal(key, blob) or len(blob) != 2 * dim:
            raise StoreDamaged(
                f"the store is damaged, passage {row} has no vector; run: footnoted repair"
            )
        ids.append(row)
        blobs.append(blob)
    flat = np.frombuffer(b"".join(blobs), np.float16).reshape(len(ids), dim)
    return np.array(ids, np.int64), flat.astype(np.float32)
