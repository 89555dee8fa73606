"""What may be varied: every setting that the figures depend on, each with its default."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
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

    Raises QuestionError naming the setting where one is unknown or a value is not of its kind.
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
    try:
        return {"int": int, "float": float, "str": str}[kind](text)
    except ValueError as error:
        raise QuestionError(f"{name} takes a {kind}, not {text!r}") from error
