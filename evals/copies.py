"""How well families are found: precision and recall on a labelled set, beside plain ways.

`python -m evals.copies` takes the bundled articles, `--data FOLDER` the BBC articles in its
bbc.zip. Retellings are made of them (evals.retold); pairs of them are told apart.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from evals import intervals, retold
from evals.retold import Line, Pair, Told
from index import copies
from index.families import Text, families

FEWEST = 120  # words of an article that is retold
MOST = 400  # articles of a large collection
COSINE, JACCARD = 0.9, 0.8  # where the plain ways draw the line


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with its label, and what a way says of it; `story` is what it was made from."""

    kind: str
    story: int
    copies: bool
    said: bool


def texts(data: Path | None) -> list[str]:
    """Return articles of different stories: the bundled ones, or those of bbc.zip."""
    found = list(_bundled() if data is None else _bbc(data / "bbc.zip"))
    kept, seen = [], set[str]()
    for text in found:
        lines = [line for line in text.split("\n") if line.strip()]
        keys = {lines[0].lower(), " ".join(lines[1:])[:200].lower()} if lines[1:] else set()
        # A second telling of one story would be called a mistake wherever it is found.
        if keys and len(text.split()) >= FEWEST and not keys & seen:
            kept.append(text)
        seen |= keys
    return kept[:MOST]


def _bundled() -> Iterator[str]:
    suites = Path(str(files("evals")))
    places = [suites / "articles", *sorted((suites / "suites").glob("*/articles"))]
    for file in sorted(f for place in places for f in place.rglob("*") if f.suffix == ".txt"):
        if file.parent.name not in ("morningpile",) and file.name not in _RETOLD:
            words = file.read_text("utf-8-sig", "ignore").replace("\r\n", "\n")
            yield re.sub(r"\A(?:[\w ]{2,20}:[^\n]*\n)+", "", words).strip()


# Bundled articles that are copies of others already.
_RETOLD = frozenset(
    "airport-shutdown.txt marabel.txt march.txt helicopters.txt brenik.txt sela-dawn.txt "
    "harrlck-raid.txt coldmere-dam-burst.txt coldmere.txt dam.txt".split()
)


def _bbc(file: Path) -> Iterator[str]:
    with zipfile.ZipFile(file) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(".txt"):
                with io.TextIOWrapper(packed.open(name), "utf-8", "replace") as text:
                    yield text.read()


def articles_judged(
    articles: Sequence[Told], pairs: Sequence[Pair], same: Mapping[int, int]
) -> list[Judged]:
    """Return the pairs with what families say: `same` gives an article's family."""
    return [
        Judged(p.kind, articles[p.one].story, p.copies, _together(same, p.one, p.other))
        for p in pairs
    ]


def passages_judged(articles: Sequence[Told], pairs: Sequence[Pair]) -> list[Judged]:
    """Return the passages of the pairs, two and two, with what families say.

    Where between a third and two thirds of the words are common, nobody can say, and no pair is.
    As many different ones as copies are judged of each pair, the first in reading order.
    """
    owned = [retold.passages(article) for article in articles]
    flat = [(number, line) for number, lines in enumerate(owned) for line in lines]
    firsts = np.cumsum([0, *map(len, owned)])
    same = grouped([_text(line) for _, line in flat])
    found = []
    for p in pairs:
        story = articles[p.one].story
        both: dict[bool, list[Judged]] = {True: [], False: []}
        for at, one in enumerate(owned[p.one]):
            for to, other in enumerate(owned[p.other]):
                share = retold.common(one, other) if p.copies else _shared_words(one, other)
                if share <= 1 / 3 or share >= 2 / 3:
                    said = _together(same, int(firsts[p.one]) + at, int(firsts[p.other]) + to)
                    both[share > 0.5].append(Judged(p.kind, story, share > 0.5, said))
        found += both[True] + both[False][: max(1, len(both[True]))]
    return found


def _shared_words(one: Line, other: Line) -> float:
    """Passages of different stories have in common what was put into both."""
    new = [" ".join(word for word, place in line if place == retold.NEW) for line in (one, other)]
    few = min(len(one), len(other))
    return len(new[0].split()) / few if new[0] and new[0] == new[1] else 0.0


def _text(line: Line) -> str:
    return " ".join(word for word, _ in line)


def grouped(said: Sequence[str]) -> dict[int, int]:
    """Return the family of each text that is in one, by position."""
    signed = np.stack([copies.signature(copies.shingles(text)) for text in said])
    made = families(signed, lambda rows: {row: Text(said[row]) for row in rows})
    return {row: number for number, family in enumerate(made) for row in family}


def _together(same: Mapping[int, int], one: int, other: int) -> bool:
    return one in same and same[one] == same.get(other)


def by_signature(articles: Sequence[Told], pairs: Sequence[Pair]) -> list[Judged]:
    """MinHash alone: signatures that agree in 0.8 of their numbers."""
    signed = {
        n: copies.signature(copies.shingles(articles[n].text))
        for n in sorted({n for p in pairs for n in (p.one, p.other)})
    }
    return [
        Judged(
            p.kind,
            articles[p.one].story,
            p.copies,
            bool((signed[p.one] == signed[p.other]).mean() >= JACCARD),
        )
        for p in pairs
    ]


def by_vector(articles: Sequence[Told], pairs: Sequence[Pair]) -> list[Judged]:
    """Vectors alone: those of the articles' beginnings with a cosine of 0.9 or more."""
    from index.encoder import encoder

    numbers = sorted({n for p in pairs for n in (p.one, p.other)})
    rows = encoder(None).encode([articles[n].text for n in numbers])
    at = {n: row for n, row in zip(numbers, rows, strict=True)}
    return [
        Judged(p.kind, articles[p.one].story, p.copies, float(at[p.one] @ at[p.other]) >= COSINE)
        for p in pairs
    ]


def precision(judged: Sequence[Judged]) -> intervals.Score:
    """Return which share of the pairs called copies are, over stories."""
    return _share([j for j in judged if j.said], lambda j: j.copies)


def recall(judged: Sequence[Judged]) -> intervals.Score:
    """Return which share of the copies are called so, over stories."""
    return _share([j for j in judged if j.copies], lambda j: j.said)


def _share(judged: Sequence[Judged], right: Callable[[Judged], bool]) -> intervals.Score:
    values = np.array([float(right(j)) for j in judged])
    return intervals.of_mean(values, [str(j.story) for j in judged])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.copies", description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder that holds bbc.zip")
    asked = parser.parse_args()
    articles, pairs = retold.made(texts(asked.data))
    print(f"{len(articles)} articles, {len(pairs)} pairs, half of them copies")
    same = grouped([article.text for article in articles])
    ways = {
        "families of articles": articles_judged(articles, pairs, same),
        "families of passages": passages_judged(articles, pairs),
        f"MinHash alone, {JACCARD}": by_signature(articles, pairs),
        f"vectors alone, {COSINE}": by_vector(articles, pairs),
    }
    for name, judged in ways.items():
        print(
            f"{name:<24} {_said('precision', precision(judged))}  {_said('recall', recall(judged))}"
        )
    for kind in dict.fromkeys(p.kind for p in pairs):
        shares = (
            f"{np.mean([j.said for j in judged if j.kind == kind and j.copies == is_copy]):8.2f}"
            if any(j.kind == kind and j.copies == is_copy for j in judged)
            else f"{'':8}"
            for judged in ways.values()
            for is_copy in [next(p.copies for p in pairs if p.kind == kind)]
        )
        print(f"  called copies: {kind:<24}" + "".join(shares))
    return 0


def _said(name: str, score: intervals.Score) -> str:
    return f"{name} {score.value:.3f} ({score.low:.3f} to {score.high:.3f}, {score.n})"


if __name__ == "__main__":
    sys.exit(main())
