"""Web page -> article text: how much of it is the article, beside trafilatura in the same run.

`python -m evals.extraction FOLDER`, where FOLDER holds ground-truth.json and html/ID.html.gz
(Scrapinghub's article-extraction-benchmark). Each figure is the mean over pages: tokens as a bag,
and word 4-grams as that benchmark counts them.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.articles import layout
from index.contents import Content, read

WAYS = ("ours", "ours, titles left out", "trafilatura", "its precision", "its recall")


def f1(truth: list[str], found: list[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of two bags; both empty is right."""
    shared = sum((Counter(truth) & Counter(found)).values())
    if not truth or not found:
        return (1.0, 1.0, 1.0) if not truth and not found else (0.0, 0.0, 0.0)
    precision, recall = shared / len(found), shared / len(truth)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def tokens(text: str) -> list[str]:
    """Return the words of a text, as written."""
    return re.findall(r"\w+", text)


def shingles(words: list[str]) -> list[str]:
    """Return the runs of four words."""
    return [" ".join(words[i : i + 4]) for i in range(max(1, len(words) - 3))] if words else []


def articles(data: bytes) -> tuple[str, str]:
    """Return what our rooms take for article text: with the titles that stand in it, without."""
    source = read(Content("page.html", data))
    plan = layout(source)
    with_titles: list[str] = []
    without: list[str] = []
    for article in plan.articles:
        kept: list[str] = []
        at = article.start
        for start, end, _ in sorted(plan.furniture):
            if end <= article.start or start >= article.end:
                continue
            kept.append(source.text[at:start])
            at = max(at, end)
        kept.append(source.text[at : article.end])
        words = "".join(kept)
        with_titles.append(words)
        lines = words.split("\n")
        plain = " ".join(tokens(article.title or ""))
        without.append("\n".join(ln for ln in lines if " ".join(tokens(ln)) != plain))
    return "\n".join(with_titles), "\n".join(without)


def extracted(data: bytes) -> Iterator[str]:
    """Yield the article text in each of WAYS."""
    import trafilatura

    yield from articles(data)
    page = data.decode("utf-8", "replace")
    yield trafilatura.extract(page, include_comments=False) or ""
    yield trafilatura.extract(page, include_comments=False, favor_precision=True) or ""
    yield trafilatura.extract(page, include_comments=False, favor_recall=True) or ""


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    bags: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
    grams: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
    for number, about in truth.items():
        body = tokens(about["articleBody"])
        data = gzip.decompress((folder / "html" / f"{number}.html.gz").read_bytes())
        for way, text in zip(WAYS, extracted(data), strict=True):
            bags[way].append(f1(body, tokens(text)))
            grams[way].append(f1(shingles(body), shingles(tokens(text))))
    print(f"{len(truth)} pages: precision, recall, F1 of tokens | of 4-grams")
    for way in WAYS:
        figures = [statistics.fmean(column) for column in zip(*bags[way], strict=True)]
        figures += [statistics.fmean(column) for column in zip(*grams[way], strict=True)]
        print(f"{way:24}" + "  ".join(f"{figure:.4f}" for figure in figures))


if __name__ == "__main__":
    main()
