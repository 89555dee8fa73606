"""Fit the support check: `python -m evals.fit_support --data DIR`.

On claims made by rule (`evals/claims.py`), from the bundled articles and from the pool of
questions that the reader is trained on. Logistic regression; articles and questions weigh the same,
so do both classes, and in them every way a claim was made. One source of claims in two (an article,
a context) is kept apart and reported. Takes about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals import measures, reader_pool
from evals.claims import Made, of_articles, of_questions
from evals.run import indexed
from evals.suites import choosing, load
from index.encoder import encoder
from index.records import Hit
from rag.reader import reader
from rag.support import FEATURES, FITTED, Support

SEED = 7
CONTEXTS = 220  # of the pool: about as many claims as the bundled articles give


def main() -> None:
    """Fit, report on the half kept apart, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    asked = parser.parse_args()
    named = encoder(None)
    judge = Support(named, reader(None, named), fitted=False)
    rng = random.Random(SEED)
    train, dev = reader_pool.load(asked.data)
    articles = list(of_articles(list(_articles()), rng))
    made = [*articles, *of_questions([*train, *dev], CONTEXTS, rng)]
    marks = np.array([claim.true for claim in made])
    own = np.arange(len(made)) < len(articles)
    apart = np.array([hashlib.sha256(c.group.encode()).digest()[0] % 2 == 0 for c in made])
    table, stands = _table(judge, made)
    worth = weights_of(own, made)
    weights, bias = fitted(table[~apart], marks[~apart], worth[~apart])
    scores = table @ weights + bias - np.where(stands, 0.0, 99.0)
    for name, part in (("articles", own), ("questions", ~own)):
        _report(name, scores[part & apart], marks[part & apart])
    weights, bias = fitted(table, marks, worth)
    about = {"weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)),
             "bias": round(bias, 4)}  # fmt: skip
    FITTED.write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    print(json.dumps(about))


def _table(judge: Support, made: Sequence[Made]) -> tuple[np.ndarray, np.ndarray]:
    """Return each claim's features, shape (claims, FEATURES), and whether its numbers stand."""
    grounds = [judge.ground(claim.claim, claim.text) for claim in made]
    rows = [[ground.features[name] for name in FEATURES] for ground in grounds]
    return np.array(rows), np.array([ground.stands for ground in grounds])


def _report(name: str, scores: np.ndarray, true: np.ndarray) -> None:
    right = measures.balanced_accuracy((scores > 0).tolist(), true.tolist())
    area = measures.auroc(scores[true].tolist(), scores[~true].tolist())
    print(f"{name}: {len(true)} claims apart, balanced accuracy {right:.3f}, auroc {area:.3f}")


def _articles() -> Iterator[tuple[str, list[str]]]:
    named = encoder(None)
    for folder in choosing():
        with indexed(load(folder), named) as store, store.snapshot() as snapshot:
            for path in snapshot.paths():
                hits = snapshot.passages_of(path)
                for article in dict.fromkeys(hit.article for hit in hits):
                    own = [s for h in hits if h.article == article for s in _sentences(h)]
                    if len(own) > 3:
                        yield f"{path} {article}", own


def _sentences(hit: Hit) -> list[str]:
    start = hit.start
    return [" ".join(hit.quote[s - start : e - start].split()) for s, e in hit.sentences]


def weights_of(own: np.ndarray, made: Sequence[Made]) -> np.ndarray:
    """Return what each claim weighs, their sum 1: sources, classes and kinds the same each."""
    keys = [(bool(here), claim.true, claim.kind) for here, claim in zip(own, made, strict=True)]
    often = Counter(keys)
    kinds = Counter((here, true) for here, true, _ in often)
    worth: np.ndarray = np.array([1 / often[key] / kinds[key[:2]] for key in keys])
    return np.asarray(worth / worth.sum())


def fitted(rows: np.ndarray, true: np.ndarray, worth: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights and the bias, float, that tell true rows from false ones.

    No weight is below 0: each feature speaks for a claim.
    """
    from scipy.optimize import minimize

    def cost(line: np.ndarray) -> float:
        z = rows @ line[:-1] + line[-1]
        loss = (worth * (np.logaddexp(0, z) - true * z)).sum() / worth.sum()
        return float(loss + 1e-4 * (line[:-1] ** 2).sum())

    bounds = [(0.0, None)] * rows.shape[1] + [(None, None)]
    line = minimize(cost, np.zeros(rows.shape[1] + 1), bounds=bounds).x
    return line[:-1], float(line[-1])


if __name__ == "__main__":
    main()
