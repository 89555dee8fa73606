"""QAGS, its CNN/Daily Mail part: sentences of machine-written summaries with three votes each.

Wang et al. 2020. A sentence is supported if most of its votes are "yes". Articles have lost
capitals, and the summaries copy much, so that common words alone are a strong judge. Sentences on
one article are a group. Kinds: supported, unsupported.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import support
from evals.public.rows import Row, lines
from evals.public.support import Claim, Judge

FILES = ("qags/cnndm.jsonl",)


def check(data: Path, judge: Judge) -> Iterator[Outcome]:
    """Return how each sentence was judged by its article."""
    return support.check(claims(data), judge)


def claims(data: Path) -> list[Claim]:
    """Return the sentences with their articles, in the order of the file."""
    return [
        _claim(article, sentence)
        for article in lines(data / FILES[0])
        for sentence in article.rows("summary_sentences")
    ]


def _claim(article: Row, sentence: Row) -> Claim:
    votes = [vote.text("response") for vote in sentence.rows("responses")]
    if not votes or not set(votes) <= {"yes", "no"}:
        raise sentence.wrong(f"its votes must be yes or no, not {votes!r}")
    supported = 2 * votes.count("yes") > len(votes)
    return Claim(
        id=f"{article.number}-{sentence.number}",
        claim=sentence.text("sentence"),
        label="supported" if supported else "unsupported",
        supported=supported,
        group=str(article.number),
        evidence=(article.text("article"),),
        line=sentence.place,
    )
