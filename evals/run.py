"""Suites -> scores: retrieval, answers, citations and the courage to say "not found"."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from evals import measures
from evals.suites import Question, Suite, bundled, load, placed
from index.encoder import Encoder, encoder
from index.records import Hit
from index.store import Store
from index.sync import Report, sync
from rag.chain import Chain
from rag.reader import reader
from rag.records import Answer, Citation
from rag.writer import Chatting, Quoting, Writer

FIRST_WORDS = 70  # the first sentence counts as far as this


@dataclass(frozen=True, slots=True)
class Result:
    """One question's outcome; answerable ones score 0 or 1 each, confidence tells the two apart."""

    question: Question
    answer: Answer
    passage_rank: float
    in_five: bool
    first_holds: bool
    cites_gold: bool
    exact: bool


def command(asked: argparse.Namespace) -> int:
    """Run `footnoted eval`: the suites named, else the bundled ones; print one table or JSON."""
    suites = [load(folder, asked.articles) for folder in asked.suites or bundled()]
    named = encoder(asked.encoder)
    writer: Writer = Quoting()
    if asked.model:
        from rag.models import chat_model

        writer = Chatting(chat_model(asked.model), asked.model)
    scores = {}
    for suite in suites:
        with tempfile.TemporaryDirectory(prefix="footnoted-eval-") as made:
            store = Store(asked.store) if asked.store else Store(Path(made) / "store")
            if not asked.store:
                fill(store, suite, named)
            chain = Chain(
                store, named, reader(asked.reader, named), writer, threshold=asked.threshold
            )
            scores[suite.name] = summary(measure(suite, chain))
    if asked.json:
        print(json.dumps({suite: _numbers(score) for suite, score in scores.items()}))
    else:
        _print(scores)
    return 0


def fill(store: Store, suite: Suite, named: Encoder) -> None:
    """Index a suite's articles."""
    for step in sync(suite.articles, store, named):
        if isinstance(step, Report):
            for skipped in step.skipped:
                print(f"skipped: {skipped.path}: {skipped.reason}", file=sys.stderr)


def measure(suite: Suite, chain: Chain) -> list[Result]:
    """Ask every question of a suite; one that was refused is also answered all the same."""
    always = replace(chain, threshold=0.0)
    results = []
    with chain.store.snapshot() as snapshot:
        text = cache(snapshot.text)
        for question in suite.questions:
            question = placed(question, text)
            look = chain.look(question.question)
            answer = chain.answer(look)
            forced = answer if answer.sentences else always.answer(look)
            right = [_right(hit, question) for hit in look.hits[:10]]
            results.append(
                Result(
                    question=question,
                    answer=answer,
                    passage_rank=measures.reciprocal_rank(right),
                    in_five=any(right[:5]),
                    first_holds=_first_holds(forced, question),
                    cites_gold=any(_cites(c, question) for c in forced.citations[:1]),
                    exact=all(
                        text(place.path)[place.start : place.end] == place.quote
                        for c in (*forced.citations, *answer.nearest)
                        for place in (c.place, *c.also)
                    ),
                )
            )
    return results


def _right(hit: Hit, question: Question) -> bool:
    return any(
        hit.path == gold.path
        and measures.overlap((hit.start, hit.end), (gold.start, gold.end)) > 0.5
        for gold in question.gold
    )


def _first_holds(answer: Answer, question: Question) -> bool:
    if not answer.sentences:
        return False
    first = " ".join(answer.sentences[0].text.split()[:FIRST_WORDS])
    return measures.holds(first, question.answers)


def _cites(citation: Citation, question: Question) -> bool:
    span = citation.place.start, citation.place.end
    return any(
        citation.place.path == gold.path and measures.overlap(span, (gold.start, gold.end)) > 0
        for gold in question.gold
    )


def summary(results: Sequence[Result]) -> dict[str, float]:
    """Return the suite's scores by name."""
    asked = [r for r in results if r.question.answers]
    empty = [r for r in results if not r.question.answers]
    return {
        "questions": len(results),
        "unanswerable": len(empty),
        "passage_first": _share([r.passage_rank == 1 for r in asked]),
        "passage_in_five": _share([r.in_five for r in asked]),
        "passage_mrr10": _share([r.passage_rank for r in asked]),
        "first_sentence_holds": _share([r.first_holds for r in asked]),
        "first_citation_gold": _share([r.cites_gold for r in asked]),
        "exact": _share([r.exact for r in results]),
        "auroc": measures.auroc(
            [r.answer.confidence for r in asked], [r.answer.confidence for r in empty]
        ),
        "refused_right": _share([r.answer.status == "not_found" for r in empty]),
        "refused_wrong": _share([r.answer.status == "not_found" for r in asked]),
    }


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _numbers(scores: dict[str, float]) -> dict[str, float | None]:
    """Return the scores as JSON can say them: what could not be counted is null."""
    return {name: None if value != value else value for name, value in scores.items()}


def _print(scores: dict[str, dict[str, float]]) -> None:
    names = list(next(iter(scores.values())))
    width = max(len(name) for name in names)
    print(" " * width + "".join(f"{suite:>12}" for suite in scores))
    for name in names:
        values = (f"{suite[name]:12.3f}" if isinstance(suite[name], float) else
                  f"{suite[name]:12}" for suite in scores.values())  # fmt: skip
        print(f"{name:<{width}}" + "".join(values))
