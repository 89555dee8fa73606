"""The store on disk. The only room that knows its SQLite.

SQLite is the truth, FAISS is derived. Readers pin one generation for as long as they look;
one writer at a time prepares the next and commits it whole.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import StoreBusy, StoreError
from index.snapshot import Snapshot, manifest
from index.vectors import Vectors
from index.write import Write

log = logging.getLogger(__name__)

SCHEMA = "3"
DATABASE = "footnoted.sqlite"
LOCK = "lock"


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
            # A writer killed at its very start leaves its lock behind, and nothing else.
            if not {entry.name for entry in self.folder.iterdir()} <= {LOCK}:
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
        with self._connected(self._reading()) as database:
            database.execute("BEGIN")
            snapshot = Snapshot(database, self._vectors)
            self._same_schema(snapshot.manifest)
            yield snapshot

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
        with self._locked():
            if anew and self.exists:
                self._let_go()
            with self._connected("mode=rwc") as database:
                yield self._begun(database)

    def _begun(self, database: sqlite3.Connection) -> Write:
        if not manifest(database):
            schema = (Path(__file__).parent / "schema.sql").read_text("utf-8")
            database.executescript(
                f"BEGIN; {schema} INSERT INTO manifest VALUES ('schema', '{SCHEMA}'); COMMIT;"
            )
        write = Write(database, self.folder)
        self._same_schema(write.manifest)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        return write

    def _let_go(self) -> None:
        """Delete the database where this version could not read it anyway."""
        with self._connected(self._reading()) as database:
            ours = manifest(database).get("schema", SCHEMA) == SCHEMA
        if not ours:
            for end in ("-wal", "-shm", ""):  # its log first, or the next database would take it up
                (self.folder / (DATABASE + end)).unlink(missing_ok=True)

    def _same_schema(self, about: dict[str, str]) -> None:
        if about.get("schema") != SCHEMA:
            raise StoreError(
                f"{self.folder} was written by another version of footnoted "
                f"(schema {about.get('schema')}, not {SCHEMA}); "
                f"run: footnoted index {about.get('folder', 'FOLDER')} --rebuild"
            )

    @contextmanager
    def _connected(self, how: str) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(
                f"file:{_uri(self.folder / DATABASE)}?{how}",
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
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            damaged = name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
            mend = "; delete it and run: footnoted index FOLDER" if damaged else ""
            raise StoreError(f"the store {self.folder} cannot be used: {error}{mend}") from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writers' lock; the system frees it when a process dies."""
        import fcntl

        try:
            handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"cannot write to {self.folder}: {error.strerror}") from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                owner = os.read(handle, 32).decode("ascii", "replace").strip()
                raise StoreBusy(
                    f"another index is running on {self.folder}"
                    + (f" (process {owner})" if owner else "")
                    + "; wait for it to end"
                ) from error
            with suppress(OSError):  # a full disk must not stop a repair
                os.ftruncate(handle, 0)
                os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
            yield
        finally:
            os.close(handle)

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


def _uri(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))
