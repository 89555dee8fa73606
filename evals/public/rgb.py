"""RGB's counterfactual part: search snippets with an answer, and the same with it falsified.

Chen et al. 2024. A question comes with `positive` snippets that hold the true answer,
`positive_wrong` ones in which another stands in its place, and `negative` ones that do not
answer. Every snippet is a file; the same text is one file. Three suites:

rgb          true and negative snippets: the answer is there, its copies falsified are not
rgb-false    all three: the true answer is right, the falsified one is what should `never` be
             shown; since nothing in the words tells them apart, "resisted" says how often the
             majority of snippets or chance kept it away, and 1.0 is not to be had
rgb-refusal  negative snippets only: nothing answers; left out are those that may (they hold a
             right answer and half the words of its question), as two negatives of their own
             question and some of other questions do

Gold are the true snippets as whole files. Two snippets were falsified in name only (they are
word for word the true ones) and count as true; a falsified answer that true snippets hold too is
no `never`. Kinds: single, conflict, unanswerable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals import measures
from evals.public import articles
from evals.public.rows import Row, lines, once
from evals.suites import Gold, Question, Suite
from rag.words import shared, terms

FILES = ("rgb/en_fact.jsonl",)
MAY_ANSWER = 0.5  # the share of a question's words in a snippet that holds its answer


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    true: tuple[str, ...]
    false: tuple[str, ...]
    negative: tuple[str, ...]


def suite(data: Path, into: Path) -> Suite:
    """Write true and negative snippets into a folder; return the questions."""
    asked = _loaded(data)
    texts = [text for a in asked for text in (*a.true, *a.negative)]
    questions = tuple(replace(a.question, never=()) for a in asked)
    return Suite("rgb", _written(into, texts), questions)


def suite_false(data: Path, into: Path) -> Suite:
    """Write all snippets into a folder; return the questions with what is false."""
    asked = _loaded(data)
    texts = [text for a in asked for text in (*a.true, *a.false, *a.negative)]
    questions = tuple(replace(a.question, kind="conflict") for a in asked)
    return Suite("rgb-false", _written(into, texts), questions)


def suite_refusal(data: Path, into: Path) -> Suite:
    """Write negative snippets into a folder; return the questions, which none of them answers."""
    asked = _loaded(data)
    questions = [a.question for a in asked]
    texts = [text for a in asked for text in a.negative if not _may_answer(text, questions)]
    unanswerable = tuple(
        replace(question, kind="unanswerable", answers=(), gold=(), never=())
        for question in questions
    )
    return Suite("rgb-refusal", _written(into, texts), unanswerable)


def _written(into: Path, texts: Sequence[str]) -> Path:
    return articles.write(into, {articles.named(text): text for text in texts})


def _may_answer(text: str, questions: Sequence[Question]) -> bool:
    return any(
        measures.holds(text, question.answers)
        and shared(terms(question.question), text) >= MAY_ANSWER
        for question in questions
    )


def _loaded(data: Path) -> list[_Asked]:
    asked = [_asked(row) for row in lines(data / FILES[0])]
    once([a.question for a in asked])
    return asked


def _asked(row: Row) -> _Asked:
    true, wrong, negative = (_snippets(row, n) for n in ("positive", "positive_wrong", "negative"))
    if not true:
        raise row.wrong("it has no positive passage")
    false = row.text("fakeanswer").strip()
    shown = [*true, *(wording for answer in _answers(row) for wording in answer)]
    question = Question(
        id=str(row.whole("id")),
        question=row.text("query"),
        kind="single",
        answers=_answers(row),
        gold=tuple(Gold(path, -1, -1, 0) for path in map(articles.named, true)),
        never=() if any(measures.holds(text, [[false]]) for text in shown) else (false,),
        line=row.place,
    )
    return _Asked(question, true, tuple(t for t in wrong if t not in true), negative)


def _snippets(row: Row, name: str) -> tuple[str, ...]:
    return tuple(articles.checked(text, row.place) for text in dict.fromkeys(row.texts(name)))


def _answers(row: Row) -> tuple[tuple[str, ...], ...]:
    """The answer is a text, or for dates a list of parts, each a list of wordings."""
    if isinstance(row.field("answer"), str):
        return ((row.text("answer").strip(),),)
    value = row.field("answer")
    if not isinstance(value, list) or not value:
        raise row.wrong("answer is neither a text nor a list of lists of texts")
    parts = tuple(Row({"answer": part}, row.place).texts("answer") for part in value)
    if not all(wording.strip() for part in parts for wording in part) or not all(parts):
        raise row.wrong("an answer has no wording")
    return tuple(tuple(dict.fromkeys(part)) for part in parts)
