"""A damaged store -> a whole one, of what in it is whole; nothing is guessed.

What is derived is made again. A source of which any row is damaged is dropped with all its rows,
so that the next index run reads its file again. The mended database is made aside and checked;
it takes the old one's place in one transaction of SQLite's, so a repair may be killed anywhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index import imprint, kin, lock
from index.errors import StoreDamaged, StoreError
from index.seals import TERMS, UNREADABLE, is_whole, manifest_seal, vector_seal
from index.shelf import put_terms
from index.snapshot import manifest, rows
from index.store import DATABASE, Store, created
from index.vectors import Vectors
from index.verify import verify
from index.write import sealed, tidied

_ROWS = {
    "sources": "SELECT * FROM sources WHERE id = ?",
    "articles": "SELECT * FROM articles WHERE source = ?",
    "prints": "SELECT p.* FROM prints p JOIN articles a ON a.id = p.article WHERE a.source = ?",
    "furniture": "SELECT * FROM furniture WHERE source = ?",
    "passages": "SELECT p.* FROM passages p JOIN articles a ON a.id = p.article WHERE a.source = ?",
}
_UNFOUND = (
    "SELECT count(*) FROM passages p JOIN articles a ON a.id = p.article "
    "WHERE a.source = ? AND p.vector NOT IN (SELECT key FROM vectors)"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What a repair did, and the paths of the sources that it dropped, to be read again."""

    folder: str
    generation: int
    done: tuple[str, ...]
    lost: tuple[str, ...]


def repair(store: Store) -> Mended:
    """Mend what can be mended without the articles.

    Raises StoreError where there is no store or another process writes to it, and StoreDamaged
    where too little is left; then the store is as it was.
    """
    if not store.begun:
        raise StoreError(f"there is no store in {store.folder}; run: footnoted index FOLDER")
    with lock.held(store.folder):
        if not store.exists:
            raise StoreDamaged(f"{store.folder} has lost its database; run: footnoted index FOLDER")
        done, lost = [], list[str]()
        try:
            if damaged := {found.part for found in verify(store).damage}:
                if damaged == {_faiss_file(store)} and _rebuilt(store):
                    done.append("the index of vectors was built again")
                else:
                    lost = _copied(store)
                    done.append("the database was written anew from what is whole in it")
            about = _settled(store)
        except StoreDamaged as error:
            raise StoreDamaged(
                f"{store.folder} cannot be mended ({error.__cause__ or error}); "
                "delete it and run: footnoted index FOLDER"
            ) from error
        if "generation" in about:
            done += [f"{name} was deleted" for name in tidied(store.folder, about["faiss_file"])]
        if imprint.take(store.folder / DATABASE):
            done.append("the database's imprint was renewed")
        if left := verify(store).damage:
            raise StoreDamaged(
                f"{store.folder} is still damaged ({left[0].part}: {left[0].what}); "
                "delete it and run: footnoted index FOLDER"
            )
    generation = int(about.get("generation", 0))
    return Mended(about.get("folder", "FOLDER"), generation, tuple(done), tuple(lost))


def _faiss_file(store: Store) -> str | None:
    with suppress(StoreError), store.reading() as database:
        return manifest(database).get("faiss_file")
    return None


def _rebuilt(store: Store) -> bool:
    """Write the index of vectors again; False where another release of FAISS makes another file."""
    with store.reading() as database:
        about = manifest(database)
        index = Vectors.build(*rows(database, int(about["dim"])))
        return index.write(store.folder / about["faiss_file"]) == about["faiss_sha256"]


def _settled(store: Store) -> dict[str, str]:
    """Bring what waits in SQLite's log into the database, and return the manifest."""
    with store.connected("mode=rw") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return manifest(database)


def _copied(store: Store) -> list[str]:
    """Put all that is whole in place of all there is; return the paths of what is not."""
    lost: list[str] = []
    with store.reading() as old, _fresh(store.folder / f"{DATABASE}.mended") as new:
        about = manifest(old)
        if "generation" in about and about.get("seal") != manifest_seal(old):
            raise StoreDamaged("its manifest is damaged")
        if about:
            store.same_schema(about)
        new.execute("BEGIN")
        _copy_vectors(old, new)
        if "generation" in about:
            lost = _copy_sources(old, new)
            # What the lost ones counted for, only a run with an encoder can undo.
            _adopt(store.folder, new, {**about, **({"recount": "1"} if lost else {})})
        new.execute("COMMIT")
        _check(new)
        imprint.drop(store.folder / DATABASE)
        with store.connected("mode=rw") as live:
            new.backup(live)
    return lost


def _adopt(folder: Path, new: sqlite3.Connection, about: dict[str, str]) -> None:
    """Make of the copied sources the generation after the damaged one."""
    kin.renew(new)
    generation = str(int(about["generation"]) + 1)
    file = f"vectors-{generation}.faiss"
    digest = Vectors.build(*rows(new, int(about["dim"]))).write(folder / file)
    made = {"generation": generation, "faiss_file": file, "faiss_sha256": digest}
    sealed(new, [row[0] for row in new.execute("SELECT id FROM sources")], {**about, **made})


@contextmanager
def _fresh(file: Path) -> Iterator[sqlite3.Connection]:
    """Give a new database that is gone when the block ends."""
    file.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA synchronous = OFF")  # made again, should it not be finished
            created(database)
            yield database
    finally:
        file.unlink(missing_ok=True)


def _check(database: sqlite3.Connection) -> None:
    for table in TERMS:
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    if (said := database.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise StoreError(f"the mended database is not whole: {said}; run the same command again")


def _copy_vectors(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copy the vectors that are whole, also those of dropped sources: nothing is encoded twice."""
    for order in ("ASC", "DESC"):  # a page that cannot be read ends the one; the other goes round
        with suppress(*UNREADABLE):
            for key, row, seal in old.execute(f"SELECT * FROM vectors ORDER BY key {order}"):
                if seal == vector_seal(key, row):
                    new.execute("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", (key, row, seal))


def _copy_sources(old: sqlite3.Connection, new: sqlite3.Connection) -> list[str]:
    """Copy the sources of which all rows and vectors are whole; return the others' paths."""
    used = old.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    lost = []
    # Each id is looked up by itself: where a page cannot be read, the others still can.
    for source in range(1, dict(used).get("sources", 0) + 1):
        if is_whole(old, source) and _copy_source(old, new, source):
            continue
        if (path := _path(old, source)) is not None:
            lost.append(path)
    # Ids are never used again, not even those of dropped sources.
    new.execute("DELETE FROM sqlite_sequence")
    new.executemany("INSERT INTO sqlite_sequence VALUES (?, ?)", used)
    return sorted(lost)


def _copy_source(old: sqlite3.Connection, new: sqlite3.Connection, source: int) -> bool:
    for table, owned in _ROWS.items():
        for row in old.execute(owned, (source,)):
            new.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    if new.execute(_UNFOUND, (source,)).fetchone()[0]:
        new.execute("DELETE FROM sources WHERE id = ?", (source,))
        return False
    put_terms(new, source)
    return True


def _path(database: sqlite3.Connection, source: int) -> str | None:
    """The path of a source, as far as it can be read; None where there never was one."""
    try:
        row = database.execute("SELECT path FROM sources WHERE id = ?", (source,)).fetchone()
        seal = database.execute("SELECT 1 FROM seals WHERE source = ?", (source,)).fetchone()
    except UNREADABLE:
        return f"source {source}"
    return str(row[0]) if row else f"source {source}" if seal else None
