"""Suites -> results: fill a store with each, ask, count."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from evals import baselines, bench, outcomes, results
from evals.results import Measured
from evals.settings import Settings
from evals.suites import Suite
from index.encoder import Encoder
from index.passages import PASSAGE_TOKENS
from index.store import Store
from index.sync import Report, sync
from rag.chain import Chain

T = TypeVar("T")


def measured(
    suites: Iterable[Suite],
    settings: Settings,
    *,
    kept: Path | None = None,
    fills: bool = True,
    beside: bool = False,
) -> Iterator[Measured]:
    """Measure one suite after the other, each in a store of its own unless one is `kept`.

    With `fills` the articles are indexed first; with `beside` the baselines come after each
    suite, on the same store.
    """
    for suite in suites:
        with tempfile.TemporaryDirectory(prefix="footnoted-eval-") as made:
            store = Store(kept or Path(made) / "store")
            speed = {}
            if fills:
                speed = fill(store, suite, settings.encoding(), settings.passage_tokens)
                speed["cold_start_s"] = cold_start(store, suite, settings)
            found = measure(suite, settings.chain(store), speed)
            yield found
            for name in baselines.names() if beside else ():
                other = tuple(baselines.measured(name, suite, store, settings))
                yield replace(found, outcomes=other, speed={}, baseline=name)


@contextmanager
def indexed(suite: Suite, named: Encoder) -> Iterator[Store]:
    """Give a store of a suite's articles that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="footnoted-fit-") as made:
        store = Store(Path(made) / "store")
        fill(store, suite, named)
        yield store


def fill(
    store: Store, suite: Suite, named: Encoder, tokens: int = PASSAGE_TOKENS
) -> dict[str, float]:
    """Index a suite's articles; return how long it took."""
    began = time.perf_counter()
    for step in sync(suite.articles, store, named, tokens=tokens):
        if isinstance(step, Report):
            for skipped in step.skipped:
                print(f"skipped: {skipped.path}: {skipped.reason}", file=sys.stderr)
            took = time.perf_counter() - began
            return {"index_s": took, "passages_a_second": step.encoded / took}
    raise AssertionError("an index run ends with its report")


def cold_start(store: Store, suite: Suite, settings: Settings) -> float:
    """Return the seconds that `ask` takes in a new process, the articles' own sentences shown."""
    named = {"--encoder": settings.encoder, "--reader": settings.reader}
    flags = [word for name, value in named.items() if value for word in (name, value)]
    asked = suite.questions[0].question
    return bench.seconds(["ask", "--store", str(store.folder), *flags, "--", asked])


def measure(suite: Suite, chain: Chain, speed: dict[str, Any] | None = None) -> Measured:
    """Ask every question of a suite."""
    began = time.perf_counter()
    found = tuple(drawn(suite.name, outcomes.ask(suite, chain), len(suite.questions)))
    took = time.perf_counter() - began
    return Measured(
        suite=suite.name,
        outcomes=found,
        questions=results.digest_of([_plain(asdict(q)) for q in suite.questions]),
        articles=results.digest_of_files(suite.articles),
        speed={
            **(speed or {}),
            "asked_s": took,
            "questions_a_second": len(found) / took,
            "peak_memory_mb": peak_memory(),
        },
    )


def _plain(question: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in question.items() if k != "line"}


def peak_memory() -> float:
    """Return the most memory that this process has held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def drawn(name: str, steps: Iterable[T], total: int | None) -> Iterator[T]:
    """Draw a bar on stderr while the steps go by."""
    from tqdm import tqdm

    # disable=None: no bar where stderr is no terminal
    yield from tqdm(steps, desc=name, total=total, disable=None, leave=False)
