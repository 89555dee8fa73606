"""`footnoted eval`: what was asked on the command line -> results, a report, an exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from evals import compare, gate, published, report, results, run
from evals.compare import Difference
from evals.public import sets
from evals.settings import Settings, asked_for, varied
from evals.suites import Suite, SuiteError, bundled, load

OUT = Path("eval-results")
BROKEN = 1  # the exit status where a floor breaks
# What a sweep's table shows of each setting.
SWEPT = (
    "accuracy", "passage_first", "passage_mrr10", "first_sentence_holds", "answers_shown",
    "citation_precision", "citation_recall", "refused_right", "refused_wrong", "auroc",
)  # fmt: skip


def command(asked: argparse.Namespace) -> int:
    """Run the verb and return its exit status: 1 where a floor breaks, else 0."""
    words = [str(suite) for suite in asked.suites]
    if words[:1] == ["compare"]:
        return _compare(words[1:])
    folders, public = _named(words, every=asked.data is not None)
    data = Path(asked.data or os.environ.get("FOOTNOTED_DATA") or "")
    if public and data == Path():
        lines = f"{', '.join(public)} skipped: name the folder of the public sets with --data"
        print(f"footnoted: {lines}", file=sys.stderr)
        public = []
    for name in public:
        sets.found(name, data)  # a missing file is told before anything slow is done
    suites = [load(folder, asked.articles) for folder in folders]
    if asked.vary:
        return _vary(asked, suites, asked_for(asked))
    floors = _floors(asked)
    out = _made(asked.out or OUT)
    settings = asked_for(asked).loaded()
    store, beside = asked.store, asked.baselines
    steps = list(run.measured(suites, settings, kept=store, fills=not store, beside=beside))
    steps += published.measured(public, data, settings, beside=beside)
    found = results.document(steps, settings.said())
    _write(found, out)
    if asked.json:
        values = {
            name: {score: s["value"] for score, s in suite["scores"].items()}
            for name, suite in found["suites"].items()
        }
        print(json.dumps(values))
    else:
        print(results.table(found))
    return _gate(asked, found, floors) if floors else 0


def _named(words: list[str], *, every: bool) -> tuple[list[Path], list[str]]:
    """The suites' folders and the public sets named; none named: the bundled ones, or all."""
    if not words:
        return bundled(), list(sets.NAMES) if every else []
    public = [word for word in words if word in sets.NAMES and not Path(word).exists()]
    return [Path(word) for word in words if word not in public], public


def _made(out: Path) -> Path:
    """The folder of the results, told to be of no use before minutes are spent."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SuiteError(f"cannot write to {out}: {error.strerror}") from error
    if not os.access(out, os.W_OK):
        raise SuiteError(f"cannot write to {out}: Permission denied")
    return out


def _write(found: dict[str, Any], out: Path) -> None:
    try:
        results.write(found, out / "results.json")
        (out / "report.html").write_text(report.page(found), "utf-8")
    except OSError as error:
        raise SuiteError(f"cannot write to {out}: {error.strerror}") from error
    print(f"footnoted: wrote results.json and report.html in {out}", file=sys.stderr)


def _floors(asked: argparse.Namespace) -> dict[str, Any] | None:
    """The floors to hold or to raise, read before minutes are spent; None where none are asked."""
    if not (asked.gate or asked.update_floors):
        return None
    file = asked.floors or gate.FILE
    if not (asked.update_floors or file.exists()):
        raise SuiteError(f"there are no floors in {file}; make them with --update-floors")
    return gate.load(file)


def _gate(asked: argparse.Namespace, found: dict[str, Any], floors: dict[str, Any]) -> int:
    file = asked.floors or gate.FILE
    if asked.update_floors:
        new, sunk = gate.raised(found, floors, asked.allow_regression)
        if not sunk or asked.allow_regression:
            gate.write(new, file)
            print(f"footnoted: wrote {file}", file=sys.stderr)
            return 0
        lines = [*sunk, 'floors sink only with --allow-regression "why"']
    else:
        lines = gate.broken(found, floors)
    for line in lines:
        print(f"footnoted: {line}", file=sys.stderr)
    return BROKEN if lines else 0


def _compare(files: list[str]) -> int:
    if len(files) != 2:
        raise SuiteError("compare takes two files: footnoted eval compare A.json B.json")
    one, other = (results.read(Path(file)) for file in files)
    for line in compare.unlike(one, other):
        print(f"footnoted: {line}", file=sys.stderr)
    found = compare.differences(one, other)
    if not found:
        raise SuiteError(f"{files[0]} and {files[1]} have no question in common")
    print(compare.table(found))
    for flip in compare.flips(one, other):
        print(f"{'won ' if flip.won else 'lost'} {flip.suite} {flip.id}: {flip.question}")
    return 0


def _vary(asked: argparse.Namespace, suites: list[Suite], base: Settings) -> int:
    """Print a row for each setting; * where it differs from the first row beyond chance."""
    first: dict[str, Any] = {}
    for label, settings in [(label, each.loaded()) for label, each in varied(base, asked.vary)]:
        found = results.document(list(run.measured(suites, settings)), settings.said())
        apart = {(d.suite, d.score): d for d in compare.differences(first or found, found)}
        first = first or found
        for name, suite in found["suites"].items():
            _row(label, name, suite["scores"], apart, heads=found is first)
    return 0


def _row(
    label: str,
    suite: str,
    scores: dict[str, Any],
    apart: dict[tuple[str, str], Difference],
    *,
    heads: bool,
) -> None:
    shown = [score for score in SWEPT if score in scores]
    if heads:
        print(f"{'':<26}{suite:<14}" + "".join(f"{score:>22}" for score in shown))
    cells = []
    for score in shown:
        item = apart.get((suite, score))
        cells.append(f"{scores[score]['value']:>21.3f}" + ("*" if item and item.sure else " "))
    print(f"{label:<26}{suite:<14}" + "".join(cells).rstrip(), flush=True)
