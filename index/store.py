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
from index.snapshot import Snapshot
from index.vectors import Vectors
from index.write import Write

log = logging.getLogger(__name__)

SCHEMA = "1"
DATABASE = "footnoted.sqlite"


class Store:
    """A folder that holds one folder's articles, generation after generation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: tuple[str, Vectors] | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever written here."""
        return (self.folder / DATABASE).is_file()

    def check(self) -> None:
        """Raise StoreError where the folder is something else than a store or an empty folder."""
        if self.exists:
            return
        try:
            if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
                raise StoreError(
                    f"{self.folder} is not a store and not empty; name another with --store"
                )
        except OSError as error:
            raise StoreError(f"cannot read {self.folder}: {error.strerror}") from error

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give one generation, unchanging until the block ends."""
        self.check()
        if not self.exists:
            raise StoreError(f"nothing is indexed in {self.folder}; run: footnoted index FOLDER")
        with self._connected(f"file:{_uri(self.folder / DATABASE)}?mode=ro") as database:
            database.execute("BEGIN")
            snapshot = Snapshot(database, self._vectors)
            self._same_schema(snapshot.manifest)
            yield snapshot

    @contextmanager
    def write(self) -> Iterator[Write]:
        """Give the one writer; what is not committed when the block ends is gone.

        Vectors are the exception: they stay, so that no work is done twice. Raises StoreBusy
        while another process writes.
        """
        self.check()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make {self.folder}: {error.strerror}") from error
        with (
            self._locked(),
            self._connected(f"file:{_uri(self.folder / DATABASE)}?mode=rwc") as database,
        ):
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
                schema = (Path(__file__).parent / "schema.sql").read_text("utf-8")
                database.executescript(
                    f"BEGIN; {schema} INSERT INTO manifest VALUES ('schema', '{SCHEMA}'); COMMIT;"
                )
            write = Write(database, self.folder)
            self._same_schema(write.manifest)
            yield write

    def _same_schema(self, manifest: dict[str, str]) -> None:
        if manifest.get("schema") != SCHEMA:
            raise StoreError(
                f"{self.folder} was written by another version of footnoted "
                f"(schema {manifest.get('schema')}, not {SCHEMA}); "
                "delete it and run: footnoted index FOLDER"
            )

    @contextmanager
    def _connected(self, uri: str) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(
                uri, uri=True, isolation_level=None, timeout=30, check_same_thread=False
            )
            try:
                database.execute("PRAGMA foreign_keys = ON")
                yield database
            finally:
                database.close()
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the store {self.folder} cannot be used: {error}; if it is damaged, delete it "
                "and run: footnoted index FOLDER"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writers' lock; the system frees it when a process dies."""
        import fcntl

        try:
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
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
        if self._opened is None or self._opened[0] != digest:
            file = self.folder / snapshot.manifest["faiss_file"]
            try:
                vectors = Vectors.open(file, digest)
            except StoreError as error:
                log.warning("%s; built again from the store", error)
                vectors = Vectors.build(*snapshot.rows())
            self._opened = digest, vectors
        return self._opened[1]


def _uri(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))
