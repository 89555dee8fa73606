"""SQuAD 2.0, a slice: Wikipedia paragraphs, half of the questions only seem to be answered there.

Rajpurkar et al. 2018. A question is read with its paragraph; its group is the article, so that
intervals are by article, of which there are four. The "plausible answers" of what has no answer
are left aside. Kinds: answerable, unanswerable.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import reading
from evals.public.reading import Case
from evals.public.rows import Row, once, whole
from index.records import Span
from rag.reader import Points

FILES = ("squad2/slice.json",)


def read(data: Path, reader: Points) -> Iterator[Outcome]:
    """Return what became of each question."""
    return reading.read(cases(data), reader)


def cases(data: Path) -> tuple[Case, ...]:
    """Return the questions in the order of the file."""
    file = data / FILES[0]
    found = [
        case
        for article in Row(whole(file), str(file)).rows("data")
        for paragraph in article.rows("paragraphs")
        for case in _cases(article.text("title"), paragraph)
    ]
    return once(found)


def _cases(title: str, paragraph: Row) -> Iterator[Case]:
    text = paragraph.text("context")
    sentences = reading.sentences(text)
    for question in paragraph.rows("qas"):
        missing = question.flag("is_impossible")
        gold = {} if missing else dict(_answer(a, text) for a in question.rows("answers"))
        if not gold and not missing:
            raise question.wrong("it is said to have an answer, and has none")
        yield Case(
            id=question.text("id"),
            kind="unanswerable" if missing else "answerable",
            question=question.text("question"),
            group=title,
            path=f"{title}, paragraph {paragraph.number}",
            text=text,
            sentences=sentences,
            line=question.place,
            wordings=tuple(dict.fromkeys(gold.values())),
            gold=tuple(gold),
        )


def _answer(answer: Row, text: str) -> tuple[Span, str]:
    words, start = answer.text("text"), answer.whole("answer_start")
    if text[start : start + len(words)] != words:
        raise answer.wrong(f"{words[:60]!r} does not stand at {start}")
    return (start, start + len(words)), words
