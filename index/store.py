"""The store on disk. The only room that knows its SQLite.

SQLite is the truth, FAISS is derived. Readers pin one generation for as long as they look;
one writer at a time prepares the next and commits it whole.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index import imprint, lock
from index.errors import StoreDamaged, StoreError
from index.seals import UNREADABLE, manifest_seal
from index.snapshot import Snapshot, manifest
from index.vectors import Vectors, sync_folder
from index.write import Write

log = logging.getLogger(__name__)

SCHEMA = "4"
DATABASE = "footnoted.sqlite"
_OURS = re.compile(r"lock|feedback\.jsonl|footnoted\.sqlite.*|vectors-\d+\.faiss.*")


class Store:
    """A folder that holds one folder's articles, generation after generation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: tuple[str, Vectors] | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever written here; raises StoreError where none may look."""
        try:
            return (self.folder / DATABASE).is_file()
        except OSError as error:
            raise StoreError(f"cannot read {self.folder}: {error.strerror}") from error

    @property
    def begun(self) -> bool:
        """Whether a writer was ever here; one that was killed at once leaves but its lock."""
        return self.exists or (self.folder / lock.NAME).is_file()

    @property
    def is_filled(self) -> bool:
        """Whether a generation was ever committed here."""
        if not self.exists:
            return False
        with self.reading() as database:
            return "generation" in manifest(database)

    def check(self) -> None:
        """Raise StoreError where the folder is something else than a store or an empty folder."""
        try:
            str(self.folder.absolute()).encode()
        except UnicodeEncodeError as error:  # FAISS takes no such name
            raise StoreError(
                f"the name of {self.folder} is not valid UTF-8; name another with --store"
            ) from error
        if self.exists or not os.path.lexists(self.folder):
            return
        try:
            # A writer killed at its very start leaves its lock behind, one killed as it lets an
            # old database go all but that.
            if not all(_OURS.fullmatch(entry.name) for entry in self.folder.iterdir()):
                raise StoreError(
                    f"{self.folder} is not a store and not empty; name another with --store"
                )
        except NotADirectoryError as error:
            raise StoreError(f"{self.folder} is not a folder; name one with --store") from error
        except OSError as error:
            raise StoreError(f"cannot read {self.folder}: {error.strerror}") from error

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give one generation, unchanging until the block ends."""
        self.check()
        if not self.exists:
            raise StoreError(f"nothing is indexed in {self.folder}; run: footnoted index FOLDER")
        with self.reading() as database:
            snapshot = Snapshot(database, self._vectors)
            self.same_schema(snapshot.manifest)
            self._sealed(database, snapshot.manifest)
            yield snapshot

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the database as one generation has it, to the rooms that check and mend it."""
        with self.connected(self._reading()) as database:
            database.execute("BEGIN")
            yield database

    def _reading(self) -> str:
        """How to open the database for reading.

        In a folder that nobody may write to, SQLite cannot make the file in which readers and a
        writer agree; there is no writer there, so it may take the database as it lies.
        """
        journal = self.folder / f"{DATABASE}-wal"
        us = os.access in os.supports_effective_ids
        writable = os.access(self.folder, os.W_OK, effective_ids=us)
        alone = not writable and not (journal.exists() and journal.stat().st_size)
        return "mode=ro&immutable=1" if alone else "mode=ro"

    @contextmanager
    def write(self, *, anew: bool = False) -> Iterator[Write]:
        """Give the one writer; what is not committed when the block ends is gone.

        Vectors are the exception: they stay, so that no work is done twice. `anew` lets go of a
        store that another version wrote. Raises StoreBusy while another process writes.
        """
        self.check()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make {self.folder}: {error.strerror}") from error
        with lock.held(self.folder):
            if anew and self.exists:
                self._let_go()
            try:
                self._create()
                with self.connected("mode=rw") as database:
                    yield self._begun(database)
            finally:
                with suppress(OSError):  # the disk may be full; the next writer tries again
                    imprint.take(self.folder / DATABASE)

    def _create(self) -> None:
        """Make the database where there is none: aside, so that none is ever seen half made."""
        file = self.folder / DATABASE
        if self.exists and file.stat().st_size:
            return
        for left in self.folder.glob(f"{DATABASE}.new*"):
            left.unlink()
        with self.connected("mode=rwc", f"{DATABASE}.new") as database:
            created(database)
            # Not sooner: what a full disk keeps in the log would be left behind by the renaming.
            database.execute("PRAGMA journal_mode = WAL")
        try:
            os.replace(self.folder / f"{DATABASE}.new", file)
            sync_folder(self.folder)
        except OSError as error:
            raise StoreError(f"cannot write {file}: {error.strerror}") from error

    def _begun(self, database: sqlite3.Connection) -> Write:
        write = Write(database, self.folder / DATABASE)
        self.same_schema(write.manifest)
        self._sealed(database, write.manifest)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        return write

    def _let_go(self) -> None:
        """Delete the database where this version could not read it anyway."""
        try:
            with self.connected(self._reading()) as database:
                about = manifest(database)
                ours = about.get("schema", SCHEMA) == SCHEMA
                self._sealed(database, about)
        except StoreDamaged:
            ours = False
        if not ours:
            imprint.drop(self.folder / DATABASE)
            for end in ("-wal", "-shm", ""):  # its log first, or the next database would take it up
                (self.folder / (DATABASE + end)).unlink(missing_ok=True)

    def same_schema(self, about: dict[str, str]) -> None:
        """Raise StoreError where another version wrote the manifest `about`."""
        if about.get("schema") != SCHEMA:
            raise StoreError(
                f"{self.folder} was written by another version of footnoted "
                f"(schema {about.get('schema')}, not {SCHEMA}); "
                f"run: footnoted index {about.get('folder', 'FOLDER')} "
                f"--store {self.folder} --rebuild"
            )

    def _sealed(self, database: sqlite3.Connection, about: dict[str, str]) -> None:
        if "generation" in about and about.get("seal") != manifest_seal(database):
            raise StoreDamaged(
                f"the manifest of the store {self.folder} is damaged; "
                "run: footnoted index FOLDER --rebuild"
            )

    @contextmanager
    def connected(self, how: str, name: str = DATABASE) -> Iterator[sqlite3.Connection]:
        """Give the database opened as SQLite's URI `how` says; its errors become ours."""
        try:
            database = sqlite3.connect(
                f"file:{_uri(self.folder / name)}?{how}",
                uri=True,
                isolation_level=None,
                timeout=30,
                check_same_thread=False,
            )
            try:
                database.execute("PRAGMA foreign_keys = ON")
                yield database
            finally:
                database.close()
        except UNREADABLE as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> StoreError:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_NOTADB"):
            mend = "delete it and run: footnoted index FOLDER"
        elif name.startswith("SQLITE_CORRUPT") or "decode" in str(error):
            mend = "run: footnoted repair"
        elif str(error) == "no such table: manifest":
            why = "it has no manifest, so it is none of ours; name another with --store"
            return StoreError(f"the store {self.folder} cannot be used: {why}")
        else:
            return StoreError(f"the store {self.folder} cannot be used: {error}")
        return StoreDamaged(f"the store {self.folder} cannot be used: {error}; {mend}")

    def _vectors(self, snapshot: Snapshot) -> Vectors:
        """The generation's FAISS index: open already, else its file, else built from SQLite."""
        digest = snapshot.manifest["faiss_sha256"]
        opened = self._opened  # another thread may open another generation's meanwhile
        if opened is not None and opened[0] == digest:
            return opened[1]
        file = self.folder / snapshot.manifest["faiss_file"]
        try:
            vectors = Vectors.open(file, digest)
        except StoreError as error:
            log.warning("%s; built again from the store", error)
            vectors = Vectors.build(*snapshot.rows())
        self._opened = digest, vectors
        return vectors


def created(database: sqlite3.Connection) -> None:
    """Make the tables of a store in a new database."""
    schema = (Path(__file__).parent / "schema.sql").read_text("utf-8")
    database.executescript(
        f"BEGIN; {schema} INSERT INTO manifest VALUES ('schema', '{SCHEMA}'); COMMIT;"
    )


def _uri(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))
