"""A store -> what of it is not what was written, found without changing any of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from index import imprint
from index.errors import StoreDamaged, StoreError
from index.runtime import sha256
from index.seals import (
    TERMS,
    UNREADABLE,
    derived_seal,
    is_whole,
    manifest_seal,
    root_seal,
    vector_seal,
)
from index.snapshot import manifest
from index.store import DATABASE, Store

_SHOWN = 20  # of SQLite's own findings, which can be one for every row


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not what was written: which part of the store, and what is wrong."""

    part: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one generation; 0 is a store in which nothing was indexed yet."""

    generation: int
    sources: int
    vectors: int
    damage: tuple[Damage, ...]


def verify(store: Store) -> Verdict:
    """Read a store whole and say what of it is damaged.

    Raises StoreError where there is no store, or one of another version.
    """
    if not store.begun:
        raise StoreError(f"there is no store in {store.folder}; run: footnoted index FOLDER")
    damage = list(_bytes(store))
    generation = sources = vectors = 0
    if store.exists:
        try:
            with store.reading() as database:
                about = manifest(database)
                if "generation" in about:
                    generation = int(about["generation"]) if about["generation"].isdigit() else 0
                    store.same_schema(about)
                    sources, vectors = _counts(database)
                damage += _database(database, about)
                damage += _faiss(store, about)
                if generation:
                    damage += _terms(store)
        except StoreDamaged as error:
            damage.append(Damage(DATABASE, str(error.__cause__ or error)))
        except StoreError as error:
            if not damage:
                raise
            damage.append(Damage(DATABASE, str(error.__cause__ or error)))
    return Verdict(generation, sources, vectors, tuple(dict.fromkeys(damage)))


def _bytes(store: Store) -> Iterator[Damage]:
    file = store.folder / DATABASE
    if not store.exists:
        if any(store.folder.glob("vectors-*.faiss")) or imprint.is_there(file):
            yield Damage(DATABASE, "it is missing")
    elif imprint.matches(file) is False:
        yield Damage(DATABASE, "its bytes are not those that were written")


def _counts(database: sqlite3.Connection) -> tuple[int, int]:
    row = database.execute("SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM vectors)")
    sources, vectors = row.fetchone()
    return int(sources), int(vectors)


def _database(database: sqlite3.Connection, about: dict[str, str]) -> Iterator[Damage]:
    for (said,) in database.execute(f"PRAGMA integrity_check({_SHOWN})"):
        if said != "ok":
            yield Damage(DATABASE, " ".join(said.split()))
    for row in database.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        yield Damage(DATABASE, f"a row of {row[0]} belongs to no row of {row[2]}")
    if not about:
        return
    for key, row, seal in database.execute("SELECT key, row, seal FROM vectors"):
        if seal != vector_seal(key, row):
            yield Damage(DATABASE, f"the vector {bytes(key).hex()} is damaged")
    if "generation" not in about:
        return
    seals = (
        ("seal", manifest_seal, "the manifest is damaged"),
        ("root", root_seal, "the list of sources is damaged"),
        ("derived", derived_seal, "the full-text index or the families are damaged"),
    )
    for key, seal_of, what in seals:
        if about.get(key) != seal_of(database):
            yield Damage(DATABASE, what)
    for source, path in database.execute("SELECT id, path FROM sources ORDER BY path").fetchall():
        if not is_whole(database, source):
            yield Damage(path, "what is stored of it is damaged")
    lost = database.execute(
        "SELECT count(*) FROM passages WHERE vector NOT IN (SELECT key FROM vectors)"
    ).fetchone()[0]
    if lost:
        yield Damage(DATABASE, f"{lost} passages have no vector")


def _faiss(store: Store, about: dict[str, str]) -> Iterator[Damage]:
    if (name := about.get("faiss_file")) is None:
        return
    try:
        if sha256(store.folder / name) != about.get("faiss_sha256"):
            yield Damage(name, "it is damaged")
    except FileNotFoundError:
        yield Damage(name, "it is missing")
    except (OSError, ValueError) as error:
        yield Damage(name, f"it cannot be read: {error}")


def _terms(store: Store) -> Iterator[Damage]:
    """What FTS5 itself finds; its check has the form of a change: none where none may write."""
    with suppress(StoreError), store.connected("mode=rw") as database:
        database.execute("PRAGMA busy_timeout = 1000")
        database.execute("BEGIN IMMEDIATE")
        for table in TERMS:
            try:
                database.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            except UNREADABLE as error:
                if getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
                    break
                yield Damage(DATABASE, f"{table}: {error}")
        database.execute("ROLLBACK")
