"""Files of pairs and of claims, and drafts -> what the reader and the articles make of them."""

from __future__ import annotations

import argparse
import json
from typing import Any

from footnoted.questions import rows, whole
from footnoted.terminal import print_verdict, verdict_object
from index.encoder import encoder
from index.errors import QuestionError, ReaderError
from index.store import Store
from rag.reader import Calibrated, reader
from rag.search import LONGEST


def read(asked: argparse.Namespace) -> int:
    """Print for each question and text the words that answer best, one JSON object a line."""
    from rag.texts import best

    pairs = rows(asked.batch, _pair, "question", "text")
    named = encoder(asked.encoder)
    reads = reader(asked.reader, named)
    if not isinstance(reads, Calibrated):
        raise ReaderError(
            f"read needs a reader that points at words, which {asked.reader!r} does not"
        )
    for row in pairs:
        found = best(row["question"], row["text"], reads, named.count)
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


def _pair(row: dict[str, Any]) -> dict[str, Any]:
    if not row["text"].strip() or not row["question"].strip():
        raise QuestionError("question and text need words")
    return row


def check(asked: argparse.Namespace, store: Store) -> int:
    """Print the verdict on each claim of a batch, or on each sentence of a draft."""
    from rag.checking import against_text, among
    from rag.support import Support

    if (asked.draft is None) == (asked.batch is None):
        raise QuestionError("give one DRAFT, or --batch FILE")
    claims = _claims(asked)
    named = encoder(asked.encoder)
    support = Support(named, reader(asked.reader, named))
    for row in claims:
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
        return rows(asked.batch, _claim, "claim")
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


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(row.get("text"), str | None):
        raise QuestionError("claim and text must be texts")
    if not any(c.isalnum() for c in row["claim"][:LONGEST]):
        raise QuestionError("the claim is empty")
    whole("the text", row.get("text") or "")
    return row


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value))
