"""One writer to a store: a lock that the system frees when its process dies; knows fcntl."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import StoreBusy, StoreError

NAME = "lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the writers' lock of a store's folder until the block ends.

    Raises StoreBusy, which names the process, while another holds it; StoreError where nobody may
    write.
    """
    import fcntl

    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.read(handle, 32).decode("ascii", "replace").strip()
            raise StoreBusy(
                f"another index is running on {folder}"
                + (f" (process {owner})" if owner else "")
                + "; wait for it to end"
            ) from error
        with suppress(OSError):  # a full disk must not stop a repair
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        with suppress(OSError):
            os.ftruncate(handle, 0)
        os.close(handle)
