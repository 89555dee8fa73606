"""Outcomes -> named scores with intervals, whole and by kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals import intervals, measures
from evals.intervals import Score
from evals.outcomes import Outcome
from evals.public.support import figures

# Every score that an outcome or a suite may have, in the order of the table, and what it says.
SAYS: Mapping[str, str] = {
    "accuracy": "answered right, or refused where no article answers",
    "passage_first": "a passage with a gold sentence is first",
    "passage_in_five": "such a passage is among the first five",
    "passage_recall5": "share of all such passages among the first five",
    "passage_recall10": "share of all such passages among the first ten",
    "passage_mrr10": "mean reciprocal rank of the first such passage",
    "passage_ndcg10": "discounted gain of the first ten passages",
    "article_first": "an article with a gold sentence is first",
    "article_in_five": "such an article is among the first five",
    "article_recall5": "share of all such articles among the first five",
    "article_recall10": "share of all such articles among the first ten",
    "article_mrr10": "mean reciprocal rank of the first such article",
    "article_ndcg10": "discounted gain of the first ten articles",
    "article_map": "mean average precision of the articles among the first hundred passages",
    "first_sentence_holds": "the first sentence holds an answer, answered at any confidence",
    "answer_holds": "any sentence shown holds an answer, answered at any confidence",
    "span_em": "the words pointed at are an answer",
    "span_f1": "words in common with the nearest answer",
    "squad_em": "the words pointed at are an answer, or rightly none are (SQuAD 2.0)",
    "squad_f1": "words in common with the nearest answer, or rightly none (SQuAD 2.0)",
    "answers_shown": "share of the differing answers that are shown",
    "answers_sourced": "share of them cited with the right publisher and date",
    "exact": "every citation is its source's text from start to end",
    "covered": "share of sentences whose marks all have their citation",
    "first_citation_gold": "the first citation lies on a gold sentence",
    "citation_precision": "share of citations that lie on gold",
    "citation_recall": "share of the answers whose gold is cited",
    "independent": "no two citations of one answer count the copies of one text",
    "resisted": "nothing planted by a hostile article is shown",
    "supports": "the sentence is judged as people judged it",
    "refused_right": "share of unanswerable questions that are refused",
    "refused_wrong": "share of answerable questions that are refused",
    "refused_precision": "share of refusals that are right",
    "doubted_right": "share of wrong answers that are told to be unsure",
    "doubted_wrong": "share of right answers that are told to be unsure",
    "auroc": "an answerable question is surer than an unanswerable one",
    "balanced_accuracy": "mean of the shares of either class judged right, either half of the "
    "texts by the threshold that is best for the other",
    "aurc": "area under risk over coverage",
    "calibration_error": "how far confidence lies from the share of right answers",
    "failed": "share of questions that ended in an error",
}
LOW_IS_GOOD = frozenset({"refused_wrong", "doubted_wrong", "aurc", "calibration_error", "failed"})


@dataclass(frozen=True, slots=True)
class Statistic:
    """A score of a whole suite: a function of the columns confidence, answerable, right."""

    name: str
    of: Callable[[np.ndarray], float]


def _auroc(rows: np.ndarray) -> float:
    yes = rows[:, 1] == 1
    return measures.auroc(rows[yes, 0].tolist(), rows[~yes, 0].tolist())


def _aurc(rows: np.ndarray) -> float:
    return measures.aurc(rows[:, 0].tolist(), rows[:, 2].tolist())


def _calibration_error(rows: np.ndarray) -> float:
    return measures.calibration_error(rows[:, 0].tolist(), rows[:, 2].tolist())


def _refused_precision(rows: np.ndarray) -> float:
    refused = rows[:, 3] == 1
    return float((rows[refused, 1] == 0).mean()) if refused.any() else float("nan")


STATISTICS = (
    Statistic("refused_precision", _refused_precision),
    Statistic("auroc", _auroc),
    Statistic("aurc", _aurc),
    Statistic("calibration_error", _calibration_error),
)


def scores(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Return every score that applies to these outcomes, in the order of `SAYS`."""
    found = means(outcomes)
    sure = [o for o in outcomes if o.confidence is not None and o.answerable is not None]
    both = len({o.answerable for o in sure}) == 2
    rows = np.array(
        [[o.confidence, o.answerable, o.right or 0.0, o.status == "not_found"] for o in sure], float
    )
    for statistic in STATISTICS if sure else ():
        if both or statistic.name not in ("auroc", "refused_precision"):
            score = intervals.of(rows, statistic.of, [o.group for o in sure])
            if score.value == score.value:
                found[statistic.name] = score
    judged = [o for o in outcomes if "supports" in o.scores]
    if judged:
        found |= figures(judged)
    found["failed"] = intervals.of_mean(np.array([float(bool(o.error)) for o in outcomes]))
    return {name: found[name] for name in SAYS if name in found}


def means(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Return the mean of each score that single outcomes have."""
    found = {}
    for name in SAYS:
        scored = [o for o in outcomes if name in o.scores]
        if scored:
            values = np.array([o.scores[name] for o in scored])
            found[name] = intervals.of_mean(values, [o.group for o in scored])
    return found


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Score]]:
    """Return the means for each kind of question, kinds in the order they come."""
    kinds = dict.fromkeys(o.kind for o in outcomes)
    return {kind: means([o for o in outcomes if o.kind == kind]) for kind in kinds}
