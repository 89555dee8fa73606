"""Files of pairs and of claims, and drafts -> what the reader and the articles make of them."""

from __future__ import annotations

import argparse
import json
from typing import Any

from footnoted.questions import lines
from footnoted.terminal import print_verdict, verdict_object
from index.encoder import encoder
from index.errors import QuestionError, ReaderError
from index.store import Store
from rag.reader import Calibrated, reader


def read(asked: argparse.Namespace) -> int:
    """Print for each question and text the words that answer best, one JSON object a line."""
    from rag.texts import best

    rows = list(lines(asked.batch, "question", "text"))
    for number, row in rows:
        if not row["text"].strip() or not row["question"].strip():
            raise QuestionError(f"{asked.batch}, line {number}: question and text need words")
    named = encoder(asked.encoder)
    reads = reader(asked.reader, named)
    if not isinstance(reads, Calibrated):
        raise ReaderError(
            f"read needs a reader that points at words, which {asked.reader!r} does not"
        )
    for number, row in rows:
        try:
            found = best(row["question"], row["text"], reads, named.count)
        except ValueError as error:
            raise QuestionError(f"{asked.batch}, line {number}: {error}") from error
        start, end = found.span
        _print(
            {
                "id": row["id"],
                "score": round(found.score, 6),
                "start": start,
                "end": end,
                "quote": row["text"][start:end],
                "sentence": list(found.sentence),
            }
        )
    return 0


def check(asked: argparse.Namespace, store: Store) -> int:
    """Print the verdict on each claim of a batch, or on each sentence of a draft."""
    from rag.checking import against_text, among
    from rag.support import Support

    if (asked.draft is None) == (asked.batch is None):
        raise QuestionError("give one DRAFT, or --batch FILE")
    rows = list(_claims(asked))
    named = encoder(asked.encoder)
    support = Support(named, reader(asked.reader, named))
    for row in rows:
        if row.get("text") is None:
            found = among(row["claim"], store=store, encoder=named, support=support)
        else:
            found = against_text(row["claim"], row["text"], support)
        if asked.json or asked.batch:
            _print(verdict_object(row.get("id"), found))
        else:
            print_verdict(found)
    return 0


def _claims(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if asked.batch:
        rows = []
        for number, row in lines(asked.batch, "claim"):
            if not isinstance(row.get("text"), str | None) or not row["claim"].strip():
                raise QuestionError(f"{asked.batch}, line {number}: claim and text must be texts")
            rows.append(row)
        return rows
    from rag.texts import sentences

    try:
        text = asked.draft.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise QuestionError(f"cannot read {asked.draft}: {reason}") from error
    spans = sentences(text)
    if not spans:
        raise QuestionError(f"{asked.draft} holds no sentence")
    said = [(n, " ".join(text[s:e].split())) for n, (s, e) in enumerate(spans, start=1)]
    return [{"id": n, "claim": claim} for n, claim in said if any(c.isalnum() for c in claim)]


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value))
