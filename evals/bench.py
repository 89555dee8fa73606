"""How long cold starts take: `python -m evals.bench`, whole processes, median of several.

Run on an idle machine: the figures depend on it, so no test and no floor rests on them.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evals.suites import bundled, load

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


def took(name: str, arguments: list[str], runs: int) -> None:
    """Print the median and the extremes of a verb's wall time in seconds."""
    times = [seconds(arguments) for _ in range(runs)]
    print(f"{name:<18}{statistics.median(times):6.2f} s  ({min(times):.2f} to {max(times):.2f})")


def seconds(arguments: list[str]) -> float:
    """Return the wall time of a verb in a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "footnoted", *arguments]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
