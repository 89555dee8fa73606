"""A claim and its evidence -> whether it was judged as people did.

A judge gives the chance, 0 to 1, that the evidence supports the claim. An outcome's confidence is
that chance and its `right` what people said, 1.0 for supported, so that any threshold can be
tried on what was judged once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evals import intervals, measures
from evals.intervals import Score
from evals.outcomes import Outcome

Judge = Callable[[str, str], float]
EVEN = 0.5  # the threshold of a chance that means what it says


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with alternative pieces of evidence; the best judged one counts.

    `label` is what people said, `supported` whether that is support. `line` is where it was read.
    """

    id: str
    claim: str
    label: str
    supported: bool
    group: str
    evidence: tuple[str, ...]
    line: str


def check(claims: Sequence[Claim], judge: Judge) -> Iterator[Outcome]:
    """Judge every claim; one that fails counts as judged wrong and says why."""
    for claim in claims:
        try:
            chance = max(judge(claim.claim, text) for text in claim.evidence)
            if not 0.0 <= chance <= 1.0:
                raise ValueError(f"the judge gave {chance}, which is no chance from 0 to 1")
            yield _outcome(claim, float(chance))
        except Exception as error:  # a claim that failed is counted, whatever failed
            failed = _outcome(claim, float(not claim.supported))
            yield replace(failed, status="failed", error=f"{type(error).__name__}: {error}")


def _outcome(claim: Claim, chance: float) -> Outcome:
    said = chance >= EVEN
    return Outcome(
        id=claim.id,
        kind=claim.label,
        question=claim.claim,
        group=claim.group,
        scores={"supports": float(said == claim.supported)},
        confidence=chance,
        right=float(claim.supported),
        status="supported" if said else "unsupported",
        wanted=(claim.label,),
    )


def figures(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Return balanced accuracy and AUROC of judged claims, with intervals by group.

    The accuracy is at a threshold that was chosen on other claims: the groups fall into two
    halves by a hash of their name, and either half is judged by the threshold that is best for
    the other.
    """
    rows = np.array([[o.confidence, o.right] for o in outcomes], float).reshape(len(outcomes), 2)
    groups = [o.group for o in outcomes]
    half = halves(groups)
    least = np.array([threshold(rows[half == 1]), threshold(rows[half == 0])])[half]
    judged = np.column_stack([rows[:, 0] >= least, rows[:, 1]])
    return {
        "balanced_accuracy": intervals.of(judged, _balanced_accuracy, groups),
        "auroc": intervals.of(rows, _auroc, groups),
    }


def halves(groups: Sequence[str]) -> np.ndarray:
    """Return 0 or 1 for each group, by a hash of its name: int, shape (n,)."""
    return np.array([hashlib.sha256(group.encode()).digest()[0] % 2 for group in groups], int)


def threshold(rows: np.ndarray) -> float:
    """Return the least chance to call support that gives the best balanced accuracy.

    `rows` are (chance, supported), shape (n, 2). It lies midway between two chances, of equally
    good ones in the middle; 0.5 where one of the classes is missing.
    """
    chances = np.unique(rows[:, 0])
    if len(np.unique(rows[:, 1])) < 2 or len(chances) < 2:
        return EVEN
    between = (chances[1:] + chances[:-1]) / 2
    found = [_balanced_accuracy(np.column_stack([rows[:, 0] >= t, rows[:, 1]])) for t in between]
    best = np.flatnonzero(np.array(found) == max(found))
    return float(between[best[len(best) // 2]])


def _balanced_accuracy(rows: np.ndarray) -> float:
    return measures.balanced_accuracy((rows[:, 0] == 1).tolist(), (rows[:, 1] == 1).tolist())


def _auroc(rows: np.ndarray) -> float:
    yes = rows[:, 1] == 1
    return measures.auroc(rows[yes, 0].tolist(), rows[~yes, 0].tolist())
