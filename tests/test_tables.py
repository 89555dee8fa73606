"""The tables of the READMEs are what was measured."""

from __future__ import annotations

import json

import pytest

from evals import tables
from evals.tables import EVALS, FILE, README, figures, filled, first, whole

KEPT = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize(("file", "table"), [(README, first(KEPT)), (EVALS, whole(KEPT))])
def test_the_committed_tables_are_those_of_the_committed_figures(file, table):
    page = file.read_text("utf-8")
    assert filled(page, table) == page, "run: python -m evals.tables"


def test_a_figure_that_changes_changes_the_table():
    score = KEPT["suites"][tables.SHOWN[0]]["scores"]["passage_first"]
    other = json.loads(json.dumps(KEPT))
    other["suites"][tables.SHOWN[0]]["scores"]["passage_first"]["value"] = score["value"] / 2
    assert first(other) != first(KEPT) and whole(other) != whole(KEPT)


def test_what_is_kept_holds_no_words_of_an_article():
    def texts(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, str):
            yield value

    assert list(texts(KEPT)) == []


def test_figures_keep_scores_and_baselines_only():
    score = {"value": 0.123456, "low": None, "high": 0.2, "n": 3}
    suite = {"asked": 3, "unanswerable": 1, "scores": {"exact": score}, "questions": ["words"]}
    found = {"suites": {"s": suite}, "baselines": {"s": {"bm25": {"exact": score}}}}
    rounded = {"exact": {"value": 0.1235, "low": None, "high": 0.2, "n": 3}}
    assert figures(found) == {
        "s": {"asked": 3, "unanswerable": 1, "scores": rounded, "baselines": {"bm25": rounded}}
    }


def test_a_page_without_its_marks_is_told():
    with pytest.raises(ValueError, match="no place"):
        filled("nothing", "table")
