"""TIME of 1963: news articles and queries with the articles that people judged relevant.

The SMART collection's. Nothing is answered, only ranked: kind "ranking", no answers, and each
judged document is gold as a whole file. Three judgements name documents that no copy has (424 and
425) and are left out, and with them the one query that has no other. Texts are in capitals, in
one line, without a title; a file holds the text alone, and is called by its number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from evals.outcomes import RANKING
from evals.public import articles
from evals.public.rows import Row, lines, once
from evals.suites import Gold, Question, Suite

FILES = ("time/docs.jsonl", "time/queries.jsonl", "time/qrels.jsonl")


def suite(data: Path, into: Path) -> Suite:
    """Write the articles into a folder; return the queries that have a judged article."""
    documents, queries, judgements = (lines(data / name) for name in FILES)
    texts = {}
    for row in documents:
        name = _name(row, "id")
        if name in texts:
            raise row.wrong(f"the id {row.text('id')!r} occurs twice")
        texts[name] = articles.checked(row.text("text"), row.place)
    known = {query.text("id") for query in queries}
    gold: dict[str, dict[str, Gold]] = defaultdict(dict)
    for row in judgements:
        query, name = row.text("query"), _name(row, "doc")
        if query not in known:
            raise row.wrong(f"there is no query {query!r}")
        if name in texts:
            gold[query][name] = Gold(name, -1, -1, 0)
    questions = [
        Question(query, row.text("text"), RANKING, (), tuple(gold[query].values()), line=row.place)
        for row in queries
        for query in (row.text("id"),)
        if gold[query]
    ]
    return Suite("time", articles.write(into, texts), once(questions))


def _name(row: Row, field: str) -> str:
    number = row.text(field)
    if not re.fullmatch("[0-9]{1,6}", number):
        raise row.wrong(f"{field} must be a number, not {number!r}")
    return f"{number:>03}.txt"
