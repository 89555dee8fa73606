"""A public set's name -> whether its files are there, and what it gives.

A set gives one of two things: a `Suite`, to be indexed and asked like any other, or outcomes,
one after the other, of reading or of judging without a store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import (
    news,
    newsqa,
    qags,
    qed,
    ramdocs,
    realtimeqa,
    rgb,
    selqa,
    squad2,
    time_magazine,
    wice,
)
from evals.public.baselines import Nearest
from evals.public.reading import InPassages
from evals.public.rows import read_bytes
from evals.public.support import Judge
from evals.suites import Suite, SuiteError
from index.encoder import Encoder
from rag.reader import Points


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles that are written into a folder, and questions over all of them."""

    files: tuple[str, ...]
    suite: Callable[[Path, Path], Suite]


@dataclass(frozen=True, slots=True)
class Reading:
    """Questions that are read each with its text."""

    files: tuple[str, ...]
    read: Callable[[Path, Points], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Support:
    """Claims that are judged each by its evidence."""

    files: tuple[str, ...]
    check: Callable[[Path, Judge], Iterator[Outcome]]


Set = Collection | Reading | Support

SETS: Mapping[str, Set] = {
    "realtimeqa": Collection(realtimeqa.FILES, realtimeqa.suite),
    "news": Collection(news.FILES, news.suite),
    "newsqa": Collection(newsqa.FILES, newsqa.suite),
    "newsqa-read": Reading(newsqa.FILES, newsqa.read),
    "squad2": Reading(squad2.FILES, squad2.read),
    "selqa": Reading(selqa.FILES, selqa.read),
    "qed": Reading(qed.FILES, qed.read),
    "time": Collection(time_magazine.FILES, time_magazine.suite),
    "wice": Support(wice.FILES, wice.check),
    "wice-chunks": Support(wice.FILES_CHUNKS, wice.check_chunks),
    "qags": Support(qags.FILES, qags.check),
    "rgb": Collection(rgb.FILES, rgb.suite),
    "rgb-false": Collection(rgb.FILES, rgb.suite_false),
    "rgb-refusal": Collection(rgb.FILES, rgb.suite_refusal),
    "ramdocs": Collection(ramdocs.FILES, ramdocs.suite),
}
NAMES = tuple(SETS)


def found(name: str, data: Path) -> Set:
    """Return the set of that name, all its files there, or raise SuiteError."""
    if name not in SETS:
        raise SuiteError(f"there is no public set {name!r}; one of {', '.join(NAMES)}")
    for file in SETS[name].files:
        if not (data / file).is_file():
            raise SuiteError(f"{data} has no {file}, which {name} is read from")
    return SETS[name]


def opened(
    name: str, data: Path, into: Path, *, reader: Points, judge: Judge
) -> Suite | Iterator[Outcome]:
    """Return a set's suite, its articles written `into` a folder, or else its outcomes.

    The files are read at once; reading and judging is done as the outcomes are asked for.
    """
    which = found(name, data)
    match which:
        case Collection():
            return which.suite(data, into)
        case Reading():
            return which.read(data, reader)
        case Support():
            return which.check(data, judge)


def reads(reader: object, encoder: Encoder) -> Points:
    """Return what reads texts of any length: a reader that points at spans, else likeness."""
    if isinstance(reader, Points):
        return InPassages(reader, encoder.count)
    return Nearest(encoder)


def digest(name: str, data: Path) -> str:
    """Return one SHA-256 over a set's files: what a figure was measured on."""
    whole = hashlib.sha256()
    for file in found(name, data).files:
        whole.update(f"{file}\0{hashlib.sha256(read_bytes(data / file)).hexdigest()}\n".encode())
    return whole.hexdigest()
