"""Gold -> the passages and articles that are right, and how well a ranked list finds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cache

from evals import measures
from evals.suites import Question
from index.records import Hit
from index.snapshot import Snapshot

DEPTH = 10  # hits that are ranked


@dataclass(frozen=True, slots=True)
class Passage:
    """What is ranked: a stretch of a source, known by `id`."""

    id: int
    path: str
    article: int
    start: int
    end: int


Among = Callable[[str], Sequence[Passage]]  # a path -> all its passages


def passages_in(snapshot: Snapshot) -> Among:
    """Return the function that gives all passages of a path."""
    return cache(lambda path: [passage(hit) for hit in snapshot.passages_of(path)])


def passage(hit: Hit) -> Passage:
    """Return the place of a hit."""
    return Passage(hit.passage, hit.path, hit.article, hit.start, hit.end)


def relevant(question: Question, among: Among) -> tuple[set[int], set[tuple[str, int]]]:
    """The passages that hold most of a gold span, and the articles that any gold stands in."""
    passages: set[int] = set()
    articles: set[tuple[str, int]] = set()
    for gold in question.gold:
        found = list(among(gold.path))
        if gold.start >= 0:
            shares = [measures.overlap((p.start, p.end), (gold.start, gold.end)) for p in found]
            # A sentence longer than a passage lies in several: the one with most of it counts.
            least = min(0.5, max(shares, default=0.0))
            found = [p for p, share in zip(found, shares, strict=True) if share >= least > 0]
            passages |= {p.id for p in found}
        articles |= {(p.path, p.article) for p in found}
    return passages, articles


def whole(found: Sequence[Passage], articles: set[tuple[str, int]]) -> dict[str, float]:
    """Return the score of a list that ranks articles as far as it goes."""
    return {"article_map": measures.ap(_articles(found), articles)}


def _articles(found: Sequence[Passage]) -> list[tuple[str, int]]:
    return list(dict.fromkeys((p.path, p.article) for p in found))


def retrieval(
    found: Sequence[Passage], passages: set[int], articles: set[tuple[str, int]]
) -> dict[str, float]:
    """Return the retrieval scores of a ranked list, by passage and by article."""
    among = _articles(found)
    return {
        **(ranking("passage", [p.id for p in found], passages) if passages else {}),
        **(ranking("article", among, articles) if articles else {}),
    }


def ranking(
    name: str, found: Sequence[Hashable], relevant: Collection[Hashable]
) -> dict[str, float]:
    """Return the retrieval scores of one list, their names begun with `name`."""
    in_five = measures.rr(found, relevant, 5) > 0
    return {
        f"{name}_first": measures.rr(found, relevant, 1),
        f"{name}_in_five": float(in_five),
        f"{name}_recall5": measures.recall(found, relevant, 5),
        f"{name}_recall10": measures.recall(found, relevant, DEPTH),
        f"{name}_mrr10": measures.rr(found, relevant, DEPTH),
        f"{name}_ndcg10": measures.ndcg(found, relevant, DEPTH),
    }
