"""Fit the support check on claims made by rule: `python -m evals.fit_support`.

True claims are sentences of the bundled articles, whole or shortened at a comma, and pairs of
neighbours; they are held against their own article. False ones have a number, a name or a word
changed for another (Rajpurkar et al. 2018, section 3), are denied, are held against their article
without the sentence, or against another article. Logistic regression, both classes weighing the
same. Half of the articles are kept apart and reported.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator

import numpy as np

from evals import measures
from evals.reader_pool import swap
from evals.run import indexed
from evals.suites import bundled, load
from index.encoder import encoder
from index.records import Hit
from rag.reader import reader
from rag.support import FEATURES, FITTED, Support

SEED = 7
SHORTEST = 8  # words of a claim


def main() -> None:
    """Fit, report on the half kept apart, and write the weights."""
    named = encoder(None)
    judge = Support(named, reader(None, named), fitted=False)
    rows, true, kept = [], [], []
    for article, claim, text, holds in claims():
        ground = judge.ground(claim, text)
        rows.append([ground.features[name] for name in FEATURES])
        true.append(holds)
        kept.append(hashlib.sha256(article.encode()).digest()[0] % 2 == 0)
    table, marks, apart = np.array(rows), np.array(true), np.array(kept)
    weights, bias = fitted(table[~apart], marks[~apart])
    scores = table[apart] @ weights + bias
    right = measures.balanced_accuracy((scores > 0).tolist(), marks[apart].tolist())
    area = measures.auroc(scores[marks[apart]].tolist(), scores[~marks[apart]].tolist())
    weights, bias = fitted(table, marks)
    about = {"weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)),
             "bias": round(bias, 4)}  # fmt: skip
    FITTED.write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    print(json.dumps(about))
    print(f"{len(marks)} claims; apart: balanced accuracy {right:.3f}, auroc {area:.3f}")


def claims() -> Iterator[tuple[str, str, str, bool]]:
    """Yield (article, claim, text, whether the text states it) for the bundled articles."""
    rng = random.Random(SEED)
    articles = list(_articles())
    texts = [" ".join(sentences) for _, sentences in articles]
    for number, (name, sentences) in enumerate(articles):
        own = "\n".join(sentences)
        for place, sentence in enumerate(sentences):
            if len(sentence.split()) < SHORTEST or rng.random() < 0.5:
                continue
            yield name, _shortened(sentence, rng), own, True
            following = sentences[place + 1 : place + 2]
            if following and rng.random() < 0.5:
                yield name, f"{sentence} {following[0]}", own, True
            changed = _changed(sentence, texts, rng)
            if changed:
                yield name, changed, own, False
            rest = "\n".join(s for s in sentences if s != sentence)
            other = "\n".join(articles[(number + 1) % len(articles)][1])
            yield name, sentence, rng.choice([rest, other]), False


def _articles() -> Iterator[tuple[str, list[str]]]:
    named = encoder(None)
    for folder in bundled():
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


def _shortened(sentence: str, rng: random.Random) -> str:
    """The sentence as it is, or without what a comma parts off at either end."""
    parts = re.split(r",\s+", sentence)
    if len(parts) < 2 or rng.random() < 0.4:
        return sentence
    first, last = ", ".join(parts[1:]), ", ".join(parts[:-1]).rstrip(".") + "."
    made = rng.choice([first[:1].upper() + first[1:], last])
    return made if len(made.split()) >= SHORTEST // 2 else sentence


def _changed(sentence: str, texts: list[str], rng: random.Random) -> str | None:
    """The sentence with a number, a name or a word changed, or denied; None where nothing fits."""
    if rng.random() < 0.3:
        denied = re.sub(
            r"\b(was|were|is|are|has|have|had|will|would|can)\b", r"\1 not", sentence, count=1
        )
        return denied if denied != sentence else None
    return swap(sentence, rng.sample(texts, min(12, len(texts))), rng)


def fitted(rows: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights and the bias, float, that tell true rows from false ones.

    No weight is below 0: each feature speaks for a claim. Left free, that of the cosine was, since
    false claims made by rule are nearer to their text than most that people write.
    """
    from scipy.optimize import minimize

    weight = np.where(true, 0.5 / true.sum(), 0.5 / (~true).sum())

    def cost(line: np.ndarray) -> float:
        z = rows @ line[:-1] + line[-1]
        return float(
            (weight * (np.logaddexp(0, z) - true * z)).sum() + 1e-4 * (line[:-1] ** 2).sum()
        )

    bounds = [(0.0, None)] * rows.shape[1] + [(None, None)]
    line = minimize(cost, np.zeros(rows.shape[1] + 1), bounds=bounds).x
    return line[:-1], float(line[-1])


if __name__ == "__main__":
    main()
