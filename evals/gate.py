"""Floors under the scores: `floors.json`, and what breaks it.

For each suite: the digests of its questions and articles, and for each score its floor, how far
below the figure it was set at (slack), and why that far. Floors rise by themselves; they sink
only with a reason, which is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.results import FORMAT
from evals.scores import LOW_IS_GOOD
from evals.suites import SuiteError

FILE = Path(__file__).parent / "floors.json"
# What depends on many others, or on one or two questions, would only repeat or blur them.
GUARDED = (
    "accuracy", "passage_first", "passage_in_five", "passage_mrr10", "passage_ndcg10",
    "article_first", "article_mrr10", "first_sentence_holds", "answer_holds", "span_f1",
    "answers_shown", "answers_sourced", "exact", "covered", "first_citation_gold",
    "citation_precision", "citation_recall", "independent", "resisted", "refused_right",
    "refused_wrong", "auroc", "aurc", "calibration_error", "failed",
)  # fmt: skip
ALWAYS = ("exact", "covered", "failed")  # promises: no slack
QUESTIONS = 1.5  # how many questions may turn by another processor's rounding


def load(file: Path) -> dict[str, Any]:
    """Return the floors; none where the file is not there. Raises SuiteError on any other file."""
    if not file.exists():
        return {"format": FORMAT, "suites": {}, "regressions": []}
    try:
        floors = json.loads(file.read_text("utf-8"))
        for suite in floors["suites"].values():
            if not all(math.isfinite(floor["floor"]) for floor in suite["floors"].values()):
                raise ValueError("a floor is no number")
            if not {"questions_sha256", "articles_sha256"} <= suite.keys():
                raise ValueError("a suite has no digests")
        return {"regressions": [], **floors}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SuiteError(f"{file} holds no floors: {error}") from error


def broken(results: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """Return one line for each floor that the results break; none where all hold."""
    found = []
    for name, suite in results["suites"].items():
        kept = floors["suites"].get(name)
        if kept is None:
            found.append(f"{name}: has no floors; set them with --update-floors")
            continue
        for what in ("questions", "articles"):
            if suite[f"{what}_sha256"] != kept[f"{what}_sha256"]:
                found.append(f"{name}: its {what} are not those the floors were set on")
        for score, floor in kept["floors"].items():
            value = _value(suite, score)
            if value is None:
                found.append(f"{name}: {score} is not measured; its floor is {floor['floor']}")
            elif _worse(score, value, floor["floor"]):
                side = "above" if score in LOW_IS_GOOD else "below"
                found.append(f"{name}: {score} {value:.4f} is {side} its floor {floor['floor']}")
    return found


def raised(
    results: Mapping[str, Any], floors: Mapping[str, Any], why: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Return the floors as these results would have them, and a line for each that must sink.

    A figure within its floor's slack leaves the floor where it is. The reason for what sinks, if
    one is given, is kept with the floors; who is given none must not adopt them.
    """
    suites = dict(floors["suites"])
    sunk = []
    for name, suite in results["suites"].items():
        old = suites.get(name, {}).get("floors", {})
        new = {}
        for score in dict.fromkeys((*GUARDED, *old)):
            value, kept = _value(suite, score), old.get(score)
            if value is None:
                sunk += [f"{name}: {score} is no longer measured"] if kept else []
                continue
            new[score] = _floor(suite, score, value)
            if kept and _worse(score, value, kept["floor"]):
                sunk.append(f"{name}: {score} {kept['floor']} -> {new[score]['floor']}")
            elif kept and _worse(score, new[score]["floor"], kept["floor"]):
                new[score] = kept
        digests = {k: suite[k] for k in ("questions_sha256", "articles_sha256")}
        suites[name] = {**digests, "floors": new}
    regressions = list(floors["regressions"])
    if sunk and why:
        regressions.append({"why": why, "sunk": sunk})
    return {"format": FORMAT, "suites": suites, "regressions": regressions}, sunk


def write(floors: Mapping[str, Any], file: Path) -> None:
    """Write the floors, whole or not at all."""
    new = file.with_name(file.name + ".new")
    new.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    new.replace(file)


def _value(suite: Mapping[str, Any], score: str) -> float | None:
    value = suite["scores"].get(score, {}).get("value")
    return None if value is None else float(value)


def _worse(score: str, value: float, floor: float) -> bool:
    return value > floor if score in LOW_IS_GOOD else value < floor


def _floor(suite: Mapping[str, Any], score: str, value: float) -> dict[str, Any]:
    n = suite["scores"][score]["n"]
    if score in ALWAYS:
        return {"floor": value, "slack": 0.0, "why": "a promise"}
    slack = round(QUESTIONS / n, 4)
    why = f"{QUESTIONS} of {n} questions may turn by another processor's rounding"
    if score in LOW_IS_GOOD:
        return {"floor": math.ceil((value + slack) * 1e4) / 1e4, "slack": slack, "why": why}
    return {"floor": math.floor((value - slack) * 1e4) / 1e4, "slack": slack, "why": why}
