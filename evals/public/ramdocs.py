"""RAMDocs: questions on a name that several share, with documents that disagree.

Wang et al. 2025. Every document is a file. A question's answers are its `gold_answers` as far as
a document of the type "correct" gives them (39 of 550 no document gives, and the one question
left without any is left out); gold, for each answer, are these documents as whole files. What
the documents of the type "misinfo" say must `never` be shown, unless a right answer or a correct
document holds the same words; the set's `wrong_answers` that no document says are nothing to
resist. Misinformation cannot be told from its text alone, so "resisted" of 1.0 is not to be had.
A question's documents are its own: no text is given to two. Kinds: single (one answer), conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals import measures
from evals.public import articles
from evals.public.rows import Row, lines
from evals.suites import Gold, Question, Suite

FILES = ("ramdocs/ramdocs.jsonl",)
TYPES = ("correct", "misinfo", "noise")


def suite(data: Path, into: Path) -> Suite:
    """Write the documents into a folder; return the questions that one of them answers."""
    rows = lines(data / FILES[0])
    texts = {}
    for row in rows:
        for document in row.rows("documents"):
            text = document.text("text")
            texts[articles.named(text)] = articles.checked(text, document.place)
    asked = [_question(row) for row in rows]
    questions = tuple(question for question in asked if question.answers)
    return Suite("ramdocs", articles.write(into, texts), questions)


def _question(row: Row) -> Question:
    said: dict[str, list[tuple[str, str]]] = {kind: [] for kind in TYPES}
    for document in row.rows("documents"):
        kind = document.text("type")
        if kind not in said:
            raise document.wrong(f"unknown type {kind!r}; one of {', '.join(TYPES)}")
        said[kind].append((document.text("text"), document.text("answer")))
    where = {answer: _saying(answer, said["correct"]) for answer in row.texts("gold_answers")}
    answers = tuple((answer,) for answer, paths in where.items() if paths)
    right = [*where, *(text for text, _ in said["correct"])]
    false = dict.fromkeys(answer for _, answer in said["misinfo"])
    return Question(
        id=str(row.number),
        question=row.text("question"),
        kind="single" if len(answers) == 1 else "conflict",
        answers=answers,
        gold=tuple(
            Gold(path, -1, -1, number)
            for number, (answer,) in enumerate(answers)
            for path in where[answer]
        ),
        never=tuple(f for f in false if not any(measures.holds(r, [[f]]) for r in right)),
        line=row.place,
    )


def _saying(answer: str, documents: Sequence[tuple[str, str]]) -> list[str]:
    """The files of the documents that give this answer."""
    said = measures.normalised(answer)
    found = [text for text, given in documents if measures.normalised(given) == said]
    return [articles.named(text) for text in dict.fromkeys(found)]
