"""Question + hits -> evidence: each sentence, the words in it that answer, and a score.

The reader (see data/READER.md) reads a question with one passage and gives each token a mark as
start and as end of the answer; the first token stands for "no answer here" (Devlin et al. 2019,
section 4.3). A span's mark is start + end less those of "no answer", which compares across
passages (Clark and Gardner 2018). A sentence's score adds to the marks of all its spans together
what retrieval and plain words know of it, each with a weight fitted on the sample articles'
questions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from index import graph, packing, runtime
from index.encoder import Encoder
from index.errors import FootnotedError, ReaderError
from index.records import Hit, Span
from rag.features import FEATURES, features
from rag.records import Evidence
from rag.spans import Reading, best_spans, inside, located

DATA = Path(__file__).parent / "data"
UNFITTED: dict[str, Any] = {
    "weights": {"span": 1.0},
    "slope": 1.0,
    "odds": 0.0,
    "again": 0.0,
    "intercept": 0.0,
    "threshold": 0.5,
    "alone": {"slope": 1.0, "intercept": 0.0},
}
LIMIT = 384  # tokens of question and passage together
LONGEST_QUESTION = 120  # tokens; a passage has up to 256


class Reader(Protocol):
    """What the chain asks of a reader.

    Where the best chance is below `threshold`, "not found" is the better answer; below `doubt`,
    an answer is likelier wrong than right, as far as the chances are calibrated (0 where not).
    """

    threshold: float
    doubt: float

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first."""

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Return the chance, 0 to 1, that each answers; all evidence there is, best first."""


@runtime_checkable
class Points(Protocol):
    """A reader that can also point at words in a passage of anyone's."""

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> Sequence[Reading]:
        """Return the best span of each sentence; their scores compare."""


@runtime_checkable
class Calibrated(Points, Protocol):
    """One that also says how far its marks can be trusted."""

    def alone(self, odds: float) -> float:
        """Return the chance, 0 to 1, that a text answers, from the reader's log odds alone."""


class Extractive:
    """The reader that ships with the program."""

    doubt = 0.5

    def __init__(self, file: Path = DATA / "reader.safetensors", *, fitted: bool = True) -> None:
        if not file.is_file():
            raise ReaderError(f"there is no reader at {file}; use --reader none")
        folder = runtime.minilm()
        try:
            about = json.loads(file.with_suffix(".json").read_text("utf-8")) if fitted else UNFITTED
            self._weights = np.array([about["weights"].get(name, 0.0) for name in FEATURES])
            self._slope, self._intercept = float(about["slope"]), float(about["intercept"])
            self._odds, self._again = float(about["odds"]), float(about["again"])
            self.threshold = float(about["threshold"])
            self._alone = float(about["alone"]["slope"]), float(about["alone"]["intercept"])
            built = runtime.cached_graph(
                "minilm-reader", [file, folder / "model.safetensors"], lambda: _graph(file, folder)
            )
        except FootnotedError:
            raise
        except Exception as error:  # safetensors, json and onnx each raise their own kinds
            raise ReaderError(f"{file} and its .json are no reader of ours: {error}") from error
        self._runtime = runtime.Runtime(built, folder / "tokenizer.json", threads=1)

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Platt's sigmoid (1999) over the score, fitted where the weights were.

        How sure the reader is says less about whether there is an answer than about which it is:
        of the best odds that a passage answers, a part is taken off every score. The best sentence
        is read again without its passage, and what comes of that counts for all.
        """
        if not evidence:
            return []
        odds = max(item.odds for item in evidence)
        again = again_alone(self, question, evidence[0].text)
        base = self._odds * odds + self._again * again + self._intercept
        return [sigmoid(self._slope * item.score + base) for item in evidence]

    def alone(self, odds: float) -> float:
        """Return the chance, 0 to 1, that a text answers, from the reader's log odds alone."""
        return sigmoid(self._alone[0] * odds + self._alone[1])

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(2, thread_name_prefix="reader")

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first.

        Each passage is read alone: its scores never depend on what is read beside it.
        """
        read = self._pool.map(lambda hit: self._evidence(question, hit), hits)
        return ranked([evidence for found in read for evidence in found])

    def _evidence(self, question: str, hit: Hit) -> list[Evidence]:
        readings = self.spans(question, hit.quote, inside(hit))
        rows = features(question, hit, readings)
        return located(hit, readings, [float(row @ self._weights) for row in rows])

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return the best span of each sentence of `text`, spans as offsets into it."""
        code = self._runtime.tokenizer.encode(self._asked(question), text)
        logits = self._runtime.run(code, LIMIT)
        return best_spans(text, logits, code.type_ids, code.offsets, sentences)

    def _asked(self, question: str) -> str:
        """The question as far as it leaves the passage its room."""
        asked = question[:1000]
        ends = self._runtime.tokenizer.encode(asked, add_special_tokens=False).offsets
        return asked if len(ends) <= LONGEST_QUESTION else asked[: ends[LONGEST_QUESTION][0]]


def again_alone(reader: Points, question: str, sentence: str) -> float:
    """Return the log odds that a sentence answers, read without its passage."""
    return reader.spans(question, sentence, [(0, len(sentence))])[0].odds


def _graph(file: Path, folder: Path) -> bytes:
    """The reader's own layers over the embeddings that the encoder's package carries."""
    own = packing.unpack(runtime.weights(file))
    shared = runtime.weights(folder / "model.safetensors")
    embeddings = {k: v for k, v in shared.items() if k.startswith("embeddings.")}
    return graph.reader({**embeddings, **own}, heads=12)


def ranked(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return evidence best first, equal scores by file and place."""
    return sorted(evidence, key=lambda e: (-e.score, e.hit.path, e.sentence))


def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def reader(name: str | None, encoder: Encoder) -> Reader:
    """Return the reader that a user names: none named is our own, "none" is similarity."""
    if name == "none":
        from rag.similarity import Similarity

        return Similarity(encoder)
    if name is None:
        return Extractive()
    if name.endswith(".safetensors"):
        return Extractive(Path(name))
    if name.startswith(("/", ".", "~")) and not Path(name, "config.json").is_file():
        raise ReaderError(f"there is no reader at {name}; use --reader none")
    from rag.named import named

    return named(name)
