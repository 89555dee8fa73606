"""What may be varied: every setting that the figures depend on, each with its default."""

from __future__ import annotations

import argparse
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from index.encoder import Encoder, encoder
from index.errors import QuestionError
from index.passages import PASSAGE_TOKENS
from index.store import Store
from rag.chain import READ, Chain
from rag.chatting import Chatting
from rag.reader import Reader, reader
from rag.retriever import WEIGHTS, Weights
from rag.writer import MOST, NEAR, Quoting, Writer

# What makes a value of a text, which values there are, and how that is said.
_KINDS: dict[str, tuple[Callable[[str], Any], Callable[[Any], bool], str]] = {
    "int": (int, lambda number: number >= 1, "a whole number from 1"),
    "float": (float, lambda number: 0 <= number < math.inf, "a number from 0"),
    "share": (float, lambda number: 0 <= number <= 1, "a number from 0 to 1"),
    "str": (str, bool, "a name"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One way to set the program: models by name, sizes, weights."""

    encoder: str | None = None
    reader: str | None = None
    model: str | None = None
    threshold: float | None = None
    passage_tokens: int = PASSAGE_TOKENS
    reads: int = READ
    dense: float = WEIGHTS.dense
    lexical: float = WEIGHTS.lexical
    article: float = WEIGHTS.article
    most: int = MOST
    near: float = NEAR

    def encoding(self) -> Encoder:
        """Return the encoder, loaded once."""
        return _encoder(self.encoder)

    def reading(self) -> Reader:
        """Return the reader, loaded once."""
        return _reader(self.reader, self.encoder)

    def chain(self, store: Store) -> Chain:
        """Return the chain over a store; models are loaded once."""
        writer: Writer = Quoting(self.most, self.near)
        if self.model:
            writer = _chatting(self.model)
        return Chain(
            store=store,
            encoder=self.encoding(),
            reader=self.reading(),
            writer=writer,
            threshold=self.threshold,
            weights=Weights(self.dense, self.lexical, self.article),
            reads=self.reads,
        )

    def loaded(self) -> Settings:
        """Return the settings, their models loaded: what is missing is told before it is needed."""
        self.encoding()
        self.reading()
        if self.model:
            _chatting(self.model)
        return self

    def said(self) -> dict[str, Any]:
        """Return the settings as the results name them, without a path of this machine."""
        about = asdict(self) | {"encoder": self.encoding().fingerprint}
        return about | {"reader": Path(self.reader).name if self.reader else "own"}


@cache
def _encoder(name: str | None) -> Encoder:
    return encoder(name)


@cache
def _reader(name: str | None, encoding: str | None) -> Reader:
    return reader(name, _encoder(encoding))


@cache
def _chatting(name: str) -> Writer:
    from rag.models import chat_model

    return Chatting(chat_model(name), name)


def asked_for(asked: argparse.Namespace) -> Settings:
    """Return the settings that the command line names."""
    return Settings(asked.encoder, asked.reader, asked.model, asked.threshold)


def varied(base: Settings, sweeps: Sequence[str]) -> Iterator[tuple[str, Settings]]:
    """Yield (label, settings) for every combination of sweeps like "reads=8,16".

    Raises QuestionError naming the setting where one is unknown or a value is none of it.
    """
    kinds = {f.name: str(f.type).split(" ")[0] for f in fields(Settings)}
    lists = []
    for sweep in sweeps:
        name, equals, values = sweep.partition("=")
        if name not in kinds or not equals or not values:
            raise QuestionError(
                f"cannot vary {sweep!r}; write NAME=VALUE,VALUE with a NAME of {', '.join(kinds)}"
            )
        lists.append([(name, _value(name, kinds[name], text)) for text in values.split(",")])
    for combination in itertools.product(*lists):
        label = " ".join(f"{name}={value}" for name, value in combination)
        yield label, replace(base, **dict(combination))


def _value(name: str, kind: str, text: str) -> Any:
    make, fits, words = _KINDS["share" if name in ("threshold", "near") else kind]
    with suppress(ValueError):
        if fits(value := make(text)):
            return value
    raise QuestionError(f"{name} takes {words}, not {text!r}")
