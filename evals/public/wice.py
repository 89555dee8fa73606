"""WiCE: claims of Wikipedia with the web page that they cite.

Kamoi et al. 2023. Support is the label "supported"; "partially_supported", which often turns on
one modifier, is none, as in the paper's two classes. `check` gives the judge the whole page, menus
and cookie notices too, `check_chunks` the oracle chunks: about three for a claim, one for each
annotator, its supporting sentences among others of the page; the best chance counts. Claims of
one Wikipedia article are a group; the kinds are the labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.outcomes import Outcome
from evals.public import support
from evals.public.rows import Row, lines, once
from evals.public.support import Claim, Judge

FILES = ("wice/claims.jsonl",)
FILES_CHUNKS = ("wice/oracle_chunks.jsonl",)
LABELS = ("supported", "partially_supported", "not_supported")


def check(data: Path, judge: Judge) -> Iterator[Outcome]:
    """Return how each claim was judged by its whole page."""
    return support.check(claims(data), judge)


def check_chunks(data: Path, judge: Judge) -> Iterator[Outcome]:
    """Return how each claim was judged by the best of its oracle chunks."""
    return support.check(chunks(data), judge)


def claims(data: Path) -> tuple[Claim, ...]:
    """Return the claims with their pages, in the order of the file."""
    return once([_claim([row]) for row in lines(data / FILES[0])])


def chunks(data: Path) -> list[Claim]:
    """Return the claims with their oracle chunks, in the order of the file."""
    together: dict[str, list[Row]] = {}
    for row in lines(data / FILES_CHUNKS[0]):
        together.setdefault(row.row("meta").text("id"), []).append(row)
    return [_claim(rows) for rows in together.values()]


def _claim(rows: list[Row]) -> Claim:
    """One claim of the rows of its id, which differ in their evidence only."""
    first, about = rows[0], rows[0].row("meta")
    label = first.text("label")
    if label not in LABELS:
        raise first.wrong(f"unknown label {label!r}; one of {', '.join(LABELS)}")
    for row in rows[1:]:
        if (row.text("claim"), row.text("label")) != (first.text("claim"), label):
            raise row.wrong(f"its claim or label is not that of {first.place}")
    return Claim(
        id=about.text("id"),
        claim=first.text("claim"),
        label=label,
        supported=label == "supported",
        group=about.text("claim_title"),
        evidence=tuple(dict.fromkeys(_page(row) for row in rows)),
        line=first.place,
    )


def _page(row: Row) -> str:
    """The evidence as a text, a sentence a line."""
    return "\n".join(sentence for sentence in row.texts("evidence") if sentence.strip())
