"""SelQA, a slice: which sentence of a section answers the question.

Jurczyk et al. 2016. The candidates, joined by blanks, are the text; they stay its sentences. Half
the questions paraphrase another in other words than the sentence has, and the halves are the
kinds: original, paraphrase. Questions on one Wikipedia article are a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import reading
from evals.public.reading import Case
from evals.public.rows import Row, whole
from evals.suites import SuiteError
from index.records import Span
from rag.reader import Points

FILES = ("selqa/selqa.json",)


def read(data: Path, reader: Points) -> Iterator[Outcome]:
    """Return which sentence was chosen for each question."""
    return reading.read(cases(data), reader)


def cases(data: Path) -> list[Case]:
    """Return the questions in the order of the file."""
    file = data / FILES[0]
    value = whole(file)
    if not isinstance(value, list) or not value:
        raise SuiteError(f"{file} holds no list of questions")
    return [_case(Row(item, f"{file}, question {n}", n)) for n, item in enumerate(value, start=1)]


def _case(row: Row) -> Case:
    candidates = row.texts("candidates")
    spans = _spans(candidates)
    gold = [spans[i] for i in row.wholes("answers") if i < len(spans)]
    gold = [(start, end) for start, end in gold if start < end]
    if len(gold) != len(row.wholes("answers")) or not gold:
        raise row.wrong(f"its answers {row.wholes('answers')} are none of its candidates")
    return Case(
        id=str(row.number),
        kind="paraphrase" if row.flag("is_paraphrase") else "original",
        question=row.text("question"),
        group=row.text("article"),
        path=f"{row.text('article')}, {row.text('section')}",
        text=" ".join(candidates),
        sentences=tuple((start, end) for start, end in spans if start < end),
        line=row.place,
        gold=tuple(gold),
        choose=True,
    )


def _spans(candidates: Sequence[str]) -> list[Span]:
    """Where the candidates stand, a blank between two; of an empty one nothing is left."""
    found, at = [], 0
    for candidate in candidates:
        start = at + len(candidate) - len(candidate.lstrip())
        found.append((start, start + len(candidate.strip())))
        at += len(candidate) + 1
    return found
