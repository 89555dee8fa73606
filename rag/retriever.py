"""Question -> hits: nearest vectors and matching words, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.encoder import Encoder
from index.kin import Kin
from index.records import Hit
from index.snapshot import Snapshot
from index.where import Where
from rag.versions import different, same
from rag.words import terms

DEPTH = 100  # how many passages each of the two lists holds
DEEPEST = 6400  # the same where most of them repeat a few texts
MOST_COPIES = 100  # passages that are looked through for copies of a hit
MOST_TERMS = 64  # full-text search takes time for each: 25 s for 2,000 over 200,000 passages


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each list counts: nearest vectors, matching words, the article's own words."""

    dense: float = 1.0
    lexical: float = 1.0
    article: float = 0.3


WEIGHTS = Weights()


def retrieve(
    question: str,
    *,
    snapshot: Snapshot,
    encoder: Encoder,
    k: int,
    where: Where | None = None,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """Return up to k hits, best first, a text that several files carry once.

    Convex combination of min-max scores (Bruch et al. 2023, section 3): on 236 news questions
    over 3,012 articles it gave MRR@10 .649, where dense alone gave .579, BM25 alone .627 and
    reciprocal rank fusion .632. The article's own BM25 is added with a small weight.
    """
    words = terms(question)[:MOST_TERMS]
    vector = encoder.encode([question])[0]
    depth = DEPTH
    while True:
        cosines = dict(snapshot.nearest(vector, depth, where))
        lexical = dict(snapshot.lexical(words, depth, where))
        scores = _fused(words, cosines, lexical, snapshot, depth, weights)
        families = snapshot.families_of(list(scores))
        chosen = different(_hits(scores, cosines, families, snapshot, k), families, k)
        # Where copies fill the lists, what else there is lies deeper.
        if len(chosen) == k or not families or len(scores) < depth or depth >= DEEPEST:
            return [with_copies(hit, families, chosen, snapshot, where) for hit in chosen]
        depth *= 4


def _fused(
    words: Sequence[str],
    cosines: Mapping[int, float],
    lexical: Mapping[int, float],
    snapshot: Snapshot,
    depth: int,
    weights: Weights,
) -> dict[int, float]:
    """Return the scores of all passages of the two lists, best first."""
    found = sorted(cosines.keys() | lexical.keys())
    articles = _levelled(snapshot.lexical_articles(words, depth))
    article_of = snapshot.articles_of(found)
    lists = (
        (weights.dense, _levelled(cosines), None),
        (weights.lexical, _levelled(lexical), None),
        (weights.article, articles, article_of),
    )
    whole = sum(weight for weight, _, _ in lists)
    scores = {
        i: sum(w * scored.get(at[i] if at else i, 0.0) for w, scored, at in lists) / whole
        for i in found
    }
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _hits(
    scores: Mapping[int, float],
    cosines: Mapping[int, float],
    families: Mapping[int, Kin],
    snapshot: Snapshot,
    k: int,
) -> list[Hit]:
    """Return the passages of families, and the first k of the others, best first.

    Of copies with one score the earliest published comes first, then the fullest.
    """
    alone = [i for i in scores if i not in families][:k]
    hits = [
        replace(hit, score=scores[hit.passage], cosine=cosines.get(hit.passage, 0.0))
        for hit in snapshot.passages([*alone, *families])
    ]
    return sorted(
        hits, key=lambda h: (-h.score, h.published or "9999", -len(h.quote), h.path, h.start)
    )


def with_copies(
    hit: Hit,
    families: Mapping[int, Kin],
    chosen: Sequence[Hit],
    snapshot: Snapshot,
    where: Where | None,
) -> Hit:
    """The hit with the passages of other articles that say the same."""
    own = families.get(hit.passage)
    if own is None:
        return hit
    taken = {c.passage for c in chosen}
    others = (h for h in snapshot.relatives(own, MOST_COPIES, where) if h.passage not in taken)
    here = hit.path, hit.article
    copies = tuple(h for h in others if (h.path, h.article) != here and same(hit, h))
    return replace(hit, family=own.article, copies=copies)


def _levelled(scores: Mapping[int, float]) -> dict[int, float]:
    """Min-max: the best becomes 1, the worst 0."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {i: (s - low) / (high - low) if high > low else 1.0 for i, s in scores.items()}
