"""Fit what stands around the reader on four bundled suites: `python -m evals.fit_reader`.

The features' weights by conditional logistic regression: each question's right sentences against
all others that were read. The sigmoid by Platt's method: the chance that the best
sentence is right, from its score, the best odds that a passage answers at all and those of the
sentence read alone, and what is known of a word that its article lacks. The threshold is the
highest that loses at most 5% of the answerable questions. Writes the three into the reader's
.json; no other suite is looked at.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from evals import measures
from evals.logistic import conditional_logit, platt
from evals.run import indexed
from evals.suites import Question, choosing, load, placed
from index.encoder import encoder
from index.records import Hit
from index.snapshot import Snapshot
from rag import reader
from rag.chain import READ
from rag.compound import Part, apart
from rag.features import FEATURES, features
from rag.lacking import LACKING, lacking
from rag.planted import planted
from rag.search import fused
from rag.spans import inside
from rag.texts import in_passages, sentences

LOST = 0.05


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reader", type=Path, default=reader.DATA / "reader.safetensors")
    asked = parser.parse_args()
    fit(asked.reader)


@dataclass(frozen=True, slots=True)
class Asked:
    """A bundled question, or a part of one, as it was read.

    `whole` numbers the questions. `rows` has its sentences' features, shape (sentences, FEATURES);
    `right` says which of them answer, `lacks` whose article lacks a word of the question;
    `sentences` are their texts, `odds` the best log odds that a passage answers.
    """

    whole: int
    question: str
    rows: np.ndarray
    right: np.ndarray
    lacks: np.ndarray
    sentences: tuple[str, ...]
    odds: float
    answerable: bool


def fit(file: Path) -> None:
    """Fit on the bundled suites and write the reader's .json."""
    read = reader.Extractive(file, fitted=False)
    cases, alone = table(read)
    weights = conditional_logit([c.rows for c in cases], [c.right for c in cases])
    scores = [case.rows @ weights for case in cases]
    chosen = [int(np.argmax(score)) for score in scores]
    again = [
        reader.again_alone(read, case.question, case.sentences[best])
        for case, best in zip(cases, chosen, strict=True)
    ]
    known = np.column_stack([[s.max() for s in scores], [c.odds for c in cases], again])
    first = np.array([case.right[best] for case, best in zip(cases, chosen, strict=True)])
    lacks = np.array([case.lacks[best] for case, best in zip(cases, chosen, strict=True)])
    against = -np.log(LACKING) * lacks
    answerable = np.array([case.answerable for case in cases])
    line, intercept = platt(known, first, against)
    chances = 1 / (1 + np.exp(-(known @ line + intercept + against)))
    # A question is answered where a part of it is. Just below the chance of the answerable question
    # at the place that may be lost.
    wholes = np.array([case.whole for case in cases])
    best = np.array([chances[wholes == whole].max() for whole in range(wholes.max() + 1)])
    meant = np.array([answerable[wholes == whole].any() for whole in range(len(best))])
    kept = np.sort(best[meant])
    threshold = float(kept[int(LOST * len(kept))]) - 1e-4
    about = json.loads(file.with_suffix(".json").read_text("utf-8"))
    about |= {
        "weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)),
        **{n: round(v, 4) for n, v in zip(("slope", "odds", "again"), line, strict=True)},
        "intercept": round(intercept, 4),
        "threshold": round(threshold, 4),
        "alone": dict(zip(("slope", "intercept"), alone, strict=True)),
    }
    file.with_suffix(".json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    auroc = measures.auroc(best[meant].tolist(), best[~meant].tolist())
    error = measures.calibration_error(chances.tolist(), first.tolist())
    refused = float((best[~meant] < threshold).mean())
    print(json.dumps({k: v for k, v in about.items() if k != "sha256"}, indent=2))
    print(
        f"{len(best)} questions: first sentence is gold {first[answerable].mean():.3f}, auroc "
        f"{auroc:.3f}, calibration error {error:.3f}, refused {refused:.3f}"
    )


def table(read: reader.Extractive) -> tuple[list[Asked], tuple[float, float]]:
    """Return each bundled question as it was read, and the sigmoid for a text at hand.

    That is fitted on as many passages that answer as on-topic ones that do not, one of each for a
    question.
    """
    named = encoder(None)
    cases: list[Asked] = []
    asked_before = 0
    marks: list[tuple[float, bool]] = []
    rng = np.random.default_rng(1)
    for folder in choosing():
        suite = load(folder)
        with (
            indexed(suite, named) as store,
            store.snapshot() as snapshot,
            ThreadPoolExecutor(2) as pool,
        ):
            questions = [placed(q, snapshot.text) for q in suite.questions]
            numbered = enumerate(questions, start=asked_before)
            asked_before += len(questions)
            for whole, part, question in ((n, *part) for n, q in numbered for part in _parts(q)):
                asked = part.alone
                hits = fused(asked, store=store, encoder=named, k=READ)
                meant = [(hit, _right(question, hit)) for hit in hits]
                shown = [(hit, good) for hit, good in meant if len(good)]
                made = pool.map(partial(_read, read, asked), [hit for hit, _ in shown])
                found = [(hit, *what, good) for (hit, good), what in zip(shown, made, strict=True)]
                cases.append(
                    Asked(
                        whole,
                        asked,
                        np.concatenate([rows for _, rows, _, _ in found]),
                        np.concatenate([good for _, _, _, good in found]),
                        np.concatenate([_lacks(part, hit, snapshot) for hit, *_ in found]),
                        tuple(text for hit, *_ in found for text in _texts(hit)),
                        max(odds for _, _, odds, _ in found),
                        bool(question.answers),
                    )
                )
                for answers in (True, False):
                    alike = [hit for hit, good in meant if len(good) and good.any() == answers]
                    if alike and (answers or question.answers):
                        text = alike[int(rng.integers(len(alike)))].quote
                        spans = sentences(text)
                        readings = in_passages(asked, text, spans, read, named.count)
                        marks.append((readings[0].odds, answers))
    odds, positive = np.array([m for m, _ in marks]), np.array([g for _, g in marks])
    (slope,), intercept = platt(odds[:, None], positive)
    return cases, (round(slope, 4), round(intercept, 4))


def _lacks(part: Part, hit: Hit, snapshot: Snapshot) -> np.ndarray:
    """Whether a hit's article lacks a word of the question, for each sentence that may answer."""
    return np.full(int(_meant(hit).sum()), lacking(part.typed, hit, snapshot) is not None)


def _parts(question: Question) -> list[tuple[Part, Question]]:
    """A question as it is asked, part by part, each with its own answer where that is known."""
    parts = apart(question.question, question.history)
    if len(parts) != len(question.answers):
        return [(part, question) for part in parts]
    return [
        (
            part,
            replace(
                question,
                answers=(question.answers[number],),
                gold=tuple(gold for gold in question.gold if gold.answer == number),
            ),
        )
        for number, part in enumerate(parts)
    ]


def _read(read: reader.Extractive, asked: str, hit: Hit) -> tuple[np.ndarray, float]:
    """The features of a hit's sentences that may answer, and the odds that any does."""
    readings = read.spans(asked, hit.quote, inside(hit))
    rows = features(asked, hit, readings)
    return np.asarray(rows[_meant(hit)]), readings[0].odds


def _texts(hit: Hit) -> list[str]:
    """The sentences of a hit that may answer."""
    texts = [hit.quote[start - hit.start : end - hit.start] for start, end in hit.sentences]
    return [text for text, meant in zip(texts, _meant(hit), strict=True) if meant]


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


if __name__ == "__main__":
    main()
