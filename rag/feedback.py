"""What readers said of answers: kept beside the store, one JSON object a line, never sent."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from index.errors import StoreError
from rag.records import Answer, Place

FILE = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a source and where they stand."""

    path: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer.

    `correct` are the words that should have been cited, where the reader pointed at them;
    `when` is UTC to the second.
    """

    id: str
    when: str
    question: str
    history: tuple[str, ...]
    verdict: Literal["right", "wrong"]
    status: str
    confidence: float
    sentences: tuple[str, ...]
    citations: tuple[Words, ...]
    correct: Words | None = None
    note: str = ""


def keep(
    store: Path,
    answer: Answer,
    verdict: Literal["right", "wrong"],
    *,
    history: Sequence[str] = (),
    correct: Place | None = None,
    note: str = "",
) -> Feedback:
    """Add a reader's word on an answer to the store's folder and return it.

    One write of one line: two pages that write at once leave two lines. Raises StoreError where
    the folder cannot be written to.
    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    digest = hashlib.sha256(f"{when}\0{answer.question}\0{os.urandom(8).hex()}".encode())
    said = Feedback(
        id=digest.hexdigest()[:8],
        when=when,
        question=answer.question,
        history=tuple(history),
        verdict=verdict,
        status=answer.status,
        confidence=round(answer.confidence, 4),
        sentences=tuple(s.text for s in answer.sentences),
        citations=tuple(_words(c.place) for c in answer.citations),
        correct=_words(correct) if correct else None,
        note=note,
    )
    line = json.dumps(asdict(said)) + "\n"
    file = store / FILE
    try:
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab", buffering=0) as log:
            log.write(line.encode())
    except OSError as error:
        raise StoreError(f"cannot keep feedback in {file}: {error.strerror}") from error
    return said


def load(store: Path) -> list[Feedback]:
    """Return all that was kept, oldest first; a torn last line is left out.

    Raises StoreError naming the line where the file holds something else.
    """
    file = store / FILE
    try:
        lines = file.read_text("utf-8").split("\n") if file.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {file}: {error}") from error
    found = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            found.append(_feedback(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{file}, line {number}: {error}") from error
    return found


def _words(place: Place) -> Words:
    return Words(place.path, place.start, place.end, place.quote)


def _feedback(row: dict[str, Any]) -> Feedback:
    lists = {name: tuple(row[name]) for name in ("history", "sentences")}
    citations = tuple(Words(**words) for words in row["citations"])
    correct = Words(**row["correct"]) if row["correct"] else None
    return Feedback(**{**row, **lists, "citations": citations, "correct": correct})
