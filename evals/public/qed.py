"""QED: which sentence of a paragraph answers, and with which words.

Lamm et al. 2021, on Natural Questions: typed searches, Wikipedia tokenised with blanks. Only the
records of one supporting sentence count ("single_sentence"). The answers are all spans that
annotators gave, some of them outside that sentence. Kinds: several sentences, one sentence (no
choice, so always right). Questions on one Wikipedia article are a group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import reading
from evals.public.reading import Case
from evals.public.rows import Row, lines, once
from index.records import Span
from rag.reader import Points

FILES = ("qed/qed.jsonl",)


def read(data: Path, reader: Points) -> Iterator[Outcome]:
    """Return which sentence was chosen for each question, and which words in it."""
    return reading.read(cases(data), reader)


def cases(data: Path) -> tuple[Case, ...]:
    """Return the questions in the order of the file."""
    rows = lines(data / FILES[0])
    return once([_case(row) for row in rows if _kind(row) == "single_sentence"])


def _kind(row: Row) -> str:
    return row.row("annotation").text("explanation_type")


def _case(row: Row) -> Case:
    text = row.text("paragraph_text")
    sentences = _sentences(row.wholes("sentence_starts"), text)
    chosen = _span(row.row("annotation").row("selected_sentence"), text)
    if not any(chosen[0] <= start < chosen[1] for start, _ in sentences):
        raise row.wrong("its selected sentence is none of its sentences")
    return Case(
        id=str(row.field("example_id")),
        kind="several sentences" if len(sentences) > 1 else "one sentence",
        question=row.text("question_text"),
        group=row.text("title_text"),
        path=row.text("title_text"),
        text=text,
        sentences=sentences,
        line=row.place,
        wordings=_wordings(row, text),
        gold=(chosen,),
        choose=True,
    )


def _wordings(row: Row, text: str) -> tuple[str, ...]:
    value = row.field("original_nq_answers")
    if not isinstance(value, list):
        raise row.wrong("original_nq_answers must be a list")
    spans = [
        _span(answer, text)
        for given in value
        for answer in Row({"answers": given}, row.place).rows("answers")
    ]
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _sentences(starts: Sequence[int], text: str) -> tuple[Span, ...]:
    found = []
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        words = text[start:end].rstrip()
        if words:
            found.append((start, start + len(words)))
    return tuple(found)


def _span(row: Row, text: str) -> Span:
    start, end = row.whole("start"), row.whole("end")
    if start >= end or text[start:end] != row.text("string"):
        raise row.wrong(f"{row.text('string')[:60]!r} does not stand from {start} to {end}")
    return start, end
