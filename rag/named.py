"""Any model that a user names, as a reader: one trained to answer, or one trained to rank.

Nothing here was fitted to them: a score is the model's own, its sigmoid the confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from index.errors import ReaderError
from index.records import Hit, Span
from rag.reader import LIMIT, Reader, ranked, sigmoid
from rag.records import Evidence
from rag.spans import Reading, best_spans, inside, located

THRESHOLD = 0.5  # where a model finds answer and no answer equally likely


def named(name: str) -> Reader:
    """Return the model of this name or folder as a reader.

    Raises ReaderError where there is none, or where it neither points at answers nor ranks.
    """
    try:
        from transformers import AutoConfig
    except ImportError as error:
        raise ReaderError(
            "this reader needs sentence-transformers; run: pip install sentence-transformers"
        ) from error
    kinds = _loaded(name, lambda: AutoConfig.from_pretrained(name).architectures) or ("",)
    if kinds[0].endswith("ForQuestionAnswering"):
        return Answering(name)
    if kinds[0].endswith("ForSequenceClassification"):
        return Ranking(name)
    raise ReaderError(
        f"{name!r} is a {kinds[0] or 'model of no known kind'}; a reader is a model for "
        "extractive question answering or a CrossEncoder"
    )


class Answering:
    """A model for extractive question answering; the first token stands for "no answer"."""

    threshold = doubt = THRESHOLD

    def __init__(self, name: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._tokenizer = _loaded(name, lambda: AutoTokenizer.from_pretrained(name, use_fast=True))
        self._model = _loaded(name, lambda: AutoModelForQuestionAnswering.from_pretrained(name))
        self._model.eval()

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Return the model's chances of an answer against none."""
        return [sigmoid(item.score) for item in evidence]

    def alone(self, odds: float) -> float:
        """Return the model's own chance of an answer."""
        return sigmoid(odds)

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first."""
        found = []
        for hit in hits:
            readings = self.spans(question, hit.quote, inside(hit))
            found += located(hit, readings, [reading.score for reading in readings])
        return ranked(found)

    def spans(self, question: str, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return the best span of each sentence of `text`, spans as offsets into it."""
        import torch

        limit = min(LIMIT, self._tokenizer.model_max_length)
        words = self._tokenizer(question, return_offsets_mapping=True, add_special_tokens=False)
        kept = words["offset_mapping"][: limit // 3]  # a longer question leaves a text no room
        code = self._tokenizer(
            question[: kept[-1][1] if kept else 0],
            text,
            truncation="only_second",
            max_length=limit,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        types = [int(kind == 1) for kind in code.sequence_ids(0)]
        offsets = code.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            out = self._model(**code)
        logits = torch.stack((out.start_logits[0], out.end_logits[0]), 1).float().numpy()
        return best_spans(text, logits, types, offsets, sentences)


class Ranking:
    """A CrossEncoder: how well a passage answers, and each sentence of it."""

    threshold = doubt = THRESHOLD

    def __init__(self, name: str) -> None:
        import torch
        from sentence_transformers import CrossEncoder

        self._model: Any = _loaded(
            name, lambda: CrossEncoder(name, activation_fn=torch.nn.Identity())
        )
        if self._model.num_labels != 1:
            raise ReaderError(f"{name!r} gives {self._model.num_labels} scores; a reader gives one")

    def chances(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Return the sigmoids of the scores."""
        return [sigmoid(item.score) for item in evidence]

    def read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        """Return every sentence of the hits as evidence, best first.

        A sentence's score is the mean of its own and its passage's: alone it may lack its subject.
        """
        found = []
        for hit in hits:
            places = inside(hit)
            texts = [hit.quote, *(hit.quote[start:end] for start, end in places)]
            scores = self._scores(question, texts)
            for sentence, score in zip(hit.sentences, scores[1:], strict=True):
                found.append(Evidence(hit, sentence, None, float(score + scores[0]) / 2))
        return ranked(found)

    def _scores(self, question: str, texts: Sequence[str]) -> np.ndarray:
        pairs = [(question, text) for text in texts]
        scores = self._model.predict(pairs, batch_size=1, show_progress_bar=False)
        return np.asarray(scores, np.float64)


def _loaded(name: str, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        reason = str(error).split("\n")[0]
        raise ReaderError(f"cannot load the reader {name!r}: {reason}") from error
