"""Fit what stands around the reader on the bundled suites: `python -m evals.fit_reader`.

The features' weights by conditional logistic regression (McFadden 1974): each question's right
sentences against all others that were read. The sigmoid by Platt's method (1999): the chance that
the best sentence is right, from its score and the best odds that a passage answers at all. The
threshold is the highest that loses at most 5% of the answerable questions. Writes the three into
the reader's .json; no other suite is looked at.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from evals import measures
from evals.run import indexed
from evals.suites import Question, bundled, load, placed
from index.encoder import encoder
from index.records import Hit
from rag import reader
from rag.chain import READ, fused
from rag.followups import alone
from rag.planted import planted

LOST = 0.05


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reader", type=Path, default=reader.DATA / "reader.safetensors")
    asked = parser.parse_args()
    fit(asked.reader)


def fit(file: Path) -> None:
    """Fit on the bundled suites and write the reader's .json."""
    rows, right, odds, answerable, pair = table(file)
    weights = conditional_logit(rows, right)
    best = np.array([(row @ weights).max() for row in rows])
    first = np.array([g[np.argmax(r @ weights)] for r, g in zip(rows, right, strict=True)])
    (slope, odd), intercept = platt(np.column_stack([best, odds]), first)
    chances = 1 / (1 + np.exp(-(slope * best + odd * odds + intercept)))
    # Just below the chance of the answerable question at the place that may be lost.
    kept = np.sort(chances[answerable])
    threshold = float(kept[int(LOST * len(kept))]) - 1e-4
    about = json.loads(file.with_suffix(".json").read_text("utf-8"))
    about |= {
        "weights": dict(zip(reader.FEATURES, weights.round(4).tolist(), strict=True)),
        "slope": round(slope, 4),
        "odds": round(odd, 4),
        "intercept": round(intercept, 4),
        "threshold": round(threshold, 4),
        "alone": dict(zip(("slope", "intercept"), pair, strict=True)),
    }
    file.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    auroc = measures.auroc(chances[answerable].tolist(), chances[~answerable].tolist())
    error = measures.calibration_error(chances.tolist(), first.tolist())
    refused = float((chances[~answerable] < threshold).mean())
    print(json.dumps({k: v for k, v in about.items() if k != "sha256"}, indent=2))
    print(
        f"{len(rows)} questions: first sentence is gold {first[answerable].mean():.3f}, auroc "
        f"{auroc:.3f}, calibration error {error:.3f}, refused {refused:.3f}"
    )


Table = tuple[list[np.ndarray], list[np.ndarray], np.ndarray, np.ndarray, tuple[float, float]]


def table(file: Path) -> Table:
    """Return for each question its sentences' features, which are right, odds, answerable.

    Last comes the sigmoid for a passage alone, from as many that answer as on-topic ones that do
    not, one of each for a question.
    """
    named = encoder(None)
    read = reader.Extractive(file, fitted=False)
    rows, right, odds, answerable = [], [], [], []
    marks: list[tuple[float, bool]] = []
    rng = np.random.default_rng(1)
    for folder in bundled():
        suite = load(folder)
        with indexed(suite, named) as store:
            with store.snapshot() as snapshot:
                questions = [placed(q, snapshot.text) for q in suite.questions]
            for question in questions:
                asked = alone(question.question, question.history)
                hits = fused(asked, store=store, encoder=named, k=READ)
                found = [
                    (*_read(read, asked, hit), good)
                    for hit in hits
                    if len(good := _right(question, hit))
                ]
                rows.append(np.concatenate([row for row, _, _ in found]))
                right.append(np.concatenate([good for _, _, good in found]))
                odds.append(max(odd for _, odd, _ in found))
                answerable.append(bool(question.answers))
                for answers in (True, False):
                    alike = [odd for _, odd, good in found if good.any() == answers]
                    if alike and (answers or question.answers):
                        marks.append((float(rng.choice(alike)), answers))
    scores, positive = np.array([m for m, _ in marks]), np.array([g for _, g in marks])
    (slope,), intercept = platt(scores[:, None], positive)
    pair = round(slope, 4), round(intercept, 4)
    return rows, right, np.array(odds), np.array(answerable), pair


def _read(read: reader.Extractive, asked: str, hit: Hit) -> tuple[np.ndarray, float]:
    """The features of a hit's sentences that may answer, and the odds that any does."""
    readings = read.spans(asked, hit.quote, reader.inside(hit))
    rows = reader.features(asked, hit, [r.score for r in readings])
    return np.asarray(rows[_meant(hit)]), readings[0].odds


def _meant(hit: Hit) -> np.ndarray:
    """Which sentences may answer at all."""
    texts = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    return ~np.array([planted(text) for text in texts], bool)


def _right(question: Question, hit: Hit) -> np.ndarray:
    right = np.array(
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
    return np.asarray(right[_meant(hit)])


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


def platt(rows: np.ndarray, positive: np.ndarray) -> tuple[list[float], float]:
    """Return weights and intercept of the sigmoid that gives the chance of a positive.

    `rows` has shape (cases, scores). Targets are smoothed as Platt has it, so that no chance
    becomes 0 or 1.
    """
    from scipy.optimize import minimize

    yes, no = positive.sum(), (~positive).sum()
    target = np.where(positive, (yes + 1) / (yes + 2), 1 / (no + 2))
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    at = (rows - middle) / spread

    def cost(line: np.ndarray) -> float:
        z = at @ line[:-1] + line[-1]
        return float((np.logaddexp(0, z) - target * z).mean())

    line = minimize(cost, np.append(np.ones(rows.shape[1]), 0.0)).x
    weights = line[:-1] / spread
    return weights.tolist(), float(line[-1] - weights @ middle)


if __name__ == "__main__":
    main()
