"""Our own questions on BBC news of 2004-05: half of them only seem to be answered.

The articles are those of `bbc.zip` (Greene and Cunningham 2006) that the reader was neither trained
nor fitted on (`evals/written.py`), with one another for company. Of the eight questions on one
four are answered by it and four ask for what it does not tell. Kinds: single, unanswerable.
"""

from __future__ import annotations

from pathlib import Path

from evals.public import articles
from evals.suites import Gold, Question, Suite
from evals.written import Part, load

FILES = ("bbc.zip",)


def suite(data: Path, into: Path) -> Suite:
    """Write the articles kept for reporting into a folder; return the questions on them."""
    return asked("news", load(data)[2], into)


def asked(name: str, part: Part, into: Path) -> Suite:
    """Write a part's articles into a folder; return its questions over all of them."""
    made = []
    for number, item in enumerate(part.questions, start=1):
        said = tuple(dict.fromkeys(item.article[start:end] for start, end in item.answers))
        made.append(
            Question(
                id=f"n{number:04d}",
                question=item.question,
                kind="single" if said else "unanswerable",
                answers=(said,) if said else (),
                gold=tuple(Gold(_name(item.file), start, end, 0) for start, end in item.answers),
                group=item.file,
                line=item.line,
            )
        )
    folder = articles.write(into, {_name(file): text for file, text in part.texts.items()})
    return Suite(name, folder, tuple(made))


def _name(file: str) -> str:
    return file.replace("/", "-")
