"""Public sets from a folder that the user names -> results, as of any suite.

A set's articles are unpacked into the user's cache and their store is kept beside them: what was
encoded once is not encoded again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals import run
from evals.outcomes import Outcome
from evals.public import baselines, sets
from evals.public.support import Judge
from evals.results import Measured
from evals.settings import Settings
from evals.suites import Suite
from index.encoder import Encoder
from index.runtime import cache_folder
from rag.support import Support


def measured(
    names: Sequence[str], data: Path, settings: Settings, *, beside: bool = False
) -> Iterator[Measured]:
    """Measure one set after the other, and with `beside` the plain ways after each."""
    for name in names:
        digest = sets.digest(name, data)
        folder = cache_folder() / "public" / f"{name}-{digest[:12]}"
        opened = sets.opened(
            name,
            data,
            folder / "articles",
            reader=sets.reads(settings.reading(), settings.encoding()),
            judge=Support(settings.encoding(), settings.reading()).chance,
        )
        if isinstance(opened, Suite):
            store = folder / f"store-{settings.passage_tokens}"
            yield from run.measured([opened], settings, kept=store, fills=True, beside=beside)
            continue
        yield _measured(name, digest, opened)
        for other, outcomes in _plain(name, data, settings.encoding()) if beside else ():
            yield _measured(name, digest, outcomes, other)


def _measured(
    name: str, digest: str, outcomes: Iterator[Outcome], baseline: str | None = None
) -> Measured:
    began = time.perf_counter()
    found = tuple(run.drawn(baseline or name, outcomes, None))
    took = time.perf_counter() - began
    speed = {"asked_s": took, "peak_memory_mb": run.peak_memory()}
    return Measured(name, found, digest, digest, speed, baseline)


def _plain(name: str, data: Path, named: Encoder) -> Iterator[tuple[str, Iterator[Outcome]]]:
    """The same questions read, or claims judged, by likeness, words and numbers alone."""
    judges: dict[str, Judge] = {
        "similarity": baselines.likeness(named),
        "words": baselines.common_words,
        "numbers": baselines.common_numbers,
    }
    match sets.found(name, data):
        case sets.Reading(read=read):
            yield "similarity", read(data, baselines.Nearest(named))
            yield "bm25", read(data, baselines.CommonWords())
        case sets.Support(check=check):
            yield from ((other, check(data, judge)) for other, judge in judges.items())
