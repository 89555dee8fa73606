"""Find the words that questions have and their texts lack: `python -m evals.fit_words --data DIR`.

Counted over the pool of questions that the reader is trained on, each beside the passage that
answers it. Writes `rag/data/loose.txt`, stems in order, a line each.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evals import reader_pool
from evals.reader_pool import Asked
from rag.lacking import FILE, Said
from rag.words import stem, terms

LOOSE = 0.16  # the share of questions with a word whose passage lacks it
PRIOR, WEIGHT = 0.15, 4  # what that share is of any word, and how many questions say so


def main() -> None:
    """Parse the command line, count, and write the words."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    train, dev = reader_pool.load(parser.parse_args().data)
    words = loose([*train, *dev])
    FILE.write_text("".join(f"{word}\n" for word in words), "utf-8")
    print(f"{len(words)} words")


def loose(asked: Iterable[Asked]) -> list[str]:
    """Return the stems that questions have though the passage that answers lacks them, sorted."""
    said: dict[str, Said] = {}
    had, lacked = Counter[str](), Counter[str]()
    for item in asked:
        if not item.answers:
            continue
        text = said.setdefault(item.context, Said(item.context))
        for word in {stem(word) for word in terms(item.question)}:
            had[word] += 1
            lacked[word] += word not in text
    return sorted(
        word
        for word, often in had.items()
        if (lacked[word] + PRIOR * WEIGHT) / (often + WEIGHT) >= LOOSE
    )


if __name__ == "__main__":
    main()
