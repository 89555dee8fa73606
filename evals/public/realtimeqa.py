"""RealTimeQA: news articles of 2022 with the questions of weekly quizzes.

Kasai et al. 2023. Right is the article that the quiz links ("gold", chosen by people) and any
that holds the answer and most of the question's words ("silver", found automatically): both are
gold as whole files. The windows of up to three sentences with the answer ("passages", chosen
automatically, and some of them wrong) are gold as spans; their blanks are not the file's, so they
are looked for word by word. The answer is the quiz's right choice, as `wordings` has it. Files
keep their header of title, address, date and author. Kind: single.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.public import articles
from evals.public.rows import Row, lines, once
from evals.public.wordings import wordings
from evals.suites import Gold, Question, Suite
from index.records import Span

FILES = ("realtimeqa/articles.zip", "realtimeqa/questions.jsonl")
_log = logging.getLogger(__name__)


def suite(data: Path, into: Path) -> Suite:
    """Write the articles into a folder; return the questions over all of them."""
    texts = articles.archive(data / FILES[0])
    rows = lines(data / FILES[1])
    questions = once([_question(row, texts) for row in rows])
    return Suite("realtimeqa", articles.write(into, texts), questions)


def _question(row: Row, texts: Mapping[str, str]) -> Question:
    paths = dict.fromkeys((*row.texts("gold"), *row.texts("silver")))
    if missing := [path for path in paths if path not in texts]:
        raise row.wrong(f"there is no article {missing[0]!r}")
    if not paths:
        raise row.wrong("it has no gold article")
    return Question(
        id=row.text("id"),
        question=row.text("question"),
        kind="single",
        answers=(wordings(row.text("answer")),),
        gold=(*(Gold(path, -1, -1, 0) for path in paths), *_windows(row, texts)),
        line=row.place,
    )


def _windows(row: Row, texts: Mapping[str, str]) -> Iterator[Gold]:
    for window in row.rows("passages"):
        path, words = window.text("file"), window.text("passage")
        if path not in texts:
            raise window.wrong(f"there is no article {path!r}")
        span = found(words, articles.plain(texts[path]))
        if span is None:
            _log.warning("%s: %s does not hold the passage; left out", window.place, path)
        else:
            yield Gold(path, *span, 0)


def found(words: str, text: str) -> Span | None:
    """Return where the words stand in the text, whatever blanks lie between them."""
    match = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return match and match.span()
