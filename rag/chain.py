"""Question -> Answer, step by step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.encoder import Encoder
from index.errors import QuestionError, StoreError
from index.records import Hit
from index.snapshot import Where
from index.store import Store
from rag import citations
from rag.reader import Reader
from rag.records import Answer
from rag.retriever import retrieve
from rag.writer import Draft, Quoting, Writer

READ = 16  # passages that the reader sees
LONGEST = 4000  # characters of a question


def fused(
    question: str, *, store: Store, encoder: Encoder, k: int = 10, where: Where | None = None
) -> list[Hit]:
    """Return up to k hits by vectors and words alone, best first."""
    check(question)
    with store.snapshot() as snapshot:
        built, ours = snapshot.manifest["encoder"], encoder.fingerprint
        if built != ours:
            raise StoreError(
                f"{store.folder} was built with the encoder {built!r}, not {ours!r}; "
                f"run: footnoted index {snapshot.manifest['folder']} --rebuild"
            )
        return retrieve(question, snapshot=snapshot, encoder=encoder, k=k, where=where)


@dataclass(frozen=True, slots=True)
class Chain:
    """All that answering needs. Safe to use from several threads at once."""

    store: Store
    encoder: Encoder
    reader: Reader
    writer: Writer = field(default_factory=Quoting)
    threshold: float | None = None

    def search(self, question: str, *, k: int = 10, where: Where | None = None) -> list[Hit]:
        """Return up to k hits as the reader ranks them, best first.

        The score of a hit that was read is the chance that it answers; those beyond the
        reader's reach follow in the order of retrieval.
        """
        hits = fused(question, store=self.store, encoder=self.encoder, k=max(k, READ), where=where)
        best: dict[int, float] = {}
        for item in self.reader.read(question, hits[:READ]):
            best.setdefault(item.hit.passage, self.reader.confidence([item]))
        read = [replace(h, score=best[h.passage]) for h in hits if h.passage in best]
        read.sort(key=lambda hit: -hit.score)
        least = read[-1].score if read else 1.0
        rest = [replace(h, score=h.score * least) for h in hits if h.passage not in best]
        return (read + rest)[:k]

    def ask(self, question: str, *, where: Where | None = None) -> Answer:
        """Return the answer to a question."""
        for piece in self.stream(question, where=where):
            if isinstance(piece, Answer):
                return piece
        raise AssertionError("a stream ends with its answer")

    def stream(self, question: str, *, where: Where | None = None) -> Iterator[str | Answer]:
        """Yield a draft's text as it comes, unchecked, then the Answer."""
        clock = Clock()
        hits = fused(question, store=self.store, encoder=self.encoder, k=READ, where=where)
        clock.lap("retrieve")
        evidence = self.reader.read(question, hits)
        confidence = self.reader.confidence(evidence)
        clock.lap("read")
        threshold = self.reader.threshold if self.threshold is None else self.threshold
        near = citations.nearest(evidence)
        if not evidence or confidence < threshold:
            yield Answer(question, "not_found", confidence, (), (), near, timings=clock.laps)
            return
        chances = [self.reader.confidence([item]) for item in evidence]
        for piece in self.writer.write(question, evidence, chances):
            if isinstance(piece, Draft):
                sentences, cited, notices = citations.resolve(piece)
                clock.lap("write")
                yield Answer(
                    question=question,
                    status="answered" if sentences else "not_found",
                    confidence=confidence,
                    sentences=sentences,
                    citations=cited,
                    nearest=() if sentences else near,
                    notices=notices,
                    timings=clock.laps,
                )
            else:
                yield piece


def check(question: str) -> None:
    """Raise QuestionError on a question without words or without end."""
    if not any(c.isalnum() for c in question):
        raise QuestionError("the question is empty")
    if len(question) > LONGEST:
        raise QuestionError(
            f"the question has {len(question):,} characters; at most {LONGEST:,} are read"
        )


class Clock:
    """How long each step took, in milliseconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = self._first = time.perf_counter()

    def lap(self, name: str) -> None:
        """Give the time since the last lap a name."""
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 1)
        self.laps["total"] = round((now - self._first) * 1000, 1)
        self._last = now
