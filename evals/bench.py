"""How long cold starts and reading take: `python -m evals.bench`, median of several.

Run on an idle machine: the figures depend on it, so no test and no floor rests on them.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from evals.suites import bundled, load
from index.encoder import encoder
from index.records import Hit
from rag.reader import reader

ASKED = "How many drones was Torvia's army sent in 2024?"


def main() -> None:
    """Index the sample articles into a temporary store and time the verbs on it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="footnoted-bench-") as made:
        store = str(Path(made) / "store")
        articles = str(load(bundled()[0]).articles)
        took("index, first", ["index", articles, "--store", store], 1)
        took("index, unchanged", ["index", articles, "--store", store], asked.runs)
        took("--help", ["--help"], asked.runs)
        took("search", ["search", ASKED, "--store", store], asked.runs)
        took("ask", ["ask", ASKED, "--store", store], asked.runs)
    reading(asked.runs)


def reading(runs: int) -> None:
    """Print how long the reader takes for 30 passages of 200 word pieces."""
    named = encoder(None)
    read = reader(None, named)
    sentence = "The swarm of 1,900 drones left the harbour of Visk at night. "
    text = sentence * (200 // (named.count([sentence])[0] - 2))
    size = len(sentence)
    spans = tuple((at, at + size - 1) for at in range(0, len(text), size))
    hits = [Hit(n, "a", 1, None, None, None, 0, len(text), text, spans) for n in range(30)]
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        read.read(ASKED, hits)
        times.append(time.perf_counter() - began)
    show("read 30 passages", times)


def took(name: str, arguments: list[str], runs: int) -> None:
    """Print how long a verb takes."""
    show(name, [seconds(arguments) for _ in range(runs)])


def show(name: str, times: Sequence[float]) -> None:
    """Print the median and the extremes of times in seconds."""
    print(f"{name:<18}{statistics.median(times):6.2f} s  ({min(times):.2f} to {max(times):.2f})")


def seconds(arguments: list[str]) -> float:
    """Return the wall time of a verb in a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "footnoted", *arguments]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
