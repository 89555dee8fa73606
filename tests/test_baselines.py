"""Other ways to find and answer, on the same questions."""

from __future__ import annotations

import pytest

from evals import baselines
from evals.run import indexed
from evals.settings import Settings
from evals.suites import load
from tests.doubles import filled
from tests.test_eval import ARTICLES, KNOWN, UNKNOWN, WRONG, written


@pytest.mark.parametrize("name", [*baselines.OURS, "similarity"])
def test_a_way_of_ours_finds_what_is_there_and_not_what_is_not(tmp_path, name):
    filled(tmp_path, ARTICLES)
    settings = Settings()
    known = load(written(tmp_path / "known", KNOWN + UNKNOWN))
    wrong = load(written(tmp_path / "wrong", WRONG))
    assert name in baselines.names()
    with indexed(known, settings.encoding()) as store:
        for suite, first in ((known, 1.0), (wrong, 0.0)):
            found = baselines.measured(name, suite, store, settings)
            scored = [o.scores["passage_first"] for o in found if "passage_first" in o.scores]
            assert scored == [first, first]
            assert len(found) == (3 if name == "similarity" and suite is known else 2)
