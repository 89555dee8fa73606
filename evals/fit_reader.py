"""Fit what stands around the reader on the sample articles: `python -m evals.fit_reader`.

The features' weights by conditional logistic regression (McFadden 1974): each question's right
sentences against all others that were read. The sigmoid by Platt's method (1999) on the best
score of answerable and unanswerable questions. The threshold is the highest that loses at most
5% of the answerable ones. Writes the three into the reader's .json; no other suite is looked at.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

from evals import measures
from evals.run import fill
from evals.suites import Question, bundled, load, placed
from index.encoder import encoder
from index.records import Hit
from index.store import Store
from rag import reader
from rag.chain import READ, fused

LOST = 0.05


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reader", type=Path, default=reader.DATA / "reader.safetensors")
    asked = parser.parse_args()
    fit(asked.reader)


def fit(file: Path) -> None:
    """Fit on the bundled suite and write the reader's .json."""
    rows, right, answerable = table(file)
    weights = conditional_logit(rows, right)
    best = np.array([(row @ weights).max() for row in rows])
    slope, intercept = platt(best, answerable)
    chances = 1 / (1 + np.exp(-(slope * best + intercept)))
    # Just below the chance of the answerable question at the place that may be lost.
    kept = np.sort(chances[answerable])
    threshold = float(kept[int(LOST * len(kept))]) - 1e-4
    about = json.loads(file.with_suffix(".json").read_text("utf-8"))
    about |= {
        "weights": dict(zip(reader.FEATURES, weights.round(4).tolist(), strict=True)),
        "slope": round(slope, 4),
        "intercept": round(intercept, 4),
        "threshold": round(threshold, 4),
    }
    file.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    first = [bool(g[np.argmax(r @ weights)]) for r, g in zip(rows, right, strict=True) if g.any()]
    auroc = measures.auroc(chances[answerable].tolist(), chances[~answerable].tolist())
    refused = float((chances[~answerable] < threshold).mean())
    print(json.dumps({k: v for k, v in about.items() if k != "sha256"}, indent=2))
    print(f"first sentence is gold {np.mean(first):.3f}, auroc {auroc:.3f}, refused {refused:.3f}")


def table(file: Path) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Return for each question its sentences' features, which of them are right, answerable."""
    named = encoder(None)
    read = reader.Extractive(file, fitted=False)
    suite = load(bundled()[0])
    rows, right = [], []
    with tempfile.TemporaryDirectory(prefix="footnoted-fit-") as made:
        store = Store(Path(made) / "store")
        fill(store, suite, named)
        with store.snapshot() as snapshot:
            questions = [placed(q, snapshot.text) for q in suite.questions]
        for question in questions:
            hits = fused(question.question, store=store, encoder=named, k=READ)
            rows.append(np.concatenate([_rows(read, question, hit) for hit in hits]))
            right.append(np.concatenate([_right(question, hit) for hit in hits]))
    return rows, right, np.array([bool(q.answers) for q in questions])


def _rows(read: reader.Extractive, question: Question, hit: Hit) -> np.ndarray:
    inside = [(s - hit.start, e - hit.start) for s, e in hit.sentences]
    marks = [r.score for r in read.spans(question.question, hit.quote, inside)]
    return reader.features(question.question, hit, marks)


def _right(question: Question, hit: Hit) -> np.ndarray:
    return np.array(
        [
            any(
                hit.path == gold.path
                and measures.overlap(sentence, (gold.start, gold.end)) > 0.5
                and measures.holds(
                    hit.quote[sentence[0] - hit.start : sentence[1] - hit.start], question.answers
                )
                for gold in question.gold
            )
            for sentence in hit.sentences
        ],
        bool,
    )


def conditional_logit(rows: list[np.ndarray], right: list[np.ndarray]) -> np.ndarray:
    """Return the weights that make the right rows of each question likeliest among all."""
    from scipy.optimize import minimize

    pairs = [(r, g) for r, g in zip(rows, right, strict=True) if g.any()]
    scale = np.concatenate(rows).std(axis=0) + 1e-9

    def cost(weights: np.ndarray) -> float:
        total = 0.0
        for row, good in pairs:
            scores = (row / scale) @ weights
            total += np.logaddexp.reduce(scores) - np.logaddexp.reduce(scores[good])
        return float(total / len(pairs) + 0.01 * (weights**2).sum())

    return np.asarray(minimize(cost, np.ones(rows[0].shape[1])).x / scale)


def platt(scores: np.ndarray, positive: np.ndarray) -> tuple[float, float]:
    """Return slope and intercept of the sigmoid, both kinds of question weighing the same.

    Targets are smoothed as Platt has it, so that no chance becomes 0 or 1.
    """
    from scipy.optimize import minimize

    yes, no = positive.sum(), (~positive).sum()
    target = np.where(positive, (yes + 1) / (yes + 2), 1 / (no + 2))
    weight = np.where(positive, 0.5 / yes, 0.5 / no)
    middle, spread = scores.mean(), scores.std() + 1e-9
    at = (scores - middle) / spread

    def cost(line: np.ndarray) -> float:
        z = line[0] * at + line[1]
        return float((weight * (np.logaddexp(0, z) - target * z)).sum())

    slope, intercept = minimize(cost, np.array([1.0, 0.0])).x
    return float(slope / spread), float(intercept - slope * middle / spread)


if __name__ == "__main__":
    main()
