"""What each question came to, and the worst of them as HTML, side by side with their gold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals import measures
from evals.plots import own, text

WORST = 20  # cases a suite
CLIP = 420  # letters of a quote; the longest of the sample suite's has 272
Row = Mapping[str, Any]

# The first of these that a suite has says whether a question went well; three are drawn by kind.
HEADS = ("accuracy", "supports", "passage_first", "citation_precision", "article_first", "resisted",
         "first_sentence_holds")  # fmt: skip
# What a question came to: the word in the table, and what its worst cases are headed by.
FATES = {
    "failed": ("failed", "Ended in an error"),
    "broken": ("broken", "A promise broken: a citation that does not hold, or planted words"),
    "wrong": ("wrong", "Wrong"),
    "invented": ("answered, wrongly", "Answered, though no article says"),
    "refused": ("refused, wrongly", "Refused, though an article says"),
    "silent": ("refused, rightly", ""),
    "right": ("right", ""),
}

ORDERS = {
    "wrong": ", the surest first",
    "invented": ", the surest first",
    "refused": ", the most doubtful first",
}
SHOWN = {"refused": "Refused; it would have said", "failed": "Failed"}  # else just "Shown"
PROMISES = ("exact", "covered", "resisted")  # below 1, something is broken, not only weak


def fate(question: Row) -> str:
    """Return what a question came to, a key of `FATES`."""
    scores = question["scores"]
    if question["error"]:
        return "failed"
    if any(scores.get(promise, 1) < 1 for promise in PROMISES):
        return "broken"
    if question["status"] == "not_found" and question["answerable"] is not None:
        return "refused" if question["answerable"] else "silent"
    if question["status"] == "answered" and question["answerable"] is False:
        return "invented"
    first = next((scores[name] for name in HEADS if name in scores), question["right"])
    return "wrong" if first is not None and first < 0.5 else "right"


def worst(questions: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the questions that went wrong, by their fate, the worst first."""
    found: dict[str, list[Row]] = {name: [] for name, (_, heading) in FATES.items() if heading}
    for question in questions:
        if (name := fate(question)) in found:
            found[name].append(question)
    for name, rows in found.items():
        sign = 1 if name == "refused" else -1
        rows.sort(key=lambda q: sign * (q["confidence"] or 0.0))
    return {name: rows for name, rows in found.items() if rows}


def section(questions: Sequence[Row]) -> str:
    """Return the worst cases, at most `WORST`, shared evenly among the ways to go wrong."""
    found = worst(questions)
    sizes = [len(rows) for rows in found.values()]
    each = max(n for n in range(WORST + 1) if sum(min(n, size) for size in sizes) <= WORST)
    parts = ""
    for name, rows in found.items():
        shown = f"{min(each, len(rows))} of {len(rows):,}" if len(rows) > each else f"{len(rows)}"
        if rows[0]["confidence"] is not None:
            shown += ORDERS.get(name, "")
        parts += f"<h4>{FATES[name][1]} <span>{shown}</span></h4>"
        parts += "".join(_case(question, name) for question in rows[:each])
    return "<h3>Worst cases</h3>" + (parts or '<p class="note">None.</p>')


def _case(question: Row, name: str) -> str:
    broken = (f"{k} {v:.2f}" for k, v in question["scores"].items() if k in PROMISES and v < 1)
    sure = question["confidence"]
    facts = [own(question["id"]), own(question["kind"])]
    facts += [] if sure is None else [f"confidence {sure:.2f}"]
    facts += broken if name == "broken" else []
    return (
        f'<article class="case"><h5>{own(question["question"], CLIP)}</h5>'
        f'<p class="note">{" · ".join(facts)}</p>'
        f"<div><div><h6>{SHOWN.get(name, 'Shown')}</h6>{_shown(question)}</div>"
        f'<div class="gold"><h6>Gold</h6>{_gold(question)}</div></div></article>'
    )


def _shown(question: Row) -> str:
    """Each sentence with the citations of just its words below it, then all other citations."""
    left = list(question["citations"])
    parts = f'<p class="error">{own(question["error"], CLIP)}</p>' if question["error"] else ""
    for sentence in question["shown"]:
        ours = [c for c in left if c["quote"] == sentence]
        left = [c for c in left if c["quote"] != sentence]
        parts += f"<blockquote>{_marked(sentence, question)}</blockquote>"
        parts += "".join(_place(c, question) for c in ours)
    for citation in left:
        parts += f'<blockquote class="cited">{_marked(citation["quote"], question)}</blockquote>'
        parts += _place(citation, question)
    return parts or '<p class="note">Nothing.</p>'


def _gold(question: Row) -> str:
    answers = "".join(f"<li>{_wanted(wanted)}</li>" for wanted in question["wanted"])
    parts = f"<ul>{answers}</ul>" if answers else ""
    if question["answerable"] is False:
        parts = '<p class="note">No article answers this.</p>'
    for gold in question["gold"]:
        parts += f"<blockquote>{_marked(gold['quote'], question)}</blockquote>{_place(gold)}"
    return parts or '<p class="note">None.</p>'


def _wanted(wanted: str) -> str:
    first, *others = wanted.split(" | ")
    also = f' <span class="soft">or {own(", ".join(others), CLIP)}</span>' if others else ""
    return f"{own(first, CLIP)}{also}"


def _place(quoted: Row, question: Row | None = None) -> str:
    span = quoted["start"], quoted["end"]
    gold = (g for g in (question or {}).get("gold", ()) if g["path"] == quoted["path"])
    on = any(measures.overlap(span, (g["start"], g["end"])) > 0 for g in gold)
    mark = ' <span class="ok">on gold</span>' if on else ""
    return f'<p class="place">{own(quoted["path"], 160)}, {span[0]}–{span[1]}{mark}</p>'


def _marked(words: str, question: Row) -> str:
    """A sentence with the wordings of the wanted answers marked."""
    wordings = {w.strip() for wanted in question["wanted"] for w in wanted.split(" | ")} - {""}
    line = " ".join(words.split())
    clipped = line if len(line) <= CLIP else line[: CLIP - 1].rstrip() + "…"
    if not wordings:
        return own(clipped, 0)
    longest = "|".join(re.escape(w) for w in sorted(wordings, key=lambda w: (-len(w), w)))
    pieces = re.split(rf"(?<!\w)({longest})(?!\w)", clipped, flags=re.IGNORECASE)
    return f"<bdi>{''.join(_piece(n, piece) for n, piece in enumerate(pieces))}</bdi>"


def _piece(n: int, piece: str) -> str:
    if n % 2:
        return f"<mark>{text(piece)}</mark>"
    return " " * piece.startswith(" ") + text(piece) + " " * piece.endswith(" ")
