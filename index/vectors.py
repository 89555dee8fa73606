"""Rows -> nearest rows. The only room that knows FAISS.

The file is derived from the store and never believed without its own SHA-256:
`faiss.write_index` has been seen to report success on a full disk, and `read_index` to accept
flipped bits.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import StoreError
from index.runtime import sha256

KIND = "IDMap2,SQfp16"  # exact, half the bytes, add and remove right


class Vectors:
    """Unit rows under ids of their own; inner product, so a score is a cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: np.ndarray, rows: np.ndarray) -> Vectors:
        """Index float32 rows, shape (n, dim), under int64 ids, shape (n,)."""
        import faiss

        index = faiss.index_factory(rows.shape[1], KIND, faiss.METRIC_INNER_PRODUCT)
        if len(rows):
            index.train(rows)
            index.add_with_ids(rows, ids)
        return cls(index)

    @classmethod
    def open(cls, file: Path, digest: str) -> Vectors:
        """Map a file written by `write`; raises StoreError where it is missing or changed."""
        import faiss

        try:
            if sha256(file) != digest:
                raise StoreError(f"{file} is damaged")
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{file} cannot be read") from error

    def write(self, file: Path) -> str:
        """Write to `file`, whole or not at all and on the disk; return its SHA-256."""
        import faiss

        aside = file.with_name(file.name + ".new")
        data = faiss.serialize_index(self._index).tobytes()
        try:
            with aside.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.replace(aside, file)
            sync_folder(file.parent)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise StoreError(f"cannot write {file}: {error.strerror}") from error
        digest = hashlib.sha256(data).hexdigest()
        self.open(file, digest)
        return digest

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, vector: np.ndarray, k: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to k (id, cosine), best first, equal ones by id; `among` limits the ids."""
        import faiss

        faiss.omp_set_num_threads(1)  # more threads make one query slower, never faster
        k = min(k, len(self) if among is None else len(among))
        if k <= 0:
            return []
        settings = {}
        if among is not None:
            chosen = faiss.IDSelectorBatch(np.array(among, np.int64))
            settings["params"] = faiss.SearchParameters(sel=chosen)
        scores, ids = self._index.search(vector[None, :], k, **settings)
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
