"""Texts -> unit vectors. The only room that knows an embedding model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np

from index import graph, runtime
from index.errors import EncoderError

T = TypeVar("T")


class Encoder(Protocol):
    """What the store and the retriever ask of an embedding model."""

    @property
    def name(self) -> str:
        """What a user calls it."""

    @property
    def fingerprint(self) -> str:
        """What must be equal for two vectors to be comparable: the weights and how they are run."""

    @property
    def dim(self) -> int:
        """The vectors' length."""

    @property
    def budget(self) -> int:
        """How many tokens of a text it reads; the rest it would ignore in silence."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return each text's tokens, the special ones at its ends included."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text: float32, shape (len(texts), dim), in order.

        Unit length makes the inner product the cosine that a hit's score promises.
        """


class MiniLM:
    """all-MiniLM-L6-v2 in float32 on onnxruntime, one text at a time.

    One at a time needs no padding and keeps a text's vector the same whatever is encoded
    beside it.
    """

    name = "all-MiniLM-L6-v2"
    dim = 384
    budget = 256

    def __init__(self) -> None:
        self._folder = runtime.minilm()
        file = self._folder / "model.safetensors"
        built = runtime.cached_graph(
            "minilm-encoder", [file], lambda: graph.encoder(runtime.weights(file), heads=12)
        )
        self._runtime = runtime.Runtime(built, self._folder / "tokenizer.json")

    # The SHA-256 of the weights that this name stands for, checked by the tests.
    fingerprint = "all-MiniLM-L6-v2/53aa51172d142c89/float32"

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return each text's word pieces, [CLS] and [SEP] included."""
        return [len(code.ids) for code in self._runtime.tokenizer.encode_batch(list(texts))]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text: float32, shape (len(texts), 384), in order."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, code in enumerate(self._runtime.tokenizer.encode_batch(list(texts))):
            rows[row] = self._runtime.run(code, self.budget)
        return rows


class SentenceTransformer:
    """Any model that sentence-transformers loads, by name or folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load(name)

    @cached_property
    def dim(self) -> int:
        """The vectors' length."""
        return len(self.encode(["length"])[0])

    @property
    def budget(self) -> int:
        """The model's own limit in tokens."""
        return int(self._model.max_seq_length or 512)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all weights, so that a folder whose model changed is another encoder."""
        import hashlib

        whole = hashlib.sha256()
        for name, values in sorted(self._model.state_dict().items()):
            whole.update(name.encode())
            whole.update(values.detach().cpu().float().numpy().tobytes())
        return f"{self.name}/{whole.hexdigest()[:16]}/sentence-transformers"

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return each text's tokens, the special ones at its ends included."""
        codes = self._model.tokenizer(list(texts), truncation=False)
        return [len(ids) for ids in codes["input_ids"]]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text: float32, shape (len(texts), dim), in order."""
        return np.asarray(
            self._model.encode(
                list(texts), normalize_embeddings=True, batch_size=1, show_progress_bar=False
            ),
            np.float32,
        )


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer as Model
    except ImportError as error:
        raise EncoderError(
            "this encoder needs sentence-transformers; run: pip install sentence-transformers"
        ) from error
    try:
        return Model(name)
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        reason = str(error).split("\n")[0]
        raise EncoderError(f"cannot load the encoder {name!r}: {reason}") from error


def encoder(name: str | None) -> Encoder:
    """Return the encoder that a user names; none named is all-MiniLM-L6-v2."""
    return MiniLM() if name in (None, MiniLM.name) else SentenceTransformer(str(name))


def batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield `things` in runs of at most `size`."""
    for first in range(0, len(things), size):
        yield things[first : first + size]
