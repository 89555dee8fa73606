"""A source and its layout -> its passages, each with the key of its vector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.articles import Layout
from index.encoder import Encoder
from index.passages import passages
from index.records import Passage, Source
from index.write import vector_key


@dataclass(frozen=True, slots=True)
class Cut:
    """A source as it is laid out and cut; `keys` name its passages' vectors."""

    source: Source
    layout: Layout
    passages: list[Passage]
    keys: list[bytes]

    def texts(self) -> Iterator[tuple[bytes, str]]:
        """Yield each text that is encoded, after its key."""
        for key, passage in zip(self.keys, self.passages, strict=True):
            yield key, _encoded(self.source, passage)


def cut(source: Source, layout: Layout, encoder: Encoder, tokens: int) -> Cut:
    """Return a source cut into passages of at most `tokens` for an encoder."""
    made = passages(source, layout, count=encoder.count, budget=encoder.budget, tokens=tokens)
    keys = [vector_key(encoder.fingerprint, _encoded(source, passage)) for passage in made]
    return Cut(source, layout, made, keys)


def _encoded(source: Source, passage: Passage) -> str:
    return f"{passage.header}\n{source.text[passage.start : passage.end]}"
