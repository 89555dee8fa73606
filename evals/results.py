"""What a run measured, as `results.json`: written, read back, printed as one table.

All that depends on the machine, the hour or a path stands under the one key `speed`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals import measures
from evals.intervals import Score
from evals.outcomes import Outcome
from evals.scores import by_kind, scores
from evals.suites import SuiteError

FORMAT = 1
COMPARED = (
    "article_first", "article_mrr10", "article_ndcg10", "passage_first", "passage_in_five",
    "passage_mrr10", "first_sentence_holds", "span_f1", "balanced_accuracy", "auroc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A suite's outcomes, what it was (digests of questions and articles), what it took.

    `baseline` names the other system that was measured on it, None for this program.
    """

    suite: str
    outcomes: tuple[Outcome, ...]
    questions: str
    articles: str
    speed: Mapping[str, Any]
    baseline: str | None = None


def document(measured: Sequence[Measured], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole of `results.json`."""
    suites = {m.suite: _suite(m) for m in measured if m.baseline is None}
    baselines: dict[str, dict[str, Any]] = {}
    for m in measured:
        if m.baseline is not None:
            found = {name: _score(s) for name, s in scores(m.outcomes).items()}
            baselines.setdefault(m.suite, {})[m.baseline] = found
    speed = {m.suite: {**m.speed, **_stages(m.outcomes)} for m in measured if m.baseline is None}
    return {
        "format": FORMAT,
        "settings": dict(settings),
        "suites": suites,
        "baselines": baselines,
        "speed": speed,
    }


def _suite(measured: Measured) -> dict[str, Any]:
    outcomes = measured.outcomes
    sure = [o for o in outcomes if o.confidence is not None and o.right is not None]
    pairs = [o.confidence or 0.0 for o in sure], [o.right or 0.0 for o in sure]
    return {
        "questions_sha256": measured.questions,
        "articles_sha256": measured.articles,
        "asked": len(outcomes),
        "unanswerable": sum(o.answerable is False for o in outcomes),
        "scores": {name: _score(score) for name, score in scores(outcomes).items()},
        "by_kind": {
            kind: {name: _score(score) for name, score in found.items()}
            for kind, found in by_kind(outcomes).items()
        },
        "risk_coverage": measures.coverage_risk(*pairs),
        "reliability": measures.reliability(*pairs),
        "questions": [_outcome(o) for o in outcomes],
    }


def _score(score: Score) -> dict[str, float | int | None]:
    return {k: None if v != v else v for k, v in asdict(score).items()}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    row = asdict(outcome)
    del row["timings"]  # they are under "speed"
    return row


def _stages(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each stage's median and 95th percentile in milliseconds, and every question's total."""
    timed = [o for o in outcomes if o.timings]
    if not timed:
        return {}
    stages = dict.fromkeys(name for o in timed for name in o.timings)
    took = {name: [o.timings[name] for o in timed if name in o.timings] for name in stages}
    return {
        "stages_ms": {
            name: {"p50": float(np.median(ms)), "p95": float(np.quantile(ms, 0.95))}
            for name, ms in took.items()
        },
        "latency_ms": {o.id: o.timings.get("total") for o in timed},
    }


def write(results: Mapping[str, Any], file: Path) -> None:
    """Write `results.json`, whole or not at all."""
    new = file.with_name(file.name + ".new")
    new.write_text(json.dumps(results, indent=1, allow_nan=False) + "\n", "utf-8")
    new.replace(file)


def read(file: Path) -> dict[str, Any]:
    """Return what `write` wrote. Raises SuiteError where the file is something else."""
    try:
        found = json.loads(file.read_text("utf-8"))
        if found["format"] != FORMAT:
            raise SuiteError(f"{file} has format {found['format']!r}, not {FORMAT}; measure anew")
        return dict(found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SuiteError(f"{file} is no results.json: {error}") from error


def digest_of_files(folder: Path) -> str:
    """Return one SHA-256 over the paths and bytes of all files below a folder."""
    whole = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = file.relative_to(folder).as_posix()
        whole.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a value's JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def table(results: Mapping[str, Any]) -> str:
    """Return one row a score and one column a suite: the value and the ends of its interval."""
    suites: Mapping[str, Any] = results["suites"]
    names = list(dict.fromkeys(name for s in suites.values() for name in s["scores"]))
    width = max(len(name) for name in (*names, "unanswerable"))
    lines = [" " * width + "".join(f"{suite:>19}" for suite in suites)]
    for name in ("asked", "unanswerable"):
        lines.append(f"{name:<{width}}" + "".join(f"{s[name]:>19}" for s in suites.values()))
    for name in names:
        cells = (f"{_cell(s['scores'].get(name)):>19}" for s in suites.values())
        lines.append(f"{name:<{width}}" + "".join(cells))
    for suite, found in results["baselines"].items():
        lines += ["", *_against(suite, {"footnoted": suites[suite]["scores"], **found})]
    return "\n".join(lines)


def _against(suite: str, systems: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """One row a system, one column a score that a baseline can have."""
    shown = [name for name in COMPARED if any(name in found for found in systems.values())]
    lines = [f"{suite:<16}" + "".join(f"{name:>22}" for name in shown)]
    for system, found in systems.items():
        cells = (f"{_cell(found.get(name)):>22}" for name in shown)
        lines.append(f"{system:<16}" + "".join(cells))
    return lines


def _cell(score: Mapping[str, float | None] | None) -> str:
    if score is None or score["value"] is None:
        return "-"
    ends = f" {score['low']:.2f} to {score['high']:.2f}" if score["low"] is not None else ""
    return f"{score['value']:.3f}{ends}"
