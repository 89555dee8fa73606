"""The next generation of a store, prepared and committed whole by its one writer."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index import catalogue, imprint, kin, shelf
from index.articles import Layout
from index.errors import StaleGeneration
from index.records import Passage, Source
from index.repeated import Print
from index.seals import derived_seal, manifest_seal, root_seal, source_seal, vector_seal
from index.shelf import Prints
from index.snapshot import manifest, rows
from index.vectors import Vectors

_Staged = tuple[Source, Layout, Sequence[Passage], Sequence[bytes], Sequence[Print]]


class Write:
    """What a writer asks of a store; opened by `Store.write`, undone by it unless committed."""

    def __init__(self, database: sqlite3.Connection, file: Path) -> None:
        self._database = database
        self._file = file
        self._remove: list[str] = []
        self._rename: list[tuple[str, str]] = []
        self._stage: list[_Staged] = []
        self._relaid: list[tuple[str, Layout, Sequence[Passage], Sequence[bytes]]] = []
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
        """Give a source another path in the next generation; all else of it stays as it is.

        Raises StoreDamaged where it is not what was written: it would be sealed anew.
        """
        catalogue.check(self._database, old)
        self._rename.append((old, new))

    def stage(
        self,
        source: Source,
        layout: Layout,
        passages: Sequence[Passage],
        keys: Sequence[bytes],
        prints: Sequence[Print] = (),
    ) -> None:
        """Put a source into the next generation; `keys` name its passages' vectors."""
        self._stage.append((source, layout, passages, keys, prints))

    def relay(
        self, path: str, layout: Layout, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> None:
        """Give a source other furniture and passages in the next generation."""
        self._relaid.append((path, layout, passages, keys))

    def prints(self) -> Prints:
        """Return what is kept of all articles to count the lines of their publishers."""
        return Prints(self._database)

    def read_again(self, path: str) -> tuple[Source, Layout]:
        """Return a source as it is stored, and its layout without repeated lines."""
        return shelf.read_again(self._database, path)

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
            for path in self._remove:
                shelf.delete(database, path)
            changed = [shelf.lay_again(database, *relaid) for relaid in self._relaid]
            changed += [shelf.rename(database, *names) for names in self._rename]
            changed += [shelf.insert(database, *staged) for staged in self._stage]
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

    def note(self, about: dict[str, str]) -> None:
        """Put `about` into the manifest of the generation that there is, where it says another."""
        if about.items() <= self.manifest.items():
            return
        database = self._database
        imprint.drop(self._file)
        database.execute("BEGIN IMMEDIATE")
        try:
            _put(database, about)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


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
    _put(database, {**about, **seals})


def _put(database: sqlite3.Connection, about: dict[str, str]) -> None:
    put = "INSERT OR REPLACE INTO manifest VALUES (?, ?)"
    database.executemany(put, about.items())
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
