"""Results -> the tables of the READMEs: `python -m evals.tables [RESULTS.json...]`.

Keeps the figures, without a word of any article, in `measured.json`, suite by suite; the tables
between `<!-- measured -->` marks are written from it, and a test sees that they agree.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals import results
from evals.results import COMPARED
from evals.scores import LOW_IS_GOOD, SAYS

HERE = Path(__file__).parent
FILE = HERE / "measured.json"
README, EVALS = HERE.parent / "README.md", HERE / "README.md"
# The suites and the scores that the first page shows.
SHOWN = ("seeds", "seeds-blind")
FIRST = {
    "passage_first": "a passage that holds the answer is first",
    "passage_in_five": "among the first five",
    "first_sentence_holds": "the first sentence shown holds the answer",
    "auroc": "answerable against unanswerable, AUROC",
    "refused_right": "unanswerable questions refused",
    "refused_wrong": "answerable questions refused",
    "exact": "citations that slice back exactly",
}


def main() -> None:
    """Take in the results named, then write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", nargs="*", type=Path, help="results.json of any run")
    asked = parser.parse_args()
    kept = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"suites": {}}
    for file in asked.results:
        kept["suites"] |= figures(results.read(file))
    FILE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    for file, text in ((README, first(kept)), (EVALS, whole(kept))):
        file.write_text(filled(file.read_text("utf-8"), text), "utf-8")


def figures(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return of each suite what may be kept: counts and scores, rounded, its baselines' too."""
    return {
        name: {
            "asked": suite["asked"],
            "unanswerable": suite["unanswerable"],
            "scores": _rounded(suite["scores"]),
            "baselines": {
                system: _rounded(scores)
                for system, scores in found["baselines"].get(name, {}).items()
            },
        }
        for name, suite in found["suites"].items()
    }


def _rounded(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {k: v if v is None else round(v, 4) for k, v in score.items()}
        for name, score in scores.items()
    }


def filled(page: str, table: str) -> str:
    """Return the page with the table between its marks."""
    made, count = re.subn(
        r"(<!-- measured -->\n).*?(<!-- /measured -->)",
        lambda m: f"{m[1]}{table}\n{m[2]}",
        page,
        flags=re.DOTALL,
    )
    if count != 1:
        raise ValueError("the page has no place for the table, <!-- measured -->")
    return made


def first(kept: Mapping[str, Any]) -> str:
    """Return the few figures of the first page, beside the best of other systems."""
    return "\n\n".join(_first(name, kept["suites"][name]) for name in SHOWN)


def _first(name: str, suite: Mapping[str, Any]) -> str:
    systems = {"Footnoted": suite["scores"], **suite["baselines"]}
    shown = [s for s in ("Footnoted", "similarity", "langchain", "txtai") if s in systems]
    about = f"`{name}`: {suite['asked']} questions, {suite['unanswerable']} without an answer"
    lines = [f"| {' | '.join((about, *shown))} |", "| --- |" + " ---: |" * len(shown)]
    for score, says in FIRST.items():
        cells = (_value(systems[system].get(score)) for system in shown)
        lines.append(f"| {says} | {' | '.join(cells)} |")
    return "\n".join(lines)


def whole(kept: Mapping[str, Any]) -> str:
    """Return every figure of every suite with its interval, then the baselines suite by suite.

    Suites that were asked over a folder come first, those that were only read or judged after them.
    """
    suites = kept["suites"]
    parts = []
    looked = [name for name in suites if "exact" in suites[name]["scores"]]
    for names in (looked, [name for name in suites if name not in looked]):
        for begin in range(0, len(names), 5):
            parts.append(_scores({name: suites[name] for name in names[begin : begin + 5]}))
    for name, suite in suites.items():
        if suite["baselines"]:
            parts.append(f"### {name}, beside other systems\n\n{_systems(suite)}")
    return "\n\n".join(parts)


def _scores(suites: Mapping[str, Any]) -> str:
    lines = [f"| {' | '.join(('', *suites))} |", "| --- |" + " ---: |" * len(suites)]
    for count in ("asked", "unanswerable"):
        lines.append(f"| {count} | {' | '.join(str(s[count]) for s in suites.values())} |")
    for score in SAYS:
        if any(score in suite["scores"] for suite in suites.values()):
            cells = (_interval(suite["scores"].get(score)) for suite in suites.values())
            low = " (low is good)" if score in LOW_IS_GOOD else ""
            lines.append(f"| `{score}`{low} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _systems(suite: Mapping[str, Any]) -> str:
    systems: dict[str, Any] = {"Footnoted": suite["scores"], **suite["baselines"]}
    shown: Sequence[str] = [s for s in COMPARED if any(s in found for found in systems.values())]
    lines = [
        f"| {' | '.join(('', *(f'`{s}`' for s in shown)))} |",
        "| --- |" + " ---: |" * len(shown),
    ]
    for system, found in systems.items():
        lines.append(f"| {system} | {' | '.join(_value(found.get(s)) for s in shown)} |")
    return "\n".join(lines)


def _value(score: Mapping[str, Any] | None) -> str:
    return "" if score is None or score["value"] is None else f"{score['value']:.2f}"


def _interval(score: Mapping[str, Any] | None) -> str:
    if score is None or score["value"] is None:
        return ""
    ends = "" if score["low"] is None else f" ({score['low']:.2f} to {score['high']:.2f})"
    return f"{score['value']:.3f}{ends}"


if __name__ == "__main__":
    main()
