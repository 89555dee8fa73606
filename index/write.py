"""The next generation of a store, prepared and committed whole by its one writer."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index import dates, imprint, kin
from index.articles import Layout
from index.errors import StaleGeneration, StoreError
from index.records import Passage, Source
from index.seals import derived_seal, manifest_seal, root_seal, source_seal, vector_seal
from index.snapshot import manifest, rows
from index.vectors import Vectors

# What each full-text index holds of a source: id, header, start, end. The words are cut out here:
# SQLite's substr reads a text from its start for each of them, 40 s for a file of 5 MB.
_SPANS = {
    "passage_terms": 'SELECT p.id, p.header, p."start", p."end" FROM passages p '
    "JOIN articles a ON a.id = p.article WHERE a.source = ?",
    "article_terms": 'SELECT id, title, "start", "end" FROM articles WHERE source = ?',
}


class Write:
    """What a writer asks of a store; opened by `Store.write`, undone by it unless committed."""

    def __init__(self, database: sqlite3.Connection, file: Path) -> None:
        self._database = database
        self._file = file
        self._remove: list[str] = []
        self._rename: list[tuple[str, str]] = []
        self._stage: list[tuple[Source, Layout, Sequence[Passage], Sequence[bytes]]] = []
        self.manifest = manifest(database)
        self.base = int(self.manifest.get("generation", 0))

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each source's bytes, by path."""
        return dict(self._database.execute("SELECT path, sha256 FROM sources"))

    def missing(self, keys: Iterable[bytes]) -> set[bytes]:
        """Return those of the keys that have no vector yet."""
        return {key for key in keys if not self._has(key)}

    def _has(self, key: bytes) -> bool:
        found = self._database.execute("SELECT row, seal FROM vectors WHERE key = ?", (key,))
        row = found.fetchone()
        return row is not None and row[1] == vector_seal(key, row[0])

    def keep(self, keys: Sequence[bytes], vectors: np.ndarray) -> None:
        """Store vectors at once, whatever becomes of the rest: float32 rows, one a key."""
        halves = [row.tobytes() for row in vectors.astype(np.float16)]
        imprint.drop(self._file)
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(key, row, vector_seal(key, row)) for key, row in zip(keys, halves, strict=True)],
        )
        self._database.execute("COMMIT")

    def remove(self, paths: Iterable[str]) -> None:
        """Take sources out of the next generation."""
        self._remove += paths

    def rename(self, old: str, new: str) -> None:
        """Give a source another path in the next generation; all else of it stays as it is."""
        self._rename.append((old, new))

    def stage(
        self, source: Source, layout: Layout, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> None:
        """Put a source into the next generation; `keys` name its passages' vectors."""
        self._stage.append((source, layout, passages, keys))

    def commit(self, about: dict[str, str]) -> int:
        """Make the next generation and return its number; `about` goes into the manifest.

        The order is what makes it whole: SQLite's change, FAISS written aside and read back,
        then SQLite's commit, which adopts both.
        """
        database = self._database
        imprint.drop(self._file)
        database.execute("BEGIN IMMEDIATE")
        try:
            if int(manifest(database).get("generation", 0)) != self.base:
                raise StaleGeneration("the store changed meanwhile; run the same command again")
            self._delete(self._remove)
            changed = [self._renamed(*names) for names in self._rename]
            changed += [self._insert(*staged) for staged in self._stage]
            database.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector FROM passages)")
            kin.renew(database)
            generation = self.base + 1
            file = f"vectors-{generation}.faiss"
            index = Vectors.build(*rows(database, int(about["dim"])))
            digest = index.write(self._file.with_name(file))
            values = {
                **about,
                "generation": str(generation),
                "faiss_file": file,
                "faiss_sha256": digest,
            }
            sealed(database, changed, values)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        tidied(self._file.parent, file)
        return generation

    def _delete(self, paths: Iterable[str]) -> None:
        """Remove sources; their terms first, since FTS5 needs the old words to forget them."""
        database = self._database
        for path in paths:
            row = database.execute(
                "SELECT id, text FROM sources WHERE path = ?", (path,)
            ).fetchone()
            if row is None:
                raise StoreError(f"{path} is not in the store")
            source, text = row
            for table, spans in _SPANS.items():
                database.executemany(
                    f"INSERT INTO {table} ({table}, rowid, header, body) "
                    "VALUES ('delete', ?, ?, ?)",
                    [
                        (number, header, text[start:end])
                        for number, header, start, end in database.execute(spans, (source,))
                    ],
                )
            database.execute("DELETE FROM sources WHERE id = ?", (source,))

    def _insert(
        self, source: Source, layout: Layout, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> int:
        database = self._database
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
        articles: dict[int, int | None] = {}
        for a in layout.articles:
            since, until = dates.bounds(a.published) if a.published else (None, None)
            articles[a.number] = database.execute(
                'INSERT INTO articles (source, number, "start", "end", title, publisher, '
                "published, url, since, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, a.number, a.start, a.end, a.title, a.publisher, a.published),
                    *(a.url, since, until),
                ),
            ).lastrowid
        database.executemany(
            "INSERT INTO furniture VALUES (?, ?, ?, ?)", [(number, *f) for f in layout.furniture]
        )
        database.executemany(
            'INSERT INTO passages (article, "start", "end", sentences, header, vector) '
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (articles[p.article], p.start, p.end, json.dumps(p.sentences), p.header, key)
                for p, key in zip(passages, keys, strict=True)
            ],
        )
        put_terms(database, number)
        return number

    def _renamed(self, old: str, new: str) -> int:
        found = self._database.execute(
            "UPDATE sources SET path = ? WHERE path = ? RETURNING id", (new, old)
        ).fetchall()
        if not found:
            raise StoreError(f"{old} is not in the store")
        return int(found[0][0])


def put_terms(database: sqlite3.Connection, source: int) -> None:
    """Put the words of a source into the full-text indexes."""
    (text,) = database.execute("SELECT text FROM sources WHERE id = ?", (source,)).fetchone()
    for table, spans in _SPANS.items():
        database.executemany(
            f"INSERT INTO {table} (rowid, header, body) VALUES (?, ?, ?)",
            [
                (number, header, text[start:end])
                for number, header, start, end in database.execute(spans, (source,))
            ],
        )


def sealed(database: sqlite3.Connection, sources: Iterable[int], about: dict[str, str]) -> None:
    """Put `about` into the manifest and seal it, and the sources whose rows changed."""
    database.executemany(
        "INSERT OR REPLACE INTO seals VALUES (?, ?)",
        [(source, source_seal(database, source)) for source in sources],
    )
    # FTS5 holds back what it will write; a savepoint makes it write at once.
    database.execute("SAVEPOINT terms")
    database.execute("RELEASE terms")
    seals = {"root": root_seal(database), "derived": derived_seal(database)}
    put = "INSERT OR REPLACE INTO manifest VALUES (?, ?)"
    database.executemany(put, {**about, **seals}.items())
    database.execute(put, ("seal", manifest_seal(database)))


def tidied(folder: Path, file: str) -> list[str]:
    """Delete the index files of other generations; return their names.

    A reader that has one open keeps it; one that has yet to open it builds its own.
    """
    old = [found for found in folder.glob("vectors-*.faiss*") if found.name != file]
    for found in old:
        found.unlink(missing_ok=True)
    return sorted(found.name for found in old)


def vector_key(fingerprint: str, text: str) -> bytes:
    """Return the key of a text's vector under an encoder: equal text, equal key."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).digest()[:16]
