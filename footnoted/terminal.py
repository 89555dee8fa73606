"""How answers, hits and verdicts look in a terminal, and as JSON.

Results go to stdout, all else to stderr. JSON is ASCII-escaped, one object a line.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # an error is told without numpy, which may be what was being imported
    from index.records import Hit
    from rag.checking import Verdict
    from rag.records import Answer, Citation, Place, Sentence


def print_hits(row: dict[str, Any], hits: Sequence[Hit], *, as_json: bool) -> None:
    """Print a question's hits."""
    if as_json:
        made = [
            {**_hit(hit), "score": round(hit.score, 6), "also": [_hit(c) for c in hit.copies]}
            for hit in hits
        ]
        print_json({"id": row.get("id"), "question": row["question"], "hits": made})
        return
    for number, hit in enumerate(hits, start=1):
        print(f"{number}. {_head(hit)}  {hit.score:.3f}")
        print(_wrapped(hit.quote, "   "))
        for copy in hit.copies:
            print(f"   also in {_head(copy)}")


def print_answer(id: Any, answer: Answer, *, as_json: bool) -> None:
    """Print an answer with its footnotes."""
    if as_json:
        print_json(answer_object(id, answer))
        return
    if answer.status == "answered":
        groups = {group.sentence: group for group in reversed(answer.groups)}
        for number, sentence in enumerate(answer.sentences):
            marks = "".join(f"[{mark}]" for mark in sentence.marks)
            print(_wrapped(f"{sentence.unmarked} {marks}", ""))
            if (group := groups.get(number)) and group.files > 1:
                print(f"  {counted(group.sources, group.files)}")
        print()
        _print_sources(answer.citations)
    else:
        print("Not found in the articles." + (" Nearest:" if answer.nearest else ""))
        for citation in answer.nearest:
            print(_wrapped(citation.place.quote, "  "))
            print(f"    {_head(citation.place)}")
    print_notices(answer.notices)


def print_notices(notices: Sequence[str]) -> None:
    """Print what else is to be said to stderr."""
    for notice in notices:
        print(f"footnoted: {visible(notice)}", file=sys.stderr)


def counted(sources: int, files: int) -> str:
    """Return how many independent texts say it, and how many files carry them."""
    said = "1 source" if sources == 1 else f"{sources} independent sources"
    return said if files == sources else f"{said}, carried by {files} files"


def _print_sources(citations: Sequence[Citation]) -> None:
    for citation in citations:
        print(f"[{citation.mark}] {_head(citation.place)}")
        for other in citation.also:
            print(f"    also in {_head(other)}")


def answer_object(id: Any, answer: Answer) -> dict[str, Any]:
    """Return an answer as the command line's JSON has it."""
    return {
        "id": id,
        "question": answer.question,
        "status": answer.status,
        "confidence": round(answer.confidence, 4),
        "text": answer.text,
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "groups": [asdict(group) for group in answer.groups],
        "citations": [_citation(c) for c in answer.citations],
        "nearest": [_citation(c) for c in answer.nearest],
        "notices": list(answer.notices),
        "timings_ms": answer.timings,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    """A sentence as JSON; `answers` where it answers several parts of the question."""
    said: dict[str, Any] = {"text": sentence.text, "marks": list(sentence.marks)}
    if sentence.answer:
        said["answer"] = sentence.answer
    if len(sentence.words) > 1:
        said["answers"] = [words.span for words in sentence.words]
    return said


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "mark": citation.mark,
        **asdict(citation.place),
        "also": [asdict(place) for place in citation.also],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    fields = ("path", "article", "title", "publisher", "published", "start", "end", "quote")
    return {name: getattr(hit, name) for name in fields}


WORDS = {"supported": "+", "contradicted": "x", "no_evidence": "?"}


def print_verdict(verdict: Verdict) -> None:
    """Print a claim under its sign: + supported, x contradicted, ? without evidence."""
    print(_wrapped(f"{WORDS[verdict.verdict]} {verdict.claim}", ""))
    for citation in verdict.citations:
        print(_wrapped(citation.place.quote, "    "))
        print(f"    {_head(citation.place)}")


def verdict_object(id: Any, verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as the command line's JSON has it."""
    return {
        "id": id,
        "claim": verdict.claim,
        "verdict": verdict.verdict,
        "score": round(verdict.score, 6),
        "citations": [_citation(c) for c in verdict.citations],
    }


def print_status(about: dict[str, Any], *, as_json: bool) -> None:
    """Print what a store holds."""
    if as_json:
        print_json(about)
        return
    for name, value in about.items():
        if isinstance(value, dict):
            value = ", ".join(f"{word} {number}" for word, number in value.items())
        print(f"{name.replace('_', ' ')}: {visible(str(value))}")


def _head(place: Place | Hit) -> str:
    title = getattr(place, "called", place.title)
    about = ", ".join(filter(None, (title, place.publisher, place.published)))
    about = " ".join(about.split())
    page = getattr(place, "page", None)
    where = f"{place.path}, {f'page {page}, ' if page else ''}"
    where += f"characters {place.start} to {place.end}"
    return visible(f"{about} ({where})" if about else where)


def _wrapped(text: str, indent: str) -> str:
    width = min(100, shutil.get_terminal_size().columns)
    cells = filter(None, (" ".join(cell.split()) for cell in text.split("\t")))
    row = visible("   ".join(cells))  # a table's row stays one to the eye
    return textwrap.fill(row, width, initial_indent=indent, subsequent_indent=indent)


def visible(text: str) -> str:
    """Return text without a character that could move the cursor or change the screen's colours."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def line(text: str) -> str:
    """Return text as one line that changes nothing else on the screen."""
    return visible(" ".join(text.split()))


def print_json(value: object) -> None:
    """Print one line of ASCII."""
    print(json.dumps(value))
