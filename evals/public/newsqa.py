"""NewsQA, a slice: CNN stories with questions that a crowd wrote from their highlights.

Trischler et al. 2017, as the MRQA shared task has it (Fisch et al. 2019): one answer a question.
Asked of the whole collection, the gold is the span in its story; many questions are vague without
it, so all systems score low. Read in its story alone, the span is scored.
Either way the questions on one story are a group. Kind: single.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import articles, reading
from evals.public.reading import Case
from evals.public.rows import Row, lines, once
from evals.suites import Gold, Question, Suite
from rag.reader import Points

FILES = ("newsqa/articles.zip", "newsqa/questions.jsonl")


def suite(data: Path, into: Path) -> Suite:
    """Write the stories into a folder; return the questions over all of them."""
    texts, questions = _loaded(data)
    return Suite("newsqa", articles.write(into, texts), questions)


def read(data: Path, reader: Points) -> Iterator[Outcome]:
    """Return what became of each question, read in its own story."""
    return reading.read(cases(data), reader)


def cases(data: Path) -> list[Case]:
    """Return the questions, each with its story, in the order of the file."""
    texts, questions = _loaded(data)
    stories = {name: articles.plain(text) for name, text in texts.items()}
    sentences = {name: reading.sentences(text) for name, text in stories.items()}
    return [
        Case(
            id=question.id,
            kind=question.kind,
            question=question.question,
            group=path,
            path=path,
            text=stories[path],
            sentences=sentences[path],
            line=question.line,
            wordings=question.answers[0],
            gold=tuple((gold.start, gold.end) for gold in question.gold),
        )
        for question in questions
        for path in (question.gold[0].path,)
    ]


def _loaded(data: Path) -> tuple[dict[str, str], tuple[Question, ...]]:
    texts = articles.archive(data / FILES[0])
    questions = [_question(row, texts) for row in lines(data / FILES[1])]
    return texts, once(questions)


def _question(row: Row, texts: Mapping[str, str]) -> Question:
    path = row.text("file")
    if path not in texts:
        raise row.wrong(f"there is no article {path!r}")
    answers = row.rows("answers")
    if not answers:
        raise row.wrong("it has no answer")
    return Question(
        id=row.text("id"),
        question=row.text("question"),
        kind="single",
        answers=(tuple(dict.fromkeys(answer.text("text") for answer in answers)),),
        gold=tuple(_gold(answer, path, texts[path]) for answer in answers),
        group=path,
        line=row.place,
    )


def _gold(answer: Row, path: str, text: str) -> Gold:
    start, words = answer.whole("answer_start"), answer.text("text")
    if text[start : start + len(words)] != words:
        raise answer.wrong(f"{words[:60]!r} does not stand at {start} of {path}")
    return Gold(path, articles.moved(text, start), articles.moved(text, start + len(words)), 0)
