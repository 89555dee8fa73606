"""What retrieval and the reader found for a question, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from index.records import Hit
from rag.compound import Part
from rag.records import Evidence


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question that asks one thing: hits and evidence, both best first.

    `chances` are those of the evidence. The score of a hit that was read is the chance that it
    answers; those beyond the reader's reach follow in the order of retrieval. `unknown` are the
    names of which no article has the words; `lacks` is a word that the article of the best ought to
    have.
    """

    part: Part
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    chances: tuple[float, ...]
    unknown: tuple[str, ...] = ()
    lacks: str | None = None

    @property
    def confidence(self) -> float:
        """The chance that the articles answer it."""
        return self.chances[0] if self.chances else 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What was found for each of the questions that a question consists of, at least one.

    `unmet` is what is told of filters that let in nothing, `slips` the words of the question that
    were mended, each with what was read for it.
    """

    question: str
    found: tuple[Found, ...]
    timings: dict[str, float]
    unmet: tuple[str, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """The chance that the articles answer any of them."""
        return max(one.confidence for one in self.found)

    @property
    def told(self) -> tuple[str, ...]:
        """What is said of how the question was read, a line each."""
        return (*self.unmet, *(f'Read "{word}" as "{m}".' for word, m in self.slips.items()))

    @property
    def evidence(self) -> list[Evidence]:
        """The evidence of all parts, the best of each first."""
        rows = zip_longest(*(one.evidence for one in self.found))
        return [item for row in rows for item in row if item is not None]

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Each passage that was found once, best first."""
        if len(self.found) == 1:
            return self.found[0].hits
        best: dict[int, Hit] = {}
        for hit in sorted((h for one in self.found for h in one.hits), key=lambda h: -h.score):
            best.setdefault(hit.passage, hit)
        return tuple(best.values())


def by_chance(
    hits: Sequence[Hit], evidence: Sequence[Evidence], chances: Sequence[float]
) -> list[Hit]:
    """Return the hits that were read by the chance of their best sentence, then the others."""
    best: dict[int, float] = {}
    for item, chance in zip(evidence, chances, strict=True):
        best.setdefault(item.hit.passage, chance)
    read = [replace(h, score=best[h.passage]) for h in hits if h.passage in best]
    read.sort(key=lambda hit: -hit.score)
    least = read[-1].score if read else 1.0
    return read + [replace(h, score=h.score * least) for h in hits if h.passage not in best]


def surer(
    evidence: Sequence[Evidence],
    chances: Sequence[float],
    again: Sequence[Evidence],
    others: Sequence[float],
) -> list[float]:
    """Return the evidence's chances as another reading, for one of several things, bears them out.

    "Which two newspapers?" is doubted of a sentence that names but one of them. Where both readings
    have the same sentence first, the surer of them counts.
    """
    if not evidence or not again or _place(evidence[0]) != _place(again[0]):
        return list(chances)
    more = max(1.0, others[0] / max(chances[0], 1e-9))
    return [min(chance * more, max(chances[0], others[0])) for chance in chances]


def _place(item: Evidence) -> tuple[str, tuple[int, int]]:
    return item.hit.path, item.sentence
