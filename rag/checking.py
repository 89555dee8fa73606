"""A claim -> whether the articles, or a text at hand, support it, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.encoder import Encoder
from index.records import Hit, Span
from index.snapshot import Snapshot
from index.store import Store
from rag.agreement import words
from rag.records import Citation, Place, place
from rag.search import LONGEST, fused
from rag.support import Ground, Support

BACK = 3  # passages before one that tell who is meant in it, beside the article's first
AMONG = 8  # passages that a claim is held against
SUPPORTED = 0.5  # the least chance that counts as support
CLOSE = 0.6  # the share of a claim's words that a text must hold to be able to contradict it

Word = Literal["supported", "contradicted", "no_evidence"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim; `score` is the chance of support, the citations its best words."""

    claim: str
    verdict: Word
    score: float
    citations: tuple[Citation, ...]


def among(claim: str, *, store: Store, encoder: Encoder, support: Support) -> Verdict:
    """Return the verdict of the articles on a claim."""
    hits = fused(claim[:LONGEST], store=store, encoder=encoder, k=AMONG)
    with store.snapshot() as snapshot:
        grounds = [(hit, support.ground(claim, hit.quote, _before(hit, snapshot))) for hit in hits]
    if not grounds:
        return Verdict(claim, "no_evidence", 0.0, ())
    hit, ground = max(grounds, key=lambda pair: support.of(pair[1]))
    score = support.of(ground)
    if score < SUPPORTED:
        # What speaks against it is not what comes nearest to saying it, but what says it otherwise.
        against = [pair for pair in grounds if _contradicts(pair[1])]
        if against:
            hit, ground = against[0]
            return Verdict(claim, "contradicted", score, _citations(claim, hit, ground))
        return Verdict(claim, "no_evidence", score, ())
    return Verdict(claim, "supported", score, _citations(claim, hit, ground))


def _before(hit: Hit, snapshot: Snapshot) -> str:
    """The title of the article and what stands before the passage in it."""
    own = [other for other in snapshot.passages_of(hit.path) if other.article == hit.article]
    front = [other.quote for other in own if other.start < hit.start]
    return "\n".join(filter(None, [hit.title, *front[:1], *front[1:][-BACK:]]))


def against_text(claim: str, text: str, support: Support) -> Verdict:
    """Return the verdict of one text on a claim; its citations are places in the text."""
    ground = support.ground(claim, text)
    score = support.of(ground)
    word: Word = "supported" if score >= SUPPORTED else "no_evidence"
    if word == "no_evidence" and _contradicts(ground):
        word = "contradicted"
    if word == "no_evidence":
        return Verdict(claim, word, score, ())
    places = [
        Place("", 1, None, None, None, start, end, text[start:end])
        for start, end in _deciding(claim, text, ground)
    ]
    return Verdict(claim, word, score, _marked(places))


def _contradicts(ground: Ground) -> bool:
    """Whether most of the claim stands there, but another number, name or word, or a denial.

    Or it says of one what is said there of the other. That a name or a number is missing there
    contradicts nothing.
    """
    found = ground.features
    differs = ground.turned or ground.put or found["denial"] < 0
    return ground.other or (found["covered"] >= CLOSE and differs)


def _citations(claim: str, hit: Hit, ground: Ground) -> tuple[Citation, ...]:
    start = hit.start
    spans = [(s + start, e + start) for s, e in _deciding(claim, hit.quote, ground)]
    return _marked([place(hit, span) for span in spans])


def _deciding(claim: str, text: str, ground: Ground) -> list[Span]:
    """The sentence that has most of the claim's words, of those with as many the nearest."""
    said = {*words(claim)}
    return sorted(ground.sentences, key=lambda span: -len(said & {*words(text[slice(*span)])}))[:1]


def _marked(places: Sequence[Place]) -> tuple[Citation, ...]:
    return tuple(Citation(mark, where) for mark, where in enumerate(places, start=1))
