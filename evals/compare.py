"""Two results of the same questions -> what differs, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.intervals import Score, difference
from evals.scores import LOW_IS_GOOD, SAYS


@dataclass(frozen=True, slots=True)
class Difference:
    """One score's change from A to B over the questions that both have; `sure` beyond chance."""

    suite: str
    score: str
    before: float
    after: float
    gap: Score
    sure: bool

    @property
    def better(self) -> bool:
        """Whether B is the better one, equal ones being so too."""
        return (self.gap.value <= 0) if self.score in LOW_IS_GOOD else (self.gap.value >= 0)


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that one of the two got right: `won` where B did."""

    suite: str
    id: str
    question: str
    won: bool


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """Return every score that single questions have, for the suites that both results hold."""
    found = []
    for suite, pairs in _paired(one, other).items():
        for score in SAYS:
            both = [(a, b) for a, b in pairs if score in a["scores"] and score in b["scores"]]
            if both:
                before = np.array([a["scores"][score] for a, _ in both])
                after = np.array([b["scores"][score] for _, b in both])
                gap, sure = difference(before, after, [a["group"] for a, _ in both])
                found.append(
                    Difference(suite, score, float(before.mean()), float(after.mean()), gap, sure)
                )
    return found


def flips(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Flip]:
    """Return the questions whose accuracy went from wrong to right or back."""
    return [
        Flip(suite, a["id"], a["question"], b["scores"]["accuracy"] > a["scores"]["accuracy"])
        for suite, pairs in _paired(one, other).items()
        for a, b in pairs
        if "accuracy" in a["scores"] and "accuracy" in b["scores"]
        if a["scores"]["accuracy"] != b["scores"]["accuracy"]
    ]


def unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return one line for each way in which the two did not measure the same."""
    a, b = one["suites"], other["suites"]
    lines = [f"{name}: only in the one" for name in a if name not in b]
    lines += [f"{name}: only in the other" for name in b if name not in a]
    for name in (n for n in a if n in b):
        for what in ("questions", "articles"):
            if a[name][f"{what}_sha256"] != b[name][f"{what}_sha256"]:
                lines.append(f"{name}: the {what} differ; only questions in both are compared")
    return lines


def _paired(
    one: Mapping[str, Any], other: Mapping[str, Any]
) -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    paired = {}
    for name, suite in one["suites"].items():
        if name in other["suites"]:
            after = {q["id"]: q for q in other["suites"][name]["questions"]}
            paired[name] = [
                (q, after[q["id"]])
                for q in suite["questions"]
                if q["id"] in after and q["question"] == after[q["id"]]["question"]
            ]
    return paired


def table(found: list[Difference]) -> str:
    """Return one row a score: before, after, difference with interval; * where beyond chance."""
    lines = []
    for item in found:
        mark = ("* better" if item.better else "* worse") if item.sure else ""
        ends = f"{item.gap.low:+.3f} to {item.gap.high:+.3f}"
        lines.append(
            f"{item.suite:<14}{item.score:<22}{item.before:.3f} -> {item.after:.3f}"
            f"  {item.gap.value:+.3f}  {ends}  {mark}".rstrip()
        )
    return "\n".join(lines)
